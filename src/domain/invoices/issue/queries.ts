import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '../../../db/scope.ts';
import { selectDrafts } from '../drafts/queries.ts';
import type { Content, DraftBody, DraftLine } from '../invoice.ts';
import { fromStored, toStored } from '../stored.ts';
import { frozenFacts } from '../view/queries.ts';
import type { Frozen } from './freeze.ts';

export { selectDrafts };

/** Rows travel as one JSON text: one parameter however many rows. */
const rowsJson = (rows: readonly unknown[]): string => toStored(rows);

const frozenTables = ['document_totals', 'document_taxes', 'document_parts', 'document_lines', 'invoices', 'part_standings'] as const;

/** What the drafts take the place of, before anything is locked: it never changes once a draft exists. */
export async function selectReplaced(scope: Scope, documentIds: readonly string[]): Promise<{ id: string; replaces: string | null }[]> {
  return scope.tx
    .selectFrom('documents')
    .select(['id', 'replaces'])
    .where('business_id', '=', scope.business)
    .where('id', '=', sql<string>`any (${[...documentIds]}::uuid[])`)
    .execute();
}

/** The first of `count` numbers of a series. The counter stays locked until the end, so a number is taken if and only if its invoice is. */
export async function takeNumbers(scope: Scope, series: string, count: number, firstEver: number): Promise<bigint> {
  const { rows } = await sql<{ next: bigint }>`insert into counters (business_id, series, next) values (${scope.business}, ${series}, ${firstEver + count})
    on conflict (business_id, series) do update set next = counters.next + ${count} returning next`.execute(scope.tx);
  const next = rows[0]?.next;
  if (next === undefined) throw new Error('a counter answers one row');
  return next - BigInt(count);
}

/** Writes everything an issue freezes: the document's mark first, since the rows below carry it in their key, then the rows, then the draft goes. */
export async function insertFrozen(scope: Scope, frozen: readonly Frozen[]): Promise<void> {
  const b = scope.business;
  const now = scope.now.toString();
  const ids = frozen.map((each) => each.naming.documentId);
  const marks = frozen.map(({ naming, totals, body, customerName, early, feeNextOn, installments, heldBackMinor }) => ({
    id: naming.documentId,
    shown: naming.shown,
    imported: naming.imported,
    number: naming.number,
    issued_on: naming.issuedOn,
    due_on: naming.dueOn,
    total_minor: totals.totalMinor,
    currency: totals.currency,
    customer_name: customerName,
    po_number: body.poNumber,
    purpose: body.purpose,
    early_minor: early?.saveMinor ?? 0n,
    early_until: early?.untilOn ?? null,
    fee_next_on: feeNextOn,
    installments,
    held_back_minor: heldBackMinor,
  }));
  const recordset = sql`json_to_recordset(${rowsJson(marks)}::json) r (id uuid, shown boolean, imported boolean, number text, issued_on date, due_on date,
    total_minor bigint, currency text, customer_name text, po_number text, purpose text, early_minor bigint, early_until date, fee_next_on date, installments jsonb, held_back_minor bigint)`;
  await sql`update documents d set issued_at = ${now}::timestamptz, shown = r.shown, shown_at = case when r.shown then ${now}::timestamptz end
    from ${recordset} where d.business_id = ${b} and d.id = r.id`.execute(scope.tx);
  await sql`update file_refs f set shown = d.shown, customer_id = d.customer_id, property_id = d.property_id
    from documents d where d.business_id = ${b} and f.business_id = ${b} and d.id = f.document_id and f.document_id = any (${ids}::uuid[])`.execute(scope.tx);
  for (const table of frozenTables) {
    const rows = frozen.flatMap((each) => each[table]);
    if (rows.length > 0) await insertRows(scope, table, rows);
  }
  await sql`insert into document_facts ${frozenFacts(sql`${b}::uuid`, sql`i.document_id = any (${ids}::uuid[])`)}`.execute(scope.tx);
  await sql`update invoice_standings s set version = s.version + 1, state = 'issued', imported = r.imported, number = r.number, listed_on = r.issued_on,
      issued_on = r.issued_on, due_on = r.due_on, total_minor = r.total_minor, currency = r.currency, customer_name = r.customer_name, po_number = r.po_number,
      purpose = r.purpose, early_minor = r.early_minor, early_until = r.early_until, fee_next_on = r.fee_next_on, installments = nullif(r.installments, 'null'), held_back_minor = coalesce(r.held_back_minor, 0),
      settled_at = case when r.total_minor = 0 then ${now}::timestamptz end
    from ${recordset} where s.business_id = ${b} and s.document_id = r.id`.execute(scope.tx);
  await sql`delete from drafts where business_id = ${b} and document_id = any (${ids}::uuid[])`.execute(scope.tx);
}

/** Rows of one frozen table in one statement. */
export function insertRows(scope: Scope, table: (typeof frozenTables)[number] | 'estimates', rows: readonly unknown[]): Promise<unknown> {
  const name: RawBuilder<unknown> = sql.table(table);
  return sql`insert into ${name} select r.* from json_populate_recordset(null::${name}, ${rowsJson(rows)}::json) r`.execute(scope.tx);
}

export type NewDocument = Readonly<{
  id: string;
  customerId: string;
  propertyId: string | null;
  language: string;
  customerName: string;
  currency: string;
  listedOn: string;
}>;

/** Documents and standings of invoices that come from outside, ready to be frozen in the same transaction. */
export async function insertDocuments(scope: Scope, documents: readonly NewDocument[], importId: string): Promise<void> {
  const b = scope.business;
  const recordset = sql`json_to_recordset(${rowsJson(documents)}::json) r ("id" uuid, "customerId" uuid, "propertyId" uuid, "language" text, "customerName" text,
    "currency" text, "listedOn" date)`;
  await sql`with added as (
      insert into documents (business_id, id, kind, customer_id, property_id, language, created_at, import_id)
      select ${b}::uuid, r.id, 'invoice', r."customerId", r."propertyId", r.language, ${scope.now.toString()}::timestamptz, ${importId}::uuid from ${recordset})
    insert into invoice_standings (business_id, document_id, customer_id, property_id, customer_name, currency, listed_on, total_minor)
    select ${b}::uuid, r.id, r."customerId", r."propertyId", r."customerName", r.currency, r."listedOn", 0 from ${recordset}`.execute(scope.tx);
}

export type OldPart = Readonly<{
  documentId: string;
  partId: string;
  propertyId: string | null;
  netMinor: bigint;
  taxMinor: bigint;
  currency: string;
  customerId: string;
}>;

export async function selectParts(scope: Scope, documentIds: readonly string[]): Promise<OldPart[]> {
  const rows = await scope.tx
    .selectFrom('document_parts')
    .select(['document_id', 'id', 'property_id', 'net_minor', 'tax_minor', 'currency', 'customer_id'])
    .where('business_id', '=', scope.business)
    .where('document_id', '=', sql<string>`any (${[...documentIds]}::uuid[])`)
    .orderBy('document_id')
    .orderBy('position')
    .execute();
  return rows.map((row) => ({
    documentId: row.document_id,
    partId: row.id,
    propertyId: row.property_id,
    netMinor: row.net_minor,
    taxMinor: row.tax_minor,
    currency: row.currency,
    customerId: row.customer_id,
  }));
}

export async function cancelDocument(scope: Scope, documentId: string, reason: string, replacedBy: string | null): Promise<void> {
  await scope.tx
    .updateTable('documents')
    .set({ canceled_at: scope.now.toString(), cancel_reason: reason, replaced_by: replacedBy })
    .where('business_id', '=', scope.business)
    .where('id', '=', documentId)
    .execute();
}

/** Links that still work open the new document from now on. */
export async function moveLinks(scope: Scope, from: string, to: string): Promise<void> {
  await scope.tx
    .updateTable('links')
    .set({ document_id: to })
    .where('business_id', '=', scope.business)
    .where('document_id', '=', from)
    .where('revoked_at', 'is', null)
    .execute();
}

export type ShowRow = Readonly<{ id: string; customerId: string; issued: boolean; shown: boolean }>;

export async function lockForShowing(scope: Scope, documentIds: readonly string[]): Promise<ShowRow[]> {
  const rows = await scope.tx
    .selectFrom('documents')
    .select(['id', 'customer_id', 'issued_at', 'shown'])
    .where('business_id', '=', scope.business)
    .where('id', '=', sql<string>`any (${[...documentIds]}::uuid[])`)
    .orderBy('id')
    .forUpdate()
    .execute();
  return rows.map((row) => ({ id: row.id, customerId: row.customer_id, issued: row.issued_at !== null, shown: row.shown }));
}

/** The mark goes down to every row of the documents by their keys; files follow here. */
export async function markShown(scope: Scope, documentIds: readonly string[]): Promise<void> {
  const ids = [...documentIds];
  await sql`update documents set shown = true, shown_at = ${scope.now.toString()}::timestamptz
    where business_id = ${scope.business} and id = any (${ids}::uuid[])`.execute(scope.tx);
  // Credit notes are seen with the invoice they belong to.
  await sql`update documents set shown = true, shown_at = ${scope.now.toString()}::timestamptz where business_id = ${scope.business} and not shown
    and id in (select n.document_id from credit_notes n where n.business_id = ${scope.business} and n.invoice_id = any (${ids}::uuid[]))`.execute(scope.tx);
  await sql`update file_refs set shown = true where business_id = ${scope.business} and document_id = any (${ids}::uuid[]) and removed_at is null`.execute(
    scope.tx,
  );
}

/** An issued invoice as it was written: its content, and what a draft made from it starts with. */
export type FrozenContent = Omit<Content, 'lines'> &
  Pick<
    DraftBody,
    | 'customerId'
    | 'propertyId'
    | 'discount'
    | 'pricesIncludeTax'
    | 'internalNote'
    | 'language'
    | 'recipients'
    | 'purpose'
    | 'about'
    | 'lateFee'
    | 'earlyDiscount'
    | 'installments'
  > &
  Readonly<{ issuedOn: string; lines: readonly (Omit<DraftLine, 'taxFrom'> & { netMinor: bigint })[] }>;

/** A property that has moved to another customer is left out: the past stays, the new work names its own place. */
export async function selectContent(scope: Scope, documentId: string): Promise<FrozenContent | null> {
  const b = scope.business;
  const own = (id: RawBuilder<unknown>): RawBuilder<unknown> =>
    sql`(select p.id from properties p where p.business_id = ${b} and p.id = ${id} and p.customer_id = i.customer_id)`;
  const { rows } = await sql<{ content: unknown }>`select jsonb_build_object('customerId', i.customer_id, 'propertyId', ${own(sql`i.property_id`)},
    'language', d.language, 'issuedOn', i.issued_on, 'dueOn', i.due_on, 'poNumber', i.po_number, 'workOrderNumber', i.work_order_number, 'terms', i.terms,
    'message', i.message, 'internalNote', i.internal_note, 'discount', t.discount, 'pricesIncludeTax', t.prices_include_tax, 'discountMinor', t.discount_minor,
    'taxMinor', t.tax_minor, 'totalMinor', t.total_minor, 'purpose', i.purpose, 'lateFee', i.late_fee,
    'installments', (select s.installments from invoice_standings s where s.business_id = ${b} and s.document_id = i.document_id),
    'earlyDiscount', case when i.early_discount is not null then jsonb_build_object('ratePpm', i.early_discount -> 'ratePpm', 'days', i.early_discount -> 'days') end,
    'about', case when i.about_id is not null then jsonb_build_object('id', i.about_id, 'number', i.about_number) end,
    'recipients', (select coalesce(jsonb_agg(distinct l.person_id), '[]') from links l
      join grants g on g.business_id = ${b} and g.person_id = l.person_id and g.customer_id = l.customer_id and g.revoked_at is null
      where l.business_id = ${b} and l.document_id = ${documentId} and l.revoked_at is null),
    'lines', (select coalesce(jsonb_agg(jsonb_build_object('id', l.id, 'propertyId', ${own(sql`l.property_id`)}, 'itemId', l.item_id, 'name', l.name,
        'description', l.description, 'serviceOn', l.service_on, 'quantityMilli', l.quantity_milli, 'unit', l.unit, 'unitPriceMilli', l.unit_price_milli,
        'discount', l.discount, 'taxRateId', l.tax_rate_id, 'netMinor', l.net_minor) order by l.position), '[]')
      from document_lines l where l.business_id = ${b} and l.document_id = ${documentId})) as content
    from invoices i
    join documents d on d.business_id = ${b} and d.id = i.document_id
    join document_totals t on t.business_id = ${b} and t.document_id = i.document_id
    where i.business_id = ${b} and i.document_id = ${documentId}`.execute(scope.tx);
  return rows[0] ? fromStored<FrozenContent>(rows[0].content) : null;
}

/** False when it stands so already, or the invoice is canceled. */
export async function setPosted(scope: Scope, documentId: string, day: string | null): Promise<boolean> {
  const done = await scope.tx
    .updateTable('invoice_standings')
    .set({ posted_on: day })
    .where('business_id', '=', scope.business)
    .where('document_id', '=', documentId)
    .where('canceled_at', 'is', null)
    .where('posted_on', 'is distinct from', day)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

export type ContractRoom = Readonly<{ invoiceId: string; contractId: string; leftMinor: bigint; retainagePpm: number }>;

/** What the contracts that these invoices bill still leave; holds those contracts until the transaction ends. */
export async function selectContractRoom(scope: Scope, documentIds: readonly string[]): Promise<ContractRoom[]> {
  const { rows } = await sql<ContractRoom>`select invoice_id as "invoiceId", contract_id as "contractId",
      left_minor as "leftMinor", retainage_ppm as "retainagePpm" from contract_room(${scope.business}, ${[...documentIds]}::uuid[])`.execute(scope.tx);
  return [...rows];
}
