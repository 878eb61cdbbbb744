import { readFileSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tableTypes } from '../../bin/table-types.ts';
import { testDatabase } from '../../test/db.ts';
import { checkDatabase, objections, readFacts } from './guard.ts';
import { sharedTables, unguardedTables } from './inspect.ts';
import { clientConfig } from './pool.ts';

/** What is written once: no role of the app may change, remove or empty it. */
const writtenOnce = [
  'ledger',
  'events',
  'invoices',
  'document_totals',
  'document_taxes',
  'document_parts',
  'document_lines',
  'document_facts',
  'credit_notes',
  'approvals',
];
/** Functions that act with their owner's rights, and why each may. */
const definers: Readonly<Record<string, string>> = {
  identity_of: 'an address belongs to no business',
  enqueue_task: 'the task queue is local and belongs to no business',
  free_dead_tasks: 'the task queue is local and belongs to no business',
};
const roles = ['office', 'portal', 'system'] as const;

const db = testDatabase();
let client: pg.Client;
beforeAll(async () => {
  client = new pg.Client(clientConfig(db().owner, 'catalogue'));
  await client.connect();
});
afterAll(async () => {
  await client.end();
});

const list = async (question: string, values: unknown[] = []): Promise<string[]> =>
  (await client.query<{ name: string }>({ text: question, values })).rows.map((row) => row.name);
const shared = Object.keys(sharedTables);
const ofBusinesses = `c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relname = any ($1)`;

describe('T1 every table of a business', () => {
  test('has a business that is never null', async () => {
    const missing = await list(
      `select c.relname::text as name from pg_class c where ${ofBusinesses} and not exists (
        select from pg_attribute a where a.attrelid = c.oid and a.attname = 'business_id' and a.attnotnull and a.atttypid = 'uuid'::regtype)`,
      [shared],
    );
    expect(missing).toEqual([]);
  });

  test('forces row-level security on everybody', async () => {
    expect(await unguardedTables(client)).toEqual([]);
  });

  test('has its business first in every primary, unique and foreign key and every unique index', async () => {
    const first = `(select a.attname from pg_attribute a where a.attrelid = c.oid and a.attnum = `;
    const wrong = await list(
      `select k.conname::text as name from pg_constraint k join pg_class c on c.oid = k.conrelid
        where ${ofBusinesses} and k.contype in ('p', 'u', 'f') and ${first} k.conkey[1]) <> 'business_id'
      union select i.relname::text from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class c on c.oid = x.indrelid
        where ${ofBusinesses} and x.indisunique and ${first} x.indkey[0]) <> 'business_id'`,
      [shared],
    );
    expect(wrong).toEqual([]);
  });

  test('T3 refers to others by a key that starts with the same business', async () => {
    const wrong = await list(
      `select k.conname::text as name from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class t on t.oid = k.confrelid
        where k.contype = 'f' and ${ofBusinesses}
          and (select a.attname from pg_attribute a where a.attrelid = t.oid and a.attnum = k.confkey[1]) <> case t.relname when 'businesses' then 'id' else 'business_id' end`,
      [shared],
    );
    expect(wrong).toEqual([]);
  });

  test('never sets a reference to null, and refers to no table outside its business but the businesses', async () => {
    const wrong = await list(
      `select k.conname::text as name from pg_constraint k join pg_class t on t.oid = k.confrelid
        where k.contype = 'f' and k.connamespace = 'public'::regnamespace
          and (k.confdeltype in ('n', 'd') or (t.relname = any ($1) and t.relname <> 'businesses'))`,
      [shared],
    );
    expect(wrong).toEqual([]);
  });

  test('draws no number from a sequence', async () => {
    const sequences = await list(`select relname::text as name from pg_class where relkind = 'S' and relnamespace = 'public'::regnamespace`);
    expect(sequences).toEqual([]);
  });
});

describe('T1 policies', () => {
  type Policy = { name: string; cmd: string; using: string | null; check: string | null };
  const policies = async (): Promise<Policy[]> =>
    (
      await client.query<Policy>(
        `select tablename || '.' || policyname as name, cmd, qual as using, with_check as check from pg_policies where schemaname = 'public'`,
      )
    ).rows;

  test('say what may be read and what may be written', async () => {
    const half = (await policies()).filter(
      ({ cmd, using, check }) => (cmd !== 'INSERT' && using === null) || (['ALL', 'INSERT', 'UPDATE'].includes(cmd) && check === null),
    );
    expect(half.map((policy) => policy.name)).toEqual([]);
  });

  test('look at their own row only: no subquery', async () => {
    const nested = (await policies()).filter(({ using, check }) => /\bselect\b/i.test(`${using} ${check}`));
    expect(nested.map((policy) => policy.name)).toEqual([]);
  });

  test('of the three roles always compare the business', async () => {
    const loose = (await policies()).filter(
      // What only narrows (crew_only) stands beside a policy that compares.
      ({ name, using, check }) =>
        !name.endsWith('.app_find') &&
        !name.endsWith('.owner_finds') &&
        !name.endsWith('.crew_only') &&
        [using, check].some((rule) => rule !== null && !rule.includes('app_business()')),
    );
    expect(loose.map((policy) => policy.name)).toEqual([]);
  });

  test('T4 rule 45 keep the crew to its customers in every table of a business, but for those it cannot work without', async () => {
    const open = await list(
      `select c.relname::text as name from pg_class c where ${ofBusinesses} and not exists (
        select from pg_policies p where p.tablename = c.relname and p.policyname = 'crew_only' and p.permissive = 'RESTRICTIVE')`,
      [shared],
    );
    const needed = ['acts', 'business_heads', 'business_profiles', 'closings', 'counters', 'files', 'items', 'staff', 'tax_rates', 'team_rules'];
    expect(open.sort()).toEqual(needed);
  });

  test('let the portal see shown rows only, wherever a row can be shown', async () => {
    const open = await list(
      `select p.tablename || '.' || p.policyname as name from pg_policies p
        where p.schemaname = 'public' and p.roles = '{portal}' and coalesce(p.qual, p.with_check) !~ 'shown'
          and exists (select from pg_attribute a where a.attrelid = to_regclass(quote_ident(p.tablename)) and a.attname = 'shown')`,
    );
    expect(open.filter((name) => !['payments.portal_add', 'events.portal_add'].includes(name))).toEqual([]);
  });
});

describe('T1 rights', () => {
  test('views read with the rights of who asks', async () => {
    const wrong = await list(
      `select c.relname::text as name from pg_class c where c.relkind in ('v', 'm') and c.relnamespace = 'public'::regnamespace
        and not coalesce('security_invoker=true' = any (c.reloptions), false)`,
    );
    expect(wrong).toEqual([]);
  });

  test('only the listed functions act with their owner’s rights, on a fixed search path', async () => {
    const found = await list(`select proname::text as name from pg_proc where prosecdef and pronamespace = 'public'::regnamespace order by 1`);
    expect(found).toEqual(Object.keys(definers).sort());
    const loose = await list(
      `select proname::text as name from pg_proc where prosecdef and pronamespace = 'public'::regnamespace and not coalesce(proconfig::text like '%search_path%', false)`,
    );
    expect(loose).toEqual([]);
  });

  test('the login is bound by row-level security, inherits nothing and owns nothing', async () => {
    const facts = await readFacts(db().login);
    expect(facts).toMatchObject({ superuser: false, bypassesRls: false, inherits: false, owns: 0, roles: ['office', 'portal', 'system'] });
  });

  test('nobody but the listed roles may touch a table', async () => {
    const open = await list(
      `select distinct table_name || ' ' || grantee as name from information_schema.role_table_grants
        where table_schema = 'public' and grantee not in ('owner', 'app', 'office', 'portal', 'system') and table_name <> 'migrations'`,
    );
    expect(open).toEqual([]);
  });

  test('M3 nothing written once can be changed, removed or emptied', async () => {
    const rights = await list(
      `select t || ' ' || r || ' ' || p as name from unnest($1::text[]) t, unnest($2::text[]) r, unnest(array['UPDATE', 'DELETE', 'TRUNCATE']) p
        where has_table_privilege(r, t, p) or (p = 'UPDATE' and has_any_column_privilege(r, t, 'UPDATE'))`,
      [writtenOnce, ['app', ...roles]],
    );
    expect(rights).toEqual([]);
  });
});

describe('M1 amounts', () => {
  test('no column is a float or a decimal', async () => {
    const wrong = await list(
      `select c.relname || '.' || a.attname as name from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_type t on t.oid = a.atttypid
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and t.typname in ('float4', 'float8', 'numeric', 'money')`,
    );
    expect(wrong).toEqual([]);
  });

  test('every amount is a whole number of eight bytes', async () => {
    const wrong = await list(
      `select c.relname || '.' || a.attname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attname ~ '_(minor|milli)$' and a.atttypid <> 'int8'::regtype and not a.attisdropped`,
    );
    expect(wrong).toEqual([]);
  });
});

describe('the boot', () => {
  test('O4 accepts the login app on its own server but for the settings of a throw-away one', async () => {
    const facts = await readFacts(db().login);
    expect(objections({ ...facts, fsync: 'on', synchronousCommit: 'on', fullPageWrites: 'on' })).toEqual([]);
  });

  test('O4 refuses a login that bypasses row-level security or owns tables, and a server that may forget', async () => {
    const good = { ...(await readFacts(db().login)), fsync: 'on', synchronousCommit: 'on', fullPageWrites: 'on' };
    const bad = [
      { superuser: true },
      { bypassesRls: true },
      { inherits: true },
      { owns: 1 },
      { roles: [] },
      { fsync: 'off' },
      { synchronousCommit: 'off' },
      { fullPageWrites: 'off' },
      { unguarded: ['customers'] },
    ];
    for (const change of [...bad, { version: 170_000 }, { skewMs: 31_000 }, { roles: [...good.roles, 'pg_read_all_data'] }]) {
      expect(objections({ ...good, ...change }), JSON.stringify(change)).toHaveLength(1);
    }
    await expect(checkDatabase(db().owner)).rejects.toThrow('inherits its roles');
  });
});

test('the table types in use are those of the migrations', async () => {
  expect(readFileSync(new URL('./tables.ts', import.meta.url), 'utf8')).toBe(await tableTypes(client));
});
