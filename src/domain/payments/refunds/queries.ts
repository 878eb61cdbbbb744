import { sql } from 'kysely';
import type { Scope } from '../../../db/scope.ts';
import type { Share } from '../payment.ts';
import { givenStates, type RefundMethod, type RefundState, type Source } from './refund.ts';

export type RefundRow = Readonly<{
  id: string;
  payment_id: string;
  customer_id: string;
  document_id: string | null;
  amount_minor: bigint;
  /** Given back of the tip, beside the amount. */
  tip_minor: bigint;
  /** The share of what the way of paying added or took off. */
  way_minor: bigint;
  currency: string;
  method: RefundMethod;
  state: RefundState;
  origin: 'office' | 'processor' | 'automatic';
  reason: string;
  sources: readonly Source[] | null;
  taken: readonly Share[];
  gateway: string | null;
  gateway_refund: string | null;
  failure: string;
  reference: string;
  given_on: string | null;
  asked_by: string | null;
  asked_by_name: string;
  asked_at: string;
  decided_by_name: string;
  sent_at: string | null;
  ended_at: string | null;
}>;

const columns = [
  'id',
  'payment_id',
  'customer_id',
  'document_id',
  'amount_minor',
  'tip_minor',
  'way_minor',
  'currency',
  'method',
  'state',
  'origin',
  'reason',
  'sources',
  'taken',
  'gateway',
  'gateway_refund',
  'failure',
  'reference',
  'given_on',
  'asked_by',
  'asked_by_name',
  'asked_at',
  'decided_by_name',
  'sent_at',
  'ended_at',
] as const;

type Stored = Readonly<{ documentId: string; partId?: string; amountMinor: string }>;

function asRow(row: Readonly<{ sources: unknown; taken: unknown }>): RefundRow {
  const amounts = (list: unknown): unknown => (list as Stored[] | null)?.map((each) => ({ ...each, amountMinor: BigInt(each.amountMinor) })) ?? null;
  return { ...row, sources: amounts(row.sources), taken: amounts(row.taken) ?? [] } as unknown as RefundRow;
}

/** Amounts as text, so that none becomes a float in JSON. */
const storedText = (list: readonly object[] | null): string =>
  JSON.stringify(list, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));

export async function selectRefund(scope: Scope, id: string): Promise<RefundRow | undefined> {
  const row = await scope.tx.selectFrom('refunds').select(columns).where('business_id', '=', scope.business).where('id', '=', id).executeTakeFirst();
  return row && asRow(row);
}

/** After its invoices and its payment. */
export async function lockRefund(scope: Scope, id: string): Promise<RefundRow | undefined> {
  const query = scope.tx.selectFrom('refunds').select(columns).where('business_id', '=', scope.business).where('id', '=', id);
  const row = await query.forNoKeyUpdate().executeTakeFirst();
  return row && asRow(row);
}

export async function selectRefundByGateway(scope: Scope, gateway: string, reference: string): Promise<RefundRow | undefined> {
  const query = scope.tx.selectFrom('refunds').select(columns).where('business_id', '=', scope.business);
  const row = await query.where('gateway', '=', gateway).where('gateway_refund', '=', reference).executeTakeFirst();
  return row && asRow(row);
}

export async function selectRefundsOf(scope: Scope, paymentId: string): Promise<RefundRow[]> {
  const query = scope.tx.selectFrom('refunds').select(columns).where('business_id', '=', scope.business).where('payment_id', '=', paymentId);
  return (await query.orderBy('asked_at').orderBy('id').execute()).map(asRow);
}

export type NewRefund = Omit<RefundRow, 'failure' | 'decided_by_name' | 'sent_at' | 'ended_at' | 'asked_at' | 'taken'>;

/** False when a refund of this id is already there. */
export async function insertRefund(scope: Scope, row: NewRefund): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await scope.tx
    .insertInto('refunds')
    .values({ business_id: scope.business, ...row, sources: storedText(row.sources), asked_at: scope.now.toString() })
    .onConflict((conflict) => conflict.columns(['business_id', 'id']).doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

export type RefundPatch = Readonly<{
  state?: RefundState;
  taken?: readonly Share[];
  gateway_refund?: string | null;
  failure?: string;
  decided_by?: string | null;
  decided_by_name?: string;
  decided_at?: string;
  sent_at?: string;
  ended_at?: string | null;
}>;

export async function updateRefund(scope: Scope, id: string, { taken, ...patch }: RefundPatch): Promise<void> {
  await scope.tx
    .updateTable('refunds')
    .set({ ...patch, ...(taken === undefined ? {} : { taken: storedText(taken) }) })
    .where('business_id', '=', scope.business)
    .where('id', '=', id)
    .execute();
}

/** What went back of a payment, or waits to: the database itself keeps the sum at or below what came. */
export async function moveRefunded(
  scope: Scope,
  paymentId: string,
  by: Readonly<{ refundedMinor?: bigint; waitingMinor?: bigint; disputedMinor?: bigint }>,
): Promise<void> {
  const { refundedMinor = 0n, waitingMinor = 0n, disputedMinor = 0n } = by;
  await sql`update payments set refunded_minor = refunded_minor + ${refundedMinor}::bigint, refund_waiting_minor = refund_waiting_minor + ${waitingMinor}::bigint,
      disputed_minor = disputed_minor + ${disputedMinor}::bigint
    where business_id = ${scope.business} and id = ${paymentId}`.execute(scope.tx);
}

export type GivenBack = Readonly<{
  refunded: bigint;
  waiting: bigint;
  disputed: bigint;
  /** The same of its tip. */
  tipRefunded: bigint;
  tipWaiting: bigint;
  tipDisputed: bigint;
  /** The same of what the way of paying added or took off. */
  wayRefunded: bigint;
  wayWaiting: bigint;
  wayDisputed: bigint;
  credit: bigint;
  imported: boolean;
}>;

type Column = 'tip_minor' | 'way_minor';
const besideOf = (scope: Scope, column: Column, states: readonly RefundState[]) => sql`(select coalesce(sum(r.${sql.ref(column)}), 0)::bigint from refunds r
  where r.business_id = ${scope.business} and r.payment_id = p.id and r.state = any (${[...states]}::text[]))`;
const disputedOf = (scope: Scope, column: Column) => sql`(select coalesce(sum(d.${sql.ref(column)}), 0)::bigint from disputes d
  where d.business_id = ${scope.business} and d.payment_id = p.id and d.state <> 'won')`;

/** How much of a payment went back already, and the credit its customer holds. */
export async function selectGivenBack(scope: Scope, paymentId: string): Promise<GivenBack> {
  const { rows } = await sql<GivenBack>`select p.refunded_minor as refunded, p.refund_waiting_minor as waiting, p.disputed_minor as disputed, p.imported,
      ${besideOf(scope, 'tip_minor', givenStates)} as "tipRefunded", ${besideOf(scope, 'tip_minor', ['waiting_second'])} as "tipWaiting",
      ${disputedOf(scope, 'tip_minor')} as "tipDisputed", ${besideOf(scope, 'way_minor', givenStates)} as "wayRefunded",
      ${besideOf(scope, 'way_minor', ['waiting_second'])} as "wayWaiting", ${disputedOf(scope, 'way_minor')} as "wayDisputed",
      coalesce((select c.credit_minor from customer_balances c where c.business_id = ${scope.business} and c.customer_id = p.customer_id and c.currency = p.currency), 0)::bigint as credit
    from payments p where p.business_id = ${scope.business} and p.id = ${paymentId}`.execute(scope.tx);
  const [row] = rows;
  if (!row) throw new Error('a payment that is locked is there');
  return row;
}

/** Moves what a payment pays on its shares: below zero it is taken off. A part it did not pay before gets a share of its own. */
export async function moveApplied(scope: Scope, paymentId: string, shares: readonly Share[], sign: 1n | -1n): Promise<void> {
  if (shares.length === 0) return;
  const parts = shares.map((share) => share.partId);
  const amounts = shares.map((share) => (sign * share.amountMinor).toString());
  await sql`update payment_shares s set applied_minor = coalesce(s.applied_minor, 0) + r.amount
    from unnest(${parts}::uuid[], ${amounts}::bigint[]) r (part, amount)
    where s.business_id = ${scope.business} and s.payment_id = ${paymentId} and s.part_id = r.part`.execute(scope.tx);
  await sql`insert into payment_shares (business_id, payment_id, part_id, document_id, customer_id, property_id, shown, amount_minor, applied_minor, state, method, method_label, day,
      receipt_number)
    select ${scope.business}::uuid, ${paymentId}::uuid, d.id, d.document_id, d.customer_id, d.property_id, d.shown, r.amount, r.amount, p.state, p.method, p.method_label,
      coalesce(p.received_on, p.cleared_on, p.started_on), p.receipt_number
    from unnest(${parts}::uuid[], ${amounts}::bigint[]) r (part, amount)
    join document_parts d on d.business_id = ${scope.business} and d.id = r.part
    join payments p on p.business_id = ${scope.business} and p.id = ${paymentId}
    where not exists (select from payment_shares s where s.business_id = ${scope.business} and s.payment_id = ${paymentId} and s.part_id = r.part)`.execute(
    scope.tx,
  );
}

/** Refunds whose truth is with a processor since before an instant, oldest first. */
export async function selectOpenRefunds(scope: Scope, before: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from refunds where business_id = ${scope.business} and gateway is not null
      and state in ('requested', 'unknown', 'pending') and asked_at < ${before}::timestamptz order by asked_at limit ${limit}`.execute(scope.tx);
  return rows.map((row) => row.id);
}

/** From which amount a refund needs a second person; null: never. */
export async function selectRefundLimit(scope: Scope): Promise<bigint | null> {
  const row = await scope.tx.selectFrom('business_profiles').select('refund_limit_minor').where('business_id', '=', scope.business).executeTakeFirst();
  return row?.refund_limit_minor ?? null;
}

export async function setRefundLimit(scope: Scope, limitMinor: bigint | null): Promise<void> {
  await scope.tx.updateTable('business_profiles').set({ refund_limit_minor: limitMinor }).where('business_id', '=', scope.business).execute();
}
