import { sql } from 'kysely';
import { newId } from '../src/db/fresh.ts';
import type { Database } from '../src/db/pool.ts';
import { type Actor, inTransaction, type Scope } from '../src/db/scope.ts';

/** A business with a customer, three properties and two tax rates: enough to keep books on. */
export type Books = Readonly<{
  database: Database;
  business: string;
  customer: string;
  exempt: string;
  properties: readonly [string, string, string];
  person: string;
  salesTax: string;
  reducedTax: string;
  /** Runs as the office of this business. */
  office: <T>(work: (scope: Scope) => Promise<T>) => Promise<T>;
  system: <T>(work: (scope: Scope) => Promise<T>) => Promise<T>;
  /** Runs as a portal person who was granted these. */
  portal: <T>(granted: { customers?: readonly string[]; properties?: readonly string[]; document?: string }, work: (scope: Scope) => Promise<T>) => Promise<T>;
}>;

export const ida: Actor = { kind: 'staff', id: '01920000-0000-7000-8000-000000000001', name: 'Ida Brandt' };

export async function makeBooks(database: Database, changes: Readonly<{ slug?: string; currency?: string; pricesIncludeTax?: boolean }> = {}): Promise<Books> {
  const ids = Array.from({ length: 9 }, newId) as [string, string, string, string, string, string, string, string, string];
  const [business, customer, exempt, p1, p2, p3, person, salesTax, reducedTax] = ids;
  const office = <T>(work: (scope: Scope) => Promise<T>): Promise<T> => inTransaction(database, { role: 'office', business, actor: ida }, work);
  const system = <T>(work: (scope: Scope) => Promise<T>): Promise<T> =>
    inTransaction(database, { role: 'system', business, actor: { kind: 'system', id: null, name: 'System' } }, work);
  const portal: Books['portal'] = ({ customers = [], properties = [], document }, work) =>
    inTransaction(
      database,
      {
        role: 'portal',
        business,
        actor: { kind: 'person', id: person, name: 'Dana Whitlock' },
        customers,
        properties,
        accounts: [customer],
        people: [person],
        document: document ?? null,
      },
      work,
    );
  await office(async ({ tx, now }) => {
    const at = now.toString();
    const slug = changes.slug ?? `otter-${business.slice(24)}`;
    await sql`insert into businesses (id, slug, name, trade, time_zone, currency, created_at)
      values (${business}, ${slug}, 'Paper Otter Plumbing (demo)', 'plumbing', 'America/Chicago', ${changes.currency ?? 'USD'}, ${at})`.execute(tx);
    await sql`insert into business_heads (business_id) values (${business})`.execute(tx);
    await sql`insert into tax_rates (business_id, id, name, components, created_at) values
      (${business}, ${salesTax}, 'Sales tax', '[{"name": "State", "ratePpm": 62500}, {"name": "City", "ratePpm": 20000}]', ${at}),
      (${business}, ${reducedTax}, 'Reduced', '[{"name": "Reduced", "ratePpm": 50000}]', ${at})`.execute(tx);
    await sql`insert into business_profiles (business_id, phone, email, address, prices_include_tax, default_tax_rate_id, updated_at)
      values (${business}, '(512) 555-0100', 'office@example.com', '{"street": "12 Creek Road", "city": "Sampleton", "region": "TX", "postalCode": "00000"}',
        ${changes.pricesIncludeTax ?? false}, ${salesTax}, ${at})`.execute(tx);
    await sql`insert into customers (business_id, id, kind, name, company, tax_exempt, created_at) values
      (${business}, ${customer}, 'property_manager', 'Dana Whitlock', 'Larkspur Keys Property Management (demo)', false, ${at}),
      (${business}, ${exempt}, 'commercial', 'Sampleton School (demo)', '', true, ${at})`.execute(tx);
    await sql`insert into properties (business_id, id, customer_id, code, name, address, tax_rate_id, created_at) values
      (${business}, ${p1}, ${customer}, 'LK-01', 'Elm Court', '{"street": "1 Elm Court", "city": "Sampleton"}', null, ${at}),
      (${business}, ${p2}, ${customer}, 'LK-02', 'Oak Row', '{}', ${reducedTax}, ${at}),
      (${business}, ${p3}, ${customer}, 'LK-03', 'Ash Way', '{}', null, ${at})`.execute(tx);
    await sql`insert into people (business_id, id, name, email, created_at) values (${business}, ${person}, 'Dana Whitlock', 'dana@example.com', ${at})`.execute(
      tx,
    );
    await sql`insert into grants (business_id, id, person_id, customer_id, created_at) values (${business}, ${newId()}, ${person}, ${customer}, ${at})`.execute(
      tx,
    );
  });
  return { database, business, customer, exempt, properties: [p1, p2, p3], person, salesTax, reducedTax, office, system, portal };
}

/** A line of the price book's usual kind: one of something at so many minor units. */
export function oneOf(amountMinor: bigint | number, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return { name: 'Drain cleaning', quantityMilli: 1000n, unitPriceMilli: BigInt(amountMinor) * 1000n, ...more };
}
