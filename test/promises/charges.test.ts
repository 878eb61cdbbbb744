import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, formatDay } from '../../src/core/calendar.ts';
import { formatMoney } from '../../src/core/money-format.ts';
import { words } from '../../src/core/words/words.ts';
import { setLogLevel } from '../../src/log.ts';
import { ask, done, type Json } from '../api-client.ts';
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
beforeAll(async () => {
  house = await makeHouse(web());
  room = await openPostRoom(web());
});
afterAll(() => room.close());

const does = (id: Parameters<typeof done>[2], asked: Parameters<typeof done>[3] = {}): Promise<Json> => done(web(), house.owner, id, asked);
const bare = (text: string): string => text.replace(/[\s\u00a0\u202f\u200b]+/g, '').replace(/&#x27;|’/g, "'");
const plain = (html: string): string => bare(html.replace(/<(style|script)[\s\S]*?<\/\1>/g, '').replace(/<[^>]+>/g, ' '));

async function draft(lines: Json[], more: Json = {}): Promise<Json> {
  return does('createDraft', { body: { customerId: house.ids.customerId, lines, ...more } });
}

async function send(id: string): Promise<Json> {
  const { invoice } = await does('sendInvoice', { params: { invoiceId: id }, body: { personIds: [house.ids.personId] } });
  return invoice;
}

/** What a customer sees of a paper: its page, its PDF, and the mail that brought it. */
async function seen(invoice: Json, language: string): Promise<{ page: string; paper: string; mail: string }> {
  await room.drain();
  const [link] = (await does('listLinks', { params: { invoiceId: invoice.id } })).items;
  const headers = { cookie: `link=${testKeys.linkToken(house.business.id, inner('link', link.id))}` };
  const path = `/${house.business.slug}/d/${invoice.id}`;
  const page = plain(await (await knock(web(), `${path}?lang=${language}`, { headers })).text());
  const paper = bare(await paperText(new Uint8Array(await (await knock(web(), `${path}/pdf`, { headers })).arrayBuffer())));
  const letter = room.letters.findLast(({ subject }) => subject.includes(invoice.number));
  return { page, paper, mail: plain(letter?.html ?? '') };
}

/** The mail follows its reader's language, the paper the invoice's. */
async function reads(language: 'en' | 'es' | 'fr'): Promise<void> {
  const at = { customerId: house.ids.customerId, personId: house.ids.personId };
  const { items } = await does('listPeople', { params: at });
  const { version } = items.find(({ id }: Json) => id === at.personId);
  await does('changePerson', { params: at, body: { language }, version });
}

const untaxed = (amountMinor: number): Json => aLine({ quantityMilli: 1000, unitPriceMilli: amountMinor * 1000, taxRateId: null });

describe('paying early', () => {
  test.each(['en', 'es', 'fr'] as const)(
    '44 M7 is offered in %s with both amounts and the day on page, paper and mail, and in the office',
    async (language) => {
      await reads(language);
      const { id } = await draft([untaxed(20_000)], { language, earlyDiscount: { ratePpm: 20_000, days: 10 } });
      const sent = await send(id);
      const untilOn = addDays(sent.issuedOn, 10);
      expect(sent.standing.early).toEqual({ payMinor: 19_600, untilOn, saveMinor: 400 });
      const money = (minor: bigint): string => formatMoney(minor, 'USD', language);
      const offer = bare(words(language).charges.earlyOffer(money(19_600n), formatDay(untilOn, language), money(20_000n)));
      const { page, paper, mail } = await seen(sent, language);
      expect([page.includes(offer), paper.includes(offer), mail.includes(offer)]).toEqual([true, true, true]);
    },
  );
});

describe('a deposit', () => {
  test('40 is asked for, paid, held, taken off the next invoice by itself, and shown so everywhere; the rest is given back as credit', async () => {
    await reads('en');
    const asked = { kind: 'amount', amountMinor: 30_000 };
    const { id, totalMinor } = await does('requestDeposit', { body: { customerId: house.ids.customerId, title: 'New bathroom', asked } });
    expect(totalMinor).toBe(30_000);
    const request = await send(id);
    expect([request.number.slice(0, 4), request.purpose, request.paper.taxMinor]).toEqual(['D-10', 'deposit', 0]);
    const told = await seen(request, 'en');
    const lead = bare(words('en').charges.depositLead);
    for (const text of [told.page, told.paper, told.mail])
      expect([text.includes(lead), text.includes('$300.00'), text.includes('Salestax')]).toEqual([true, true, false]);
    const receivedOn = request.issuedOn;
    const shares = [{ invoiceId: id, amountMinor: 30_000 }];
    await does('recordPayment', { body: { customerId: house.ids.customerId, method: 'check', amountMinor: 30_000, receivedOn, shares } });
    const { items } = await does('listDeposits', { params: { customerId: house.ids.customerId } });
    expect(items.find((each: Json) => each.id === id).heldMinor).toBe(30_000);

    const rate = await does('addTaxRate', { body: { name: 'Sales tax', components: [{ name: 'Sales tax', ratePpm: 100_000 }] } });
    const work = await draft([{ ...untaxed(20_000), taxRateId: rate.id }]);
    const bill = await send(work.id);
    expect([bill.paper.taxMinor, bill.paper.totalMinor, bill.standing.depositMinor, bill.standing.balanceMinor]).toEqual([2_000, 22_000, 22_000, 0]);
    expect(bill.paper.deposits).toEqual([{ id, number: request.number, amountMinor: 22_000 }]);
    const shown = await seen(bill, 'en');
    for (const text of [shown.page, shown.paper])
      for (const part of ['$200.00', '$20.00', '$220.00', `Depositapplied(${request.number})`]) expect(text).toContain(part);
    const after = await does('readDeposit', { params: { invoiceId: id } });
    expect([after.heldMinor, after.uses.map(({ kind, amountMinor }: Json) => [kind, amountMinor])]).toEqual([
      0,
      [
        ['applied', 22_000],
        ['credited', 8_000],
      ],
    ]);
    expect((await does('readCustomer', { params: { customerId: house.ids.customerId } })).figures.creditMinor).toBe(8_000);
  });
});

describe('late fees', () => {
  test('44 are named on the paper as it was issued, and stopped for one invoice by the office, once', async () => {
    await reads('en');
    const rule = { fee: { kind: 'amount', amountMinor: 2_500 }, graceDays: 5, every: 'once', capMinor: null };
    const { id } = await draft([untaxed(10_000)], { lateFee: rule });
    const sent = await send(id);
    expect([sent.paper.lateFee, sent.nextFeeOn, sent.lateFees]).toEqual([rule, addDays(sent.dueOn, 6), []]);
    const says = bare(words('en').charges.feeOnceAfter('$25.00', 5));
    const { page, paper } = await seen(sent, 'en');
    expect([page.includes(says), paper.includes(says)]).toEqual([true, true]);
    await does('stopLateFees', { params: { invoiceId: id } });
    expect((await does('readInvoice', { params: { invoiceId: id } })).nextFeeOn).toBeNull();
    expect((await ask(web(), house.owner, 'stopLateFees', { params: { invoiceId: id } })).json.code).toBe('already_done');
  });
});

test('Tax by item and property: never on an item that is not taxable; else property, item, business, until a line is decided by hand', async () => {
  const rates: string[] = [];
  for (const name of ['State', 'City', 'Food']) rates.push((await does('addTaxRate', { body: { name, components: [{ name, ratePpm: 50_000 }] } })).id);
  const [state, city, food] = rates;
  const settings = await does('readSettings');
  await does('changeSettings', { body: { billing: { defaultTaxRateId: state } }, version: settings.version });
  const { customerId } = house.ids;
  const property = await does('addProperty', { params: { customerId }, body: { name: 'Town house', taxRateId: city } });
  const free = await does('addItem', { body: { name: 'Permit', unitPriceMilli: 1_000_000, taxable: false, taxRateId: food } });
  const own = await does('addItem', { body: { name: 'Soup', unitPriceMilli: 1_000_000, taxRateId: food } });
  const line = (more: Json): Json => ({ ...aLine(), taxRateId: undefined, ...more });
  const there = { propertyId: property.id };
  const lines = [
    line({}),
    line({ itemId: own.id }),
    line({ itemId: free.id }),
    line(there),
    line({ ...there, itemId: own.id }),
    line({ ...there, itemId: free.id }),
  ];
  const made = await draft(lines);
  const taxes = (of: Json): Json => of.draft.lines.map(({ taxRateId, taxFrom }: Json) => [taxRateId, taxFrom]);
  const usual = [
    [state, 'business'],
    [food, 'item'],
    [null, 'item'],
    [city, 'property'],
    [city, 'property'],
    [null, 'item'],
  ];
  expect(taxes(made)).toEqual(usual);
  // What is usual is followed when the property changes; what was chosen stays.
  const [first, ...rest] = made.draft.lines;
  const byHand = { ...first, taxRateId: null, taxFrom: 'line' };
  const moved = [byHand, ...rest].map((each: Json) => ({ ...each, propertyId: property.id }));
  const saved = await does('saveDraft', { params: { invoiceId: made.id }, body: { lines: moved }, version: made.version });
  expect(taxes(saved)).toEqual([
    [null, 'line'],
    [city, 'property'],
    [null, 'item'],
    [city, 'property'],
    [city, 'property'],
    [null, 'item'],
  ]);
});
