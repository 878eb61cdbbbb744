import { newId } from '../../../db/fresh.ts';
import type { Scope } from '../../../db/scope.ts';
import type { NewEvent } from '../../events/events.ts';
import { post, type Transfer } from '../../ledger/ledger.ts';
import { creditInvoice, type LockedInvoice, spreadOver, standingsNow } from '../../ledger/standings.ts';
import type { DraftBody } from '../invoice.ts';
import { type DepositRow, insertUses, selectAppliedTo, selectCovered, selectCustomersOf, selectDeposits } from './queries.ts';

/** Money a customer paid ahead: held until it is applied to a bill, kept as credit, or given back. */
export type Deposit = DepositRow & Readonly<{ heldMinor: bigint }>;

/** What of which deposit goes on a bill; the rest of it becomes credit, since the bill it was for is written (rule 40). */
export type Applying = Readonly<{ id: string; number: string; amountMinor: bigint; restMinor: bigint }>;

function held(row: DepositRow): Deposit {
  const left = row.canceled ? 0n : row.paidMinor - row.usedMinor;
  return { ...row, heldMinor: left > 0n ? left : 0n };
}

/** Every deposit asked of a customer, with what is still held of each. */
export async function depositsOf(scope: Scope, customerId: string): Promise<Deposit[]> {
  return (await selectDeposits(scope, { customers: [customerId] })).map(held);
}

export async function depositOf(scope: Scope, id: string): Promise<Deposit | undefined> {
  return (await selectDeposits(scope, { ids: [id] })).map(held)[0];
}

/** Deposits that bills of these documents may use: to be locked together with them, in the order of ids. */
export async function depositsBefore(scope: Scope, documentIds: readonly string[]): Promise<string[]> {
  const customers = await selectCustomersOf(scope, documentIds);
  return (await selectDeposits(scope, { customers })).map(held).flatMap((deposit) => (deposit.heldMinor > 0n ? [deposit.id] : []));
}

/** What is held now of deposits that are locked. */
export async function heldNow(scope: Scope, ids: readonly string[]): Promise<Map<string, Deposit>> {
  return new Map((await selectDeposits(scope, { ids })).map((row) => [row.id, held(row)]));
}

type Fits = Pick<DraftBody, 'customerId' | 'propertyId' | 'lines'> & Readonly<{ currency: string }>;

/** The deposits that may be meant for a bill: of the same customer, for one of its properties or for none. */
export function fittingDeposits(deposits: Iterable<Deposit>, bill: Fits): Deposit[] {
  const places = new Set([bill.propertyId, ...bill.lines.map((line) => line.propertyId)]);
  return [...deposits].filter(
    ({ customerId, currency, propertyId, heldMinor }) =>
      heldMinor > 0n && customerId === bill.customerId && currency === bill.currency && (propertyId === null || places.has(propertyId)),
  );
}

/** The deposits chosen on the draft, else the one that is meant where only one can be. Lowers what is held, so that the next bill sees the rest. */
export function planDeposits(deposits: Map<string, Deposit>, body: DraftBody, currency: string, totalMinor: bigint): Applying[] {
  if (body.purpose !== 'bill' || totalMinor <= 0n) return [];
  const fitting = fittingDeposits(deposits.values(), { ...body, currency });
  const chosen = body.depositIds === null ? (fitting.length === 1 ? fitting : []) : fitting.filter(({ id }) => body.depositIds?.includes(id));
  let left = totalMinor;
  const plan: Applying[] = [];
  for (const deposit of chosen) {
    const amountMinor = deposit.heldMinor < left ? deposit.heldMinor : left;
    if (amountMinor <= 0n) continue;
    left -= amountMinor;
    plan.push({ id: deposit.id, number: deposit.number, amountMinor, restMinor: deposit.heldMinor - amountMinor });
    deposits.set(deposit.id, { ...deposit, heldMinor: 0n });
  }
  return plan;
}

/** Dr deposits, Cr receivable of each part; a rest goes to the customer's credit. Bill and deposits are locked. Answers the events. */
export async function applyDeposits(scope: Scope, documentId: string, plan: readonly Applying[], today: string): Promise<NewEvent[]> {
  const events: NewEvent[] = [];
  for (const applying of plan) {
    const [bill] = await standingsNow(scope, [documentId]);
    if (!bill) throw new Error('a deposit is applied to an invoice that is there');
    events.push(...(await applyOne(scope, bill, applying, today)));
  }
  return events;
}

async function applyOne(scope: Scope, bill: LockedInvoice, { id, number, amountMinor, restMinor }: Applying, today: string): Promise<NewEvent[]> {
  const { documentId, customerId, currency } = bill;
  const shares = spreadOver(bill.parts, amountMinor).map((share) => ({ ...share, documentId }));
  const common = { currency, customerId, effectiveOn: today };
  const propertyOf = (partId: string): string | null => bill.parts.find((part) => part.partId === partId)?.propertyId ?? null;
  const onParts = shares.map(
    (share): Transfer => ({ ...common, ...share, propertyId: propertyOf(share.partId), kind: 'apply_deposit', debit: 'deposits', credit: 'receivable' }),
  );
  const rest: Transfer[] =
    restMinor > 0n ? [{ ...common, documentId: id, kind: 'credit_deposit', debit: 'deposits', credit: 'customer_credit', amountMinor: restMinor }] : [];
  await post(scope, newId(), [...onParts, ...rest]);
  await creditInvoice(scope, 'deposit', shares);
  await insertUses(scope, [
    { depositId: id, kind: 'applied', documentId, amountMinor, usedOn: today },
    ...(restMinor > 0n ? [{ depositId: id, kind: 'credited' as const, documentId: null, amountMinor: restMinor, usedOn: today }] : []),
  ]);
  const data = { number: bill.number, deposit: number, depositId: id, amountMinor, creditMinor: restMinor, currency };
  const shown = { customerId, propertyId: bill.propertyId, shown: bill.shown };
  const paid: NewEvent[] =
    bill.balanceMinor === amountMinor
      ? [{ ...shown, kind: 'invoice.paid', documentId, data: { number: bill.number, totalMinor: bill.totalMinor, currency } }]
      : [];
  return [
    { ...shown, kind: 'deposit.applied', documentId, data },
    { ...shown, kind: 'deposit.applied', documentId: id, data: { ...data, on: documentId } },
    ...paid,
  ];
}

/** Deposits that stand on a bill: they are locked together with it before it is taken back. */
export async function depositsOn(scope: Scope, documentId: string): Promise<string[]> {
  return (await selectAppliedTo(scope, documentId)).map(({ id }) => id);
}

/** A bill is taken back: what its deposits covered is held again (rule 6). Bill and deposits are locked. */
export async function takeDepositsOff(scope: Scope, bill: LockedInvoice, today: string): Promise<void> {
  if (bill.depositMinor === 0n) return;
  const { documentId, customerId, currency } = bill;
  const covered = await selectCovered(scope, documentId);
  const common = { currency, customerId, documentId, effectiveOn: today };
  await post(
    scope,
    newId(),
    covered.map((part): Transfer => ({ ...common, ...part, kind: 'apply_deposit', debit: 'receivable', credit: 'deposits' })),
  );
  await creditInvoice(
    scope,
    'deposit',
    covered.map(({ partId, amountMinor }) => ({ documentId, partId, amountMinor: -amountMinor })),
  );
  const applied = await selectAppliedTo(scope, documentId);
  await insertUses(
    scope,
    applied.map(({ id, amountMinor }) => ({ depositId: id, kind: 'taken_off' as const, documentId, amountMinor, usedOn: today })),
  );
}
