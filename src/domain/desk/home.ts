import { addDays, todayIn } from '../../core/calendar.ts';
import type { Scope } from '../../db/scope.ts';
import { readStanding } from '../businesses/businesses.ts';
import { type PaymentNeed, paymentNeeds } from '../payments/payments.ts';
import { endingKeys } from '../people/api-keys.ts';
import { may, mustBeAllowed } from '../people/rights.ts';
import { stoppedEndpoints } from '../webhooks/webhooks.ts';
import type { Need } from './desk.ts';
import {
  countNeeds,
  type DocumentNeed,
  type Figure,
  type OpenFigures,
  selectAgeing,
  selectComing,
  selectDocumentNeeds,
  selectOpen,
  selectPaid,
} from './figures/queries.ts';

const comingDays = 30;
const needsShown = 20;
const needsCounted = 1_000;
export const buckets = ['not_due', '1_30', '31_60', '61_90', 'over_90'] as const;
export type Bucket = (typeof buckets)[number];

/** One thing that waits for somebody of the office. `detail`: the question, the address that came back, the day a check is expected. */
export type NeedItem = Readonly<{
  kind: Need;
  at: string;
  customerId: string;
  customerName: string;
  documentId: string | null;
  number: string | null;
  threadId: string | null;
  paymentId: string | null;
  announcementId: string | null;
  amountMinor: bigint | null;
  detail: string;
}>;

/** The office's own machinery: a key that ends soon, a webhook that stopped. `detail`: the moment it ends, or why it stopped. */
export type Notice = Readonly<{ kind: 'key_ending' | 'webhook_stopped'; at: string; id: string; name: string; detail: string }>;

export type Home = Readonly<{
  notices: readonly Notice[];
  currency: string;
  today: string;
  needsYou: readonly NeedItem[];
  needsYouCount: number;
  open: OpenFigures;
  paidThisMonth: Readonly<{ amountMinor: bigint; payments: number; lastMonthMinor: bigint }>;
  ageing: readonly (Figure & Readonly<{ bucket: Bucket }>)[];
  coming: readonly Readonly<{ from: string; to: string; amountMinor: bigint }>[];
  paidByMonth: readonly Readonly<{ month: string; amountMinor: bigint }>[];
}>;

/** What needs somebody now and where the money stands, in minor units of the business's currency. */
export async function readHome(scope: Scope): Promise<Home> {
  await mustBeAllowed(scope, 'invoices:read');
  const { currency, timeZone } = await readStanding(scope);
  const today = todayIn(timeZone, scope.now);
  const until = addDays(today, comingDays);
  const months = monthsUntil(today, 12);
  const paid = new Map((await selectPaid(scope, `${months[0]}-01`)).map((row) => [row.month, row]));
  const monthPaid = (month: string | undefined): bigint => paid.get(month ?? '')?.amountMinor ?? 0n;
  const aged = new Map((await selectAgeing(scope, today)).map(({ bucket, ...figure }) => [bucket, figure]));
  const weeks = new Map((await selectComing(scope, today, until)).map(({ week, amountMinor }) => [week, amountMinor]));
  return {
    ...{ currency, today },
    notices: await noticesOf(scope),
    needsYou: await needsYou(scope, today),
    needsYouCount: await countNeeds(scope, today, needsCounted),
    open: await selectOpen(scope, today, until),
    paidThisMonth: { amountMinor: monthPaid(months.at(-1)), payments: paid.get(months.at(-1) ?? '')?.payments ?? 0, lastMonthMinor: monthPaid(months.at(-2)) },
    ageing: buckets.map((bucket, at) => ({ bucket, ...(aged.get(at - 1) ?? { amountMinor: 0n, invoices: 0 }) })),
    coming: [0, 1, 2, 3, 4].map((week) => ({ ...weekFrom(today, week, until), amountMinor: weeks.get(week) ?? 0n })),
    paidByMonth: months.map((month) => ({ month, amountMinor: monthPaid(month) })),
  };
}

function weekFrom(today: string, week: number, until: string): { from: string; to: string } {
  const to = addDays(today, week * 7 + 6);
  return { from: addDays(today, week * 7), to: to < until ? to : until };
}

/** The last `count` months up to the one of `day`, oldest first: '2026-11'. */
function monthsUntil(day: string, count: number): string[] {
  const month = Temporal.PlainYearMonth.from(day.slice(0, 7));
  return Array.from({ length: count }, (_, at) => month.subtract({ months: count - 1 - at }).toString());
}

async function noticesOf(scope: Scope): Promise<Notice[]> {
  const keys = (await may(scope, 'keys:write')) ? await endingKeys(scope) : [];
  const stopped = (await may(scope, 'webhooks:read')) ? await stoppedEndpoints(scope) : [];
  return [
    ...stopped.map(({ id, url, description, reason, at }) => ({ kind: 'webhook_stopped' as const, at, id, name: description || url, detail: reason })),
    ...keys.map(({ id, name, expires_at: at }) => ({ kind: 'key_ending' as const, at, id, name, detail: at })),
  ];
}

/** Money that went wrong first, then people who wait for an answer, then what can be sent or asked for. */
const order: readonly Need[] = [
  'payment_disputed',
  'refund_waiting',
  'refund_failed',
  'payment_returned',
  'payment_unknown',
  'autopay_failed',
  'mail_bounced',
  'question',
  'schedule_failed',
  'crew_ready',
  'payment_announced',
  'not_sent',
  'overdue',
];

async function needsYou(scope: Scope, today: string): Promise<NeedItem[]> {
  const payments = (await may(scope, 'payments:read')) ? await paymentNeeds(scope, needsShown) : [];
  const items = [...payments.map(ofPayment), ...(await selectDocumentNeeds(scope, today, needsShown)).map(ofDocument)];
  return items.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind)).slice(0, needsShown);
}

function ofPayment(need: PaymentNeed): NeedItem {
  const { kind, at, customerId, customerName, documentId, number, paymentId, announcementId, amountMinor } = need;
  return {
    ...{ kind, at, customerId, customerName, documentId, number, paymentId, announcementId, amountMinor },
    threadId: null,
    detail: need.expectedOn ?? need.failure,
  };
}

function ofDocument(need: DocumentNeed): NeedItem {
  return { ...need, paymentId: null, announcementId: null };
}
