import { sql } from 'kysely';
import { newId } from '../../db/fresh.ts';
import type { Scope } from '../../db/scope.ts';

/** SHA-256 (hex) of the stored PDF of a document, or null. */
export async function selectPaper(scope: Scope, documentId: string): Promise<string | null> {
  const { rows } = await sql<{ sha256: string }>`select encode(sha256, 'hex') as sha256 from file_refs
    where business_id = ${scope.business} and document_id = ${documentId} and purpose = 'pdf'`.execute(scope.tx);
  return rows[0]?.sha256 ?? null;
}

/** What kind of document it is; null for none. */
export async function selectKind(scope: Scope, documentId: string): Promise<string | null> {
  const row = await scope.tx.selectFrom('documents').select('kind').where('business_id', '=', scope.business).where('id', '=', documentId).executeTakeFirst();
  return row?.kind ?? null;
}

/** SHA-256 (hex) of the logo made for paper, or null; and the address of the business. */
export async function selectLetterhead(scope: Scope): Promise<{ slug: string; logo: string | null }> {
  const { rows } = await sql<{ slug: string; logo: string | null }>`select b.slug, encode(p.logo_sha256, 'hex') as logo
    from businesses b join business_profiles p on p.business_id = ${scope.business} where b.id = ${scope.business}`.execute(scope.tx);
  return rows[0] ?? { slug: '', logo: null };
}

type Kept = Readonly<{ documentId: string; sha256: string; bytes: number; name: string }>;

/** Keeps a PDF for good unless there is one already. True when this one was kept. */
export async function insertPaper(scope: Scope, paper: Kept): Promise<boolean> {
  const sha256 = await insertFile(scope, paper);
  const { rows } = await sql`insert into file_refs (business_id, id, sha256, purpose, name, document_id, customer_id, property_id, shown, created_at)
    select d.business_id, ${newId()}, ${sha256}, 'pdf', ${paper.name}, d.id, d.customer_id, d.property_id, d.shown, ${scope.now.toString()}
    from documents d where d.business_id = ${scope.business} and d.id = ${paper.documentId} and d.issued_at is not null
    on conflict do nothing returning 1`.execute(scope.tx);
  return rows.length > 0;
}

async function insertFile(scope: Scope, { sha256, bytes }: Kept): Promise<Buffer> {
  const hash = Buffer.from(sha256, 'hex');
  await sql`insert into files (business_id, sha256, bytes, mime, created_at) values (${scope.business}, ${hash}, ${bytes}, 'application/pdf', ${scope.now.toString()})
    on conflict do nothing`.execute(scope.tx);
  return hash;
}

/** SHA-256 (hex) of the stored record of an approval, whose file carries its id; or null. */
export async function selectRecord(scope: Scope, approvalId: string): Promise<string | null> {
  const { rows } = await sql<{ sha256: string }>`select encode(sha256, 'hex') as sha256 from file_refs
    where business_id = ${scope.business} and id = ${approvalId} and purpose = 'record'`.execute(scope.tx);
  return rows[0]?.sha256 ?? null;
}

/** Keeps the record of an approval for good unless there is one already. */
export async function insertRecord(scope: Scope, record: Kept & Readonly<{ approvalId: string }>): Promise<void> {
  const sha256 = await insertFile(scope, record);
  await sql`insert into file_refs (business_id, id, sha256, purpose, name, document_id, customer_id, property_id, shown, created_at)
    select d.business_id, ${record.approvalId}, ${sha256}, 'record', ${record.name}, d.id, d.customer_id, d.property_id, d.shown, ${scope.now.toString()}
    from documents d where d.business_id = ${scope.business} and d.id = ${record.documentId}
    on conflict do nothing`.execute(scope.tx);
}

/** The approval whose record has these bytes; null when none has. */
export async function selectByRecord(scope: Scope, sha256: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`select id from file_refs
    where business_id = ${scope.business} and sha256 = ${Buffer.from(sha256, 'hex')} and purpose = 'record' limit 1`.execute(scope.tx);
  return rows[0]?.id ?? null;
}
