import { beforeAll, expect, test } from 'vitest';
import { signedIn } from '../../../../test/estimate-world.ts';
import { type PortalWorld, portalWorld } from '../../../../test/portal-world.ts';
import { testWeb } from '../../../../test/web.ts';
import { addDays } from '../../../core/calendar.ts';
import { listStandIns } from '../../../domain/approvals/approvals.ts';
import { setRights } from '../../../domain/people/people.ts';

const web = testWeb();
let world: PortalWorld;
beforeAll(async () => {
  world = await portalWorld(web());
  await world.house.office((scope) => setRights(scope, { personId: world.people.dana.id, customerId: world.customer, rights: { canManage: true } }));
});

const fieldOf = (html: string, name: string): string => new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(html)?.[1] ?? '';
const rows = () => world.house.office((scope) => listStandIns(scope, { customerId: world.customer }));

test('a person names who approves while they are away, each sees it, and only they end it', async () => {
  const { dana, edgar, rosa } = world.people;
  const [danas, edgars, rosas] = [await signedIn(world, dana), await signedIn(world, edgar), await signedIn(world, rosa)];
  const path = `/${world.house.slug}/away`;
  expect(await (await danas.go(`/${world.house.slug}/profile`)).text()).toContain(`href="${path}"`);
  const html = await (await danas.go(path)).text();
  expect(html).toMatch(/While you are away.*Edgar Finch/s);
  expect(html).not.toContain('Rosa Quill');
  const [, who = ''] = /<option value="(per_[^"]+)">Edgar Finch/.exec(html) ?? [];
  const fromOn = fieldOf(html, 'fromOn');
  const filled = { act: fieldOf(html, 'act'), who, fromOn, untilOn: addDays(fromOn, 6) };
  for (const stranger of [edgars, rosas]) expect((await stranger.post(path, { ...filled, act: '' })).status).toBe(422);
  const wrong = await danas.post(path, { ...filled, act: '', untilOn: addDays(fromOn, -1) });
  expect([wrong.status, (await wrong.text()).includes('Choose days from today on')]).toEqual([422, true]);
  expect(await rows()).toEqual([]);
  for (let twice = 0; twice < 2; twice += 1) expect((await danas.post(path, filled)).headers.get('location')).toBe(`${path}?saved=1`);
  expect(await rows()).toMatchObject([{ personName: 'Dana Whitlock', standInName: 'Edgar Finch', fromOn, createdBy: 'Dana Whitlock' }]);
  const shown = await (await danas.go(path)).text();
  expect(shown).toContain('Edgar Finch approves in your place');
  const end = { act: '', end: fieldOf(shown, 'end') };
  expect(await (await edgars.go(path)).text()).toContain('You approve in place of Dana Whitlock');
  expect(await (await rosas.go(path)).text()).not.toContain('Dana');
  await edgars.post(path, end);
  expect(await rows()).toHaveLength(1);
  expect((await danas.post(path, end)).status).toBe(303);
  expect(await rows()).toEqual([]);
  expect((await world.browser().go(path)).status).toBe(303);
});
