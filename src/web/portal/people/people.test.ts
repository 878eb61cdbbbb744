import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { offer } from '../../../../test/estimate-world.ts';
import { type Browser, type PortalWorld, portalWorld } from '../../../../test/portal-world.ts';
import { testKeys } from '../../../../test/small-business.ts';
import { testWeb } from '../../../../test/web.ts';
import { portalSession } from '../../../../test/world.ts';
import { publicId } from '../../../core/ids.ts';
import { newId } from '../../../db/fresh.ts';
import { asLogin } from '../../../db/scope.ts';
import type { TaskInput } from '../../../db/task-names.ts';
import { joinToken } from '../../../domain/people/join.ts';
import { addPerson, listPeople, type Rights, readPerson, setRights } from '../../../domain/people/people.ts';
import { mailAccessTask } from '../../../tasks/mail-access.ts';

const web = testWeb();
let world: PortalWorld;
let customer: string;
let people: string;
beforeAll(async () => {
  world = await portalWorld(web());
  customer = publicId('customer', world.customer);
  people = `/${world.house.slug}/people`;
  await give(world.people.dana.id, { canManage: true });
});

const give = (personId: string, rights: Partial<Rights>): Promise<void> =>
  world.house.office((scope) => setRights(scope, { personId, customerId: world.customer, rights }));
const identityOf = async (personId: string): Promise<string> =>
  world.house.office(async ({ tx }) => {
    const { rows } = await sql<{ id: string }>`select identity_id as id from people where business_id = ${world.house.id} and id = ${personId}`.execute(tx);
    return rows[0]?.id ?? '';
  });
async function signedIn(personId: string): Promise<Browser> {
  const { cookies } = await portalSession(web(), await identityOf(personId));
  return world.browser({ cookie: `portal=${cookies?.['portal']}` });
}
async function newestCode(): Promise<string> {
  const { rows } = await asLogin(web().database, (tx) =>
    sql<{ id: string }>`select id from sign_in_codes where for_business = ${world.house.id} order by created_at desc, id desc limit 1`.execute(tx),
  );
  return testKeys.signInCode(rows[0]?.id ?? '');
}
const act = (html: string): string => /name="act" value="([^"]+)"/.exec(html)?.[1] ?? '';
const rightsOf = (personId: string): Promise<Rights> =>
  world.house.office(async (scope) => (await readPerson(scope, { personId, customerId: world.customer })).rights);
const idOf = async (email: string): Promise<string> =>
  (await world.house.office((scope) => listPeople(scope, world.customer))).find((person) => person.email === email)?.id ?? '';
const add = (name: string, rights: Partial<Rights> = {}): Promise<string> =>
  world.house.office(
    async (scope) =>
      (
        await addPerson(scope, {
          name,
          email: `${name.toLowerCase().replaceAll(' ', '.')}.${newId().slice(-6)}@example.com`,
          customerId: world.customer,
          rights,
        })
      ).id,
  );

type Fields = Readonly<Record<string, string>>;
const invitation = (more: Fields = {}): Fields => ({
  name: 'Sam Okoye',
  email: `sam.${newId().slice(-8)}@example.com`,
  language: 'es',
  canAsk: '1',
  which: 'all',
  do: 'invite',
  ...more,
});
async function invite(browser: Browser, fields: Fields): Promise<Response> {
  const page = await (await browser.go(`${people}/${customer}/invite?as=approves`)).text();
  return browser.post(`${people}/${customer}/invite`, { act: act(page), ...fields });
}
const told = (answer: Response): string => answer.headers.get('location') ?? `${answer.status}`;

/** What waits to be mailed to people about their access, mailed. */
async function letters(): Promise<string[]> {
  const { rows } = await world.house.system(({ tx }) =>
    sql<{ payload: TaskInput<'mail-access'> }>`select j.payload from graphile_worker._private_jobs j
      join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'mail-access' and j.payload ->> 'businessId' = ${world.house.id}`.execute(
      tx,
    ),
  );
  for (const { payload } of rows) await mailAccessTask(web())(payload);
  const { rows: mails } = await world.house.system(({ tx }) =>
    sql<{ said: string }>`select to_address || ' ' || (facts ->> 'what') as said from mails where business_id = ${world.house.id} and kind = 'access'`.execute(
      tx,
    ),
  );
  return mails.map(({ said }) => said);
}

describe('People and access', () => {
  test('says in plain words what each person may do, and shows nothing of it to who manages nobody', async () => {
    await give(world.people.edgar.id, { approveLimitMinor: 50_000n });
    const page = await (await (await signedIn(world.people.dana.id)).go(people)).text();
    for (const words of ['Dana Whitlock', 'Edgar Finch', 'Approve up to $500.00', 'Manage people', 'All properties', '1 property', 'has not signed in yet'])
      expect([words, page.includes(words)]).toEqual([words, true]);
    expect(page).not.toContain('Rosa Quill');
    const edgar = await (await (await signedIn(world.people.edgar.id)).go(people)).text();
    expect([edgar.includes('What you can do'), edgar.includes('Dana'), edgar.includes('Invite a person')]).toEqual([true, false, false]);
  });

  test('T4 an account, a person and a form that are not theirs are nothing there, as what does not exist', async () => {
    const other = publicId('customer', world.other);
    const [dana, edgar] = [await signedIn(world.people.dana.id), await signedIn(world.people.edgar.id)];
    const person = publicId('person', world.people.edgar.id);
    const stranger = publicId('person', world.people.rosa.id);
    const bytes = async (answer: Response): Promise<string> =>
      `${answer.status} ${(await answer.text()).replace(/ nonce="[^"]+"/, '').replace(/[0-9a-f-]{36}/, '')}`;
    const gone = await bytes(await dana.go(`${people}/${publicId('customer', newId())}/invite`));
    expect(gone.slice(0, 4)).toBe('404 ');
    for (const path of [`${other}/invite`, `${customer}/${stranger}`, `${customer}/${publicId('person', newId())}`, `${customer}/${stranger}/remove`]) {
      expect([path, await bytes(await dana.go(`${people}/${path}`))]).toEqual([path, gone]);
      expect([path, (await dana.post(`${people}/${path}`, invitation({ do: 'save' }))).status]).toEqual([path, 404]);
    }
    for (const path of [`${customer}/invite`, `${customer}/${person}`, `${customer}/${person}/remove`]) {
      expect((await edgar.go(`${people}/${path}`)).status).toBe(404);
      expect((await edgar.post(`${people}/${path}`, invitation({ do: 'save' }))).status).toBe(404);
    }
    expect(await rightsOf(world.people.edgar.id)).toMatchObject({ approveLimitMinor: 50_000n });
  });

  test('invites a person with no more than they ticked, once however often it is pressed, and the mail leads to a page that asks for a press', async () => {
    const browser = await signedIn(world.people.dana.id);
    const [lk01 = ''] = world.properties;
    const fields = invitation({ which: 'some', propertyIds: publicId('property', lk01), approveLimitMinor: '$500.00' });
    const page = await (await browser.go(`${people}/${customer}/invite?as=property`)).text();
    const sent = { act: act(page), ...fields };
    for (const answer of [await browser.post(`${people}/${customer}/invite`, sent), await browser.post(`${people}/${customer}/invite`, sent)])
      expect(told(answer)).toBe(`${people}?told=invited`);
    const id = await idOf(fields['email'] ?? '');
    expect(await rightsOf(id)).toEqual({
      propertyIds: [lk01],
      canView: true,
      canAsk: true,
      canPay: false,
      canManage: false,
      approveLimitMinor: 50_000n,
      bills: false,
    });
    expect(await letters()).toContain(`${fields['email']} invited`);
    const { rows } = await world.house.office(({ tx }) =>
      sql<{
        kind: string;
        by: string;
      }>`select kind, actor_name as by from events where business_id = ${world.house.id} and data ->> 'personId' = ${id}`.execute(tx),
    );
    expect(rows).toEqual([{ kind: 'person.added', by: 'Dana Whitlock' }]);
  });

  test('M10 nobody gives more than they have: a limit, a right, or managing people of some properties only', async () => {
    const browser = await signedIn(world.people.dana.id);
    await give(world.people.dana.id, { approveLimitMinor: 100_000n, canPay: false });
    const tries: [Fields, string][] = [
      [{ approveLimitMinor: '1000.01' }, 'You cannot give more than you may do yourself.'],
      [{ canPay: '1' }, 'You cannot give more than you may do yourself.'],
      // Whoever manages people without a limit approves anything.
      [{ canManage: '1' }, 'You cannot give more than you may do yourself.'],
      [{ canManage: '1', which: 'some', propertyIds: publicId('property', world.properties[0] ?? '') }, 'for the whole account'],
      [{ which: 'some' }, 'Please fill this in.'],
      [{ which: 'some', propertyIds: publicId('property', newId()) }, 'This property belongs to another customer.'],
      [{ shared: '1', approveLimitMinor: '10' }, 'A shared mailbox cannot approve.'],
      [{ email: world.people.edgar.email }, 'has access to this account already'],
      [{ email: 'nobody' }, 'does not look like an e-mail address'],
      [{ approveLimitMinor: 'much' }, 'Please write an amount'],
    ];
    for (const [fields, words] of tries) {
      const answer = await invite(browser, invitation({ name: 'Sam the Second', ...fields }));
      const html = await answer.text();
      expect([fields, answer.status, html.includes(words), html.includes('value="Sam the Second"')]).toEqual([fields, 422, true, true]);
    }
    expect(told(await invite(browser, invitation({ approveLimitMinor: '1,000.00' })))).toBe(`${people}?told=invited`);
    expect(told(await invite(browser, invitation({ canManage: '1', approveLimitMinor: '400' })))).toBe(`${people}?told=invited`);
    await give(world.people.dana.id, { approveLimitMinor: 0n, canPay: true });
  });

  test('asks for a code when the last is older than ten minutes, and the form keeps what was typed', async () => {
    const browser = world.browser();
    await browser.post(`/${world.house.slug}/code`, { email: world.people.dana.email });
    await browser.post(`/${world.house.slug}/code/enter`, { code: await newestCode() });
    const identity = await identityOf(world.people.dana.id);
    await asLogin(web().database, (tx) =>
      sql`update sessions set authenticated_at = now() - interval '11 minutes' where identity_id = ${identity}`.execute(tx),
    );
    const fields = invitation({ name: 'Kim Ode' });
    const refused = await invite(browser, fields);
    const html = await refused.text();
    expect([refused.status, html.includes('First we make sure it is you'), html.includes('value="Kim Ode"')]).toEqual([200, true, true]);
    const asked = await (await browser.post(`${people}/${customer}/invite`, { ...fields, act: act(html), do: 'code' })).text();
    expect([asked.includes('A code with six digits'), asked.includes('value="Kim Ode"')]).toEqual([true, true]);
    const wrong = await browser.post(`${people}/${customer}/invite`, { ...fields, act: act(asked), code: '000000' });
    expect([wrong.status, (await wrong.text()).includes('name="code"')]).toEqual([422, true]);
    expect(await idOf(fields['email'] ?? '')).toBe('');
    const done = await browser.post(`${people}/${customer}/invite`, { ...fields, act: act(asked), code: await newestCode() });
    expect(told(done)).toBe(`${people}?told=invited`);
    expect(await idOf(fields['email'] ?? '')).not.toBe('');
    expect((await browser.go(people)).status).toBe(200);
  });

  test('T8 a right that was lowered counts with the next request, an open page and a download included', async () => {
    const id = await add('Lou Reyes', { canPay: true });
    const [bill, quote] = [await world.send([id]), await offer(world, [{ id, email: 'x@example.com' }])];
    const [lou, dana] = [await signedIn(id), await signedIn(world.people.dana.id)];
    expect((await lou.go(`${bill.path}/pdf`)).status).toBe(200);
    const person = `${people}/${customer}/${publicId('person', id)}`;
    const form = await (await dana.go(person)).text();
    const [, lk02 = ''] = world.properties;
    const saved = await dana.post(person, { act: act(form), do: 'save', canAsk: '1', which: 'some', propertyIds: publicId('property', lk02) });
    expect(told(saved)).toBe(`${people}?told=changed`);
    for (const path of [bill.path, `${bill.path}/pdf`, `${bill.path}/pay`, quote.path])
      expect([path, (await lou.go(path)).status === 200]).toEqual([path, false]);
    expect(await letters()).toContainEqual(expect.stringMatching(/^lou\.reyes\..* changed$/));
  });

  test('L4 T8 a removed person’s links, sign-in and open stream end at once, and what they did stays', async () => {
    const id = await add('Pat Doe');
    const sent = await world.send([id]);
    const [pat, dana] = [await signedIn(id), await signedIn(world.people.dana.id)];
    const byLink = world.browser();
    const path = await byLink.open(world.house.slug, sent.tokens[0] ?? '');
    const stream = await byLink.go(`${path}/events`);
    const reader = stream.body?.getReader();
    expect((await byLink.go(path)).status).toBe(200);
    const remove = `${people}/${customer}/${publicId('person', id)}/remove`;
    const form = await (await dana.go(remove)).text();
    expect(form).toContain('Pat Doe can no longer open the account');
    expect(told(await dana.post(remove, { act: act(form), do: 'remove' }))).toBe(`${people}?told=removed`);
    expect([(await byLink.go(path)).status, (await pat.go(`/${world.house.slug}/home`)).status]).toEqual([410, 303]);
    await world.send([world.people.dana.id]);
    await world.house.office(({ tx }) => sql`select pg_notify('events', ${world.house.id})`.execute(tx));
    const ended = (async () => {
      for (;;) if ((await reader?.read())?.done !== false) return true;
    })();
    expect(await ended).toBe(true);
    expect(await letters()).toContainEqual(expect.stringMatching(/^pat\.doe\..* ended$/));
  });

  test('an account is never left without somebody who manages its people, however many press at once', async () => {
    const second = await add('Max Second', { canManage: true });
    const [dana, max] = [await signedIn(world.people.dana.id), await signedIn(second)];
    const leave = async (browser: Browser, id: string): Promise<Response> => {
      const path = `${people}/${customer}/${publicId('person', id)}/remove`;
      return browser.post(path, { act: newId(), do: 'remove' });
    };
    const managers = (await world.house.office((scope) => listPeople(scope, world.customer))).filter((person) => person.rights.canManage);
    for (const { id } of managers) if (id !== world.people.dana.id && id !== second) await give(id, { canManage: false });
    const answers = await Promise.all([leave(dana, world.people.dana.id), leave(max, second)]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([303, 422]);
    const left = (await world.house.office((scope) => listPeople(scope, world.customer))).filter((person) => person.rights.canManage);
    expect(left).toHaveLength(1);
  });

  test('L8 an account sends twenty invitations a day', async () => {
    const dana = await add('Dana Again', { canManage: true });
    const browser = await signedIn(dana);
    let answer = await invite(browser, invitation());
    for (let at = 0; at < 25 && answer.status === 303; at += 1) answer = await invite(browser, invitation());
    expect([answer.status, (await answer.text()).includes('too many tries')]).toEqual([422, true]);
  });
});

describe('the page an invitation leads to', () => {
  test('L3 sends nothing when opened, mails a code when pressed, and is worthless with another address or seal', async () => {
    const id = await add('Ann Invited');
    const { email } = (await world.house.office((scope) => listPeople(scope, world.customer))).find((person) => person.id === id) ?? { email: '' };
    const path = (token: string): string => `/${world.house.slug}/join/${token}`;
    const good = joinToken(testKeys, world.house.id, { personId: id, address: email });
    const codes = async (): Promise<number> =>
      asLogin(
        web().database,
        async (tx) =>
          (await sql<{ n: number }>`select count(*)::int as n from sign_in_codes where for_business = ${world.house.id}`.execute(tx)).rows[0]?.n ?? 0,
      );
    const before = await codes();
    const browser = world.browser();
    for (let at = 0; at < 3; at += 1) expect(await (await browser.go(path(good))).text()).toContain('Send me a code');
    expect(await codes()).toBe(before);
    for (const bad of [joinToken(testKeys, world.house.id, { personId: id, address: 'old@example.com' }), `${good}x`, 'x', newId()]) {
      expect((await browser.go(path(bad))).status).toBe(410);
      expect((await browser.post(path(bad))).status).toBe(410);
    }
    expect(await codes()).toBe(before);
    expect(told(await browser.post(path(good)))).toBe(`/${world.house.slug}/code/enter`);
    expect(await codes()).toBe(before + 1);
  });
});
