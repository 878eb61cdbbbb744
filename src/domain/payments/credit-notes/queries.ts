import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '../../../db/scope.ts';
import type { Method, Share } from '../payment.ts';
import { fromStored } from '../stored.ts';

/** What of an issued invoice a credit note needs, as it was frozen. */
export type FrozenInvoice = Readonly<{
  number: string;
  customerId: string;
  propertyId: string | null;
  shown: boolean;
  language: string;
  seller: unknown;
  billTo: unknown;
  currency: string;
  pricesIncludeTax: boolean;
  taxExempt: boolean;
  discount: unknown;
  taxes: readonly Readonly<{ rateId: string; name: string; components: readonly Readonly<{ name: string; ratePpm: number }>[] }>[];
  parts: readonly Readonly<{
    id: string;
    propertyId: string | null;
    title: string;
    address: unknown;
    netMinor: bigint;
    totalMinor: bigint;
    taxes: readonly Readonly<{ rateId: string; taxableMinor: bigint; taxMinor: bigint }>[];
  }>[];
  lines: readonly Readonly<{
    id: string;
    propertyId: string | null;
    name: string;
    description: string;
    unit: string;
    itemId: string | null;
    serviceOn: string | null;
    quantityMilli: number;
    unitPriceMilli: number;
    discount: unknown;
    discountMinor: bigint;
    documentDiscountMinor: bigint;
    taxRateId: string | null;
    taxName: string;
  }>[];
}>;

export async function selectFrozenInvoice(scope: Scope, documentId: string): Promise<FrozenInvoice | null> {
  const b = scope.business;
  const { rows } = await sql<{
    json: string;
  }>`select json_build_object('number', i.number, 'customerId', i.customer_id, 'propertyId', i.property_id, 'shown', i.shown,
      'language', d.language, 'seller', i.seller, 'billTo', i.bill_to, 'currency', t.currency, 'pricesIncludeTax', t.prices_include_tax, 'taxExempt', t.tax_exempt,
      'discount', t.discount,
      'taxes', (select coalesce(json_agg(json_build_object('rateId', x.rate_id, 'name', x.name, 'components', x.components) order by x.position), '[]')
        from document_taxes x where x.business_id = ${b} and x.document_id = i.document_id),
      'parts', (select json_agg(json_build_object('id', p.id, 'propertyId', p.property_id, 'title', p.title, 'address', p.address, 'netMinor', p.net_minor, 'totalMinor', p.total_minor,
          'taxes', p.taxes) order by p.position) from document_parts p where p.business_id = ${b} and p.document_id = i.document_id),
      'lines', (select json_agg(json_build_object('id', l.id, 'propertyId', l.property_id, 'name', l.name, 'description', l.description, 'unit', l.unit, 'itemId', l.item_id,
          'serviceOn', l.service_on, 'quantityMilli', l.quantity_milli, 'unitPriceMilli', l.unit_price_milli, 'discount', l.discount, 'discountMinor', l.discount_minor,
          'documentDiscountMinor', l.document_discount_minor, 'taxRateId', l.tax_rate_id, 'taxName', l.tax_name) order by l.position)
        from document_lines l where l.business_id = ${b} and l.document_id = i.document_id))::text as json
    from invoices i join documents d on d.business_id = ${b} and d.id = i.document_id
    join document_totals t on t.business_id = ${b} and t.document_id = i.document_id
    where i.business_id = ${b} and i.document_id = ${documentId}`.execute(scope.tx);
  return rows[0] ? fromStored<FrozenInvoice>(rows[0].json) : null;
}

/** What stands credited of each part: discounts, deposits and credit notes together. */
export async function selectCreditedParts(scope: Scope, documentId: string): Promise<Map<string, bigint>> {
  const rows = await scope.tx
    .selectFrom('part_standings')
    .select(['part_id', 'credited_minor'])
    .where('business_id', '=', scope.business)
    .where('document_id', '=', documentId)
    .execute();
  return new Map(rows.map((row) => [row.part_id, row.credited_minor]));
}

export type PayingShare = Share & Readonly<{ paymentId: string; method: Method }>;

/** What payments pay on an invoice now, the latest first. */
export async function selectPaying(scope: Scope, documentId: string): Promise<PayingShare[]> {
  const b = scope.business;
  const { rows } = await sql<PayingShare>`
    select l.document_id as "documentId", l.part_id as "partId", l.payment_id as "paymentId", p.method,
      sum(case l.kind when 'allocate' then l.amount_minor when 'unallocate' then -l.amount_minor else 0 end)::bigint as "amountMinor"
    from ledger l join payments p on p.business_id = ${b} and p.id = l.payment_id
    where l.business_id = ${b} and l.document_id = ${documentId} and l.part_id is not null
    group by 1, 2, 3, 4, p.created_at having sum(case l.kind when 'allocate' then l.amount_minor when 'unallocate' then -l.amount_minor else 0 end) > 0
    order by p.created_at desc, l.payment_id, l.part_id`.execute(scope.tx);
  return rows;
}

type Row = Readonly<Record<string, unknown>>;
export type FrozenNote = Readonly<{
  documents: Row;
  document_totals: Row;
  document_taxes: readonly Row[];
  document_parts: readonly Row[];
  document_lines: readonly Row[];
  credit_notes: Row;
}>;

const tables = ['document_totals', 'document_taxes', 'document_parts', 'document_lines', 'credit_notes'] as const;

/** Rows travel as one JSON text; amounts as text, which is what a bigint column reads. */
const rowsJson = (rows: unknown): string => JSON.stringify(rows, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));

/** Writes the document and everything of it, once and for ever. */
export async function insertNote(scope: Scope, note: FrozenNote): Promise<void> {
  const { documents } = note;
  await sql`insert into documents (business_id, id, kind, customer_id, property_id, language, created_at, issued_at, shown_at, shown)
    select ${scope.business}::uuid, r.id, 'credit_note', r.customer_id, r.property_id, r.language, ${scope.now.toString()}::timestamptz, ${scope.now.toString()}::timestamptz,
      case when r.shown then ${scope.now.toString()}::timestamptz end, r.shown
    from json_to_record(${rowsJson(documents)}::json) r (id uuid, customer_id uuid, property_id uuid, language text, shown boolean)`.execute(scope.tx);
  for (const table of tables) {
    const rows = [note[table]].flat();
    const name: RawBuilder<unknown> = sql.table(table);
    if (rows.length > 0) await sql`insert into ${name} select r.* from json_populate_recordset(null::${name}, ${rowsJson(rows)}::json) r`.execute(scope.tx);
  }
}

export async function selectNextNote(scope: Scope): Promise<bigint> {
  const { rows } = await sql<{ given: bigint }>`insert into counters (business_id, series, next) values (${scope.business}, 'credit', 2)
    on conflict (business_id, series) do update set next = counters.next + 1 returning next - 1 as given`.execute(scope.tx);
  return rows[0]?.given ?? 0n;
}

export type CreditNote = Readonly<{
  id: string;
  invoiceId: string;
  invoiceNumber: string;
  customerId: string;
  number: string;
  issuedOn: string;
  currency: string;
  netMinor: bigint;
  taxMinor: bigint;
  totalMinor: bigint;
  loweredMinor: bigint;
  freedMinor: bigint;
  reason: string;
  createdBy: string;
}>;

/** Credit notes of an invoice, oldest first; or one by its id. */
export async function selectNotes(scope: Scope, by: Readonly<{ invoiceId: string } | { id: string }>): Promise<CreditNote[]> {
  const which = 'id' in by ? sql`n.document_id = ${by.id}` : sql`n.invoice_id = ${by.invoiceId}`;
  const { rows } =
    await sql<CreditNote>`select n.document_id as id, n.invoice_id as "invoiceId", n.invoice_number as "invoiceNumber", n.customer_id as "customerId", n.number,
      n.issued_on as "issuedOn", n.currency, n.net_minor as "netMinor", n.tax_minor as "taxMinor", n.total_minor as "totalMinor", n.lowered_minor as "loweredMinor",
      n.freed_minor as "freedMinor", n.reason, n.created_by as "createdBy"
    from credit_notes n where n.business_id = ${scope.business} and ${which} order by n.number_seq`.execute(scope.tx);
  return rows;
}

/** What page and paper of a credit note show, as it was written with it. */
export async function selectNoteFacts(scope: Scope, id: string): Promise<string | null> {
  const row = await scope.tx
    .selectFrom('credit_notes')
    .select('facts')
    .where('business_id', '=', scope.business)
    .where('document_id', '=', id)
    .executeTakeFirst();
  return row?.facts ?? null;
}
