import type { GatewayEvent, Keys } from '../../../core/gateways.ts';
import { isUuid } from '../../../core/ids.ts';
import { crashPoint } from '../../../db/crash-point.ts';
import { enqueue } from '../../../db/queue.ts';
import type { Scope } from '../../../db/scope.ts';
import { recordEvent } from '../../events/events.ts';
import { mustBeSystem } from '../policy.ts';
import { selectPayment } from '../queries.ts';
import { settleAttempt } from '../settle.ts';
import { insertNotice, markHandled, type NoticeKey, selectNotice, selectStuck } from './queries.ts';

/**
 * Keeps a notice whose signature held, with the task that works it through, in one transaction: only then may it be acknowledged. The
 * same notice again is kept once. System only; the business is the one whose secret signed it.
 */
export async function storeNotice(scope: Scope, gateway: string, event: GatewayEvent, raw: string): Promise<'stored' | 'known'> {
  mustBeSystem(scope);
  crashPoint('notice.before-storing');
  const added = await insertNotice(scope, { gateway, eventId: event.id, kind: event.type, body: frozen({ event, raw }) });
  if (!added) return 'known';
  await enqueue(scope, 'settle-payment', { gateway, eventId: event.id }, { key: `${gateway}:${event.id}`, priority: -5 });
  crashPoint('notice.stored');
  return 'stored';
}

/** Amounts travel as text, so that none becomes a float on the way. */
const frozen = (value: unknown): string => JSON.stringify(value, (_key, field: unknown) => (typeof field === 'bigint' ? { minor: field.toString() } : field));

function thawed(text: string): { event: GatewayEvent } {
  const isAmount = (field: unknown): field is { minor: string } => typeof field === 'object' && field !== null && 'minor' in field;
  return JSON.parse(text, (_key, field: unknown) => (isAmount(field) ? BigInt(field.minor) : field)) as { event: GatewayEvent };
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
  | `quarantined: ${'amount' | 'currency' | 'session'}`;

/**
 * Works through one stored notice. What does not fit our own row in account, mode, attempt, amount and currency is kept aside, changes
 * nothing, and is told to the office (P9). Done once however often it runs. System only.
 */
export async function workNotice(scope: Scope, keys: Keys, key: NoticeKey): Promise<NoticeEnd> {
  mustBeSystem(scope);
  crashPoint('notice.before-working');
  const stored = await selectNotice(scope, key);
  if (stored === undefined || stored.handled_at !== null) return 'known';
  const { event } = thawed(stored.body);
  const outcome = await judge(scope, keys, key.gateway, event);
  await markHandled(scope, key, outcome);
  if (outcome.startsWith('quarantined') && !toldBySettling.has(outcome)) {
    await recordEvent(scope, { kind: 'payment.quarantined', data: { gateway: key.gateway, eventId: event.id, type: event.type, why: outcome.slice(13) } });
  }
  crashPoint('notice.worked');
  return outcome;
}

/** A mismatch with a known attempt is told on its own timeline. */
const toldBySettling: ReadonlySet<string> = new Set(['quarantined: amount', 'quarantined: currency', 'quarantined: session']);
/** Processors whose money is not real. */
const testGateways: ReadonlySet<string> = new Set(['sandbox']);

async function judge(scope: Scope, keys: Keys, gateway: string, event: GatewayEvent): Promise<NoticeEnd> {
  if (event.account !== scope.business) return 'quarantined: account';
  if (event.liveMode === testGateways.has(gateway)) return 'quarantined: mode';
  if (event.outcome === null) return 'ignored';
  const payment = event.attempt !== null && isUuid(event.attempt) ? await selectPayment(scope, event.attempt) : undefined;
  if (payment === undefined || payment.gateway !== gateway) return 'quarantined: attempt';
  const settled = await settleAttempt(scope, keys, payment.id, event.outcome);
  if (settled.kind === 'mismatch') return `quarantined: ${settled.why}`;
  if (settled.kind === 'foreign') return 'quarantined: attempt';
  return settled.kind === 'changed' ? 'settled' : 'no_change';
}

/** What has been stuck for longer than it may: payments nobody knows the truth of for 15 minutes, notices that have waited for 5. */
export function countStuck(scope: Scope): Promise<{ unknown: number; notices: number }> {
  return selectStuck(scope, scope.now.subtract({ minutes: 15 }).toString(), scope.now.subtract({ minutes: 5 }).toString());
}
