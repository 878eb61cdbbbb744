import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { simpleParser } from 'mailparser';
import type { Browser } from 'playwright-core';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clean, cleanLines } from '../../src/core/text.ts';
import { setLogLevel } from '../../src/log.ts';
import { smtpGateway } from '../../src/outside/mail/smtp.ts';
import { done, type Json } from '../api-client.ts';
import { openBrowser } from '../e2e/browser.ts';
import { hostileTexts } from '../hostile-texts.ts';
import { formOf, knock } from '../many-callers.ts';
import { paperText } from '../paper-text.ts';
import { openPostRoom, type PostRoom } from '../post-room.ts';
import { actIn } from '../shop.ts';
import { testKeys } from '../small-business.ts';
import { testWeb } from '../web.ts';
import { aLine, type House, inner, makeHouse } from '../world.ts';

setLogLevel('error');
const web = testWeb();
let house: House;
let room: PostRoom;
let browser: Browser;
type Received = { to: string[]; source: Buffer };
const received: Received[] = [];
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  onData: (stream, session, over) =>
    void buffer(stream).then((source) => {
      received.push({ to: session.envelope.rcptTo.map(({ address }) => address), source });
      over();
    }),
});

type Told = Readonly<{ id: string; texts: readonly string[]; link: string }>;
const told: Told[] = [];
const perInvoice = 20;

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const gateway = smtpGateway(`smtp://127.0.0.1:${(server.server.address() as { port: number }).port}`);
  house = await makeHouse(web());
  room = await openPostRoom(web(), { mail: gateway });
  browser = await openBrowser();
  for (let at = 0; at < hostileTexts.length; at += perInvoice) told.push(await tell(hostileTexts.slice(at, at + perInvoice)));
  await room.drain();
}, 300_000);
afterAll(async () => {
  await browser.close();
  await room.close();
  server.close();
});

/** One customer, person, property and invoice whose every field says something of these texts. */
async function tell(texts: readonly string[]): Promise<Told> {
  const { owner } = house;
  const short = (at: number, max: number): string => [...(texts[at % texts.length] ?? '')].slice(0, max).join('');
  const contact = { name: short(0, 120), email: `c${told.length}@example.com`, phone: '(512) 555-0111' };
  const customer = await done(web(), owner, 'addCustomer', {
    body: { kind: 'commercial', name: short(1, 120), company: short(2, 120), contact, notes: texts.join('\n') },
  });
  const at = { params: { customerId: customer.id } };
  const address = { street: short(3, 120), unit: '', city: short(4, 120), region: '', postalCode: short(5, 20), country: '' };
  const property = await done(web(), owner, 'addProperty', { ...at, body: { code: short(6, 40), name: short(7, 120), address } });
  const [person] = (await done(web(), owner, 'listPeople', at)).items;
  const lines = texts.map((text) =>
    aLine({ name: [...text].slice(0, 120).join(''), description: text, unit: [...text].slice(0, 20).join(''), propertyId: property.id }),
  );
  const paper = { message: texts.join('\n'), terms: texts.join('\n'), internalNote: texts.join('\n'), poNumber: short(8, 60), workOrderNumber: short(9, 60) };
  const { id } = await done(web(), owner, 'createDraft', { body: { customerId: customer.id, lines, ...paper } });
  await done(web(), owner, 'sendInvoice', { params: { invoiceId: id }, body: { personIds: [person.id], note: short(10, 1000) } });
  const [link] = (await done(web(), owner, 'listLinks', { params: { invoiceId: id } })).items;
  return { id, texts, link: testKeys.linkToken(house.business.id, inner('link', link.id)) };
}

const pathOf = (of: Told): string => `/${house.business.slug}/d/${of.id}`;
const cookieOf = (of: Told): string => `link=${of.link}`;
const page = async (of: Told, path = ''): Promise<string> => (await knock(web(), pathOf(of) + path, { headers: { cookie: cookieOf(of) } })).text();

/** Draws HTML in Chromium without any content policy, touches everything on it, and answers what a reader sees. */
async function drawn(html: string): Promise<string> {
  const context = await browser.newContext();
  const tab = await context.newPage();
  let dialogs = 0;
  tab.on('dialog', (dialog) => {
    dialogs += 1;
    void dialog.dismiss();
  });
  const asked: string[] = [];
  await tab.route('**/*', (route) => {
    asked.push(route.request().url());
    return route.abort();
  });
  await tab.setContent(html, { waitUntil: 'domcontentloaded' });
  await tab.evaluate(() => {
    for (const each of document.querySelectorAll<HTMLElement>('body *')) {
      for (const event of ['mouseover', 'focus', 'click', 'toggle', 'error']) each.dispatchEvent(new Event(event));
    }
  });
  await tab.waitForTimeout(50);
  const state = await tab.evaluate(() => ({
    pwned: '__pwned' in globalThis || 'polluted' in {},
    handlers: [...document.querySelectorAll('*')].filter((each) => each.getAttributeNames().some((name) => name.startsWith('on'))).length,
    leads: [...document.querySelectorAll('a[href],form[action]')]
      .map((each) => each.getAttribute('href') ?? each.getAttribute('action') ?? '')
      .filter((url) => /^\s*(javascript|data|vbscript):/i.test(url)),
    text: document.body.innerText,
  }));
  await context.close();
  expect([dialogs, state.pwned, state.handlers, state.leads, asked.filter((url) => url.includes('evil'))]).toEqual([0, false, 0, [], []]);
  return state.text;
}

/** Blanks fall differently in a page than in a text; all else must be there letter by letter. */
const bare = (text: string): string => text.replace(/[\s\u00a0\u200b]+/g, '');
/** Long words are broken with a hyphen on paper. */
const unhyphenated = (text: string): string => text.replaceAll('-', '').replaceAll('\u00ad', '');
const shows = (text: string, said: string): boolean => bare(text).includes(bare(said));

describe('I1 I5 I9 200 texts nobody means well with', { timeout: 300_000 }, () => {
  test('are 200, and are told in every text field', () => {
    expect([hostileTexts.length, told.length]).toEqual([200, 10]);
  });

  test('run nothing on the customer’s page and are printed there letter by letter', async () => {
    for (const of of told) {
      const text = await drawn(await page(of));
      for (const said of of.texts) expect([said, shows(text, cleanLines(said, 4_000))]).toEqual([said, true]);
      for (const path of ['/pay', '/ask', '/announce', '/people']) await drawn(await page(of, path));
    }
  });

  test('run nothing in a mail, which goes to exactly one address and has one subject', async () => {
    const mails = received.filter(({ to }) => to.some((address) => /^c\d+@/.test(address)));
    expect(mails).toHaveLength(told.length);
    for (const { to, source } of received) {
      expect(to).toHaveLength(1);
      const mail = await simpleParser(source);
      expect([mail.cc, mail.bcc, mail.headers.get('x-evil'), [mail.to].flat().flatMap((each) => each?.value ?? []).length]).toEqual([
        undefined,
        undefined,
        undefined,
        1,
      ]);
      const head = source.toString('latin1').split('\r\n\r\n')[0] ?? '';
      for (const name of ['Subject', 'To', 'From', 'Reply-To', 'Message-ID'])
        expect([name, [...head.matchAll(new RegExp(`^${name}:`, 'gim'))].length <= 1]).toEqual([name, true]);
      expect(head).not.toMatch(/\0/);
      await drawn(mail.html || '');
    }
  });

  test('come back from the API as they were told, cleaned, and nothing else changed by it', async () => {
    for (const of of told) {
      const shown = await done(web(), house.key, 'readInvoice', { params: { invoiceId: of.id } });
      expect(shown.paper.lines.map((line: Json) => line.description)).toEqual(of.texts.map((said) => cleanLines(said, 2_000)));
      expect(shown.paper.lines.map((line: Json) => line.name)).toEqual(of.texts.map((said) => clean([...said].slice(0, 120).join(''), 120)));
      expect(JSON.stringify(shown)).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b]|\\u0000|\\ud[89a-f]/i);
    }
    expect('polluted' in {}).toBe(false);
  });

  test('are printed in the PDF, run nothing there, and leave it whole', async () => {
    for (const of of told) {
      const response = await knock(web(), `${pathOf(of)}/pdf`, { headers: { cookie: cookieOf(of) } });
      const bytes = new Uint8Array(await response.arrayBuffer());
      const raw = Buffer.from(bytes).toString('latin1');
      expect(raw).not.toMatch(/\/JavaScript|\/JS |\/Launch|\/EmbeddedFile/);
      expect([...raw.matchAll(/\/URI ?\(([^)]*)\)/g)].filter(([, url = '']) => /javascript|evil/i.test(url))).toEqual([]);
      const text = await paperText(bytes);
      expect(text).not.toMatch(/root:x?:0/);
      // Letters outside its fonts are replaced, and letters may be joined: what is plain must be there as it is.
      for (const said of of.texts.filter((each) => /^[\x20-\x7e\r\n\t]*$/.test(each)))
        expect([said, shows(unhyphenated(text), unhyphenated(cleanLines(said, 2_000)))]).toEqual([said, true]);
    }
  });

  test('in a form of the portal end on the customer’s page and in the office as text', async () => {
    const [of] = told;
    if (!of) throw new Error('nothing was told');
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin', cookie: cookieOf(of) };
    for (let at = 0; at < hostileTexts.length; at += 25) {
      const said = hostileTexts
        .slice(at, at + 25)
        .join('\n')
        .slice(0, 4_000);
      const act = actIn(await page(of, '/ask'));
      const asked = await knock(web(), `${pathOf(of)}/ask`, { ...formOf({ act, line: '', text: said }), headers });
      expect([at, asked.status]).toEqual([at, 303]);
    }
    const text = await drawn(await page(of));
    const { items } = await done(web(), house.owner, 'listThreads', {});
    expect(items.length).toBeGreaterThan(0);
    for (const said of hostileTexts.slice(0, 60)) expect([said, shows(text, cleanLines(said, 4_000))]).toEqual([said, true]);
  });

  test('in an imported file end in the office as text, each row on its own', async () => {
    const rows = hostileTexts.map((said, at) => `"${[...clean(said, 4_000)].slice(0, 120).join('').replaceAll('"', '""')}",i${at}@example.com`);
    const csv = `name,email\n${rows.join('\n')}\n`;
    let shown = await done(web(), house.owner, 'startImport', { query: { kind: 'customers', fileName: 'c.csv' }, raw: { bytes: csv, type: 'text/csv' } });
    for (let tries = 0; tries < 100 && shown.state === 'running'; tries += 1) {
      await new Promise((over) => setTimeout(over, 100));
      shown = await done(web(), house.owner, 'readImport', { params: { importId: shown.id } });
    }
    expect(shown.added ?? shown.rowsAdded ?? shown.rows).toBeTruthy();
    const names = new Set<string>();
    for (let cursor: string | null = ''; cursor !== null; ) {
      const list: Json = await done(web(), house.owner, 'listCustomers', { query: { limit: 100, ...(cursor ? { cursor } : {}) } });
      for (const { name } of list.items) names.add(name);
      cursor = list.nextCursor ?? null;
    }
    const lost = hostileTexts.map((said) => clean([...clean(said, 4_000)].slice(0, 120).join(''), 120)).filter((name) => !names.has(name));
    expect(lost).toEqual([]);
  });
});
