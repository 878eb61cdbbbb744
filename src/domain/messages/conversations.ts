import type { Keys } from '../../core/gateways.ts';
import { textLimits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import { clean, cleanLines, cut } from '../../core/text.ts';
import { newId } from '../../db/fresh.ts';
import { enqueue } from '../../db/queue.ts';
import type { Scope } from '../../db/scope.ts';
import { mustNotBeClosing } from '../businesses/closing.ts';
import { recordEvent } from '../events/events.ts';
import { mustBeAllowed } from '../people/rights.ts';
import { keepFiles } from './files/files.ts';
import { insertFile, type KeptFile, type MessageFile, selectThreadFiles } from './files/queries.ts';
import { mailAnswer, readThreadRow } from './messages.ts';
import { mayWriteAbout, type OwnThread, selectOwnThread, selectWritable, upsertOwnRead } from './portal/queries.ts';
import { insertMessage, insertThread, turnThread } from './queries.ts';

export type { KeptFile };

/** What a customer writes about: a property, or with null the account as a whole. */
export type Place = Readonly<{ customerId: string; propertyId: string | null }>;
export type NewConversation = Readonly<Place & { subject: string; text: string; files: readonly KeptFile[] }>;

/**
 * A customer begins a conversation that is about no document. It is read by whoever sees the place it is about: a property's by the people of
 * that property and of the whole account, the account's by the latter alone. Refuses `not_allowed`, `required`, `message_empty`, `too_many_files`.
 */
export async function beginConversation(scope: Scope, input: NewConversation): Promise<{ threadId: string }> {
  if (scope.role !== 'portal') throw new Refusal('not_allowed');
  await mustNotBeClosing(scope);
  const { customerId, propertyId } = input;
  if (!(await mayWriteAbout(scope, customerId, propertyId))) throw new Refusal('not_allowed', { field: 'place' });
  const subject = clean(input.subject, textLimits.title, 'subject');
  if (subject === '') throw new Refusal('required', { field: 'subject' });
  const thread: OwnThread = { id: newId(), documentId: null, customerId, propertyId, number: null, subject };
  const body = mustSaySomething(input.text);
  await insertThread(scope, { ...thread, lineId: null });
  await writeInto(scope, thread, body, input.files);
  return { threadId: thread.id };
}

/** A customer writes on in a thread they see. It waits for the office again. Refuses `not_found`, `not_allowed`, `message_empty`, `too_many_files`. */
export async function replyInThread(scope: Scope, input: Readonly<{ threadId: string; text: string; files: readonly KeptFile[] }>): Promise<void> {
  if (scope.role !== 'portal') throw new Refusal('not_allowed');
  await mustNotBeClosing(scope);
  const thread = await selectOwnThread(scope, input.threadId);
  if (thread === undefined) throw new Refusal('not_found');
  if (!(await mayWriteAbout(scope, thread.customerId, thread.propertyId))) throw new Refusal('not_allowed');
  const body = mustSaySomething(input.text);
  await turnThread(scope, thread.id, 'office');
  await writeInto(scope, thread, body, input.files);
}

function mustSaySomething(text: string): string {
  const body = cleanLines(text, textLimits.question, 'text');
  if (body === '') throw new Refusal('message_empty', { field: 'text' });
  return body;
}

async function writeInto(scope: Scope, thread: OwnThread, body: string, files: readonly KeptFile[]): Promise<void> {
  const { id: threadId, documentId, customerId, propertyId, number, subject } = thread;
  const [messageId, where] = [newId(), { documentId, customerId, propertyId }];
  await insertMessage(scope, { id: messageId, threadId, ...where, fromOffice: false, body });
  await keepFiles(scope, { messageId, ...where }, files);
  await upsertOwnRead(scope, threadId);
  await enqueue(scope, 'mail-question', { messageId }, { key: messageId });
  const data = { threadId, messageId, number, line: subject, text: cut(body, 200), files: files.length };
  await recordEvent(scope, { kind: documentId === null ? 'message.received' : 'question.asked', ...where, shown: true, data });
}

/** Whoever is signed in has read all of it so far. Nothing is said of a thread they do not see. */
export async function readOwnThread(scope: Scope, threadId: string): Promise<void> {
  if (scope.role !== 'portal') throw new Refusal('not_allowed');
  if ((await selectOwnThread(scope, threadId)) !== undefined) await upsertOwnRead(scope, threadId);
}

export type OfficeConversation = Readonly<Place & { personId: string; subject: string; text: string }>;

/**
 * The office begins a conversation with one person of a customer, who is told by mail. Refuses `required`, `message_empty`, and `not_found`
 * for a person who may not read what is about this place.
 */
export async function startConversation(scope: Scope, keys: Keys, input: OfficeConversation): Promise<{ threadId: string }> {
  await mustBeAllowed(scope, 'messages:write');
  const subject = clean(input.subject, textLimits.title, 'subject');
  if (subject === '') throw new Refusal('required', { field: 'subject' });
  const body = mustSaySomething(input.text);
  const { customerId, propertyId, personId } = input;
  if (!(await selectWritable(scope, input))) throw new Refusal('not_found', { field: 'personId' });
  const [threadId, messageId] = [newId(), newId()];
  const where = { documentId: null, customerId, propertyId };
  await insertThread(scope, { id: threadId, ...where, lineId: null, subject, personId });
  await insertMessage(scope, { id: messageId, threadId, ...where, fromOffice: true, body });
  await mailAnswer(scope, keys, messageId, { threadId });
  await recordEvent(scope, { kind: 'message.sent', ...where, shown: true, data: { threadId, messageId, number: null, line: subject, text: cut(body, 200) } });
  return { threadId };
}

/** Keeps a file for the office's next answer: nobody of the customer sees it before. Refuses `not_found`. */
export async function keepThreadFile(scope: Scope, threadId: string, file: KeptFile): Promise<Omit<MessageFile, 'messageId'>> {
  await mustBeAllowed(scope, 'messages:write');
  const thread = await readThreadRow(scope, threadId);
  const place = { messageId: null, documentId: thread.document_id, customerId: thread.customer_id, propertyId: thread.property_id };
  const name = clean(cut(file.name, textLimits.fileName), textLimits.fileName, 'name');
  if (name === '') throw new Refusal('required', { field: 'name' });
  return { ...file, name, id: await insertFile(scope, place, { ...file, name }) };
}

/** A file of a thread. Refuses `not_found`. */
export async function readThreadFile(scope: Scope, threadId: string, fileId: string): Promise<MessageFile> {
  await mustBeAllowed(scope, 'messages:read');
  const found = (await selectThreadFiles(scope, threadId)).find(({ id }) => id === fileId);
  if (found === undefined) throw new Refusal('not_found');
  return found;
}
