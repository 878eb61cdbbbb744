import { beforeAll, describe, expect, test } from 'vitest';
import { paperText } from '../../../../test/paper-text.ts';
import { signedIn } from '../../../../test/portal-till.ts';
import { type Browser, type PortalWorld, portalWorld } from '../../../../test/portal-world.ts';
import { testWeb } from '../../../../test/web.ts';
import { publicId } from '../../../core/ids.ts';
import { newId } from '../../../db/fresh.ts';
import { recordPayment } from '../../../domain/payments/payments.ts';
import { setLogLevel } from '../../../log.ts';

setLogLevel('silent');
const web = testWeb();
let world: PortalWorld;
let dana: Browser;
let edgar: Browser;
let at = '';

beforeAll(async () => {
  world = await portalWorld(web(), { gateway: false });
  at = `/${world.house.slug}/account`;
  const spread = await world.send([world.people.dana.id], { amounts: [10_000, 8_600, 4_000], spread: true });
  await world.send([world.people.dana.id], { amounts: [5_000] });
  await world.house.office((scope) =>
    recordPayment(scope, {
      ...{ id: newId(), customerId: world.customer, method: 'check', amountMinor: 30_000n, currency: 'USD', receivedOn: '2026-01-05', keepCredit: true },
      targets: [{ documentId: spread.id, amountMinor: 22_600n }],
    }),
  );
  dana = await signedIn(world, world.people.dana.id);
  edgar = await signedIn(world, world.people.edgar.id);
});

/** What is read, without its marks. */
const plain = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const page = async (browser: Browser, query = ''): Promise<string> => plain(await (await browser.go(at + query)).text());
const place = (index: number): string => publicId('property', world.properties[index] ?? '');
const rowsOf = async (browser: Browser, query = ''): Promise<string[]> =>
  (await (await browser.go(`${at}/csv${query}`)).text()).replace('\ufeff', '').trim().split('\r\n');

describe('the account statement', () => {
  test('says what was billed, paid and is left, and the credit that is already off it', async () => {
    const whole = await page(dana);
    for (const words of ['Account statement', '−$24.00', 'with $74.00 of credit taken off', 'Charges $276.00', 'Payments and credits −$300.00'])
      expect(whole).toContain(words);
    expect(await page(dana, '?from=2026-01-06')).toContain('Balance before Jan 6, 2026 −$300.00');
  });

  test('rule 33 of one, of several and of what is tied to none says so in its title, and together they are the whole', async () => {
    expect(await page(dana, `?property=${place(0)}`)).toContain('Account statement · Court LK-01 · LK-01');
    const two = await page(dana, `?property=${place(0)}&property=${place(1)}`);
    expect(two).toContain('Account statement · 2 of your properties');
    expect(two).not.toContain('credit taken off');
    const untied = await page(dana, '?property=none');
    expect(untied).toContain('Account statement · Not tied to a property');
    expect(untied).toContain('−$24.00');
  });

  test('rule 33 T6 shows a person of one property what is theirs, no credit and no other property', async () => {
    const theirs = await page(edgar);
    for (const words of ['$0.00', 'Your part of invoice', 'Charges $100.00', 'Payments and credits −$100.00']) expect(theirs).toContain(words);
    for (const words of ['LK-02', '$74.00', '$276.00', '$300.00']) expect(theirs).not.toContain(words);
    expect((await edgar.go(`${at}?property=${place(1)}`)).status).toBe(404);
    expect((await edgar.go(`${at}/pdf?property=${place(1)}`)).status).toBe(404);
  });

  test('M7 F8 the file has the same, oldest first, between the balance before and after', async () => {
    const [head, ...rows] = await rowsOf(dana, '?from=2026-01-01');
    expect(head).toBe('Date,What,Paid by,Amount,Balance,Currency');
    expect(rows[0]).toBe('2026-01-01,"Balance before Jan 1, 2026",,,0.00,USD');
    expect(rows[1]).toMatch(/^2026-01-05,Payment,Check,-300\.00,-300\.00,USD$/);
    expect(rows.at(-1)).toMatch(/,,,-24\.00,USD$/);
  });

  test('M7 the paper has the same, tagged, under the name of the customer', async () => {
    const answer = await dana.go(`${at}/pdf?from=2026-01-01`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(answer.headers.get('content-disposition')).toMatch(new RegExp(`attachment; filename="${world.house.slug}-statement-`));
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect(Buffer.from(bytes).toString('latin1')).toContain('pdfuaid');
    const text = await paperText(bytes);
    for (const words of ['Account statement', 'Larkspur Keys (demo)', '−$24.00', '$276.00', '−$300.00', 'Credit available', '$74.00', 'Not late', '$50.00'])
      expect(text).toContain(words);
  });

  test('as the books stood on a day it names what came later, and turns days that are the wrong way around', async () => {
    const then = await page(dana, '?from=2026-02-01&to=2026-01-01&asof=2026-02-01');
    for (const words of ['Jan 1, 2026 to Feb 1, 2026', 'As our books stood on Feb 1, 2026', 'Entered after Feb 1, 2026', 'Payment', '−$300.00'])
      expect(then).toContain(words);
  });
});
