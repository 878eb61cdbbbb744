import { sql } from 'kysely';
import { newId } from '../../../db/fresh.ts';
import type { Scope } from '../../../db/scope.ts';

export type MessageFile = Readonly<{ id: string; messageId: string; name: string; mediaType: string; bytes: number; sha256: string }>;
/** Bytes that lie in the file store already. */
export type KeptFile = Readonly<{ sha256: string; bytes: number; mediaType: string; name: string }>;
export type FilePlace = Readonly<{ messageId: string | null; documentId: string | null; customerId: string; propertyId: string | null }>;

/** `messageId` null: nobody sees it until the message it belongs to is sent. */
export async function insertFile(scope: Scope, place: FilePlace, file: KeptFile): Promise<string> {
  const b = scope.business;
  const [id, now, sha256] = [newId(), scope.now.toString(), Buffer.from(file.sha256, 'hex')];
  await sql`insert into files (business_id, sha256, bytes, mime, created_at) values (${b}, ${sha256}, ${file.bytes}, ${file.mediaType}, ${now})
    on conflict do nothing`.execute(scope.tx);
  await scope.tx
    .insertInto('file_refs')
    .values({
      ...{ business_id: b, id, sha256, purpose: 'message', name: file.name, message_id: place.messageId, document_id: place.documentId },
      ...{ customer_id: place.customerId, property_id: place.propertyId, shown: place.messageId !== null, created_at: now },
    })
    .execute();
  return id;
}

/** Puts files that wait into their message. Answers how many there were. */
export async function sendFiles(scope: Scope, customerId: string, messageId: string, ids: readonly string[]): Promise<number> {
  const { numUpdatedRows } = await scope.tx
    .updateTable('file_refs')
    .set({ message_id: messageId, shown: true })
    .where('business_id', '=', scope.business)
    .where('customer_id', '=', customerId)
    .where('purpose', '=', 'message')
    .where('message_id', 'is', null)
    .where('id', 'in', [...ids])
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

export async function selectThreadFiles(scope: Scope, threadId: string): Promise<MessageFile[]> {
  const { rows } = await sql<MessageFile>`select r.id, r.message_id as "messageId", r.name, f.mime as "mediaType", f.bytes, encode(r.sha256, 'hex') as sha256
    from messages m
    join file_refs r on r.business_id = ${scope.business} and r.message_id = m.id and r.removed_at is null
    join files f on f.business_id = ${scope.business} and f.sha256 = r.sha256
    where m.business_id = ${scope.business} and m.thread_id = ${threadId} order by r.created_at, r.id limit 1000`.execute(scope.tx);
  return rows;
}
