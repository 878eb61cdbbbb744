import { z } from '@hono/zod-openapi';
import { limits, textLimits } from '../../../core/limits.ts';
import { attachmentTypes } from './invoices.ts';
import { operations } from './operation.ts';
import { listOf, pageOf, pageQuery } from './page.ts';
import { currency, filledText, idOf, instant, minor, orNull, text } from './values.ts';

/** Questions and messages of customers, and the answers to them. */

const waitingFor = z.enum(['office', 'customer', 'nobody']);
export const messageFile = z.strictObject({ id: idOf('file'), name: z.string(), mediaType: z.string(), bytes: z.int() }).openapi('MessageFile');
export const message = z
  .strictObject({ id: idOf('message'), fromOffice: z.boolean(), author: z.string(), body: z.string(), at: instant, files: z.array(messageFile) })
  .openapi('Message');
const head = {
  id: idOf('thread'),
  customer: z.strictObject({ id: idOf('customer'), name: z.string() }),
  invoice: z.strictObject({ id: idOf('invoice'), number: z.string() }).nullable(),
  estimate: orNull(z.strictObject({ id: idOf('estimate'), number: z.string() })).openapi({ description: 'Where it is about an estimate.' }),
  property: orNull(z.strictObject({ id: idOf('property'), title: z.string() })).openapi({
    description: 'Whose people read it; null: those of the whole account.',
  }),
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
const threadFile = z.strictObject({ threadId: idOf('thread'), fileId: idOf('file') });
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
    body: z
      .strictObject({
        body: filledText(textLimits.message, 'We left the part under the sink.'),
        fileIds: z.array(idOf('file')).max(limits.filesPerMessage).optional().openapi({ description: 'Files added to this thread before.' }),
      })
      .openapi('Answer'),
    status: 201,
    answer: thread,
  },
  startThread: {
    method: 'post',
    path: '/threads',
    tag,
    access: 'messages:write',
    summary: 'Write to a person of a customer; they are told by mail',
    body: z
      .strictObject({
        customerId: idOf('customer'),
        personId: idOf('person'),
        propertyId: idOf('property').nullish().openapi({ description: 'What it is about; null or left out: the account as a whole.' }),
        subject: filledText(textLimits.title, 'Gate code'),
        body: filledText(textLimits.message, 'Please send us the new gate code.'),
      })
      .openapi('StartThread'),
    status: 201,
    answer: thread,
  },
  addThreadFile: {
    method: 'post',
    path: '/threads/{threadId}/files',
    tag,
    access: 'messages:write',
    summary: 'Add a photo or PDF for the next answer',
    params: threadId,
    query: z.strictObject({ name: filledText(textLimits.fileName, 'drain.jpg') }),
    upload: { types: attachmentTypes, maxBytes: limits.attachmentBytes },
    status: 201,
    answer: messageFile,
  },
  readThreadFile: {
    method: 'get',
    path: '/threads/{threadId}/files/{fileId}',
    tag,
    access: 'messages:read',
    summary: 'Download a file of a message',
    params: threadFile,
    status: 200,
    answer: { contentType: '*/*', description: 'The file, as a download.' },
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
