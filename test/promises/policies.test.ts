import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publicId } from '../../src/core/ids.ts';
import { newId } from '../../src/db/fresh.ts';
import { approveEstimate } from '../../src/domain/approvals/approvals.ts';
import { createCustomer } from '../../src/domain/customers/customers.ts';
import { createDraft as createEstimate, issueEstimate } from '../../src/domain/estimates/estimates.ts';
import { createDraft } from '../../src/domain/invoices/invoices.ts';
import { sendInvoice } from '../../src/domain/links/links.ts';
import { joinToken } from '../../src/domain/people/join.ts';
import { addPerson, setRights } from '../../src/domain/people/people.ts';
import { stopToken } from '../../src/domain/reminders/reminders.ts';
import { setLogLevel } from '../../src/log.ts';
import { paths } from '../../src/routes.ts';
import type { Operation } from '../../src/web/api/schemas/operation.ts';
import { apiOperations, type OperationId } from '../../src/web/api/schemas/operations.ts';
import { createApp } from '../../src/web/app.ts';
import { done, requestOf } from '../api-client.ts';
import { smallBusiness, testKeys } from '../small-business.ts';
import { type SandboxTill, sandboxTill } from '../till.ts';
import { testOrigin, testWeb } from '../web.ts';
import { type House, inner, makeHouse } from '../world.ts';

setLogLevel('silent');
const web = testWeb({ DEMO: '1' });
let app: ReturnType<typeof createApp>;
let house: House;
let till: SandboxTill;
let cookie = '';
/** What stands for each name in an address. */
let names: Record<string, string> = {};
let demoMail = '';
/** What stands for them in single addresses: a token of another kind, a document of another kind. */
let ofPath: Readonly<Record<string, Readonly<Record<string, string>>>> = {};

beforeAll(async () => {
  till = await sandboxTill(web().database);
  app = createApp({ ...web().deps, sandboxUrl: till.process.url });
  house = await makeHouse(web());
  const { version } = await done({ app }, house.owner, 'readSettings');
  await done({ app }, house.owner, 'changeSettings', { version, body: { waysToPay: { gateway: 'sandbox' } } });
  const { ids, business } = house;
  const token = testKeys.linkToken(business.id, inner('link', ids.linkId));
  cookie = `link=${token}; office=${house.owner.cookies?.['office']}; portal=${house.portal.cookies?.['portal']}`;
  names = { business: business.slug, document: ids.invoiceId, token, code: '123456', payment: ids.paymentId, file: ids.fileId, sha256: '0'.repeat(64) };
  const [rosa] = (await done({ app }, house.owner, 'listPeople', { params: ids })).items;
  const stop = stopToken(testKeys, business.id, { personId: inner('person', rosa.id), kind: 'reminders', address: rosa.email });
  const waiting = { document: await offeredTo(inner('customer', ids.customerId)) };
  const offers = Object.fromEntries([paths.approve, paths.decline, paths.askForChanges, paths.undoApproval].map((path) => [path, waiting]));
  ofPath = {
    ...offers,
    [paths.visitPhoto]: { file: ids.visitPhotoId },
    [paths.messageFile]: { file: ids.chatFileId },
    [paths.stop]: { token: stop },
    [paths.approvalPdf]: await approvedBy(inner('person', rosa.id), inner('customer', ids.customerId)),
  };
  await managesPeople(inner('person', rosa.id), inner('customer', ids.customerId));
  Object.assign(names, { customer: ids.customerId, person: rosa.id, thread: ids.chatId, paper: ids.paperId });
  ofPath = { ...ofPath, [paths.joinAccount]: { token: joinToken(testKeys, business.id, { personId: inner('person', rosa.id), address: rosa.email }) } };
  names['property'] = ids.propertyId;
  names['visit'] = ids.visitId;
  await billedBy(ids.invoiceId, ids.visitId);
  names['method'] = await keptMethod(inner('person', rosa.id), inner('customer', ids.customerId));
  demoMail = await mailOfDemo();
});
afterAll(() => till.close());

const managesPeople = (personId: string, customerId: string): Promise<void> =>
  house.business.office((scope) => setRights(scope, { personId, customerId, rights: { canManage: true } }));

/** The invoice of the link bills the visit. */
async function billedBy(document: string, visit: string): Promise<void> {
  await house.business.system(({ tx, business }) =>
    sql`update visits set invoice_id = ${inner('invoice', document)} where business_id = ${business} and id = ${inner('visit', visit)}`.execute(tx),
  );
}

/** An estimate that somebody approved, and the record of it. */
async function approvedBy(personId: string, customerId: string): Promise<{ document: string; approval: string }> {
  const lines = [{ name: 'Heater', quantityMilli: 1000n, unitPriceMilli: 9_300_000n, taxRateId: null }];
  const { id } = await house.business.office(async (scope) => {
    const draft = await createEstimate(scope, { customerId, lines });
    return issueEstimate(scope, draft.id, { show: true });
  });
  const signed = { documentId: id, personId, identifiedBy: 'session', typedName: 'Rosa Quill', acceptTerms: true, totalMinor: 9_300n } as const;
  const { approvalId } = await house.business.system((scope) => approveEstimate(scope, signed));
  return { document: publicId('estimate', id), approval: publicId('approval', approvalId) };
}

/** An estimate that waits for its customer. */
async function offeredTo(customerId: string): Promise<string> {
  return house.business.office(async (scope) => {
    const { id } = await createEstimate(scope, { customerId, lines: [{ name: 'Sink', quantityMilli: 1000n, unitPriceMilli: 9_300_000n, taxRateId: null }] });
    await issueEstimate(scope, id, { show: true });
    return publicId('estimate', id);
  });
}

/** A card that somebody keeps. */
async function keptMethod(person: string, customer: string): Promise<string> {
  const id = newId();
  await house.business.system(({ tx, now, business }) =>
    sql`insert into saved_methods (business_id, id, customer_id, person_id, person_name, gateway, state, reference, holder, label, created_at, saved_at)
      values (${business}, ${id}, ${customer}, ${person}, 'Rosa Quill', 'sandbox', 'saved', 'sm_2', 'cu_2', 'Visa •••• 4242', ${now.toString()}, ${now.toString()})`.execute(
      tx,
    ),
  );
  return publicId('method', id);
}

/** A mail in the demo's mailbox: only businesses of the demo have one. */
async function mailOfDemo(): Promise<string> {
  const demo = await smallBusiness(web().database, {}, { demo: true });
  const mail = await demo.office(async (scope) => {
    const { id: customerId } = await createCustomer(scope, { kind: 'residential', name: 'Rosa Quill' });
    const { id: person } = await addPerson(scope, { name: 'Rosa Quill', email: 'rosa@example.com', customerId });
    const lines = [{ name: 'Drain', quantityMilli: 1000n, unitPriceMilli: 9_300_000n, taxRateId: null }];
    const { id: documentId } = await createDraft(scope, { customerId, lines });
    return (await sendInvoice(scope, testKeys, { documentId, personIds: [person] })).mails[0]?.mailId ?? '';
  });
  return `/demo/mailbox/${publicId('business', demo.id)}/${publicId('mail', mail)}`;
}

/** Every address the router answers to with a page or a paper: what each is when all is well. */
const portal: Readonly<Record<string, 'page' | 'file' | 'stream' | 'away'>> = {
  [paths.frontDoor]: 'away',
  [paths.enterCode]: 'page',
  [paths.enterByLink]: 'page',
  [paths.find]: 'page',
  [paths.verify]: 'page',
  [paths.logo]: 'file',
  [paths.link]: 'away',
  [paths.document]: 'page',
  [paths.documentPdf]: 'file',
  [paths.documentFile]: 'file',
  [paths.documentEvents]: 'stream',
  [paths.documentPeople]: 'page',
  [paths.documentConfirm]: 'away',
  [paths.documentShare]: 'page',
  [paths.pay]: 'page',
  [paths.payReturn]: 'away',
  [paths.receipt]: 'page',
  [paths.receiptPdf]: 'file',
  [paths.approvalPdf]: 'file',
  [paths.creditNotePdf]: 'file',
  [paths.ask]: 'page',
  [paths.announce]: 'page',
  [paths.questionCharge]: 'page',
  [paths.away]: 'page',
  [paths.approve]: 'page',
  [paths.decline]: 'page',
  [paths.askForChanges]: 'page',
  [paths.undoApproval]: 'away',
  [paths.home]: 'page',
  [paths.invoices]: 'page',
  [paths.estimates]: 'page',
  [paths.approveSeveral]: 'away',
  [paths.visits]: 'page',
  [paths.visit]: 'page',
  [paths.visitCalendar]: 'file',
  [paths.visitPhoto]: 'file',
  [paths.documentVisit]: 'page',
  [paths.payments]: 'page',
  [paths.payment]: 'page',
  [paths.paymentPdf]: 'file',
  [paths.account]: 'page',
  [paths.accountCsv]: 'file',
  [paths.invoiceFiles]: 'file',
  [paths.invoicesCsv]: 'file',
  [paths.accountPdf]: 'file',
  [paths.payMany]: 'page',
  [paths.payManyReturn]: 'away',
  [paths.billing]: 'page',
  [paths.shelf]: 'page',
  [paths.shelfFile]: 'file',
  [paths.messages]: 'page',
  [paths.newMessage]: 'page',
  [paths.message]: 'page',
  [paths.messageEvents]: 'away',
  [paths.messageFile]: 'file',
  [paths.more]: 'page',
  [paths.properties]: 'page',
  [paths.property]: 'page',
  [paths.linesCsv]: 'file',
  [paths.linesZip]: 'file',
  [paths.profile]: 'page',
  [paths.methods]: 'page',
  [paths.method]: 'page',
  [paths.methodAdded]: 'away',
  [paths.autopayTerms]: 'page',
  [paths.stop]: 'page',
  [paths.people]: 'page',
  [paths.invitePerson]: 'page',
  [paths.person]: 'page',
  [paths.removePerson]: 'page',
  [paths.joinAccount]: 'page',
  [paths.devices]: 'page',
  [paths.everything]: 'page',
};
const others: readonly (string | RegExp)[] = [
  '/health/live',
  '/health/ready',
  '/health/*',
  '/robots.txt',
  '/favicon.ico',
  '/',
  '/office/*',
  '/office/assets/:file',
  '/api/docs',
  '/sandbox/*',
];
const special = [/^\/api\/v1\//, /^\/demo(\/|$)/, /^\/portal-[0-9a-f]{12}\.js$/, /^\/office(\/\*)?$/];

const routesOf = (method: string): string[] => [
  ...new Set(app.routes.filter((route) => route.method === method || (route.method === 'ALL' && route.path !== '/*')).map(({ path }) => path)),
];
const fill = (path: string): string => path.replace(/:(\w+)/g, (_, name: string) => ofPath[path]?.[name] ?? names[name] ?? 'x');
const get = async (path: string, headers: Record<string, string> = { cookie }): Promise<Response> => {
  const stop = new AbortController();
  const answer = await app.request(new Request(testOrigin + path, { headers, signal: stop.signal, redirect: 'manual' }));
  if ((answer.headers.get('content-type') ?? '').includes('event-stream')) stop.abort();
  return answer;
};

function directives(policy: string): Map<string, string[]> {
  return new Map(
    policy.split(';').map((part) => {
      const [name = '', ...values] = part.trim().split(/\s+/);
      return [name, values] as const;
    }),
  );
}

/** What is missing from a page's headers, in words; empty when all is as promised. */
function missing(headers: Headers, html: string): string[] {
  const policy = directives(headers.get('content-security-policy') ?? '');
  const of = (name: string): string[] => policy.get(name) ?? policy.get('default-src') ?? ['*'];
  const inert = policy.has('sandbox') && !of('sandbox').includes('allow-scripts');
  const found: string[] = [];
  const must = (name: string, is: boolean): void => void (is || found.push(name));
  must(
    'script-src',
    of('script-src').every((value) => /^'(self|none|nonce-[\w-]{20,})'$/.test(value)),
  );
  must(
    'style-src',
    of('style-src').every((value) => /^'(self|none|nonce-[\w-]{20,}|sha256-[\w+/=]{40,})'$/.test(value) || (inert && value === "'unsafe-inline'")),
  );
  must('object-src', of('object-src').join() === "'none'");
  must('base-uri', policy.get('base-uri')?.join() === "'none'");
  must('frame-ancestors', /^'(none|self)'$/.test(policy.get('frame-ancestors')?.join() ?? ''));
  must('form-action', policy.has('form-action'));
  must('nosniff', headers.get('x-content-type-options') === 'nosniff');
  must('COOP', headers.get('cross-origin-opener-policy') === 'same-origin');
  must('Referrer-Policy', headers.get('referrer-policy') === 'no-referrer');
  must('not kept', /no-store|no-cache/.test(headers.get('cache-control') ?? ''));
  must('no event attributes', !/<[^>]+\son[a-z]+\s*=/i.test(html.replace(/<(script|style)[\s\S]*?<\/\1>/g, '')));
  const nonce = of('script-src')
    .find((value) => value.startsWith("'nonce-"))
    ?.slice(7, -1);
  must(
    'inline scripts have the nonce',
    [...html.matchAll(/<script(?![^>]*\ssrc=)([^>]*)>/g)].every(([, attributes = '']) => nonce !== undefined && attributes.includes(`nonce="${nonce}"`)),
  );
  return found;
}

async function check(path: string, headers?: Record<string, string>): Promise<{ answer: Response; html: string | null }> {
  const answer = await get(path, headers);
  if (!(answer.headers.get('content-type') ?? '').includes('text/html')) return { answer, html: null };
  const html = await answer.text();
  expect([path, answer.status, missing(answer.headers, html)]).toEqual([path, answer.status, []]);
  return { answer, html };
}

/** A visit to an address of the portal, all of its promises checked. */
async function portalPage(path: string, headers: Record<string, string>): Promise<{ status: string }> {
  const { answer, html } = await check(fill(path), headers);
  const header = (name: string): string | null => answer.headers.get(name);
  expect([path, header('referrer-policy'), header('x-content-type-options')]).toEqual([path, 'no-referrer', 'nosniff']);
  if (path !== paths.logo) expect([path, header('cache-control')]).toEqual([path, 'no-store']);
  if (html !== null && answer.ok) expect([path, header('x-robots-tag')]).toEqual([path, 'noindex, nofollow']);
  return { status: `${html === null ? 'other' : 'page'} ${answer.status}` };
}

describe('I2 every address of the router', () => {
  test('has a row here: a new one without a row fails', () => {
    const rows = new Set([...Object.keys(portal), ...others]);
    const unknown = routesOf('GET').filter((path) => !rows.has(path) && !special.some((pattern) => pattern.test(path)));
    expect(unknown).toEqual([]);
    expect([...Object.keys(portal)].filter((path) => !routesOf('GET').includes(path))).toEqual([]);
  });

  test('L6 of the portal: each page is guarded, not kept, not indexed and sends no referrer, also when it refuses', async () => {
    for (const path of Object.keys(portal)) {
      const known = await portalPage(path, { cookie });
      if (portal[path] === 'page') expect([path, known.status]).toEqual([path, 'page 200']);
      expect((await portalPage(path, {})).status).not.toMatch(/ 5\d\d$/);
    }
  });

  test('of the office, the docs, the sandbox, the demo and nowhere: each page is guarded', async () => {
    const session = (await (await fetch(`${till.process.url}/sandbox/pay/x`)).text()).length;
    expect(session).toBeGreaterThan(0);
    const places = [
      '/office/',
      '/office/invoices/new',
      '/api/docs',
      '/sandbox/pay/x',
      `/sandbox/pay/cs_${'0'.repeat(32)}`,
      '/no-such-business',
      '/a/b/c/d',
      '/demo',
      '/demo/mailbox',
      demoMail,
      `${demoMail}/html`,
    ];
    for (const path of places) expect([path, (await check(path)).html !== null]).toEqual([path, true]);
    for (const path of routesOf('GET').filter((each) => each.startsWith('/demo'))) await check(fill(path));
    for (const path of ['/demo', '/demo/mailbox', demoMail, `${demoMail}/html`, '/office/']) {
      const { headers } = (await check(path)).answer;
      expect([path, headers.get('cache-control'), headers.get('x-robots-tag')]).toEqual([path, 'no-store', expect.stringContaining('noindex')]);
    }
  });

  test('of the API that answers a page: each is inert and framed by the office only', async () => {
    const pages = (Object.entries(apiOperations) as [OperationId, Operation][]).filter(
      ([, op]) => op.answer !== null && 'contentType' in op.answer && op.answer.contentType === 'text/html',
    );
    const queries: Partial<Record<OperationId, Record<string, string>>> = {
      previewLook: { brandColor: '#1d4ed8' },
      printMany: { ids: house.ids.invoiceId },
      previewReminderBody: { invoiceIds: house.ids.invoiceId },
      previewReminderWording: { offsetDays: '7', tone: 'plain', language: 'en' },
    };
    expect(pages.length).toBeGreaterThanOrEqual(3);
    for (const [id, op] of pages) {
      const query = queries[id] ?? {};
      const answer = await app.request(requestOf(op, house.owner, { params: house.ids, query }));
      expect([id, answer.status, missing(answer.headers, await answer.text())]).toEqual([id, 200, []]);
      expect(answer.headers.get('content-security-policy')).toMatch(/frame-ancestors 'self'/);
    }
  });

  test('on https carries HSTS of a year, and every cookie is Secure, HttpOnly, Lax and prefixed', async () => {
    const secure = createApp({ ...web().deps, config: { ...web().deps.config, appUrl: 'https://billing.example.com', secureCookies: true } });
    const answer = await secure.request(`https://billing.example.com${fill(paths.link)}`, { redirect: 'manual' });
    expect(answer.headers.get('strict-transport-security')).toMatch(/max-age=31536000/);
    expect(answer.headers.getSetCookie()[0]).toMatch(/^__Secure-link=[\w-]{43}; .*Path=\/[^;]+\/d\/inv_\w+/);
    const body = new URLSearchParams({ email: 'nobody@example.com' }).toString();
    const form = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' };
    const asked = await secure.request(`https://billing.example.com/${names['business']}/code`, { method: 'POST', body, headers: form });
    expect(asked.headers.getSetCookie()[0]).toMatch(/^__Host-portal-code=/);
    for (const line of [...answer.headers.getSetCookie(), ...asked.headers.getSetCookie()]) {
      expect(line).toMatch(/; HttpOnly/);
      expect(line).toMatch(/; Secure/);
      expect(line).toMatch(/; SameSite=Lax/);
    }
  });
});

describe('O9 what is nobody’s business', () => {
  test.each([
    '/.git/config',
    '/.git/HEAD',
    '/.env',
    '/dist/main.js',
    '/src/main.ts',
    '/package.json',
    '/node_modules/pg/package.json',
    '/metrics',
    '/debug',
    '/setup',
    '/server-status',
    '/.data/app.secret',
    '/demo.json',
    '/office/assets/..%2f..%2fmain.js',
    '/office/assets/index.js.map',
    '/office/assets/%2e%2e/index.html',
    '/office/../../package.json',
    '/api/v1/../../package.json',
    '/portal.js.map',
    '/office/assets/.br',
    '/health/ready/../../metrics',
    '/actuator/env',
  ])('%s is not served', async (path) => {
    const answer = await get(path, {});
    const text = await answer.text();
    expect([path, answer.status >= 400 || text.includes('<div id="root">') || answer.headers.get('location') === '/office/']).toEqual([path, true]);
    expect(text).not.toMatch(/"dependencies"|sourcesContent|repositoryformatversion|registerHooks|import \{/);
  });
});
