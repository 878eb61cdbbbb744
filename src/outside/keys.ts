import { createHmac } from 'node:crypto';
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
  };
}
