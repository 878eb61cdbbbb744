import { todayIn } from '../../../core/calendar.ts';
import type { BalanceEntry } from '../../../core/gateways.ts';
import { newId } from '../../../db/fresh.ts';
import type { Scope } from '../../../db/scope.ts';
import { postAll } from '../../ledger/ledger.ts';
import { inSystem, type Till } from '../checkout/checkout.ts';
import { mustBeSystem } from '../policy.ts';
import { selectHouse } from '../queries.ts';
import { addFee, insertEntries, type Linked, linkEntry, lockUnlinked, selectAwaited } from './queries.ts';

/** Entries kept in one transaction. */
const together = 200;
/** How far back a fee that is still to be told is asked for, and how far back is looked in any case: refunds change fees. */
const [longestDays, usualDays] = [30, 3];

/** A chargeback's fee is booked with the chargeback; what is about no payment of ours is not our books' matter. */
const booked: ReadonlySet<BalanceEntry['kind']> = new Set(['payment', 'refund']);

/**
 * Keeps what a processor says of its balance, and books the fee of each payment it names: Dr fees, Cr clearing, on the day it is learned. Told twice,
 * late or before the payment itself, it ends in the same books. Fees in another currency than the payment's are kept and not booked. Answers how many
 * entries found their payment. System only.
 */
export async function recordEntries(scope: Scope, gateway: string, entries: readonly BalanceEntry[]): Promise<number> {
  mustBeSystem(scope);
  if (entries.length === 0) return 0;
  await insertEntries(scope, gateway, entries);
  const linked = await lockUnlinked(scope, gateway, [...new Set(entries.flatMap(({ payment }) => payment ?? []))]);
  const house = await selectHouse(scope);
  const today = todayIn(house.time_zone, scope.now);
  for (const entry of linked) {
    await linkEntry(scope, entry.entryId, entry.paymentId);
    if (counts(entry)) await addFee(scope, entry.paymentId, entry.feeMinor);
  }
  await postAll(
    scope,
    linked.filter((entry) => counts(entry) && entry.feeMinor !== 0n).map((entry) => ({ actId: newId(), transfer: transferOf(entry, today) })),
  );
  return linked.length;
}

const counts = ({ kind, currency, paymentCurrency }: Linked): boolean => booked.has(kind) && currency === paymentCurrency;

function transferOf({ feeMinor, method, currency, customerId, paymentId }: Linked, effectiveOn: string) {
  const clearing = `clearing_${method}` as const;
  const [debit, credit] = feeMinor > 0n ? (['fees', clearing] as const) : ([clearing, 'fees'] as const);
  return { kind: 'fee' as const, debit, credit, amountMinor: feeMinor > 0n ? feeMinor : -feeMinor, currency, customerId, paymentId, effectiveOn };
}

/** Asks the processors of one business for what they kept of its payments. Silent ones are asked again next time. Answers how many entries found their payment. */
export async function fetchFees(till: Till, business: string): Promise<number> {
  const days = (scope: Scope, count: number): string => scope.now.subtract({ hours: 24 * count }).toString();
  const awaited = await inSystem(till, business, (scope) => selectAwaited(scope, days(scope, longestDays), days(scope, usualDays)));
  let found = 0;
  for (const { gateway, since } of awaited) {
    const listed = await till.cards[gateway]?.listEntries?.({ business, sinceUnixS: Math.trunc(Temporal.Instant.from(since).epochMilliseconds / 1000) });
    if (listed?.kind !== 'listed') continue;
    for (let at = 0; at < listed.entries.length; at += together) {
      found += await inSystem(till, business, (scope) => recordEntries(scope, gateway, listed.entries.slice(at, at + together)));
    }
  }
  return found;
}
