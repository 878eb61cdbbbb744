import { sql } from 'kysely';
import type { Scope } from '../../../db/scope.ts';
import type { Share } from '../payment.ts';

export type CreditUseRow = Readonly<{
  id: string;
  customer_id: string;
  person_id: string | null;
  currency: string;
  amount_minor: bigint;
  state: 'asked' | 'done' | 'refused';
  /** What the same press pays otherwise, as it was written down; amounts as text. */
  rest: readonly Readonly<{ documentId: string; amountMinor: string }>[];
  used_on: string;
}>;

const columns = ['id', 'customer_id', 'person_id', 'currency', 'amount_minor', 'state', 'rest', 'used_on'] as const;

export async function selectUse(scope: Scope, id: string): Promise<CreditUseRow | undefined> {
  const row = await scope.tx.selectFrom('credit_uses').select(columns).where('business_id', '=', scope.business).where('id', '=', id).executeTakeFirst();
  return row as CreditUseRow | undefined;
}

/** After its invoices: everybody locks in this order. */
export async function lockUse(scope: Scope, id: string): Promise<CreditUseRow | undefined> {
  const query = scope.tx.selectFrom('credit_uses').select(columns).where('business_id', '=', scope.business).where('id', '=', id);
  return (await query.forNoKeyUpdate().executeTakeFirst()) as CreditUseRow | undefined;
}

export type NewCreditUse = Readonly<{
  id: string;
  customerId: string;
  personId: string | null;
  currency: string;
  amountMinor: bigint;
  usedOn: string;
  shares: readonly Share[];
  rest: readonly Readonly<{ documentId: string; amountMinor: bigint }>[];
}>;

/** False when a use of this id is already there. */
export async function insertUse(scope: Scope, use: NewCreditUse): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await scope.tx
    .insertInto('credit_uses')
    .values({
      business_id: scope.business,
      id: use.id,
      customer_id: use.customerId,
      person_id: use.personId,
      currency: use.currency,
      amount_minor: use.amountMinor,
      state: 'asked',
      rest: JSON.stringify(use.rest.map(({ documentId, amountMinor }) => ({ documentId, amountMinor: String(amountMinor) }))),
      used_on: use.usedOn,
      used_by: scope.actor.name,
      created_at: scope.now.toString(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  if (numInsertedOrUpdatedRows !== 1n) return false;
  await scope.tx
    .insertInto('credit_use_shares')
    .values(
      use.shares.map((share) => ({
        business_id: scope.business,
        use_id: use.id,
        part_id: share.partId,
        document_id: share.documentId,
        customer_id: use.customerId,
        amount_minor: share.amountMinor,
        day: use.usedOn,
      })),
    )
    .execute();
  return true;
}

export async function endUse(scope: Scope, id: string, state: 'done' | 'refused'): Promise<void> {
  await scope.tx
    .updateTable('credit_uses')
    .set({ state, done_at: scope.now.toString() })
    .where('business_id', '=', scope.business)
    .where('id', '=', id)
    .execute();
}

export async function selectUseShares(scope: Scope, useId: string): Promise<Share[]> {
  const rows = await scope.tx
    .selectFrom('credit_use_shares')
    .select(['document_id', 'part_id', 'amount_minor'])
    .where('business_id', '=', scope.business)
    .where('use_id', '=', useId)
    .orderBy('document_id')
    .orderBy('part_id')
    .execute();
  return rows.map((row) => ({ documentId: row.document_id, partId: row.part_id, amountMinor: row.amount_minor }));
}

/** What the customer holds as credit, kept so until the transaction ends: two uses never see the same cent. */
export async function lockCredit(scope: Scope, customerId: string, currency: string): Promise<bigint> {
  const row = await scope.tx
    .selectFrom('customer_balances')
    .select('credit_minor')
    .where('business_id', '=', scope.business)
    .where('customer_id', '=', customerId)
    .where('currency', '=', currency)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row?.credit_minor ?? 0n;
}

export type StandingUse = Share & Readonly<{ useId: string }>;

/** What stands of the customer's uses of credit, the newest first. */
export async function selectStandingUses(scope: Scope, customerId: string, currency: string): Promise<StandingUse[]> {
  const { rows } = await sql<StandingUse>`
    select s.use_id as "useId", s.document_id as "documentId", s.part_id as "partId", s.amount_minor - s.taken_back_minor as "amountMinor"
    from credit_use_shares s join credit_uses u on u.business_id = ${scope.business} and u.id = s.use_id
    where s.business_id = ${scope.business} and s.customer_id = ${customerId} and u.currency = ${currency} and u.state = 'done' and s.amount_minor > s.taken_back_minor
    order by u.done_at desc, s.use_id desc, s.document_id, s.part_id`.execute(scope.tx);
  return rows;
}

export async function addTakenBack(scope: Scope, taken: readonly StandingUse[]): Promise<void> {
  await sql`update credit_use_shares s set taken_back_minor = s.taken_back_minor + r.amount
    from unnest(${taken.map((each) => each.useId)}::uuid[], ${taken.map((each) => each.partId)}::uuid[], ${taken.map((each) => String(each.amountMinor))}::bigint[]) r (use, part, amount)
    where s.business_id = ${scope.business} and s.use_id = r.use and s.part_id = r.part`.execute(scope.tx);
}
