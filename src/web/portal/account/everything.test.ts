import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { portalWorld } from '../../../../test/portal-world.ts';
import { testWeb } from '../../../../test/web.ts';
import { portalSession } from '../../../../test/world.ts';
import { addPerson, removePerson } from '../../../domain/people/people.ts';

const web = testWeb();

test('T7 T10 one person sees what is due at all their businesses and accounts on one page, each with its own, and nobody else sees any of it', async () => {
  const [one, two, three] = [await portalWorld(web()), await portalWorld(web()), await portalWorld(web())];
  const { email } = one.people.dana;
  const at = async (world: typeof one, customerId: string): Promise<string> =>
    world.house.office(async (scope) => (await addPerson(scope, { name: 'Dana Whitlock', email, customerId })).id);
  const [there, alsoThere] = [await at(two, two.customer), await at(two, two.other)];
  const gone = await at(three, three.customer);
  await three.house.office((scope) => removePerson(scope, { personId: gone, customerId: three.customer }));
  await one.send([one.people.dana.id], { amounts: [10_000] });
  await two.send([there], { amounts: [20_050] });
  await two.send([alsoThere], { amounts: [3_000], customer: two.other });
  await two.send([two.people.rosa.id], { amounts: [70_000], customer: two.other });
  await three.send([three.people.dana.id], { amounts: [99_900] });
  const { rows } = await one.house.office(({ tx }) =>
    sql<{ id: string }>`select identity_id as id from people where business_id = ${one.house.id} and id = ${one.people.dana.id}`.execute(tx),
  );
  const { cookies } = await portalSession(web(), rows[0]?.id ?? '');
  const browser = one.browser({ cookie: `portal=${cookies?.['portal']}` });
  const answer = await browser.go(`/${one.house.slug}/elsewhere`);
  const page = await answer.text();
  expect(answer.status).toBe(200);
  // 100.00 here, 200.50 and 730.00 at the second business; the third is theirs no more.
  for (const amount of ['$1,030.50', '$100.00', '$200.50', '$730.00']) expect([amount, page.includes(amount)]).toEqual([amount, true]);
  expect([page.includes(two.house.slug), page.includes(three.house.slug), page.includes('$999.00')]).toEqual([true, false, false]);
  expect(page.match(/Account of Larkspur Keys/g)?.length).toBeGreaterThanOrEqual(2);
  expect(await (await browser.go(`/${one.house.slug}/home`)).text()).toContain('Everything due, in all accounts');
  const { rows: edgars } = await one.house.office(({ tx }) =>
    sql<{ id: string }>`select identity_id as id from people where business_id = ${one.house.id} and id = ${one.people.edgar.id}`.execute(tx),
  );
  const edgar = one.browser({ cookie: `portal=${(await portalSession(web(), edgars[0]?.id ?? '')).cookies?.['portal']}` });
  const theirs = await (await edgar.go(`/${one.house.slug}/elsewhere`)).text();
  expect([theirs.includes(two.house.slug), theirs.includes('$200.50')]).toEqual([false, false]);
  const { rows: told } = await two.house.office(({ tx }) =>
    sql<{ n: number }>`select count(*)::int as n from events where business_id = ${two.house.id} and actor_kind = 'person'`.execute(tx),
  );
  expect(told[0]?.n).toBe(0);
});
