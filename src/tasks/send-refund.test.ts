import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Books } from '../../test/books.ts';
import { testDatabase } from '../../test/db.ts';
import { backOf, paidOnline, refund, refundOf, refundState } from '../../test/refunding.ts';
import { booksWithTill, countOf, issued, type SandboxTill, sandboxTill, standingOf, tillKeys } from '../../test/till.ts';
import { refundPoints } from '../db/crash-point.ts';
import { newId } from '../db/fresh.ts';
import { verifyBooks } from '../domain/ledger/ledger.ts';
import { requestRefund } from '../domain/payments/payments.ts';
import { setLogLevel } from '../log.ts';
import { sendRefundTask } from './send-refund.ts';

setLogLevel('silent');
const database = testDatabase(8);
let desk: SandboxTill;
beforeAll(async () => {
  desk = await sandboxTill(database().database, { timeoutMs: 2_000 });
});
afterAll(() => desk.close());
beforeEach(() => desk.knobs({}));

const run = (books: Books, refundId: string): Promise<void> => sendRefundTask(desk.till)({ businessId: books.business, refundId }, AbortSignal.timeout(30_000));

async function paid(): Promise<{ books: Books; invoice: string; payment: string }> {
  const books = await booksWithTill(database().database);
  const invoice = await issued(books, [10_000]);
  return { books, invoice: invoice.id, payment: await paidOnline(desk, books, invoice) };
}

/** What the processor itself still has of a payment: all of the rest can be given back there, and not a cent more. */
async function leftThere(books: Books, payment: string, restMinor: bigint): Promise<string[]> {
  const reference = (await desk.truth(books, payment))?.payment?.id ?? '';
  const give = async (amountMinor: bigint): Promise<string> => {
    const of = { refund: newId(), attempt: payment, business: books.business, reference };
    const answer = await desk.till.cards['sandbox']?.refund({ ...of, amountMinor, currency: 'USD', idempotencyKey: `rest-${of.refund}` });
    return answer?.kind ?? 'none';
  };
  return [await give(restMinor), await give(1n)];
}

describe('a refund on its way to the processor', () => {
  it('J2 handed over three times at once, again, and after a silence, leaves the books and the processor once and is told once', async () => {
    const { books, invoice, payment } = await paid();
    const { id } = await refund(books, payment, 3_000n);
    await desk.knobs({ refund: 'timeout_after' });
    await run(books, id);
    await desk.knobs({});
    await Promise.all([run(books, id), run(books, id), run(books, id)]);
    const before = [await countOf(books, 'ledger'), await countOf(books, 'events'), await countOf(books, 'mails')];
    await run(books, id);
    expect([await countOf(books, 'ledger'), await countOf(books, 'events'), await countOf(books, 'mails')]).toEqual(before);
    expect([await refundState(books, id), await backOf(books, payment)]).toMatchObject([{ state: 'succeeded' }, { refunded: 3_000n }]);
    expect(await standingOf(books, invoice)).toMatchObject({ paid: 7_000n, balance: 3_000n });
    expect(await leftThere(books, payment, 7_000n)).toEqual(['succeeded', 'refused']);
    expect(await books.system((scope) => verifyBooks(scope))).toEqual([]);
  });

  it.each(refundPoints)('J2 C1 dying at %s gives the money back once, loses nothing, and goes on from there', async (point) => {
    const { books, invoice, payment } = await paid();
    const id = newId();
    const script = fileURLToPath(new URL('../../test/refunding-process.ts', import.meta.url));
    const child = fork(script, [], { execArgv: ['--disable-warning=ExperimentalWarning'], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    const { business } = books;
    child.send({ login: database().login, point, business, payment, refund: id, amountMinor: '3000', sandboxUrl: desk.process.url });
    expect(await new Promise((done) => child.on('exit', (_code, signal) => done(signal)))).toBe('SIGKILL');
    expect(await books.system((scope) => verifyBooks(scope))).toEqual([]);
    for (let times = 0; times < 2; times += 1) {
      await books.office((scope) => requestRefund(scope, tillKeys, refundOf(payment, 3_000n, { id })));
      await run(books, id);
    }
    expect([await refundState(books, id), await backOf(books, payment)]).toMatchObject([{ state: 'succeeded' }, { refunded: 3_000n, waiting: 0n }]);
    expect([await countOf(books, 'refunds'), await standingOf(books, invoice)]).toMatchObject([1, { paid: 7_000n, balance: 3_000n }]);
    expect(await leftThere(books, payment, 7_000n)).toEqual(['succeeded', 'refused']);
    expect(await books.system((scope) => verifyBooks(scope))).toEqual([]);
  });
});
