import { todayIn } from '../../../core/calendar.ts';
import { Refusal } from '../../../core/refusal.ts';
import { crashPoint } from '../../../db/crash-point.ts';
import { newId } from '../../../db/fresh.ts';
import type { Scope } from '../../../db/scope.ts';
import { type NewEvent, recordEvents } from '../../events/events.ts';
import { grantEarly, takeBackEarly } from '../../invoices/early/early.ts';
import { post, type Transfer } from '../../ledger/ledger.ts';
import { applyPayment, type LockedInvoice, lockInvoices, unapplyPayment } from '../../ledger/standings.ts';
import { endPaidQuestions } from '../../questions/questions.ts';
import { endOnPaid } from '../announced/ending.ts';
import { byInvoice, paidOff } from '../news.ts';
import type { Share } from '../payment.ts';
import { mustBeCustomer, mustBeSystem } from '../policy.ts';
import { selectHouse } from '../queries.ts';
import {
  addTakenBack,
  type CreditUseRow,
  endUse,
  insertUse,
  lockCredit,
  lockUse,
  type StandingUse,
  selectStandingUses,
  selectUse,
  selectUseShares,
} from './queries.ts';

export type CreditUse = Readonly<{
  id: string;
  customerId: string;
  personId: string | null;
  currency: string;
  shares: readonly Share[];
  /** What the same press pays otherwise. */
  rest: readonly Readonly<{ documentId: string; amountMinor: bigint }>[];
}>;

/**
 * Writes down that a customer wants to use credit. Nothing moves yet: commit, then `carryOutCredit`. The same id again is the same use.
 * Only for who sees and pays the whole account (rule 34): the database takes it from nobody else.
 */
export async function askToUseCredit(scope: Scope, { shares, ...use }: CreditUse): Promise<void> {
  mustBeCustomer(scope);
  const { time_zone: zone } = await selectHouse(scope);
  const amountMinor = shares.reduce((total, share) => total + share.amountMinor, 0n);
  await insertUse(scope, { ...use, shares, amountMinor, usedOn: todayIn(zone, scope.now) });
}

/** A use of credit as it stands, or null. */
export async function creditUseOf(scope: Scope, id: string): Promise<(Omit<CreditUse, 'shares'> & Pick<CreditUseRow, 'state'>) | null> {
  const row = await selectUse(scope, id);
  if (row === undefined) return null;
  const rest = row.rest.map(({ documentId, amountMinor }) => ({ documentId, amountMinor: BigInt(amountMinor) }));
  return { id: row.id, customerId: row.customer_id, personId: row.person_id, currency: row.currency, rest, state: row.state };
}

/**
 * Puts the credit on its bills, once, however often it is called. `refused`: the credit or the bills no longer allow it, and nothing
 * moved. System only; the customer asked.
 */
export async function carryOutCredit(scope: Scope, useId: string): Promise<'done' | 'refused'> {
  mustBeSystem(scope);
  const shares = await selectUseShares(scope, useId);
  const invoices = await lockInvoices(scope, [...new Set(shares.map((share) => share.documentId))]);
  const use = await lockUse(scope, useId);
  if (use === undefined) throw new Refusal('not_found');
  if (use.state !== 'asked') return use.state;
  const creditMinor = await lockCredit(scope, use.customer_id, use.currency);
  const fits = creditMinor >= use.amount_minor && shares.every((share) => takes(share, shares, invoices));
  await endUse(scope, useId, fits ? 'done' : 'refused');
  if (!fits) return 'refused';
  const { time_zone: zone } = await selectHouse(scope);
  const today = todayIn(zone, scope.now);
  await applyPayment(scope, shares, use.used_on);
  crashPoint('payment.standings-moved');
  await post(scope, useId, transfersOf('allocate', shares, invoices, today));
  const early = await grantEarly(scope, invoices, { startedOn: use.used_on, today });
  const paid = [...paidOff(shares, invoices), ...early];
  const ended = paid.filter(({ kind }) => kind === 'invoice.paid').map((event) => event.documentId ?? '');
  const answered = await endPaidQuestions(
    scope,
    shares.map(({ documentId }) => documentId),
    null,
  );
  await recordEvents(scope, [...tell('credit.used', shares, invoices), ...paid, ...(await endOnPaid(scope, ended)), ...answered]);
  return 'done';
}

function takes(share: Share, all: readonly Share[], invoices: readonly LockedInvoice[]): boolean {
  const invoice = invoices.find(({ documentId }) => documentId === share.documentId);
  const part = invoice?.parts.find(({ partId }) => partId === share.partId);
  if (invoice === undefined || part === undefined || invoice.state !== 'issued') return false;
  const onIt = all.reduce((total, each) => total + (each.documentId === share.documentId ? each.amountMinor : 0n), 0n);
  return share.amountMinor <= part.openMinor && onIt <= invoice.balanceMinor - invoice.processingMinor - invoice.unknownMinor;
}

/** The bills that credit of this customer stands on: who takes money back locks them together with their own. */
export async function billsOfCredit(scope: Scope, customerId: string, currency: string): Promise<string[]> {
  return [...new Set((await selectStandingUses(scope, customerId, currency)).map((use) => use.documentId))];
}

type Leaving = Readonly<{ customerId: string; currency: string; amountMinor: bigint; applied: readonly Share[] }>;

/**
 * Before money of a payment leaves the books: as much of it as was kept as credit and used since comes off the bills it was used on, the
 * newest use first, so that credit never falls below zero. The bills are locked already. Answers the events.
 */
export async function freeCredit(scope: Scope, { customerId, currency, amountMinor, applied }: Leaving, today: string): Promise<NewEvent[]> {
  const keptMinor = applied.reduce((left, share) => left - share.amountMinor, amountMinor);
  let shortMinor = keptMinor - (keptMinor > 0n ? await lockCredit(scope, customerId, currency) : 0n);
  if (shortMinor <= 0n) return [];
  const taken: StandingUse[] = [];
  for (const use of await selectStandingUses(scope, customerId, currency)) {
    const amount = use.amountMinor < shortMinor ? use.amountMinor : shortMinor;
    if (amount > 0n) taken.push({ ...use, amountMinor: amount });
    shortMinor -= amount;
  }
  if (taken.length === 0) return [];
  const invoices = await lockInvoices(scope, [...new Set(taken.map((use) => use.documentId))]);
  await unapplyPayment(scope, taken);
  await post(scope, newId(), transfersOf('unallocate', taken, invoices, today));
  await addTakenBack(scope, taken);
  const early = await takeBackEarly(
    scope,
    invoices.map(({ documentId }) => documentId),
    today,
  );
  return [...tell('credit.taken_back', taken, invoices), ...early];
}

function transfersOf(kind: 'allocate' | 'unallocate', shares: readonly Share[], invoices: readonly LockedInvoice[], effectiveOn: string): Transfer[] {
  return shares.flatMap(({ documentId, partId, amountMinor }): Transfer[] => {
    const invoice = invoices.find((each) => each.documentId === documentId);
    if (invoice === undefined) return [];
    const { customerId, currency } = invoice;
    const propertyId = invoice.parts.find((part) => part.partId === partId)?.propertyId ?? null;
    const sides = kind === 'allocate' ? (['customer_credit', 'receivable'] as const) : (['receivable', 'customer_credit'] as const);
    return [{ kind, debit: sides[0], credit: sides[1], amountMinor, currency, customerId, documentId, partId, propertyId, effectiveOn }];
  });
}

function tell(kind: 'credit.used' | 'credit.taken_back', shares: readonly Share[], invoices: readonly LockedInvoice[]): NewEvent[] {
  return byInvoice(shares).flatMap(({ documentId, amountMinor }) => {
    const invoice = invoices.find((each) => each.documentId === documentId);
    if (invoice === undefined) return [];
    const { customerId, propertyId, number, currency } = invoice;
    return [{ kind, customerId, documentId, propertyId, shown: true, data: { number, amountMinor, currency } }];
  });
}
