import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { testDatabase } from '../../test/db.ts';
import { smallBusiness } from '../../test/small-business.ts';
import { createCustomer } from '../domain/customers/customers.ts';
import { takePulse } from './health.ts';
import { type Migration, migrate, readMigrations } from './migrator.ts';
import { clientConfig } from './pool.ts';

const db = testDatabase(6);
const many = 200_000;

const next = (name: string, text: string): Migration => ({ name, text, hash: createHash('sha256').update(text).digest('hex') });

async function asOwner<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ ...clientConfig(db().owner, 'test'), statement_timeout: 0 });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const columnsOf = (table: string): Promise<string[]> =>
  asOwner(async (client) => {
    const { rows } = await client.query<{ name: string }>('select column_name::text as name from information_schema.columns where table_name = $1', [table]);
    return rows.map(({ name }) => name);
  });

describe('O3 a migration', () => {
  test('changes a table of many rows while others write to it and one holds it: nobody’s work fails', { timeout: 60_000 }, async () => {
    const house = await smallBusiness(db().database);
    await house.office(({ tx, business, now }) =>
      sql`insert into customers (business_id, id, kind, name, created_at) select ${business}, gen_random_uuid(), 'commercial', 'Customer ' || n, ${now.toString()}
        from generate_series(1, ${many}::int) n`.execute(tx),
    );
    const all = [
      ...readMigrations(),
      next('9001_more.sql', `alter table customers add column tried text not null default 'yes'`),
      next(
        '9002_index.sql',
        '-- Statement by statement, each of which may be run again.\ncreate index concurrently if not exists customers_tried on customers (business_id, tried);\n',
      ),
    ];
    const working = new AbortController();
    let written = 0;
    const write = async (): Promise<void> => {
      while (!working.signal.aborted) {
        await house.office((scope) => createCustomer(scope, { kind: 'residential', name: `Rosa ${written}` }));
        written += 1;
      }
    };
    const writers = [write(), write()];
    // Somebody reads for longer than a migration may wait for its lock.
    const reading = house.office(({ tx }) => sql`select count(*), pg_sleep(3) from (select from customers limit 1) c`.execute(tx));
    await wait(100);
    expect(await migrate(db().owner, () => {}, all)).toBe(2);
    const before = written;
    await expect.poll(() => written).toBeGreaterThan(before);
    working.abort();
    await Promise.all([...writers, reading]);
    expect(await columnsOf('customers')).toContain('tried');
    const { rows } = await asOwner((client) =>
      client.query<{ indisvalid: boolean }>(`select indisvalid from pg_index where indexrelid = 'customers_tried'::regclass`),
    );
    expect(rows).toEqual([{ indisvalid: true }]);
  });

  test('that fails changes nothing, and the next run goes on where the last one ended', async () => {
    const known = await asOwner(
      async (client) => (await client.query<Pick<Migration, 'name' | 'hash'>>('select name, hash from migrations order by name')).rows,
    );
    const done = known.map(({ name, hash }) => ({ name, hash, text: '' }));
    const first = next('9003_first.sql', 'create table tried_first (id uuid)');
    const broken = next('9004_second.sql', 'create table tried_second (id uuid); select 1 / 0');
    await expect(migrate(db().owner, () => {}, [...done, first, broken])).rejects.toThrow('9004_second.sql failed and changed nothing');
    expect([await columnsOf('tried_first'), await columnsOf('tried_second')]).toEqual([['id'], []]);
    const steps: string[] = [];
    const mended = next('9004_second.sql', 'create table tried_second (id uuid)');
    expect(await migrate(db().owner, (name) => steps.push(name), [...done, first, mended])).toBe(1);
    expect(steps).toEqual(['9004_second.sql']);
  });

  test('O2 newer than this version is no reason not to be ready, one that is missing is', async () => {
    const newer = takePulse(db().login);
    expect(await newer.ask()).toBeNull();
    await newer.close();
    await asOwner((client) => client.query(`delete from migrations where name = (select min(name) from migrations)`));
    const lacking = takePulse(db().login);
    expect(await lacking.ask()).toBe('migrations');
    await lacking.close();
  });
});
