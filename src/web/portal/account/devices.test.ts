import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Browser, type PortalWorld, portalWorld } from '../../../../test/portal-world.ts';
import { testKeys } from '../../../../test/small-business.ts';
import { testWeb } from '../../../../test/web.ts';
import { publicId } from '../../../core/ids.ts';
import { newId } from '../../../db/fresh.ts';
import { asLogin } from '../../../db/scope.ts';

const web = testWeb();
let world: PortalWorld;
let at: string;
beforeAll(async () => {
  world = await portalWorld(web());
  at = `/${world.house.slug}`;
});

const phone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19.0 Mobile Safari/604.1';
const desk = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/150.0 Safari/537.36';
async function signIn(browser: Browser, email: string, remember = false): Promise<Browser> {
  await browser.post(`${at}/code`, { email });
  const { rows } = await asLogin(web().database, (tx) =>
    sql<{ id: string }>`select id from sign_in_codes where for_business = ${world.house.id} order by created_at desc, id desc limit 1`.execute(tx),
  );
  const answer = await browser.post(`${at}/code/enter`, { code: testKeys.signInCode(rows[0]?.id ?? ''), ...(remember ? { remember: '1' } : {}) });
  expect(answer.headers.get('location')).toBe(`${at}/home`);
  return browser;
}
/** What waits to be mailed of new devices. */
const told = async (): Promise<string[]> => {
  const { rows } = await world.house.system(({ tx }) =>
    sql<{ to: string }>`select j.payload ->> 'address' as to from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      where t.identifier = 'mail-access' and j.payload ->> 'businessId' = ${world.house.id} and j.payload ->> 'what' = 'new_device'`.execute(tx),
  );
  return rows.map(({ to }) => to);
};
const sessionsIn = (html: string): string[] => [...html.matchAll(/name="session" value="([^"]+)"/g)].map(([, id = '']) => id);

describe('L10 the devices of a customer’s person', () => {
  test('are listed, this one first; one or all others are signed out and gone with their next request', async () => {
    const { email } = world.people.dana;
    const [first, second, third] = [world.browser({ 'user-agent': desk }), world.browser({ 'user-agent': phone }), world.browser({ 'user-agent': 'x' })];
    for (const browser of [first, second, third]) await signIn(browser, email, browser === second);
    const page = await (await first.go(`${at}/devices`)).text();
    expect(['Chrome on Linux', 'Safari on iPhone', 'Another device', 'This device'].map((words) => page.includes(words))).toEqual([true, true, true, true]);
    expect(page.indexOf('This device')).toBeLessThan(page.indexOf('Safari on iPhone'));
    const onPhone = sessionsIn(await (await second.go(`${at}/devices`)).text())[0] ?? '';
    expect((await first.post(`${at}/devices`, { session: onPhone })).headers.get('location')).toBe(`${at}/devices?told=one`);
    expect([(await second.go(`${at}/home`)).status, (await first.go(`${at}/home`)).status]).toEqual([303, 200]);
    expect((await first.post(`${at}/devices`, { do: 'others' })).headers.get('location')).toBe(`${at}/devices?told=others`);
    expect([(await third.go(`${at}/home`)).status, (await first.go(`${at}/home`)).status]).toEqual([303, 200]);
    expect(await (await first.go(`${at}/devices`)).text()).toContain('You are signed in nowhere else');
    const own = sessionsIn(await (await first.go(`${at}/devices`)).text())[0] ?? '';
    expect((await first.post(`${at}/devices`, { session: own })).headers.get('location')).toBe(`${at}?said=out`);
    expect((await first.go(`${at}/home`)).status).toBe(303);
  });

  test('T4 of somebody else are nothing there, as one that does not exist', async () => {
    const edgar = await signIn(world.browser({ 'user-agent': desk }), world.people.edgar.email);
    const rosa = await signIn(world.browser({ 'user-agent': phone }), world.people.rosa.email);
    const theirs = sessionsIn(await (await rosa.go(`${at}/devices`)).text())[0] ?? '';
    for (const session of [theirs, publicId('session', newId()), 'x']) expect((await edgar.post(`${at}/devices`, { session })).status).toBe(404);
    expect((await rosa.go(`${at}/home`)).status).toBe(200);
  });

  test('a browser never seen before is told of by mail, once, and the very first is not', async () => {
    const before = await told();
    // Edgar’s first was met above; Dana had three.
    expect(before.filter((to) => to === world.people.edgar.email)).toEqual([]);
    expect(before.filter((to) => to === world.people.dana.email)).toHaveLength(2);
    const browser = await signIn(world.browser({ 'user-agent': phone }), world.people.edgar.email);
    expect((await told()).filter((to) => to === world.people.edgar.email)).toHaveLength(1);
    await browser.post(`${at}/sign-out`);
    await signIn(browser, world.people.edgar.email);
    expect((await told()).filter((to) => to === world.people.edgar.email)).toHaveLength(1);
  });
});
