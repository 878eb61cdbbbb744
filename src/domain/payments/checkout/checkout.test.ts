import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Books } from '../../../../test/books.ts';
import { testDatabase } from '../../../../test/db.ts';
import { refusalOf } from '../../../../test/small-business.ts';
import {
  asDana,
  booksWithTill,
  countOf,
  creditOf,
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
import { verifyBooks } from '../../ledger/ledger.ts';
import { askProcessor, type CheckoutAnswer, openCheckout, reconcilePayments, type StartPayment, startPayment } from '../payments.ts';

setLogLevel('silent');
const database = testDatabase(12);
let desk: SandboxTill;

beforeAll(async () => {
  desk = await sandboxTill(database().database);
});
afterAll(() => desk.close());
beforeEach(() => desk.knobs({}));

async function start(books: Books, input: StartPayment): Promise<CheckoutAnswer> {
  const started = await asDana(books, (scope) => startPayment(scope, input));
  return openCheckout(desk.till, started, place);
}

async function fresh(amounts: readonly number[] = [10_000]): Promise<{ books: Books; invoice: Issued }> {
  const books = await booksWithTill(database().database);
  return { books, invoice: await issued(books, amounts, { spread: amounts.length > 1 }) };
}

const sessionOf = async (books: Books, attempt: string): Promise<string> => (await desk.truth(books, attempt))?.session ?? '';
const state = async (books: Books, attempt: string): Promise<string | undefined> => (await paymentOf(books, attempt))?.state;
const reconcile = (books: Books): Promise<number> => reconcilePayments(desk.till, books.business, 0);

describe('paying in the portal', () => {
  it('an attempt goes to the processor once, is paid there, and clears when the processor is asked', async () => {
    const { books, invoice } = await fresh();
    const pay = payFor(books, invoice);
    expect(await start(books, pay)).toMatchObject({ kind: 'redirect', url: expect.stringContaining('/sandbox/pay/cs_') });
    expect(await desk.pay(await sessionOf(books, pay.id), 'card_success')).toBe('done');
    expect(await state(books, pay.id)).toBe('initiated');
    expect(await askProcessor(desk.till, books.business, pay.id)).toEqual({ kind: 'changed', state: 'cleared' });
    expect(await standingOf(books, invoice.id)).toMatchObject({ paid: 10_000n, balance: 0n });
    expect(await books.system((scope) => verifyBooks(scope))).toEqual([]);
  });

  it('C10 a double press is one attempt and one checkout, and both answers lead to it', async () => {
    const { books, invoice } = await fresh();
    const pay = payFor(books, invoice);
    const answers = await Promise.all(Array.from({ length: 6 }, () => start(books, pay)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ kind: 'redirect' });
    expect(await countOf(books, 'payments')).toBe(1);
  });

  it('P1 in two tabs only the newer checkout can be paid', async () => {
    const { books, invoice } = await fresh();
    const [first, second] = [payFor(books, invoice), payFor(books, invoice)];
    expect(await start(books, first)).toMatchObject({ kind: 'redirect' });
    expect(await start(books, second)).toMatchObject({ kind: 'redirect' });
    expect(await desk.pay(await sessionOf(books, first.id), 'card_success')).toBe('ended');
    expect(await desk.pay(await sessionOf(books, second.id), 'card_success')).toBe('done');
    expect([await state(books, first.id), await reconcile(books), await state(books, second.id)]).toEqual(['expired', 1, 'cleared']);
  });

  it('P1 of many tabs pressed at the same moment exactly one checkout can be paid', async () => {
    const { books, invoice } = await fresh();
    const pays = Array.from({ length: 8 }, () => payFor(books, invoice));
    await Promise.all(pays.map((pay) => start(books, pay)));
    const paid = await Promise.all(pays.map(async (pay) => desk.pay(await sessionOf(books, pay.id), 'card_success')));
    expect(paid.filter((each) => each === 'done')).toHaveLength(1);
    await reconcile(books);
    expect((await standingOf(books, invoice.id)).paid).toBe(10_000n);
    expect(await creditOf(books)).toBe(0n);
  });

  it('P1 a checkout that was paid in the other tab meanwhile settles, and the new one is not begun', async () => {
    const { books, invoice } = await fresh();
    const [first, second] = [payFor(books, invoice), payFor(books, invoice)];
    await start(books, first);
    await desk.pay(await sessionOf(books, first.id), 'card_success');
    expect(await start(books, second)).toEqual({ kind: 'blocked', code: 'nothing_to_pay' });
    expect([await state(books, first.id), await state(books, second.id)]).toEqual(['cleared', 'expired']);
    expect((await standingOf(books, invoice.id)).paid).toBe(10_000n);
  });

  it('rule 18 what is processing cannot be paid again, the rest can', async () => {
    const { books, invoice } = await fresh();
    const debit = payFor(books, invoice, 6_000n, { method: 'bank' });
    await start(books, debit);
    await desk.pay(await sessionOf(books, debit.id), 'bank_clears');
    await reconcile(books);
    expect(await standingOf(books, invoice.id)).toMatchObject({ processing: 6_000n, balance: 10_000n });
    expect(await refusalOf(start(books, payFor(books, invoice)))).toMatchObject({ code: 'payment_processing' });
    expect(await start(books, payFor(books, invoice, 4_000n))).toMatchObject({ kind: 'redirect' });
    await desk.decide((await desk.truth(books, debit.id))?.payment?.id ?? '', 'clear');
    await reconcile(books);
    expect(await standingOf(books, invoice.id)).toMatchObject({ processing: 0n, paid: 6_000n });
    await desk.decide((await desk.truth(books, debit.id))?.payment?.id ?? '', 'return');
    await askProcessor(desk.till, books.business, debit.id);
    expect(await standingOf(books, invoice.id)).toMatchObject({ paid: 0n, returned: true });
  });

  it('P3 after a timeout the attempt is unknown, nobody may charge again, and asking later finds the truth', async () => {
    const { books, invoice } = await fresh();
    await desk.knobs({ create: 'timeout_after' });
    const pay = payFor(books, invoice);
    expect(await start(books, pay)).toEqual({ kind: 'checking' });
    expect([await state(books, pay.id), (await standingOf(books, invoice.id)).unknown]).toEqual(['unknown', 10_000n]);
    expect(await refusalOf(start(books, payFor(books, invoice)))).toMatchObject({ code: 'payment_in_check' });
    await desk.knobs({});
    await reconcile(books);
    expect([await state(books, pay.id), (await standingOf(books, invoice.id)).unknown]).toEqual(['initiated', 0n]);
    expect(await start(books, pay)).toMatchObject({ kind: 'redirect' });
  });

  it('P3 a request the processor never got ends unpaid once it says so, and paying is open again', async () => {
    const { books, invoice } = await fresh();
    await desk.knobs({ create: 'hang', fetch: 'hang' });
    const pay = payFor(books, invoice);
    expect(await start(books, pay)).toEqual({ kind: 'checking' });
    expect(await reconcile(books)).toBe(0);
    expect(await state(books, pay.id)).toBe('unknown');
    await desk.knobs({});
    await reconcile(books);
    expect(await state(books, pay.id)).toBe('failed');
    expect(await start(books, payFor(books, invoice))).toMatchObject({ kind: 'redirect' });
  });

  it('P2 a retry after a lost answer makes no second checkout', async () => {
    const { books, invoice } = await fresh();
    await desk.knobs({ create: 'error_after' });
    const pay = payFor(books, invoice);
    expect(await start(books, pay)).toEqual({ kind: 'checking' });
    const session = await sessionOf(books, pay.id);
    await desk.knobs({});
    await reconcile(books);
    expect(await start(books, pay)).toMatchObject({ kind: 'redirect', url: expect.stringContaining(session) });
  });

  it('a returning payer whose processor is silent is told that we are checking', async () => {
    const { books, invoice } = await fresh();
    const pay = payFor(books, invoice);
    await start(books, pay);
    await desk.pay(await sessionOf(books, pay.id), 'card_success');
    await desk.knobs({ fetch: 'hang' });
    expect(await askProcessor(desk.till, books.business, pay.id, true)).toEqual({ kind: 'changed', state: 'unknown' });
    await desk.knobs({});
    await reconcile(books);
    expect(await state(books, pay.id)).toBe('cleared');
  });

  it('an older checkout that cannot be closed keeps a new one from being begun', async () => {
    const { books, invoice } = await fresh();
    await start(books, payFor(books, invoice));
    await desk.knobs({ expire: 'hang' });
    expect(await start(books, payFor(books, invoice))).toEqual({ kind: 'blocked', code: 'card_processor_down' });
  });

  it('a declined card, a confirmation and a refused confirmation say so and charge nothing', async () => {
    const { books, invoice } = await fresh();
    const pay = payFor(books, invoice);
    await start(books, pay);
    const session = await sessionOf(books, pay.id);
    expect(await desk.pay(session, 'card_declined')).toBe('declined');
    await reconcile(books);
    expect(await paymentOf(books, pay.id)).toMatchObject({ state: 'initiated', failure: 'declined' });
    expect(await desk.pay(session, 'card_no_money')).toBe('declined');
    await reconcile(books);
    expect(await paymentOf(books, pay.id)).toMatchObject({ state: 'initiated', failure: 'insufficient_funds' });
    expect(await desk.pay(session, 'card_confirm')).toBe('confirm');
    const answer = await fetch(`${desk.process.url}/sandbox/pay/${session}/confirm`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ answer: 'yes' }),
    });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, place.returnUrl]);
    await reconcile(books);
    expect(await paymentOf(books, pay.id)).toMatchObject({ state: 'cleared', failure: '' });
  });

  it('rule 22 more than is open is refused, and the rest may be kept as credit on purpose', async () => {
    const { books, invoice } = await fresh();
    expect(await refusalOf(start(books, payFor(books, invoice, 10_001n)))).toMatchObject({ code: 'above_balance' });
    const pay = payFor(books, invoice, 10_000n, { keepCreditMinor: 500n });
    await start(books, pay);
    await desk.pay(await sessionOf(books, pay.id), 'card_success');
    await reconcile(books);
    expect([await state(books, pay.id), await creditOf(books)]).toEqual(['cleared', 500n]);
  });

  it('parts are taken from the floor on, and only where the business takes parts', async () => {
    const { books, invoice } = await fresh();
    expect(await refusalOf(start(books, payFor(books, invoice, 99n)))).toMatchObject({ code: 'below_floor' });
    expect(await start(books, payFor(books, invoice, 100n))).toMatchObject({ kind: 'redirect' });
    await books.office(({ tx }) => sql`update business_profiles set part_payment = false where business_id = ${books.business}`.execute(tx));
    expect(await refusalOf(start(books, payFor(books, invoice, 9_999n)))).toMatchObject({ code: 'part_payment_off' });
    expect(await start(books, payFor(books, invoice))).toMatchObject({ kind: 'redirect' });
  });

  it('M11 amounts that are no payment change nothing', async () => {
    const { books, invoice } = await fresh();
    for (const amount of [0n, -1n, 100_000_000n]) expect((await refusalOf(start(books, payFor(books, invoice, amount)))).code).toMatch(/^amount_too_/);
    expect(await countOf(books, 'payments')).toBe(0);
  });

  it('rule 30 a person of one property pays that part, is told nothing of the others, and only from the whole is the rest seen', async () => {
    const { books, invoice } = await fresh([10_000, 3_000]);
    await books.office(({ tx }) => sql`update grants set revoked_at = now() where business_id = ${books.business}`.execute(tx));
    const [own] = books.properties;
    await books.office(({ tx, now }) =>
      sql`insert into grants (business_id, id, person_id, customer_id, property_id, created_at)
        values (${books.business}, ${newId()}, ${books.person}, ${books.customer}, ${own}, ${now.toString()})`.execute(tx),
    );
    const asEdgar = async (input: StartPayment) => {
      const started = await books.portal({ properties: [own] }, (scope) => startPayment(scope, input));
      return openCheckout(desk.till, started, place);
    };
    expect(await refusalOf(asEdgar(payFor(books, invoice)))).toMatchObject({ code: 'above_balance' });
    const foreign = [{ documentId: invoice.id, amountMinor: 3_000n, parts: [{ partId: invoice.parts[1]?.id ?? '', amountMinor: 3_000n }] }];
    expect(await refusalOf(asEdgar(payFor(books, invoice, 3_000n, { targets: foreign })))).toMatchObject({ code: 'not_found' });
    const pay = payFor(books, invoice);
    expect(await asEdgar({ ...pay, targets: [{ documentId: invoice.id, amountMinor: 10_000n }] })).toMatchObject({ kind: 'redirect' });
    await desk.pay(await sessionOf(books, pay.id), 'card_success');
    await reconcile(books);
    expect(await standingOf(books, invoice.id)).toMatchObject({ paid: 10_000n, balance: 3_000n });
  });

  it('who may only look cannot pay, and nobody pays the invoice of another customer', async () => {
    const { books, invoice } = await fresh();
    const other = await issued(books, [5_000], { customer: books.exempt });
    expect(await refusalOf(start(books, payFor(books, other)))).toMatchObject({ code: 'not_found' });
    await books.office(({ tx }) => sql`update grants set can_pay = false where business_id = ${books.business}`.execute(tx));
    expect(await refusalOf(start(books, payFor(books, invoice)))).toMatchObject({ code: 'not_allowed' });
    expect(await countOf(books, 'payments')).toBe(0);
  });

  it('without a processor nothing can be started', async () => {
    const { books, invoice } = await fresh();
    await books.office(({ tx }) => sql`update business_profiles set gateway = null where business_id = ${books.business}`.execute(tx));
    expect(await refusalOf(start(books, payFor(books, invoice)))).toMatchObject({ code: 'no_card_processor' });
  });

  it('an attempt that died before its checkout was stored ends when a new one is begun', async () => {
    const { books, invoice } = await fresh();
    const lost = payFor(books, invoice);
    await asDana(books, (scope) => startPayment(scope, lost));
    expect(await start(books, payFor(books, invoice))).toMatchObject({ kind: 'redirect' });
    expect(await state(books, lost.id)).toBe('expired');
  });
});
