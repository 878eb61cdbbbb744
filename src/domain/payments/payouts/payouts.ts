import { readCursor, writeCursor } from '../../../core/cursor.ts';
import type { BalanceEntry, PayoutNews } from '../../../core/gateways.ts';
import { publicId } from '../../../core/ids.ts';
import { decimalText, exponentOf } from '../../../core/money.ts';
import { Refusal } from '../../../core/refusal.ts';
import type { Database } from '../../../db/pool.ts';
import type { Scope } from '../../../db/scope.ts';
import { cursorRows, inSnapshot } from '../../../db/streams.ts';
import type { CsvCell } from '../../../outgoing/csv.ts';
import { recordEvent } from '../../events/events.ts';
import { mustBeAllowed } from '../../people/rights.ts';
import { inSystem, type Till } from '../checkout/checkout.ts';
import { recordEntries } from '../fees/fees.ts';
import { selectAwaited } from '../fees/queries.ts';
import { mayRead, mustBeSystem } from '../policy.ts';
import { fromStored } from '../stored.ts';
import {
  keepPayout,
  linkToPayout,
  markListed,
  payoutFileQuery,
  selectKnownPayouts,
  selectPayout,
  selectPayoutEntries,
  selectPayouts,
  updatePayout,
} from './queries.ts';

export type PayoutState = PayoutNews['state'];

/** Money a processor sent to the business's bank. Amounts in minor units of `currency`. */
export type ListedPayout = Readonly<{
  id: string;
  gateway: string;
  reference: string;
  state: PayoutState;
  amountMinor: bigint;
  currency: string;
  arrivesOn: string;
  madeAt: string;
  failure: string;
  /** Made by hand at the processor: what it is made of is not told. */
  manual: boolean;
  /** Its movements were told; before, nothing can be said of what is in it. */
  listed: boolean;
  sums: Readonly<{
    count: number;
    /** What its movements come to, less fees: the amount, when all is told. */
    foundMinor: bigint;
    paymentsMinor: bigint;
    refundsMinor: bigint;
    disputesMinor: bigint;
    feesMinor: bigint;
    otherMinor: bigint;
    /** Movements about payments that are not ours, and payments of another amount than ours. */
    strangers: number;
    differing: number;
  }>;
}>;

export type PayoutEntry = Readonly<{
  id: string;
  kind: BalanceEntry['kind'];
  reference: string;
  paymentReference: string;
  paymentId: string | null;
  customerName: string | null;
  receiptNumber: string | null;
  ourMinor: bigint | null;
  amountMinor: bigint;
  feeMinor: bigint;
  currency: string;
  happenedAt: string;
}>;

type Page<T> = Readonly<{ rows: readonly T[]; next: string | null }>;

/** Payouts, newest first. */
export async function listPayouts(scope: Scope, { cursor, limit }: Readonly<{ cursor?: string; limit: number }>): Promise<Page<ListedPayout>> {
  await mayRead(scope);
  const texts = await selectPayouts(scope, limit, keyOf('payouts', cursor));
  const rows = texts.slice(0, limit).map((json) => fromStored<ListedPayout>(json));
  const last = rows.at(-1);
  return { rows, next: texts.length > limit && last ? writeCursor('payouts', [last.madeAt, last.id]) : null };
}

/** One payout. Refuses `not_found`. */
export async function readPayout(scope: Scope, id: string): Promise<ListedPayout> {
  await mayRead(scope);
  const json = await selectPayout(scope, id);
  if (json === null) throw new Refusal('not_found');
  return fromStored<ListedPayout>(json);
}

/** What one payout is made of, oldest first. Refuses `not_found`. */
export async function listPayoutEntries(scope: Scope, id: string, { cursor, limit }: Readonly<{ cursor?: string; limit: number }>): Promise<Page<PayoutEntry>> {
  await readPayout(scope, id);
  const texts = await selectPayoutEntries(scope, id, limit, keyOf('payout entries', cursor));
  const rows = texts.slice(0, limit).map((json) => fromStored<PayoutEntry>(json));
  const last = rows.at(-1);
  return { rows, next: texts.length > limit && last ? writeCursor('payout entries', [last.happenedAt, last.id]) : null };
}

function keyOf(list: string, cursor: string | undefined): [string, string] | null {
  const key = readCursor(list, cursor, 2);
  if (key === null) return null;
  const [at = '', id = ''] = key;
  if (!/^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-][\d:]+)$/.test(at) || !/^[\da-f-]{36}$/.test(id)) throw new Refusal('cursor_invalid');
  return [at, id];
}

/** Published: columns are only ever added at the end. */
export const payoutFileHead = ['at', 'kind', 'reference', 'payment_id', 'receipt_number', 'customer', 'currency', 'amount', 'fee', 'net'] as const;

/** Lets the file of one payout leave, and writes down that it did. For those who may export. */
export async function askPayoutFile(scope: Scope, id: string): Promise<string> {
  await mustBeAllowed(scope, 'exports:read');
  const { arrivesOn } = await readPayout(scope, id);
  const name = `payout-${arrivesOn}.csv`;
  await recordEvent(scope, { kind: 'export.downloaded', data: { exportId: null, kind: 'payout', name } });
  return name;
}

type FileRow = Readonly<Record<(typeof payoutFileHead)[number], string | bigint>>;

export function payoutFileRows<T>(
  database: Database,
  of: Readonly<{ business: string; id: string }>,
  take: (rows: AsyncIterable<readonly CsvCell[]>) => Promise<T>,
): Promise<T> {
  async function* cells(rows: AsyncIterable<FileRow>): AsyncGenerator<CsvCell[]> {
    for await (const row of rows) yield payoutFileHead.map((name) => cellOf(row, name));
  }
  return inSnapshot(database, { role: 'office', business: of.business }, (client) =>
    take(cells(cursorRows<FileRow>(client, 'payout_file', payoutFileQuery(of.business, of.id)))),
  );
}

function cellOf(row: FileRow, name: (typeof payoutFileHead)[number]): CsvCell {
  if (name === 'payment_id') return row[name] === '' ? '' : publicId('payment', String(row[name]));
  if (name === 'amount' || name === 'fee' || name === 'net') return decimalText(BigInt(row[name]), exponentOf(String(row.currency)));
  return String(row[name]);
}

/**
 * Keeps what a processor says of one payout, and its movements where they were told (null: not yet). Told twice, late or in another order it ends the
 * same; one that failed is an event. System only.
 */
export async function recordPayout(scope: Scope, gateway: string, news: PayoutNews, entries: readonly BalanceEntry[] | null): Promise<void> {
  mustBeSystem(scope);
  if (entries !== null) await recordEntries(scope, gateway, entries);
  const { before, id } = await keepPayout(scope, gateway, news);
  if (before !== null) await updatePayout(scope, id, settled(before.state, news));
  if (entries !== null) {
    await linkToPayout(
      scope,
      gateway,
      id,
      entries.map(({ reference }) => reference),
    );
    await markListed(scope, id);
  }
  const state = before === null ? news.state : settled(before.state, news).state;
  if (state === before?.state || (state !== 'failed' && state !== 'paid')) return;
  const data = { payoutId: id, amountMinor: news.amountMinor, currency: news.currency, arrivesOn: dayOf(news.arrivesUnixS), failure: news.failure };
  await recordEvent(scope, { kind: state === 'failed' ? 'payout.failed' : 'payout.paid', data });
}

const dayOf = (unixS: number): string =>
  Temporal.Instant.fromEpochMilliseconds(unixS * 1000)
    .toString()
    .slice(0, 10);
/** A payout that arrived may still come back; one that came back or was called off has ended. */
const settled = (before: PayoutState, news: PayoutNews): PayoutNews =>
  before === 'failed' || before === 'canceled' || (before === 'paid' && news.state === 'pending') ? { ...news, state: before } : news;

const [longestDays, usualDays] = [30, 14];

/** Asks the processors of one business for their payouts and what is in each. Silent ones are asked again next time. Answers how many were new or changed. */
export async function fetchPayouts(till: Till, business: string): Promise<number> {
  const days = (scope: Scope, count: number): string => scope.now.subtract({ hours: 24 * count }).toString();
  const asked = await inSystem(till, business, (scope) => selectAwaited(scope, days(scope, longestDays), days(scope, usualDays)));
  let changed = 0;
  for (const { gateway, since } of asked) {
    const card = till.cards[gateway];
    const listed = await card?.listPayouts?.({ business, sinceUnixS: Math.trunc(Temporal.Instant.from(since).epochMilliseconds / 1000) });
    if (listed?.kind !== 'listed') continue;
    const known = await inSystem(till, business, (scope) =>
      selectKnownPayouts(
        scope,
        gateway,
        listed.payouts.map(({ reference }) => reference),
      ),
    );
    for (const news of listed.payouts) {
      const before = known.find(({ reference }) => reference === news.reference);
      if (before !== undefined && (before.listed || news.manual) && before.state === news.state) continue;
      const told = news.manual ? undefined : await card?.listEntries?.({ business, sinceUnixS: 0, payout: news.reference });
      await inSystem(till, business, (scope) => recordPayout(scope, gateway, news, told?.kind === 'listed' ? told.entries : null));
      changed += 1;
    }
  }
  return changed;
}
