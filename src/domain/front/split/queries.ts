import { type RawBuilder, sql } from 'kysely';
import { fixedQuery } from '../../../db/compile.ts';

type Sql = RawBuilder<unknown>;
const types = { business: 'uuid', from: 'date', to: 'date', document: 'uuid', limit: 'int' } as const;
type Values = Readonly<Record<keyof typeof types, Sql>>;

/** What was billed, and credited, section by section with its lines: of days, or of one bill. What was canceled is in no month. */
const splitText = (whose: Sql, { business: b, from, to, document, limit }: Values): Sql =>
  sql`with found as materialized (
      select p.*, q.part_id is null as credit from document_parts p left join part_standings q on q.business_id = ${b} and q.part_id = p.id
      where p.business_id = ${b} and ${whose} and p.shown
        and (${document} is null and p.issued_on between ${from} and ${to} and coalesce(q.canceled_minor, 0) = 0 or p.document_id = ${document})
        and (q.part_id is not null or exists (select from credit_notes n where n.business_id = ${b} and n.document_id = p.document_id))
      order by p.issued_on, p.number, p.document_id, p.position limit ${limit})
    select coalesce(json_agg(json_build_object('documentId', p.document_id, 'credit', p.credit, 'number', p.number, 'issuedOn', p.issued_on, 'dueOn', p.due_on,
      'currency', p.currency, 'customerId', p.customer_id, 'propertyId', p.property_id, 'title', p.title, 'code', coalesce(r.code, ''), 'costCode', coalesce(r.cost_code, ''),
      'whole', i.document_id is not null, 'poNumber', coalesce(i.po_number, ''), 'workOrderNumber', coalesce(i.work_order_number, ''),
      'subtotalMinor', p.subtotal_minor, 'discountMinor', p.discount_minor, 'netMinor', p.net_minor, 'taxMinor', p.tax_minor, 'totalMinor', p.total_minor, 'taxes', p.taxes,
      'lines', (select coalesce(json_agg(json_build_object('id', l.id, 'name', l.name, 'description', l.description, 'serviceOn', l.service_on, 'quantityMilli', l.quantity_milli,
          'unit', l.unit, 'unitPriceMilli', l.unit_price_milli, 'netMinor', l.net_minor, 'documentDiscountMinor', l.document_discount_minor, 'taxRateId', l.tax_rate_id)
          order by l.position), '[]') from document_lines l where l.business_id = ${b} and l.document_id = p.document_id and l.part_id = p.id))
      order by p.issued_on, p.number, p.document_id, p.position), '[]')::text
    from found p left join properties r on r.business_id = ${b} and r.id = p.property_id
    left join invoices i on i.business_id = ${b} and i.document_id = p.document_id`;

/** Of the accounts of whoever is signed in, and of one customer for the office. */
export const ownSplit = fixedQuery(types, (values) => splitText(sql`p.customer_id = any (app_accounts())`, values));
export const customerSplit = fixedQuery({ ...types, customer: 'uuid' }, ({ customer, ...values }) => splitText(sql`p.customer_id = ${customer}`, values));
