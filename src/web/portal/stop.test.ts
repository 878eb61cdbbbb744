import { beforeAll, describe, expect, test } from 'vitest';
import { type PortalWorld, portalWorld } from '../../../test/portal-world.ts';
import { testKeys } from '../../../test/small-business.ts';
import { testOrigin, testWeb } from '../../../test/web.ts';
import { isStopped, stopToken } from '../../domain/reminders/reminders.ts';

const web = testWeb();
let otter: PortalWorld;
let mop: PortalWorld;
const addressOf = (world: PortalWorld, of: PortalWorld = world): string => {
  const { id, email } = of.people.dana;
  return `/${world.house.slug}/stop/${stopToken(testKeys, of.house.id, { personId: id, kind: 'reminders', address: email })}`;
};
const stoppedIn = (world: PortalWorld): Promise<boolean> => world.house.office((scope) => isStopped(scope, world.people.dana.id, 'reminders'));
/** As a mail program does it: no browser, no cookie, the two words of RFC 8058. */
const oneClick = (path: string, headers: Record<string, string> = {}, body = 'List-Unsubscribe=One-Click') =>
  web().app.request(testOrigin + path, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers }, body });

beforeAll(async () => {
  otter = await portalWorld(web());
  mop = await portalWorld(web());
});

describe('J9 the link to stop reminders', () => {
  test('changes nothing when it is opened, by whatever looks at it, twenty times', async () => {
    for (let at = 0; at < 20; at += 1) {
      for (const method of ['GET', 'HEAD', 'OPTIONS']) await web().app.request(testOrigin + addressOf(otter), { method });
    }
    expect(await stoppedIn(otter)).toBe(false);
    const page = await (await web().app.request(testOrigin + addressOf(otter))).text();
    expect(page).toContain('Stop reminders');
    expect(page).toContain('d•••@');
    expect(page).not.toContain(otter.people.dana.email);
    expect(page).not.toMatch(/href="[^"]*\/stop\//);
  });

  test('stops by one press of a mail program, again without harm, and only by its own words', async () => {
    expect((await oneClick(addressOf(otter))).status).toBe(204);
    expect(await stoppedIn(otter)).toBe(true);
    expect((await oneClick(addressOf(otter))).status).toBe(204);
    expect(await stoppedIn(mop)).toBe(false);
  });

  test('is turned back by the person on the same page, without JavaScript', async () => {
    const browser = otter.browser();
    const page = await (await web().app.request(testOrigin + addressOf(otter))).text();
    expect(page).toContain('Reminders are stopped');
    const answer = await browser.post(addressOf(otter), { want: 'on' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${addressOf(otter)}?on=1`]);
    expect(await stoppedIn(otter)).toBe(false);
    expect((await browser.post(addressOf(otter), { want: 'off' })).status).toBe(303);
    expect(await stoppedIn(otter)).toBe(true);
    await browser.post(addressOf(otter), { want: 'on' });
  });

  test('is nothing at another business, for another address, or with a letter changed', async () => {
    const stale = stopToken(testKeys, otter.house.id, { personId: otter.people.dana.id, kind: 'reminders', address: 'old@example.com' });
    const wrong = [addressOf(otter, mop), `/${otter.house.slug}/stop/${stale}`, `${addressOf(otter)}x`, `/${otter.house.slug}/stop/nothing`];
    for (const path of wrong) {
      expect((await web().app.request(testOrigin + path)).status).toBe(410);
      expect((await oneClick(path)).status).toBe(410);
    }
    expect([await stoppedIn(otter), await stoppedIn(mop)]).toEqual([false, false]);
  });

  test('cannot be pressed from another site', async () => {
    for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }, { cookie: 'portal=x' }] as Record<string, string>[]) {
      expect((await oneClick(addressOf(otter), headers)).status).toBe(403);
    }
    expect(await stoppedIn(otter)).toBe(false);
  });
});
