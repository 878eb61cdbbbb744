import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Books } from '../../../../test/books.ts';
import { testDatabase } from '../../../../test/db.ts';
import { backOf, colleague, paidByCheck, paidOnline, refund, refundOf, refundState } from '../../../../test/refunding.ts';
import { refusalOf } from '../../../../test/small-business.ts';
import { booksWithTill, countOf, creditOf, type Issued, issued, type SandboxTill, sandboxTill, standingOf, tillKeys } from '../../../../test/till.ts';
import type { GatewayEvent } from '../../../core/gateways.ts';
import { newId } from '../../../db/fresh.ts';
import { inSystemRole } from '../../../db/host.ts';
import { setLogLevel } from '../../../log.ts';
import { verifyBooks } from '../../ledger/ledger.ts';
import {
  approveRefund,
  declineRefund,
  reconcileRefunds,
  requestRefund,
  reversePayment,
  sendRefund,
  settleRefund,
  storeNotices,
  workNotice,
} from '../payments.ts';

setLogLevel('silent');
const database = testDatabase(24);
let desk: SandboxTill;
beforeAll(async () => {
  desk = await sandboxTill(database().database);
});
afterAll(() => desk.close());
beforeEach(() => desk.knobs({}));

async function fresh(amounts: readonly number[] = [10_000]): Promise<{ books: Books; invoice: Issued }> {
  const books = await booksWithTill(database().database);
  return { books, invoice: await issued(books, amounts, { spread: amounts.length > 1 }) };
}
const sound = async (books: Books): Promise<void> => expect(await books.system((scope) => verifyBooks(scope))).toEqual([]);
const mailsOf = (books: Books, kind: string): Promise<{ to: string; facts: Record<string, unknown> }[]> =>
  books.system(async ({ tx }) => {
    const { rows } = await sql<{
      to: string;
      facts: Record<string, unknown>;
    }>`select to_address as to, facts from mails where business_id = ${books.business} and kind = ${kind}
      order by created_at, id`.execute(tx);
    return rows;
  });

const noticesOf = (books: Books): Promise<string[]> =>
  inSystemRole(database().database, async (tx) => {
    const { rows } = await sql<{ notice: string }>`select j.payload ->> 'notice' as notice from graphile_worker._private_jobs j
      join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'mail-notice' and j.payload ->> 'businessId' = ${books.business}`.execute(
      tx,
    );
    return rows.map(({ notice }) => notice);
  });

/** A notice as the sandbox sends it, stored and worked through. */
async function hear(books: Books, payment: string, about: Partial<GatewayEvent>): Promise<unknown> {
  const event: GatewayEvent = {
    ...{ kind: 'event', id: `evt_${newId().replaceAll('-', '')}`, account: books.business, liveMode: false, attempt: payment, payment: null },
    ...{ outcome: null, refund: null, dispute: null, type: 'test', createdUnixS: 0 },
    ...about,
  };
  await books.system((scope) => storeNotices(scope, 'sandbox', [{ event, door: { account: books.business, live: false } }]));
  return books.system((scope) => workNotice(scope, tillKeys, { gateway: 'sandbox', eventId: event.id }));
}

describe('giving money back', () => {
  it('a refund is in the books at once, reaches the processor once, and the invoice is owed again', async () => {
    const { books, invoice } = await fresh();
    const payment = await paidOnline(desk, books, invoice);
    const { id } = await refund(books, payment, 4_000n);
    expect(await standingOf(books, invoice.id)).toMatchObject({ paid: 6_000n, balance: 4_000n });
    await sendRefund(desk.till, books.business, id);
    await sendRefund(desk.till, books.business, id);
    expect(await refundState(books, id)).toMatchObject({ state: 'succeeded', reference: expect.stringMatching(/^re_/) });
    expect(await backOf(books, payment)).toEqual({ refunded: 4_000n, waiting: 0n, disputed: 0n, state: 'cleared' });
    await refund(books, payment, 6_000n);
    expect(await backOf(books, payment)).toMatchObject({ refunded: 10_000n, state: 'refunded' });
    expect(await standingOf(books, invoice.id)).toMatchObject({ paid: 0n, balance: 10_000n });
    await sound(books);
  });

  it('the customer is told how much went where, once the processor took it on', async () => {
    const { books, invoice } = await fresh();
    const payment = await paidOnline(desk, books, invoice);
    const { id } = await refund(books, payment, 4_000n);
    expect(await mailsOf(books, 'payment_refunded')).toEqual([]);
    await sendRefund(desk.till, books.business, id);
    expect(await mailsOf(books, 'payment_refunded')).toMatchObject([
      { to: 'dana@example.com', facts: { amountMinor: 4_000, methodLabel: 'Visa •••• 4242', failed: false } },
    ]);
  });

  it('M10 of twenty refunds of 60 % of one payment at the same moment exactly one goes through, and the database itself keeps the sum', async () => {
    const { books, invoice } = await fresh();
    const payment = await paidOnline(desk, books, invoice);
    const tries = await Promise.all(
      Array.from({ length: 20 }, () =>
        refund(books, payment, 6_000n).then(
          ({ id }) => id,
          (error: unknown) => error,
        ),
      ),
    );
    const made = tries.filter((each) => typeof each === 'string');
    expect(made).toHaveLength(1);
    for (const error of tries.filter((each) => typeof each !== 'string'))
      expect(error).toMatchObject({ code: 'refund_too_large', details: { leftMinor: 4_000n } });
    expect([await countOf(books, 'refunds'), (await backOf(books, payment)).refunded]).toEqual([1, 6_000n]);
    const direct = books.office(({ tx }) =>
      sql`update payments set refunded_minor = 10001 where business_id = ${books.business} and id = ${payment}`.execute(tx),
    );
    await expect(direct).rejects.toMatchObject({ code: '23514' });
    await sound(books);
  });

  it('M10 M11 nothing, less than nothing and more than came is refused and changes nothing', async () => {
    const { books, invoice } = await fresh();
    const payment = await paidOnline(desk, books, invoice);
    for (const amount of [0n, -1n, 100_000_000n]) expect((await refusalOf(refund(books, payment, amount))).code).toMatch(/^amount_too_/);
    expect((await refusalOf(refund(books, payment, 10_001n))).code).toBe('refund_too_large');
    expect((await refusalOf(refund(books, payment, 1n, { reason: ' ' }))).code).toBe('reason_required');
    expect(await countOf(books, 'refunds')).toBe(0);
  });

  it('C10 the same form twice is one refund, and its id means nothing else', async () => {
    const { books, invoice } = await fresh();
    const payment = await paidOnline(desk, books, invoice);
    const form = refundOf(payment, 2_500n);
    const press = (asked = form) => books.office((scope) => requestRefund(scope, tillKeys, asked));
    const rows = await Promise.all([press(), press(), press()]);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(1);
    expect((await backOf(books, payment)).refunded).toBe(2_500n);
    expect((await refusalOf(press({ ...form, amountMinor: 2_600n }))).code).toBe('id_taken');
  });

  it('after a silence it is unknown, nobody refunds again by mistake, and asking later finds the truth', async () => {
    const { books, invoice } = await fresh();
    const payment = await paidOnline(desk, books, invoice);
    await desk.knobs({ refund: 'timeout_after', fetch: 'hang' });
    const { id } = await refund(books, payment, 10_000n);
    await sendRefund(desk.till, books.business, id);
    expect(await refundState(books, id)).toMatchObject({ state: 'unknown' });
    expect((await refusalOf(refund(books, payment, 1n))).code).toBe('refund_too_large');
    await desk.knobs({});
    await reconcileRefunds(desk.till, books.business, 0);
    expect(await refundState(books, id)).toMatchObject({ state: 'succeeded' });
    expect(await countOf(books, 'refunds')).toBe(1);
    await sound(books);
  });

  it('one the processor never got is handed over again under its own key, but not once the key may be forgotten', async () => {
    const { books, invoice } = await fresh();
    const payment = await paidOnline(desk, books, invoice);
    await desk.knobs({ refund: 'hang' });
    const { id } = await refund(books, payment, 3_000n);
    await sendRefund(desk.till, books.business, id);
    await desk.knobs({});
    await reconcileRefunds(desk.till, books.business, 0);
    expect(await refundState(books, id)).toMatchObject({ state: 'succeeded' });
    await desk.knobs({ refund: 'hang' });
    const late = await refund(books, payment, 3_000n);
    await sendRefund(desk.till, books.business, late.id);
    await books.system(({ tx }) =>
      sql`update refunds set sent_at = sent_at - interval '24 hours' where business_id = ${books.business} and id = ${late.id}`.execute(tx),
    );
    await desk.knobs({});
    await reconcileRefunds(desk.till, books.business, 0);
    expect(await refundState(books, late.id)).toMatchObject({ state: 'failed', failure: 'never_sent' });
    expect((await backOf(books, payment)).refunded).toBe(3_000n);
    await sound(books);
  });

  it('a refund that fails later comes back onto the invoice, and whoever was told of it is told so', async () => {
    const { books, invoice } = await fresh();
    const payment = await paidOnline(desk, books, invoice);
    const { id } = await refund(books, payment, 10_000n);
    await sendRefund(desk.till, books.business, id);
    const { reference } = await refundState(books, id);
    const news = { refund: id, reference: reference ?? '', state: 'failed', amountMinor: 10_000n, currency: 'USD', reason: 'account_closed' } as const;
    expect(await hear(books, payment, { refund: news })).toBe('settled');
    expect(await hear(books, payment, { refund: news })).toBe('no_change');
    expect(await hear(books, payment, { refund: { ...news, state: 'succeeded' } })).toBe('no_change');
    expect(await backOf(books, payment)).toMatchObject({ refunded: 0n, state: 'cleared' });
    expect(await standingOf(books, invoice.id)).toMatchObject({ paid: 10_000n, balance: 0n });
    expect((await mailsOf(books, 'payment_refunded')).map(({ facts }) => facts['failed'])).toEqual([false, true]);
    await sound(books);
  });

  it('P13 a refund made in the processor’s dashboard is taken into the books, once, and found by the processor’s id of the payment', async () => {
    const { books, invoice } = await fresh();
    const payment = await paidOnline(desk, books, invoice);
    const reference = (await desk.truth(books, payment))?.payment?.id ?? '';
    const news = { refund: null, reference: 're_dashboard', state: 'succeeded', amountMinor: 2_500n, currency: 'USD', reason: '' } as const;
    expect(await hear(books, payment, { attempt: null, payment: reference, refund: news })).toBe('settled');
    expect(await hear(books, payment, { refund: news })).toBe('no_change');
    expect(await standingOf(books, invoice.id)).toMatchObject({ paid: 7_500n, balance: 2_500n });
    expect(await mailsOf(books, 'payment_refunded')).toHaveLength(1);
    expect(await hear(books, payment, { refund: { ...news, reference: 're_more', amountMinor: 7_501n } })).toBe('quarantined: refund');
    expect(await hear(books, payment, { refund: { ...news, reference: 're_euro', currency: 'EUR' } })).toBe('quarantined: refund');
    await sound(books);
  });

  it('what waits for a second person makes way for what the processor did already', async () => {
    const { books, invoice } = await fresh([80_000]);
    await colleague(books);
    const payment = await paidOnline(desk, books, invoice);
    const { id } = await refund(books, payment, 70_000n);
    const news = { refund: null, reference: 're_whole', state: 'succeeded', amountMinor: 80_000n, currency: 'USD', reason: '' } as const;
    expect(await hear(books, payment, { refund: news })).toBe('settled');
    expect([await refundState(books, id), await backOf(books, payment)]).toMatchObject([
      { state: 'declined' },
      { refunded: 80_000n, waiting: 0n, state: 'refunded' },
    ]);
    await sound(books);
  });

  it('money kept as credit goes back first, and what is on invoices only as chosen', async () => {
    const { books, invoice } = await fresh();
    const payment = await paidByCheck(books, invoice, 12_000n, true);
    expect(await creditOf(books)).toBe(2_000n);
    expect((await refusalOf(refund(books, payment, 2_500n, { method: 'check', sources: [] }))).code).toBe('credit_used');
    await refund(books, payment, 1_500n, { method: 'check' });
    expect([await creditOf(books), (await standingOf(books, invoice.id)).paid]).toEqual([500n, 10_000n]);
    await refund(books, payment, 1_000n, { method: 'cash', sources: [{ documentId: invoice.id, amountMinor: 1_000n }] });
    expect([await creditOf(books), (await standingOf(books, invoice.id)).paid]).toEqual([500n, 9_000n]);
    expect((await refusalOf(refund(books, payment, 1n, { method: 'original' }))).code).toBe('refund_by_hand_only');
    expect((await refusalOf(refund(books, payment, 1n, { method: 'cash', givenOn: '2099-01-01' }))).code).toBe('payment_day_in_future');
    expect((await refusalOf(books.office((scope) => reversePayment(scope, { paymentId: payment, reason: 'x' })))).code).toBe('payment_state');
    await sound(books);
  });

  it('M6 M15 a refund of a bill over several properties comes off its parts in proportion, to the cent', async () => {
    const { books, invoice } = await fresh([3_333, 3_333, 3_334]);
    const payment = await paidOnline(desk, books, invoice);
    await refund(books, payment, 1_001n);
    const { rows } = await books.system(({ tx }) =>
      sql<{ paid: bigint }>`select paid_minor as paid from part_standings where business_id = ${books.business} and document_id = ${invoice.id}`.execute(tx),
    );
    expect(rows.reduce((sum, { paid }) => sum + paid, 0n)).toBe(8_999n);
    await sound(books);
  });

  it('a bank debit that comes back after it was refunded loses what went out twice, and nothing else', async () => {
    const { books, invoice } = await fresh();
    const payment = await paidOnline(desk, books, invoice, 10_000n, 'bank_clears');
    const { id } = await refund(books, payment, 4_000n);
    await sendRefund(desk.till, books.business, id);
    expect(await refundState(books, id)).toMatchObject({ state: 'pending' });
    const reference = (await desk.truth(books, payment))?.payment?.id ?? '';
    const outcome = { kind: 'returned', failure: 'returned_by_bank', method: 'bank', amountMinor: 10_000n, currency: 'USD', reference } as const;
    expect(await hear(books, payment, { outcome })).toBe('settled');
    expect(await standingOf(books, invoice.id)).toMatchObject({ paid: 0n, balance: 10_000n, returned: true });
    await sound(books);
    expect(await books.system((scope) => settleRefund(scope, tillKeys, id, { kind: 'failed', reference: null, reason: 'closed' }))).toBe('changed');
    expect([await backOf(books, payment), await creditOf(books)]).toMatchObject([{ refunded: 0n, state: 'returned' }, 0n]);
    await sound(books);
  });
});

describe('a second person', () => {
  it('T12 above the limit a refund waits for somebody else with the right; below it, it does not', async () => {
    const { books, invoice } = await fresh([80_000]);
    const asTheo = await colleague(books);
    const payment = await paidOnline(desk, books, invoice);
    const small = await refund(books, payment, 10_000n);
    const large = await refund(books, payment, 50_000n);
    expect([small.state, large.state]).toEqual(['requested', 'waiting_second']);
    expect(await backOf(books, payment)).toMatchObject({ refunded: 10_000n, waiting: 50_000n });
    expect((await refusalOf(refund(books, payment, 20_001n))).code).toBe('refund_too_large');
    expect((await refusalOf(books.office((scope) => approveRefund(scope, tillKeys, large.id)))).code).toBe('refund_own');
    expect((await asTheo((scope) => approveRefund(scope, tillKeys, large.id))).state).toBe('requested');
    expect((await refusalOf(asTheo((scope) => approveRefund(scope, tillKeys, large.id)))).code).toBe('refund_decided');
    expect(await backOf(books, payment)).toMatchObject({ refunded: 60_000n, waiting: 0n });
    await sound(books);
  });

  it('T12 a declined refund moves no money and frees the amount; the crew counts as nobody', async () => {
    const { books, invoice } = await fresh([80_000]);
    const payment = await paidOnline(desk, books, invoice);
    await colleague(books, 'field');
    expect((await refund(books, payment, 60_000n)).state).toBe('requested');
    const asTheo = await colleague(books);
    expect((await refund(books, payment, 20_000n)).state).toBe('requested');
    await books.office(({ tx }) => sql`update business_profiles set refund_limit_minor = 0 where business_id = ${books.business}`.execute(tx));
    const invoice2 = await issued(books, [5_000]);
    const second = await paidOnline(desk, books, invoice2);
    const waiting = await refund(books, second, 5_000n);
    expect(waiting.state).toBe('waiting_second');
    expect((await asTheo((scope) => declineRefund(scope, waiting.id))).state).toBe('declined');
    expect(await backOf(books, second)).toMatchObject({ refunded: 0n, waiting: 0n, state: 'cleared' });
    await sound(books);
  });

  it('T12 alone, a large refund goes through with a notice by mail', async () => {
    const { books, invoice } = await fresh([80_000]);
    const payment = await paidOnline(desk, books, invoice);
    expect((await refund(books, payment, 60_000n)).state).toBe('requested');
    expect(await noticesOf(books)).toEqual(['refund_made']);
  });
});
