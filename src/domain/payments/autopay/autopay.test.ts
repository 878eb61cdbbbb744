import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addPerson, agree, billDue, chargesOf, dayHasCome, dueToday, keep, payerOf, tend, todayHere } from '../../../../test/autopay-world.ts';
import type { Books } from '../../../../test/books.ts';
import { testDatabase } from '../../../../test/db.ts';
import { refusalOf } from '../../../../test/small-business.ts';
import { booksWithTill, creditOf, payFor, paymentOf, place, type SandboxTill, sandboxTill, standingOf, tillKeys } from '../../../../test/till.ts';
import { addDays } from '../../../core/calendar.ts';
import { newId } from '../../../db/fresh.ts';
import { setLogLevel } from '../../../log.ts';
import { verifyBooks } from '../../ledger/ledger.ts';
import {
  askProcessor,
  changeAutopayRules,
  chargePlanned,
  listMandates,
  openCheckout,
  paymentNeeds,
  planBills,
  readAutopay,
  readPayment,
  reconcilePayments,
  recordPayment,
  removeMethod,
  settleAttempt,
  skipCharge,
  startPayment,
  stopMandate,
  stopOwnMandate,
  tendAutopay,
} from '../payments.ts';

setLogLevel('silent');
const database = testDatabase(12);
let desk: SandboxTill;

beforeAll(async () => {
  desk = await sandboxTill(database().database, { timeoutMs: 150 });
});
afterAll(() => desk.close());
beforeEach(() => desk.knobs({}));

const due = (more: Parameters<typeof dueToday>[2] = {}) => dueToday(database().database, desk, more);
const charge = (books: Books, id: string): Promise<boolean> => chargePlanned(desk.till, books.business, id);
const mails = async (books: Books): Promise<string[]> => {
  const { rows } = await books.system(({ tx }) =>
    sql<{ what: string }>`select facts->>'what' as what from mails where business_id = ${books.business} and kind = 'autopay' order by created_at, id`.execute(
      tx,
    ),
  );
  return rows.map(({ what }) => what);
};
const only = async (books: Books, document: string) => (await chargesOf(books, document))[0];

describe('a planned charge', () => {
  it('rule 25 is told before, charged on its day once, and the receipt says so', async () => {
    const { books, invoice, charge: id } = await due();
    expect(await mails(books)).toEqual(['notice']);
    const begun = await Promise.all([charge(books, id), charge(books, id), charge(books, id)]);
    expect(begun.filter(Boolean)).toHaveLength(1);
    expect(await charge(books, id)).toBe(false);
    expect(await only(books, invoice.id)).toMatchObject({ state: 'charged', tries: 1, amount: 10_000n });
    expect(await standingOf(books, invoice.id)).toMatchObject({ paid: 10_000n, balance: 0n, unknown: 0n });
    expect(await books.system((scope) => verifyBooks(scope))).toEqual([]);
  });

  it('above the limit nothing is charged and the person is asked, when planned and at the moment of charging', async () => {
    const { books, invoice } = await due({ capMinor: 9_999n });
    expect([(await only(books, invoice.id))?.state, await mails(books)]).toEqual(['above_cap', ['above_cap']]);
    expect(await books.system((scope) => planBills(scope, tillKeys, null))).toBe(0);
    expect((await standingOf(books, invoice.id)).paid).toBe(0n);
  });

  it('rule 25 what is announced or in question is not charged; more than was told is told anew', async () => {
    const { books, invoice, charge: id } = await due();
    const put = (column: string, minor: number) =>
      books.system(({ tx }) =>
        sql`update invoice_standings set ${sql.ref(column)} = ${minor} where business_id = ${books.business} and document_id = ${invoice.id}`.execute(tx),
      );
    await put('in_question_minor', 4_000);
    await charge(books, id);
    expect(await only(books, invoice.id)).toMatchObject({ state: 'charged', amount: 6_000n });
    await put('in_question_minor', 0);
    await books.system((scope) => planBills(scope, tillKeys, null));
    const [, second] = await chargesOf(books, invoice.id);
    expect(second).toMatchObject({ state: 'planned', amount: 4_000n });
    await dayHasCome(books);
    await books.system(({ tx }) =>
      sql`update autopay_charges set amount_minor = 3000 where business_id = ${books.business} and id = ${second?.id}`.execute(tx),
    );
    expect(await charge(books, second?.id ?? '')).toBe(false);
    expect((await chargesOf(books, invoice.id))[1]).toMatchObject({ state: 'planned', amount: 4_000n, nextOn: addDays(todayHere(), 3) });
  });

  it('rule 26 paying by hand before cancels it at once, whoever paid and however', async () => {
    const one = await due();
    const form = { id: newId(), customerId: one.books.customer, method: 'check', amountMinor: 2_000n, currency: 'USD', receivedOn: todayHere() } as const;
    await one.books.office((scope) => recordPayment(scope, { ...form, targets: [{ documentId: one.invoice.id, amountMinor: 2_000n }] }));
    expect(await only(one.books, one.invoice.id)).toMatchObject({ state: 'paid_by_hand' });
    expect(await charge(one.books, one.charge)).toBe(false);
    const two = await due();
    const started = await two.dana.as((scope) => startPayment(scope, payFor(two.books, two.invoice)));
    await openCheckout(desk.till, started, place);
    await desk.pay((await desk.truth(two.books, started.attempt))?.session ?? '', 'card_success');
    await askProcessor(desk.till, two.books.business, started.attempt);
    expect(await only(two.books, two.invoice.id)).toMatchObject({ state: 'paid_by_hand' });
  });

  it('P14 an open checkout of the bill is closed before the charge, and cannot be paid any more', async () => {
    const { books, dana, invoice, charge: id } = await due();
    const started = await dana.as((scope) => startPayment(scope, payFor(books, invoice)));
    await openCheckout(desk.till, started, place);
    expect(await charge(books, id)).toBe(true);
    expect(await desk.pay((await desk.truth(books, started.attempt))?.session ?? '', 'card_success')).toBe('ended');
    expect([(await paymentOf(books, started.attempt))?.state, (await standingOf(books, invoice.id)).paid]).toEqual(['expired', 10_000n]);
  });

  it('P3 a charge whose answer is lost blocks every other payment, is not tried again, and its truth is found', async () => {
    const { books, dana, invoice, charge: id } = await due();
    await desk.knobs({ charge: 'timeout_after' });
    await charge(books, id);
    expect(await standingOf(books, invoice.id)).toMatchObject({ unknown: 10_000n, paid: 0n });
    expect(await refusalOf(dana.as((scope) => startPayment(scope, payFor(books, invoice))))).toMatchObject({ code: 'payment_in_check' });
    expect(await charge(books, id)).toBe(false);
    await desk.knobs({});
    await reconcilePayments(desk.till, books.business, 0);
    expect([(await only(books, invoice.id))?.state, (await standingOf(books, invoice.id)).paid]).toEqual(['charged', 10_000n]);
  });

  it('P3 a charge the processor never got is not given up while it may still be on its way, then tried anew', async () => {
    const { books, invoice, charge: id } = await due();
    await desk.knobs({ charge: 'hang' });
    await charge(books, id);
    await desk.knobs({});
    await reconcilePayments(desk.till, books.business, 0);
    const first = await only(books, invoice.id);
    expect([first?.state, (await paymentOf(books, first?.payment ?? ''))?.state]).toEqual(['charging', 'unknown']);
    await books.system((scope) => settleAttempt(scope, tillKeys, first?.payment ?? '', { kind: 'none' }));
    expect(await only(books, invoice.id)).toMatchObject({ state: 'planned', tries: 0 });
    await charge(books, id);
    expect((await standingOf(books, invoice.id)).paid).toBe(10_000n);
  });
});

describe('a charge that fails', () => {
  it('is tried again 3 and 5 days after the first try, each told, then stops and is told to the office', async () => {
    const { books, invoice, charge: id } = await due({ instrument: 'card_no_money' });
    const today = todayHere();
    await charge(books, id);
    expect(await only(books, invoice.id)).toMatchObject({ state: 'planned', nextOn: addDays(today, 3), failure: 'insufficient_funds', tries: 1 });
    expect(await charge(books, id)).toBe(false);
    await dayHasCome(books);
    await charge(books, id);
    expect(await only(books, invoice.id)).toMatchObject({ state: 'planned', nextOn: addDays(today, 5), tries: 2 });
    await dayHasCome(books);
    await charge(books, id);
    expect(await only(books, invoice.id)).toMatchObject({ state: 'failed', tries: 3 });
    expect(await mails(books)).toEqual(['notice', 'failed', 'failed', 'stopped_trying']);
    expect(await books.system((scope) => planBills(scope, tillKeys, null))).toBe(0);
    expect(await standingOf(books, invoice.id)).toMatchObject({ paid: 0n, unknown: 0n, balance: 10_000n });
  });

  it.each([
    ['card_stops', 'stopped_trying'],
    ['card_confirm', 'confirm'],
  ])('stops at once with %s, which the same card would say again', async (instrument, mail) => {
    const { books, invoice, charge: id } = await due({ instrument });
    await charge(books, id);
    expect([(await only(books, invoice.id))?.state, await mails(books)]).toEqual(['failed', ['notice', mail]]);
  });

  it('a debit that comes back later is tried again as a decline is', async () => {
    const { books, invoice, charge: id } = await due({ instrument: 'bank_clears' });
    await charge(books, id);
    const first = await only(books, invoice.id);
    expect([first?.state, (await standingOf(books, invoice.id)).processing]).toEqual(['charged', 10_000n]);
    await desk.decide((await desk.truth(books, first?.payment ?? ''))?.payment?.id ?? '', 'return');
    await askProcessor(desk.till, books.business, first?.payment ?? '');
    expect(await only(books, invoice.id)).toMatchObject({ state: 'planned', failure: 'returned_by_bank', nextOn: addDays(todayHere(), 3) });
  });
});

describe('the agreement', () => {
  it('is kept word for word, changes by a new one, and can be stopped by its person or, with a reason, by the office', async () => {
    const { books, dana, method } = await due();
    await tend(books);
    await agree(books, dana, { methodId: method, capMinor: 70_000n });
    await tend(books);
    const [now, before] = await books.office((scope) => listMandates(scope, books.customer));
    expect(now).toMatchObject({ version: 2, capMinor: 70_000n, endedAt: null, wording: expect.stringContaining('at most $700.00 for one bill') });
    expect(before).toMatchObject({ version: 1, endedReason: 'replaced', charges: [expect.objectContaining({ state: 'stopped' })] });
    expect(await refusalOf(books.office((scope) => stopMandate(scope, { id: now?.id ?? '', reason: ' ' })))).toMatchObject({ code: 'reason_required' });
    await books.office((scope) => stopMandate(scope, { id: now?.id ?? '', reason: 'Asked on the phone' }));
    await tend(books);
    await tend(books);
    expect(await mails(books)).toEqual(['notice', 'started', 'started', 'notice', 'ended']);
    expect((await dana.as(readAutopay)).mandates[0]).toMatchObject({ endedReason: 'by_office', endedNote: 'Asked on the phone' });
  });

  it('one may be skipped, and no other is planned for that bill', async () => {
    const { books, dana, invoice, charge: id } = await due();
    const sam = await addPerson(books, database().database, 'Sam Okoye');
    expect(await refusalOf(sam.as((scope) => skipCharge(scope, id)))).toMatchObject({ code: 'not_found' });
    await dana.as((scope) => skipCharge(scope, id));
    expect(await charge(books, id)).toBe(false);
    await books.system((scope) => planBills(scope, tillKeys, null));
    expect((await chargesOf(books, invoice.id)).map(({ state }) => state)).toEqual(['skipped']);
  });

  it('rule 26 ends with the right to pay the same day, and the account’s admin and the office are told', async () => {
    const { books, invoice, charge: id } = await due();
    await addPerson(books, database().database, 'Admin Ada', { manages: true });
    await books.office(({ tx }) => sql`update grants set can_pay = false where business_id = ${books.business} and person_id = ${books.person}`.execute(tx));
    expect(await charge(books, id)).toBe(false);
    await tend(books);
    expect([(await only(books, invoice.id))?.state, (await mails(books)).toSorted()]).toEqual(['stopped', ['ended', 'ended_other', 'ended_other', 'notice']]);
    expect((await books.office((scope) => listMandates(scope, books.customer)))[0]).toMatchObject({ endedReason: 'right_ended' });
    const other = await due();
    await other.books.office(({ tx }) => sql`update grants set revoked_at = now() where business_id = ${other.books.business}`.execute(tx));
    await other.books.system((scope) => tendAutopay(scope, tillKeys));
    expect((await other.books.office((scope) => listMandates(scope, other.books.customer)))[0]).toMatchObject({ endedReason: 'right_ended' });
  });

  it('ends with its method, and stands still while the business does not offer autopay', async () => {
    const one = await due();
    await one.dana.as((scope) => removeMethod(scope, one.method));
    expect(await charge(one.books, one.charge)).toBe(false);
    expect((await one.books.office((scope) => listMandates(scope, one.books.customer)))[0]).toMatchObject({ endedReason: 'method_removed' });
    const two = await due();
    await two.books.office((scope) => changeAutopayRules(scope, { version: 1, changes: { allowed: false } }));
    expect(await charge(two.books, two.charge)).toBe(false);
    expect(await refusalOf(agree(two.books, two.dana, { methodId: two.method }))).toMatchObject({ code: 'autopay_off' });
    await two.dana.as(async (scope) => stopOwnMandate(scope, (await readAutopay(scope)).mandates[0]?.id ?? ''));
  });

  it('of a property goes before the one of the account, and nobody agrees for bills of another', async () => {
    const books = await booksWithTill(database().database);
    const dana = payerOf(books, database().database, { person: books.person, name: 'Dana Whitlock' });
    const [elm, oak] = books.properties;
    const edgar = await addPerson(books, database().database, 'Edgar Finch', { property: elm });
    const [hers, his] = [await keep(desk, books, dana, 'card_success'), await keep(desk, books, edgar, 'bank_clears')];
    await agree(books, dana, { methodId: hers });
    await agree(books, edgar, { methodId: his, propertyId: elm });
    expect(await refusalOf(agree(books, edgar, { methodId: his, propertyId: oak }))).toMatchObject({ code: 'not_allowed' });
    expect(await refusalOf(agree(books, edgar, { methodId: hers, propertyId: elm }))).toMatchObject({ code: 'not_found' });
    expect(await refusalOf(agree(books, dana, { methodId: hers, propertyId: elm }))).toMatchObject({ code: 'autopay_on_already' });
    const bills = [await billDue(books, 1_000, todayHere(), { property: elm }), await billDue(books, 2_000, todayHere(), { property: oak })];
    await books.system((scope) => planBills(scope, tillKeys, null));
    const { rows } = await books.system(({ tx }) =>
      sql<{ document_id: string; person_id: string }>`select document_id, person_id from autopay_charges
      where business_id = ${books.business}`.execute(tx),
    );
    expect(new Map(rows.map((row) => [row.document_id, row.person_id]))).toEqual(
      new Map([
        [bills[0]?.id, edgar.person],
        [bills[1]?.id, dana.person],
      ]),
    );
    expect(await creditOf(books)).toBe(0n);
  });
});

describe('what people see of it', () => {
  it('the office is told of a charge that failed for good until the bill is paid, and its payments say Autopay', async () => {
    const { books, invoice, charge: id } = await due({ instrument: 'card_stops' });
    await charge(books, id);
    const needs = () => books.office(async (scope) => (await paymentNeeds(scope)).filter(({ kind }) => kind === 'autopay_failed'));
    expect(await needs()).toMatchObject([{ documentId: invoice.id, amountMinor: 10_000n, failure: 'expired_card' }]);
    const form = { id: newId(), customerId: books.customer, method: 'check', amountMinor: 10_000n, currency: 'USD', receivedOn: todayHere() } as const;
    await books.office((scope) => recordPayment(scope, { ...form, targets: null }));
    expect(await needs()).toEqual([]);
    const paid = await due();
    await charge(paid.books, paid.charge);
    const [first] = await chargesOf(paid.books, paid.invoice.id);
    expect(await paid.books.office((scope) => readPayment(scope, first?.payment ?? ''))).toMatchObject({ autopay: true, methodLabel: 'Visa •••• 4242' });
  });

  it('J6 a card that ends is told of once 30 days and once 7 days before', async () => {
    const { books, dana } = await due();
    await keep(desk, books, dana, 'card_expiring');
    const { rows } = await books.system(({ tx }) =>
      sql<{ on: string }>`select max(expires_on) filter (where label like '%0119') as on from saved_methods where business_id = ${books.business}`.execute(tx),
    );
    const ends = rows[0]?.on ?? '';
    for (const before of [31, 30, 29, 8, 7, 6, 1]) {
      const now = Temporal.PlainDate.from(addDays(ends, -before)).toPlainDateTime({ hour: 10 }).toZonedDateTime('America/Chicago').toInstant();
      await books.system(({ tx }) => sql`update autopay_rules set last_round_on = null where business_id = ${books.business}`.execute(tx));
      await books.system((scope) => tendAutopay({ ...scope, now }, tillKeys));
    }
    expect((await mails(books)).filter((what) => what === 'expiring')).toHaveLength(2);
  });
});
