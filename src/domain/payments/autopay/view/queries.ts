import { sql } from 'kysely';
import type { Scope } from '../../../../db/scope.ts';
import type { ListedCharge } from './view.ts';

/** An account or property autopay can be turned on for. */
export type PlaceChoice = Readonly<{ customerId: string; customerName: string; propertyId: string | null; propertyName: string }>;

/** What the signed-in person may pay for: whole accounts, then their properties; else the properties they have. */
export async function selectPlaces(scope: Scope): Promise<PlaceChoice[]> {
  const b = sql`${scope.business}::uuid`;
  const { rows } =
    await sql<PlaceChoice>`select distinct on (c.name, c.id, p.id) c.id as "customerId", coalesce(nullif(c.company, ''), c.name) as "customerName",
      p.id as "propertyId", coalesce(concat_ws(' · ', nullif(p.name, ''), nullif(p.code, ''), nullif(p.unit, '')), '') as "propertyName"
    from grants g join customers c on c.business_id = ${b} and c.id = g.customer_id
    left join lateral (select null::uuid as id, ''::text as name, ''::text as code, ''::text as unit where g.property_id is null
      union all select q.id, q.name, q.code, q.unit from properties q where q.business_id = ${b} and q.customer_id = g.customer_id
        and (g.property_id is null or q.id = g.property_id)) p on true
    where g.business_id = ${b} and g.person_id = any (app_people()) and g.revoked_at is null and g.can_view and g.can_pay
    order by c.name, c.id, p.id nulls first limit 500`.execute(scope.tx);
  return rows;
}

/** The charges of these mandates, what comes first on top, and the names of these properties. */
export async function selectChargeList(
  scope: Scope,
  mandateIds: readonly string[],
  propertyIds: readonly string[],
): Promise<{ charges: ListedCharge[]; names: Map<string, string> }> {
  const b = sql`${scope.business}::uuid`;
  if (mandateIds.length === 0) return { charges: [], names: new Map() };
  const charges = await sql<ListedCharge>`select c.id, c.mandate_id as "mandateId", c.document_id as "documentId", coalesce(s.number, '') as number, c.state,
      c.planned_on as "plannedOn", c.next_on as "nextOn", c.amount_minor as "amountMinor", c.currency, c.tries, c.failure, c.payment_id as "paymentId", c.ended_at as "endedAt"
    from autopay_charges c left join invoice_standings s on s.business_id = ${b} and s.document_id = c.document_id
    where c.business_id = ${b} and c.mandate_id = any (${[...mandateIds]}::uuid[])
    order by c.ended_at is null desc, case when c.ended_at is null then c.next_on end, c.ended_at desc, c.id limit 300`.execute(scope.tx);
  const names = await sql<{
    id: string;
    name: string;
  }>`select id, concat_ws(' · ', nullif(name, ''), nullif(code, ''), nullif(unit, '')) as name from properties
    where business_id = ${b} and id = any (${[...propertyIds]}::uuid[])`.execute(scope.tx);
  return { charges: charges.rows, names: new Map(names.rows.map(({ id, name }) => [id, name])) };
}
