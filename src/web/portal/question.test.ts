import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Browser, type PortalWorld, portalWorld, type SentInvoice } from '../../../test/portal-world.ts';
import { testKeys } from '../../../test/small-business.ts';
import { testWeb } from '../../../test/web.ts';
import { publicId } from '../../core/ids.ts';
import { beginTry, listMails } from '../../domain/mails/mails.ts';
import { answerCharge } from '../../domain/messages/charges.ts';
import { mailQuestion } from '../../domain/messages/messages.ts';
import { letterOf } from '../../domain/outbox/outbox.ts';
import { listQuestions } from '../../domain/questions/questions.ts';
import { mailPlaces } from '../../outgoing/mails/mail-places.ts';
import { renderMail } from '../../outgoing/mails/render-mail.ts';

const web = testWeb();
let world: PortalWorld;
beforeAll(async () => {
  world = await portalWorld(web(), { gateway: true });
});

const actIn = (html: string): string => /name="act" value="([^"]+)"/.exec(html)?.[1] ?? '';
const opened = async (sent: SentInvoice, at = 0, headers: Record<string, string> = {}): Promise<Browser> => {
  const browser = world.browser(headers);
  await browser.open(world.house.slug, sent.tokens[at] ?? '');
  return browser;
};
const textOf = async (browser: Browser, path: string): Promise<string> => (await (await browser.go(path)).text()).replaceAll('&#x27;', "'");
const chargesOn = (html: string): string[] => [...html.matchAll(/question\?charge=(\w+)/g)].map(([, charge = '']) => charge);

async function question(browser: Browser, sent: SentInvoice, more: Readonly<Record<string, string>> = {}): Promise<Response> {
  const charge = more['charge'] ?? 'whole';
  const html = await textOf(browser, `${sent.path}/question?charge=${charge}`);
  const given = {
    act: actIn(html),
    charge,
    reason: 'not_done',
    text: 'Nobody came.',
    amount: /name="amount"[^>]*value="([^"]*)"/.exec(html)?.[1] ?? '',
    ...more,
  };
  return browser.post(`${sent.path}/question`, Object.entries(given));
}

describe('a customer questions a charge', () => {
  test('rule 23 by the link alone and without scripts: chooses a line, says why, pays the rest and takes it back', async () => {
    const sent = await world.send([world.people.dana.id], { amounts: [9_000, 11_000] });
    const browser = await opened(sent);
    const page = await textOf(browser, sent.path);
    expect(page).toContain('Question a charge');
    const chooser = await textOf(browser, `${sent.path}/question`);
    expect(chooser).toContain('Which charge on invoice');
    const [line = ''] = chargesOn(chooser);
    const form = await textOf(browser, `${sent.path}/question?charge=${line}`);
    for (const words of ['The work was not done.', 'You can pay the rest now.', 'We will not remind you about this amount', 'value="90.00"'])
      expect(form).toContain(words);
    const answer = await question(browser, sent, { charge: line });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${sent.path}#in-question`]);
    const after = await textOf(browser, sent.path);
    for (const words of [
      '$90.00 is in question',
      '$90.00 in question',
      'In question · Waiting for our answer',
      'Nobody came.',
      'You questioned $90.00',
      'Pay $110.00',
    ])
      expect(after).toContain(words);
    const pay = await textOf(browser, `${sent.path}/pay`);
    expect(pay).toContain('name="amountMinor" value="11000"');
    expect(pay).toContain('Without the $90.00 in question');
    const all = await textOf(browser, `${sent.path}/pay?all=1`);
    expect(all).toContain('name="amountMinor" value="20000"');
    expect(all).toContain('Paying it ends your question');
    const withdraw = /action="([^"]+\/withdraw)"/.exec(after)?.[1] ?? '';
    for (let press = 0; press < 2; press += 1) expect((await browser.post(withdraw, [])).status).toBe(303);
    const back = await textOf(browser, sent.path);
    expect(back).toContain('You withdrew the question');
    expect(back).toContain('Pay $200.00');
  });

  test('C10 the same form twice is one question, and a second on the same charge is told that it waits', async () => {
    const sent = await world.send([world.people.dana.id], { amounts: [9_000] });
    const browser = await opened(sent);
    const html = await textOf(browser, `${sent.path}/question`);
    const fields = Object.entries({ act: actIn(html), charge: 'whole', reason: 'quality', text: '', amount: '40.00' });
    expect([(await browser.post(`${sent.path}/question`, fields)).status, (await browser.post(`${sent.path}/question`, fields)).status]).toEqual([303, 303]);
    const again = await browser.post(`${sent.path}/question`, [['act', ''], ...fields.slice(1)]);
    expect(again.status).toBe(422);
    expect(await again.text()).toContain('This charge is in question already');
    expect(await world.house.office((scope) => listQuestions(scope, { documentId: sent.id, limit: 9 }))).toHaveLength(1);
  });

  test.each([
    [{ amount: '90.01' }, 'That is more than can be in question here'],
    [{ amount: 'lots' }, 'Please write an amount'],
    [{ reason: 'other', text: '' }, 'Please write your question first'],
    [{ reason: '' }, 'not one of the choices'],
  ])('a form with %j comes back with what was written', async (wrong, words) => {
    const sent = await world.send([world.people.dana.id], { amounts: [9_000] });
    const browser = await opened(sent);
    const answer = await question(browser, sent, { text: 'Kept words', ...wrong });
    expect(answer.status).toBe(422);
    const html = await answer.text();
    expect(html).toContain(words);
    if (!('text' in wrong)) expect(html).toContain('Kept words');
  });

  test('rule 29 a person of one property sees and questions their part alone', async () => {
    const sent = await world.send([world.people.dana.id, world.people.edgar.id], { amounts: [9_000, 11_000], spread: true });
    const edgar = await opened(sent, 1);
    const html = await textOf(edgar, `${sent.path}/question`);
    expect(html).not.toContain('$200.00');
    expect((await question(edgar, sent, { amount: '50.00' })).status).toBe(303);
    expect(await textOf(edgar, sent.path)).toContain('$50.00');
    expect(await world.house.office((scope) => listQuestions(scope, { documentId: sent.id, limit: 9 }))).toMatchObject([{ amountMinor: 5_000n }]);
  });

  test('T4 needs the right to ask, a link of this invoice, and no other customer', async () => {
    const [own, theirs] = [await world.send([world.people.dana.id]), await world.send([world.people.rosa.id], { customer: world.other })];
    const browser = await opened(own);
    const form = Object.entries({ act: '', charge: 'whole', reason: 'quality', text: '', amount: '1.00' });
    expect((await browser.post(`${theirs.path}/question`, form)).status).not.toBe(303);
    expect((await browser.go(`${theirs.path}/question`)).status).not.toBe(200);
    expect((await question(browser, own)).status).toBe(303);
    const [asked] = await world.house.office((scope) => listQuestions(scope, { documentId: own.id, limit: 1 }));
    const rosa = await opened(theirs);
    const withdraw = `/question/${publicId('question', asked?.id ?? '')}/withdraw`;
    for (const path of [own.path, theirs.path]) expect((await rosa.post(path + withdraw, [])).status).not.toBe(303);
    await world.house.office(({ tx }) =>
      sql`update grants set can_ask = false where business_id = ${world.house.id} and person_id = ${world.people.rosa.id}`.execute(tx),
    );
    expect((await rosa.go(`${theirs.path}/question`)).status).toBe(403);
    expect(await textOf(rosa, theirs.path)).not.toContain('Question a charge');
    expect((await rosa.post(`${theirs.path}/question`, form)).status).toBe(403);
  });
});

test.each(['en', 'es', 'fr'] as const)('the office is told, and the answer comes by mail in %s with the days of rest', async (language) => {
  const sent = await world.send([world.people.dana.id], { amounts: [9_000, 11_000] });
  await world.house.office(({ tx }) =>
    sql`update people set language = ${language} where business_id = ${world.house.id} and id = ${world.people.dana.id}`.execute(tx),
  );
  const browser = await opened(sent, 0, { 'accept-language': language });
  expect((await question(browser, sent, { amount: language === 'fr' ? '90,00' : '90.00' })).status).toBe(303);
  const [asked] = await world.house.office((scope) => listQuestions(scope, { documentId: sent.id, limit: 1 }));
  const { rows } = await world.house.system(({ tx }) => sql<{ id: string }>`select id from messages where thread_id = ${asked?.threadId ?? ''}`.execute(tx));
  await world.house.system((scope) => mailQuestion(scope, rows[0]?.id ?? ''));
  await world.house.office((scope) => answerCharge(scope, testKeys, { id: asked?.id ?? '', kind: 'explanation', text: 'It was done on Tuesday.' }));
  const drawn = new Map<string, string>();
  for (const { id, kind } of await world.house.office((scope) => listMails(scope, { documentId: sent.id, limit: 20 }))) {
    if (!kind.startsWith('question')) continue;
    const begun = await world.house.system((scope) => beginTry(scope, id));
    if (begun.kind !== 'send') throw new Error('a mail of a question waits to be sent');
    const { mail } = begun;
    const letter = await world.house.system((scope) => letterOf(scope, { keys: testKeys, places: mailPlaces('https://pay.example.com') }, mail));
    const made = await renderMail(letter.kind, letter.facts as never, letter.locale);
    drawn.set(mail.kind, `${made.subject}\n${made.text}`);
  }
  expect(drawn.get('question_for_office')).toMatch(/questions \$90\.00/);
  expect(drawn.get('question_answered')).toContain('It was done on Tuesday.');
  expect(drawn.get('question_answered')).toContain({ en: 'You questioned $90.00', es: 'Usted cuestionó $90.00', fr: 'Vous avez contesté 90,00' }[language]);
  expect(drawn.get('question_answered')).toContain({ en: 'will not remind you before', es: 'recordatorios antes del', fr: 'aucun rappel avant le' }[language]);
});
