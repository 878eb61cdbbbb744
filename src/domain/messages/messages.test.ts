import { beforeAll, expect, test } from 'vitest';
import { type PortalWorld, portalWorld } from '../../../test/portal-world.ts';
import { refusalOf, testKeys } from '../../../test/small-business.ts';
import { testWeb } from '../../../test/web.ts';
import { inTransaction, type Scope } from '../../db/scope.ts';
import { listEvents } from '../events/events.ts';
import { listMails } from '../mails/mails.ts';
import { answerQuestion, askQuestion, closeThread, inbox, mailQuestion, readThread } from './messages.ts';

const web = testWeb();
let world: PortalWorld;
beforeAll(async () => {
  world = await portalWorld(web());
});

const asDana = <T>(document: string, work: (scope: Scope) => Promise<T>): Promise<T> => {
  const { id } = world.people.dana;
  const actor = { kind: 'person', id, name: 'Dana Whitlock' } as const;
  const entry = { role: 'portal', business: world.house.id, actor, customers: [world.customer], accounts: [world.customer], people: [id], document } as const;
  return inTransaction(web().database, entry, work);
};

test('a question waits for the office, its answer goes to who asked with a link of their own', async () => {
  const sent = await world.send([world.people.dana.id]);
  const asked = await asDana(sent.id, (scope) => askQuestion(scope, { documentId: sent.id, lineId: null, text: 'Why?' }));
  expect(await world.house.system((scope) => mailQuestion(scope, asked.messageId))).not.toBeNull();
  expect(await world.house.system((scope) => mailQuestion(scope, asked.messageId))).toBeNull();
  await world.house.office((scope) => answerQuestion(scope, testKeys, { threadId: asked.threadId, text: 'Because.' }));
  const { thread, messages } = await world.house.office((scope) => readThread(scope, asked.threadId));
  expect([thread.waiting_for, messages.map((message) => [message.from_office, message.body])]).toEqual([
    'customer',
    [
      [false, 'Why?'],
      [true, 'Because.'],
    ],
  ]);
  const mails = await world.house.office((scope) => listMails(scope, { documentId: sent.id, limit: 10 }));
  expect(mails.find((mail) => mail.kind === 'question_answered')?.to_address).toBe(world.people.dana.email);
  expect(mails.filter((mail) => mail.kind === 'question_for_office')).toHaveLength(1);
  const events = await world.house.office((scope) => listEvents(scope, { documentId: sent.id, kinds: ['question.asked', 'question.answered'], limit: 5 }));
  expect(events.map((event) => [event.kind, event.shown])).toEqual([
    ['question.answered', true],
    ['question.asked', true],
  ]);
});

test('a further question on the same line joins the first until it is closed', async () => {
  const sent = await world.send([world.people.dana.id]);
  const ask = (text: string) => asDana(sent.id, (scope) => askQuestion(scope, { documentId: sent.id, lineId: null, text }));
  const [first, second] = [await ask('One?'), await ask('Two?')];
  expect(second.threadId).toBe(first.threadId);
  await world.house.office((scope) => closeThread(scope, first.threadId));
  expect((await ask('Three?')).threadId).not.toBe(first.threadId);
  const waiting = await world.house.office((scope) => inbox(scope, { waiting: true, documentId: sent.id, limit: 10 }));
  expect(waiting.map((thread) => thread.last_body)).toEqual(['Three?']);
});

test('T6 nobody asks about a document or a line they may not see, and customers answer nothing', async () => {
  const [own, theirs] = [await world.send([world.people.dana.id]), await world.send([world.people.rosa.id], { customer: world.other })];
  const ask = (lineId: string | null, document: string) => asDana(own.id, (scope) => askQuestion(scope, { documentId: document, lineId, text: 'Hm?' }));
  expect((await refusalOf(ask(null, theirs.id))).code).toBe('not_found');
  expect((await refusalOf(ask('01900000-0000-7000-8000-000000000000', own.id))).code).toBe('not_found');
  expect((await refusalOf(asDana(own.id, (scope) => answerQuestion(scope, testKeys, { threadId: own.id, text: 'x' })))).code).toBe('not_allowed');
});
