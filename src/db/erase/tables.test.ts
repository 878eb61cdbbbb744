import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/db.ts';
import { clientConfig } from '../pool.ts';
import { treatments } from './tables.ts';

const db = testDatabase();
let client: pg.Client;
beforeAll(async () => {
  client = new pg.Client(clientConfig(db().owner, 'catalogue'));
  await client.connect();
});
afterAll(() => client.end());

/** Every column of a table of a business that can hold words. */
async function wordColumns(): Promise<{ table: string; columns: string[] }[]> {
  const { rows } = await client.query<{ table: string; columns: string[] }>(
    `select c.relname::text as table, array_remove(array_agg(a.attname::text order by a.attname)
         filter (where t.typname in ('text', 'varchar', 'json', 'jsonb', '_text')), null) as columns
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped join pg_type t on t.oid = a.atttypid
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
        and (c.relname = 'businesses' or exists (select from pg_attribute b where b.attrelid = c.oid and b.attname = 'business_id' and not b.attisdropped))
      group by 1 order by 1`,
  );
  return rows.map(({ table, columns }) => ({ table, columns: columns ?? [] }));
}

test('D5 every column that can hold words is named: what erasing does to it, or why it stays', async () => {
  const found = await wordColumns();
  const unnamed = found.flatMap(({ table, columns }) => {
    const { change, kept = {} } = treatments[table] ?? {};
    if (treatments[table] === undefined) return [`${table}: name it in db/erase/tables.ts`];
    return '*' in kept ? [] : columns.filter((column) => !(column in kept) && !(column in (change?.set ?? {}))).map((column) => `${table}.${column}`);
  });
  expect(unnamed).toEqual([]);
  expect(Object.keys(treatments).filter((table) => !found.some((each) => each.table === table))).toEqual([]);
});

test('D5 every treatment is of columns that are there', async () => {
  const named = Object.entries(treatments).flatMap(([table, { change, kept = {} }]) =>
    [...Object.keys(change?.set ?? {}), ...Object.keys(kept).filter((column) => column !== '*')].map((column) => `${table}.${column}`),
  );
  const { rows } = await client.query<{ name: string }>(
    `select c.relname || '.' || a.attname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'`,
  );
  const there = new Set(rows.map(({ name }) => name));
  expect(named.filter((name) => !there.has(name))).toEqual([]);
});
