import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../src/db/fresh.ts';
import { asLogin } from '../../src/db/scope.ts';
import { renewLinks } from '../../src/domain/links/links.ts';
import { queueMail } from '../../src/domain/mails/mails.ts';
import { changePerson, listPeople } from '../../src/domain/people/people.ts';
import { addStaff } from '../../src/domain/people/staff.ts';
import { ask, type Caller, done } from '../api-client.ts';
import { type Browser, type PortalWorld, portalWorld } from '../portal-world.ts';
import { openPostRoom, type PostRoom } from '../post-room.ts';
import { type SmallBusiness, smallBusiness, testKeys } from '../small-business.ts';
import { testWeb } from '../web.ts';
import { officeSession } from '../world.ts';

const web = testWeb();
let post: PostRoom;
beforeAll(async () => {
  post = await openPostRoom(web());
});
afterAll(() => post.close());

const password = 'a long hedge of words';
const fresh = (name: string): string => `${name}.${newId().slice(-8)}@example.com`;
const asked = <T>(work: ReturnType<typeof sql<T>>): Promise<T[]> => asLogin(web().database, async (tx) => (await work.execute(tx)).rows);

/** The code mailed last, as its reader would see it. */
async function newestCode(): Promise<string> {
  const [row] = await asked(sql<{ id: string }>`select id from sign_in_codes order by created_at desc, id desc limit 1`);
  return testKeys.signInCode(row?.id ?? '');
}

const passwordOf = async (identityId: string) =>
  (await asked(sql<{ password_hash: string | null }>`select password_hash from identities where id = ${identityId}`))[0]?.password_hash ?? null;

/** A colleague who signs in with the password, and with an app where `app` says so. */
async function colleague(house: SmallBusiness, app = false): Promise<{ id: string; email: string; identityId: string; caller: Caller }> {
  const staff = await house.office((scope) => addStaff(scope, { name: 'Theo Park', email: fresh('theo'), role: 'office' }));
  await asLogin(web().database, async (tx) => {
    await sql`update identities set confirmed_at = now(), password_hash = ${`hash of ${staff.identityId}`} where id = ${staff.identityId}`.execute(tx);
    if (app)
      await sql`insert into authenticator_apps (identity_id, secret, created_at, confirmed_at) values (${staff.identityId}, 'sealed', now(), now())`.execute(
        tx,
      );
  });
  return { ...staff, caller: await officeSession(web(), house.id, staff.identityId) };
}

const enter = (email: string): Promise<{ status: number }> => ask(web(), { cookies: {} }, 'signIn', { body: { email, password } });
const lettersTo = (address: string) => post.letters.filter((letter) => letter.to.address === address);

describe('L14 a colleague’s new address', () => {
  test('needs a fresh code, tells the old one at once, and changes nothing before its own code came back', async () => {
    const theo = await colleague(await smallBusiness(web().database));
    const email = fresh('theo.new');
    await asked(sql`update sessions set authenticated_at = now() - interval '11 minutes' where identity_id = ${theo.identityId} returning id`);
    expect((await ask(web(), theo.caller, 'startNewAddress', { body: { email } })).json.code).toBe('code_needed');
    await done(web(), theo.caller, 'sendFreshCode');
    await done(web(), theo.caller, 'confirmFreshCode', { body: { code: await newestCode() } });
    await done(web(), theo.caller, 'startNewAddress', { body: { email } });
    await post.drain();
    expect(lettersTo(email)).toHaveLength(1);
    const warned = lettersTo(theo.email).at(-1)?.text ?? '';
    expect(warned).toContain('t•••@example.com');
    expect(warned).not.toContain(await newestCode());
    expect((await done(web(), theo.caller, 'readSession')).staff.email).toBe(theo.email);
    expect((await ask(web(), theo.caller, 'confirmNewAddress', { body: { code: '000000' } })).json.code).toBe('code_wrong');
    expect((await done(web(), theo.caller, 'readSession')).staff.email).toBe(theo.email);
  });

  test('once confirmed signs in everywhere they work; codes, sessions and the old address end, and it is told a last time', async () => {
    const [house, elsewhere] = [await smallBusiness(web().database), await smallBusiness(web().database)];
    const theo = await colleague(house);
    const there = await elsewhere.office((scope) => addStaff(scope, { name: 'Theo Park', email: theo.email, role: 'admin' }));
    expect(there.identityId).toBe(theo.identityId);
    const otherDevice = await officeSession(web(), house.id, theo.identityId);
    const reset: Caller = { cookies: {} };
    await done(web(), reset, 'startReset', { body: { email: theo.email, password: 'another long hedge of words' } });
    const resetCode = await newestCode();
    const email = fresh('theo.new');
    const before = { ...theo.caller.cookies };
    await done(web(), theo.caller, 'startNewAddress', { body: { email } });
    expect((await done(web(), theo.caller, 'confirmNewAddress', { body: { code: await newestCode() } })).staff.email).toBe(email);
    for (const caller of [otherDevice, { cookies: before }]) expect((await ask(web(), caller, 'readSession')).status).toBe(401);
    expect((await ask(web(), reset, 'confirmSignUp', { body: { code: resetCode } })).json.code).toBe('code_wrong');
    expect((await done(web(), theo.caller, 'readSession')).businesses).toHaveLength(2);
    expect(await passwordOf(theo.identityId)).toBeNull();
    await post.drain();
    expect(lettersTo(theo.email).filter((letter) => letter.text.includes('t•••@example.com')).length).toBeGreaterThanOrEqual(3);
    expect((await enter(theo.email)).status).toBe(401);
  });

  test('is confirmed by whoever asked for it alone, and by nobody a second time', async () => {
    const house = await smallBusiness(web().database);
    const [theo, luz] = [await colleague(house), await colleague(house)];
    await done(web(), theo.caller, 'startNewAddress', { body: { email: fresh('theo.new') } });
    const code = await newestCode();
    const { 'office-code': nonce = '' } = theo.caller.cookies ?? {};
    expect(nonce).not.toBe('');
    const stolen: Caller = { cookies: { ...luz.caller.cookies, 'office-code': nonce } };
    expect((await ask(web(), stolen, 'confirmNewAddress', { body: { code } })).json.code).toBe('code_wrong');
    await done(web(), theo.caller, 'confirmNewAddress', { body: { code } });
    const again: Caller = { cookies: { ...theo.caller.cookies, 'office-code': nonce } };
    expect((await ask(web(), again, 'confirmNewAddress', { body: { code } })).json.code).toBe('code_wrong');
  });

  test('that signs in already keeps its own password and app: its mailbox opens no door they guard', async () => {
    const [theirs, mine] = [await smallBusiness(web().database), await smallBusiness(web().database)];
    const [victim, thief] = [await colleague(theirs, true), await colleague(mine)];
    const kept = await passwordOf(victim.identityId);
    await done(web(), thief.caller, 'startNewAddress', { body: { email: victim.email } });
    const answer = await ask(web(), thief.caller, 'confirmNewAddress', { body: { code: await newestCode() } });
    expect([answer.status, answer.json.code]).toEqual([401, 'second_factor_needed']);
    expect(await passwordOf(victim.identityId)).toBe(kept);
    const apps = await asked(sql<{ secret: string }>`select secret from authenticator_apps where identity_id = ${victim.identityId}`);
    expect(apps).toEqual([{ secret: 'sealed' }]);
    expect((await ask(web(), thief.caller, 'readSession')).status).toBe(401);
    expect((await done(web(), victim.caller, 'readSession')).staff.email).toBe(victim.email);
    expect(await passwordOf(thief.identityId)).toBeNull();
  });
});

describe('L14 rule 12 a customer’s address, changed by the office', () => {
  let world: PortalWorld;
  beforeAll(async () => {
    world = await portalWorld(web());
  });

  /** Dana as the office has her now, given another address. */
  async function moveDana(email: string): Promise<void> {
    await world.house.office(async (scope) => {
      const dana = (await listPeople(scope, world.customer)).find(({ id }) => id === world.people.dana.id);
      await changePerson(scope, { id: world.people.dana.id, version: dana?.version ?? 0, changes: { email } });
    });
  }
  const danaNow = async () => (await world.house.office((scope) => listPeople(scope, world.customer))).find(({ id }) => id === world.people.dana.id);
  const at = (): string => `/${world.house.slug}`;
  async function askCode(email: string): Promise<{ browser: Browser; code: string }> {
    const browser = world.browser();
    await browser.post(`${at()}/code`, { email });
    return { browser, code: await newestCode() };
  }
  const signsIn = async ({ browser, code }: { browser: Browser; code: string }): Promise<boolean> =>
    (await browser.post(`${at()}/code/enter`, { code })).status === 303;

  test('ends codes, sessions and links of the old one; the link’s page shows none and mails the new one only', async () => {
    const [old, email] = [world.people.dana.email, fresh('dana.new')];
    const sent = await world.send([world.people.dana.id]);
    const visitor = world.browser();
    const path = await visitor.open(world.house.slug, sent.tokens[0] ?? '');
    expect((await visitor.go(path)).status).toBe(200);
    const session = await askCode(old);
    expect(await signsIn(session)).toBe(true);
    expect((await danaNow())?.verified).toBe(true);
    const waiting = await askCode(old);

    await moveDana(email);
    expect(await danaNow()).toMatchObject({ email, verified: false });
    expect(await signsIn(waiting)).toBe(false);
    expect((await session.browser.go(`${at()}/home`)).status).not.toBe(200);
    const ended = await visitor.go(path);
    const html = await ended.text();
    expect(ended.status).toBe(410);
    expect(html).toContain('Send me a new link');
    expect(html).not.toMatch(/•••|dana/);

    await post.drain();
    post.letters.length = 0;
    const pressed = await visitor.post(`${path}/new-link`, { email: old });
    expect(await (await visitor.go(pressed.headers.get('location') ?? '')).text()).not.toMatch(/•••|dana/);
    await post.drain();
    expect(post.letters.map((letter) => letter.to.address)).toEqual([email]);
    await world.house.office(({ tx }) =>
      tx
        .updateTable('people')
        .set({ email_changed_at: sql`now() - interval '31 days'` })
        .where('business_id', '=', world.house.id)
        .where('id', '=', world.people.dana.id)
        .execute(),
    );
    expect(await (await visitor.go(path)).text()).toContain('d•••@example.com');
  });

  test('stays so when it changes again, and a code from before it was given back is void', async () => {
    const [before, between] = [fresh('dana.one'), fresh('dana.two')];
    await moveDana(before);
    const sent = await world.send([world.people.dana.id]);
    const visitor = world.browser();
    const path = await visitor.open(world.house.slug, sent.tokens[0] ?? '');
    const waiting = await askCode(before);
    await moveDana(between);
    await moveDana(before);
    expect(await signsIn(waiting)).toBe(false);
    expect((await visitor.go(path)).status).toBe(410);
    expect(await world.house.system((scope) => renewLinks(scope, testKeys, { linkId: sent.links[0] ?? '', documentId: null }))).toBe(1);
    expect(await signsIn(await askCode(before))).toBe(true);
  });

  test('mail that waits for the old one does not leave', async () => {
    const gone = fresh('dana.gone');
    await moveDana(gone);
    await post.drain();
    await world.house.office(async (scope) => {
      await queueMail(scope, { kind: 'sign_in_code', personId: world.people.dana.id, once: `late:${newId()}`, facts: { codeId: newId() } });
      const dana = (await listPeople(scope, world.customer)).find(({ id }) => id === world.people.dana.id);
      await changePerson(scope, { id: world.people.dana.id, version: dana?.version ?? 0, changes: { email: fresh('dana.last') } });
    });
    await post.drain();
    expect(lettersTo(gone)).toEqual([]);
  });
});
