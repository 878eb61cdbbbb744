import type { GatewayEvent, Keys, NoticeDoor } from '../../../core/gateways.ts';
import { isUuid } from '../../../core/ids.ts';
import { crashPoint } from '../../../db/crash-point.ts';
import { enqueueMany } from '../../../db/queue.ts';
import type { Scope } from '../../../db/scope.ts';
import { recordEvent } from '../../events/events.ts';
import { settleDispute } from '../disputes/disputes.ts';
import { mustBeSystem } from '../policy.ts';
import { type PaymentRow, selectPayment, selectPaymentByGateway } from '../queries.ts';
import { settleRefundNews } from '../refunds/send.ts';
import { settleAttempt } from '../settle.ts';
import { insertNotices, markHandled, type NoticeKey, selectNotice, selectStuck } from './queries.ts';

type Told = Readonly<{ event: GatewayEvent; door: Door }>;

/**
 * Keeps notices whose signature held, each with the task that works it through, in one transaction: only then may they be acknowledged. Answers which
 * were new; the same notice again is kept once. System only; the business is the one whose secret signed them.
 */
export async function storeNotices(scope: Scope, gateway: string, told: readonly Told[]): Promise<ReadonlySet<string>> {
  mustBeSystem(scope);
  crashPoint('notice.before-storing');
  const added = await insertNotices(
    scope,
    gateway,
    told.map(({ event, door }) => ({ eventId: event.id, kind: event.type, body: frozen({ event, door: { account: door.account, live: door.live } }) })),
  );
  await enqueueMany(
    scope,
    'settle-payment',
    added.map((eventId) => ({ gateway, eventId })),
    -5,
  );
  crashPoint('notice.stored');
  return new Set(added);
}

/** Amounts travel as text, so that none becomes a float on the way. */
const frozen = (value: unknown): string => JSON.stringify(value, (_key, field: unknown) => (typeof field === 'bigint' ? { minor: field.toString() } : field));

/** Whose door it came in by, and whether real money does. */
type Door = Pick<NoticeDoor, 'account' | 'live'>;

function thawed(text: string): { event: GatewayEvent; door?: Door } {
  const isAmount = (field: unknown): field is { minor: string } => typeof field === 'object' && field !== null && 'minor' in field;
  return JSON.parse(text, (_key, field: unknown) => (isAmount(field) ? BigInt(field.minor) : field)) as { event: GatewayEvent; door?: Door };
}

/** What became of a notice: kept with it for whoever looks. */
export type NoticeEnd =
  | 'settled'
  | 'known'
  | 'no_change'
  | 'ignored'
  | 'quarantined: account'
  | 'quarantined: mode'
  | 'quarantined: attempt'
  | 'quarantined: refund'
  | 'quarantined: dispute'
  | `quarantined: ${'amount' | 'currency' | 'session'}`;

/**
 * Works through one stored notice. What does not fit our own row in account, mode, attempt, amount and currency is kept aside, changes
 * nothing, and is told to the office (P9). Done once however often it runs. System only.
 */
export async function workNotice(scope: Scope, keys: Keys, key: NoticeKey): Promise<NoticeEnd | Look> {
  mustBeSystem(scope);
  crashPoint('notice.before-working');
  const stored = await selectNotice(scope, key);
  if (stored === undefined || stored.handled_at !== null) return 'known';
  const { event, door = { account: scope.business, live: false } } = thawed(stored.body);
  const outcome = await judge(scope, keys, key.gateway, event, door);
  if (typeof outcome !== 'string') return outcome;
  await markHandled(scope, key, outcome);
  if (outcome.startsWith('quarantined') && !toldBySettling.has(outcome)) {
    await recordEvent(scope, { kind: 'payment.quarantined', data: { gateway: key.gateway, eventId: event.id, type: event.type, why: outcome.slice(13) } });
  }
  crashPoint('notice.worked');
  return outcome;
}

/** A mismatch with a known attempt is told on its own timeline. */
const toldBySettling: ReadonlySet<string> = new Set(['quarantined: amount', 'quarantined: currency', 'quarantined: session']);
/** The notice says only that something changed: this attempt's truth is to be fetched, outside the transaction. */
export type Look = Readonly<{ look: string }>;

async function judge(scope: Scope, keys: Keys, gateway: string, event: GatewayEvent, door: Door): Promise<NoticeEnd | Look> {
  if (event.account !== null && event.account !== door.account) return 'quarantined: account';
  if ((event.business ?? scope.business) !== scope.business) return 'quarantined: account';
  if (event.liveMode !== door.live) return 'quarantined: mode';
  const { outcome, refund = null, dispute = null } = event;
  if (outcome === null && refund === null && dispute === null && event.look !== true) return 'ignored';
  const payment = await paymentOf(scope, gateway, event);
  if (payment === undefined) return event.attempt === null ? 'ignored' : 'quarantined: attempt';
  if (refund !== null) return endOf(await settleRefundNews(scope, keys, gateway, payment, refund), 'refund');
  if (dispute !== null) return endOf(await settleDispute(scope, gateway, payment, dispute), 'dispute');
  if (outcome === null) return { look: payment.id };
  const settled = await settleAttempt(scope, keys, payment.id, outcome);
  if (settled.kind === 'mismatch') return `quarantined: ${settled.why}`;
  if (settled.kind === 'foreign') return 'quarantined: attempt';
  return settled.kind === 'changed' ? 'settled' : 'no_change';
}

/** The row it is about: by our own id, else by the processor's of the payment. */
async function paymentOf(scope: Scope, gateway: string, event: GatewayEvent): Promise<PaymentRow | undefined> {
  if (event.attempt === null) return event.payment == null ? undefined : selectPaymentByGateway(scope, gateway, event.payment);
  const payment = isUuid(event.attempt) ? await selectPayment(scope, event.attempt) : undefined;
  return payment?.gateway === gateway ? payment : undefined;
}

const endOf = (became: 'settled' | 'no_change' | 'mismatch', what: 'refund' | 'dispute'): NoticeEnd =>
  became === 'mismatch' ? `quarantined: ${what}` : became;

/** The truth of a noticed attempt was fetched: the notice is done. System only. */
export async function endLook(scope: Scope, key: NoticeKey, changed: boolean): Promise<void> {
  mustBeSystem(scope);
  await markHandled(scope, key, changed ? 'settled' : 'no_change');
}

/** What has been stuck for longer than it may: payments nobody knows the truth of for 15 minutes, notices that have waited for 5. */
export function countStuck(scope: Scope): Promise<{ unknown: number; notices: number }> {
  return selectStuck(scope, scope.now.subtract({ minutes: 15 }).toString(), scope.now.subtract({ minutes: 5 }).toString());
}
