import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { signedIn } from '../../../../test/portal-till.ts';
import { type Browser, type PortalWorld, portalWorld } from '../../../../test/portal-world.ts';
import { refusalOf, testKeys } from '../../../../test/small-business.ts';
import { testWeb } from '../../../../test/web.ts';
import { readId } from '../../../core/ids.ts';
import { beginTry } from '../../../domain/mails/mails.ts';
import { keepThreadFile, startConversation } from '../../../domain/messages/conversations.ts';
import { answerQuestion, inbox, mailQuestion, readThread } from '../../../domain/messages/messages.ts';
import { letterOf } from '../../../domain/outbox/outbox.ts';
import { mailPlaces } from '../../../outgoing/mails/mail-places.ts';
import { renderMail } from '../../../outgoing/mails/render-mail.ts';

const web = testWeb();
let world: PortalWorld;
let at = '';
beforeAll(async () => {
  world = await portalWorld(web());
  at = `/${world.house.slug}/messages`;
});

const pdf = (name = 'plan.pdf', type = 'application/pdf'): File => new File(['%PDF-1.7\nplan\n%%EOF\n'], name, { type });
const textOf = async (browser: Browser, path: string): Promise<string> => (await (await browser.go(path)).text()).replaceAll('&#x27;', "'");
const valuesOf = (html: string): string[] => [...html.matchAll(/<option value="([^"]+)"/g)].map(([, value = '']) => value);
const actIn = (html: string): string => /name="act" value="([^"]+)"/.exec(html)?.[1] ?? '';
const inboxNow = () => world.house.office((scope) => inbox(scope, { waiting: true, limit: 50 }));

async function send(browser: Browser, path: string, fields: Readonly<Record<string, string>>, files: readonly File[] = []): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  for (const file of files) form.append('files', file);
  return browser.go(path, { method: 'POST', body: form, headers: { 'sec-fetch-site': 'same-origin' } });
}

/** Begins a conversation about the `place`th place the form offers; answers its address. */
async function begin(browser: Browser, place: number, fields: Readonly<Record<string, string>>, files: readonly File[] = []): Promise<string> {
  const form = await textOf(browser, `${at}/new`);
  const value = valuesOf(form)[place] ?? /name="place" value="([^"]+)"/.exec(form)?.[1] ?? '';
  const answer = await send(browser, `${at}/new`, { act: actIn(form), place: value, ...fields }, files);
  expect(answer.status).toBe(303);
  return (answer.headers.get('location') ?? '').split('?')[0] ?? '';
}
const idOf = (path: string): string => readId('thread', path.split('/').at(-1) ?? '') ?? '';

describe('messages in the portal', () => {
  test('a message about anything goes to the office with its file, is answered there with another, and the answer is unread until it was seen', async () => {
    const dana = await signedIn(world, world.people.dana.id);
    const path = await begin(dana, 0, { subject: 'Gate code', text: 'The gate code changed.' }, [pdf()]);
    expect(await textOf(dana, `${path}?sent=1`)).toContain('Your message is with us.');
    const [thread] = (await inboxNow()).filter(({ id }) => id === idOf(path));
    expect([thread?.subject, thread?.document_id, thread?.customer_id, thread?.unread]).toEqual(['Gate code', null, world.customer, true]);
    const { files } = await world.house.office((scope) => readThread(scope, idOf(path)));
    expect(files.map(({ name, mediaType }) => [name, mediaType])).toEqual([['plan.pdf', 'application/pdf']]);
    const sha256 = files[0]?.sha256 ?? '';
    await world.house.office(async (scope) => {
      const kept = await keepThreadFile(scope, idOf(path), { sha256, bytes: 20, mediaType: 'application/pdf', name: 'answer.pdf' });
      await answerQuestion(scope, testKeys, { threadId: idOf(path), text: 'Thank you, noted.', fileIds: [kept.id] });
    });
    expect(await textOf(dana, `/${world.house.slug}/home`)).toContain('<b class="num">1<span class="v"> Unread</span></b>');
    const page = await textOf(dana, path);
    for (const words of ['Thank you, noted.', 'answer.pdf', 'Mark as read']) expect(page).toContain(words);
    const [file = ''] = [...page.matchAll(/href="([^"]+\/files\/[^"]+)"/g)].map(([, href = '']) => href).slice(-1);
    const download = await dana.go(file);
    expect([download.status, download.headers.get('content-disposition')]).toEqual([200, expect.stringContaining('attachment; filename="answer.pdf"')]);
    expect((await dana.post(`${path}/seen`)).status).toBe(204);
    expect(await textOf(dana, `/${world.house.slug}/home`)).not.toContain('<b class="num">');
  });

  test('a reply needs no script, comes once however often it is sent, and waits for the office again', async () => {
    const dana = await signedIn(world, world.people.dana.id);
    const path = await begin(dana, 0, { subject: 'Parking', text: 'Where can you park?' });
    await world.house.office((scope) => answerQuestion(scope, testKeys, { threadId: idOf(path), text: 'On the street.' }));
    const form = { act: actIn(await textOf(dana, path)), text: 'Please not before nine.' };
    for (let time = 0; time < 2; time += 1) expect((await send(dana, path, form)).status).toBe(303);
    const { thread, messages } = await world.house.office((scope) => readThread(scope, idOf(path)));
    expect([thread.waiting_for, messages.map(({ body }) => body)]).toEqual(['office', ['Where can you park?', 'On the street.', 'Please not before nine.']]);
    const refused = await send(dana, path, { act: '', text: ' ' });
    expect([refused.status, (await refused.text()).includes('Please write your question first.')]).toEqual([422, true]);
  });

  test('what was asked about a document is here too, and its own page marks the answer as read', async () => {
    const sent = await world.send([world.people.dana.id]);
    const dana = await signedIn(world, world.people.dana.id);
    await dana.post(`${sent.path}/ask`, { act: actIn(await textOf(dana, `${sent.path}/ask`)), line: '', text: 'Why two visits?' });
    const [thread] = (await inboxNow()).filter(({ document_id }) => document_id === sent.id);
    await world.house.office((scope) => answerQuestion(scope, testKeys, { threadId: thread?.id ?? '', text: 'The first pump failed.' }));
    const list = await textOf(dana, at);
    expect([list.includes(`Invoice ${thread?.number}`), list.includes('The first pump failed.'), list.includes('</svg>Unread')]).toEqual([true, true, true]);
    await dana.post(`${sent.path}/seen`);
    expect(await textOf(dana, at)).not.toContain('</svg>Unread');
  });

  test('T6 a person of one property reads and writes what is about that property alone', async () => {
    const [dana, edgar, rosa] = [
      await signedIn(world, world.people.dana.id),
      await signedIn(world, world.people.edgar.id),
      await signedIn(world, world.people.rosa.id),
    ];
    const whole = await begin(dana, 0, { subject: 'Whole account', text: 'Between us.' }, [pdf()]);
    const own = await begin(edgar, 0, { subject: 'My court', text: 'The lamp is broken.' });
    const file = /href="([^"]+\/files\/[^"]+)"/.exec(await textOf(dana, whole))?.[1] ?? '';
    for (const other of [edgar, rosa]) {
      expect((await other.go(whole)).status).toBe(404);
      expect((await other.go(file)).status).toBe(404);
      expect((await send(other, whole, { act: '', text: 'Mine?' })).status).toBe(404);
      expect(await textOf(other, at)).not.toContain('Whole account');
    }
    expect([(await dana.go(own)).status, (await rosa.go(own)).status]).toEqual([200, 404]);
    const places = valuesOf(await textOf(dana, `${at}/new`));
    expect([places.length, places.filter((value) => value.startsWith('prop_')).length]).toEqual([4, 3]);
    const form = await textOf(edgar, `${at}/new`);
    const stolen = await send(edgar, `${at}/new`, { act: actIn(form), place: places[0] ?? '', subject: 'x', text: 'x' });
    expect([stolen.status, await textOf(dana, at)]).toEqual([422, expect.not.stringContaining('>x<')]);
    const nobody = world.browser();
    for (const path of [at, `${at}/new`, whole]) expect((await nobody.go(path)).headers.get('location')).toBe(`/${world.house.slug}?stay=1`);
  });

  test('F1 what is not what it says is refused whole: no message, no file', async () => {
    const rosa = await signedIn(world, world.people.rosa.id);
    const before = (await inboxNow()).length;
    const form = await textOf(rosa, `${at}/new`);
    const place = /name="place" value="([^"]+)"/.exec(form)?.[1] ?? '';
    const bad = [pdf('plan.html', 'text/html'), pdf('plan.png', 'image/png'), new File(['<svg onload=alert(1)>'], 'a.svg', { type: 'image/svg+xml' })];
    for (const file of bad) {
      const answer = await send(rosa, `${at}/new`, { act: actIn(form), place, subject: 'Photo', text: 'Look.' }, [file]);
      expect([answer.status, (await answer.text()).includes('Nothing was sent.')]).toEqual([422, true]);
    }
    const many = await send(
      rosa,
      `${at}/new`,
      { act: actIn(form), place, subject: 'Photo', text: 'Look.' },
      Array.from({ length: 6 }, () => pdf()),
    );
    expect([many.status, (await inboxNow()).length]).toEqual([422, before]);
  });

  test('the office begins a conversation with a person who may read it, and mails lead to it in their language', async () => {
    const { house, people, customer, properties } = world;
    const start = (personId: string, propertyId: string | null) =>
      house.office((scope) => startConversation(scope, testKeys, { customerId: customer, personId, propertyId, subject: 'Key', text: 'Who has the key?' }));
    for (const propertyId of [null, properties[1] ?? '']) expect((await refusalOf(start(people.edgar.id, propertyId))).code).toBe('not_found');
    expect((await refusalOf(start(people.rosa.id, null))).code).toBe('not_found');
    await house.system(({ tx }) => sql`update people set language = 'es' where business_id = ${house.id} and id = ${people.edgar.id}`.execute(tx));
    const { threadId } = await start(people.edgar.id, properties[0] ?? '');
    const mailId = await house.system(
      async ({ tx }) =>
        (await sql<{ id: string }>`select id from mails where business_id = ${house.id} and facts ->> 'threadId' = ${threadId}`.execute(tx)).rows[0]?.id ?? '',
    );
    const letter = await house.system(async (scope) => {
      const tried = await beginTry(scope, mailId);
      return tried.kind === 'send' ? letterOf(scope, { keys: testKeys, places: mailPlaces('https://bills.example.com') }, tried.mail) : null;
    });
    if (letter?.kind !== 'message_for_customer') throw new Error('a mail of its own kind');
    const mail = await renderMail(letter.kind, letter.facts, letter.locale);
    expect(mail.subject).toContain('le escribió: Key');
    expect(mail.text).toContain(`https://bills.example.com/${house.slug}/messages/thr_`);
    const edgar = await signedIn(world, people.edgar.id);
    const path = /href="([^"]*\/messages\/thr_[^"]+)"/.exec((await textOf(edgar, at)).split('>Key<')[0]?.slice(-200) ?? '')?.[1] ?? '';
    expect((await send(edgar, path, { act: '', text: 'I have it.' })).status).toBe(303);
    const { messages } = await house.office((scope) => readThread(scope, threadId));
    const toOffice = await house.system((scope) => mailQuestion(scope, messages.at(-1)?.id ?? ''));
    expect(toOffice).not.toBeNull();
  });

  test('a right to ask that ended lets nobody write, and what was written stays readable', async () => {
    const { house, people, customer, properties } = world;
    const edgar = await signedIn(world, people.edgar.id);
    const path = await begin(edgar, 0, { subject: 'Hedge', text: 'Please cut it.' });
    const mayAsk = (can: boolean) =>
      house.system(({ tx }) =>
        sql`update grants set can_ask = ${can} where business_id = ${house.id} and person_id = ${people.edgar.id} and customer_id = ${customer} and property_id = ${properties[0]}`.execute(
          tx,
        ),
      );
    await mayAsk(false);
    expect(await textOf(edgar, path)).toContain('otras personas de su cuenta la responden');
    expect((await send(edgar, path, { act: '', text: 'And the lawn.' })).status).toBe(422);
    expect((await edgar.go(`${at}/new`)).status).toBe(403);
    await mayAsk(true);
  });
});
