import { sql } from 'kysely';
import type { BalanceEntry } from '../../../core/gateways.ts';
import { newId } from '../../../db/fresh.ts';
import type { Scope } from '../../../db/scope.ts';
import type { Method } from '../payment.ts';

/** Keeps what was not known before; a movement twice is one. */
export async function insertEntries(scope: Scope, gateway: string, entries: readonly BalanceEntry[]): Promise<void> {
  const column = <T>(of: (entry: BalanceEntry) => T): T[] => entries.map(of);
  await sql`insert into processor_entries (business_id, id, gateway, reference, kind, payment_reference, amount_minor, fee_minor, currency, happened_at, recorded_at)
    select ${scope.business}::uuid, n.id, ${gateway}, n.reference, n.kind, n.payment, n.amount, n.fee, n.currency, to_timestamp(n.at), ${scope.now.toString()}::timestamptz
    from unnest(${column(() => newId())}::uuid[], ${column((entry) => entry.reference)}::text[], ${column((entry) => entry.kind)}::text[],
      ${column((entry) => entry.payment ?? '')}::text[], ${column((entry) => entry.amountMinor)}::bigint[], ${column((entry) => entry.feeMinor)}::bigint[],
      ${column((entry) => entry.currency)}::text[], ${column((entry) => entry.createdUnixS)}::float8[]) n (id, reference, kind, payment, amount, fee, currency, at)
    order by n.reference
    on conflict (business_id, gateway, reference) do nothing`.execute(scope.tx);
}

export type Linked = Readonly<{
  entryId: string;
  kind: BalanceEntry['kind'];
  feeMinor: bigint;
  currency: string;
  paymentId: string;
  customerId: string;
  method: Method;
  paymentCurrency: string;
}>;

/** Entries that are about payments of ours and did not know it yet, both locked; the payments in a steady order. */
export async function lockUnlinked(scope: Scope, gateway: string, references: readonly string[]): Promise<Linked[]> {
  const b = scope.business;
  const { rows } =
    await sql<Linked>`select e.id as "entryId", e.kind, e.fee_minor as "feeMinor", e.currency, p.id as "paymentId", p.customer_id as "customerId", p.method,
      p.currency as "paymentCurrency"
    from payments p join processor_entries e on e.business_id = ${b} and e.gateway = ${gateway} and e.payment_reference = p.gateway_payment and e.payment_id is null
    where p.business_id = ${b} and p.gateway = ${gateway} and p.gateway_payment = any (${[...references]}::text[])
    order by p.id, e.id for no key update of p, e`.execute(scope.tx);
  return rows;
}

export async function linkEntry(scope: Scope, entryId: string, paymentId: string): Promise<void> {
  await scope.tx.updateTable('processor_entries').set({ payment_id: paymentId }).where('business_id', '=', scope.business).where('id', '=', entryId).execute();
}

export async function addFee(scope: Scope, paymentId: string, feeMinor: bigint): Promise<void> {
  await sql`update payments set fee_minor = coalesce(fee_minor, 0) + ${feeMinor} where business_id = ${scope.business} and id = ${paymentId}`.execute(scope.tx);
}

/** Since when each processor is to be asked: from the oldest payment whose fee is awaited, else for what refunds of the last days changed. */
export async function selectAwaited(scope: Scope, since: string, usual: string): Promise<{ gateway: string; since: string }[]> {
  const b = scope.business;
  const { rows } = await sql<{ gateway: string; since: string }>`
    select g.gateway, least(coalesce((select p.created_at from payments p where p.business_id = ${b} and p.gateway = g.gateway and p.fee_minor is null
        and p.gateway_payment is not null and p.cleared_at is not null and p.created_at > ${since} order by p.created_at limit 1), ${usual}::timestamptz), ${usual}::timestamptz) as since
    from (select distinct p.gateway from payments p where p.business_id = ${b} and p.gateway is not null and p.gateway_payment is not null and p.created_at > ${since}) g`.execute(
    scope.tx,
  );
  return rows;
}
