import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '../../db/scope.ts';
import type { Method, PaymentState, Share } from './payment.ts';
import type { StoredRule } from './way-rule.ts';
import type { Ways } from './ways.ts';

export type PaymentRow = Readonly<{
  id: string;
  customer_id: string;
  person_id: string | null;
  method: Method;
  state: PaymentState;
  amount_minor: bigint;
  /** Charged beside the amount. */
  tip_minor: bigint;
  /** Added by the way it is paid (above zero), or taken off (below). */
  way_minor: bigint;
  currency: string;
  started_on: string;
  received_on: string | null;
  keep_credit_minor: bigint;
  gateway: string | null;
  gateway_session: string | null;
  gateway_payment: string | null;
  checkout_url: string | null;
  method_label: string;
  receipt_number: string | null;
  failure: string;
  document_id: string | null;
  saved_method_id: string | null;
  autopay_charge_id: string | null;
  created_at: string;
}>;

const paymentColumns = [
  'id',
  'customer_id',
  'person_id',
  'method',
  'state',
  'amount_minor',
  'tip_minor',
  'way_minor',
  'currency',
  'started_on',
  'received_on',
  'keep_credit_minor',
  'gateway',
  'gateway_session',
  'gateway_payment',
  'checkout_url',
  'method_label',
  'receipt_number',
  'failure',
  'document_id',
  'saved_method_id',
  'autopay_charge_id',
  'created_at',
] as const;

export async function selectPayment(scope: Scope, id: string): Promise<PaymentRow | undefined> {
  const row = await scope.tx.selectFrom('payments').select(paymentColumns).where('business_id', '=', scope.business).where('id', '=', id).executeTakeFirst();
  return row as PaymentRow | undefined;
}

/** By the processor's own id of it. */
export async function selectPaymentByGateway(scope: Scope, gateway: string, reference: string): Promise<PaymentRow | undefined> {
  const query = scope.tx.selectFrom('payments').select(paymentColumns).where('business_id', '=', scope.business);
  return (await query.where('gateway', '=', gateway).where('gateway_payment', '=', reference).executeTakeFirst()) as PaymentRow | undefined;
}

/** After its invoices: everybody locks in this order. */
export async function lockPayment(scope: Scope, id: string): Promise<PaymentRow | undefined> {
  const query = scope.tx.selectFrom('payments').select(paymentColumns).where('business_id', '=', scope.business).where('id', '=', id);
  return (await query.forNoKeyUpdate().executeTakeFirst()) as PaymentRow | undefined;
}

export async function selectShares(scope: Scope, paymentId: string): Promise<Share[]> {
  const rows = await scope.tx
    .selectFrom('payment_shares')
    .select(['document_id', 'part_id', 'amount_minor'])
    .where('business_id', '=', scope.business)
    .where('payment_id', '=', paymentId)
    .orderBy('document_id')
    .orderBy('part_id')
    .execute();
  return rows.map((row) => ({ documentId: row.document_id, partId: row.part_id, amountMinor: row.amount_minor }));
}

export type NewPayment = Readonly<{
  id: string;
  customerId: string;
  personId: string | null;
  method: Method;
  state: PaymentState;
  amountMinor: bigint;
  tipMinor?: bigint;
  wayMinor?: bigint;
  currency: string;
  startedOn: string;
  receivedOn?: string | null;
  reference?: string;
  note?: string;
  keepCreditMinor: bigint;
  gateway?: string | null;
  receiptNumber?: string | null;
  documentId: string | null;
  savedMethodId?: string | null;
  autopayChargeId?: string | null;
  importId?: string | null;
  shown?: boolean;
  cleared?: boolean;
}>;

/** False when a payment of this id is already there. */
export async function insertPayment(scope: Scope, payment: NewPayment): Promise<boolean> {
  const at = scope.now.toString();
  const { numInsertedOrUpdatedRows } = await scope.tx
    .insertInto('payments')
    .values({
      business_id: scope.business,
      id: payment.id,
      customer_id: payment.customerId,
      person_id: payment.personId,
      method: payment.method,
      state: payment.state,
      amount_minor: payment.amountMinor,
      tip_minor: payment.tipMinor ?? 0n,
      way_minor: payment.wayMinor ?? 0n,
      currency: payment.currency,
      started_on: payment.startedOn,
      received_on: payment.receivedOn ?? null,
      reference: payment.reference ?? '',
      note: payment.note ?? '',
      keep_credit_minor: payment.keepCreditMinor,
      gateway: payment.gateway ?? null,
      receipt_number: payment.receiptNumber ?? null,
      document_id: payment.documentId,
      saved_method_id: payment.savedMethodId ?? null,
      autopay_charge_id: payment.autopayChargeId ?? null,
      imported: (payment.importId ?? null) !== null,
      import_id: payment.importId ?? null,
      shown: payment.shown ?? true,
      recorded_by: scope.actor.name,
      created_at: at,
      ...(payment.cleared ? { cleared_at: at, cleared_on: payment.receivedOn ?? payment.startedOn } : {}),
    })
    // Without a target: naming one would ask for the right to read the row, which a payer of some properties does not have.
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

export type ShareMark = Readonly<{ state: PaymentState; method: Method; day: string; receiptNumber?: string | null; applied?: boolean }>;

/** Whose part it is and whether it is shown comes from the part itself, so that a share can never say otherwise. */
export async function insertShares(scope: Scope, paymentId: string, shares: readonly Share[], mark: ShareMark): Promise<void> {
  if (shares.length === 0) return;
  await sql`insert into payment_shares (business_id, payment_id, part_id, document_id, customer_id, property_id, shown, amount_minor, state, method, day, receipt_number, applied_minor)
    select ${scope.business}::uuid, ${paymentId}::uuid, p.id, p.document_id, p.customer_id, p.property_id, p.shown, r.amount,
           ${mark.state}, ${mark.method}, ${mark.day}::date, ${mark.receiptNumber ?? null},
           case when ${mark.applied ?? false}::boolean then r.amount end
    from unnest(${shares.map((share) => share.partId)}::uuid[], ${shares.map((share) => share.amountMinor.toString())}::bigint[]) r (part, amount)
    join document_parts p on p.business_id = ${scope.business} and p.id = r.part`.execute(scope.tx);
}

export type PaymentPatch = Readonly<{
  state?: PaymentState;
  method?: Method;
  method_label?: string;
  gateway_session?: string | null;
  gateway_payment?: string | null;
  checkout_url?: string | null;
  receipt_number?: string | null;
  failure?: string;
  pending_at?: string | null;
  cleared_at?: string | null;
  cleared_on?: string | null;
  ended_at?: string | null;
  reason?: string;
}>;

/** Changes the payment and what its shares repeat of it. */
export async function updatePayment(scope: Scope, id: string, patch: PaymentPatch): Promise<void> {
  if (Object.keys(patch).length === 0) return;
  await scope.tx.updateTable('payments').set(patch).where('business_id', '=', scope.business).where('id', '=', id).execute();
  const { state, method, method_label, receipt_number } = patch;
  const repeated = Object.fromEntries(Object.entries({ state, method, method_label, receipt_number }).filter(([, value]) => value !== undefined));
  if (Object.keys(repeated).length === 0) return;
  await scope.tx.updateTable('payment_shares').set(repeated).where('business_id', '=', scope.business).where('payment_id', '=', id).execute();
}

/** What of each share went on its part, once the money came; shares not named got nothing. */
export async function markApplied(scope: Scope, paymentId: string, applied: readonly Share[]): Promise<void> {
  await sql`update payment_shares s set applied_minor = coalesce(r.amount, 0)
    from payment_shares x left join unnest(${applied.map((share) => share.partId)}::uuid[], ${applied.map((share) => share.amountMinor.toString())}::bigint[]) r (part, amount)
      on r.part = x.part_id
    where s.business_id = ${scope.business} and s.payment_id = ${paymentId}
      and x.business_id = ${scope.business} and x.payment_id = ${paymentId} and x.part_id = s.part_id`.execute(scope.tx);
}

/** The next receipt number of the business, gapless: the counter's row is held until the transaction ends. */
export async function nextReceipt(scope: Scope): Promise<string> {
  const { rows } = await sql<{ given: bigint }>`insert into counters (business_id, series, next) values (${scope.business}, 'receipt', 2)
    on conflict (business_id, series) do update set next = counters.next + 1 returning next - 1 as given`.execute(scope.tx);
  return `R-${(rows[0]?.given ?? 0n).toString().padStart(4, '0')}`;
}

/** What a way of paying costs or saves, as JSON. `q`: the business's profile. */
export const wayRuleJson = (q: RawBuilder<unknown>): RawBuilder<StoredRule> => sql<StoredRule>`case ${q}.way_rule
  when 'card_fee' then json_build_object('kind', 'card_fee', 'ratePpm', ${q}.card_fee_ppm, 'fixedMinor', ${q}.card_fee_fixed_minor, 'mostMinor', ${q}.card_fee_most_minor)
  when 'bank_saving' then json_build_object('kind', 'bank_saving', 'ratePpm', ${q}.bank_saving_ppm, 'fixedMinor', 0, 'mostMinor', null) end`;

export type House = Readonly<{
  time_zone: string;
  currency: string;
  gateway: string | null;
  part_payment: boolean;
  payment_floor_minor: bigint;
  wayRule: StoredRule;
}> &
  Ways;

/** How this business takes payments. */
export function selectHouse(scope: Scope): Promise<House> {
  return scope.tx
    .selectFrom('businesses as b')
    .innerJoin('business_profiles as p', 'p.business_id', 'b.id')
    .select(['b.time_zone', 'b.currency', 'p.gateway', 'p.part_payment', 'p.payment_floor_minor'])
    .select(wayRuleJson(sql`p`).as('wayRule'))
    .select(sql<bigint | null>`case when p.card_offered then p.card_floor_minor end`.as('cardFloorMinor'))
    .select(sql<bigint | null>`case when p.bank_offered then p.bank_floor_minor end`.as('bankFloorMinor'))
    .where('b.id', '=', scope.business)
    .where('p.business_id', '=', scope.business)
    .executeTakeFirstOrThrow();
}

/** Open invoices of a customer in the order they fall due. */
export async function selectOldestOpen(scope: Scope, customerId: string, currency: string): Promise<string[]> {
  const rows = await scope.tx
    .selectFrom('invoice_standings')
    .select('document_id')
    .where('business_id', '=', scope.business)
    .where('customer_id', '=', customerId)
    .where('currency', '=', currency)
    .where('state', '=', 'issued')
    .where('balance_minor', '>', 0n)
    .orderBy('due_on')
    .orderBy('document_id')
    .limit(500)
    .execute();
  return rows.map((row) => row.document_id);
}

export async function customerExists(scope: Scope, customerId: string): Promise<boolean> {
  const row = await scope.tx.selectFrom('customers').select('id').where('business_id', '=', scope.business).where('id', '=', customerId).executeTakeFirst();
  return row !== undefined;
}

/** Imported history becomes visible: of one customer, or of all. */
export async function showImported(scope: Scope, customerId: string | null): Promise<void> {
  let query = scope.tx
    .updateTable('payments')
    .set({ shown: true })
    .where('business_id', '=', scope.business)
    .where('imported', '=', true)
    .where('shown', '=', false);
  if (customerId !== null) query = query.where('customer_id', '=', customerId);
  await query.execute();
}

/** Who paid, as recorded. */
export function selectPayer(scope: Scope, personId: string): Promise<{ email: string; name: string } | undefined> {
  return scope.tx.selectFrom('people').select(['email', 'name']).where('business_id', '=', scope.business).where('id', '=', personId).executeTakeFirst();
}

export function selectStanding(scope: Scope, documentIds: readonly string[]): Promise<{ document_id: string; number: string | null; balance_minor: bigint }[]> {
  return scope.tx
    .selectFrom('invoice_standings')
    .select(['document_id', 'number', 'balance_minor'])
    .where('business_id', '=', scope.business)
    .where('document_id', '=', sql<string>`any (${[...documentIds]}::uuid[])`)
    .execute();
}
