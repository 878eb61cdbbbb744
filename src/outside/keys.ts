import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import type { Keys } from '../core/gateways.ts';

/**
 * The keys of this installation, all derived from APP_SECRET. Each use has its own prefix, so that none can be made by asking for
 * another; a changed secret ends every link, code and form there is.
 */
export function keysOf(appSecret: string): Keys {
  if (appSecret.length < 32) throw new Error('APP_SECRET is too short to derive keys from.');
  const derive = (text: string): Buffer => createHmac('sha256', appSecret).update(text).digest();
  return {
    linkToken: (business, linkId) => derive(`link:${business}:${linkId}`).toString('base64url'),
    // 48 bits over a million: the first codes are likelier than the last by one in 280 million.
    signInCode: (id) => String(derive(`code:${id}`).readUIntBE(0, 6) % 1_000_000).padStart(6, '0'),
    mac: (text) => derive(`mac:${text}`).toString('base64url'),
    seal: (secret, of) => seal(derive('seal:v1'), secret, of),
    unseal: (sealed, of) => unseal(derive('seal:v1'), sealed, of),
  };
}

/** The id of the key stands in front, so that another can follow it one day. */
const keyId = 'v1';
const [nonceBytes, tagBytes] = [12, 16];

function seal(key: Buffer, secret: string, of: string): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(of));
  const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return `${keyId}.${Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url')}`;
}

function unseal(key: Buffer, sealed: string, of: string): string | null {
  const [id, body = ''] = sealed.split('.');
  const bytes = Buffer.from(body, 'base64url');
  if (id !== keyId || bytes.length < nonceBytes + tagBytes) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes)).setAAD(Buffer.from(of));
  decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}
