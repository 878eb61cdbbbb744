import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatMoney } from '../../src/core/money-format.ts';
import { setLogLevel } from '../../src/log.ts';
import { done, type Json } from '../api-client.ts';
import fc, { seedOr } from '../chance.ts';
import { knock } from '../many-callers.ts';
import { paperText } from '../paper-text.ts';
import { openPostRoom, type PostRoom } from '../post-room.ts';
import { testKeys } from '../small-business.ts';
import { testWeb } from '../web.ts';
import { aLine, type House, inner, makeHouse } from '../world.ts';

setLogLevel('silent');
const web = testWeb();
let house: House;
let room: PostRoom;
let rates: (string | null)[] = [];
const seed = seedOr(20_260_102);
const invoices = 200;

beforeAll(async () => {
  house = await makeHouse(web());
  room = await openPostRoom(web());
  const percent = (name: string, ratePpm: number) => ({ name, components: [{ name, ratePpm }] });
  for (const body of [
    percent('Sales tax', 82_500),
    percent('Reduced', 19_999),
    {
      name: 'State and county',
      components: [
        { name: 'State', ratePpm: 62_500 },
        { name: 'County', ratePpm: 7_333 },
      ],
    },
  ])
    await done(web(), house.owner, 'addTaxRate', { body });
  rates = [null, ...(await done(web(), house.owner, 'listTaxRates')).items.map(({ id }: Json) => id)];
});
afterAll(() => room.close());

const discount = fc.oneof(fc.constant(null), fc.record({ kind: fc.constant('percent' as const), ratePpm: fc.integer({ min: 1, max: 400_000 }) }));
const invoice = fc.record({
  lines: fc.array(
    fc.record({
      quantityMilli: fc.integer({ min: 1, max: 20_000 }),
      unitPriceMilli: fc.integer({ min: 1_000, max: 90_000_000 }),
      rate: fc.nat({ max: 9 }),
      discount,
    }),
    { minLength: 1, maxLength: 8 },
  ),
  discount,
  pricesIncludeTax: fc.boolean(),
  language: fc.constantFrom('en' as const, 'es' as const, 'fr' as const),
  paidPpm: fc.integer({ min: 0, max: 1_000_000 }),
});
type Wanted = typeof invoice extends fc.Arbitrary<infer T> ? T : never;

const bare = (text: string): string => text.replace(/[\s\u00a0\u202f\u200b]+/g, '');
const plain = (html: string): string =>
  bare(
    html
      .replace(/<(style|script)[\s\S]*?<\/\1>/g, '')
      .replace(/<[^>]+>/g, ' ')
      .replaceAll('&nbsp;', ' ')
      .replaceAll('&#x27;', "'")
      .replaceAll('&amp;', '&')
      .replaceAll('&quot;', '"'),
  );

type Told = Readonly<{ wanted: Wanted; shown: Json; token: string; mailId: string }>;

async function tell(wanted: Wanted): Promise<Told> {
  const { owner, ids } = house;
  const lines = wanted.lines.map(({ rate, ...line }, at) => aLine({ ...line, name: `Visit ${at + 1}`, taxRateId: rates[rate % rates.length] }));
  const body = { customerId: ids.customerId, lines, discount: wanted.discount, pricesIncludeTax: wanted.pricesIncludeTax, language: wanted.language };
  const { id } = await done(web(), owner, 'createDraft', { body });
  const sent = await done(web(), owner, 'sendInvoice', { params: { invoiceId: id }, body: { personIds: [ids.personId] } });
  const amountMinor = Number((BigInt(sent.invoice.paper.totalMinor) * BigInt(wanted.paidPpm)) / 1_000_000n);
  if (amountMinor > 0) {
    const shares = [{ invoiceId: id, amountMinor }];
    await done(web(), owner, 'recordPayment', {
      body: { customerId: ids.customerId, method: 'check', amountMinor, receivedOn: sent.invoice.issuedOn, shares },
    });
  }
  const shown = await done(web(), owner, 'readInvoice', { params: { invoiceId: id } });
  const [link] = (await done(web(), owner, 'listLinks', { params: { invoiceId: id } })).items;
  return { wanted, shown, token: testKeys.linkToken(house.business.id, inner('link', link.id)), mailId: sent.mails[0].mailId };
}

/** Reads one invoice everywhere it is shown, and compares every figure. */
async function compare({ wanted, shown, token }: Told): Promise<void> {
  const { totalMinor, taxes } = shown.paper;
  const { balanceMinor, paidMinor } = shown.standing;
  expect([shown.number, totalMinor - paidMinor]).toEqual([shown.number, balanceMinor]);
  const tax = taxes.reduce((sum: number, each: Json) => sum + each.taxMinor, 0);
  expect([shown.number, shown.paper.taxMinor]).toEqual([shown.number, tax]);
  const money = (amountMinor: number): string => bare(formatMoney(BigInt(amountMinor), 'USD', wanted.language));
  const headers = { cookie: `link=${token}` };
  const path = `/${house.business.slug}/d/${shown.id}`;
  const page = plain(await (await knock(web(), `${path}?lang=${wanted.language}`, { headers })).text());
  const paper = bare(await paperText(new Uint8Array(await (await knock(web(), `${path}/pdf`, { headers })).arrayBuffer())));
  const mails = room.letters.filter(({ subject }) => new RegExp(`\\b${shown.number}\\b`).test(subject));
  expect([shown.number, mails.length > 0]).toEqual([shown.number, true]);
  const figures = [totalMinor, ...taxes.map((each: Json) => each.taxMinor), ...shown.paper.lines.map((line: Json) => line.netMinor)];
  for (const figure of figures)
    expect([shown.number, figure, page.includes(money(figure)), paper.includes(money(figure))]).toEqual([shown.number, figure, true, true]);
  for (const figure of [balanceMinor, ...(paidMinor > 0 ? [paidMinor] : [])])
    expect([shown.number, 'left or paid', figure, page.includes(money(figure))]).toEqual([shown.number, 'left or paid', figure, true]);
  // A mail follows its reader's language, and says what is left at the second it leaves.
  const told = (['en', 'es', 'fr'] as const).flatMap((language) =>
    [totalMinor, balanceMinor].map((figure) => bare(formatMoney(BigInt(figure), 'USD', language))),
  );
  const own = mails.filter(({ html, text }) => told.some((figure) => plain(html).includes(figure) && bare(text).includes(figure)));
  expect([shown.number, own.length > 0]).toEqual([shown.number, true]);
}

describe(`M7 ${invoices} random invoices, seed ${seed}`, { timeout: 170_000 }, () => {
  test('say one total, one tax, one paid and one balance on the page, the PDF, the mail, the list and the API', async () => {
    const told: Told[] = [];
    for (const wanted of fc.sample(invoice, { seed, numRuns: invoices })) {
      const one = await tell(wanted).catch((error: unknown) => (/amount_too_large/.test(String(error)) ? null : Promise.reject(error)));
      if (one !== null) told.push(one);
    }
    expect(told.length).toBeGreaterThan(invoices * 0.9);
    await room.drain();
    for (const one of told) await compare(one);
    const listed = new Map<string, Json>();
    for (let cursor: string | null = ''; cursor !== null; ) {
      const list: Json = await done(web(), house.key, 'listInvoices', { query: { limit: 100, ...(cursor ? { cursor } : {}) } });
      for (const row of list.items) listed.set(row.id, row);
      cursor = list.nextCursor ?? null;
    }
    for (const { shown } of told) {
      const row = listed.get(shown.id);
      expect([row.number, row.totalMinor ?? row.standing?.totalMinor, row.balanceMinor ?? row.standing?.balanceMinor]).toEqual([
        shown.number,
        shown.paper.totalMinor,
        shown.standing.balanceMinor,
      ]);
    }
  });
});
