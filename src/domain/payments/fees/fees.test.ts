import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Books } from '../../../../test/books.ts';
import { testDatabase } from '../../../../test/db.ts';
import { booksWithStripe, type StripeTill, stripeTill } from '../../../../test/stripe-till.ts';
import { asDana, booksWithTill, issued, payFor, place, type SandboxTill, sandboxTill } from '../../../../test/till.ts';
import type { BalanceEntry } from '../../../core/gateways.ts';
import { setLogLevel } from '../../../log.ts';
import { verifyBooks } from '../../ledger/ledger.ts';
import { fetchFees, openCheckout, readPayment, reconcilePayments, recordEntries, startPayment, type Till } from '../payments.ts';

setLogLevel('silent');
const database = testDatabase(12);
let sandbox: SandboxTill;
let stripe: StripeTill;
beforeAll(async () => {
  sandbox = await sandboxTill(database().database, { timeoutMs: 3_000 });
  stripe = await stripeTill(database().database, 3_000);
});
afterAll(() => Promise.all([sandbox.close(), stripe.close()]));

type Paid = Readonly<{ books: Books; attempt: string; reference: string }>;

async function paidAt(till: Till, books: Books, pay: (session: string) => Promise<unknown>, amounts: readonly number[] = [10_000]): Promise<Paid> {
  const wanted = payFor(books, await issued(books, amounts));
  const answer = await openCheckout(till, await asDana(books, (scope) => startPayment(scope, wanted)), place);
  if (answer.kind !== 'redirect') throw new Error(`the checkout was ${answer.kind}`);
  await pay(answer.url.split('/').at(-1) ?? '');
  await reconcilePayments(till, books.business, 0);
  const reference = await books.system(async ({ tx }) => {
    const { rows } = await sql<{ at: string }>`select gateway_payment as at from payments where business_id = ${books.business} and id = ${wanted.id}`.execute(
      tx,
    );
    return rows[0]?.at ?? '';
  });
  return { books, attempt: wanted.id, reference };
}
const cardPaid = async (): Promise<Paid> => paidAt(sandbox.till, await booksWithTill(database().database), (session) => sandbox.pay(session, 'card_success'));

const feeOf = async ({ books, attempt }: Paid): Promise<bigint | null> => (await books.office((scope) => readPayment(scope, attempt))).feeMinor;
const inBooks = ({ books }: Paid): Promise<string[]> =>
  books.system(async ({ tx }) => {
    const { rows } = await sql<{ line: string }>`select concat_ws(' ', debit, credit, amount_minor) as line from ledger
      where business_id = ${books.business} and kind = 'fee' order by recorded_at, amount_minor`.execute(tx);
    return rows.map(({ line }) => line);
  });
const sound = async ({ books }: Paid): Promise<void> => expect(await books.system((scope) => verifyBooks(scope))).toEqual([]);
const entry = (of: Paid, changes: Partial<BalanceEntry> = {}): BalanceEntry => ({
  ...{
    reference: `txn_${of.attempt}`,
    kind: 'payment',
    payment: of.reference,
    amountMinor: 10_000n,
    feeMinor: 320n,
    currency: 'USD',
    createdUnixS: 1_790_000_000,
  },
  ...changes,
});
const record = ({ books }: Paid, ...entries: BalanceEntry[]): Promise<number> => books.system((scope) => recordEntries(scope, 'sandbox', entries));

describe('what a processor keeps of a payment', () => {
  it('M15 is learned from the sandbox, shown on the payment and booked once: fees against what is on its way to the bank', async () => {
    const paid = await cardPaid();
    expect(await feeOf(paid)).toBeNull();
    expect(await fetchFees(sandbox.till, paid.books.business)).toBe(1);
    expect(await fetchFees(sandbox.till, paid.books.business)).toBe(0);
    expect([await feeOf(paid), await inBooks(paid)]).toEqual([320n, ['fees clearing_card 320']]);
    await sound(paid);
  });

  it('is learned from Stripe’s balance, some time after the payment', async () => {
    const books = await booksWithStripe(database().database);
    const paid = await paidAt(stripe.till, books, (session) => stripe.standIn.pay(session));
    await new Promise((done) => setTimeout(done, 400));
    expect(await fetchFees(stripe.till, books.business)).toBe(1);
    expect([await feeOf(paid), await inBooks(paid)]).toEqual([320n, ['fees clearing_card 320']]);
    await sound(paid);
  });

  it('C10 told twice, and by two at once, is booked once', async () => {
    const paid = await cardPaid();
    await Promise.all([
      record(paid, entry(paid)),
      record(paid, entry(paid)),
      record(paid, entry(paid), entry(paid, { reference: 'txn_refund', kind: 'refund', feeMinor: -20n })),
    ]);
    expect([await feeOf(paid), (await inBooks(paid)).sort()]).toEqual([300n, ['clearing_card fees 20', 'fees clearing_card 320']]);
    await sound(paid);
  });

  it('told before the payment is known waits for it; of another currency, a chargeback or a stranger it is kept and not booked', async () => {
    const paid = await cardPaid();
    expect(await record({ ...paid }, entry(paid, { payment: 'pm_of_nobody', reference: 'txn_early' }))).toBe(0);
    await record(paid, entry(paid, { reference: 'txn_other', currency: 'EUR' }), entry(paid, { reference: 'txn_dispute', kind: 'dispute', feeMinor: 1_500n }));
    expect([await feeOf(paid), await inBooks(paid)]).toEqual([null, []]);
    await paid.books.system(({ tx }) => sql`update payments set gateway_payment = 'pm_of_nobody' where id = ${paid.attempt}`.execute(tx));
    expect(await record(paid, entry(paid, { payment: 'pm_of_nobody', reference: 'txn_early' }))).toBe(1);
    expect(await feeOf(paid)).toBe(320n);
    await sound(paid);
  });

  it('M15 a fee that was changed by hand is a difference', async () => {
    const paid = await cardPaid();
    await record(paid, entry(paid));
    await paid.books.system(({ tx }) => sql`update payments set fee_minor = 1 where id = ${paid.attempt}`.execute(tx));
    expect((await paid.books.system((scope) => verifyBooks(scope))).map(({ what }) => what)).toEqual(['fee of a payment', 'fee in the books']);
  });

  it('T4 stays in its business: the same references told to another change nothing here', async () => {
    const [paid, other] = [await cardPaid(), await cardPaid()];
    expect(await record(other, entry(paid))).toBe(0);
    expect([await feeOf(paid), await feeOf(other), await inBooks(paid)]).toEqual([null, null, []]);
  });
});
