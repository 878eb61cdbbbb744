import { type RawBuilder, sql } from 'kysely';
import { newId } from '../../db/fresh.ts';
import type { Scope } from '../../db/scope.ts';
import type { Transfer } from './ledger.ts';
import type { CreditKind, LockedInvoice, Place, Share } from './standings.ts';

export type CustomerBalance = Readonly<{ currency: string; receivableMinor: bigint; creditMinor: bigint }>;

/** Rows travel as one JSON text: one parameter however many rows. Amounts as text, which is what a bigint column reads. */
function rowsJson(rows: readonly Readonly<Record<string, unknown>>[]): string {
  return JSON.stringify(rows, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
}

type Delta = { customer_id: string; currency: string; receivable: bigint; credit: bigint };

/** What a customer owes: bills, and what is held back of them until it is released. */
const isOwed = (account: Transfer['debit']): boolean => account === 'receivable' || account === 'retainage';

/** What the transfers do to each customer's stored balances: a debit raises the receivable, a credit raises what is held for the customer. */
function deltasOf(transfers: readonly Transfer[]): Delta[] {
  const deltas = new Map<string, Delta>();
  for (const { customerId, currency, debit, credit, amountMinor } of transfers) {
    const key = `${customerId} ${currency}`;
    const delta = deltas.get(key) ?? { customer_id: customerId, currency, receivable: 0n, credit: 0n };
    if (isOwed(debit)) delta.receivable += amountMinor;
    if (isOwed(credit)) delta.receivable -= amountMinor;
    if (credit === 'customer_credit') delta.credit += amountMinor;
    if (debit === 'customer_credit') delta.credit -= amountMinor;
    deltas.set(key, delta);
  }
  return [...deltas.values()].filter((delta) => delta.receivable !== 0n || delta.credit !== 0n);
}

export async function insertTransfers(scope: Scope, posts: readonly { actId: string; transfer: Transfer }[]): Promise<void> {
  const rows = posts.map(({ actId, transfer }) => ({
    business_id: scope.business,
    id: newId(),
    act_id: actId,
    kind: transfer.kind,
    debit: transfer.debit,
    credit: transfer.credit,
    amount_minor: transfer.amountMinor,
    currency: transfer.currency,
    customer_id: transfer.customerId,
    document_id: transfer.documentId ?? null,
    part_id: transfer.partId ?? null,
    property_id: transfer.propertyId ?? null,
    payment_id: transfer.paymentId ?? null,
    tax_rate_id: transfer.taxRateId ?? null,
    effective_on: transfer.effectiveOn,
    recorded_at: scope.now.toString(),
  }));
  const deltas = deltasOf(posts.map((post) => post.transfer));
  // In the order of customers, so that two acts never wait for each other. First the row, then the move: a check on the
  // values of an insert that turns into an update would refuse taking credit away.
  await sql`with added as (insert into ledger select r.* from json_populate_recordset(null::ledger, ${rowsJson(rows)}::json) r)
    insert into customer_balances (business_id, customer_id, currency)
    select ${scope.business}::uuid, d.customer_id, d.currency from json_to_recordset(${rowsJson(deltas)}::json) d (customer_id uuid, currency text)
    order by d.customer_id, d.currency
    on conflict do nothing`.execute(scope.tx);
  if (deltas.length === 0) return;
  const { numAffectedRows } = await sql`with moved as (
      select d.customer_id, d.currency, d.receivable, d.credit
      from json_to_recordset(${rowsJson(deltas)}::json) d (customer_id uuid, currency text, receivable bigint, credit bigint)
      join (select c.customer_id, c.currency from customer_balances c where c.business_id = ${scope.business}
              and c.customer_id = any (${deltas.map((delta) => delta.customer_id)}::uuid[])
            order by c.customer_id, c.currency for no key update) held on held.customer_id = d.customer_id and held.currency = d.currency)
    update customer_balances b set receivable_minor = b.receivable_minor + moved.receivable, credit_minor = b.credit_minor + moved.credit
    from moved where b.business_id = ${scope.business} and b.customer_id = moved.customer_id and b.currency = moved.currency`.execute(scope.tx);
  if (numAffectedRows !== BigInt(deltas.length)) throw new Error('a customer whose balance moves has one');
}

export async function selectBalances(scope: Scope, customerId: string): Promise<CustomerBalance[]> {
  const rows = await scope.tx
    .selectFrom('customer_balances')
    .select(['currency', 'receivable_minor', 'credit_minor'])
    .where('business_id', '=', scope.business)
    .where('customer_id', '=', customerId)
    .orderBy('currency')
    .execute();
  return rows.map((row) => ({ currency: row.currency, receivableMinor: row.receivable_minor, creditMinor: row.credit_minor }));
}

/** Standings are read in a statement of their own after this one: what a lock waited for is seen only by the next. */
export async function lockDocuments(scope: Scope, documentIds: readonly string[]): Promise<void> {
  await scope.tx
    .selectFrom('documents')
    .select('id')
    .where('business_id', '=', scope.business)
    .where('id', '=', sql<string>`any (${[...documentIds]}::uuid[])`)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
}

export type StandingRow = Readonly<{
  documentId: string;
  customerId: string;
  propertyId: string | null;
  shown: boolean;
  state: 'draft' | 'scheduled' | 'issued';
  number: string | null;
  currency: string;
  dueOn: string | null;
  totalMinor: bigint;
  creditedMinor: bigint;
  paidMinor: bigint;
  canceledMinor: bigint;
  writtenOffMinor: bigint;
  processingMinor: bigint;
  unknownMinor: bigint;
  announcedMinor: bigint;
  heldBackMinor: bigint;
  /** Of credited: granted for paying early, and deposits applied. */
  discountedMinor: bigint;
  depositMinor: bigint;
  /** What paying the whole saves with a payment started by `earlyUntil`; 0: nothing. */
  earlyMinor: bigint;
  earlyUntil: string | null;
  startedOn: string | null;
  purpose: 'bill' | 'late_fee' | 'deposit';
  balanceMinor: bigint;
  returned: boolean;
  canceledAt: string | null;
  replacedByNumber: string | null;
}>;

export async function selectStandings(scope: Scope, documentIds: readonly string[]): Promise<LockedInvoice[]> {
  const ids = [...documentIds];
  const rows = await scope.tx
    .selectFrom('invoice_standings')
    .selectAll()
    .where('business_id', '=', scope.business)
    .where('document_id', '=', sql<string>`any (${ids}::uuid[])`)
    .orderBy('document_id')
    .execute();
  const parts = await scope.tx
    .selectFrom('part_standings as s')
    .innerJoin('document_parts as p', (join) => join.onRef('p.id', '=', 's.part_id').on('p.business_id', '=', scope.business))
    .select(['s.document_id', 's.part_id', 's.property_id', 's.total_minor', 's.credited_minor', 's.paid_minor', 's.canceled_minor'])
    .select(['s.written_off_minor', 's.processing_minor'])
    .where('s.business_id', '=', scope.business)
    .where('s.document_id', '=', sql<string>`any (${ids}::uuid[])`)
    .orderBy('s.document_id')
    .orderBy('p.position')
    .execute();
  const byDocument = Map.groupBy(parts, (part) => part.document_id);
  return rows.map((row) => ({
    documentId: row.document_id,
    customerId: row.customer_id,
    propertyId: row.property_id,
    shown: row.shown,
    state: row.state as StandingRow['state'],
    number: row.number,
    currency: row.currency,
    dueOn: row.due_on,
    totalMinor: row.total_minor,
    creditedMinor: row.credited_minor,
    paidMinor: row.paid_minor,
    canceledMinor: row.canceled_minor,
    writtenOffMinor: row.written_off_minor,
    processingMinor: row.processing_minor,
    unknownMinor: row.unknown_minor,
    announcedMinor: row.announced_minor,
    heldBackMinor: row.held_back_minor,
    discountedMinor: row.discounted_minor,
    depositMinor: row.deposit_minor,
    earlyMinor: row.early_minor,
    earlyUntil: row.early_until,
    startedOn: row.started_on,
    purpose: row.purpose as StandingRow['purpose'],
    balanceMinor: row.balance_minor,
    returned: row.returned,
    canceledAt: row.canceled_at,
    replacedByNumber: row.replaced_by_number,
    parts: (byDocument.get(row.document_id) ?? []).map((part) => ({
      partId: part.part_id,
      propertyId: part.property_id,
      totalMinor: part.total_minor,
      paidMinor: part.paid_minor,
      processingMinor: part.processing_minor,
      writtenOffMinor: part.written_off_minor,
      openMinor: part.total_minor - part.credited_minor - part.paid_minor - part.canceled_minor - part.written_off_minor - part.processing_minor,
    })),
  }));
}

/** Adds or takes the amount at one place; other places stay as they are. A part knows one kind of money on its way. */
function sign(place: Place, from: Place, to: Place): bigint {
  return (to === place ? 1n : 0n) - (from === place ? 1n : 0n);
}

export async function moveStandings(
  scope: Scope,
  shares: readonly Share[],
  from: Place,
  to: Place,
  marks: { startedOn: string | null; returned: boolean },
): Promise<void> {
  const moved = (place: Place): RawBuilder<bigint> => sql`${sign(place, from, to)}::bigint`;
  const partWay = sign('processing', from, to) + sign('unknown', from, to);
  const recordset = sql`json_to_recordset(${rowsJson(shares)}::json) r ("documentId" uuid, "partId" uuid, "amountMinor" bigint)`;
  const parts = new Set(shares.map((share) => share.partId)).size;
  const invoices = new Set(shares.map((share) => share.documentId)).size;
  const movedParts =
    await sql`update part_standings p set paid_minor = p.paid_minor + r.amount * ${moved('paid')}, processing_minor = p.processing_minor + r.amount * ${partWay}::bigint
    from (select "partId" as part_id, sum("amountMinor")::bigint as amount from ${recordset} group by 1) r
    where p.business_id = ${scope.business} and p.part_id = r.part_id`.execute(scope.tx);
  const movedInvoices = await sql`update invoice_standings s set version = s.version + 1,
      paid_minor = s.paid_minor + r.amount * ${moved('paid')},
      processing_minor = s.processing_minor + r.amount * ${moved('processing')},
      unknown_minor = s.unknown_minor + r.amount * ${moved('unknown')},
      started_on = coalesce(${marks.startedOn}::date, s.started_on),
      returned = ${marks.returned}::boolean,
      settled_at = case when s.balance_minor - r.amount * ${moved('paid')} = 0 then coalesce(s.settled_at, ${scope.now.toString()}::timestamptz) end
    from (select "documentId" as document_id, sum("amountMinor")::bigint as amount from ${recordset} group by 1) r
    where s.business_id = ${scope.business} and s.document_id = r.document_id`.execute(scope.tx);
  // Never a payment without its place: the transaction ends here rather than leave the two apart.
  if (movedParts.numAffectedRows !== BigInt(parts) || movedInvoices.numAffectedRows !== BigInt(invoices))
    throw new Error('a share names a part of an issued invoice');
}

/** Adds to what is credited on each part and its invoice, or takes it off again when the amounts are below zero. */
export async function creditStandings(scope: Scope, kind: CreditKind, shares: readonly Share[]): Promise<void> {
  const recordset = sql`json_to_recordset(${rowsJson(shares)}::json) r ("documentId" uuid, "partId" uuid, "amountMinor" bigint)`;
  const column = sql.ref(({ discount: 'discounted_minor', deposit: 'deposit_minor', note: 'noted_minor' } as const)[kind]);
  await sql`update part_standings p set credited_minor = p.credited_minor + r.amount
    from (select "partId" as part_id, sum("amountMinor")::bigint as amount from ${recordset} group by 1) r
    where p.business_id = ${scope.business} and p.part_id = r.part_id`.execute(scope.tx);
  await sql`update invoice_standings s set version = s.version + 1, credited_minor = s.credited_minor + r.amount, ${column} = s.${column} + r.amount,
      settled_at = case when s.balance_minor - r.amount = 0 then coalesce(s.settled_at, ${scope.now.toString()}::timestamptz) end
    from (select "documentId" as document_id, sum("amountMinor")::bigint as amount from ${recordset} group by 1) r
    where s.business_id = ${scope.business} and s.document_id = r.document_id`.execute(scope.tx);
}

export type GivenBack = Readonly<{
  documentId: string;
  partId: string;
  propertyId: string | null;
  taxRateId: string | null;
  amountMinor: bigint;
}>;

/** What stands granted for paying early on an invoice: per part its net (no rate) and the tax of each rate. */
export async function selectDiscounted(scope: Scope, documentId: string): Promise<GivenBack[]> {
  const { rows } = await sql<GivenBack>`
    select document_id as "documentId", part_id as "partId", property_id as "propertyId", tax_rate_id as "taxRateId",
      sum(case when credit = 'receivable' then amount_minor else -amount_minor end)::bigint as "amountMinor"
    from ledger where business_id = ${scope.business} and document_id = ${documentId} and kind in ('discount', 'discount_tax')
    group by 1, 2, 3, 4 having sum(case when credit = 'receivable' then amount_minor else -amount_minor end) <> 0
    order by 2, 4 nulls first`.execute(scope.tx);
  return rows;
}

export async function updateAnnounced(scope: Scope, documentId: string, amountMinor: bigint, latestOn: string | null): Promise<void> {
  await scope.tx
    .updateTable('invoice_standings')
    .set((eb) => ({ announced_minor: amountMinor, announced_for: latestOn, version: eb('version', '+', 1) }))
    .where('business_id', '=', scope.business)
    .where('document_id', '=', documentId)
    .execute();
}

export async function updateInQuestion(scope: Scope, documentId: string, amountMinor: bigint): Promise<void> {
  await scope.tx
    .updateTable('invoice_standings')
    .set((eb) => ({ in_question_minor: amountMinor, version: eb('version', '+', 1) }))
    .where('business_id', '=', scope.business)
    .where('document_id', '=', documentId)
    .execute();
}

export async function cancelStandings(scope: Scope, canceled: readonly { documentId: string; replacedByNumber: string | null }[]): Promise<void> {
  if (canceled.length === 0) return;
  const ids = canceled.map((each) => each.documentId);
  await sql`update part_standings p set canceled_minor = greatest(p.total_minor, 0)
    where p.business_id = ${scope.business} and p.document_id = any (${ids}::uuid[])`.execute(scope.tx);
  await sql`update invoice_standings s set version = s.version + 1, canceled_minor = s.total_minor, canceled_at = ${scope.now.toString()}::timestamptz,
      settled_at = coalesce(s.settled_at, ${scope.now.toString()}::timestamptz), replaced_by_number = r."replacedByNumber", returned = false, held_back_minor = 0
    from json_to_recordset(${rowsJson(canceled)}::json) r ("documentId" uuid, "replacedByNumber" text)
    where s.business_id = ${scope.business} and s.document_id = r."documentId"`.execute(scope.tx);
}

/** What a payment pays now, by part: what was put on it less what was taken off again. */
export async function selectApplied(scope: Scope, paymentId: string): Promise<Share[]> {
  const { rows } = await sql<{ documentId: string; partId: string; amountMinor: bigint }>`
    select document_id as "documentId", part_id as "partId",
      sum(case kind when 'allocate' then amount_minor when 'unallocate' then -amount_minor else 0 end)::bigint as "amountMinor"
    from ledger where business_id = ${scope.business} and payment_id = ${paymentId} and part_id is not null
    group by 1, 2 having sum(case kind when 'allocate' then amount_minor when 'unallocate' then -amount_minor else 0 end) > 0
    order by 1, 2`.execute(scope.tx);
  return rows;
}
