import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { publicId } from '../../src/core/ids.ts';
import { apiOperations } from '../../src/web/api/schemas/operations.ts';
import { type Filled, fill, idOf, letIn, linkTokenOf } from '../fill.ts';
import { type Result, short } from '../result.ts';
import { openStand, type Stand } from '../stand.ts';
import { type Ask, p95 } from './list-grown.ts';

const million = 1_000_000;
const businesses = 200;
const [smallInvoices, largeInvoices] = [10_000, 200_000];
/** A table of so many rows must be reached by an index. */
const manyRows = 10_000;
const worst = 1.3;

type Tokens = Readonly<{ office: string; portal: string; key: string }>;
type Tenant = Readonly<{ filled: Filled; tokens: Tokens; ids: Readonly<Record<string, string>> }>;

async function tenant(stand: Stand, slug: string, invoices: number): Promise<Tenant> {
  const filled = await fill(stand.client, slug, invoices, { thick: true });
  const tokens = await letIn(stand.client, filled, publicId('business', filled.id));
  const id = (kind: string, n = 1): Promise<string> => idOf(stand.client, filled, kind, n);
  const ids = {
    customerId: publicId('customer', await id('customer')),
    invoiceId: publicId('invoice', await id('document')),
    paymentId: publicId('payment', await id('payment')),
    linkId: publicId('link', await id('link')),
    personId: publicId('person', await id('person')),
  };
  return { filled, tokens, ids };
}

/** What the office and customers look at all day, by name. */
async function asksOf({ url, client }: Stand, { filled, tokens }: Tenant): Promise<Readonly<Record<string, Ask>>> {
  const office =
    (path: string): Ask =>
    () =>
      fetch(`${url}/api/v1/${path}`, { headers: { authorization: `Bearer ${tokens.key}` } });
  const pages = await Promise.all(
    Array.from({ length: 200 }, async (_, at) => {
      const n = 1 + at * Math.trunc(Math.min(filled.invoices, 50_000) / 200);
      return { path: `/${filled.slug}/d/${publicId('invoice', await idOf(client, filled, 'document', n))}`, cookie: `link=${linkTokenOf(filled, n)}` };
    }),
  );
  let turn = 0;
  return {
    'office list of all invoices': office('invoices?tab=all&limit=50'),
    'office list of unpaid invoices': office('invoices?tab=unpaid&limit=50'),
    'office list of payments': office('payments?limit=50'),
    'office list of customers': office('customers?limit=50'),
    'search as you type': office('search?q=B-77'),
    dashboard: office('home'),
    'portal invoice page': () => {
      const { path, cookie } = pages[turn++ % pages.length] as (typeof pages)[number];
      return fetch(url + path, { headers: { cookie } });
    },
    'portal list page': () => fetch(`${url}/${filled.slug}/invoices`, { headers: { cookie: `portal=${tokens.portal}` } }),
  };
}

async function timesOf(stand: Stand, of: Tenant): Promise<Readonly<Record<string, number>>> {
  const times: Record<string, number> = {};
  for (const [name, ask] of Object.entries(await asksOf(stand, of))) times[name] = Math.min(await p95(ask), await p95(ask));
  return times;
}

/** The other businesses of the server, two at a time, none of which anybody asks for. */
async function fillOthers(stand: Stand): Promise<void> {
  const waiting = Array.from({ length: businesses - 2 }, (_, at) => `other-${at + 1}`);
  const each = Math.ceil((million - smallInvoices - largeInvoices) / waiting.length);
  const lane = async (): Promise<void> => {
    const client = new pg.Client({ host: stand.cluster.socketDir, port: 5432, user: 'postgres', password: stand.cluster.superPassword, database: 'invoices' });
    await client.connect();
    await client.query('set synchronous_commit = off');
    for (let slug = waiting.shift(); slug !== undefined; slug = waiting.shift()) await fill(client, slug, each, { thick: true, bare: true });
    await client.end();
  };
  await Promise.all([lane(), lane()]);
}

/** Every address the office can look at, with a thing of its own where it names one. Those that need what the bench does not write are left out. */
function addresses({ ids }: Tenant): string[] {
  return Object.values(apiOperations).flatMap((op) => {
    const { method, path } = op as { method: string; path: string };
    const named = path.replace(/\{(\w+)\}/g, (whole, name: string) => ids[name] ?? whole);
    if (method !== 'get' || named.includes('{') || /stream|pdf|csv|download|print|logo/.test(path)) return [];
    if (path === '/search') return [`${named}?q=customer`, `${named}?q=77`];
    if (path === '/invoices')
      return ['all', 'unpaid', 'overdue', 'paid', 'drafts'].flatMap((tab) => [
        `${named}?tab=${tab}`,
        `${named}?tab=${tab}&q=77`,
        `${named}?tab=${tab}&customerId=${ids['customerId']}`,
      ]);
    return [named];
  });
}

/** Asks for everything once and answers which tables of many rows were read from end to end, and for which address. */
async function readWhole(stand: Stand, of: Tenant): Promise<{ found: string[]; asked: number }> {
  const counts = async (): Promise<Map<string, number>> => {
    // A connection tells what it did when it ends.
    await stand.client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'app' and application_name like 'service-invoice-pro%' and application_name !~ 'live|health'`,
    );
    await wait(60);
    const { rows } = await stand.client.query<{ name: string; scans: string }>(
      `select relname as name, seq_scan as scans from pg_stat_user_tables where schemaname = 'public' and n_live_tup > $1`,
      [manyRows],
    );
    return new Map(rows.map(({ name, scans }) => [name, Number(scans)]));
  };
  const pages = ['', '/invoices', '/home', '/payments', '/profile'].map((path) => ({
    path: `/${of.filled.slug}${path}`,
    headers: { cookie: `portal=${of.tokens.portal}` },
  }));
  const at = `/${of.filled.slug}/d/${of.ids['invoiceId']}`;
  const byLink = { cookie: `link=${linkTokenOf(of.filled, 1)}` };
  pages.push(...['', '/pay', '/ask', '/announce', '/people'].map((path) => ({ path: at + path, headers: byLink })));
  const office = addresses(of).map((path) => ({ path: `/api/v1${path}`, headers: { authorization: `Bearer ${of.tokens.key}` } }));
  const found: string[] = [];
  let asked = 0;
  for (const { path, headers } of [...pages, ...office] as { path: string; headers: Record<string, string> }[]) {
    const before = await counts();
    const answer = await fetch(stand.url + path, { headers });
    await answer.arrayBuffer();
    // What a key may not see, or what is not there, was not read.
    if (!answer.ok) continue;
    asked += 1;
    for (const [name, scans] of await counts()) if (scans > (before.get(name) ?? 0)) found.push(`${name} for ${path.replaceAll(/inv_\w+|cus_\w+/g, '…')}`);
  }
  return { found, asked };
}

/** A million invoices of two hundred businesses on one server: what a business of ten thousand sees, before and after the others came. */
export async function grown(): Promise<Result[]> {
  const stand = await openStand(['--no-worker']);
  try {
    await stand.client.query(`alter system set max_wal_size = '8GB'`);
    await stand.client.query('select pg_reload_conf()');
    const small = await tenant(stand, 'small', smallInvoices);
    const before = await timesOf(stand, small);
    const large = await tenant(stand, 'large', largeInvoices);
    await fillOthers(stand);
    await stand.client.query('vacuum analyze');
    await stand.client.query('checkpoint');
    const after = await timesOf(stand, small);
    const inLarge = await timesOf(stand, large);
    const { found, asked } = await readWhole(stand, small);
    const results: Result[] = Object.entries(before).map(([name, ms]) => {
      const ratio = (after[name] ?? Number.NaN) / ms;
      return {
        name: `${name}, p95 at 1,000,000 over 10,000`,
        value: ratio,
        ratio,
        unit: '×',
        limit: worst,
        atMost: true,
        spread: `${short(after[name] ?? 0)} against ${short(ms)} ms`,
      };
    });
    for (const [name, ms] of Object.entries(inLarge))
      results.push({ name: `${name}, p95, business of 200,000`, value: ms, unit: 'ms', limit: 150, atMost: true });
    const { rows } = await stand.client.query<{ invoices: string; bytes: string }>(
      `select (select count(*) from invoices) as invoices, pg_database_size('invoices') as bytes`,
    );
    const [size] = rows;
    results.push({
      name: 'tables of many rows read from end to end',
      value: found.length,
      unit: 'tables',
      limit: 0,
      atMost: true,
      spread: `${asked} addresses${found.length > 0 ? `: ${found.join('; ')}` : ''}`,
    });
    results.push({
      name: 'database a thousand invoices',
      value: Number(size?.bytes) / Number(size?.invoices) / 1024,
      unit: 'MB',
      limit: null,
      atMost: true,
      spread: `${size?.invoices} invoices`,
    });
    return results;
  } finally {
    await stand.stop();
  }
}
