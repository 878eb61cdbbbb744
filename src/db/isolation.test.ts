import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../test/db.ts';
import { newId } from './fresh.ts';
import { sharedTables } from './inspect.ts';
import { clientConfig } from './pool.ts';
import { inTransaction, type ScopeRole, systemActor } from './scope.ts';

const roles = ['office', 'portal', 'system'] as const;
const ours = newId();
const theirs = newId();

// One connection for everything, so that whatever a transaction leaves behind meets the next one.
const db = testDatabase(1);
let client: pg.Client;
let tables: string[] = [];
beforeAll(async () => {
  client = new pg.Client(clientConfig(db().login, 'isolation'));
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    `select relname::text as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relname = any ($1) order by 1`,
    [Object.keys(sharedTables)],
  );
  tables = [...rows.map((row) => row.name), 'businesses'];
  for (const [index, business] of [ours, theirs].entries()) await makeBusiness(business, `business-${index}`);
});
afterAll(async () => {
  await client.end();
});

const enter = <T>(role: ScopeRole, business: string, work: Parameters<typeof inTransaction<T>>[2]): Promise<T> =>
  inTransaction(db().database, { role, business, actor: systemActor }, work);

async function makeBusiness(business: string, slug: string): Promise<void> {
  await enter('office', business, async ({ tx, now }) => {
    const at = now.toString();
    const row = { id: business, slug, name: slug, trade: 'plumbing', time_zone: 'America/Chicago', currency: 'USD', created_at: at };
    await tx.insertInto('businesses').values(row).execute();
    await tx.insertInto('counters').values({ business_id: business, series: 'invoice', next: 1n }).execute();
    await tx.insertInto('search_terms').values({ business_id: business, term: 'sink', kind: 'item', id: newId() }).execute();
  });
}

/** Runs one statement as a role with the business setting as given, always rolled back. Answers its rows, or the SQLSTATE of its refusal. */
async function asRole(role: string, setting: string | null, text: string): Promise<number | string> {
  await client.query('begin');
  try {
    if (setting !== null) await client.query(`set local app.business = '${setting}'`);
    await client.query(`set local role ${role}`);
    return (await client.query(text)).rowCount ?? 0;
  } catch (error) {
    return (error as pg.DatabaseError).code ?? 'unknown';
  } finally {
    await client.query('rollback');
  }
}

const denied = '42501';

describe.each(roles)('T2 the role %s', (role) => {
  test.each([
    ['no scope', null],
    ['an empty scope', ''],
  ])('with %s reads and writes nothing', async (_, setting) => {
    for (const table of tables) {
      expect([0, denied], `${table} read`).toContain(await asRole(role, setting, `select 1 from ${table}`));
      expect([0, denied], `${table} emptied`).toContain(await asRole(role, setting, `delete from ${table}`));
      const column = table === 'businesses' ? 'id' : 'business_id';
      expect([0, denied], `${table} moved`).toContain(await asRole(role, setting, `update ${table} set ${column} = '${ours}'`));
    }
    expect(await asRole(role, setting, `insert into acts values ('${ours}', 'x', 'x', 'x', '', 'running', now())`)).toBe(denied);
    expect(await asRole(role, setting, `insert into business_heads (business_id) values ('${ours}')`)).toBe(denied);
  });

  test('with a scope sees no row of another business, whatever it asks for', async () => {
    for (const table of tables) {
      const column = table === 'businesses' ? 'id' : 'business_id';
      expect([0, denied], table).toContain(await asRole(role, ours, `select 1 from ${table} where ${column} = '${theirs}'`));
    }
  });
});

describe('T2 the login itself', () => {
  test('before any scope reads no table of a business but where an identity belongs', async () => {
    for (const table of tables.filter((name) => !['businesses', 'memberships'].includes(name))) {
      expect(await asRole('app', null, `select 1 from ${table}`), table).toBe(denied);
    }
  });
});

describe('T2 with a scope', () => {
  test('a row of another business can be neither added nor reached', async () => {
    const planted = enter('office', ours, ({ tx }) => tx.insertInto('counters').values({ business_id: theirs, series: 'stolen', next: 1n }).execute());
    await expect(planted).rejects.toMatchObject({ code: denied });
    const moved = enter('office', ours, ({ tx }) => tx.updateTable('counters').set({ business_id: theirs }).where('series', '=', 'invoice').execute());
    await expect(moved).rejects.toMatchObject({ code: denied });
  });

  test('T3 a reference to another business is impossible', async () => {
    const rate = newId();
    await enter('office', theirs, ({ tx, now }) =>
      tx.insertInto('tax_rates').values({ business_id: theirs, id: rate, name: 'Sales tax', components: '[]', created_at: now.toString() }).execute(),
    );
    const stolen = enter('office', ours, ({ tx, now }) =>
      tx
        .insertInto('items')
        .values({ business_id: ours, id: newId(), name: 'Drain', unit_price_milli: 1n, tax_rate_id: rate, created_at: now.toString() })
        .execute(),
    );
    await expect(stolen).rejects.toMatchObject({ code: '23503' });
  });

  test('1,000 alternating transactions on one connection, with errors and aborts, leak nothing', { timeout: 60_000 }, async () => {
    const seen = { wrong: 0, right: 0 };
    for (let turn = 0; turn < 1_000; turn += 1) {
      const business = turn % 2 === 0 ? ours : theirs;
      const role = turn % 3 === 0 ? 'system' : 'office';
      await enter(role, business, async ({ tx }) => {
        const rows = await tx.selectFrom('counters').select('business_id').execute();
        for (const row of rows) seen[row.business_id === business ? 'right' : 'wrong'] += 1;
        if (turn % 7 === 0) throw new Error('aborted');
        if (turn % 11 === 0)
          await tx
            .selectFrom('no_such_table' as 'counters')
            .selectAll()
            .execute();
      }).catch(() => {});
    }
    expect(seen).toEqual({ wrong: 0, right: 1_000 });
  });
});
