import type { ListedAtProcessor } from '../../../core/gateways.ts';
import { isUuid } from '../../../core/ids.ts';
import { inTransaction, type Scope, systemActor } from '../../../db/scope.ts';
import { askProcessor, fetchMissed, type PaymentState, type Till } from '../../payments/payments.ts';
import { mustBeAllowed } from '../../people/rights.ts';
import { selectAccount } from '../queries.ts';
import { type Check, type Difference, keepCheck, type OurPayment, replaceDifferences, selectCheck, selectDifferences, selectOurs } from './queries.ts';

export type { Difference };

/** The last comparison with a processor. `check` null: there was none. */
export type Comparison = Readonly<{
  connected: Readonly<{ accountId: string; live: boolean }> | null;
  check: Check | null;
  differences: readonly Difference[];
}>;

const gatewayName = 'stripe';
/** Under this name stands up to where notices were fetched. */
const noticesName = 'stripe:notices';
/** Notices are fetched again this far back: what is listed may be some seconds late. */
const [overlapMinutes, firstHours, mostDays] = [10, 24, 29];

export async function readComparison(scope: Scope): Promise<Comparison> {
  await mustBeAllowed(scope, 'payments:read');
  const connected = (await selectAccount(scope, gatewayName, 'connected')) ?? null;
  return { connected, check: (await selectCheck(scope, gatewayName)) ?? null, differences: await selectDifferences(scope, gatewayName) };
}

const asSystem = <T>(till: Till, business: string, work: (scope: Scope) => Promise<T>): Promise<T> =>
  inTransaction(till.database, { role: 'system', business, actor: systemActor }, work);

/** Fetches the notices that never arrived. False: the processor was silent, or nothing is connected. */
export async function catchUp(till: Till, business: string): Promise<boolean> {
  const door = await till.cards[gatewayName]?.noticeDoor(business);
  if (!door) return false;
  const [last, now] = await asSystem(till, business, async (scope) => [await selectCheck(scope, noticesName), scope.now] as const);
  const since =
    last?.accountId === door.account ? laterOf(Temporal.Instant.from(last.since), now.subtract({ hours: 24 * mostDays })) : now.subtract({ hours: firstHours });
  const added = await fetchMissed(till, business, gatewayName, secondsOf(since));
  if (added === null) return false;
  const upTo = now.subtract({ minutes: overlapMinutes }).toString();
  const check = { accountId: door.account, since: upTo, reached: true, ours: added, theirs: 0 };
  await asSystem(till, business, (scope) => keepCheck(scope, noticesName, check));
  return true;
}

/**
 * Holds our payments of the last days against the processor's own list. What only its truth can settle is fetched and settled first; what still
 * differs is kept for the office. Answers how much that is; null: nothing is connected.
 */
export async function compareBooks(till: Till, business: string, days: number): Promise<number | null> {
  const gateway = till.cards[gatewayName];
  const door = await gateway?.noticeDoor(business);
  if (!door || gateway?.listPayments === undefined) return null;
  const since = await asSystem(till, business, async (scope) => {
    const account = await selectAccount(scope, gatewayName, 'connected');
    const wanted = scope.now.subtract({ hours: 24 * days });
    return account?.connectedAt ? laterOf(wanted, Temporal.Instant.from(account.connectedAt)) : wanted;
  });
  const listed = await gateway.listPayments({ business, sinceUnixS: secondsOf(since) });
  const head = { accountId: door.account, since: since.toString() };
  if (listed.kind === 'unknown') {
    await asSystem(till, business, (scope) => keepCheck(scope, gatewayName, { ...head, reached: false, ours: 0, theirs: 0 }));
    return 0;
  }
  // Two businesses may share one account: each sees its own. What carries no notes of ours is the business's other trade.
  const theirs = listed.payments.filter((each) => each.attempt !== null && (each.business === null || each.business === business));
  const first = await asSystem(till, business, (scope) => oursFor(scope, since, theirs));
  for (const { paymentId } of differencesOf(first, theirs)) if (paymentId !== null) await askProcessor(till, business, paymentId);
  return asSystem(till, business, async (scope) => {
    const ours = await oursFor(scope, since, theirs);
    const found = differencesOf(ours, theirs);
    await replaceDifferences(scope, gatewayName, since.toString(), found);
    await keepCheck(scope, gatewayName, { ...head, reached: true, ours: ours.filter(({ reference }) => reference !== null).length, theirs: theirs.length });
    return found.length;
  });
}

const secondsOf = (at: Temporal.Instant): number => Math.trunc(at.epochMilliseconds / 1000);
const laterOf = (a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant => (Temporal.Instant.compare(a, b) > 0 ? a : b);

function oursFor(scope: Scope, since: Temporal.Instant, theirs: readonly ListedAtProcessor[]): Promise<OurPayment[]> {
  const ids = theirs.map(({ attempt }) => attempt ?? '').filter(isUuid);
  return selectOurs(scope, gatewayName, since.toString(), ids);
}

/** What our states may be for each of theirs. */
const agreeing: Readonly<Record<ListedAtProcessor['state'], readonly PaymentState[]>> = {
  open: ['initiated', 'expired', 'failed'],
  processing: ['pending'],
  succeeded: ['cleared', 'refunded', 'disputed', 'reversed'],
  failed: ['initiated', 'failed', 'expired', 'returned'],
  returned: ['returned'],
};
/** States in which we say that the processor has the money, or had it. */
const backed: ReadonlySet<PaymentState> = new Set(['pending', 'cleared', 'returned', 'refunded', 'disputed']);

/** Row by row, what differs. Pure. */
export function differencesOf(ours: readonly OurPayment[], theirs: readonly ListedAtProcessor[]): Omit<Difference, 'customerName'>[] {
  const byId = new Map(ours.map((each) => [each.id, each]));
  const listed = new Set(theirs.map(({ reference }) => reference));
  const found = theirs.flatMap((their): Omit<Difference, 'customerName'>[] => {
    const our = byId.get(their.attempt ?? '');
    const { reference, amountMinor, currency } = their;
    const at = Temporal.Instant.fromEpochMilliseconds(their.createdUnixS * 1000).toString();
    const row = { reference, amountMinor, currency, at, paymentId: our?.id ?? null, customerId: our?.customerId ?? null };
    if (our === undefined) return [{ ...row, what: 'unknown_here', ours: '', theirs: their.state }];
    // A second payment of one attempt: the first is the one we have.
    if (our.reference !== null && our.reference !== reference) {
      return their.state === 'failed' || their.state === 'open' ? [] : [{ ...row, what: 'unknown_here', ours: our.reference, theirs: their.state }];
    }
    if (our.currency !== currency) return [{ ...row, what: 'currency', ours: our.currency, theirs: currency }];
    if (our.amountMinor !== amountMinor) return [{ ...row, what: 'amount', ours: our.amountMinor.toString(), theirs: amountMinor.toString() }];
    return agreeing[their.state].includes(our.state) ? [] : [{ ...row, what: 'state', ours: our.state, theirs: their.state }];
  });
  const missing = ours.filter(({ state, reference }) => backed.has(state) && reference !== null && !listed.has(reference));
  return [
    ...found,
    ...missing.map((our) => ({
      ...{ what: 'missing_there' as const, reference: our.reference ?? '', paymentId: our.id, customerId: our.customerId },
      ...{ ours: our.state, theirs: '', amountMinor: our.amountMinor, currency: our.currency, at: our.createdAt },
    })),
  ];
}
