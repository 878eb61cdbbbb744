import { sql } from 'kysely';
import type { EstimateState } from '../../../core/estimate-state.ts';
import { firstText, fixedQuery } from '../../../db/compile.ts';
import type { Scope } from '../../../db/scope.ts';
import { attachmentsJson, insertRows, linesJson, listJson, ofDocument, partFields, taxesJson, totalsFields } from '../../invoices/invoices.ts';
import { fromStored } from '../../invoices/stored.ts';
import type { FrozenEstimate } from './freeze.ts';

/** Locks the documents in the order of their ids, so that two acts never wait for each other. Ids that may not be seen are left out. */
export async function lockEstimates(scope: Scope, documentIds: readonly string[]): Promise<void> {
  await scope.tx
    .selectFrom('documents')
    .select('id')
    .where('business_id', '=', scope.business)
    .where('kind', '=', 'estimate')
    .where('id', '=', sql<string>`any (${[...documentIds]}::uuid[])`)
    .orderBy('id')
    .forUpdate()
    .execute();
}

export type StandingRow = Readonly<{
  id: string;
  version: number;
  customerId: string;
  propertyId: string | null;
  shown: boolean;
  state: EstimateState;
  number: string | null;
  revision: number;
  rootId: string;
  /** Of a change order: the contract it changes. */
  amendsId: string | null;
  currency: string;
  poNumber: string;
  validUntil: string | null;
  totalMinor: bigint;
  chosenMinor: bigint | null;
  depositMinor: bigint | null;
  decidedAt: string | null;
  decidedBy: string;
  reason: string;
  replacedById: string | null;
  invoiceId: string | null;
  depositInvoiceId: string | null;
  waitingForId: string | null;
  /** Who is away, in whose place somebody is waited for. */
  waitingInsteadOfId: string | null;
  /** Who approved it first of two, while it waits for the second. */
  firstApproverId: string | null;
  workStartedAt: string | null;
  /** The business's own: days are counted in it. */
  timeZone: string;
}>;

/** How an estimate stands, of a document that is locked. */
export async function selectStanding(scope: Scope, documentId: string): Promise<StandingRow | undefined> {
  const b = scope.business;
  const row = await scope.tx
    .selectFrom('estimate_standings as s')
    .innerJoin('businesses as u', (join) => join.on('u.id', '=', b))
    .leftJoin('estimates as e', (join) => join.onRef('e.document_id', '=', 's.document_id').on('e.business_id', '=', b))
    .select(['s.document_id', 's.version', 's.customer_id', 's.property_id', 's.shown', 's.state', 's.number', 's.revision', 's.currency', 's.po_number'])
    .select(['s.valid_until', 's.total_minor', 's.chosen_minor', 's.deposit_minor', 's.decided_at', 's.decided_by', 's.reason', 's.replaced_by_id'])
    .select([
      's.invoice_id',
      's.deposit_invoice_id',
      's.waiting_for_id',
      's.waiting_instead_of_id',
      's.first_approver_id',
      's.amends_id',
      's.work_started_at',
      'u.time_zone',
      'e.root_id',
    ])
    .where('s.business_id', '=', b)
    .where('s.document_id', '=', documentId)
    .executeTakeFirst();
  if (!row) return undefined;
  return {
    id: row.document_id,
    version: row.version,
    customerId: row.customer_id,
    propertyId: row.property_id,
    shown: row.shown,
    state: row.state as EstimateState,
    number: row.number,
    revision: row.revision,
    rootId: row.root_id ?? row.document_id,
    amendsId: row.amends_id,
    currency: row.currency,
    poNumber: row.po_number,
    validUntil: row.valid_until,
    totalMinor: row.total_minor,
    chosenMinor: row.chosen_minor,
    depositMinor: row.deposit_minor,
    decidedAt: row.decided_at,
    decidedBy: row.decided_by,
    reason: row.reason,
    replacedById: row.replaced_by_id,
    invoiceId: row.invoice_id,
    depositInvoiceId: row.deposit_invoice_id,
    waitingForId: row.waiting_for_id,
    firstApproverId: row.first_approver_id,
    workStartedAt: row.work_started_at,
    waitingInsteadOfId: row.waiting_instead_of_id,
    timeZone: row.time_zone,
  };
}

/** Writes everything an issue freezes: the document's mark first, since the rows below carry it in their key, then the rows, then the draft goes. */
export async function insertFrozen(scope: Scope, frozen: FrozenEstimate): Promise<void> {
  const b = scope.business;
  const now = scope.now.toString();
  const { naming, totals, body, customerName } = frozen;
  const d = naming.documentId;
  await sql`update documents d set issued_at = ${now}::timestamptz, shown = ${naming.shown}, shown_at = case when ${naming.shown} then ${now}::timestamptz end
    where d.business_id = ${b} and d.id = ${d}`.execute(scope.tx);
  await sql`update file_refs f set shown = d.shown, customer_id = d.customer_id, property_id = d.property_id
    from documents d where d.business_id = ${b} and f.business_id = ${b} and d.id = f.document_id and f.document_id = ${d}`.execute(scope.tx);
  await insertRows(scope, 'document_totals', [frozen.document_totals]);
  if (frozen.document_taxes.length > 0) await insertRows(scope, 'document_taxes', frozen.document_taxes);
  await insertRows(scope, 'document_parts', frozen.document_parts);
  await insertRows(scope, 'document_lines', frozen.document_lines);
  await insertRows(scope, 'estimates', [frozen.estimates]);
  const business = sql`${b}::uuid`;
  const document = sql`${d}::uuid`;
  await sql`insert into document_facts select e.business_id, e.document_id, e.customer_id, e.property_id, e.shown, true,
      json_build_object('language', o.language, 'estimate', json_build_object('rootId', e.root_id, 'revision', e.revision, 'series', e.series, 'number', e.number,
          'issuedOn', e.issued_on, 'validUntil', e.valid_until, 'seller', e.seller, 'billTo', e.bill_to, 'customerKind', e.customer_kind, 'poNumber', e.po_number,
          'scope', e.scope, 'exclusions', e.exclusions, 'terms', e.terms, 'termsSha256', encode(e.terms_sha256, 'hex'), 'deposit', e.deposit, 'plan', e.plan,
          'message', e.message, 'word', case when e.amends_id is null then (select p.estimate_word from business_profiles p where p.business_id = ${business})
            else 'change_order' end, 'amends', (select k.number from contracts k where k.business_id = ${business} and k.id = e.amends_id)),
        'totals', json_build_object(${totalsFields}), 'taxes', ${taxesJson(business, document)},
        'parts', ${listJson(partFields, sql`x.position`, ofDocument('document_parts', business, document))},
        'lines', ${linesJson(business, document, sql`, 'propertyId', x.property_id, 'chosen', x.choice`)}, 'attachments', ${attachmentsJson(business, document)})::text
    from estimates e
    join documents o on o.business_id = ${b} and o.id = e.document_id
    join document_totals t on t.business_id = ${b} and t.document_id = e.document_id
    where e.business_id = ${b} and e.document_id = ${d}`.execute(scope.tx);
  await sql`update estimate_standings set version = version + 1, state = 'sent', number = ${naming.number}, revision = ${naming.revision}, listed_on = ${naming.issuedOn}::date,
      issued_on = ${naming.issuedOn}::date, valid_until = ${naming.validUntil}::date, total_minor = ${totals.totalMinor}, currency = ${totals.currency},
      customer_name = ${customerName}, po_number = ${body.poNumber}
    where business_id = ${b} and document_id = ${d}`.execute(scope.tx);
  await scope.tx.deleteFrom('drafts').where('business_id', '=', b).where('document_id', '=', d).execute();
}

/** The version that was: what took its place stands on it from now on. */
export async function markReplaced(scope: Scope, documentId: string, by: string): Promise<void> {
  await scope.tx
    .updateTable('estimate_standings')
    .set((eb) => ({ state: 'replaced', replaced_by_id: by, waiting_for_id: null, waiting_for_name: '', version: eb('version', '+', 1) }))
    .where('business_id', '=', scope.business)
    .where('document_id', '=', documentId)
    .execute();
  await scope.tx.updateTable('documents').set({ replaced_by: by }).where('business_id', '=', scope.business).where('id', '=', documentId).execute();
}

export async function markWithdrawn(scope: Scope, documentId: string, reason: string): Promise<void> {
  await scope.tx
    .updateTable('estimate_standings')
    .set((eb) => ({
      ...{ state: 'withdrawn', reason, decided_at: scope.now.toString(), decided_by: scope.actor.name, waiting_for_id: null, waiting_for_name: '' },
      version: eb('version', '+', 1),
    }))
    .where('business_id', '=', scope.business)
    .where('document_id', '=', documentId)
    .execute();
}

export async function setValidUntil(scope: Scope, documentId: string, validUntil: string): Promise<void> {
  await scope.tx
    .updateTable('estimate_standings')
    .set((eb) => ({ valid_until: validUntil, version: eb('version', '+', 1) }))
    .where('business_id', '=', scope.business)
    .where('document_id', '=', documentId)
    .execute();
}

/** What was made of an approved estimate. */
export async function setInvoices(scope: Scope, documentId: string, made: Readonly<{ invoiceId?: string; depositInvoiceId?: string }>): Promise<void> {
  await scope.tx
    .updateTable('estimate_standings')
    .set((eb) => ({
      ...(made.invoiceId === undefined ? {} : { invoice_id: made.invoiceId }),
      ...(made.depositInvoiceId === undefined ? {} : { deposit_invoice_id: made.depositInvoiceId }),
      version: eb('version', '+', 1),
    }))
    .where('business_id', '=', scope.business)
    .where('document_id', '=', documentId)
    .execute();
}

/** Work began: from now on an approval is not taken back by the customer (rule 36). */
export async function noteWorkStarted(scope: Scope, documentId: string): Promise<void> {
  await scope.tx
    .updateTable('estimate_standings')
    .set((eb) => ({ work_started_at: scope.now.toString(), version: eb('version', '+', 1) }))
    .where('business_id', '=', scope.business)
    .where('document_id', '=', documentId)
    .where('work_started_at', 'is', null)
    .execute();
}

export type ContentRow = Readonly<Record<string, unknown>>;

/** An issued estimate as it was written: to compare it, and to begin a draft from it. A property that moved to another customer is left out. */
export async function selectContent(scope: Scope, documentId: string): Promise<ContentRow | undefined> {
  const b = scope.business;
  const own = (id: string) => sql`(select p.id from properties p where p.business_id = ${b} and p.id = ${sql.ref(id)} and p.customer_id = e.customer_id)`;
  const { rows } = await sql<{
    content: unknown;
  }>`select jsonb_build_object('customerId', e.customer_id, 'propertyId', ${own('e.property_id')}, 'language', o.language,
    'issuedOn', e.issued_on, 'validUntil', e.valid_until, 'poNumber', e.po_number, 'scope', e.scope, 'exclusions', e.exclusions, 'terms', e.terms, 'message', e.message,
    'internalNote', e.internal_note, 'deposit', e.deposit, 'plan', e.plan, 'discount', t.discount, 'pricesIncludeTax', t.prices_include_tax, 'taxExempt', t.tax_exempt,
    'currency', t.currency, 'discountMinor', t.discount_minor, 'taxMinor', t.tax_minor, 'totalMinor', t.total_minor, 'taxRates', e.tax_rates,
    'recipients', (select coalesce(jsonb_agg(distinct l.person_id), '[]') from links l
      join grants g on g.business_id = ${b} and g.person_id = l.person_id and g.customer_id = l.customer_id and g.revoked_at is null
      where l.business_id = ${b} and l.document_id = ${documentId} and l.revoked_at is null),
    'lines', (select coalesce(jsonb_agg(jsonb_build_object('id', l.id, 'propertyId', ${own('l.property_id')}, 'itemId', l.item_id, 'name', l.name,
        'description', l.description, 'serviceOn', l.service_on, 'quantityMilli', l.quantity_milli, 'unit', l.unit, 'unitPriceMilli', l.unit_price_milli,
        'discount', l.discount, 'taxRateId', l.tax_rate_id, 'netMinor', l.net_minor, 'chosen', l.choice) order by l.position), '[]')
      from document_lines l where l.business_id = ${b} and l.document_id = ${documentId})) as content
    from estimates e
    join documents o on o.business_id = ${b} and o.id = e.document_id
    join document_totals t on t.business_id = ${b} and t.document_id = e.document_id
    where e.business_id = ${b} and e.document_id = ${documentId}`.execute(scope.tx);
  return rows[0] ? fromStored<ContentRow>(rows[0].content) : undefined;
}

/** What a version may be chosen of, as one JSON text, under any role that sees it. */
export const choosableQuery = fixedQuery(
  { business: 'uuid', document: 'uuid' },
  ({ business: b, document: d }) => sql`select json_build_object('currency', t.currency, 'pricesIncludeTax', t.prices_include_tax, 'taxExempt', t.tax_exempt,
    'discount', t.discount, 'taxRates', e.tax_rates, 'deposit', e.deposit, 'plan', e.plan, 'mayLower', e.amends_id is not null,
    'lines', (select coalesce(json_agg(json_build_object('id', l.id, 'name', l.name, 'propertyId', l.property_id, 'quantityMilli', l.quantity_milli,
        'unitPriceMilli', l.unit_price_milli, 'discount', l.discount, 'taxRateId', l.tax_rate_id, 'chosen', l.choice) order by l.position), '[]')
      from document_lines l where l.business_id = ${b} and l.document_id = ${d}))::text
    from estimates e join document_totals t on t.business_id = ${b} and t.document_id = e.document_id
    where e.business_id = ${b} and e.document_id = ${d}`,
);

/** The same within a scope; null when there is no such estimate. */
export function selectChoosable(scope: Scope, documentId: string): Promise<string | null> {
  return firstText(scope, choosableQuery({ business: scope.business, document: documentId }));
}
