import { z } from '@hono/zod-openapi';
import { limits, textLimits } from '../../../core/limits.ts';
import { operations } from './operation.ts';
import { pageOf, pageQuery } from './page.ts';
import { filledText, idOf, instant, text } from './values.ts';

/** Questions from customers and the answers to them. */

const waitingFor = z.enum(['office', 'customer', 'nobody']);
export const message = z.strictObject({ id: idOf('message'), fromOffice: z.boolean(), author: z.string(), body: z.string(), at: instant }).openapi('Message');
const head = {
  id: idOf('thread'),
  customer: z.strictObject({ id: idOf('customer'), name: z.string() }),
  invoice: z.strictObject({ id: idOf('invoice'), number: z.string() }).nullable(),
  subject: z.string(),
  waitingFor,
  openedAt: instant,
  lastAt: instant,
};
export const threadRow = z
  .strictObject({
    ...head,
    lastAuthor: z.string(),
    lastFromOffice: z.boolean(),
    excerpt: z.string().openapi({ description: 'The beginning of the last message.' }),
  })
  .openapi('ThreadRow');
export const thread = z.strictObject({ ...head, messages: z.array(message) }).openapi('Thread');

const threadId = z.strictObject({ threadId: idOf('thread') });
const threadsQuery = z.strictObject({
  waitingFor: waitingFor.optional(),
  customerId: idOf('customer').optional(),
  invoiceId: idOf('invoice').optional(),
  q: text(limits.searchQuery).optional(),
  ...pageQuery,
});
const tag = 'Messages';
export const messageOperations = operations({
  listThreads: {
    method: 'get',
    path: '/threads',
    tag,
    access: 'messages:read',
    summary: 'Questions, the latest first',
    query: threadsQuery,
    status: 200,
    answer: pageOf('ThreadPage', threadRow),
  },
  readThread: {
    method: 'get',
    path: '/threads/{threadId}',
    tag,
    access: 'messages:read',
    summary: 'One question with its answers',
    params: threadId,
    status: 200,
    answer: thread,
  },
  answerThread: {
    method: 'post',
    path: '/threads/{threadId}/messages',
    tag,
    access: 'messages:write',
    summary: 'Answer; the customer is told by mail',
    params: threadId,
    body: z.strictObject({ body: filledText(textLimits.message, 'We left the part under the sink.') }).openapi('Answer'),
    status: 201,
    answer: thread,
  },
  closeThread: {
    method: 'post',
    path: '/threads/{threadId}/close',
    tag,
    access: 'messages:write',
    summary: 'Nothing more to say',
    params: threadId,
    status: 200,
    answer: thread,
  },
});
