import { createPublicKey, generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import DKIM from 'nodemailer/lib/dkim';

/** What a mail is signed with: the domain it comes from, where its public key stands, and the private key as PEM. */
export type DkimKey = Readonly<{ domain: string; selector: string; privateKey: string }>;

const bits = 2048;
const makePair = promisify(generateKeyPair);

/** A new pair (RFC 8301: 2048 bits). `publicKey` is what `p=` says in the DNS; `privateKey` is PEM and never leaves unsealed. */
export async function makeDkimPair(): Promise<{ publicKey: string; privateKey: string }> {
  const pair = await makePair('rsa', { modulusLength: bits });
  const publicKey = createPublicKey(pair.privateKey).export({ type: 'spki', format: 'der' }).toString('base64');
  return { publicKey, privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

/** The whole mail with its signature in front (RFC 6376). */
export async function signed(raw: Buffer, key: DkimKey): Promise<Buffer> {
  const signer = new DKIM({ domainName: key.domain, keySelector: key.selector, privateKey: key.privateKey });
  const pieces: Buffer[] = [];
  for await (const piece of signer.sign(raw)) pieces.push(Buffer.from(piece as Uint8Array));
  return Buffer.concat(pieces);
}
