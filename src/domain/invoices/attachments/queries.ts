import { sql } from 'kysely';
import { newId } from '../../../db/fresh.ts';
import type { Scope } from '../../../db/scope.ts';

export type Attachment = Readonly<{ id: string; name: string; mediaType: string; bytes: number; sha256: string }>;

export async function selectAttachments(scope: Scope, documentId: string): Promise<Attachment[]> {
  const rows = await scope.tx
    .selectFrom('file_refs as r')
    .innerJoin('files as f', (join) => join.onRef('f.sha256', '=', 'r.sha256').on('f.business_id', '=', scope.business))
    .select(['r.id', 'r.name', 'f.mime', 'f.bytes', 'r.sha256'])
    .where('r.business_id', '=', scope.business)
    .where('r.document_id', '=', documentId)
    .where('r.purpose', '=', 'attachment')
    .where('r.removed_at', 'is', null)
    .orderBy('r.created_at')
    .orderBy('r.id')
    .limit(100)
    .execute();
  return rows.map((row) => ({ id: row.id, name: row.name, mediaType: row.mime, bytes: row.bytes, sha256: row.sha256.toString('hex') }));
}

/** The bytes are in the file store already; here is who they belong to. Who may see them is settled when the draft is issued. */
export async function insertAttachment(scope: Scope, documentId: string, file: Omit<Attachment, 'id'>): Promise<string> {
  const b = scope.business;
  const id = newId();
  const now = scope.now.toString();
  const sha256 = Buffer.from(file.sha256, 'hex');
  await sql`insert into files (business_id, sha256, bytes, mime, created_at) values (${b}, ${sha256}, ${file.bytes}, ${file.mediaType}, ${now})
    on conflict do nothing`.execute(scope.tx);
  await sql`insert into file_refs (business_id, id, sha256, purpose, name, document_id, customer_id, property_id, shown, created_at)
    select ${b}::uuid, ${id}::uuid, ${sha256}, 'attachment', ${file.name}, d.id, d.customer_id, null::uuid, false, ${now}::timestamptz
    from documents d where d.business_id = ${b} and d.id = ${documentId}`.execute(scope.tx);
  return id;
}

/** Another document gets the same files. */
export async function copyAttachments(scope: Scope, from: string, to: string): Promise<void> {
  for (const file of await selectAttachments(scope, from)) await insertAttachment(scope, to, file);
}

export async function markRemoved(scope: Scope, documentId: string, fileId: string): Promise<boolean> {
  const { numUpdatedRows } = await scope.tx
    .updateTable('file_refs')
    .set({ removed_at: scope.now.toString() })
    .where('business_id', '=', scope.business)
    .where('document_id', '=', documentId)
    .where('id', '=', fileId)
    .where('purpose', '=', 'attachment')
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
