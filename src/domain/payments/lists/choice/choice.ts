import { publicId } from '../../../../core/ids.ts';
import { decimalText, exponentOf } from '../../../../core/money.ts';
import type { Database } from '../../../../db/pool.ts';
import type { Scope } from '../../../../db/scope.ts';
import { cursorRows, inSnapshot } from '../../../../db/streams.ts';
import type { CsvCell } from '../../../../outgoing/csv.ts';
import { recordEvent } from '../../../events/events.ts';
import { mustBeAllowed } from '../../../people/rights.ts';
import { findIds, searchWords } from '../../../search/search.ts';
import type { Method, PaymentState } from '../../payment.ts';
import { mayRead } from '../../policy.ts';
import { fileQuery, selectWithCredit } from './queries.ts';

/** Which payments somebody looks at. Amounts in minor units; days are those on which the money came, or was begun. */
export type PaymentFilter = Readonly<{
  /** `credit`: kept as credit in whole or in part, of customers who have credit left. */
  tab: 'all' | 'processing' | 'returned' | 'cleared' | 'credit';
  /** Just this state, whatever the tab. */
  state?: PaymentState;
  search?: string;
  customerId?: string;
  documentId?: string;
  method?: Method;
  minMinor?: bigint;
  maxMinor?: bigint;
  from?: string;
  to?: string;
}>;

/** `common`: words that more payments have than can be named one by one. */
export type Match = Readonly<{ ids: readonly string[]; customerIds: readonly string[]; documentIds: readonly string[]; common: readonly string[] }>;
/** A filter whose words have been looked up, and whose customers with credit are known. */
export type Choice = Omit<PaymentFilter, 'search'> & Readonly<{ match: Match | null; withCredit: readonly string[] | null }>;

const mostNamed = 1_000;

export async function choose(scope: Scope, { search, ...filter }: PaymentFilter): Promise<Choice> {
  await mayRead(scope);
  const withCredit = filter.tab === 'credit' ? await selectWithCredit(scope) : null;
  if (search === undefined || search.trim() === '') return { ...filter, withCredit, match: null };
  const { ids } = await findIds(scope, search, ['payment'], mostNamed);
  const { ids: customerIds } = await findIds(scope, search, ['customer'], mostNamed);
  const { ids: documentIds } = await findIds(scope, search, ['invoice'], mostNamed);
  return { ...filter, withCredit, match: { ids, customerIds, documentIds, common: ids.length < mostNamed ? [] : searchWords(search) } };
}

const amounts = ['amount', 'refunded', 'disputed', 'kept_as_credit'] as const;
/** Of payments by a processor that told them; `net` is what was charged less the fee; tip, card fee and saving are beside the amount. */
const perhaps = ['fee', 'net', 'tip', 'card_fee', 'saving'] as const;
/** Published: columns are only ever added at the end. */
export const paymentFileHead = [
  ...['payment_id', 'receipt_number', 'day', 'customer', 'method', 'method_label', 'state', 'reference', 'currency'],
  ...amounts,
  ...['invoices', 'note', 'recorded_by'],
  ...perhaps,
] as const;

export type PaymentFile = Readonly<{ name: string; choice: Choice }>;

/** Lets one file of a choice leave, and writes down that it did. For those who may export. */
export async function askPaymentFile(scope: Scope, filter: PaymentFilter): Promise<PaymentFile> {
  await mustBeAllowed(scope, 'exports:read');
  const choice = await choose(scope, filter);
  const name = `payments-${filter.from ?? 'begin'}-to-${filter.to ?? scope.now.toString().slice(0, 10)}.csv`;
  await recordEvent(scope, { kind: 'export.downloaded', data: { exportId: null, kind: 'payments', name } });
  return { name, choice };
}

/** Hands its rows to `take`, as they stood at one moment. They come through a cursor: memory does not grow with them. */
export function paymentFileRows<T>(
  database: Database,
  of: Readonly<{ business: string; choice: Choice }>,
  take: (rows: AsyncIterable<readonly CsvCell[]>) => Promise<T>,
): Promise<T> {
  return inSnapshot(database, { role: 'office', business: of.business }, (client) =>
    take(cells(cursorRows<FileRow>(client, 'payments_file', fileQuery(of.business, of.choice)))),
  );
}

type FileRow = Readonly<Record<(typeof paymentFileHead)[number], string | bigint | null | readonly string[]>>;
const isAmount = (name: string): boolean => [...amounts, ...perhaps].some((amount) => amount === name);

async function* cells(rows: AsyncIterable<FileRow>): AsyncGenerator<CsvCell[]> {
  for await (const row of rows) {
    yield paymentFileHead.map((name) => {
      if (name === 'payment_id') return publicId('payment', String(row[name]));
      if (row[name] === null) return null;
      if (isAmount(name)) return decimalText(BigInt(row[name] as bigint), exponentOf(String(row.currency)));
      return row[name];
    });
  }
}
