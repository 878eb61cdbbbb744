import { z } from '@hono/zod-openapi';
import { operations } from './operation.ts';
import { pageOf, pageQuery } from './page.ts';
import { idOf, instant, queryInteger } from './values.ts';

/** The one feed: every state change, in order, gapless per business. */

export const event = z
  .strictObject({
    id: idOf('event'),
    seq: z.int().min(1).openapi({ description: 'Gapless; also the id of the live stream.' }),
    at: instant,
    kind: z.string().openapi({ description: 'Noun and what happened.', example: 'invoice.issued' }),
    actor: z.strictObject({ kind: z.enum(['staff', 'person', 'key', 'system']), name: z.string() }),
    customerId: idOf('customer').nullable(),
    customerName: z.string().nullable(),
    invoiceId: idOf('invoice').nullable(),
    invoiceNumber: z.string().nullable(),
    estimateId: idOf('estimate').nullable(),
    estimateNumber: z.string().nullable(),
    propertyId: idOf('property').nullable(),
    shown: z.boolean().openapi({ description: 'The customer sees it too.' }),
    data: z.record(z.string(), z.unknown()),
  })
  .openapi('Event');
export type Event = z.infer<typeof event>;
export const eventPage = pageOf('EventPage', event);

const tag = 'Events';
const eventsQuery = z.strictObject({
  order: z.enum(['newest', 'oldest']).optional(),
  after: queryInteger(0, Number.MAX_SAFE_INTEGER).optional().openapi({ description: 'Only events with a larger seq.' }),
  ...pageQuery,
});
const streamQuery = z.strictObject({
  business: idOf('business').optional().openapi({ description: 'Listen to another of my businesses.' }),
  after: queryInteger(0, Number.MAX_SAFE_INTEGER).optional().openapi({ description: 'Where to begin when there is no Last-Event-ID; absent: from now.' }),
});
export const eventOperations = operations({
  listEvents: {
    method: 'get',
    path: '/events',
    tag,
    access: 'events:read',
    summary: 'Events of the business',
    query: eventsQuery,
    status: 200,
    answer: eventPage,
  },
  streamEvents: {
    method: 'get',
    path: '/events/stream',
    tag,
    access: 'events:read',
    summary: 'Events as they happen',
    description:
      'Server-sent events: `id` is the seq, `data` an Event as JSON. Send Last-Event-ID to miss nothing after a cut. A comment line comes while it is quiet.',
    query: streamQuery,
    status: 200,
    answer: { contentType: 'text/event-stream', description: 'One Event per message.' },
  },
});
