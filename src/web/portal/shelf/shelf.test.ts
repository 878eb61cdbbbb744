import { beforeAll, describe, expect, test } from 'vitest';
import { signedIn } from '../../../../test/portal-till.ts';
import { type Browser, type PortalWorld, portalWorld } from '../../../../test/portal-world.ts';
import { refusalOf } from '../../../../test/small-business.ts';
import { testWeb } from '../../../../test/web.ts';
import { publicId } from '../../../core/ids.ts';
import { inbox } from '../../../domain/messages/messages.ts';
import { addToShelf, type ShelfInput, takeOffShelf } from '../../../domain/messages/shelf.ts';

const web = testWeb();
let world: PortalWorld;
let at = '';
let sha256 = '';
beforeAll(async () => {
  world = await portalWorld(web());
  at = `/${world.house.slug}/documents`;
  ({ sha256 } = await web().deps.files.put(world.house.id, new Uint8Array(Buffer.from('%PDF-1.7\npaper\n%%EOF\n'))));
});

const put = (title: string, more: Partial<ShelfInput> = {}) => {
  const file = { sha256, bytes: 20, mediaType: 'application/pdf', name: `${title}.pdf` };
  const input = { customerId: world.customer, propertyId: null, kind: 'insurance', title, expiresOn: null, file, ...more } as const;
  return world.house.office((scope) => addToShelf(scope, input));
};
const textOf = async (browser: Browser, path = at): Promise<string> => (await (await browser.go(path)).text()).replaceAll('&#x27;', "'");
const daysFromNow = (days: number): string => Temporal.Now.plainDateISO('UTC').add({ days }).toString();

describe('the shelf of documents in the portal', () => {
  test('F5 each reader sees and downloads what is theirs and what is for all, as long as it is good and on the shelf', async () => {
    const [first = ''] = world.properties;
    const papers = {
      whole: await put('Contract 2027', { kind: 'contract' }),
      place: await put('Waiver LK-01', { propertyId: first, kind: 'lien_waiver', expiresOn: daysFromNow(9) }),
      all: await put('W-9', { customerId: null, kind: 'tax_form' }),
      over: await put('Insurance 2020', { expiresOn: '2020-12-31' }),
      theirs: await put('Rosa’s contract', { customerId: world.other }),
    };
    const seen = async (browser: Browser): Promise<string[]> => {
      const page = await textOf(browser);
      return Object.entries(papers).flatMap(([name, { id }]) => (page.includes(publicId('paper', id)) ? [name] : []));
    };
    const [dana, edgar, rosa] = [
      await signedIn(world, world.people.dana.id),
      await signedIn(world, world.people.edgar.id),
      await signedIn(world, world.people.rosa.id),
    ];
    expect([await seen(dana), await seen(edgar), await seen(rosa)]).toEqual([
      ['whole', 'place', 'all'],
      ['place', 'all'],
      ['all', 'theirs'],
    ]);
    expect(await textOf(dana)).toContain('Ends on');
    const get = (browser: Browser, { id }: { id: string }) => browser.go(`${at}/${publicId('paper', id)}`);
    const answer = await get(edgar, papers.place);
    expect([answer.status, answer.headers.get('content-disposition')]).toEqual([200, expect.stringContaining('attachment;')]);
    for (const [browser, paper] of [
      [edgar, papers.whole],
      [rosa, papers.place],
      [dana, papers.theirs],
    ] as const)
      expect((await get(browser, paper)).status).toBe(404);
    expect((await get(world.browser(), papers.all)).headers.get('location')).toBe(`/${world.house.slug}?stay=1`);
    await world.house.office((scope) => takeOffShelf(scope, papers.all.id));
    expect([(await get(dana, papers.all)).status, await seen(dana)]).toEqual([404, ['whole', 'place']]);
  });

  test('a document is asked for without script and waits in the inbox', async () => {
    const edgar = await signedIn(world, world.people.edgar.id);
    const form = await textOf(edgar, `${at}?ask=1`);
    const field = (name: string): string => new RegExp(`name="${name}" value="([^"]+)"`).exec(form)?.[1] ?? '';
    const given = { act: field('act'), place: field('place'), kind: 'insurance', note: 'Our board wants to see it.' };
    for (let time = 0; time < 2; time += 1) expect((await edgar.post(at, given)).headers.get('location')).toMatch(/\/messages\/thr_\w+\?sent=1$/);
    const waiting = await world.house.office((scope) => inbox(scope, { waiting: true, limit: 10 }));
    expect(waiting.map(({ subject, property_id }) => [subject, property_id])).toEqual([['Document needed: Insurance', world.properties[0]]]);
    expect((await edgar.post(at, { ...given, act: '', place: publicId('customer', world.other) })).status).toBe(422);
  });

  test('a paper of a property needs its customer, and a day that is one', async () => {
    const [first = ''] = world.properties;
    expect((await refusalOf(put('x', { propertyId: first, customerId: world.other }))).code).toBe('property_of_other_customer');
    expect((await refusalOf(put('x', { propertyId: first, customerId: null }))).code).toBe('property_of_other_customer');
    expect((await refusalOf(put('x', { expiresOn: '2027-02-30' }))).code).toBe('date_invalid');
    expect((await refusalOf(put(' '))).code).toBe('required');
  });
});
