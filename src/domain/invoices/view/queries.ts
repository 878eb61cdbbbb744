import { type RawBuilder, sql } from 'kysely';
import { fixedQuery } from '../../../db/compile.ts';
import type { Scope } from '../../../db/scope.ts';

/** A JSON list of rows, in order. */
export const all = (fields: RawBuilder<unknown>, order: RawBuilder<unknown>, from: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(select coalesce(json_agg(json_build_object(${fields}) order by ${order}), '[]') from ${from})`;

/** The rows of a table that belong to the document. */
export const ofDocument = (table: string, b: RawBuilder<unknown>, d: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`${sql.table(table)} x where x.business_id = ${b} and x.document_id = ${d}`;

/** What happened to it since, and what hangs on it. */
function aroundIt(b: RawBuilder<unknown>, d: RawBuilder<unknown>): RawBuilder<unknown> {
  const of = (table: string): RawBuilder<unknown> => ofDocument(table, b, d);
  return sql`
    'payments', ${paymentsJson(b, d)},
    'announced', ${all(
      sql`'id', x.id, 'day', x.expected_on, 'method', x.method, 'amountMinor', x.amount_minor`,
      sql`x.expected_on, x.id`,
      sql`${of('announced_payments')} and x.ended_at is null`,
    )},
    'attachments', ${attachmentsJson(b, d)},
    'replaced', case when o.replaces is not null then (select x.data from ${of('events')} and x.kind = 'invoice.replaced' and x.data ? 'replaces' order by x.seq limit 1) end`;
}

export const taxesJson = (b: RawBuilder<unknown>, d: RawBuilder<unknown>): RawBuilder<unknown> =>
  all(
    sql`'name', x.name, 'ratePpm', x.rate_ppm, 'taxableMinor', x.taxable_minor, 'taxMinor', x.tax_minor, 'components', x.components`,
    sql`x.position`,
    ofDocument('document_taxes', b, d),
  );

export const linesJson = (b: RawBuilder<unknown>, d: RawBuilder<unknown>, more = sql``): RawBuilder<unknown> =>
  all(
    sql`'id', x.id, 'partId', x.part_id, 'name', x.name, 'description', x.description, 'serviceOn', x.service_on, 'quantityMilli', x.quantity_milli,
      'unit', x.unit, 'unitPriceMilli', x.unit_price_milli, 'discount', x.discount, 'grossMinor', x.gross_minor, 'discountMinor', x.discount_minor,
      'netMinor', x.net_minor, 'taxName', x.tax_name${more}`,
    sql`x.position`,
    ofDocument('document_lines', b, d),
  );

export const attachmentsJson = (b: RawBuilder<unknown>, d: RawBuilder<unknown>): RawBuilder<unknown> =>
  all(
    sql`'id', x.id, 'name', x.name, 'mediaType', k.mime, 'bytes', k.bytes`,
    sql`x.created_at, x.id`,
    sql`file_refs x join files k on k.business_id = ${b} and k.sha256 = x.sha256
      where x.business_id = ${b} and x.document_id = ${d} and x.purpose = 'attachment' and x.removed_at is null`,
  );

const paymentsJson = (
  b: RawBuilder<unknown>,
  d: RawBuilder<unknown>,
): RawBuilder<unknown> => sql`(select coalesce(json_agg(json_build_object('id', y.payment_id,
    'day', y.day, 'method', y.method, 'state', y.state, 'receiptNumber', y.receipt_number, 'amountMinor', y.amount) order by y.day, y.payment_id), '[]')
  from (select x.payment_id, x.day, x.method, x.state, x.receipt_number, sum(coalesce(x.applied_minor, x.amount_minor))::bigint as amount from ${ofDocument('payment_shares', b, d)}
    and x.applied_minor is distinct from 0
    and x.state in ('pending', 'cleared', 'unknown', 'returned', 'refunded', 'disputed')
    group by x.payment_id, x.day, x.method, x.state, x.receipt_number) y)`;

/** One object from columns of the row the invoice is joined into; null where the scope does not see it whole. */
const whole = (fields: RawBuilder<unknown>): RawBuilder<unknown> => sql`case when i.number is not null then json_build_object(${fields}) end`;

export const businessFields = sql`'slug', u.slug, 'name', u.name, 'timeZone', u.time_zone, 'currency', u.currency, 'country', u.country,
  'phone', p.phone, 'email', p.email, 'website', p.website, 'address', p.address, 'hours', p.hours, 'licenseLine', p.license_line,
  'logo', encode(p.logo_web_sha256, 'hex'), 'brandColor', p.brand_color, 'greeting', p.greeting, 'howToPay', p.how_to_pay`;

const invoiceFields = sql`'series', i.series, 'number', i.number, 'issuedOn', i.issued_on, 'dueOn', i.due_on, 'seller', i.seller, 'billTo', i.bill_to,
  'poNumber', i.po_number, 'workOrderNumber', i.work_order_number, 'terms', i.terms, 'message', i.message,
  'purpose', i.purpose, 'about', case when i.about_id is not null then json_build_object('id', i.about_id, 'number', i.about_number) end, 'lateFee', i.late_fee,
  'early', i.early_discount, 'deposits', i.deposits, 'installments', i.installments, 'heldBackMinor', i.held_back_minor`;

export const totalsFields = sql`'currency', t.currency, 'pricesIncludeTax', t.prices_include_tax, 'taxExempt', t.tax_exempt, 'discount', t.discount,
  'subtotalMinor', t.subtotal_minor, 'discountMinor', t.discount_minor, 'netMinor', t.net_minor, 'taxMinor', t.tax_minor, 'totalMinor', t.total_minor`;

const standingFields = sql`'version', s.version, 'totalMinor', s.total_minor, 'creditedMinor', s.credited_minor, 'paidMinor', s.paid_minor,
  'processingMinor', s.processing_minor, 'unknownMinor', s.unknown_minor, 'announcedMinor', s.announced_minor, 'announcedFor', s.announced_for,
  'inQuestionMinor', s.in_question_minor, 'heldBackMinor', s.held_back_minor, 'installments', s.installments, 'startedOn', s.started_on,
  'canceledAt', s.canceled_at, 'replacedBy', s.replaced_by_number, 'closedAt', s.closed_at, 'returned', s.returned, 'purpose', s.purpose,
  'discountedMinor', s.discounted_minor, 'depositMinor', s.deposit_minor, 'earlyMinor', s.early_minor, 'earlyUntil', s.early_until`;

export const partFields = sql`'id', x.id, 'documentId', x.document_id, 'propertyId', x.property_id, 'title', x.title, 'address', x.address, 'number', x.number,
  'currency', x.currency, 'issuedOn', x.issued_on, 'dueOn', x.due_on, 'subtotalMinor', x.subtotal_minor, 'discountMinor', x.discount_minor,
  'taxMinor', x.tax_minor, 'totalMinor', x.total_minor`;

/** The single rows: business, invoice, document, totals and standing, of which all but the first may be hidden. */
const heads = sql`'business', json_build_object(${businessFields}),
    'document', ${whole(sql`'language', o.language, 'canceledAt', o.canceled_at, 'reason', o.cancel_reason, 'replaces', o.replaces, 'replacedBy', o.replaced_by`)},
    'invoice', ${whole(invoiceFields)},
    'totals', ${whole(totalsFields)},
    'standing', ${whole(standingFields)}`;

/** What an issue freezes of the invoices named by `which`, as rows of `document_facts`: from `invoices` i, `documents` o and `document_totals` t. */
export const frozenFacts = (b: RawBuilder<unknown>, which: RawBuilder<unknown>): RawBuilder<unknown> => {
  const d = sql`i.document_id`;
  return sql`select i.business_id, i.document_id, i.customer_id, i.property_id, i.shown,
      o.replaces is null and (select count(*) from ${ofDocument('document_parts', b, d)}) = 1,
      json_build_object('language', o.language, 'invoice', json_build_object(${invoiceFields}), 'totals', json_build_object(${totalsFields}),
        'taxes', ${taxesJson(b, d)}, 'parts', ${all(partFields, sql`x.position`, ofDocument('document_parts', b, d))}, 'lines', ${linesJson(b, d)},
        'attachments', ${attachmentsJson(b, d)})::text
    from invoices i
    join documents o on o.business_id = ${b} and o.id = i.document_id
    join document_totals t on t.business_id = ${b} and t.document_id = i.document_id
    where i.business_id = ${b} and ${which}`;
};

/**
 * The usual invoice in its shortest form: its frozen text, where it stands, what was paid and how the business looks. Answers nothing for one that needs
 * more said (several parts, canceled, in another's place, a payment announced), that the scope sees in parts only, or not at all: `factsQuery` knows.
 */
export const plainFactsQuery = fixedQuery(
  { business: 'uuid', document: 'uuid' },
  ({ business: b, document: d }) => sql`
  select concat('{"now":', to_json(now()), ',"business":', json_build_object(${businessFields}), ',"standing":', json_build_object(${standingFields}),
    ',"balanceMinor":', s.balance_minor, ',"payments":', ${paymentsJson(b, d)}, ',"frozen":', f.facts, '}')
  from document_facts f
  join invoice_standings s on s.business_id = ${b} and s.document_id = ${d}
  join businesses u on u.id = ${b}
  join business_profiles p on p.business_id = ${b}
  where f.business_id = ${b} and f.document_id = ${d} and f.plain and s.canceled_at is null and s.announced_minor = 0`,
);

/**
 * Everything of one issued invoice in one JSON text, under any role: a row the scope may not see is simply null or missing. Who sees only some
 * parts gets these, their lines, and no total. No row at all for a draft or somebody else's document.
 */
export const factsQuery = fixedQuery({ business: 'uuid', document: 'uuid' }, ({ business: b, document: d }) => {
  const of = (table: string): RawBuilder<unknown> => ofDocument(table, b, d);
  return sql`select json_build_object('now', now(), ${heads},
    'customer', case when i.number is null then (select json_build_object('name', c.name, 'company', c.company, 'language', c.language, 'address', c.billing_address)
      from customers c where c.business_id = ${b} and c.id = f.customer_id) end,
    'taxes', ${taxesJson(b, d)},
    'parts', ${all(
      sql`${partFields}, 'paidMinor', q.paid_minor, 'processingMinor', q.processing_minor,
        'balanceMinor', q.total_minor - q.credited_minor - q.paid_minor - q.canceled_minor - q.written_off_minor`,
      sql`x.position`,
      sql`document_parts x join part_standings q on q.business_id = ${b} and q.part_id = x.id where x.business_id = ${b} and x.document_id = ${d}`,
    )},
    'lines', ${linesJson(b, d)},
    ${aroundIt(b, d)}
  )::text
  from (select x.customer_id from ${of('document_parts')} limit 1) f
  join businesses u on u.id = ${b}
  join business_profiles p on p.business_id = ${b}
  left join (invoices i
    join documents o on o.business_id = ${b} and o.id = ${d}
    join document_totals t on t.business_id = ${b} and t.document_id = ${d}
    join invoice_standings s on s.business_id = ${b} and s.document_id = ${d}) on i.business_id = ${b} and i.document_id = ${d}`;
});

export type OfficeFacts = Readonly<{
  internalNote: string;
  shown: boolean;
  imported: boolean;
  sentAt: string | null;
  openedAt: string | null;
  lastMailedAt: string | null;
  delivery: 'none' | 'queued' | 'sent' | 'bounced';
  customerId: string;
  customerName: string;
  version: number;
}>;

/** What only the office knows of an issued invoice. */
export async function selectOfficeFacts(scope: Scope, documentId: string): Promise<OfficeFacts | null> {
  const row = await scope.tx
    .selectFrom('invoice_standings as s')
    .innerJoin('invoices as i', (join) => join.onRef('i.document_id', '=', 's.document_id').on('i.business_id', '=', scope.business))
    .select([
      'i.internal_note',
      's.shown',
      's.imported',
      's.sent_at',
      's.opened_at',
      's.last_mailed_at',
      's.delivery',
      's.customer_id',
      's.customer_name',
      's.version',
    ])
    .where('s.business_id', '=', scope.business)
    .where('s.document_id', '=', documentId)
    .executeTakeFirst();
  if (!row) return null;
  return {
    internalNote: row.internal_note,
    shown: row.shown,
    imported: row.imported,
    sentAt: row.sent_at,
    openedAt: row.opened_at,
    lastMailedAt: row.last_mailed_at,
    delivery: row.delivery as OfficeFacts['delivery'],
    customerId: row.customer_id,
    customerName: row.customer_name,
    version: row.version,
  };
}
