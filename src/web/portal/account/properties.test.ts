import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { offer, offered } from '../../../../test/estimate-world.ts';
import { portalWithTill, signedIn } from '../../../../test/portal-till.ts';
import type { Browser, PortalWorld, SentInvoice } from '../../../../test/portal-world.ts';
import { refusalOf } from '../../../../test/small-business.ts';
import type { SandboxTill } from '../../../../test/till.ts';
import { testWeb } from '../../../../test/web.ts';
import { publicId } from '../../../core/ids.ts';
import { newId } from '../../../db/fresh.ts';
import { readSettings, saveSettings } from '../../../domain/businesses/businesses.ts';
import { changeProperty, createProperty, readProperty } from '../../../domain/customers/properties.ts';
import { readCustomerSplit } from '../../../domain/front/split/split.ts';
import { readInvoice } from '../../../domain/invoices/invoices.ts';
import { verifyBooks } from '../../../domain/ledger/ledger.ts';

const web = testWeb();
let world: PortalWorld;
let till: SandboxTill;
let dana: Browser;
let edgar: Browser;
/** $100 at LK-01, $86 at LK-02, $50 at LK-03 on one bill, and $40 at LK-01 on another. */
let spread: SentInvoice;

beforeAll(async () => {
  ({ world, till } = await portalWithTill(web()));
  const { people, properties } = world;
  spread = await world.send([people.dana.id, people.edgar.id], { amounts: [10_000, 8_600, 5_000], spread: true });
  await world.send([people.dana.id], { amounts: [4_000], extra: { propertyId: properties[0] } });
  [dana, edgar] = [await signedIn(world, people.dana.id), await signedIn(world, people.edgar.id)];
});
afterAll(() => till.close());

const at = (path: string): string => `/${world.house.slug}${path}`;
const place = (index: number): string => publicId('property', world.properties[index] ?? '');
const text = async (browser: Browser, path: string): Promise<string> => (await browser.go(at(path))).text();
const rowsIn = (html: string): string[] =>
  [...html.matchAll(/<li><a class="row" href="[^"]*\/properties\/[^"]*">([^<]*)<\/a><b class="n">([^<]*)</g)].map(([, title, amount]) => `${title} ${amount}`);

describe('properties of an account', () => {
  test('T6 rule 29: each with what is owed there, which adds up to the account; a person of one sees that one alone', async () => {
    expect(rowsIn(await text(dana, '/properties'))).toEqual(['LK-01 · Court LK-01 $140.00', 'LK-02 · Court LK-02 $86.00', 'LK-03 · Court LK-03 $50.00']);
    expect(await text(dana, '/home')).toContain('$276.00');
    const edgars = await text(edgar, '/properties');
    expect(rowsIn(edgars)).toEqual(['LK-01 · Court LK-01 $140.00']);
    expect(edgars).not.toMatch(/LK-0[23]/);
    const rosa = await signedIn(world, world.people.rosa.id);
    expect(rowsIn(await text(rosa, '/properties'))).toEqual([]);
    expect(await text(rosa, '/home')).not.toContain('/properties"');
  });

  test('are found by code, name, street and owner, by what is due or by code, page by page', async () => {
    const rosas = await signedIn(world, world.people.rosa.id);
    await world.house.office(async (scope) => {
      for (let nth = 30; nth > 0; nth -= 1)
        await createProperty(scope, { customerId: world.other, code: `R-${String(nth).padStart(2, '0')}`, ownerName: nth === 7 ? 'Harlan Estate' : '' });
    });
    await world.send([world.people.rosa.id], {
      customer: world.other,
      amounts: [700],
      extra: {
        propertyId: await world.house.office(async ({ tx }) => {
          const { rows } = await sql<{ id: string }>`select id from properties where business_id = ${world.house.id} and code = 'R-09'`.execute(tx);
          return rows[0]?.id;
        }),
      },
    });
    const first = await text(rosas, '/properties');
    expect([rowsIn(first).length, rowsIn(first)[0], rowsIn(first)[1]]).toEqual([25, 'R-09 $7.00', 'R-01 $0.00']);
    const next = /href="([^"]*cursor=[^"]*)"/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(rowsIn(await (await rosas.go(next)).text())).toEqual(['R-26 $0.00', 'R-27 $0.00', 'R-28 $0.00', 'R-29 $0.00', 'R-30 $0.00']);
    expect(rowsIn(await text(rosas, '/properties?sort=code'))[0]).toBe('R-01 $0.00');
    expect(rowsIn(await text(rosas, '/properties?q=harlan'))).toEqual(['R-07 $0.00']);
    expect((await rosas.go(at(`/properties?sort=code&${next.split('?')[1]}`))).status).toBe(400);
  });
});

describe('a month for the accountant', () => {
  const cells = (csv: string): string[][] =>
    csv
      .trim()
      .split('\r\n')
      .slice(1)
      .map((row) => row.split(','));
  const sumOf = (csv: string): number => cells(csv).reduce((sum, row) => sum + Math.trunc(Number(row.at(-1)) * 100), 0);

  test('M6 F8 holds every line with property, cost code and PO number, which add up to the bills; a person of one property gets theirs', async () => {
    const owner = await world.house.office((scope) => readProperty(scope, world.properties[0] ?? ''));
    await world.house.office((scope) => changeProperty(scope, { id: owner.id, version: owner.version, changes: { costCode: '=GL-6200' } }));
    const csv = await text(dana, '/lines/csv');
    expect(csv.split('\r\n')[0]).toContain('sort,number,issued_on,due_on,property_code,property,cost_code,po_number');
    expect(sumOf(csv)).toBe(27_600);
    expect(csv).toContain(",LK-01,Court LK-01 · LK-01,'=GL-6200,");
    const own = await text(edgar, '/lines/csv');
    expect([sumOf(own), own.includes('LK-02')]).toEqual([14_000, false]);
    expect(sumOf(await text(dana, `/lines/csv?invoice=${publicId('invoice', spread.id)}`))).toBe(23_600);
    expect(cells(await text(dana, '/lines/csv?month=2020-01'))).toEqual([]);
    const { rows } = await world.house.office((scope) => readCustomerSplit(scope, world.customer, { month: (owner.createdAt ?? '').slice(0, 7) }));
    expect(rows.reduce((sum, { totalMinor }) => sum + totalMinor, 0n)).toBe(27_600n);
    expect((await refusalOf(world.house.office((scope) => readCustomerSplit(scope, newId(), { month: '2026-11' })))).code).toBe('not_found');
  });

  test('F5 T4 the archive holds a file for each property and the papers; what is not theirs is not found', async () => {
    const zip = await dana.go(at('/lines/zip'));
    expect([zip.status, zip.headers.get('content-type')]).toEqual([200, 'application/zip']);
    const bytes = Buffer.from(await zip.arrayBuffer()).toString('latin1');
    const names = [...bytes.matchAll(/PK\x01\x02.{42}(.+?)(?=PK\x01\x02|PK\x05\x06)/gs)].map(([, name = '']) => name);
    expect(names).toEqual(
      expect.arrayContaining(['all.csv', 'LK-01.csv', 'LK-02.csv', 'LK-03.csv', '1001.pdf', '1001 LK-01.pdf', '1001 LK-02.pdf', '1002.pdf']),
    );
    const own = Buffer.from(await (await edgar.go(at('/lines/zip'))).arrayBuffer()).toString('latin1');
    expect([own.includes('1001 LK-01.pdf'), own.includes('LK-02')]).toEqual([true, false]);
    const rosa = await signedIn(world, world.people.rosa.id);
    for (const path of [`/lines/csv?invoice=${publicId('invoice', spread.id)}`, '/lines/csv?invoice=x', `/lines/zip?invoice=${publicId('invoice', newId())}`])
      expect([path, (await rosa.go(at(path))).status]).toEqual([path, 404]);
    expect((await dana.go(at('/lines/csv?month=2026-13'))).status).toBe(422);
    expect((await world.browser().go(at('/lines/csv'))).status).toBe(303);
  });
});

describe('the page of a property', () => {
  test('T4 T5 is nothing to another customer, to a person of another property, and under another business', async () => {
    const rosa = await signedIn(world, world.people.rosa.id);
    const none = publicId('property', newId());
    for (const [browser, path] of [
      [rosa, `/properties/${place(0)}`],
      [edgar, `/properties/${place(1)}`],
      [edgar, `/properties/${none}`],
      [dana, '/properties/inv_1'],
    ] as const)
      expect([path, (await browser.go(at(path))).status]).toEqual([path, 404]);
    expect((await edgar.go(at(`/properties/${place(0)}`))).status).toBe(200);
  });

  test('says whose it is and what it asks for; access notes only where the office says so', async () => {
    const change = (version: number, changes: Parameters<typeof changeProperty>[1]['changes']) =>
      world.house.office((scope) => changeProperty(scope, { id: world.properties[2] ?? '', version, changes }));
    await change(1, { ownerName: 'Mossy Oak Trust', costCode: 'GL-6220', nteMinor: 50_000n, poRequired: true, accessNotes: 'Key box 4711' });
    const html = await text(dana, `/properties/${place(2)}`);
    for (const said of ['Mossy Oak Trust', 'GL-6220', '$500.00', 'Asked for to approve']) expect(html).toContain(said);
    expect(html).not.toContain('4711');
    await change(2, { accessNotesShown: true });
    expect(await text(dana, `/properties/${place(2)}`)).toContain('Key box 4711');
  });

  test('shows what is open, waits and was billed there, and nothing of the other places', async () => {
    await offer(world, [world.people.dana], { lines: [offered('Pump', 30_000)], extra: { propertyId: world.properties[0] } });
    const html = await text(edgar, `/properties/${place(0)}`);
    for (const said of ['$140.00', 'Your part of invoice', 'Waiting for an answer', '$300.00', 'Billed by month', '$140.00 in all'])
      expect(html).toContain(said);
    expect(html).not.toMatch(/LK-0[23]|\$236\.00/);
    expect(await text(edgar, '/properties')).toContain('1 estimate waits');
  });

  test('who manages the people of the account reads there who else sees the place; the others do not', async () => {
    expect(await text(dana, `/properties/${place(0)}`)).not.toContain('Who can see this property');
    const grant = (manages: boolean) =>
      world.house.office(({ tx }) =>
        sql`update grants set can_manage = ${manages} where business_id = ${world.house.id} and person_id = ${world.people.dana.id}`.execute(tx),
      );
    await grant(true);
    expect(await text(dana, `/properties/${place(0)}`)).toMatch(/Who can see this property.*Dana Whitlock.*Edgar Finch/);
    expect(await text(dana, `/properties/${place(1)}`)).not.toContain('Edgar Finch');
    expect(await text(edgar, `/properties/${place(0)}`)).not.toContain('Dana Whitlock');
    await grant(false);
  });

  test('rules 30, 31: what is due here is paid as this part alone; the other parts stay open, and the books agree', async () => {
    const page = await text(dana, `/properties/${place(1)}`);
    expect(page).toContain('Pay $86.00 due here');
    expect(page).toContain('Part of a bill over several properties');
    const html = await text(dana, `/pay?property=${place(1)}`);
    for (const said of ['Continue to pay $86.00', 'Only what is due at this property.', 'Court LK-02']) expect(html).toContain(said);
    const form = html.slice(html.indexOf('<form method="post"'));
    const hidden = [...form.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)].map(
      ([, name = '', value = '']) => [name, value] as [string, string],
    );
    const answer = await dana.post(at('/pay'), [...hidden, ['method', 'card']]);
    expect(await till.pay(/cs_\w+/.exec(answer.headers.get('location') ?? '')?.[0] ?? '', 'card_success')).toBe('done');
    const act = publicId('payment', hidden.find(([name]) => name === 'act')?.[1] ?? '');
    await dana.go(at(`/pay/${act}/return`));
    const view = await world.house.office((scope) => readInvoice(scope, spread.id));
    if (!view.whole) throw new Error('the office sees whole invoices');
    expect(view.parts.map(({ paidMinor, balanceMinor }) => [paidMinor, balanceMinor])).toEqual([
      [0n, 10_000n],
      [8_600n, 0n],
      [0n, 5_000n],
    ]);
    expect((await dana.go(at(`/pay?property=${place(1)}`))).status).toBe(422);
    expect((await dana.go(at('/pay?property=x'))).status).toBe(404);
    expect((await edgar.go(at(`/pay?property=${place(1)}`))).status).toBe(422);
    expect(await world.house.office((scope) => verifyBooks(scope))).toEqual([]);
  });

  test('rule 30: where parts are not taken, only bills of this property alone are paid here', async () => {
    const parts = (partPayment: boolean) =>
      world.house.office(async (scope) => {
        const asHost = { ...scope, actor: { kind: 'system', id: null, name: 'System' } } as const;
        const { version } = await readSettings(asHost, { sandbox: true });
        await saveSettings(asHost, { version, changes: { waysToPay: { partPayment } } }, { sandbox: true });
      });
    await parts(false);
    expect(await text(dana, `/properties/${place(0)}`)).toContain('Pay $40.00 due here');
    expect(await text(dana, `/pay?property=${place(0)}`)).toContain('Continue to pay $40.00');
    expect(await text(dana, `/properties/${place(2)}`)).not.toContain('due here');
    await parts(true);
  });
});
