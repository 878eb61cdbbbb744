import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { ask, type Caller, done } from '../../../test/api-client.ts';
import { testKeys } from '../../../test/small-business.ts';
import { testWeb } from '../../../test/web.ts';
import { asLogin } from '../../db/scope.ts';

const web = testWeb();
const form = {
  business: 'Left Boot Lawn',
  trade: 'landscaping',
  country: 'US',
  timeZone: 'America/Chicago',
  currency: 'USD',
  name: 'Ida Brandt',
  password: 'a long hedge of words',
};
const browser = (): Caller => ({ cookies: {} });

/** The code mailed last, as its reader would see it. */
async function newestCode(): Promise<string> {
  const rows = await asLogin(web().database, (tx) => sql<{ id: string }>`select id from sign_in_codes order by created_at desc, id desc limit 1`.execute(tx));
  return testKeys.signInCode(rows.rows[0]?.id ?? '');
}

describe('signing up', () => {
  it('starts a business, confirms the address by the mailed code in the same browser, and signs in', async () => {
    const ida = browser();
    const sent = await done(web(), ida, 'signUp', { body: { ...form, email: 'ida@example.com' } });
    expect(sent.sentTo).toBe('i•••@example.com');
    expect((await ask(web(), browser(), 'confirmSignUp', { body: { code: await newestCode() } })).status).toBe(401);
    const session = await done(web(), ida, 'confirmSignUp', { body: { code: await newestCode() } });
    expect(session).toMatchObject({ business: { name: 'Left Boot Lawn', currency: 'USD' }, staff: { name: 'Ida Brandt', role: 'owner' }, outbox: true });
    expect(await done(web(), ida, 'readSession')).toEqual(session);
  });

  it('mails the code again, and the one before ends', async () => {
    const theo = browser();
    await done(web(), theo, 'signUp', { body: { ...form, email: 'theo@example.com' } });
    const first = await newestCode();
    expect((await done(web(), theo, 'resendSignUpCode')).sentTo).toBe('t•••@example.com');
    expect((await ask(web(), theo, 'confirmSignUp', { body: { code: first } })).status).toBe(401);
    expect((await ask(web(), theo, 'confirmSignUp', { body: { code: await newestCode() } })).status).toBe(201);
  });
});

describe('signing in', () => {
  it('takes the password, sets a fresh HttpOnly cookie, and ends with signing out', async () => {
    const ida = browser();
    const { headers, status } = await ask(web(), ida, 'signIn', { body: { email: 'ida@example.com', password: form.password } });
    expect(status).toBe(201);
    expect(headers.getSetCookie()[0]).toMatch(/^office=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/);
    const stolen: Caller = { cookies: { ...ida.cookies } };
    expect((await ask(web(), ida, 'signOut')).status).toBe(204);
    expect(Object.keys(ida.cookies ?? {})).toEqual(['device']);
    expect((await ask(web(), stolen, 'readSession')).status).toBe(401);
  });

  it('answers a wrong password and an unknown address alike', async () => {
    const wrong = await ask(web(), browser(), 'signIn', { body: { email: 'ida@example.com', password: 'not this one at all' } });
    const unknown = await ask(web(), browser(), 'signIn', { body: { email: 'nobody@example.com', password: 'not this one at all' } });
    const without = ({ json }: typeof wrong) => ({ ...json, requestId: '' });
    expect(without(wrong)).toEqual(without(unknown));
    expect(wrong.status).toBe(401);
  });

  it('L8 asks to wait after ten wrong passwords, and says for how long', async () => {
    const tries = Array.from({ length: 11 }, () => ({ body: { email: 'hit@example.com', password: 'wrong wrong wrong' } }));
    const answers = [];
    for (const asked of tries) answers.push(await ask(web(), browser(), 'signIn', asked));
    expect(answers.slice(0, 10).every(({ status }) => status === 401)).toBe(true);
    expect(answers[10]?.status).toBe(429);
    expect(Number(answers[10]?.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('mails a new code to an address that was never confirmed, once the password is right', async () => {
    const luz = browser();
    await done(web(), browser(), 'signUp', { body: { ...form, email: 'luz@example.com' } });
    const refused = await ask(web(), luz, 'signIn', { body: { email: 'luz@example.com', password: form.password } });
    expect([refused.status, refused.json.code]).toEqual([403, 'email_unconfirmed']);
    expect((await ask(web(), luz, 'confirmSignUp', { body: { code: await newestCode() } })).status).toBe(201);
  });
});

describe('a sensitive act', () => {
  it('L13 needs a fresh code, and another once that is ten minutes old: the password alone is none', async () => {
    const ida = browser();
    await done(web(), ida, 'signIn', { body: { email: 'ida@example.com', password: form.password } });
    const body = { name: 'Bookkeeping', scopes: ['customers:read'] };
    expect((await ask(web(), ida, 'makeApiKey', { body })).json.code).toBe('code_needed');
    await done(web(), ida, 'sendFreshCode');
    await done(web(), ida, 'confirmFreshCode', { body: { code: await newestCode() } });
    expect((await done(web(), ida, 'makeApiKey', { body })).key).toMatch(/^sip_/);
    await asLogin(web().database, (tx) => sql`update sessions set authenticated_at = authenticated_at - interval '11 minutes'`.execute(tx));
    expect((await ask(web(), ida, 'makeApiKey', { body })).json.code).toBe('code_needed');
    expect((await done(web(), ida, 'sendFreshCode')).sentTo).toBe('i•••@example.com');
    await done(web(), ida, 'confirmFreshCode', { body: { code: await newestCode() } });
    expect((await ask(web(), ida, 'makeApiKey', { body })).status).toBe(201);
  });
});

describe('a session at work', () => {
  it('L10 is not idle: its last use is kept, and nothing else of it moves', async () => {
    const ida = browser();
    await done(web(), ida, 'signIn', { body: { email: 'ida@example.com', password: form.password } });
    await asLogin(web().database, (tx) => sql`update sessions set last_used_at = last_used_at - interval '11 hours'`.execute(tx));
    await done(web(), ida, 'listItems');
    const found = await asLogin(web().database, (tx) =>
      sql<{ used: boolean }>`select bool_or(last_used_at > now() - interval '1 minute') as used from sessions where revoked_at is null`.execute(tx),
    );
    expect(found.rows[0]?.used).toBe(true);
    await asLogin(web().database, (tx) => sql`update sessions set last_used_at = last_used_at - interval '13 hours'`.execute(tx));
    expect((await ask(web(), ida, 'listItems')).status).toBe(401);
  });
});
