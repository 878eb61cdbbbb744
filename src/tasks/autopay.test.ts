import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { agree, billDue, chargesOf, dueToday, keep, payerOf, todayHere } from '../../test/autopay-world.ts';
import type { Books } from '../../test/books.ts';
import { testDatabase } from '../../test/db.ts';
import { booksWithTill, countOf, type SandboxTill, sandboxTill, standingOf } from '../../test/till.ts';
import { verifyBooks } from '../domain/ledger/ledger.ts';
import { listMandates, reconcilePayments, removeMethod } from '../domain/payments/payments.ts';
import { setLogLevel } from '../log.ts';
import { chargeAutopayTask, tendAutopayTask } from './autopay.ts';

setLogLevel('silent');
const database = testDatabase(12);
let desk: SandboxTill;
beforeAll(async () => {
  desk = await sandboxTill(database().database, { timeoutMs: 2_000 });
});
afterAll(() => desk.close());
beforeEach(() => desk.knobs({}));

/** Three times at once and once more. What a worker cannot do now it does again, so a try that fails is no end. */
async function often(run: () => Promise<void>): Promise<void> {
  await Promise.allSettled([run(), run(), run()]);
  await run();
}

const tables = ['mails', 'events', 'payments', 'ledger'] as const;
const counts = (books: Books): Promise<number[]> => Promise.all(tables.map((table) => countOf(books, table)));

async function mails(books: Books): Promise<string[]> {
  const { rows } = await books.system(({ tx }) =>
    sql<{ what: string }>`select facts->>'what' as what from mails where business_id = ${books.business} and kind = 'autopay' order by created_at, id`.execute(
      tx,
    ),
  );
  return rows.map(({ what }) => what).sort();
}

describe('the tasks of paying by itself', () => {
  it('J2 a planned payment that is charged three times at once, once more, and after a silence takes the money once', async () => {
    for (const charge of ['none', 'timeout_after'] as const) {
      const { books, invoice, charge: chargeId } = await dueToday(database().database, desk);
      const run = (): Promise<void> => chargeAutopayTask(desk.till)({ businessId: books.business, chargeId }, AbortSignal.timeout(30_000));
      await desk.knobs({ charge });
      await often(run);
      await desk.knobs({});
      await often(run);
      // What became of a charge whose answer was lost is asked for later, and the task run again finds it charged.
      await reconcilePayments(desk.till, books.business, 0);
      const { rows } = await books.system(({ tx }) =>
        sql<{ count: number }>`select count(*)::int as count from payments where business_id = ${books.business} and autopay_charge_id = ${chargeId}`.execute(
          tx,
        ),
      );
      expect([rows[0]?.count, (await chargesOf(books, invoice.id)).map(({ tries }) => tries)]).toEqual([1, [1]]);
      const before = await counts(books);
      await run();
      expect(await counts(books)).toEqual(before);
      expect(await standingOf(books, invoice.id)).toMatchObject({ paid: 10_000n, balance: 0n, unknown: 0n });
      expect(await books.system((scope) => verifyBooks(scope))).toEqual([]);
    }
  });

  it('J2 what follows from an agreement, and from its method going, is told once and planned once however often it is looked at', async () => {
    const books = await booksWithTill(database().database);
    const dana = payerOf(books, database().database, { person: books.person, name: 'Dana Whitlock' });
    const methodId = await keep(desk, books, dana, 'card_success');
    const bill = await billDue(books, 10_000, todayHere());
    await agree(books, dana, { methodId });
    const mandateId = (await books.office((scope) => listMandates(scope, books.customer)))[0]?.id ?? '';
    const tend = (input: { mandateId: string | null; methodId: string | null }) => () =>
      tendAutopayTask(desk.till)({ businessId: books.business, ...input }, AbortSignal.timeout(30_000));
    await often(tend({ mandateId, methodId: null }));
    expect([await mails(books), (await chargesOf(books, bill.id)).map(({ state }) => state)]).toEqual([['notice', 'started'], ['planned']]);
    await dana.as((scope) => removeMethod(scope, methodId));
    await often(tend({ mandateId: null, methodId }));
    await often(tend({ mandateId, methodId }));
    expect([await mails(books), (await chargesOf(books, bill.id)).map(({ state }) => state)]).toEqual([
      ['ended', 'ended_other', 'notice', 'started'],
      ['stopped'],
    ]);
    const before = await counts(books);
    await often(tend({ mandateId, methodId }));
    expect(await counts(books)).toEqual(before);
  });
});
