import { sql } from 'kysely';
import type { Scope } from '../../../db/scope.ts';
import { sameName } from '../stable-id.ts';

/** What the business has already, to be told from what a file brings. */

export type KnownCustomer = Readonly<{ id: string; name: string; import_key: string | null }>;
export type KnownProperty = Readonly<{ id: string; customer_id: string; name: string; code: string; unit: string; street: string }>;

export async function selectKnownCustomers(scope: Scope): Promise<KnownCustomer[]> {
  return scope.tx
    .selectFrom('customers')
    .select(['id', 'name', 'import_key'])
    .where('business_id', '=', scope.business)
    .where('archived_at', 'is', null)
    .where('undone_at', 'is', null)
    .execute();
}

export async function selectKnownProperties(scope: Scope, customerIds: readonly string[]): Promise<KnownProperty[]> {
  if (customerIds.length === 0) return [];
  return scope.tx
    .selectFrom('properties')
    .select(['id', 'customer_id', 'name', 'code', 'unit', sql<string>`coalesce(address->>'street', '')`.as('street')])
    .where('business_id', '=', scope.business)
    .where('customer_id', '=', sql<string>`any(${[...customerIds]}::uuid[])`)
    .where('undone_at', 'is', null)
    .execute();
}

/** Contacts these customers have, as `customer:address`, or `customer:name` for those without an address. */
export async function selectKnownPeople(scope: Scope, customerIds: readonly string[]): Promise<Set<string>> {
  if (customerIds.length === 0) return new Set();
  const { rows } = await sql<{ customerId: string; email: string; name: string }>`select g.customer_id as "customerId", p.email, p.name
    from grants g join people p on p.business_id = ${scope.business} and p.id = g.person_id
    where g.business_id = ${scope.business} and g.customer_id = any (${[...customerIds]}::uuid[]) and g.revoked_at is null and p.removed_at is null`.execute(
    scope.tx,
  );
  return new Set(rows.map(({ customerId, email, name }) => `${customerId}:${email || sameName(name)}`));
}

/** Invoices of the past that are here, by their number: whose and of which day, to tell "again" from "another". */
export async function selectKnownInvoices(scope: Scope, numbers: readonly string[]): Promise<Map<string, { customerId: string; issuedOn: string | null }>> {
  const { rows } = await sql<{ number: string; customerId: string; issuedOn: string | null }>`
    select i.number, s.customer_id as "customerId", s.issued_on as "issuedOn" from invoices i
    join invoice_standings s on s.business_id = ${scope.business} and s.document_id = i.document_id
    where i.business_id = ${scope.business} and i.series = 'imported' and i.number = any (${[...numbers]}::text[]) and s.state = 'issued'`.execute(scope.tx);
  return new Map(rows.map(({ number, customerId, issuedOn }) => [number, { customerId, issuedOn }]));
}
