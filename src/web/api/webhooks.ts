import { publicId } from '../../core/ids.ts';
import { eventKinds } from '../../domain/events/events.ts';
import {
  addWebhook,
  changeWebhook,
  type Delivery,
  type Endpoint,
  listDeliveries,
  listWebhooks,
  readDelivery,
  readWebhook,
  removeWebhook,
  replayDelivery,
  replaySince,
  rotateWebhookSecret,
  testWebhook,
  type WebhookSetting,
} from '../../domain/webhooks/webhooks.ts';
import { showSecret } from '../../outgoing/webhooks/sign.ts';
import type { Deps } from '../context.ts';
import { type AnswerOf, type HandlersOf, uuidOf } from './call.ts';
import { given } from './given.ts';
import { plainOrNull } from './present.ts';
import type { webhookOperations } from './schemas/webhooks.ts';

type Operations = typeof webhookOperations;
type Shown = AnswerOf<Operations['readWebhook']>;
type ShownDelivery = AnswerOf<Operations['replayWebhookDelivery']>;

const settingOf = ({ keys, config }: Deps): WebhookSetting => ({ keys, loopback: config.webhooksToLoopback, showSecret });
const idOf = ({ params }: { params: { webhookId: string } }): string => uuidOf('webhook', params.webhookId);

export const webhookHandlers: HandlersOf<Operations> = {
  listWebhooks: async (call) => call.answer({ items: (await call.read(listWebhooks)).map(present) }),
  listEventKinds: async (call) => {
    await call.read(listWebhooks);
    return call.answer({ items: [...eventKinds] });
  },
  readWebhook: async (call) => call.answer(present(await call.read((scope) => readWebhook(scope, idOf(call))))),

  addWebhook: (call) =>
    call.act(async (scope) => {
      const { id, secret } = await addWebhook(scope, settingOf(call.deps), call.body);
      return { secret, webhook: present(await readWebhook(scope, id)) };
    }),

  changeWebhook: (call) =>
    call.act(async (scope) => present(await changeWebhook(scope, settingOf(call.deps), { ...given(call.body), id: idOf(call), version: call.version }))),

  removeWebhook: (call) =>
    call.act(async (scope) => {
      await removeWebhook(scope, idOf(call));
      return null;
    }),

  rotateWebhookSecret: (call) =>
    call.act(async (scope) => {
      const { secret } = await rotateWebhookSecret(scope, settingOf(call.deps), idOf(call));
      return { secret, webhook: present(await readWebhook(scope, idOf(call))) };
    }),

  testWebhook: (call) => call.act(async (scope) => ({ messageId: publicId('event', (await testWebhook(scope, idOf(call))).eventId) })),

  replayWebhook: (call) => call.act(async (scope) => ({ queued: await replaySince(scope, { endpointId: idOf(call), ...call.body }) })),

  listWebhookDeliveries: async (call) => {
    const { items, nextCursor } = await call.read((scope) => listDeliveries(scope, { endpointId: idOf(call), ...given(call.query) }));
    return call.answer({ items: items.map(presentDelivery), nextCursor });
  },

  readWebhookDelivery: async (call) => {
    const { made, ...delivery } = await call.read((scope) => readDelivery(scope, idOf(call), uuidOf('delivery', call.params.deliveryId)));
    const tries = made.map(({ number, at, duration_ms: durationMs, status, error, answer }) => ({ number, at, durationMs, status, error, answer }));
    return call.answer({ ...presentDelivery(delivery), made: tries });
  },

  replayWebhookDelivery: (call) =>
    call.act(async (scope) => presentDelivery(await replayDelivery(scope, idOf(call), uuidOf('delivery', call.params.deliveryId)))),
};

function present(of: Endpoint): Shown {
  const { version, url, description, kinds, state } = of;
  return {
    id: publicId('webhook', of.id),
    ...{ version, url, description, kinds, state },
    disabledReason: of.disabled_reason,
    disabledAt: of.disabled_at,
    oldSecretUntil: of.old_secret_until,
    failingSince: of.failing_since,
    lastDeliveredAt: of.last_delivered_at,
    createdBy: of.created_by_name,
    createdAt: of.created_at,
  };
}

function presentDelivery(of: Delivery): ShownDelivery {
  const { kind, state, tries } = of;
  return {
    id: publicId('delivery', of.id),
    messageId: publicId('event', of.event_id),
    eventSeq: plainOrNull(of.event_seq),
    ...{ kind, state, tries },
    nextAt: of.next_at,
    createdAt: of.created_at,
    endedAt: of.ended_at,
    lastStatus: of.last_status,
    lastError: of.last_error,
  };
}
