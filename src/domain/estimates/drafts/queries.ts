import { sql } from 'kysely';
import type { Scope } from '../../../db/scope.ts';
import type { ContractRef, EstimateRef } from '../estimate.ts';

export type EstimateDraftRow = Readonly<{
  id: string;
  customerId: string;
  version: number | null;
  body: unknown;
  totals: unknown;
  currency: string;
  revision: number;
  replaces: EstimateRef | null;
  rootId: string | null;
  amends: ContractRef | null;
  createdAt: string;
  updatedAt: string | null;
  updatedBy: string | null;
}>;

/** An issued one has no body any more. */
export async function selectDraft(scope: Scope, documentId: string): Promise<EstimateDraftRow | undefined> {
  const b = scope.business;
  const row = await scope.tx
    .selectFrom('documents as d')
    .innerJoin('estimate_standings as s', (join) => join.onRef('s.document_id', '=', 'd.id').on('s.business_id', '=', b))
    .leftJoin('contracts as k', (join) => join.onRef('k.id', '=', 's.amends_id').on('k.business_id', '=', b))
    .leftJoin('drafts as w', (join) => join.onRef('w.document_id', '=', 'd.id').on('w.business_id', '=', b))
    .select(['d.id', 'd.customer_id', 'd.created_at', 'd.replaces', 'd.revision_of', 's.currency', 's.number', 's.revision'])
    .select(['w.version', 'w.body', 'w.totals', 'w.updated_at', 'w.updated_by', 'k.id as contract_id', 'k.number as contract_number'])
    .where('d.business_id', '=', b)
    .where('d.kind', '=', 'estimate')
    .where('d.id', '=', documentId)
    .executeTakeFirst();
  if (!row) return undefined;
  return {
    id: row.id,
    customerId: row.customer_id,
    version: row.version,
    body: row.body,
    totals: row.totals,
    currency: row.currency,
    revision: row.revision,
    replaces: row.replaces === null ? null : { id: row.replaces, number: row.number ?? '', revision: row.revision - 1 },
    rootId: row.revision_of,
    amends: row.contract_id === null ? null : { id: row.contract_id, number: row.contract_number ?? '' },
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
  };
}

export type DraftWrite = Readonly<{
  id: string;
  customerId: string;
  customerName: string;
  propertyId: string | null;
  language: string;
  poNumber: string;
  currency: string;
  today: string;
  totalMinor: bigint;
  body: string;
  totals: string;
  replaces: string | null;
  rootId: string | null;
  amendsId: string | null;
  number: string | null;
  revision: number;
}>;

/** Document, content and standing of a new draft in one statement. */
export async function insertDraft(scope: Scope, draft: DraftWrite): Promise<void> {
  const b = scope.business;
  const now = scope.now.toString();
  await sql`with document as (
      insert into documents (business_id, id, kind, customer_id, property_id, language, created_at, replaces, revision_of)
      values (${b}, ${draft.id}, 'estimate', ${draft.customerId}, ${draft.propertyId}, ${draft.language}, ${now}, ${draft.replaces}, ${draft.rootId})),
    content as (
      insert into drafts (business_id, document_id, customer_id, body, totals, updated_at, updated_by)
      values (${b}, ${draft.id}, ${draft.customerId}, ${draft.body}::jsonb, ${draft.totals}::jsonb, ${now}, ${scope.actor.name}))
    insert into estimate_standings (business_id, document_id, customer_id, property_id, customer_name, po_number, currency, listed_on, total_minor, number, revision, amends_id)
    values (${b}, ${draft.id}, ${draft.customerId}, ${draft.propertyId}, ${draft.customerName}, ${draft.poNumber}, ${draft.currency}, ${draft.today}::date,
      ${draft.totalMinor}, ${draft.number}, ${draft.revision}, ${draft.amendsId})`.execute(scope.tx);
}

/** False when the draft is no longer at `version`. The document's key moves first, so that the standing follows it. */
export async function updateDraft(scope: Scope, draft: DraftWrite, version: number): Promise<boolean> {
  const b = scope.business;
  const saved = await scope.tx
    .updateTable('drafts')
    .set({ body: draft.body, totals: draft.totals, version: version + 1, updated_at: scope.now.toString(), updated_by: scope.actor.name })
    .where('business_id', '=', b)
    .where('document_id', '=', draft.id)
    .where('version', '=', version)
    .executeTakeFirst();
  if (saved.numUpdatedRows !== 1n) return false;
  await scope.tx
    .updateTable('documents')
    .set({ customer_id: draft.customerId, property_id: draft.propertyId, language: draft.language })
    .where('business_id', '=', b)
    .where('id', '=', draft.id)
    .execute();
  await scope.tx.updateTable('file_refs').set({ customer_id: draft.customerId }).where('business_id', '=', b).where('document_id', '=', draft.id).execute();
  await scope.tx
    .updateTable('estimate_standings')
    .set((eb) => ({
      property_id: draft.propertyId,
      customer_name: draft.customerName,
      po_number: draft.poNumber,
      currency: draft.currency,
      total_minor: draft.totalMinor,
      version: eb('version', '+', 1),
    }))
    .where('business_id', '=', b)
    .where('document_id', '=', draft.id)
    .execute();
  return true;
}

export async function deleteDraft(scope: Scope, documentId: string): Promise<void> {
  const b = scope.business;
  await scope.tx
    .updateTable('file_refs')
    .set({ document_id: null, removed_at: scope.now.toString() })
    .where('business_id', '=', b)
    .where('document_id', '=', documentId)
    .execute();
  await scope.tx.deleteFrom('drafts').where('business_id', '=', b).where('document_id', '=', documentId).execute();
  await scope.tx.deleteFrom('estimate_standings').where('business_id', '=', b).where('document_id', '=', documentId).execute();
  await scope.tx.deleteFrom('documents').where('business_id', '=', b).where('id', '=', documentId).execute();
}

/** The draft that is to take the place of this document, if one was begun. */
export async function selectDraftReplacing(scope: Scope, documentId: string): Promise<string | null> {
  const row = await scope.tx
    .selectFrom('documents')
    .select('id')
    .where('business_id', '=', scope.business)
    .where('replaces', '=', documentId)
    .where('issued_at', 'is', null)
    .executeTakeFirst();
  return row?.id ?? null;
}
