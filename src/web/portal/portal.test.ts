import { beforeAll, describe, expect, test } from 'vitest';
import { type PortalWorld, portalWorld, type SentInvoice } from '../../../test/portal-world.ts';
import { testWeb } from '../../../test/web.ts';

const web = testWeb();
let world: PortalWorld;
let bill: SentInvoice;

beforeAll(async () => {
  world = await portalWorld(web());
  bill = await world.send([world.people.dana.id]);
});

describe('a mailed link', () => {
  test('L5 answers 303 to a clean address with the token in a cookie of the document’s own path', async () => {
    const browser = world.browser();
    const first = await browser.go(`/${world.house.slug}/l/${bill.tokens[0]}`);
    expect(first.status).toBe(303);
    expect(first.headers.get('location')).toBe(bill.path);
    expect(browser.cookies()).toEqual([{ name: 'link', value: bill.tokens[0], path: bill.path }]);
    const page = await browser.go(bill.path);
    expect(page.status).toBe(200);
    const html = await page.text();
    expect(html).toContain('$186.00');
    expect(html).not.toContain(bill.tokens[0]);
  });
});
