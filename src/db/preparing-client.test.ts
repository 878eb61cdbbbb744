import { sql } from 'kysely';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { makeBooks } from '../../test/books.ts';
import { testDatabase } from '../../test/db.ts';
import type { Scope } from './scope.ts';

/** One connection, so that what is prepared can be asked of it. */
const db = testDatabase(1);

const locked = ({ tx, business }: Scope) => sql<Record<string, unknown>>`select * from customers where business_id = ${business} for no key update`.execute(tx);
const touched = ({ tx, business }: Scope) => sql`update customers set name = name where business_id = ${business} returning id`.execute(tx);
const counted = ({ tx, business }: Scope) => sql`select count(*) from customers where business_id = ${business}`.execute(tx);

/** All of one property's, and a page of a list of the like. */
const read = ({ tx, business }: Scope, id: string | undefined) =>
  sql<{ name: string }>`select name from properties where business_id = ${business} and id = any (${[id]}::uuid[])`.execute(tx);
const paged = ({ tx, business }: Scope, id: string | undefined) =>
  sql`select name from properties where business_id = ${business} and id = ${id} limit 10`.execute(tx);

const preparedLike = async ({ tx }: Scope, text: string): Promise<number> => {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from pg_prepared_statements where statement like ${text}`.execute(tx);
  return rows[0]?.count ?? 0;
};

describe('statements of the acts', () => {
  test('are prepared once they come back, for each role its own; what goes by no key, or is a page of a list, is planned each time', async () => {
    const books = await makeBooks(db().database);
    for (let times = 0; times < 5; times += 1) {
      expect((await books.office(touched)).rows).toHaveLength(2);
      expect((await books.system(touched)).rows).toHaveLength(2);
      await books.office(counted);
      expect((await books.office((scope) => read(scope, books.properties[0]))).rows).toEqual([{ name: 'Elm Court' }]);
      await books.office((scope) => paged(scope, books.properties[0]));
    }
    expect(await books.office((scope) => preparedLike(scope, 'update customers set name = name %'))).toBe(2);
    expect(await books.office((scope) => preparedLike(scope, 'select name from properties %any%'))).toBe(1);
    for (const text of ['select count(*) from customers %', 'select name from properties %limit%'])
      expect(await books.office((scope) => preparedLike(scope, text))).toBe(0);
  });

  test('see nothing of another business, nor in a portal of nobody, although they were planned for somebody', async () => {
    const [otter, mop] = [await makeBooks(db().database), await makeBooks(db().database)];
    const lockedOf = (scope: Scope) => locked({ ...scope, business: otter.business });
    const readOf = (scope: Scope) => read({ ...scope, business: otter.business }, otter.properties[0]);
    for (let times = 0; times < 8; times += 1) {
      expect((await otter.office(readOf)).rows).toHaveLength(1);
      expect((await mop.office(readOf)).rows).toHaveLength(0);
      expect((await otter.portal({}, readOf)).rows).toHaveLength(0);
      expect((await otter.office(lockedOf)).rows).toHaveLength(2);
      expect((await mop.office(lockedOf)).rows).toHaveLength(0);
      expect((await mop.system(lockedOf)).rows).toHaveLength(0);
    }
  });

  test('C11 go on when a migration changes a table beneath a running server', async () => {
    const books = await makeBooks(db().database);
    for (let times = 0; times < 5; times += 1) await books.office(locked);
    const owner = new pg.Client(db().owner);
    await owner.connect();
    await owner.query(`alter table customers add column later text not null default 'new'`);
    await owner.end();
    for (let times = 0; times < 5; times += 1) {
      const { rows } = await books.office(locked);
      expect(rows.map((row) => row['later'])).toEqual(['new', 'new']);
    }
  });
});
