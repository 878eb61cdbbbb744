import { sql } from 'kysely';
import { newId } from '../../../db/fresh.ts';
import type { Scope } from '../../../db/scope.ts';

export type StoredPdf = Readonly<{ sha256: string; name: string }>;

/** The stored PDF of a document, or of one property's part of it. */
export async function selectPdf(scope: Scope, documentId: string, propertyId: string | null): Promise<StoredPdf | null> {
  let query = scope.tx
    .selectFrom('file_refs')
    .select(['sha256', 'name'])
    .where('business_id', '=', scope.business)
    .where('document_id', '=', documentId)
    .where('purpose', '=', propertyId === null ? 'pdf' : 'part_pdf');
  if (propertyId !== null) query = query.where('property_id', '=', propertyId);
  const row = await query.executeTakeFirst();
  return row ? { sha256: row.sha256.toString('hex'), name: row.name } : null;
}

/** What the sheet takes from the business besides the facts: the logo made for paper and the address of its door. */
export async function selectLetterhead(scope: Scope): Promise<{ slug: string; logoSha256: string | null }> {
  const row = await scope.tx
    .selectFrom('businesses as u')
    .innerJoin('business_profiles as p', (join) => join.onRef('p.business_id', '=', 'u.id').on('p.business_id', '=', scope.business))
    .select(['u.slug', 'p.logo_sha256'])
    .where('u.id', '=', scope.business)
    .executeTakeFirstOrThrow();
  return { slug: row.slug, logoSha256: row.logo_sha256?.toString('hex') ?? null };
}

/** False when another one was there first: that one stays. */
export async function insertPdf(scope: Scope, pdf: StoredPdf & { documentId: string; propertyId: string | null; bytes: number }): Promise<boolean> {
  const b = scope.business;
  const now = scope.now.toString();
  const sha256 = Buffer.from(pdf.sha256, 'hex');
  await sql`insert into files (business_id, sha256, bytes, mime, created_at) values (${b}, ${sha256}, ${pdf.bytes}, 'application/pdf', ${now})
    on conflict do nothing`.execute(scope.tx);
  const { numAffectedRows } = await sql`insert into file_refs (business_id, id, sha256, purpose, name, document_id, customer_id, property_id, shown, created_at)
    select ${b}::uuid, ${newId()}::uuid, ${sha256}, ${pdf.propertyId === null ? 'pdf' : 'part_pdf'}, ${pdf.name}, d.id, d.customer_id,
      coalesce(${pdf.propertyId}::uuid, d.property_id), d.shown, ${now}::timestamptz
    from documents d where d.business_id = ${b} and d.id = ${pdf.documentId}
    on conflict do nothing`.execute(scope.tx);
  return numAffectedRows === 1n;
}
