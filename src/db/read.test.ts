import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testDatabase } from '../../test/db.ts';
import { newId } from './fresh.ts';
import { type Compiled, type Grant, inOpened, readPage } from './read.ts';
import { systemActor } from './scope.ts';

const db = testDatabase(1);
const business = newId();
const compiled = (text: string, parameters: unknown[] = []): Compiled => ({ sql: text, parameters });
const open = compiled(`select jsonb_build_object('state', 'open', 'business', $1::uuid, 'at', enter_scope('office', $1))`, [business]);
const closed = compiled(`select jsonb_build_object('state', 'unknown')`);
const page = compiled(`select json_build_object('business', app_business(), 'role', current_user)::text`);

test('a page sees the scope its opening set, in the same transaction', async () => {
  const { grant, json } = await readPage(db().database, open, page);
  expect(grant).toMatchObject({ state: 'open', business });
  expect(JSON.parse(json ?? '')).toEqual({ business, role: 'office' });
});

test('a page behind a closed opening sees no business, and nothing stays on the connection', async () => {
  await readPage(db().database, open, page);
  const counted = compiled('select count(*)::text from memberships');
  expect(await readPage(db().database, closed, counted)).toMatchObject({ grant: { state: 'unknown' }, json: '0' });
});

test('a page and its opening leave together and are one transaction, with a second query beside it', async () => {
  const clock = compiled('select now()::text');
  const { json, besides } = await readPage(db().database, open, clock, clock);
  expect(besides).toEqual([json]);
  expect((await readPage(db().database, open, compiled('select null'))).json).toBeNull();
  expect((await readPage(db().database, open, compiled('select 1 where false'), clock)).json).toBeNull();
});

test('a page asks with plain values only', async () => {
  await expect(readPage(db().database, open, compiled('select $1', [['a list']]))).rejects.toThrow('a page asks with');
});

test('a page that fails throws its error and leaves the connection usable', async () => {
  await expect(readPage(db().database, open, compiled('select 1/0'))).rejects.toMatchObject({ code: '22012' });
  await expect(readPage(db().database, compiled('select 1/0'), page)).rejects.toMatchObject({ code: '22012' });
  expect((await readPage(db().database, open, page)).grant.state).toBe('open');
});

test('a page cannot write', async () => {
  await expect(
    readPage(db().database, open, compiled(`insert into counters (business_id, series) values ('${business}', 'x') returning series`)),
  ).rejects.toMatchObject({ code: '25006' });
});

test('work runs in the scope an opening set, and not at all behind a closed one', async () => {
  const entry = (opening: Compiled) => ({ role: 'office' as const, open: opening, actor: (_: Grant) => systemActor });
  const work = inOpened(db().database, entry(open), async ({ tx, business: mine, now }) => {
    const { rows } = await sql<{ now: string; business: string }>`select now(), app_business() as business`.execute(tx);
    return { same: rows[0]?.business === mine, now: Temporal.Instant.from(rows[0]?.now ?? '').equals(now) };
  });
  expect(await work).toMatchObject({ grant: { state: 'open' }, result: { same: true, now: true } });
  expect(await inOpened(db().database, entry(closed), async () => 'never')).toEqual({ grant: { state: 'unknown' }, result: null });
});
