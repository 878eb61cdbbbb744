import { sql } from 'kysely';
import type { Scope } from '../../../db/scope.ts';
import type { Recipient } from '../recipients.ts';

type ReceiverRow = Omit<Recipient, 'language'> & Readonly<{ language: string }>;

/**
 * The people who may see a document: with a right to the whole customer, or to a property it is about. A draft has no parts yet, so its
 * lines say where it is. Null when there is no such document.
 */
export async function selectReceivers(scope: Scope, documentId: string): Promise<ReceiverRow[] | null> {
  const b = sql`${scope.business}::uuid`;
  const d = sql`${documentId}::uuid`;
  const { rows: found } = await sql<{ customer: string }>`select customer_id as customer from documents where business_id = ${b} and id = ${d}`.execute(
    scope.tx,
  );
  const customer = found[0]?.customer;
  if (customer === undefined) return null;
  const { rows } = await sql<ReceiverRow>`with places as (
      select o.property_id as id from documents o where o.business_id = ${b} and o.id = ${d} and o.property_id is not null
      union select dp.property_id from document_parts dp where dp.business_id = ${b} and dp.document_id = ${d} and dp.property_id is not null
      union select (line ->> 'propertyId')::uuid from drafts r cross join lateral jsonb_array_elements(r.body -> 'lines') line
        where r.business_id = ${b} and r.document_id = ${d} and line ->> 'propertyId' is not null)
    select p.id as "personId", p.name, p.email, p.phone, p.language, bool_or(g.bills) as bills, p.bounced_at is not null as bounced,
      bool_or(g.property_id is null) or (select count(*) from places) = 1 as "seesAll", bool_or(g.can_pay) as "canPay",
      (select max(m.created_at) from mails m where m.business_id = ${b} and m.document_id = ${d} and m.person_id = p.id
        and m.kind in ('invoice_sent', 'invoice_replaced', 'new_link')) as "lastSentAt"
    from grants g join people p on p.business_id = ${b} and p.id = g.person_id and p.removed_at is null
    where g.business_id = ${b} and g.customer_id = ${customer} and g.revoked_at is null and g.can_view
      and (g.property_id is null or g.property_id in (select id from places))
    group by p.id, p.name, p.email, p.phone, p.language, p.bounced_at, p.created_at
    order by bool_or(g.bills) desc, p.created_at, p.id`.execute(scope.tx);
  return rows;
}
