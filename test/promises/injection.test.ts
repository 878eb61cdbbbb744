import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { setLogLevel } from '../../src/log.ts';
import type { Operation } from '../../src/web/api/schemas/operation.ts';
import { apiOperations, type OperationId } from '../../src/web/api/schemas/operations.ts';
import { type Caller, requestOf } from '../api-client.ts';
import { type Place, replaced, sampleOf, schemaOf, type TextAt, textsOf } from '../api-samples.ts';
import { formOf, knock } from '../many-callers.ts';
import { testKeys } from '../small-business.ts';
import { type House, inner, testWorld } from '../world.ts';

setLogLevel('silent');
const world = testWorld();

/** Stands in every text that is sent here, and in no statement of ours. */
const mark = 'zqx';
/** The first asks for everything, the second for nothing, wherever they get into a condition. */
const pairs = [
  [`${mark}' or '1'='1`, `${mark}' or '1'='2`],
  [`${mark}' or 1=1-- `, `${mark}' or 1=2-- `],
  [`${mark}) or (1=1`, `${mark}) or (1=2`],
  [`${mark}') or ('1'='1`, `${mark}') or ('1'='2`],
  [`${mark}%' and '1%'='1`, `${mark}%' and '1%'='2`],
  [`1 or 1=1/*${mark}*/`, `1 or 1=2/*${mark}*/`],
  [`${mark}\\' or 1=1-- `, `${mark}\\' or 1=2-- `],
  [`${mark}" or "1"="1`, `${mark}" or "1"="2`],
] as const;
const errors = [
  `${mark}'`,
  `${mark}"`,
  `${mark}''`,
  `${mark}\\`,
  `${mark})`,
  `${mark}$$`,
  `${mark}' and 1=cast((select version()) as int)-- `,
  `${mark}' and 1=(select 1/0)-- `,
  `${mark}'||(select ''::xml)||'`,
  `${mark} :b $1 ?`,
];
const unions = [
  `${mark}' union select null-- `,
  `${mark}' union select null,null-- `,
  `${mark}' union all select usename from pg_user-- `,
  `${mark}') union select current_user-- `,
];
const orders = [`${mark},(select 1)`, `(case when 1=1 then name else id end)/*${mark}*/`, `name; --${mark}`, `1 desc--${mark}`];
const stacked = [
  `${mark}'; drop table customers-- `,
  `${mark}'; update customers set name = '${mark}'-- `,
  `${mark}; copy customers to program 'true'`,
  `${mark}'; commit; set role owner-- `,
];
const delays = [
  `${mark}' or pg_sleep(30) is null-- `,
  `${mark}'||pg_sleep(30)||'`,
  `${mark}') or (select 1 from pg_sleep(30))=1-- `,
  `1/*${mark}*/; select pg_sleep(30)`,
];

let turn = 0;
/** A pair where answers are compared, and one of the other kinds, another at each place: all of them many times over all places. */
function chosen(reads: boolean): string[] {
  turn += 1;
  const kinds = [errors, unions, orders, stacked, delays];
  const kind = kinds[turn % kinds.length] ?? errors;
  const pair = pairs[turn % pairs.length] ?? [];
  return [...(reads ? pair : pair.slice(turn % 2, (turn % 2) + 1)), kind[Math.trunc(turn / kinds.length) % kind.length] ?? ''];
}

/** Statements that carried what somebody had sent, as the driver hands them over. */
const carried: string[] = [];
const wire = pg.Connection.prototype as unknown as Record<'query' | 'parse', (what: unknown, more?: unknown) => void>;
const { query, parse } = wire;
let statements = 0;
function listen(what: unknown): void {
  const text = typeof what === 'string' ? what : String((what as { text?: unknown }).text);
  statements += 1;
  if (text.includes(mark)) carried.push(text);
}
beforeAll(() => {
  wire.query = function (this: unknown, what, more) {
    listen(what);
    query.call(this, what, more);
  };
  wire.parse = function (this: unknown, what, more) {
    listen(what);
    parse.call(this, what, more);
  };
});
afterAll(() => Object.assign(wire, { query, parse }));

/** All of a business, in one text. */
/** What reading itself leaves: a visit that is counted now and then, a PDF that is kept when it was first drawn, and who took a file away. */
const leftByReading = ['invoice.visited', 'invoice.pdf_stored', 'estimate.pdf_stored', 'export.downloaded'];

async function everythingOf(house: House): Promise<string> {
  return house.business.office(async ({ tx, business }) => {
    const tables = ['customers', 'properties', 'people', 'grants', 'items', 'documents', 'drafts', 'invoices', 'payments', 'ledger', 'links', 'events'];
    const found = [];
    for (const table of tables) {
      const { rows } = await sql<{ n: string }>`select count(*)::text || coalesce(md5(string_agg(row, '' order by row)), '') as n
        from (select (to_jsonb(t) - 'last_used_at')::text as row from ${sql.table(table)} t where t.business_id = ${business}
          and coalesce(to_jsonb(t) ->> 'kind', '') <> all (${leftByReading}::text[])) as rows`.execute(tx);
      found.push(`${table} ${rows[0]?.n}`);
    }
    return found.join('\n');
  });
}

type Answer = Readonly<{ status: number; text: string; tookMs: number }>;

async function answerOf(asked: Response | Promise<Response>, sent: string): Promise<Answer> {
  const before = performance.now();
  const response = await asked;
  const stream = response.headers.get('content-type')?.startsWith('text/event-stream');
  if (stream) await response.body?.cancel();
  const bare = [sent, JSON.stringify(sent).slice(1, -1), encodeURIComponent(sent), encodeURIComponent(sent).replaceAll('%20', '+'), inHtml(sent)];
  let text = stream ? '' : await response.text();
  for (const each of bare) text = text.replaceAll(each, '');
  return {
    status: response.status,
    text: text.replaceAll(/[\w-]{16,}|\d\d:\d\d[:.\d]*/g, ''),
    tookMs: performance.now() - before,
  };
}
const inHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#x27;');

/** Where two texts part. */
function differing(one: string, other: string): string {
  const at = [...one].findIndex((letter, place) => letter !== other[place]);
  return `${one.slice(Math.max(0, at - 40), at + 60)} | ${other.slice(Math.max(0, at - 40), at + 60)}`;
}

/** What is wrong with the answers to one place; nothing when they say nothing about the database. */
function wrongs(where: string, reads: boolean, answers: readonly Answer[]): string[] {
  const [yes, no] = answers;
  const found = answers.flatMap(({ status, tookMs }) => [
    ...(status >= 500 ? [`${where} answered ${status}`] : []),
    ...(tookMs > 20_000 ? [`${where} waited ${Math.trunc(tookMs)} ms`] : []),
  ]);
  if (reads && (yes?.status !== no?.status || yes?.text !== no?.text))
    found.push(`${where} tells true from false: ${yes?.status} ${no?.status} ${differing(yes?.text ?? '', no?.text ?? '')}`);
  return found;
}

describe('I3 what is typed into any field is a value', () => {
  const operations = (Object.entries(apiOperations) as [OperationId, Operation][]).flatMap(([id, op]) => textsOf(op).map((at) => ({ id, op, at })));

  function requestWith(op: Operation, at: TextAt, text: string, { owner, field, ids }: House): Request {
    const of = (place: Place) => {
      const along = at.place === place ? at.path : [];
      const sample = place === 'params' ? { ...ids } : sampleOf(schemaOf(op[place]), ids, along);
      return at.place === place ? replaced(sample, along, text) : sample;
    };
    const raw = op.upload === undefined ? {} : { raw: { bytes: 'name\nx\n', type: op.upload.types[0] ?? '' } };
    const caller: Caller = op.access === 'field' ? field : owner;
    const body = op.body === undefined ? {} : { body: of('body') };
    return requestOf(op, { cookies: { ...caller.cookies } }, { params: of('params'), query: op.query === undefined ? {} : of('query'), ...body, ...raw });
  }

  test('in every text of every operation of the API: no error of ours, no difference, no wait, no statement carries it', async () => {
    const { web, otter, mop } = world();
    const before = await everythingOf(mop);
    const found: string[] = [];
    const reached = { reads: 0, acts: 0 };
    // What is read is another business's than what is written, so that no answer changes but by what is asked.
    for (const { id, op, at } of operations) {
      const reads = op.method === 'get';
      const answers: Answer[] = [];
      for (const text of chosen(reads)) answers.push(await answerOf(web.app.request(requestWith(op, at, text, reads ? mop : otter)), text));
      found.push(...wrongs(`${id} ${at.place}.${at.path.join('.')}`, reads, answers));
      if (answers.some(({ status }) => status < 400)) reached[reads ? 'reads' : 'acts'] += 1;
    }
    expect(found).toEqual([]);
    expect(carried).toEqual([]);
    expect(operations.length).toBeGreaterThan(400);
    // Enough of them get past what a field may be, and into the database.
    expect(Math.min(reached.reads - 14, reached.acts - 50, statements - 3_000)).toBeGreaterThan(0);
    expect(await everythingOf(mop)).toBe(before);
  }, 120_000);

  type Filled = Readonly<Partial<Record<'names' | 'query' | 'form' | 'cookies', Readonly<Record<string, string>>>>>;

  function requestAt({ ids, business, portal }: House, method: string, path: string, filled: Filled): [string, RequestInit] {
    const link = testKeys.linkToken(business.id, inner('link', ids.linkId));
    const usual = { business: business.slug, document: ids.invoiceId, token: link, code: '123456', payment: ids.paymentId, file: ids.fileId };
    const names: Record<string, string> = { ...usual, ...filled.names };
    const address = path.replace(/:(\w+)(\{[^}]*\})?/g, (_, name: string) => encodeURIComponent(names[name] ?? 'x'));
    const cookies = Object.entries({ link, portal: portal.cookies?.['portal'] ?? '', ...filled.cookies });
    const cookie = cookies.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('; ');
    if (method === 'GET') return [`${address}?${new URLSearchParams(filled.query)}`, { headers: { cookie } }];
    return [address, formOf({ ...usual, text: 'hello', amount: '1.00', ...filled.form }, { cookie })];
  }

  const queryNames = [
    'lang',
    'sent',
    'inline',
    'small',
    'failed',
    'line',
    'amount',
    'on',
    'other',
    'stay',
    'saved',
    'tab',
    'search',
    'from',
    'to',
    'propertyId',
    'cursor',
  ];
  const formNames = [
    'act',
    'email',
    'code',
    'number',
    'text',
    'line',
    'name',
    'phone',
    'language',
    'amount',
    'amountMinor',
    'method',
    'day',
    'note',
    'document',
    'other',
    'pay',
  ];

  test('in every address, query and form of the portal, and in what a browser sends along', async () => {
    const { web, otter, mop } = world();
    const before = await everythingOf(mop);
    const routes = web.app.routes.filter(({ method, path }) => path.startsWith('/:business') && ['GET', 'POST'].includes(method) && !path.includes('*'));
    const found: string[] = [];
    let places = 0;
    const ask = async (method: string, path: string, where: string, filled: (text: string) => Filled) => {
      const answers: Answer[] = [];
      const reads = method === 'GET';
      for (const text of chosen(reads)) answers.push(await answerOf(knock(web, ...requestAt(reads ? mop : otter, method, path, filled(text))), text));
      places += 1;
      found.push(...wrongs(`${method} ${path} ${where}`, reads, answers));
    };
    for (const { method, path } of new Map(routes.map((route) => [`${route.method} ${route.path}`, route])).values()) {
      for (const [, name = ''] of path.matchAll(/:(\w+)/g)) await ask(method, path, name, (text) => ({ names: { [name]: text } }));
      for (const name of ['link', 'portal']) await ask(method, path, `cookie ${name}`, (text) => ({ cookies: { [name]: text } }));
      if (method === 'GET') await ask(method, path, 'query', (text) => ({ query: Object.fromEntries(queryNames.map((name) => [name, text])) }));
      else for (const name of formNames) await ask(method, path, name, (text) => ({ form: { [name]: text } }));
    }
    expect(found).toEqual([]);
    expect(carried).toEqual([]);
    expect(places).toBeGreaterThan(300);
    expect(await everythingOf(mop)).toBe(before);
  }, 120_000);

  test('and a statement that does carry it would be seen', async () => {
    await world().otter.business.office(({ tx }) => sql`select ${sql.raw(`'${mark}'`)} as it`.execute(tx));
    expect(carried.splice(0)).toEqual([`select '${mark}' as it`]);
  });
});
