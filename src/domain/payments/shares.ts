import { limits } from '../../core/limits.ts';
import { shareOut } from '../../core/money.ts';
import { Refusal } from '../../core/refusal.ts';
import type { LockedInvoice } from '../ledger/standings.ts';
import type { Share, Target } from './payment.ts';

/** A section of an invoice and the most a payment may put on it. */
export type OpenPart = Readonly<{ partId: string; openMinor: bigint }>;

const sum = (amounts: Iterable<bigint>): bigint => [...amounts].reduce((a, b) => a + b, 0n);

export function sumOf(shares: readonly Readonly<{ amountMinor: bigint }>[]): bigint {
  return sum(shares.map((share) => share.amountMinor));
}

/** Refuses amounts that are not 1…99,999,999 minor units: `amount_too_small`, `amount_too_large`. */
export function checkAmount(amountMinor: bigint, field = 'amountMinor'): void {
  if (amountMinor < limits.paymentMinMinor) throw new Refusal('amount_too_small', { field });
  if (amountMinor > limits.paymentMaxMinor) throw new Refusal('amount_too_large', { field });
}

/**
 * The shares of one target: the chosen parts as chosen, else in proportion to what each part is open for, largest remainder first
 * (rule 31). Refuses `above_balance` for more than a part or all parts take, `allocation_exceeds_payment` when chosen parts do not add up.
 */
export function sharesOf(target: Target, parts: readonly OpenPart[]): Share[] {
  const open = parts.filter((part) => part.openMinor > 0n);
  const share = (partId: string, amountMinor: bigint): Share => ({ documentId: target.documentId, partId, amountMinor });
  if (target.parts !== undefined) {
    const chosen = target.parts.map((part) => share(part.partId, chosenAmount(part, parts)));
    if (new Set(chosen.map((part) => part.partId)).size < chosen.length) throw new Refusal('invalid_input', { field: 'parts' });
    if (sumOf(chosen) !== target.amountMinor) throw new Refusal('allocation_exceeds_payment', { field: 'parts' });
    return chosen;
  }
  if (target.amountMinor > sum(open.map((part) => part.openMinor))) throw new Refusal('above_balance', { field: 'amountMinor' });
  const amounts = shareOut(
    target.amountMinor,
    open.map((part) => part.openMinor),
  );
  return open.map((part, at) => share(part.partId, amounts[at] ?? 0n)).filter(({ amountMinor }) => amountMinor > 0n);
}

function chosenAmount(chosen: Readonly<{ partId: string; amountMinor: bigint }>, parts: readonly OpenPart[]): bigint {
  const part = parts.find(({ partId }) => partId === chosen.partId);
  if (part === undefined) throw new Refusal('not_found', { field: 'parts' });
  if (chosen.amountMinor < 1n) throw new Refusal('amount_too_small', { field: 'parts' });
  if (chosen.amountMinor > part.openMinor) throw new Refusal('above_balance', { field: 'parts' });
  return chosen.amountMinor;
}

/** Takes from each share what its part and its invoice still take; the rest of the money stays with the customer as credit. */
export function fitting(
  shares: readonly Share[],
  rooms: ReadonlyMap<string, Readonly<{ balanceMinor: bigint; parts: ReadonlyMap<string, bigint> }>>,
): { applied: Share[]; rest: Share[] } {
  const applied: Share[] = [];
  const rest: Share[] = [];
  const taken = new Map<string, bigint>();
  for (const share of shares) {
    const room = rooms.get(share.documentId);
    const used = taken.get(share.documentId) ?? 0n;
    const most = smallest(share.amountMinor, room?.parts.get(share.partId) ?? 0n, (room?.balanceMinor ?? 0n) - used);
    if (most > 0n) applied.push({ ...share, amountMinor: most });
    if (most < share.amountMinor) rest.push({ ...share, amountMinor: share.amountMinor - most });
    taken.set(share.documentId, used + most);
  }
  return { applied, rest };
}

/** Two lists as one, each part once. */
export function together(some: readonly Share[], others: readonly Share[]): Share[] {
  const all = new Map(some.map((share) => [share.partId, share]));
  for (const share of others) all.set(share.partId, { ...share, amountMinor: share.amountMinor + (all.get(share.partId)?.amountMinor ?? 0n) });
  return [...all.values()];
}

/** The first of them, up to an amount. */
export function upTo(amountMinor: bigint, shares: readonly Share[]): Share[] {
  let left = amountMinor;
  return shares.flatMap((share) => {
    const takes = smallest(left, share.amountMinor);
    left -= takes;
    return takes > 0n ? [{ ...share, amountMinor: takes }] : [];
  });
}

function smallest(...amounts: readonly bigint[]): bigint {
  const least = amounts.reduce((a, b) => (b < a ? b : a));
  return least > 0n ? least : 0n;
}

/** What invoices that are locked take in this moment: what is open on each part, money on its way included. */
export function roomsOf(invoices: readonly LockedInvoice[]) {
  return new Map(
    invoices.map((invoice) => {
      const parts = new Map(invoice.parts.map((part) => [part.partId, part.openMinor + part.processingMinor]));
      return [invoice.documentId, { balanceMinor: invoice.balanceMinor, parts }];
    }),
  );
}
