import { newId } from '../../../db/fresh.ts';
import type { Scope } from '../../../db/scope.ts';
import type { StoredPicture } from '../logo.ts';

export async function insertLogoFiles(scope: Scope, pictures: readonly StoredPicture[]): Promise<void> {
  const at = scope.now.toString();
  const files = pictures.map((picture) => ({
    business_id: scope.business,
    sha256: Buffer.from(picture.sha256, 'hex'),
    bytes: picture.size,
    mime: picture.contentType,
    created_at: at,
  }));
  await scope.tx
    .insertInto('files')
    .values(files)
    .onConflict((conflict) => conflict.columns(['business_id', 'sha256']).doNothing())
    .execute();
  const refs = files.map((file) => ({ business_id: scope.business, id: newId(), sha256: file.sha256, purpose: 'logo', name: 'logo', created_at: at }));
  await scope.tx.insertInto('file_refs').values(refs).execute();
}

export async function removeLogoRefs(scope: Scope): Promise<void> {
  await scope.tx
    .updateTable('file_refs')
    .set({ removed_at: scope.now.toString() })
    .where('business_id', '=', scope.business)
    .where('purpose', '=', 'logo')
    .where('removed_at', 'is', null)
    .execute();
}

export async function setLogo(scope: Scope, print: Buffer | null, page: Buffer | null): Promise<void> {
  await scope.tx
    .updateTable('business_profiles')
    .set((row) => ({ logo_sha256: print, logo_web_sha256: page, version: row('version', '+', 1), updated_at: scope.now.toString() }))
    .where('business_id', '=', scope.business)
    .execute();
}
