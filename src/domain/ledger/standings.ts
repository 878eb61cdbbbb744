import type { Installment } from '../../core/installments.ts';
import { shareOut } from '../../core/money.ts';
import { enqueue } from '../../db/queue.ts';
import type { Scope } from '../../db/scope.ts';
import { moveGivenUp } from './closing/queries.ts';
import { updateHeld } from './held/queries.ts';
import { selectWithOpenCheckouts } from './overtaken/queries.ts';
import {
  cancelStandings,
  creditStandings,
  type GivenBack,
  lockDocuments,
  moveStandings,
  type StandingRow,
  selectDiscounted,
  selectStandings,
  updateAnnounced,
  updateInQuestion,
} from './queries.ts';

/** Where money of a payment is, seen from the invoice. `outside`: nowhere on it. */
export type Place = 'outside' | 'processing' | 'unknown' | 'paid';

/** An amount of one payment on one part of one invoice. `amountMinor` is above zero. */
export type Share = Readonly<{ documentId: string; partId: string; amountMinor: bigint }>;

export type PartStanding = Readonly<{
  partId: string;
  propertyId: string | null;
  totalMinor: bigint;
  paidMinor: bigint;
  /** Processing or being checked. */
  processingMinor: bigint;
  /** Given up, and still to be paid if the customer wishes. */
  writtenOffMinor: bigint;
  /** What a payment may still take: neither settled nor on its way. */
  openMinor: bigint;
}>;

/** One issued or draft invoice, locked until the transaction ends. Amounts in minor units of `currency`. */
export type LockedInvoice = StandingRow & Readonly<{ parts: readonly PartStanding[] }>;

/**
 * Locks the invoices in the order of their ids, so that two acts never wait for each other, and reads how they stand after the wait.
 * Every act that moves money or state of an invoice starts here. Ids that are not there (or may not be seen) are left out.
 */
export async function lockInvoices(scope: Scope, documentIds: readonly string[]): Promise<LockedInvoice[]> {
  if (documentIds.length === 0) return [];
  await lockDocuments(scope, documentIds);
  return selectStandings(scope, documentIds);
}

/**
 * Moves money of one payment from one place to another on each share's part and its invoice. `startedOn` is the day the payment was
 * started and judges lateness; `returned` says a bank sent it back; `payment` is whose money it is, where it may have a checkout of its own.
 * Settled again or open again follows from the balance.
 * Throws when more would be paid than was billed, or less taken back than was there: the caller checks first.
 */
export async function moveMoney(
  scope: Scope,
  shares: readonly Share[],
  from: Place,
  to: Place,
  marks: Readonly<{ startedOn?: string | null; returned?: boolean; payment?: string }> = {},
): Promise<void> {
  if (shares.length === 0 || from === to) return;
  await moveStandings(scope, shares, from, to, { startedOn: marks.startedOn ?? null, returned: marks.returned ?? false });
  if (from === 'outside') await askToClose(scope, shares, marks.payment);
}

/** Less is owed than a moment ago: checkouts that are open for these bills are looked at, and those that are overtaken are closed. */
async function askToClose(scope: Scope, on: readonly Readonly<{ documentId: string }>[], payment?: string): Promise<void> {
  const documentIds = [...new Set(on.map(({ documentId }) => documentId))];
  for (const documentId of await selectWithOpenCheckouts(scope, documentIds, payment ?? null))
    await enqueue(scope, 'close-checkouts', { documentId }, { key: documentId });
}

/** Why less is owed without a payment: a discount for paying early, a deposit applied, a credit note. */
export type CreditKind = 'discount' | 'deposit' | 'note';

/** Credits amounts on parts, or with amounts below zero takes them off again. The caller writes the same transfers. */
export async function creditInvoice(scope: Scope, kind: CreditKind, shares: readonly Share[]): Promise<void> {
  if (shares.length === 0) return;
  await creditStandings(scope, kind, shares);
  await askToClose(
    scope,
    shares.filter(({ amountMinor }) => amountMinor > 0n),
  );
}

/** Gives amounts up on parts, or with amounts below zero takes them up again. The caller writes the same transfers. */
export async function giveUpOn(scope: Scope, shares: readonly Share[]): Promise<void> {
  if (shares.length > 0) await moveGivenUp(scope, shares);
}

/** Standings as they are in this transaction, of invoices that are locked already. */
export function standingsNow(scope: Scope, documentIds: readonly string[]): Promise<LockedInvoice[]> {
  return selectStandings(scope, documentIds);
}

/** What stands granted for paying early on an invoice, part by part: the net without a rate, each tax with its own. */
export function discountsOn(scope: Scope, documentId: string): Promise<GivenBack[]> {
  return selectDiscounted(scope, documentId);
}

/** A cleared payment arrives, from nowhere or from processing. */
export function applyPayment(scope: Scope, shares: readonly Share[], startedOn: string, from: Exclude<Place, 'paid'> = 'outside'): Promise<void> {
  return moveMoney(scope, shares, from, 'paid', { startedOn });
}

/** A cleared payment is taken back: reversed by the office or, with `returned`, sent back by a bank. */
export function unapplyPayment(scope: Scope, shares: readonly Share[], returned = false): Promise<void> {
  return moveMoney(scope, shares, 'paid', 'outside', { returned });
}

/** What the customer told us is coming, all open announcements together; 0 and null end it. */
export function setAnnounced(scope: Scope, documentId: string, amountMinor: bigint, latestOn: string | null): Promise<void> {
  return updateAnnounced(scope, documentId, amountMinor, latestOn);
}

/** What the customer questions of it, all open questions together. */
export function setInQuestion(scope: Scope, documentId: string, amountMinor: bigint): Promise<void> {
  return updateInQuestion(scope, documentId, amountMinor);
}

/** What was held back is due from now on as the installments say. The caller writes the same transfer. */
export function releaseHeld(scope: Scope, documentId: string, amountMinor: bigint, installments: readonly Installment[]): Promise<void> {
  return updateHeld(
    scope,
    documentId,
    amountMinor,
    JSON.stringify(installments, (_key, value: unknown) => (typeof value === 'bigint' ? Number(value) : value)),
  );
}

/** Takes the whole invoice out of what is owed. The caller has checked that nothing was paid or is on its way. */
export async function cancelStanding(scope: Scope, canceled: readonly { documentId: string; replacedByNumber: string | null }[]): Promise<void> {
  await cancelStandings(scope, canceled);
  await askToClose(scope, canceled);
}

/**
 * Spreads an amount over the parts in proportion to what each still owes, largest remainder first (rule 31), and never more on a part
 * than it owes. Throws RangeError when the parts owe less than the amount.
 */
export function spreadOver(parts: readonly PartStanding[], amountMinor: bigint): { partId: string; amountMinor: bigint }[] {
  const open = parts.filter((part) => part.openMinor > 0n);
  const openMinor = open.reduce((sum, part) => sum + part.openMinor, 0n);
  if (amountMinor > openMinor) throw new RangeError('the parts owe less than the amount to spread');
  const shares = shareOut(
    amountMinor,
    open.map((part) => part.openMinor),
  );
  return open.map((part, at) => ({ partId: part.partId, amountMinor: shares[at] ?? 0n })).filter((share) => share.amountMinor > 0n);
}
