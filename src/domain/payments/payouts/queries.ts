import { type RawBuilder, sql } from 'kysely';
import type { PayoutNews } from '../../../core/gateways.ts';
import { compiled } from '../../../db/compile.ts';
import { newId } from '../../../db/fresh.ts';
import type { Compiled } from '../../../db/read.ts';
import type { Scope } from '../../../db/scope.ts';
import type { PayoutState } from './payouts.ts';

export type KeptPayout = Readonly<{ id: string; state: PayoutState; listed: boolean }>;

const arrival = (unixS: number): RawBuilder<unknown> => sql`(to_timestamp(${unixS}) at time zone 'UTC')::date`;

/** Locks what is known of it; null: it was not, and now is. */
export async function keepPayout(scope: Scope, gateway: string, news: PayoutNews): Promise<{ before: KeptPayout | null; id: string }> {
  const b = scope.business;
  const { rows: made } = await sql<{
    id: string;
  }>`insert into payouts (business_id, id, gateway, reference, state, amount_minor, currency, arrives_on, made_at, failure, manual, recorded_at)
    values (${b}, ${newId()}, ${gateway}, ${news.reference}, ${news.state}, ${news.amountMinor}, ${news.currency}, ${arrival(news.arrivesUnixS)},
      to_timestamp(${news.createdUnixS}), ${news.failure}, ${news.manual}, ${scope.now.toString()}) on conflict (business_id, gateway, reference) do nothing returning id`.execute(
    scope.tx,
  );
  if (made[0] !== undefined) return { before: null, id: made[0].id };
  const { rows } = await sql<KeptPayout>`select id, state, listed from payouts
    where business_id = ${b} and gateway = ${gateway} and reference = ${news.reference} for no key update`.execute(scope.tx);
  const [before] = rows;
  if (before === undefined) throw new Error('a payout that is known is there');
  return { before, id: before.id };
}

export async function updatePayout(scope: Scope, id: string, news: PayoutNews): Promise<void> {
  await sql`update payouts set state = ${news.state}, amount_minor = ${news.amountMinor}, arrives_on = ${arrival(news.arrivesUnixS)}, failure = case when ${news.failure} = '' then failure else ${news.failure} end
    where business_id = ${scope.business} and id = ${id}`.execute(scope.tx);
}

/** Which of these are to be asked about: unknown, not listed yet, or changed since. */
export async function selectKnownPayouts(scope: Scope, gateway: string, references: readonly string[]): Promise<(KeptPayout & { reference: string })[]> {
  const { rows } = await sql<KeptPayout & { reference: string }>`select id, state, listed, reference from payouts
    where business_id = ${scope.business} and gateway = ${gateway} and reference = any (${[...references]}::text[])`.execute(scope.tx);
  return rows;
}

/** Movements go with one payout alone: the one they were told with first. */
export async function linkToPayout(scope: Scope, gateway: string, payoutId: string, references: readonly string[]): Promise<void> {
  await sql`update processor_entries set payout_id = ${payoutId} where business_id = ${scope.business} and gateway = ${gateway}
    and reference = any (${[...references]}::text[]) and payout_id is null`.execute(scope.tx);
}

export async function markListed(scope: Scope, payoutId: string): Promise<void> {
  await scope.tx.updateTable('payouts').set({ listed: true }).where('business_id', '=', scope.business).where('id', '=', payoutId).execute();
}

const sums = (
  b: RawBuilder<unknown>,
): RawBuilder<unknown> => sql`(select json_build_object('count', count(*), 'foundMinor', coalesce(sum(e.amount_minor - e.fee_minor), 0)::bigint,
    'paymentsMinor', coalesce(sum(e.amount_minor) filter (where e.kind = 'payment'), 0)::bigint, 'refundsMinor', coalesce(sum(e.amount_minor) filter (where e.kind = 'refund'), 0)::bigint,
    'disputesMinor', coalesce(sum(e.amount_minor) filter (where e.kind = 'dispute'), 0)::bigint, 'feesMinor', coalesce(sum(e.fee_minor), 0)::bigint,
    'otherMinor', coalesce(sum(e.amount_minor) filter (where e.kind in ('fee', 'other')), 0)::bigint,
    'strangers', count(*) filter (where e.payment_id is null and e.kind in ('payment', 'refund', 'dispute')),
    'differing', count(*) filter (where e.kind = 'payment' and e.amount_minor > 0 and (p.amount_minor + p.tip_minor + p.way_minor <> e.amount_minor or p.currency <> e.currency)))
  from processor_entries e left join payments p on p.business_id = ${b} and p.id = e.payment_id where e.business_id = ${b} and e.payout_id = o.id and e.kind <> 'payout')`;

const payoutJson = (
  b: RawBuilder<unknown>,
): RawBuilder<unknown> => sql`json_build_object('id', o.id, 'gateway', o.gateway, 'reference', o.reference, 'state', o.state, 'amountMinor', o.amount_minor,
  'currency', o.currency, 'arrivesOn', o.arrives_on, 'madeAt', o.made_at, 'failure', o.failure, 'listed', o.listed, 'manual', o.manual, 'sums', ${sums(b)})::text`;

export async function selectPayouts(scope: Scope, limit: number, after: readonly [string, string] | null): Promise<string[]> {
  const b = sql`${scope.business}::uuid`;
  const older = after === null ? sql`true` : sql`(o.made_at, o.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`;
  const { rows } = await sql<{ json: string }>`select ${payoutJson(b)} as json from payouts o where o.business_id = ${b} and ${older}
    order by o.made_at desc, o.id desc limit ${limit + 1}`.execute(scope.tx);
  return rows.map(({ json }) => json);
}

export async function selectPayout(scope: Scope, id: string): Promise<string | null> {
  const b = sql`${scope.business}::uuid`;
  const { rows } = await sql<{ json: string }>`select ${payoutJson(b)} as json from payouts o where o.business_id = ${b} and o.id = ${id}`.execute(scope.tx);
  return rows[0]?.json ?? null;
}

const entriesOf = (b: RawBuilder<unknown>, id: string): RawBuilder<unknown> => sql`processor_entries e
  left join payments p on p.business_id = ${b} and p.id = e.payment_id left join customers c on c.business_id = ${b} and c.id = p.customer_id
  where e.business_id = ${b} and e.payout_id = ${id}::uuid and e.kind <> 'payout'`;

export async function selectPayoutEntries(scope: Scope, id: string, limit: number, after: readonly [string, string] | null): Promise<string[]> {
  const b = sql`${scope.business}::uuid`;
  const later = after === null ? sql`true` : sql`(e.happened_at, e.id) > (${after[0]}::timestamptz, ${after[1]}::uuid)`;
  const { rows } = await sql<{
    json: string;
  }>`select json_build_object('id', e.id, 'kind', e.kind, 'reference', e.reference, 'paymentReference', e.payment_reference,
      'paymentId', p.id, 'customerName', c.name, 'receiptNumber', p.receipt_number, 'ourMinor', p.amount_minor + p.tip_minor + p.way_minor, 'amountMinor', e.amount_minor, 'feeMinor', e.fee_minor,
      'currency', e.currency, 'happenedAt', e.happened_at)::text as json
    from ${entriesOf(b, id)} and ${later} order by e.happened_at, e.id limit ${limit + 1}`.execute(scope.tx);
  return rows.map(({ json }) => json);
}

/** Every movement of one payout, for its file. */
export function payoutFileQuery(business: string, id: string): Compiled {
  const b = sql`${business}::uuid`;
  return compiled(sql`select e.happened_at::text as at, e.kind, e.reference, coalesce(e.payment_id::text, '') as payment_id, coalesce(p.receipt_number, '') as receipt_number,
      coalesce(c.name, '') as customer, e.currency, e.amount_minor as amount, e.fee_minor as fee, e.amount_minor - e.fee_minor as net
    from ${entriesOf(b, id)} order by e.happened_at, e.id`);
}
