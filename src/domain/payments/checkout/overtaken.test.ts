import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Books } from '../../../../test/books.ts';
import { testDatabase } from '../../../../test/db.ts';
import { paidByCheck } from '../../../../test/refunding.ts';
import {
  asDana,
  booksWithTill,
  countOf,
  type Issued,
  issued,
  payFor,
  paymentOf,
  place,
  type SandboxTill,
  sandboxTill,
  standingOf,
} from '../../../../test/till.ts';
import { newId } from '../../../db/fresh.ts';
import { setLogLevel } from '../../../log.ts';
import { closeCheckoutsTask } from '../../../tasks/close-checkouts.ts';
import { startWorker, type Worker } from '../../../tasks/worker.ts';
import { voidInvoice } from '../../invoices/invoices.ts';
import { verifyBooks } from '../../ledger/ledger.ts';
import { allocate, seenOf } from '../allocate/allocation.ts';
import { closeOvertaken, openCheckout, recordPayment, spendCredit, startAllocated, startPayment, writeCreditNote } from '../payments.ts';
import { readBills } from '../view/pay-facts.ts';

setLogLevel('silent');
const database = testDatabase(12);
let desk: SandboxTill;
let worker: Worker;

beforeAll(async () => {
  desk = await sandboxTill(database().database);
  worker = await startWorker({ login: database().login, handlers: { 'close-checkouts': closeCheckoutsTask(desk.till) } });
});
afterAll(async () => {
  await worker.stop();
  await desk.close();
});
beforeEach(() => desk.knobs({}));

/** A customer stands at the processor's page with an amount of a bill of 100.00. */
async function atTheProcessor(amountMinor: bigint): Promise<{ books: Books; invoice: Issued; attempt: string; session: string }> {
  const books = await booksWithTill(database().database);
  const invoice = await issued(books, [10_000]);
  const pay = payFor(books, invoice, amountMinor);
  const started = await asDana(books, (scope) => startPayment(scope, pay));
  expect(await openCheckout(desk.till, started, place)).toMatchObject({ kind: 'redirect' });
  return { books, invoice, attempt: pay.id, session: (await desk.truth(books, pay.id))?.session ?? '' };
}
const statusOf = async (books: Books, attempt: string): Promise<string | undefined> => (await desk.truth(books, attempt))?.status;

type Settling = (books: Books, invoice: Issued) => Promise<unknown>;
const byCheck =
  (amountMinor: bigint): Settling =>
  (books, invoice) =>
    paidByCheck(books, invoice, amountMinor);
const byCredit: Settling = async (books, invoice) => {
  const whole = { customerId: books.customer, method: 'check', amountMinor: 10_000n, currency: 'USD', receivedOn: '2026-01-05', targets: [] } as const;
  await books.office((scope) => recordPayment(scope, { id: newId(), ...whole, keepCredit: true }));
  const choice = { documentIds: [invoice.id], also: [], amountMinor: null, keepCredit: false, useCredit: true };
  const begun = await asDana(books, async (scope) => {
    const { bills, credits } = await readBills(scope, [invoice.id]);
    return startAllocated(scope, { id: newId(), choice, seen: seenOf(allocate(bills, choice, credits)), method: 'card', personId: books.person });
  });
  if (begun.kind !== 'credit') throw new Error('credit pays it all');
  await spendCredit(database().database, begun);
};
const ways: readonly (readonly [string, bigint, Settling])[] = [
  ['a check over all of it was recorded', 10_000n, byCheck(10_000n)],
  ['a check left less than they are about to pay', 6_001n, byCheck(4_000n)],
  ['credit paid it', 2_000n, byCredit],
  [
    'a credit note took it back',
    500n,
    (books, invoice) =>
      books.office((scope) => writeCreditNote(scope, { id: newId(), documentId: invoice.id, choice: { kind: 'rest' }, reason: 'Not needed' })),
  ],
  ['it was taken back', 10_000n, (books, invoice) => books.office((scope) => voidInvoice(scope, { documentId: invoice.id, reason: 'Mistake' }))],
];

describe('a checkout that is open while its bill is settled otherwise', () => {
  it.each(ways)('P1 is closed by itself when %s, and cannot be confirmed any more', async (_what, amountMinor, settle) => {
    const { books, invoice, attempt, session } = await atTheProcessor(amountMinor);
    await settle(books, invoice);
    await expect.poll(() => statusOf(books, attempt), { timeout: 30_000 }).toBe('expired');
    expect(await desk.pay(session, 'card_success')).toBe('ended');
    await expect.poll(async () => (await paymentOf(books, attempt))?.state, { timeout: 30_000 }).toBe('expired');
    expect(await books.system((scope) => verifyBooks(scope))).toEqual([]);
  });

  it('P1 stays open when the bill still has room for it, and pays the rest', async () => {
    const { books, invoice, attempt, session } = await atTheProcessor(6_000n);
    await paidByCheck(books, invoice, 4_000n);
    await closeOvertaken(desk.till, books.business, invoice.id);
    expect([await statusOf(books, attempt), await desk.pay(session, 'card_success')]).toEqual(['open', 'done']);
  });

  it('P1 that was paid at this very moment settles, and what came twice goes back', async () => {
    const { books, invoice, attempt, session } = await atTheProcessor(10_000n);
    expect(await desk.pay(session, 'card_success')).toBe('done');
    await paidByCheck(books, invoice);
    await expect.poll(async () => (await paymentOf(books, attempt))?.receipt, { timeout: 30_000 }).toMatch(/^R-/);
    expect(await standingOf(books, invoice.id)).toMatchObject({ paid: 10_000n, balance: 0n });
    expect(await countOf(books, 'refunds')).toBe(1);
    expect(await books.system((scope) => verifyBooks(scope))).toEqual([]);
  });

  it('P1 is closed once its processor answers again, and asking again and at once changes nothing more', async () => {
    const { books, invoice, attempt } = await atTheProcessor(10_000n);
    await desk.knobs({ expire: 'hang' });
    await paidByCheck(books, invoice);
    await expect(closeOvertaken(desk.till, books.business, invoice.id)).rejects.toThrow('does not answer');
    expect((await paymentOf(books, attempt))?.state).toBe('initiated');
    await desk.knobs({});
    const close = (): Promise<void> => closeOvertaken(desk.till, books.business, invoice.id);
    await Promise.all([close(), close(), close()]);
    const before = await countOf(books, 'events');
    await close();
    expect([await statusOf(books, attempt), (await paymentOf(books, attempt))?.state, await countOf(books, 'events')]).toEqual(['expired', 'expired', before]);
  });
});
