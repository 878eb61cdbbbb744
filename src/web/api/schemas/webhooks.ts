import { z } from '@hono/zod-openapi';
import { limits, textLimits } from '../../../core/limits.ts';
import { eventKinds } from '../../../domain/events/events.ts';
import { operations } from './operation.ts';
import { listOf, pageOf, pageQuery } from './page.ts';
import { count, idOf, instant, text, version } from './values.ts';

/** Addresses of other programs that are told what happens, and the log of what they were told. */

const eventKind = z.enum(eventKinds).openapi({ example: 'invoice.paid' });
const kinds = z.array(eventKind).min(1).max(eventKinds.length);
const url = z.string().max(limits.webhookUrl).openapi({ format: 'uri', description: 'A public https address.', example: 'https://hooks.example.com/invoices' });
const secret = z
  .string()
  .openapi({ description: 'For the receiver to check signatures with. Shown this once.', example: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD' });

export const webhook = z
  .strictObject({
    id: idOf('webhook'),
    version,
    url: z.string(),
    description: z.string(),
    kinds: z.array(z.string()).nullable().openapi({ description: 'null: every kind of event.' }),
    state: z.enum(['active', 'disabled']),
    disabledReason: z
      .enum(['by_hand', 'gone', 'failing', 'secret_lost'])
      .nullable()
      .openapi({ description: '`gone`: it answered 410. `failing`: it took nothing for five days. `secret_lost`: its secret cannot be read; make a new one.' }),
    disabledAt: instant.nullable(),
    oldSecretUntil: instant.nullable().openapi({ description: 'Until then the secret before signs too.' }),
    failingSince: instant.nullable(),
    lastDeliveredAt: instant.nullable(),
    createdBy: z.string(),
    createdAt: instant,
  })
  .openapi('Webhook');
export const webhookBody = z
  .strictObject({
    url,
    description: text(textLimits.title, 'Bookkeeping').default(''),
    kinds: kinds.nullable().default(null).openapi({ description: 'null or left out: every kind of event.' }),
  })
  .openapi('WebhookBody');
const webhookPatch = z
  .strictObject({
    url: url.optional(),
    description: text(textLimits.title).optional(),
    kinds: kinds.nullable().optional(),
    active: z.boolean().optional(),
  })
  .openapi('WebhookPatch');
export const newWebhook = z.strictObject({ secret, webhook }).openapi('NewWebhook');

const delivery = {
  id: idOf('delivery'),
  messageId: z.string().openapi({ description: 'The `webhook-id` it carries: the same for every try and replay, so a receiver can tell repeats.' }),
  eventSeq: z.int().nullable(),
  kind: z.string(),
  state: z.enum(['waiting', 'delivered', 'failed']),
  tries: count,
  nextAt: instant.nullable().openapi({ description: 'When it is tried again.' }),
  createdAt: instant,
  endedAt: instant.nullable(),
  lastStatus: z.int().nullable().openapi({ description: 'null: there was no answer.' }),
  lastError: z.string(),
};
export const webhookDelivery = z.strictObject(delivery).openapi('WebhookDelivery');
const webhookTry = z.strictObject({
  number: z.int(),
  at: instant,
  durationMs: count,
  status: z.int().nullable(),
  error: z.string(),
  answer: z.string().openapi({ description: 'The first 1,024 characters of the answer.' }),
});
export const webhookDeliveryTries = z.strictObject({ ...delivery, made: z.array(webhookTry) }).openapi('WebhookDeliveryWithTries');

const tag = 'Webhooks';
const [read, write] = ['webhooks:read', 'webhooks:write'] as const;
const webhookId = idOf('webhook');
const one = z.strictObject({ webhookId });
const oneDelivery = z.strictObject({ webhookId, deliveryId: idOf('delivery') });

export const webhookOperations = operations({
  listWebhooks: {
    method: 'get',
    path: '/webhooks',
    tag,
    access: read,
    summary: 'Webhooks of the business',
    status: 200,
    answer: listOf('WebhookList', webhook),
  },
  listEventKinds: {
    method: 'get',
    path: '/event-kinds',
    tag,
    access: read,
    summary: 'Every kind of event there is',
    status: 200,
    answer: listOf('EventKindList', z.string()),
  },
  addWebhook: {
    method: 'post',
    path: '/webhooks',
    tag,
    access: write,
    keyless: true,
    summary: 'Add a webhook; its secret is shown once',
    description: 'At most ten. It hears what happens from now on.',
    body: webhookBody,
    status: 201,
    answer: newWebhook,
  },
  readWebhook: { method: 'get', path: '/webhooks/{webhookId}', tag, access: read, summary: 'One webhook', params: one, status: 200, answer: webhook },
  changeWebhook: {
    method: 'patch',
    path: '/webhooks/{webhookId}',
    tag,
    access: write,
    summary: 'Change a webhook, or switch it off and on',
    description: 'Switched off, what waits for it is not sent. Switched on, it hears what happens from then on; replay brings what it missed.',
    params: one,
    body: webhookPatch,
    ifMatch: true,
    status: 200,
    answer: webhook,
  },
  removeWebhook: { method: 'delete', path: '/webhooks/{webhookId}', tag, access: write, summary: 'Remove a webhook', params: one, status: 204, answer: null },
  rotateWebhookSecret: {
    method: 'post',
    path: '/webhooks/{webhookId}/rotate-secret',
    tag,
    access: write,
    keyless: true,
    summary: 'A new signing secret; it is shown once',
    description: 'For 24 hours each delivery carries two signatures, one by each secret.',
    params: one,
    status: 200,
    answer: newWebhook,
  },
  testWebhook: {
    method: 'post',
    path: '/webhooks/{webhookId}/test',
    tag,
    access: write,
    summary: 'Send a test',
    description: 'A `webhook.test` that means nothing and stands in no feed.',
    params: one,
    status: 202,
    answer: z.strictObject({ messageId: z.string().openapi({ description: 'The `webhook-id` it will carry.' }) }).openapi('WebhookTest'),
  },
  replayWebhook: {
    method: 'post',
    path: '/webhooks/{webhookId}/replay',
    tag,
    access: write,
    summary: 'Send again what it missed since a moment',
    description:
      'What failed and what happened while it was off or not there yet; with `all`, what arrived too. At most thirty days back and ten thousand events.',
    params: one,
    body: z
      .strictObject({ since: z.iso.datetime({ offset: true }).openapi({ example: '2026-11-23T00:00:00Z' }), all: z.boolean().default(false) })
      .openapi('WebhookReplayBody'),
    status: 202,
    answer: z.strictObject({ queued: count }).openapi('WebhookReplay'),
  },
  listWebhookDeliveries: {
    method: 'get',
    path: '/webhooks/{webhookId}/deliveries',
    tag,
    access: read,
    summary: 'What was sent to it and what came of it',
    description: 'The newest first. Kept for thirty days.',
    params: one,
    query: z.strictObject({ state: z.enum(['waiting', 'delivered', 'failed']).optional(), ...pageQuery }),
    status: 200,
    answer: pageOf('WebhookDeliveryPage', webhookDelivery),
  },
  readWebhookDelivery: {
    method: 'get',
    path: '/webhooks/{webhookId}/deliveries/{deliveryId}',
    tag,
    access: read,
    summary: 'One delivery with each of its tries',
    params: oneDelivery,
    status: 200,
    answer: webhookDeliveryTries,
  },
  replayWebhookDelivery: {
    method: 'post',
    path: '/webhooks/{webhookId}/deliveries/{deliveryId}/replay',
    tag,
    access: write,
    summary: 'Send one delivery again',
    params: oneDelivery,
    status: 202,
    answer: webhookDelivery,
  },
});
