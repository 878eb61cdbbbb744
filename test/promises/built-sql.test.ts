import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtSql } from '../tidy/built-sql.ts';
import type { SourceFile } from '../tidy/sources.ts';

const root = join(import.meta.dirname, '../..');
const files: SourceFile[] = globSync('src/**/*.{ts,tsx}', { cwd: root })
  .filter((path) => !/\.test\.tsx?$/.test(path) && path !== 'src/db/tables.ts')
  .sort()
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));

/** Looked at one by one: text that comes from elsewhere than the line it stands on, and never from a request. All of it is below db/. */
const lookedAt: Readonly<Record<string, string>> = {
  'src/db/compile.ts `$${at + 1}::${types[name]}`': 'placeholders of a query written once, by the types it states itself',
  'src/db/migrator.ts statement': 'the files of db/migrations',
  'src/db/migrator.ts migration.text': 'the files of db/migrations',
  'src/db/read.ts new PageRequest(statements, done, failed)': 'what Kysely compiled, with its values beside',
  'src/db/streams.ts `declare ${name} no scroll cursor for ${sql}`': 'what Kysely compiled, with its values beside',
  'src/db/backup/copy.ts this.text': 'the statements of backups, each looked at where it is made',
  'src/db/backup/copy.ts new CopyOut(text)': 'the same',
  'src/db/backup/copy.ts new CopyIn(text, source, done, failed)': 'the same',
  'src/db/backup/subject.ts `select ${listed(table.columns)} from ${quoted(table.name)} where ${which} order by ${listed(table.key)}`':
    'conditions written there, with quoted ids',
  'src/db/backup/subject.ts `copy (select row_to_json(r)::text from (${rows}) r) to stdout ${jsonLines}`': 'the same',
  'src/db/backup/subject.ts `select ${quoted(column)} as hash from ${quoted(table.name)} where ${which} and ${quoted(column)} is not null`': 'the same',
  "src/db/backup/subject.ts `select encode(hash, 'hex') as hex from (${parts.join(' union ')}) f order by hash`": 'the same',
  "src/db/erase/erase.ts `update ${name} set ${set.join(', ')} where ${mine} and (${filled(change.rows, of)})`":
    'the treatments of db/erase/tables.ts, with quoted ids',
  'src/db/erase/erase.ts `delete from ${name} where ${mine} and (${filled(remove, of)})`': 'the same',
};

describe('I3 no statement is put together from text', () => {
  it('anywhere in the product: what is sent stands beside it, names and orders come from lists', () => {
    const found = [...new Set(builtSql(files).map(({ path, text }) => `${path} ${text}`))];
    expect(found.filter((each) => lookedAt[each] === undefined)).toEqual([]);
    expect(Object.keys(lookedAt).filter((each) => !found.includes(each))).toEqual([]);
    expect(Object.keys(lookedAt).filter((each) => !each.startsWith('src/db/'))).toEqual([]);
  });

  const check = (...texts: string[]): string[] => {
    const planted = texts.map((text, at) => ({
      path: `src/domain/planted/file-${at}.ts`,
      text: `import { sql } from 'kysely';\nimport pg from 'pg';\n${text}\n`,
    }));
    return builtSql(planted).map(({ path, text }) => `${path.at(-4)} ${text}`);
  };

  it.each([
    ['a value in raw text', 'export const f = (id: string) => sql.raw(`select * from t where id = ${id}`);'],
    ['a value in raw text, by plus', 'export const f = (id: string) => sql`select ${sql.raw("\'" + id + "\'")}`;'],
    ['an order from the request', 'export const f = (order: string) => sql`select 1 order by ${sql.ref(order)}`;'],
    ['a table from the request', 'export function f(table: string) { return sql`select * from ${sql.table(table)}`; }'],
    ['an order for the builder', "export const f = (db: any, by: string) => db.selectFrom('t').orderBy(by);"],
    ['a table for the builder', 'export const f = (db: any, { table }: { table: string }) => db.selectFrom(table);'],
    ['a query of the driver', 'export const f = (client: pg.Client, id: string) => client.query(`select ${id}`);'],
    ['a query of the driver, as an object', 'export const f = (client: pg.Client, id: string) => client.query({ text: `select ${id}`, values: [] });'],
    ['a query kept in a name first', "export const f = (client: pg.Client, id: string) => { const text = 'select ' + id; return client.query(text); };"],
    ['a name that is bound twice', "export const f = (client: pg.Client, id: string) => { let text = 'select 1'; text += id; return client.query(text); };"],
    ['text that looks like a statement, wherever it goes', 'export const f = (id: string) => `DELETE FROM t WHERE id = ${id}`;'],
    ['quotes of one’s own', "const quote = (text: string) => `'${text}'`;\nexport const f = (id: string) => `select * from t where id = ${quote(id)}`;"],
    ['an entry of a table that is not one', 'export const f = (of: Record<string, string>, by: string) => sql`select 1 order by ${sql.raw(of[by])}`;'],
    ['one of two branches', "export const f = (id: string, yes: boolean) => sql.raw(yes ? 'true' : id);"],
    ['a list, one of which is not known', "export const f = (id: string) => ['a', id].map((each) => sql.ref(each));"],
    [
      'a parameter one caller fills with what it was given',
      "const f = (by: string) => sql.ref(by);\nexport const g = () => f('a');\nexport const h = (given: string) => f(given);",
    ],
  ])('and it finds %s', (_, text) => {
    expect(check(text)).not.toEqual([]);
  });

  it('across files, where the caller stands in another one', () => {
    const callee = 'export function ordered(by: string) { return sql`select 1 order by ${sql.ref(by)}`; }';
    expect(check(callee, "import { ordered } from './file-0.ts';\nexport const f = () => ordered('name');")).toEqual([]);
    expect(check(callee, "import { ordered } from './file-0.ts';\nexport const f = (given: string) => ordered(given);")).toEqual(['0 by']);
  });

  it.each([
    ['values beside the text', 'export const f = (id: string) => sql`select * from t where id = ${id} and name like ${`%${id}%`}`;'],
    [
      'an order from a table of orders',
      "const orders = { name: 'c.name', day: 'c.day' } as const;\nexport const f = (by: keyof typeof orders) => sql.raw(orders[by]);",
    ],
    ['one of the texts a type lists', "type Way = 'asc' | 'desc';\nexport const f = (way: Way) => sql`select 1 order by a ${sql.raw(way)}`;"],
    ['what the driver quotes', 'export const f = (client: pg.Client, name: string) => client.query(`listen ${pg.escapeIdentifier(name)}`);'],
    ['columns of a list', "const columns = ['a', 'b'] as const;\nexport const f = () => sql.join(columns.map((column) => sql.ref(`t.${column}`)));"],
    ['a builder as it is meant', "export const f = (db: any, id: string) => db.selectFrom('t').where('id', '=', id).orderBy('id', 'desc').execute();"],
    ['words that only look alike', 'export const f = (title: string) => `Select ${title}`;'],
  ])('and it lets %s be', (_, text) => {
    expect(check(text)).toEqual([]);
  });
});
