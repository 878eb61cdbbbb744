import { createHmac, timingSafeEqual } from 'node:crypto';

/** Notices are signed over `timestamp.body`, so that neither can be changed nor an old one sent again. */
export const signatureHeader = 'sandbox-signature';
/** How far a notice's time may be from ours, either way. */
export const toleranceS = 300;
const shortestSecret = 24;

function macOf(secret: string, timestamp: number, body: Uint8Array): Buffer {
  // An empty secret would make every forgery true: it is a bug to come here with one.
  if (secret.length < shortestSecret) throw new Error('a signing secret has at least 24 characters');
  return createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest();
}

/** The header's value for a body as it is sent. */
export function sign(secret: string, timestampS: number, body: Uint8Array): string {
  return `t=${timestampS},v1=${macOf(secret, timestampS, body).toString('hex')}`;
}

export type SignatureCheck = 'right' | 'missing' | 'malformed' | 'wrong' | 'stale' | 'future';

/** Whether any of the secrets signed these very bytes, and when. The signature is judged before the time. */
export function checkSignature(header: string | undefined, body: Uint8Array, secrets: readonly string[], nowS: number): SignatureCheck {
  if (header === undefined || header === '') return 'missing';
  const match = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header);
  if (match === null) return 'malformed';
  const timestamp = Number(match[1]);
  const given = Buffer.from(match[2] ?? '', 'hex');
  if (!secrets.some((secret) => timingSafeEqual(macOf(secret, timestamp, body), given))) return 'wrong';
  if (timestamp < nowS - toleranceS) return 'stale';
  return timestamp > nowS + toleranceS ? 'future' : 'right';
}
