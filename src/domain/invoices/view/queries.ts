import { type RawBuilder, sql } from 'kysely';
import { fixedQuery } from '../../../db/compile.ts';
import type { Scope } from '../../../db/scope.ts';

/** One JSON object of a row, or null. */
const one = (fields: RawBuilder<unknown>, from: RawBuilder<unknown>): RawBuilder<unknown> => sql`(select json_build_object(${fields}) from ${from})`;
/** A JSON list of rows, in order. */
const all = (fields: RawBuilder<unknown>, order: RawBuilder<unknown>, from: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(select coalesce(json_agg(json_build_object(${fields}) order by ${order}), '[]') from ${from})`;

/** The rows of a table that belong to the document. */
const ofDocument = (table: string, b: RawBuilder<unknown>, d: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`${sql.table(table)} x where x.business_id = ${b} and x.document_id = ${d}`;

/** What happened to it since, and what hangs on it. */
function aroundIt(b: RawBuilder<unknown>, d: RawBuilder<unknown>): RawBuilder<unknown> {
  const of = (table: string): RawBuilder<unknown> => ofDocument(table, b, d);
  return sql`
    'payments', (select coalesce(json_agg(json_build_object('id', y.payment_id, 'day', y.day, 'method', y.method, 'state', y.state,
        'receiptNumber', y.receipt_number, 'amountMinor', y.amount) order by y.day, y.payment_id), '[]')
      from (select x.payment_id, x.day, x.method, x.state, x.receipt_number, sum(coalesce(x.applied_minor, x.amount_minor))::bigint as amount from ${of('payment_shares')}
        and x.applied_minor is distinct from 0
        and x.state in ('pending', 'cleared', 'unknown', 'returned', 'refunded', 'disputed')
        group by x.payment_id, x.day, x.method, x.state, x.receipt_number) y),
    'announced', ${all(
      sql`'id', x.id, 'day', x.expected_on, 'method', x.method, 'amountMinor', x.amount_minor`,
      sql`x.expected_on, x.id`,
      sql`${of('announced_payments')} and x.ended_at is null`,
    )},
    'attachments', ${all(
      sql`'id', x.id, 'name', x.name, 'mediaType', i.mime, 'bytes', i.bytes`,
      sql`x.created_at, x.id`,
      sql`file_refs x join files i on i.business_id = ${b} and i.sha256 = x.sha256
        where x.business_id = ${b} and x.document_id = ${d} and x.purpose = 'attachment' and x.removed_at is null`,
    )},
    'replaced', (select x.data from ${of('events')} and x.kind = 'invoice.replaced' and x.data ? 'replaces' order by x.seq limit 1)`;
}

/**
 * Everything of one issued invoice in one JSON text, under any role: a row the scope may not see is simply null or missing. Who sees only some
 * parts gets these, their lines, and no total. No row at all for a draft or somebody else's document.
 */
export const factsQuery = fixedQuery({ business: 'uuid', document: 'uuid' }, ({ business: b, document: d }) => {
  const of = (table: string): RawBuilder<unknown> => ofDocument(table, b, d);
  return sql`select json_build_object(
    'now', now(),
    'business', ${one(
      sql`'slug', u.slug, 'name', u.name, 'timeZone', u.time_zone, 'currency', u.currency, 'country', u.country, 'phone', p.phone, 'email', p.email,
        'website', p.website, 'address', p.address, 'hours', p.hours, 'licenseLine', p.license_line, 'logo', encode(p.logo_web_sha256, 'hex'),
        'brandColor', p.brand_color, 'greeting', p.greeting, 'howToPay', p.how_to_pay`,
      sql`businesses u join business_profiles p on p.business_id = ${b} where u.id = ${b}`,
    )},
    'document', ${one(
      sql`'language', x.language, 'canceledAt', x.canceled_at, 'reason', x.cancel_reason, 'replaces', x.replaces, 'replacedBy', x.replaced_by`,
      sql`documents x where x.business_id = ${b} and x.id = ${d}`,
    )},
    'invoice', ${one(
      sql`'series', x.series, 'number', x.number, 'issuedOn', x.issued_on, 'dueOn', x.due_on, 'seller', x.seller, 'billTo', x.bill_to, 'poNumber', x.po_number,
        'workOrderNumber', x.work_order_number, 'terms', x.terms, 'message', x.message`,
      of('invoices'),
    )},
    'customer', ${one(
      sql`'name', c.name, 'company', c.company, 'language', c.language, 'address', c.billing_address`,
      sql`customers c where c.business_id = ${b} and c.id = f.customer_id`,
    )},
    'totals', ${one(
      sql`'currency', x.currency, 'pricesIncludeTax', x.prices_include_tax, 'taxExempt', x.tax_exempt, 'discount', x.discount, 'subtotalMinor', x.subtotal_minor,
        'discountMinor', x.discount_minor, 'netMinor', x.net_minor, 'taxMinor', x.tax_minor, 'totalMinor', x.total_minor`,
      of('document_totals'),
    )},
    'taxes', ${all(
      sql`'name', x.name, 'ratePpm', x.rate_ppm, 'taxableMinor', x.taxable_minor, 'taxMinor', x.tax_minor, 'components', x.components`,
      sql`x.position`,
      of('document_taxes'),
    )},
    'parts', ${all(
      sql`'id', x.id, 'documentId', x.document_id, 'propertyId', x.property_id, 'title', x.title, 'address', x.address, 'number', x.number, 'currency', x.currency, 'issuedOn', x.issued_on,
        'dueOn', x.due_on, 'subtotalMinor', x.subtotal_minor, 'discountMinor', x.discount_minor, 'taxMinor', x.tax_minor, 'totalMinor', x.total_minor,
        'paidMinor', s.paid_minor, 'processingMinor', s.processing_minor,
        'balanceMinor', s.total_minor - s.credited_minor - s.paid_minor - s.canceled_minor - s.written_off_minor`,
      sql`x.position`,
      sql`document_parts x join part_standings s on s.business_id = ${b} and s.part_id = x.id where x.business_id = ${b} and x.document_id = ${d}`,
    )},
    'lines', ${all(
      sql`'id', x.id, 'partId', x.part_id, 'name', x.name, 'description', x.description, 'serviceOn', x.service_on, 'quantityMilli', x.quantity_milli,
        'unit', x.unit, 'unitPriceMilli', x.unit_price_milli, 'discount', x.discount, 'grossMinor', x.gross_minor, 'discountMinor', x.discount_minor,
        'netMinor', x.net_minor, 'taxName', x.tax_name`,
      sql`x.position`,
      of('document_lines'),
    )},
    'standing', ${one(
      sql`'version', x.version, 'totalMinor', x.total_minor, 'creditedMinor', x.credited_minor, 'paidMinor', x.paid_minor, 'processingMinor', x.processing_minor,
        'unknownMinor', x.unknown_minor, 'announcedMinor', x.announced_minor, 'announcedFor', x.announced_for, 'inQuestionMinor', x.in_question_minor,
        'heldBackMinor', x.held_back_minor, 'dueLaterMinor', x.due_later_minor, 'startedOn', x.started_on, 'canceledAt', x.canceled_at,
        'replacedBy', x.replaced_by_number, 'closedAt', x.closed_at, 'returned', x.returned`,
      of('invoice_standings'),
    )},
    ${aroundIt(b, d)}
  )::text
  from (select x.customer_id from ${of('document_parts')} limit 1) f`;
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
