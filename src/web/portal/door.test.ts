import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Browser, type PortalWorld, portalWorld, type SentInvoice } from '../../../test/portal-world.ts';
import { testKeys } from '../../../test/small-business.ts';
import { testWeb } from '../../../test/web.ts';
import { asLogin } from '../../db/scope.ts';
import { createCustomer } from '../../domain/customers/customers.ts';
import { readInvoice } from '../../domain/invoices/invoices.ts';
import { mailFoundInvoices } from '../../domain/links/links.ts';
import { listMails } from '../../domain/mails/mails.ts';
import { addPerson } from '../../domain/people/people.ts';

const web = testWeb();
let world: PortalWorld;
let bill: SentInvoice;
let at: string;

beforeAll(async () => {
  world = await portalWorld(web());
  at = `/${world.house.slug}`;
  bill = await world.send([world.people.dana.id]);
});

/** What a wrong answer looks like to whoever compares: all of it but the request's own id. */
async function bytesOf(answer: Response): Promise<string> {
  const headers = [...answer.headers].filter(([name]) => !['x-request-id', 'date'].includes(name));
  return JSON.stringify([answer.status, headers, await answer.text()]);
}

/** The newest code made for this business, as the mail would say it. */
async function newestCode(): Promise<string> {
  const id = await asLogin(web().database, async (tx) => {
    const { rows } = await sql<{
      id: string;
    }>`select id from sign_in_codes where for_business = ${world.house.id} order by created_at desc, id desc limit 1`.execute(tx);
    return rows[0]?.id ?? '';
  });
  return testKeys.signInCode(id);
}

async function signedIn(email: string, where = at): Promise<Browser> {
  const browser = world.browser();
  await browser.post(`${where}/code`, { email });
  const answer = await browser.post(`${where}/code/enter`, { code: await newestCode() });
  expect([answer.status, answer.headers.get('location')]).toEqual([303, `${where}/home`]);
  return browser;
}

describe('from the link of one document to the account', () => {
  // Whoever asks too often waits, so these have an address of their own.
  let edgars: SentInvoice;
  beforeAll(async () => {
    edgars = await world.send([world.people.edgar.id], { spread: true });
  });
  const codes = async (): Promise<number> =>
    asLogin(web().database, async (tx) => {
      const { rows } = await sql<{ n: number }>`select count(*)::int as n from sign_in_codes where for_business = ${world.house.id}`.execute(tx);
      return rows[0]?.n ?? 0;
    });

  test('L3 the page names where the code goes, and only a press sends it', async () => {
    const browser = world.browser();
    const path = await browser.open(world.house.slug, edgars.tokens[0] ?? '');
    expect(await (await browser.go(path)).text()).toContain(`href="${path}/confirm"`);
    const before = await codes();
    const page = await (await browser.go(`${path}/confirm`)).text();
    expect(page).toContain('e•••');
    expect(page).not.toContain(world.people.edgar.email);
    expect(await codes()).toBe(before);
    const asked = await browser.post(`${path}/confirm`);
    expect([asked.headers.get('location'), await codes()]).toEqual([`${path}/confirm?sent=1`, before + 1]);
  });

  test('a wrong code comes back with the field, the right one opens the account, and afterwards nobody is asked again', async () => {
    const browser = world.browser();
    const path = await browser.open(world.house.slug, edgars.tokens[0] ?? '');
    await browser.post(`${path}/confirm`);
    const code = await newestCode();
    const wrong = await browser.post(`${path}/confirm`, { step: 'enter', code: code === '111111' ? '222222' : '111111' });
    expect([wrong.status, /name="code"/.test(await wrong.text())]).toEqual([422, true]);
    expect((await browser.post(`${path}/confirm`, { step: 'enter', code })).headers.get('location')).toBe(`${at}/home`);
    expect((await browser.go(`${at}/home`)).status).toBe(200);
    expect((await browser.go(`${path}/confirm`)).headers.get('location')).toBe(`${at}/home`);
  });

  test('L15 the code goes to whom the link was made for, whoever holds it, and to nobody without it', async () => {
    const stranger = world.browser();
    const nobody = await stranger.post(`${bill.path}/confirm`);
    expect(nobody.headers.get('location')).toBe(`${at}?stay=1`);
    const other = await world.send([world.people.rosa.id], { customer: world.other });
    const rosa = world.browser();
    await rosa.open(world.house.slug, other.tokens[0] ?? '');
    expect((await rosa.post(`${bill.path}/confirm`)).headers.get('location')).toBe(`${at}?stay=1`);
    await rosa.post(`${other.path}/confirm`);
    const whose = await asLogin(web().database, async (tx) => {
      const { rows } = await sql<{ email: string }>`select i.email from sign_in_codes c join identities i on i.id = c.identity_id
        where c.for_business = ${world.house.id} order by c.created_at desc, c.id desc limit 1`.execute(tx);
      return rows[0]?.email;
    });
    expect(whose).toBe(world.people.rosa.email);
  });
});

describe('L7 signing in by code', () => {
  test('the 1st to 10th wrong code for a known and an unknown address are byte-equal', async () => {
    const answers = new Set<string>();
    for (const email of [world.people.dana.email, 'nobody.here@example.com']) {
      const browser = world.browser();
      expect(await bytesOf(await browser.post(`${at}/code`, { email }))).toContain('303');
      for (let times = 0; times < 10; times += 1) answers.add(await bytesOf(await browser.post(`${at}/code/enter`, { code: '000000' })));
    }
    answers.add(await bytesOf(await world.browser().post(`${at}/code/enter`, { code: '123456' })));
    expect(answers.size).toBe(1);
    expect([...answers][0]).toContain('This code is wrong or has ended');
  });

  test('asking for a code answers the same for a known and an unknown address', async () => {
    const seen = new Set<string>();
    for (const email of [world.people.dana.email, 'nobody.else@example.com']) {
      const answer = await world.browser().post(`${at}/code`, { email });
      seen.add((await bytesOf(answer)).replaceAll(/portal-code=[\w-]+/g, 'portal-code='));
    }
    expect(seen.size).toBe(1);
  });

  test('the mailed link signs nobody in by itself and works by a press in the browser that asked', async () => {
    const browser = world.browser();
    await browser.post(`${at}/code`, { email: world.people.dana.email });
    const code = await newestCode();
    const page = await browser.go(`${at}/enter/${code}`);
    expect(await page.text()).toContain('Yes, sign me in');
    expect(browser.cookies().some((cookie) => cookie.name === 'portal')).toBe(false);
    expect(await (await world.browser().go(`${at}/enter/${code}`)).text()).not.toContain('Yes, sign me in');
    expect((await browser.post(`${at}/code/enter`, { code })).headers.get('location')).toBe(`${at}/home`);
  });

  test('a bad address comes back filled, with 422', async () => {
    const answer = await world.browser().post(`${at}/code`, { email: 'not an address' });
    const html = await answer.text();
    expect(answer.status).toBe(422);
    expect(html).toContain('value="not an address"');
    expect(html).toContain('aria-invalid="true"');
  });
});

describe('L15 find my invoice', () => {
  test('answers byte-equal whether number and address belong together or not', async () => {
    const number = (await world.house.office((scope) => readInvoice(scope, bill.id))).facts.document.number;
    const seen = new Set<string>();
    for (const [no, email] of [
      [number, world.people.dana.email],
      [number, 'nobody@example.com'],
      ['999999', world.people.dana.email],
    ]) {
      seen.add(await bytesOf(await world.browser().post(`${at}/find`, { number: no ?? '', 'find-email': email ?? '' })));
    }
    expect(seen.size).toBe(1);
  });

  test('mails only the stored address of someone with a right to it, whatever look-alike was typed', async () => {
    const sent = await world.send([world.people.dana.id]);
    const number = (await world.house.office((scope) => readInvoice(scope, sent.id))).facts.document.number;
    const { email } = world.people.dana;
    const lookAlikes = [
      email.replace('dana', 'ｄana'),
      `"${email}"`,
      `${email},x@evil.example.com`,
      `<${email}>`,
      email.replace('@', '@evil.'),
      world.people.rosa.email,
      '',
    ];
    for (const typed of lookAlikes) expect(await world.house.system((scope) => mailFoundInvoices(scope, testKeys, { number, email: typed }))).toBe(0);
    expect(await world.house.system((scope) => mailFoundInvoices(scope, testKeys, { number, email }))).toBe(1);
    const mails = await world.house.office((scope) => listMails(scope, { documentId: sent.id, limit: 20 }));
    expect(mails.filter((mail) => mail.kind === 'new_link').map((mail) => mail.to_address)).toEqual([email]);
  });
});

/** Somebody new of the same customer: asking for codes is limited for each address. */
async function newcomer(): Promise<string> {
  const email = `new.${randomUUID().slice(-8)}@example.com`;
  await world.house.office((scope) => addPerson(scope, { name: 'New Comer', email, customerId: world.customer }));
  return email;
}

describe('the account of a customer', () => {
  test('shows their invoices and nothing of another customer', async () => {
    const theirs = await world.send([world.people.rosa.id], { amounts: [77_700], customer: world.other });
    const browser = await signedIn(world.people.dana.email);
    const list = await (await browser.go(`${at}/invoices?tab=all`)).text();
    expect(list).toContain('$186.00');
    expect(list).not.toContain('$777.00');
    expect((await browser.go(theirs.path)).status).toBe(404);
    expect((await browser.go(bill.path)).status).toBe(200);
    expect(await (await browser.go(`${at}/home`)).text()).toContain('Account of Larkspur Keys (demo)');
  });

  test('rule 13 lists the same person’s other accounts, to that person alone', async () => {
    const second = await portalWorld(web());
    await second.house.office(async (scope) => {
      const { id } = await createCustomer(scope, { kind: 'residential', name: 'Dana at home' });
      await addPerson(scope, { name: 'Dana', email: world.people.dana.email, customerId: id });
    });
    const home = async (email: string) => (await (await signedIn(email)).go(`${at}/home`)).text();
    expect(await home(world.people.dana.email)).toContain(`/${second.house.slug}/home`);
    expect(await home(world.people.rosa.email)).not.toContain(second.house.slug);
  });

  test('without a session every page of it leads to the front door', async () => {
    for (const page of ['home', 'invoices', 'payments', 'profile', 'payments/pay_00000000000000000000000000']) {
      const answer = await world.browser().go(`${at}/${page}`);
      expect([page, answer.status, answer.headers.get('location')]).toEqual([page, 303, `${at}?stay=1`]);
    }
  });

  test('a page that is not here leads back to the business, and to none that does not exist', async () => {
    const lost = await world.browser().go(`${at}/nothing/here`);
    expect([lost.status, (await lost.text()).includes(`href="${at}"`)]).toEqual([404, true]);
    expect(await (await world.browser().go('/nobody-here')).text()).not.toContain('href=');
  });

  test('signing out ends the session on the server', async () => {
    const browser = await signedIn(await newcomer());
    const token = browser.cookies().find((cookie) => cookie.name === 'portal')?.value ?? '';
    await browser.post(`${at}/sign-out`);
    const answer = await web().app.request(`http://localhost:3999${at}/home`, { headers: { cookie: `portal=${token}` } });
    expect(answer.status).toBe(303);
  });

  test('rule 16 a staff session is nobody in the portal, and a portal session nobody in the office', async () => {
    const browser = await signedIn(await newcomer());
    const token = browser.cookies().find((cookie) => cookie.name === 'portal')?.value ?? '';
    const office = await web().app.request('http://localhost:3999/api/v1/session', { headers: { cookie: `office=${token}` } });
    expect(office.status).toBe(401);
  });

  test('C10 corrects name and phone once, however often the form is sent', async () => {
    const browser = await signedIn(world.people.rosa.email);
    const form = await (await browser.go(`${at}/profile`)).text();
    const act = /name="act" value="([^"]+)"/.exec(form)?.[1] ?? '';
    const fields = { act, name: 'Rosa Quill-Ñandú', phone: '(512) 555-0111', language: 'es' };
    for (let times = 0; times < 2; times += 1) expect((await browser.post(`${at}/profile`, fields)).headers.get('location')).toBe(`${at}/profile?saved=1`);
    expect(await (await browser.go(`${at}/profile`)).text()).toContain('Rosa Quill-Ñandú');
  });
});
