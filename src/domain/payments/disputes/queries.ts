import type { Scope } from '../../../db/scope.ts';
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
  'fee_minor',
  'currency',
  'reason',
  'answer_by',
  'taken',
] as const;

export async function lockDispute(scope: Scope, gateway: string, reference: string): Promise<DisputeRow | undefined> {
  const query = scope.tx.selectFrom('disputes').select(columns).where('business_id', '=', scope.business);
  const row = await query.where('gateway', '=', gateway).where('gateway_dispute', '=', reference).forNoKeyUpdate().executeTakeFirst();
  if (row === undefined) return undefined;
  const taken = (row.taken as { documentId: string; partId: string; amountMinor: string }[]).map((share) => ({
    ...share,
    amountMinor: BigInt(share.amountMinor),
  }));
  return { ...row, state: row.state as DisputeRow['state'], taken };
}

export async function insertDispute(scope: Scope, { taken, ...row }: DisputeRow): Promise<void> {
  // Amounts as text, so that none becomes a float in JSON.
  const text = JSON.stringify(taken, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
  await scope.tx
    .insertInto('disputes')
    .values({ business_id: scope.business, ...row, taken: text, opened_at: scope.now.toString() })
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
