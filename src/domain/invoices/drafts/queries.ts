import { sql } from 'kysely';
import type { TaxRate } from '../../../core/totals.ts';
import type { Scope } from '../../../db/scope.ts';
import { fromStored } from '../stored.ts';
import type { BusinessFacts, Context, CustomerFacts, PropertyFacts } from './complete.ts';

type Wanted = Readonly<{ customers: readonly string[]; properties: readonly string[]; items: readonly string[]; people: readonly string[] }>;
type ContextJson = {
  business: BusinessFacts | null;
  customers: CustomerFacts[];
  properties: PropertyFacts[];
  items: { id: string; taxRateId: string | null; taxable: boolean }[];
  people: string[];
  taxRates: unknown;
};

/** Everything drafts rest on, in one round trip; lists are bounded by what is asked for and by the rates of one business. */
export async function selectContext(scope: Scope, wanted: Wanted): Promise<Context> {
  const b = scope.business;
  const { rows } = await sql<{ context: ContextJson }>`select jsonb_build_object(
    'business', (select jsonb_build_object('name', bu.name, 'timeZone', bu.time_zone, 'currency', bu.currency, 'country', bu.country, 'legalName', pr.legal_name,
        'phone', pr.phone, 'email', pr.email, 'website', pr.website, 'address', pr.address, 'licenseLine', pr.license_line, 'numberPrefix', pr.number_prefix,
        'termsDays', pr.terms_days, 'termsText', pr.terms_text, 'message', pr.message, 'pricesIncludeTax', pr.prices_include_tax,
        'defaultTaxRateId', pr.default_tax_rate_id, 'lateFee', ch.late_fee, 'earlyDiscount', ch.early_discount)
      from businesses bu join business_profiles pr on pr.business_id = ${b}
      left join charge_rules ch on ch.business_id = ${b} where bu.id = ${b}),
    'customers', (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'kind', c.kind, 'name', c.name, 'company', c.company, 'billingAddress', c.billing_address,
        'language', c.language, 'termsDays', c.terms_days, 'taxExempt', c.tax_exempt, 'poRequired', c.po_required, 'archived', c.archived_at is not null,
        'lateFee', a.late_fee, 'earlyDiscount', a.early_discount)), '[]')
      from customers c left join customer_charges a on a.business_id = ${b} and a.customer_id = c.id where c.business_id = ${b} and c.id = any (${[...wanted.customers]}::uuid[])),
    'properties', (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'customerId', p.customer_id, 'code', p.code, 'name', p.name, 'unit', p.unit,
        'address', p.address, 'taxRateId', p.tax_rate_id, 'poRequired', r.po_required)), '[]')
      from properties p left join property_rules r on r.business_id = ${b} and r.property_id = p.id where p.business_id = ${b} and p.id = any (${[...wanted.properties]}::uuid[])),
    'items', (select coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'taxRateId', i.tax_rate_id, 'taxable', i.taxable)), '[]')
      from items i where i.business_id = ${b} and i.id = any (${[...wanted.items]}::uuid[])),
    'people', (select coalesce(jsonb_agg(distinct g.customer_id || ' ' || g.person_id), '[]')
      from grants g where g.business_id = ${b} and g.customer_id = any (${[...wanted.customers]}::uuid[]) and g.person_id = any (${[...wanted.people]}::uuid[])
        and g.revoked_at is null),
    'taxRates', (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name, 'components', t.components) order by t.created_at, t.id), '[]')
      from (select id, name, components, created_at from tax_rates where business_id = ${b} order by created_at, id limit 1000) t)) as context`.execute(
    scope.tx,
  );
  const found = rows[0]?.context;
  if (!found?.business) throw new Error('the scope has no business');
  return {
    business: fromStored<BusinessFacts>(found.business),
    customers: new Map(fromStored<CustomerFacts[]>(found.customers).map((each) => [each.id, each])),
    properties: new Map(found.properties.map((each) => [each.id, each])),
    items: new Map(found.items.map((each) => [each.id, each])),
    people: new Set(found.people),
    taxRates: fromStored<TaxRate[]>(found.taxRates),
  };
}

export type DraftRow = Readonly<{
  id: string;
  state: 'draft' | 'scheduled' | 'issued';
  customerId: string;
  version: number | null;
  body: unknown;
  totals: unknown;
  currency: string;
  replaces: { id: string; number: string } | null;
  createdAt: string;
  updatedAt: string | null;
  updatedBy: string | null;
}>;

/** The drafts among these documents, in the order of their ids; an issued one has no body any more. */
export async function selectDrafts(scope: Scope, documentIds: readonly string[]): Promise<DraftRow[]> {
  const b = scope.business;
  const rows = await scope.tx
    .selectFrom('documents as d')
    .innerJoin('invoice_standings as s', (join) => join.onRef('s.document_id', '=', 'd.id').on('s.business_id', '=', b))
    .leftJoin('drafts as w', (join) => join.onRef('w.document_id', '=', 'd.id').on('w.business_id', '=', b))
    .leftJoin('invoices as r', (join) => join.onRef('r.document_id', '=', 'd.replaces').on('r.business_id', '=', b))
    .select(['d.id', 'd.customer_id', 'd.created_at', 'd.replaces', 's.state', 's.currency', 'w.version', 'w.body', 'w.totals', 'w.updated_at', 'w.updated_by'])
    .select('r.number as replaced_number')
    .where('d.business_id', '=', b)
    .where('d.kind', '=', 'invoice')
    .where('d.id', '=', sql<string>`any (${[...documentIds]}::uuid[])`)
    .orderBy('d.id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    state: row.state as DraftRow['state'],
    customerId: row.customer_id,
    version: row.version,
    body: row.body,
    totals: row.totals,
    currency: row.currency,
    replaces: row.replaces === null ? null : { id: row.replaces, number: row.replaced_number ?? '' },
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
  }));
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
  purpose: string;
  body: string;
  totals: string;
  replaces: string | null;
}>;

/** Document, content and standing of a new draft in one statement. */
export async function insertDraft(scope: Scope, draft: DraftWrite): Promise<void> {
  const b = scope.business;
  const now = scope.now.toString();
  await sql`with document as (
      insert into documents (business_id, id, kind, customer_id, property_id, language, created_at, replaces)
      values (${b}, ${draft.id}, 'invoice', ${draft.customerId}, ${draft.propertyId}, ${draft.language}, ${now}, ${draft.replaces})),
    content as (
      insert into drafts (business_id, document_id, customer_id, body, totals, updated_at, updated_by)
      values (${b}, ${draft.id}, ${draft.customerId}, ${draft.body}::jsonb, ${draft.totals}::jsonb, ${now}, ${scope.actor.name}))
    insert into invoice_standings (business_id, document_id, customer_id, property_id, customer_name, po_number, currency, listed_on, purpose, total_minor)
    values (${b}, ${draft.id}, ${draft.customerId}, ${draft.propertyId}, ${draft.customerName}, ${draft.poNumber}, ${draft.currency}, ${draft.today}::date, ${draft.purpose},
      ${draft.totalMinor})`.execute(scope.tx);
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
    .updateTable('invoice_standings')
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
  await scope.tx.deleteFrom('invoice_standings').where('business_id', '=', b).where('document_id', '=', documentId).execute();
  await scope.tx.deleteFrom('search_terms').where('business_id', '=', b).where('kind', '=', 'invoice').where('id', '=', documentId).execute();
  await scope.tx.deleteFrom('documents').where('business_id', '=', b).where('id', '=', documentId).execute();
}
