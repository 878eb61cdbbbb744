import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { testDatabase } from '../../../test/db.ts';
import { refusalOf, type SmallBusiness, smallBusiness, testKeys } from '../../../test/small-business.ts';
import { hashToken, newId } from '../../db/fresh.ts';
import { asLogin } from '../../db/scope.ts';
import { findBusiness } from '../businesses/businesses.ts';
import { confirmSignUp, signUp } from '../businesses/sign-up.ts';
import { createCustomer } from '../customers/customers.ts';
import { listEvents } from '../events/events.ts';
import { checkFreshCode, confirmByCode, givePassword, readCodeMail, repeatCode, startFreshCode, startPasswordReset, sweepSignIn } from './confirm.ts';
import { listSessions, revokeSession, revokeSessions, signOut, switchBusiness, touchSession } from './entry/sessions.ts';
import { addPerson, changePerson, removePerson } from './people.ts';
import { checkPortalCode, startPortalCode } from './portal-sign-in.ts';
import { type Asker, accountsOf, passwordSignIn } from './sign-in.ts';
import { addStaff, removeStaff } from './staff.ts';

const db = testDatabase(8);
let networks = 0;
/** Each asker from a network of its own, unless a test is about networks. */
const asker = (over: Partial<Asker> = {}): Asker => {
  networks += 1;
  return { address: `2001:db8:${networks.toString(16)}::1`, device: 'Test browser', token: null, ...over };
};
const password = 'a good long passphrase';

async function withPerson(email = `rosa.${newId().slice(-8)}@example.com`) {
  const house = await smallBusiness(db().database);
  const customer = await house.office((scope) => createCustomer(scope, { kind: 'residential', name: 'Rosa Quill' }));
  const person = await house.office((scope) => addPerson(scope, { customerId: customer.id, name: 'Rosa Quill', email }));
  return { ...house, customer, person, email };
}

async function withPassword(email: string): Promise<void> {
  const code = await startPasswordReset(db().database, testKeys, { email, password, asker: asker() });
  await confirmByCode(db().database, testKeys, { nonce: code.nonce, code: testKeys.signInCode(code.codeId), asker: asker() }, async () => {});
}

const ownerEmail = async (house: SmallBusiness): Promise<string> => {
  const row = await asLogin(db().database, (tx) => tx.selectFrom('identities').select('email').where('id', '=', house.ownerIdentity).executeTakeFirstOrThrow());
  return row.email;
};

const openOffice = async (token: string) =>
  asLogin(
    db().database,
    async (tx) =>
      (await sql<{ o: { state: string; business?: string; staff?: string; role?: string } }>`select open_office(${hashToken(token)}) as o`.execute(tx)).rows[0]
        ?.o,
  );
const openPortal = async (slug: string, token: string) =>
  asLogin(
    db().database,
    async (tx) => (await sql<{ o: { state: string; person?: string } }>`select open_by_session(${slug}, ${hashToken(token)}) as o`.execute(tx)).rows[0]?.o,
  );

async function customerSession(house: { id: string; email: string }, remember = false) {
  const asked = await startPortalCode(db().database, testKeys, { business: house.id, email: house.email, asker: asker() });
  return checkPortalCode(db().database, testKeys, {
    business: house.id,
    nonce: asked.nonce,
    code: testKeys.signInCode(asked.codeId),
    remember,
    asker: asker(),
  });
}

describe('a code of the portal', () => {
  test('signs in once, in the browser that asked', async () => {
    const house = await withPerson();
    const asked = await startPortalCode(db().database, testKeys, { business: house.id, email: ` ${house.email.toUpperCase()} `, asker: asker() });
    const give = { business: house.id, nonce: asked.nonce, code: testKeys.signInCode(asked.codeId), remember: false, asker: asker() };
    const session = await checkPortalCode(db().database, testKeys, give);
    expect(await openPortal(house.slug, session.token)).toMatchObject({ state: 'open', person: house.person.id });
    expect((await refusalOf(checkPortalCode(db().database, testKeys, give))).code).toBe('code_wrong');
  });

  test('L2 works in no other browser', async () => {
    const house = await withPerson();
    const [one, two] = [await startPortalCode(db().database, testKeys, { business: house.id, email: house.email, asker: asker() }), 'another-browsers-nonce'];
    const give = { business: house.id, nonce: two, code: testKeys.signInCode(one.codeId), remember: false, asker: asker() };
    expect((await refusalOf(checkPortalCode(db().database, testKeys, give))).code).toBe('code_wrong');
  });

  test('L2 ends when a newer one is asked for, and after ten minutes', async () => {
    const house = await withPerson();
    const ask = () => startPortalCode(db().database, testKeys, { business: house.id, email: house.email, asker: asker() });
    const give = (asked: { nonce: string; codeId: string }) =>
      checkPortalCode(db().database, testKeys, {
        business: house.id,
        nonce: asked.nonce,
        code: testKeys.signInCode(asked.codeId),
        remember: false,
        asker: asker(),
      });
    const [first, second] = [await ask(), await ask()];
    expect((await refusalOf(give(first))).code).toBe('code_wrong');
    await asLogin(db().database, (tx) => sql`update sign_in_codes set expires_at = expires_at - interval '10 minutes' where id = ${second.codeId}`.execute(tx));
    expect((await refusalOf(give(second))).code).toBe('code_wrong');
  });

  test('L2 takes five tries, the sixth is too late even when right', async () => {
    const house = await withPerson();
    const asked = await startPortalCode(db().database, testKeys, { business: house.id, email: house.email, asker: asker() });
    const right = testKeys.signInCode(asked.codeId);
    const wrong = right === '000000' ? '000001' : '000000';
    const give = (code: string) =>
      refusalOf(checkPortalCode(db().database, testKeys, { business: house.id, nonce: asked.nonce, code, remember: false, asker: asker() }));
    for (let n = 0; n < 5; n += 1) expect((await give(wrong)).code).toBe('code_wrong');
    expect((await give(right)).code).toBe('code_wrong');
  });

  test('L2 is given to one of twenty who try it at once', async () => {
    const house = await withPerson();
    const asked = await startPortalCode(db().database, testKeys, { business: house.id, email: house.email, asker: asker() });
    const give = () =>
      checkPortalCode(db().database, testKeys, {
        business: house.id,
        nonce: asked.nonce,
        code: testKeys.signInCode(asked.codeId),
        remember: false,
        asker: asker(),
      });
    const tries = await Promise.allSettled(Array.from({ length: 20 }, give));
    expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
  });

  test('L7 is asked for and refused alike for a known and an unknown address: same rows, same task, same words, ten times', async () => {
    const house = await withPerson();
    const answers: string[][] = [];
    for (const email of [house.email, `nobody.${newId()}@example.com`]) {
      const asked = await startPortalCode(db().database, testKeys, { business: house.id, email, asker: asker() });
      const given: string[] = [Object.keys(asked).join()];
      for (let n = 0; n < 10; n += 1) {
        const refusal = checkPortalCode(db().database, testKeys, { business: house.id, nonce: asked.nonce, code: '12345x', remember: false, asker: asker() });
        given.push(
          (await refusal.catch((error: { code: string; message: string; details: object }) =>
            JSON.stringify([error.code, error.message, error.details]),
          )) as string,
        );
      }
      answers.push(given);
    }
    expect(answers[0]).toEqual(answers[1]);
    const rows = await asLogin(db().database, (tx) =>
      tx.selectFrom('sign_in_codes').select(['tries', 'used_at', 'realm']).where('for_business', '=', house.id).execute(),
    );
    expect(rows).toEqual([expect.objectContaining({ tries: 10, used_at: null }), expect.objectContaining({ tries: 10, used_at: null })]);
  });

  test('L7 of nobody cannot be guessed: no digits open a decoy', async () => {
    const house = await withPerson();
    const asked = await startPortalCode(db().database, testKeys, { business: house.id, email: `nobody.${newId()}@example.com`, asker: asker() });
    const give = { business: house.id, nonce: asked.nonce, code: testKeys.signInCode(asked.codeId), remember: false, asker: asker() };
    expect((await refusalOf(checkPortalCode(db().database, testKeys, give))).code).toBe('code_wrong');
  });

  test('L15 is mailed to the stored address of a living person, and a decoy to nobody', async () => {
    const house = await withPerson();
    const known = await startPortalCode(db().database, testKeys, { business: house.id, email: house.email, asker: asker() });
    const unknown = await startPortalCode(db().database, testKeys, { business: house.id, email: `x.${house.email}`, asker: asker() });
    expect(await house.system((scope) => readCodeMail(scope, known.codeId))).toEqual({ kind: 'sign_in_code', personId: house.person.id });
    expect(await house.system((scope) => readCodeMail(scope, unknown.codeId))).toBeNull();
    await house.office((scope) => removePerson(scope, { personId: house.person.id, customerId: house.customer.id }));
    expect(await house.system((scope) => readCodeMail(scope, known.codeId))).toBeNull();
  });

  test.each([
    'róza@example.com',
    'rosa@example.com,evil@example.com',
    'rosa@example.com\r\nBcc: evil@example.com',
    '"rosa"@example.com',
    'rosa@exаmple.com',
    '<rosa@example.com>',
    '',
  ])('L15 is not asked for with the look-alike %j', async (email) => {
    const house = await withPerson();
    expect((await refusalOf(startPortalCode(db().database, testKeys, { business: house.id, email, asker: asker() }))).code).toBe('email_invalid');
  });

  test("a staff member's portal code opens no office page or API", async () => {
    const house = await withPerson();
    const email = await ownerEmail(house);
    await house.office((scope) => addPerson(scope, { customerId: house.customer.id, name: 'Ida as a customer', email }));
    const session = await customerSession({ id: house.id, email });
    expect((await openPortal(house.slug, session.token))?.state).toBe('open');
    expect(await openOffice(session.token)).toEqual({ state: 'unknown' });
    const asked = await startPortalCode(db().database, testKeys, { business: house.id, email, asker: asker() });
    const give = { nonce: asked.nonce, code: testKeys.signInCode(asked.codeId), asker: asker() };
    expect((await refusalOf(confirmByCode(db().database, testKeys, give, async () => {}))).code).toBe('code_wrong');
    expect((await refusalOf(checkFreshCode(db().database, testKeys, { ...give, token: session.token }))).code).toBe('code_wrong');
    await switchBusiness(db().database, session.token, house.id).catch((error: { code: string }) => expect(error.code).toBe('not_found'));
  });

  test('T7 of one business opens nothing at another', async () => {
    const [ours, theirs] = [await withPerson('same@example.com'), await withPerson('same@example.com')];
    const asked = await startPortalCode(db().database, testKeys, { business: ours.id, email: 'same@example.com', asker: asker() });
    const give = { business: theirs.id, nonce: asked.nonce, code: testKeys.signInCode(asked.codeId), remember: false, asker: asker() };
    expect((await refusalOf(checkPortalCode(db().database, testKeys, give))).code).toBe('code_wrong');
  });

  test('rule 12 of an old address is void once the address has changed', async () => {
    const house = await withPerson();
    const asked = await startPortalCode(db().database, testKeys, { business: house.id, email: house.email, asker: asker() });
    await house.office((scope) => changePerson(scope, { id: house.person.id, version: 1, changes: { email: `new.${house.email}` } }));
    const give = { business: house.id, nonce: asked.nonce, code: testKeys.signInCode(asked.codeId), remember: false, asker: asker() };
    expect((await refusalOf(checkPortalCode(db().database, testKeys, give))).code).toBe('code_wrong');
  });

  test('L8 is asked for five times a quarter of an hour and address, known or not, also after a restart', async () => {
    const house = await withPerson();
    for (const email of [house.email, `nobody.${house.email}`]) {
      for (let n = 0; n < 5; n += 1) await startPortalCode(db().database, testKeys, { business: house.id, email, asker: asker() });
      const refused = startPortalCode(db().database, testKeys, { business: house.id, email, asker: asker() });
      await expect(refused).rejects.toMatchObject({ code: 'too_many_requests' });
      await refused.catch((error: { details: { retryAfterSeconds: number } }) => expect(error.details.retryAfterSeconds).toBeLessThanOrEqual(900));
    }
    const rows = await asLogin(db().database, (tx) => tx.selectFrom('throttles').select('key').execute());
    expect(rows.some((row) => row.key.includes('@'))).toBe(false);
  });

  test('L8 counts a /64 as one asker, however it is written', async () => {
    const house = await withPerson();
    const addresses = ['2001:db8:ffff::1', '2001:0db8:ffff:0000::2', '2001:db8:ffff:0:aaaa::', '2001:DB8:FFFF::9%eth0'];
    const ask = (n: number) =>
      startPortalCode(db().database, testKeys, { business: house.id, email: `n${n}@example.com`, asker: asker({ address: addresses[n % 4] ?? '' }) });
    for (let n = 0; n < 30; n += 1) await ask(n);
    expect((await refusalOf(ask(30))).code).toBe('too_many_requests');
  });
});

describe('a session', () => {
  test('L1 is kept as a hash: no token is in the database', async () => {
    const house = await withPerson();
    const session = await customerSession(house);
    const rows = await asLogin(db().database, (tx) => sql<{ row: string }>`select sessions::text as row from sessions`.execute(tx));
    expect(rows.rows.some(({ row }) => row.includes(session.token))).toBe(false);
    expect(Buffer.from(session.token, 'base64url')).toHaveLength(32);
  });

  test('L10 replaces the one the browser came with', async () => {
    const house = await withPerson();
    const first = await customerSession(house);
    const asked = await startPortalCode(db().database, testKeys, { business: house.id, email: house.email, asker: asker() });
    const give = { business: house.id, nonce: asked.nonce, code: testKeys.signInCode(asked.codeId), remember: true, asker: asker({ token: first.token }) };
    const second = await checkPortalCode(db().database, testKeys, give);
    expect(second.token).not.toBe(first.token);
    expect((await openPortal(house.slug, first.token))?.state).toBe('unknown');
    expect((await openPortal(house.slug, second.token))?.state).toBe('open');
  });

  test('L10 ends when unused for its time, moved on by use, and at its last hour whatever happens', async () => {
    const house = await withPerson();
    const session = await customerSession(house, true);
    const set = (text: string) => asLogin(db().database, (tx) => sql`update sessions set ${sql.raw(text)} where id = ${session.id}`.execute(tx));
    await set(`last_used_at = last_used_at - interval '29 days'`);
    expect((await openPortal(house.slug, session.token))?.state).toBe('open');
    await touchSession(db().database, session.token);
    await set(`last_used_at = last_used_at - interval '29 days'`);
    expect((await openPortal(house.slug, session.token))?.state).toBe('open');
    await set(`last_used_at = last_used_at - interval '2 days'`);
    await touchSession(db().database, session.token);
    expect((await openPortal(house.slug, session.token))?.state).toBe('unknown');
    const other = await customerSession(house, true);
    await asLogin(db().database, (tx) => sql`update sessions set expires_at = now() where id = ${other.id}`.execute(tx));
    expect((await openPortal(house.slug, other.token))?.state).toBe('unknown');
  });

  test('lives twelve hours without being remembered, thirty days idle when it is', async () => {
    const house = await withPerson();
    const [short, long] = [await customerSession(house, false), await customerSession(house, true)];
    expect([short.maxAgeSeconds, short.remembered, long.remembered]).toEqual([86_400, false, true]);
    const idle = await asLogin(db().database, (tx) =>
      tx.selectFrom('sessions').select('idle_seconds').where('id', 'in', [short.id, long.id]).orderBy('idle_seconds').execute(),
    );
    expect(idle.map((row) => row.idle_seconds)).toEqual([12 * 3600, 30 * 24 * 3600]);
  });

  test('T8 is listed and ended by its owner, one or all, and by nobody else', async () => {
    const house = await withPerson();
    const [one, two] = [await customerSession(house, true), await customerSession(house, true)];
    const identity = await asLogin(db().database, (tx) => tx.selectFrom('sessions').select('identity_id').where('id', '=', one.id).executeTakeFirstOrThrow());
    expect((await refusalOf(revokeSession(db().database, newId(), one.id))).code).toBe('not_found');
    expect((await listSessions(db().database, identity.identity_id, 'portal')).map((session) => session.id).sort()).toEqual([one.id, two.id].sort());
    await revokeSession(db().database, identity.identity_id, one.id);
    expect((await openPortal(house.slug, one.token))?.state).toBe('unknown');
    expect(await revokeSessions(db().database, identity.identity_id, 'portal')).toBe(1);
    expect((await openPortal(house.slug, two.token))?.state).toBe('unknown');
    await signOut(db().database, two.token);
  });

  test('rule 13 tells this person, and only this person, of accounts elsewhere', async () => {
    const email = `two.${newId()}@example.com`;
    const [ours, theirs] = [await withPerson(email), await withPerson(email)];
    const session = await customerSession(ours);
    const row = await asLogin(db().database, (tx) => tx.selectFrom('sessions').select('identity_id').where('id', '=', session.id).executeTakeFirstOrThrow());
    expect((await accountsOf(db().database, row.identity_id)).map((account) => account.slug).sort()).toEqual([ours.slug, theirs.slug].sort());
    expect(await accountsOf(db().database, newId())).toEqual([]);
  });
});

describe('signing up', () => {
  const fresh = (email: string) =>
    ({ name: 'Left Boot Lawn', trade: 'landscaping', country: 'US', timeZone: 'America/Chicago', currency: 'USD', ownerName: 'Ida Brandt', email }) as const;

  test("makes a business that is nobody's until the code comes back, then signs in", async () => {
    const email = `ida.${newId()}@example.com`;
    const { slug, code, business } = await signUp(db().database, testKeys, { ...fresh(email), password, asker: asker() });
    expect((await refusalOf(passwordSignIn(db().database, testKeys, { email, password: 'some other passphrase', asker: asker() }))).code).toBe(
      'sign_in_failed',
    );
    const { session } = await confirmSignUp(db().database, testKeys, { nonce: code.nonce, code: testKeys.signInCode(code.codeId), asker: asker() });
    expect(await openOffice(session.token)).toMatchObject({ state: 'open', business, role: 'owner' });
    expect((await findBusiness(db().database, slug))?.id).toBe(business);
    expect(await passwordSignIn(db().database, testKeys, { email, password, asker: asker() })).toMatchObject({ kind: 'signed_in', business });
  });

  test('not confirmed yet is told to whoever has the password, with a new code for that browser', async () => {
    const email = `ida.${newId()}@example.com`;
    await signUp(db().database, testKeys, { ...fresh(email), password, asker: asker() });
    const again = await passwordSignIn(db().database, testKeys, { email, password, asker: asker() });
    if (again.kind !== 'unconfirmed') throw new Error('nobody has confirmed');
    const { session } = await confirmSignUp(db().database, testKeys, { nonce: again.code.nonce, code: testKeys.signInCode(again.code.codeId), asker: asker() });
    expect((await openOffice(session.token))?.state).toBe('open');
  });

  test("with another person's address gives no way in to what is theirs", async () => {
    const house = await smallBusiness(db().database);
    const email = await ownerEmail(house);
    await withPassword(email);
    const evil = await signUp(db().database, testKeys, { ...fresh(email), name: 'Evil Twin', password: 'the attackers passphrase', asker: asker() });
    expect((await refusalOf(passwordSignIn(db().database, testKeys, { email, password: 'the attackers passphrase', asker: asker() }))).code).toBe(
      'sign_in_failed',
    );
    const signedIn = await passwordSignIn(db().database, testKeys, { email, password, asker: asker() });
    if (signedIn.kind !== 'signed_in') throw new Error('the owner signs in');
    await expect(switchBusiness(db().database, signedIn.session.token, evil.business)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('repeats the code in the browser that asked; the one before ends', async () => {
    const email = `ida.${newId()}@example.com`;
    const { code } = await signUp(db().database, testKeys, { ...fresh(email), password, asker: asker() });
    const again = await repeatCode(db().database, testKeys, { nonce: code.nonce, asker: asker() });
    const give = (of: { nonce: string; codeId: string }) =>
      confirmSignUp(db().database, testKeys, { nonce: of.nonce, code: testKeys.signInCode(of.codeId), asker: asker() });
    expect((await refusalOf(give(code))).code).toBe('code_wrong');
    await give(again);
    expect((await refusalOf(repeatCode(db().database, testKeys, { nonce: 'unknown', asker: asker() }))).code).toBe('code_wrong');
  });

  test.each([
    ['short', 'password_too_short'],
    ['password1234', 'password_too_common'],
    ['aaaaaaaaaaaaaaaa', 'password_too_common'],
    ['abcdefghijklmnop', 'password_too_common'],
    ['Left Boot Lawn 1', 'password_matches_name'],
  ])('refuses the password %j', async (weak, code) => {
    const refused = signUp(db().database, testKeys, { ...fresh('ida@example.com'), password: weak, asker: asker() });
    expect(await refusalOf(refused)).toEqual({ code, field: 'password' });
  });
});

describe('a password', () => {
  test('unknown, wrong and of someone who left are refused alike', async () => {
    const house = await smallBusiness(db().database);
    const colleague = await house.office((scope) => addStaff(scope, { name: 'Theo', email: `theo.${newId()}@example.com`, role: 'office' }));
    await withPassword(colleague.email);
    expect((await passwordSignIn(db().database, testKeys, { email: colleague.email, password, asker: asker() })).kind).toBe('signed_in');
    await house.office((scope) => removeStaff(scope, colleague.id));
    const tries = [
      [colleague.email, password],
      [colleague.email, 'wrong passphrase'],
      [`nobody.${newId()}@example.com`, password],
      ['not an address', password],
    ] as const;
    const answers = await Promise.all(
      tries.map(([email, typed]) =>
        passwordSignIn(db().database, testKeys, { email, password: typed, asker: asker() }).catch((error: { code: string; details: object }) =>
          JSON.stringify([error.code, error.details]),
        ),
      ),
    );
    expect(new Set(answers)).toEqual(new Set(['["sign_in_failed",{}]']));
  });

  test('L7 takes as long for an unknown address as for a wrong password', async () => {
    const house = await smallBusiness(db().database);
    const email = await ownerEmail(house);
    await withPassword(email);
    const time = async (address: string): Promise<number> => {
      const before = performance.now();
      await refusalOf(passwordSignIn(db().database, testKeys, { email: address, password: 'a wrong passphrase', asker: asker() }));
      return performance.now() - before;
    };
    const [known, unknown]: [number[], number[]] = [[], []];
    for (let n = 0; n < 9; n += 1) {
      known.push(await time(email));
      unknown.push(await time(`nobody${n}@example.com`));
    }
    const median = (of: number[]): number => [...of].sort((a, b) => a - b)[4] ?? 0;
    expect(Math.abs(median(known) - median(unknown))).toBeLessThan(median(known) / 2);
  });

  test('L8 is tried ten times a quarter of an hour, then even the right one waits', async () => {
    const house = await smallBusiness(db().database);
    const email = await ownerEmail(house);
    await withPassword(email);
    const enter = (typed: string) => passwordSignIn(db().database, testKeys, { email, password: typed, asker: asker() });
    for (let n = 0; n < 10; n += 1) expect((await refusalOf(enter('a wrong passphrase'))).code).toBe('sign_in_failed');
    expect((await refusalOf(enter(password))).code).toBe('too_many_requests');
    await asLogin(db().database, (tx) => sql`update throttles set window_start = window_start - interval '15 minutes'`.execute(tx));
    expect((await enter(password)).kind).toBe('signed_in');
  });

  test('set anew by code ends every other office session', async () => {
    const house = await smallBusiness(db().database);
    const email = await ownerEmail(house);
    await withPassword(email);
    const before = await passwordSignIn(db().database, testKeys, { email, password, asker: asker() });
    if (before.kind !== 'signed_in') throw new Error('signs in');
    await withPassword(email);
    expect((await openOffice(before.session.token))?.state).toBe('unknown');
    expect((await house.office((scope) => listEvents(scope, { kinds: ['staff.signed_in'], limit: 9 }))).length).toBe(3);
  });

  test('asked for anew for an unknown address answers the same and mails nobody', async () => {
    const asked = await startPasswordReset(db().database, testKeys, { email: `nobody.${newId()}@example.com`, password, asker: asker() });
    const give = { nonce: asked.nonce, code: testKeys.signInCode(asked.codeId), asker: asker() };
    expect((await refusalOf(confirmByCode(db().database, testKeys, give, async () => {}))).code).toBe('code_wrong');
  });

  test('L10 keeps a crew phone for thirty days and an office for the working day', async () => {
    const house = await smallBusiness(db().database);
    const crew = await house.office((scope) => addStaff(scope, { name: 'Luz', email: `luz.${newId()}@example.com`, role: 'field' }));
    await withPassword(crew.email);
    await withPassword(await ownerEmail(house));
    const enter = async (email: string) => {
      const answer = await passwordSignIn(db().database, testKeys, { email, password, remember: true, asker: asker() });
      return answer.kind === 'signed_in' ? answer.session.maxAgeSeconds : 0;
    };
    expect(await enter(crew.email)).toBe(30 * 24 * 3600);
    expect(await enter(await ownerEmail(house))).toBe(12 * 3600);
  });
});

test('a password is given without a code by the system alone', async () => {
  const house = await smallBusiness(db().database);
  const given = { identityId: house.ownerIdentity, password };
  expect((await refusalOf(house.office((scope) => givePassword(scope, given)))).code).toBe('not_allowed');
  await house.system((scope) => givePassword(scope, given));
  expect((await passwordSignIn(db().database, testKeys, { email: await ownerEmail(house), password, asker: asker() })).kind).toBe('signed_in');
});

describe('a fresh code', () => {
  test('renews the session it was asked for, and no other', async () => {
    const house = await smallBusiness(db().database);
    const email = await ownerEmail(house);
    await withPassword(email);
    const enter = async () => {
      const answer = await passwordSignIn(db().database, testKeys, { email, password, asker: asker() });
      if (answer.kind !== 'signed_in') throw new Error('signs in');
      await asLogin(db().database, (tx) => sql`update sessions set authenticated_at = now() - interval '1 hour' where id = ${answer.session.id}`.execute(tx));
      return answer.session;
    };
    const [mine, other] = [await enter(), await enter()];
    const asked = await startFreshCode(db().database, testKeys, { business: house.id, identityId: house.ownerIdentity, asker: asker() });
    await checkFreshCode(db().database, testKeys, { token: mine.token, nonce: asked.nonce, code: testKeys.signInCode(asked.codeId), asker: asker() });
    const rows = await asLogin(db().database, (tx) =>
      tx
        .selectFrom('sessions')
        .select(['id', 'assurance', sql<boolean>`authenticated_at > now() - interval '1 minute'`.as('fresh')])
        .where('id', 'in', [mine.id, other.id])
        .execute(),
    );
    expect(rows.find((row) => row.id === mine.id)).toMatchObject({ fresh: true, assurance: expect.arrayContaining(['password', 'code']) });
    expect(rows.find((row) => row.id === other.id)).toMatchObject({ fresh: false });
  });
});

test('what signing in leaves behind is swept, living sessions stay', async () => {
  const house = await withPerson();
  const session = await customerSession(house);
  await asLogin(db().database, async (tx) => {
    await sql`update sign_in_codes set expires_at = expires_at - interval '31 days' where for_business = ${house.id}`.execute(tx);
    await sql`update throttles set window_start = window_start - interval '2 hours'`.execute(tx);
  });
  await sweepSignIn(db().database);
  const left = await asLogin(db().database, async (tx) => [
    await tx.selectFrom('sign_in_codes').select('id').where('for_business', '=', house.id).execute(),
    await tx.selectFrom('throttles').select('key').execute(),
  ]);
  expect(left).toEqual([[], []]);
  expect((await openPortal(house.slug, session.token))?.state).toBe('open');
});
