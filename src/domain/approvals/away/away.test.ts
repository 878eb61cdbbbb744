import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Books, makeBooks, oneOf } from '../../../../test/books.ts';
import { testDatabase } from '../../../../test/db.ts';
import { addDays } from '../../../core/calendar.ts';
import type { Refusal } from '../../../core/refusal.ts';
import { newId } from '../../../db/fresh.ts';
import { inTransaction, type Scope } from '../../../db/scope.ts';
import { createDraft, issueEstimate, readEstimate } from '../../estimates/estimates.ts';
import { verifyBooks } from '../../ledger/ledger.ts';
import { approveEstimate, colleaguesOf, endStandIn, listApprovals, listStandIns, nameStandIn, passOn } from '../approvals.ts';

const database = testDatabase();
let books: Books;
let today = '';
let [edgar, sam, twin] = ['', '', ''];

/** Dana manages, Edgar approves up to $5,000, Sam up to $50; another entry has Edgar's address. */
beforeAll(async () => {
  books = await makeBooks(database().database);
  [edgar, sam, twin] = [newId(), newId(), newId()];
  await books.office(async ({ tx, business, now }) => {
    const at = now.toString();
    await sql`update grants set can_manage = true where business_id = ${business} and person_id = ${books.person}`.execute(tx);
    const people = [
      [edgar, 'Edgar Finch', 'edgar@example.com', 500_000],
      [sam, 'Sam Okoye', 'sam@example.com', 5_000],
      [twin, 'E. Finch', 'edgar@example.com', 0],
    ] as const;
    for (const [id, name, email, limit] of people) {
      await sql`insert into people (business_id, id, name, email, created_at) values (${business}, ${id}, ${name}, ${email}, ${at})`.execute(tx);
      await sql`insert into grants (business_id, id, person_id, customer_id, approve_limit_minor, created_at)
        values (${business}, ${newId()}, ${id}, ${books.customer}, ${limit}, ${at})`.execute(tx);
    }
  });
  today = (await books.system((scope) => colleaguesOf(scope, [edgar]))).today;
});

const as = <T>(personId: string, work: (scope: Scope) => Promise<T>, role: 'portal' | 'system' = 'portal'): Promise<T> => {
  const entry = { business: books.business, actor: { kind: 'person', id: personId, name: 'Somebody' } } as const;
  if (role === 'system') return inTransaction(books.database, { ...entry, role }, work);
  return inTransaction(books.database, { ...entry, role, customers: [books.customer], accounts: [books.customer], people: [personId], document: null }, work);
};
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => '',
    (error: Refusal) => error.code,
  );
const named = (personId: string, standInId: string, fromOn = today, untilOn = addDays(today, 7)) =>
  as(personId, (scope) => nameStandIn(scope, { customerId: books.customer, personId, standInId, fromOn, untilOn }), 'system');
const sent = async (amountMinor = 20_000): Promise<string> => {
  const draft = await books.office((scope) => createDraft(scope, { customerId: books.customer, lines: [oneOf(amountMinor, { taxRateId: null })] }));
  await books.office((scope) => issueEstimate(scope, draft.id, { show: true }));
  return draft.id;
};
const approve = (documentId: string, personId: string, totalMinor = 20_000n) =>
  as(personId, (scope) => approveEstimate(scope, { documentId, personId, totalMinor, identifiedBy: 'session', typedName: 'A name', acceptTerms: true }));
const limit = (minor: number) =>
  books.system(({ tx, business }) =>
    sql`update grants set approve_limit_minor = ${minor} where business_id = ${business} and person_id = ${edgar} and revoked_at is null`.execute(tx),
  );

describe('while somebody is away', () => {
  it('what would wait for them goes to whoever they named, who approves up to their limit, and the record says in whose place', async () => {
    const row = await named(edgar, sam);
    const id = await sent();
    await approve(await sent(10_000), books.person, 10_000n);
    const waits = await sent(600_000);
    expect(await approve(waits, sam, 600_000n)).toMatchObject({ kind: 'recommended' });
    expect(await books.system((scope) => passOn(scope, waits))).toMatchObject({ id: books.person, instead: null });
    expect(await approve(id, sam)).toMatchObject({ kind: 'approved' });
    const [record] = (await books.system((scope) => listApprovals(scope, { documentId: id }))).rows;
    expect(record).toMatchObject({ personId: sam, limitMinor: 500_000n, further: { instead: { personId: edgar, name: 'Edgar Finch', untilOn: row.untilOn } } });
    expect(await books.office((scope) => verifyBooks(scope))).toEqual([]);
    await as(edgar, (scope) => endStandIn(scope, row.id), 'system');
  });

  it('a limit lowered counts at once, and it ends at once, with its days, and with the right of either', async () => {
    const row = await named(edgar, sam);
    await limit(15_000);
    expect(await approve(await sent(), sam)).toMatchObject({ kind: 'recommended' });
    await limit(500_000);
    const other = await sent();
    expect((await as(sam, (scope) => readEstimate(scope, other))).viewer?.absent).toMatchObject([{ name: 'Edgar Finch' }]);
    await books
      .system(({ tx, business }) =>
        sql`update stand_ins set from_on = ${today}::date - 9, until_on = ${today}::date - 1 where business_id = ${business} and id = ${row.id}`.execute(tx),
      )
      .then(
        () => expect.unreachable('days of a stand-in are written once'),
        (error: Error) => expect(error.message).toMatch(/permission/),
      );
    await as(edgar, (scope) => endStandIn(scope, row.id), 'system');
    await as(edgar, (scope) => endStandIn(scope, row.id), 'system');
    expect(await approve(other, sam)).toMatchObject({ kind: 'recommended' });
    await named(edgar, sam);
    await books.system(({ tx, business, now }) =>
      sql`update grants set revoked_at = ${now.toString()} where business_id = ${business} and person_id = ${edgar}`.execute(tx),
    );
    expect(await approve(await sent(), sam)).toMatchObject({ kind: 'recommended' });
    expect(await books.office((scope) => verifyBooks(scope))).toEqual([]);
    await books.system(({ tx, business }) => sql`update grants set revoked_at = null where business_id = ${business} and person_id = ${edgar}`.execute(tx));
    for (const each of await books.system((scope) => listStandIns(scope, { customerId: books.customer })))
      await books.system((scope) => endStandIn(scope, each.id));
  });

  it('what waits already is handed on when somebody is named, and goes back when it ends', async () => {
    const id = await sent();
    expect(await approve(id, twin)).toMatchObject({ kind: 'recommended' });
    expect(await books.system((scope) => passOn(scope, id))).toMatchObject({ id: edgar });
    const row = await named(edgar, books.person);
    for (let twice = 0; twice < 2; twice += 1)
      expect(await books.system((scope) => passOn(scope, id))).toMatchObject({ id: books.person, instead: { name: 'Edgar Finch' } });
    expect((await books.office((scope) => readEstimate(scope, id))).standing.waitingFor).toMatchObject({ name: 'Dana Whitlock', insteadOf: 'Edgar Finch' });
    await books.system((scope) => endStandIn(scope, row.id));
    expect(await books.system((scope) => passOn(scope, id))).toMatchObject({ id: edgar, instead: null });
  });

  it('is for themselves and the office to say; nobody stands in for a stand-in, for two at once or for their own other entry', async () => {
    const naming = { customerId: books.customer, personId: edgar, standInId: sam, fromOn: today, untilOn: addDays(today, 3) };
    expect(await codeOf(as(sam, (scope) => nameStandIn(scope, naming), 'system'))).toBe('not_found');
    expect(await codeOf(named(edgar, twin))).toBe('stand_in_unfit');
    expect(await codeOf(named(edgar, edgar))).toBe('stand_in_unfit');
    expect(await codeOf(named(edgar, newId()))).toBe('stand_in_unfit');
    expect(await codeOf(named(twin, sam))).toBe('approving_not_allowed');
    expect(await codeOf(named(edgar, sam, addDays(today, -1)))).toBe('stand_in_days');
    expect(await codeOf(named(edgar, sam, today, addDays(today, 400)))).toBe('stand_in_days');
    const row = await named(edgar, sam);
    expect(await codeOf(named(edgar, books.person, addDays(today, 7), addDays(today, 9)))).toBe('stand_in_overlaps');
    expect(await codeOf(named(sam, books.person))).toBe('stand_in_unfit');
    expect(await codeOf(named(books.person, edgar))).toBe('stand_in_unfit');
    expect(await codeOf(as(sam, (scope) => endStandIn(scope, row.id), 'system'))).toBe('not_found');
    expect(await as(sam, (scope) => listStandIns(scope, { personIds: [sam] }))).toMatchObject([{ personName: 'Edgar Finch' }]);
    expect(await as(twin, (scope) => listStandIns(scope, { personIds: [edgar] }))).toEqual([]);
  });

  it('where two approve, a person and their stand-in are one', async () => {
    await books.system(({ tx, business }) =>
      sql`update customers set two_approvers_from_minor = 0 where business_id = ${business} and id = ${books.customer}`.execute(tx),
    );
    const id = await sent();
    const first = await approve(id, edgar);
    expect(first).toMatchObject({ kind: 'first_approved' });
    expect(await approve(id, sam)).toEqual(first);
    expect(await approve(id, books.person)).toMatchObject({ kind: 'approved' });
    expect(await books.office((scope) => verifyBooks(scope))).toEqual([]);
  });
});
