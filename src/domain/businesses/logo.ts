import type { FileStore, ImageReencoder, Picture } from '../../core/gateways.ts';
import { limits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Scope } from '../../db/scope.ts';
import { recordEvent } from '../events/events.ts';
import { insertLogoFiles, removeLogoRefs, setLogo } from './logo/queries.ts';
import { mayWrite } from './policy.ts';

export type StoredPicture = Readonly<{ sha256: string; size: number; contentType: string }>;
export type PreparedLogo = Readonly<{ print: StoredPicture; page: StoredPicture }>;

/**
 * Draws an uploaded logo anew in two sizes and stores both files, before any transaction. Refuses `file_too_large`,
 * `file_type_refused`, `file_unreadable`, and `busy` when drawing does not answer.
 */
export async function prepareLogo(images: ImageReencoder, files: FileStore, business: string, bytes: Uint8Array): Promise<PreparedLogo> {
  if (bytes.length > limits.attachmentBytes) throw new Refusal('file_too_large', { max: limits.attachmentBytes });
  const drawn = await images.logo(bytes);
  if (drawn.kind === 'refused') {
    const codes = { type: 'file_type_refused', too_large: 'file_too_large', unreadable: 'file_unreadable', unavailable: 'busy' } as const;
    throw new Refusal(codes[drawn.reason]);
  }
  const store = async (picture: Picture): Promise<StoredPicture> => ({ ...(await files.put(business, picture.bytes)), contentType: picture.contentType });
  return { print: await store(drawn.print), page: await store(drawn.page) };
}

/** Puts the logo on pages, mails and papers from now on; null takes it off. Issued papers keep the one they had. */
export async function saveLogo(scope: Scope, logo: PreparedLogo | null): Promise<void> {
  await mayWrite(scope);
  await removeLogoRefs(scope);
  if (logo !== null) await insertLogoFiles(scope, [logo.print, logo.page]);
  await setLogo(scope, logo && Buffer.from(logo.print.sha256, 'hex'), logo && Buffer.from(logo.page.sha256, 'hex'));
  await recordEvent(scope, { kind: 'business.look_changed', data: { logo: logo?.print.sha256 ?? null } });
}
