import type { Scope } from '../../../db/scope.ts';
import type { Beside } from '../books.ts';
import type { Share } from '../payment.ts';

export type DisputeRow = Readonly<{
  id: string;
  payment_id: string;
  customer_id: string;
  gateway: string;
  gateway_dispute: string;
  state: 'open' | 'won' | 'lost';
  amount_minor: bigint;
  taken_minor: bigint;
  /** Taken of the tip, after the amount. */
  tip_minor: bigint;
  /** Taken of what the way of paying added to the amount, or took off it. */
  way_minor: bigint;
  fee_minor: bigint;
  currency: string;
  reason: string;
  answer_by: string | null;
  taken: readonly Share[];
}>;

const columns = [
  'id',
  'payment_id',
  'customer_id',
  'gateway',
  'gateway_dispute',
  'state',
  'amount_minor',
  'taken_minor',
  'tip_minor',
  'way_minor',
  'fee_minor',
  'currency',
  'reason',
  'answer_by',
  'taken',
] as const;

const asRow = <T extends { state: string; taken: unknown }>(row: T): T & Pick<DisputeRow, 'state' | 'taken'> => ({
  ...row,
  state: row.state as DisputeRow['state'],
  taken: (row.taken as { documentId: string; partId: string; amountMinor: string }[]).map((share) => ({ ...share, amountMinor: BigInt(share.amountMinor) })),
});

export async function lockDispute(scope: Scope, gateway: string, reference: string): Promise<DisputeRow | undefined> {
  const query = scope.tx.selectFrom('disputes').select(columns).where('business_id', '=', scope.business);
  const row = await query.where('gateway', '=', gateway).where('gateway_dispute', '=', reference).forNoKeyUpdate().executeTakeFirst();
  return row && asRow(row);
}

/** The chargeback a payment is under: open or lost, never more than one. After the payment. */
export async function lockStandingDispute(scope: Scope, paymentId: string): Promise<DisputeRow | undefined> {
  const query = scope.tx.selectFrom('disputes').select(columns).where('business_id', '=', scope.business).where('payment_id', '=', paymentId);
  const row = await query.where('state', '<>', 'won').forNoKeyUpdate().executeTakeFirst();
  return row && asRow(row);
}

/** Amounts as text, so that none becomes a float in JSON. */
const storedText = (taken: readonly Share[]): string => JSON.stringify(taken, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));

export async function insertDispute(scope: Scope, { taken, ...row }: DisputeRow): Promise<void> {
  await scope.tx
    .insertInto('disputes')
    .values({ business_id: scope.business, ...row, taken: storedText(taken), opened_at: scope.now.toString() })
    .execute();
}

/** It takes more of the payment than when it was opened: what was being given back then did not go out. */
export async function updateTaken(
  scope: Scope,
  id: string,
  { takenMinor, tipMinor, wayMinor }: Beside & Readonly<{ takenMinor: bigint }>,
  taken: readonly Share[],
): Promise<void> {
  await scope.tx
    .updateTable('disputes')
    .set({ taken_minor: takenMinor, tip_minor: tipMinor, way_minor: wayMinor, taken: storedText(taken) })
    .where('business_id', '=', scope.business)
    .where('id', '=', id)
    .execute();
}

export async function updateDispute(scope: Scope, id: string, state: 'won' | 'lost'): Promise<void> {
  await scope.tx
    .updateTable('disputes')
    .set({ state, ended_at: scope.now.toString() })
    .where('business_id', '=', scope.business)
    .where('id', '=', id)
    .execute();
}
