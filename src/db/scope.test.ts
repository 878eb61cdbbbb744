import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { testDatabase } from '../../test/db.ts';
import { newId } from './fresh.ts';
import { asLogin, inTransaction, type Scope, sqlState, systemActor } from './scope.ts';

const db = testDatabase();
const business = newId();
const enter = <T>(work: (scope: Scope) => Promise<T>): Promise<T> => inTransaction(db().database, { role: 'office', business, actor: systemActor }, work);

describe('a scope', () => {
  test('takes one role and one business, and tells the transaction its time', async () => {
    const seen = await enter(async (scope) => {
      const { rows } = await sql<{ role: string; business: string; now: string }>`select current_user::text as role, app_business() as business, now()`.execute(
        scope.tx,
      );
      return { ...rows[0], told: scope.now };
    });
    expect(seen).toMatchObject({ role: 'office', business });
    expect(seen.told.equals(Temporal.Instant.from(seen.now ?? ''))).toBe(true);
  });

  test('C9 its time is the database clock and stands still inside a transaction', async () => {
    const [first, second] = await enter(async (scope) => {
      await sql`select pg_sleep(0.05)`.execute(scope.tx);
      const { rows } = await sql<{ now: string }>`select now()`.execute(scope.tx);
      return [scope.now.toString(), Temporal.Instant.from(rows[0]?.now ?? '').toString()];
    });
    expect(second).toBe(first);
  });

  test('cannot be entered twice, so it is neither widened nor swapped', async () => {
    const again = enter(async (scope) => sql`select enter_scope('system', ${newId()})`.execute(scope.tx));
    await expect(again).rejects.toMatchObject({ code: '55000' });
  });

  test('leaves nothing behind on the connection', async () => {
    await enter(async () => {});
    const after = await asLogin(db().database, async (tx) => {
      const { rows } = await sql<{ role: string; business: string | null }>`select current_user::text as role, app_business() as business`.execute(tx);
      return rows[0];
    });
    expect(after).toEqual({ role: 'app', business: null });
  });

  test('rolls back whole when the work throws', async () => {
    const failed = enter(async (scope) => {
      await scope.tx.insertInto('counters').values({ business_id: business, series: 'x', next: 5n }).execute();
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(await enter((scope) => scope.tx.selectFrom('counters').selectAll().where('business_id', '=', business).execute())).toEqual([]);
  });
});

describe('C5 a collision', () => {
  test('is tried again until it passes, at most five times', async () => {
    let runs = 0;
    const collide = (times: number): Promise<number> =>
      enter(async (scope) => {
        runs += 1;
        if (runs <= times) await sql`do $$ begin raise exception 'collision' using errcode = '40001'; end $$`.execute(scope.tx);
        return runs;
      });
    expect(await collide(4)).toBe(5);
    runs = 0;
    await expect(collide(9)).rejects.toMatchObject({ code: '40001' });
    expect(runs).toBe(5);
  });

  test('of two transactions that lock each other is solved without an error', async () => {
    await enter(async (scope) => {
      for (const series of ['a', 'b']) await scope.tx.insertInto('counters').values({ business_id: business, series, next: 1n }).execute();
    });
    const bump = (scope: Scope, series: string) =>
      sql`update counters set next = next + 1 where business_id = ${business} and series = ${series}`.execute(scope.tx);
    const crossing = (first: string, second: string) =>
      enter(async (scope) => {
        await bump(scope, first);
        await sql`select pg_sleep(0.05)`.execute(scope.tx);
        await bump(scope, second);
      });
    await Promise.all([crossing('a', 'b'), crossing('b', 'a')]);
    const rows = await enter((scope) =>
      scope.tx.selectFrom('counters').select('next').where('business_id', '=', business).where('series', 'in', ['a', 'b']).execute(),
    );
    expect(rows.map((row) => row.next)).toEqual([3n, 3n]);
  });
});

test('errors are told by their SQLSTATE, and other errors have none', async () => {
  const error: unknown = await enter((scope) => sql`select 1/0`.execute(scope.tx)).catch((caught: unknown) => caught);
  expect(sqlState(error)).toBe('22012');
  expect(sqlState(new Error('x'))).toBeNull();
});
