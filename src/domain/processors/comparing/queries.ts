import { sql } from 'kysely';
import type { Scope } from '../../../db/scope.ts';
import type { PaymentState } from '../../payments/payments.ts';

/** `since`: of a comparison, where it began; of notices, up to where they were fetched. */
export type Check = Readonly<{ accountId: string; since: string; comparedAt: string; reached: boolean; ours: number; theirs: number }>;
export type What = 'unknown_here' | 'missing_there' | 'state' | 'amount' | 'currency';
export type Difference = Readonly<{
  what: What;
  reference: string;
  paymentId: string | null;
  customerId: string | null;
  customerName: string;
  ours: string;
  theirs: string;
  amountMinor: bigint;
  currency: string;
  at: string;
}>;

export async function selectCheck(scope: Scope, name: string): Promise<Check | undefined> {
  const { rows } = await sql<Check>`select c.account_id as "accountId", c.since, c.compared_at as "comparedAt", c.reached, c.ours, c.theirs
    from processor_checks c where c.business_id = ${scope.business} and c.gateway = ${name}`.execute(scope.tx);
  return rows[0];
}

export async function keepCheck(scope: Scope, name: string, check: Omit<Check, 'comparedAt'>): Promise<void> {
  const { accountId, since, reached, ours, theirs } = check;
  await sql`insert into processor_checks (business_id, gateway, account_id, since, compared_at, reached, ours, theirs)
    values (${scope.business}, ${name}, ${accountId}, ${since}, ${scope.now.toString()}, ${reached}, ${ours}, ${theirs})
    on conflict (business_id, gateway) do update set account_id = excluded.account_id, since = excluded.since, compared_at = excluded.compared_at,
      reached = excluded.reached, ours = excluded.ours, theirs = excluded.theirs`.execute(scope.tx);
}

export type OurPayment = Readonly<{
  id: string;
  state: PaymentState;
  reference: string | null;
  amountMinor: bigint;
  currency: string;
  customerId: string;
  createdAt: string;
}>;

/** Attempts at a processor made since a moment, and whatever else its list names. */
export async function selectOurs(scope: Scope, gateway: string, since: string, ids: readonly string[]): Promise<OurPayment[]> {
  const { rows } =
    await sql<OurPayment>`select p.id, p.state, p.gateway_payment as reference, p.amount_minor + p.tip_minor + p.way_minor as "amountMinor", p.currency,
      p.customer_id as "customerId", p.created_at as "createdAt"
    from payments p where p.business_id = ${scope.business} and p.gateway = ${gateway} and p.created_at >= ${since}
    union
    select p.id, p.state, p.gateway_payment, p.amount_minor + p.tip_minor + p.way_minor, p.currency, p.customer_id, p.created_at
    from payments p where p.business_id = ${scope.business} and p.gateway = ${gateway} and p.id = any (${[...ids]}::uuid[])`.execute(scope.tx);
  return rows;
}

/** Puts what differs since a moment in the place of what differed before. */
export async function replaceDifferences(scope: Scope, gateway: string, since: string, found: readonly Omit<Difference, 'customerName'>[]): Promise<void> {
  await sql`delete from processor_differences where business_id = ${scope.business} and gateway = ${gateway} and at >= ${since}`.execute(scope.tx);
  const { rows } = await sql<{ next: number }>`select coalesce(max(position) + 1, 0)::int as next from processor_differences
    where business_id = ${scope.business} and gateway = ${gateway}`.execute(scope.tx);
  const first = rows[0]?.next ?? 0;
  for (const [at, one] of found.slice(0, 500).entries()) {
    await scope.tx
      .insertInto('processor_differences')
      .values({
        ...{ business_id: scope.business, gateway, position: first + at, what: one.what, reference: one.reference },
        ...{ payment_id: one.paymentId, customer_id: one.customerId, ours: one.ours, theirs: one.theirs },
        ...{ amount_minor: one.amountMinor, currency: one.currency, at: one.at },
      })
      .execute();
  }
}

export async function selectDifferences(scope: Scope, gateway: string): Promise<Difference[]> {
  const { rows } = await sql<Difference>`select d.what, d.reference, d.payment_id as "paymentId", d.customer_id as "customerId",
      coalesce(c.name, '') as "customerName", d.ours, d.theirs, d.amount_minor as "amountMinor", d.currency, d.at
    from processor_differences d left join customers c on c.business_id = ${scope.business} and c.id = d.customer_id
    where d.business_id = ${scope.business} and d.gateway = ${gateway} order by d.at desc, d.position limit 500`.execute(scope.tx);
  return rows;
}
