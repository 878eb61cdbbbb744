import { randomBytes } from 'node:crypto';
import type { Keys } from '../../core/gateways.ts';
import { limits, textLimits } from '../../core/limits.ts';
import { readOutboundUrl } from '../../core/outbound-address.ts';
import { Refusal } from '../../core/refusal.ts';
import { clean } from '../../core/text.ts';
import { newId } from '../../db/fresh.ts';
import type { Scope } from '../../db/scope.ts';
import { type EventKind, eventKinds, recordEvent } from '../events/events.ts';
import { failWaiting, insertDeliveries } from './deliveries/queries.ts';
import { mayRead, mayWrite } from './policy.ts';
import { endEndpoint, insertEndpoint, lockEndpoints, noteListening, replaceSecret, selectEndpoint, selectEndpoints, updateEndpoint } from './queries.ts';
import { wake } from './sending.ts';
import { bothSecretsHours, type Endpoint, endpointsMost } from './webhook.ts';

export { listDeliveries, readDelivery, replayDelivery, replaySince, stoppedEndpoints, sweepDeliveries } from './log.ts';
export { type Batch, endBatch, handOnEvents, type Sent, takeBatch, wake as wakeEndpoint, wakeAll } from './sending.ts';
export type { Delivery, DeliveryState, DisabledReason, Endpoint, Try } from './webhook.ts';

/** What the host allows and the installation's keys: both come from outside. `showSecret` writes 32 bytes as a receiver takes them. */
export type WebhookSetting = Readonly<{ keys: Keys; loopback: boolean; showSecret: (bytes: Uint8Array) => string }>;
export type EndpointInput = Readonly<{ url: string; description?: string; kinds?: readonly string[] | null }>;

/** What a secret is sealed for: it opens for this endpoint of this business and nowhere else. */
export function sealedFor(business: string, endpointId: string): string {
  return `webhook:${business}:${endpointId}`;
}

export async function listWebhooks(scope: Scope): Promise<Endpoint[]> {
  await mayRead(scope);
  return selectEndpoints(scope);
}

/** Refuses `not_found`. */
export async function readWebhook(scope: Scope, id: string): Promise<Endpoint> {
  await mayRead(scope);
  return found(scope, id);
}

async function found(scope: Scope, id: string): Promise<Endpoint> {
  const endpoint = await selectEndpoint(scope, id);
  if (endpoint === undefined) throw new Refusal('not_found');
  return endpoint;
}

/**
 * Adds an address that hears what happens from now on. Its signing secret is answered here once; the database keeps it sealed. Refuses
 * `webhook_address` for one that may not be asked, and `too_many_webhooks`.
 */
export async function addWebhook(scope: Scope, setting: WebhookSetting, input: EndpointInput): Promise<{ id: string; secret: string }> {
  await mayWrite(scope);
  const checked = check(input, setting);
  await lockEndpoints(scope);
  if ((await selectEndpoints(scope)).length >= endpointsMost) throw new Refusal('too_many_webhooks');
  const id = newId();
  const { secret, sealed } = freshSecret(scope, setting, id);
  await insertEndpoint(scope, { id, ...checked, secret: sealed });
  await noteListening(scope);
  await recordEvent(scope, { kind: 'webhook.created', data: { webhookId: id, ...checked } });
  return { id, secret };
}

function freshSecret(scope: Scope, { keys, showSecret }: WebhookSetting, id: string): { secret: string; sealed: string } {
  const secret = showSecret(randomBytes(32));
  return { secret, sealed: keys.seal(secret, sealedFor(scope.business, id)) };
}

function check({ url, description = '', kinds = null }: EndpointInput, { loopback }: Pick<WebhookSetting, 'loopback'>) {
  const address = url.length <= limits.webhookUrl ? readOutboundUrl(url, { loopback }) : 'unreadable';
  if (typeof address === 'string') throw new Refusal('webhook_address', { field: 'url', why: address });
  const unknown = kinds?.find((kind) => !eventKinds.includes(kind as EventKind));
  if (unknown !== undefined) throw new Refusal('wrong_choice', { field: 'kinds', value: unknown.slice(0, 60) });
  if (kinds?.length === 0) throw new Refusal('required', { field: 'kinds' });
  return { url: address.href, description: clean(description, textLimits.title, 'description'), kinds: kinds === null ? null : [...new Set(kinds)].sort() };
}

/**
 * Changes what was given. `active: false` stops it and what waits for it; switched on again, it hears what happens from then on (`replaySince`
 * brings what it missed). Refuses `stale_version`, `not_found`.
 */
export async function changeWebhook(
  scope: Scope,
  setting: Pick<WebhookSetting, 'loopback'>,
  input: Partial<EndpointInput> & Readonly<{ id: string; version: number; active?: boolean }>,
): Promise<Endpoint> {
  await mayWrite(scope);
  const before = await found(scope, input.id);
  const wanted = check(
    { url: input.url ?? before.url, description: input.description ?? before.description, kinds: input.kinds === undefined ? before.kinds : input.kinds },
    setting,
  );
  const state = input.active === undefined ? before.state : input.active ? 'active' : 'disabled';
  if (!(await updateEndpoint(scope, input.id, input.version, { ...wanted, state }))) throw new Refusal('stale_version');
  if (state === 'disabled') await failWaiting(scope, input.id, 'switched_off');
  await noteListening(scope);
  await recordEvent(scope, { kind: 'webhook.changed', data: { webhookId: input.id, ...wanted, state } });
  return found(scope, input.id);
}

/** Removes it; nothing is sent there any more. Refuses `not_found`. */
export async function removeWebhook(scope: Scope, id: string): Promise<void> {
  await mayWrite(scope);
  const { url } = await found(scope, id);
  if (!(await endEndpoint(scope, id))) throw new Refusal('not_found');
  await failWaiting(scope, id, 'removed');
  await noteListening(scope);
  await recordEvent(scope, { kind: 'webhook.removed', data: { webhookId: id, url } });
}

/** A new secret, answered once. For a day both sign, so a receiver can change over in its own time. Refuses `not_found`. */
export async function rotateWebhookSecret(scope: Scope, setting: WebhookSetting, id: string): Promise<{ secret: string }> {
  await mayWrite(scope);
  const { secret, sealed } = freshSecret(scope, setting, id);
  if (!(await replaceSecret(scope, id, sealed, scope.now.add({ hours: bothSecretsHours }).toString()))) throw new Refusal('not_found');
  await recordEvent(scope, { kind: 'webhook.secret_rotated', data: { webhookId: id } });
  return { secret };
}

/** Sends an event that means nothing. Refuses `webhook_disabled`, `not_found`. */
export async function testWebhook(scope: Scope, id: string): Promise<{ eventId: string }> {
  await mayWrite(scope);
  const { state } = await found(scope, id);
  if (state !== 'active') throw new Refusal('webhook_disabled');
  const eventId = newId();
  await insertDeliveries(scope, id, [{ seq: 0n, id: eventId, kind: 'webhook.test' }]);
  await wake(scope, id);
  await recordEvent(scope, { kind: 'webhook.tested', data: { webhookId: id } });
  return { eventId };
}
