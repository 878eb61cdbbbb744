import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { boot } from '../../src/boot.ts';
import { inTransaction, systemActor } from '../../src/db/scope.ts';
import { findBusiness } from '../../src/domain/businesses/businesses.ts';
import { localFileStore } from '../../src/outside/storage/file-store.ts';
import { freePort, runVerb } from '../running-server.ts';
import { copyToldDemo } from '../told-demo.ts';

/** The demo's Paper Otter Plumbing, as it stands in an install of its own, brought elsewhere by the verbs a host types. */
const folder = mkdtempSync(join(tmpdir(), 'elsewhere-'));
const slug = 'paper-otter';
const old = { DATA_DIR: join(folder, 'old'), DEMO: '1' };
const archive = join(folder, 'otter.zip');
const saved = join(folder, 'install.backup');

async function verb(args: readonly string[], env: Readonly<Record<string, string>>): Promise<string> {
  const run = runVerb(args, { ...env, PORT: String(await freePort()) });
  const code = await run.ended;
  if (code !== 0) throw new Error(`${args[0]} ended with ${code}:\n${run.said()}`);
  return run.said();
}

type Totals = Readonly<{ business: string; name: string; counts: unknown; ledger: unknown; files: string[]; lostFiles: string[] }>;

/** What the business is worth, asked of the tables and the file store of one install. */
async function totalsAt(env: Readonly<Record<string, string>>): Promise<Totals> {
  const base = await boot({ ...env, PORT: String(await freePort()) }, 'join', 2);
  try {
    const business = await findBusiness(base.database, slug);
    if (!business) throw new Error('the business is not there');
    const store = localFileStore(base.config.dataDir);
    const found = await inTransaction(base.database, { role: 'system', business: business.id, actor: systemActor }, async ({ tx }) => {
      const counts = await sql`select
          (select name from businesses where id = ${business.id}) as name,
          (select count(*)::int from customers where business_id = ${business.id}) as customers,
          (select count(*)::int from invoice_standings where business_id = ${business.id}) as invoices,
          (select string_agg(number, ' ' order by number) from invoice_standings where business_id = ${business.id}) as numbers,
          (select sum(total_minor)::text from invoice_standings where business_id = ${business.id}) as total,
          (select sum(paid_minor)::text from invoice_standings where business_id = ${business.id}) as paid,
          (select sum(balance_minor)::text from invoice_standings where business_id = ${business.id}) as balance,
          (select count(*)::int from payments where business_id = ${business.id}) as payments,
          (select count(*)::int from document_lines where business_id = ${business.id}) as lines,
          (select count(*)::int from messages where business_id = ${business.id}) as messages`.execute(tx);
      const ledger = await sql`select side.account, sum(side.amount)::text as net, count(*)::int as moves
        from ledger l cross join lateral (values (l.debit, l.amount_minor), (l.credit, -l.amount_minor)) side (account, amount)
        where l.business_id = ${business.id} group by 1 order by 1`.execute(tx);
      const files = await sql<{ hash: string }>`select encode(sha256, 'hex') as hash from files where business_id = ${business.id} order by 1`.execute(tx);
      return { counts: counts.rows[0], ledger: ledger.rows, files: files.rows.map(({ hash }) => hash) };
    });
    const here = await Promise.all(found.files.map(async (hash) => ((await store.has(business.id, hash)) ? [] : [hash])));
    return { business: business.id, name: slug, ...found, lostFiles: here.flat() };
  } finally {
    await base.close();
  }
}

let before: Totals;
beforeAll(async () => {
  await copyToldDemo(old.DATA_DIR);
  before = await totalsAt(old);
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('what is here can be taken elsewhere', { timeout: 60_000 }, () => {
  test('one business leaves as one archive and stands in an empty install with equal totals, every file and verify clean', async () => {
    expect(await verb(['export', slug, archive], old)).toContain('files are in');
    const empty = { DATA_DIR: join(folder, 'new'), DEMO: '0' };
    expect(await verb(['import-archive', archive], empty)).toContain(' 0 differences');
    expect(await verb(['verify'], empty)).toContain(' 0 differences');
    const after = await totalsAt(empty);
    expect(after).toEqual(before);
    expect(after.files.length).toBeGreaterThan(0);
    expect(after.lostFiles).toEqual([]);
    expect(after.counts).toMatchObject({ customers: expect.any(Number), paid: expect.stringMatching(/^[1-9]\d*$/) });
  });

  test('O1 a whole install comes back from one backup into a new cluster, and every book of it adds up', async () => {
    expect(await verb(['backup', saved], old)).toContain('businesses');
    const fresh = { DATA_DIR: join(folder, 'restored'), DEMO: '0' };
    mkdirSync(fresh.DATA_DIR, { mode: 0o700 });
    cpSync(join(old.DATA_DIR, 'app.secret'), join(fresh.DATA_DIR, 'app.secret'));
    expect(await verb(['restore', saved], fresh)).toContain(' 0 differences');
    expect(await totalsAt(fresh)).toEqual(before);
  });
});
