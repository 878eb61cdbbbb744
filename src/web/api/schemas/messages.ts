import { z } from '@hono/zod-openapi';
import { limits, textLimits } from '../../../core/limits.ts';
import { operations } from './operation.ts';
import { listOf, pageOf, pageQuery } from './page.ts';
import { currency, filledText, idOf, instant, minor, orNull, text } from './values.ts';

/** Questions from customers and the answers to them. */

const waitingFor = z.enum(['office', 'customer', 'nobody']);
export const message = z.strictObject({ id: idOf('message'), fromOffice: z.boolean(), author: z.string(), body: z.string(), at: instant }).openapi('Message');
const head = {
  id: idOf('thread'),
  customer: z.strictObject({ id: idOf('customer'), name: z.string() }),
  invoice: z.strictObject({ id: idOf('invoice'), number: z.string() }).nullable(),
  subject: z.string(),
  waitingFor,
  assignee: orNull(z.strictObject({ id: idOf('staff'), name: z.string() })).openapi({ description: 'The colleague who answers.' }),
  charge: orNull(z.strictObject({ id: idOf('question'), amountMinor: minor, currency, open: z.boolean() })).openapi({
    description: 'The charge it questions; while open, its amount is in question.',
  }),
  openedAt: instant,
  lastAt: instant,
};
export const threadRow = z
  .strictObject({
    ...head,
    lastAuthor: z.string(),
    lastFromOffice: z.boolean(),
    unread: z.boolean().openapi({ description: 'The customer wrote since you looked last.' }),
    excerpt: z.string().openapi({ description: 'The beginning of the last message.' }),
  })
  .openapi('ThreadRow');
export const thread = z.strictObject({ ...head, messages: z.array(message) }).openapi('Thread');

const threadId = z.strictObject({ threadId: idOf('thread') });
const snippetFields = { title: filledText(textLimits.title, 'On our way'), body: filledText(textLimits.question, 'We will be there tomorrow.') };
export const snippet = z.strictObject({ id: idOf('snippet'), ...snippetFields }).openapi('Snippet');
const snippetBody = z
  .strictObject(snippetFields)
  .openapi('SnippetBody', { description: '`{customer}` and `{number}` are filled in by whoever answers with it.' });
const snippetId = z.strictObject({ snippetId: idOf('snippet') });

const threadsQuery = z.strictObject({
  waitingFor: waitingFor.optional(),
  assigned: z.enum(['me', 'nobody']).optional(),
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
  reopenThread: {
    method: 'post',
    path: '/threads/{threadId}/reopen',
    tag,
    access: 'messages:write',
    summary: 'Take a closed question up again',
    params: threadId,
    status: 200,
    answer: thread,
  },
  assignThread: {
    method: 'post',
    path: '/threads/{threadId}/assign',
    tag,
    access: 'messages:write',
    summary: 'Give a question to a colleague, or to nobody',
    params: threadId,
    body: z.strictObject({ staffId: idOf('staff').nullable() }).openapi('AssignThread'),
    status: 200,
    answer: thread,
  },
  markThreadRead: {
    method: 'post',
    path: '/threads/{threadId}/read',
    tag,
    access: 'messages:read',
    summary: 'You have seen all of it so far',
    params: threadId,
    status: 204,
    answer: null,
  },
  listSnippets: {
    method: 'get',
    path: '/snippets',
    tag,
    access: 'messages:read',
    summary: 'Answers written once and used often',
    status: 200,
    answer: listOf('SnippetList', snippet),
  },
  addSnippet: { method: 'post', path: '/snippets', tag, access: 'messages:write', summary: 'Keep an answer', body: snippetBody, status: 201, answer: snippet },
  changeSnippet: {
    method: 'put',
    path: '/snippets/{snippetId}',
    tag,
    access: 'messages:write',
    summary: 'Change a kept answer',
    params: snippetId,
    body: snippetBody,
    status: 200,
    answer: snippet,
  },
  removeSnippet: {
    method: 'delete',
    path: '/snippets/{snippetId}',
    tag,
    access: 'messages:write',
    summary: 'Delete a kept answer',
    params: snippetId,
    status: 204,
    answer: null,
  },
});
