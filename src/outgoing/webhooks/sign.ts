import { createHmac } from 'node:crypto';

const prefix = 'whsec_';

/** A signing secret as it is shown: `whsec_` and 32 bytes in base64. */
export function showSecret(bytes: Uint8Array): string {
  return `${prefix}${Buffer.from(bytes).toString('base64')}`;
}

/**
 * The three headers of Standard Webhooks. Each secret signs once, so that while one takes the place of another a receiver that knows either is
 * satisfied. The signature covers id, time and the very bytes of the body.
 */
export function signedHeaders(of: Readonly<{ id: string; unixS: number; body: string }>, secrets: readonly string[]): Record<string, string> {
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(prefix.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${of.id}.${of.unixS}.${of.body}`).digest('base64')}`;
  });
  return { 'webhook-id': of.id, 'webhook-timestamp': String(of.unixS), 'webhook-signature': signatures.join(' ') };
}
