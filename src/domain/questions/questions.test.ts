import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Books } from '../../../test/books.ts';
import fc from '../../../test/chance.ts';
import { testDatabase } from '../../../test/db.ts';
import { refusalOf } from '../../../test/small-business.ts';
import { asDana, booksWithTill, type Issued, issued, payFor, tillKeys } from '../../../test/till.ts';
import { addDays, todayIn } from '../../core/calendar.ts';
import { Refusal } from '../../core/refusal.ts';
import { newId } from '../../db/fresh.ts';
import type { Scope } from '../../db/scope.ts';
import { listEvents } from '../events/events.ts';
import { readInvoice, voidInvoice } from '../invoices/invoices.ts';
import { verifyBooks } from '../ledger/ledger.ts';
import { answerCharge, type ChargeQuestion, countQuestions, questionCharge, withdrawQuestion } from '../messages/charges.ts';
import { closeThread, inbox } from '../messages/messages.ts';
import { askToUseCredit, carryOutCredit } from '../payments/credit/credit.ts';
import { recordPayment, reversePayment, settleAttempt, startPayment } from '../payments/payments.ts';
import { askableOf, listQuestions, readQuestion } from './questions.ts';

const database = testDatabase(8);

const about = (invoice: Issued, amountMinor: bigint, more: Partial<ChargeQuestion> = {}): ChargeQuestion => ({
  ...{ id: newId(), documentId: invoice.id, lineId: null, amountMinor, reason: 'not_done', text: 'Nobody came.', language: 'en' },
  ...more,
});
const ask = async (books: Books, question: ChargeQuestion): Promise<string> => {
  await asDana(books, (scope) => questionCharge(scope, question));
  return question.id;
};
const linesOf = (books: Books, { id }: Issued): Promise<string[]> =>
  books.system(async ({ tx }) => {
    const { rows } = await sql<{ id: string }>`select id from document_lines where document_id = ${id} order by position`.execute(tx);
    return rows.map((row) => row.id);
  });
const figuresOf = async (books: Books, { id }: Issued) => {
  const view = await books.office((scope) => readInvoice(scope, id));
  if (!view.whole) throw new Error('the office sees the whole');
  const { balanceMinor, dueNowMinor, dueLaterMinor, onItsWayMinor, inQuestionMinor, heldBackMinor } = view.facts.standing;
  expect(dueNowMinor + dueLaterMinor + onItsWayMinor + inQuestionMinor + heldBackMinor).toBe(balanceMinor);
  return { balanceMinor, dueNowMinor, onItsWayMinor, inQuestionMinor };
};
const clean = async (books: Books): Promise<void> => expect(await books.system((scope) => verifyBooks(scope))).toEqual([]);
const pay = (books: Books, invoice: Issued, amountMinor: bigint) =>
  books.office((scope) =>
    recordPayment(scope, {
      ...{ id: newId(), customerId: books.customer, method: 'check', amountMinor, currency: 'USD', receivedOn: '2026-01-05' },
      targets: [{ documentId: invoice.id, amountMinor }],
    }),
  );
const endingOf = async (books: Books, id: string) => (await books.office((scope) => readQuestion(scope, id))).ending;
const fresh = async (amounts: readonly number[] = [9_000, 11_000], spread = false) => {
  const books = await booksWithTill(database().database);
  return { books, invoice: await issued(books, amounts, { spread }) };
};
const later = (scope: Scope, days: number): Scope => ({ ...scope, now: scope.now.add({ hours: 24 * days }) });

describe('a charge in question', () => {
  it('rule 23 leaves Due now and stays in Balance, and waits for the office in a thread of its own', async () => {
    const { books, invoice } = await fresh();
    const [line = ''] = await linesOf(books, invoice);
    await ask(books, about(invoice, 9_000n, { lineId: line }));
    expect(await figuresOf(books, invoice)).toEqual({ balanceMinor: 20_000n, dueNowMinor: 11_000n, onItsWayMinor: 0n, inQuestionMinor: 9_000n });
    const [thread] = await books.office((scope) => inbox(scope, { waiting: true, limit: 10 }));
    expect([thread?.charge_minor, thread?.subject, thread?.last_body]).toEqual([9_000n, 'Drain cleaning', 'The work was not done.\nNobody came.']);
    const [event] = await books.office((scope) => listEvents(scope, { documentId: invoice.id, kinds: ['charge.questioned'], limit: 1 }));
    expect([event?.shown, event?.data['amountMinor'], event?.actor_name]).toEqual([true, 9_000, 'Dana Whitlock']);
    await clean(books);
  });

  it('C10 rule 24 asked twenty times at once is asked exactly once', async () => {
    const { books, invoice } = await fresh();
    const [line = ''] = await linesOf(books, invoice);
    const asked = await Promise.allSettled(Array.from({ length: 20 }, () => ask(books, about(invoice, 4_000n, { lineId: line }))));
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const codes = asked.flatMap((each) => (each.status === 'rejected' ? [(each.reason as Refusal).code] : []));
    expect(new Set(codes)).toEqual(new Set(['already_in_question']));
    expect(await books.office((scope) => listQuestions(scope, { limit: 50 }))).toHaveLength(1);
    expect((await figuresOf(books, invoice)).inQuestionMinor).toBe(4_000n);
    await clean(books);
  });

  it('rule 24 is never more than its line or than is left, nor of what is in question already', async () => {
    const { books, invoice } = await fresh();
    const [first = '', second = ''] = await linesOf(books, invoice);
    expect(await refusalOf(ask(books, about(invoice, 9_001n, { lineId: first })))).toMatchObject({ code: 'above_questionable' });
    expect(await refusalOf(ask(books, about(invoice, 0n, { lineId: first })))).toMatchObject({ code: 'amount_too_small' });
    await ask(books, about(invoice, 15_000n));
    expect((await asDana(books, (scope) => askableOf(scope, invoice.id))).lines.map(({ mostMinor }) => mostMinor)).toEqual([5_000n, 5_000n]);
    expect(await refusalOf(ask(books, about(invoice, 1n)))).toMatchObject({ code: 'already_in_question' });
    await ask(books, about(invoice, 5_000n, { lineId: second }));
    expect(await refusalOf(ask(books, about(invoice, 1n, { lineId: first })))).toMatchObject({ code: 'already_in_question' });
    expect(await refusalOf(ask(books, about(invoice, 1n, { lineId: newId() })))).toMatchObject({ code: 'not_found' });
    expect(await figuresOf(books, invoice)).toMatchObject({ dueNowMinor: 0n, inQuestionMinor: 20_000n });
    await clean(books);
  });

  it('is taken back by the customer once, and can be asked again', async () => {
    const { books, invoice } = await fresh();
    const id = await ask(books, about(invoice, 9_000n));
    for (let press = 0; press < 2; press += 1) await asDana(books, (scope) => withdrawQuestion(scope, id));
    expect(await figuresOf(books, invoice)).toMatchObject({ dueNowMinor: 20_000n, inQuestionMinor: 0n });
    expect(await books.office((scope) => inbox(scope, { waiting: true, limit: 10 }))).toEqual([]);
    await ask(books, about(invoice, 2_000n));
    expect((await figuresOf(books, invoice)).inQuestionMinor).toBe(2_000n);
    await clean(books);
  });
});

describe('the answer', () => {
  it('rule 23 makes the amount due again, and reminders rest for five days or until the due day', async () => {
    const { books, invoice } = await fresh();
    const id = await ask(books, about(invoice, 9_000n));
    await books.office((scope) => answerCharge(scope, tillKeys, { id, kind: 'explanation', text: 'It was done on Tuesday, see the photo.' }));
    expect(await figuresOf(books, invoice)).toMatchObject({ dueNowMinor: 20_000n, inQuestionMinor: 0n });
    const answered = await books.office((scope) => readQuestion(scope, id));
    const { today, dueOn } = await books.system(async ({ tx, now }) => {
      const { rows } = await sql<{ due: string }>`select due_on as due from invoice_standings where document_id = ${invoice.id}`.execute(tx);
      return { today: todayIn('America/Chicago', now), dueOn: rows[0]?.due ?? '' };
    });
    const rested = addDays(today, 5);
    expect(answered).toMatchObject({ ending: 'explanation', endedByName: 'Ida Brandt', remindersFrom: dueOn > rested ? dueOn : rested });
    expect(await refusalOf(books.office((scope) => answerCharge(scope, tillKeys, { id, kind: 'credit', text: 'Again' })))).toMatchObject({
      code: 'question_answered',
    });
    expect(await refusalOf(asDana(books, (scope) => withdrawQuestion(scope, id)))).toMatchObject({ code: 'question_answered' });
    await clean(books);
  });

  it('is not left out by closing what was written about it', async () => {
    const { books, invoice } = await fresh();
    await ask(books, about(invoice, 9_000n));
    const [thread] = await books.office((scope) => inbox(scope, { waiting: true, limit: 1 }));
    expect(await refusalOf(books.office((scope) => closeThread(scope, thread?.id ?? '')))).toMatchObject({ code: 'charge_in_question' });
  });

  it('needs words, and an office person', async () => {
    const { books, invoice } = await fresh();
    const id = await ask(books, about(invoice, 9_000n));
    expect(await refusalOf(books.office((scope) => answerCharge(scope, tillKeys, { id, kind: 'change', text: ' ' })))).toMatchObject({ code: 'message_empty' });
    expect(await refusalOf(asDana(books, (scope) => answerCharge(scope, tillKeys, { id, kind: 'change', text: 'x' })))).toMatchObject({ code: 'not_allowed' });
    expect(await refusalOf(books.office((scope) => questionCharge(scope, about(invoice, 1n))))).toMatchObject({ code: 'not_allowed' });
  });

  it('is the change itself when the invoice is canceled', async () => {
    const { books, invoice } = await fresh();
    const id = await ask(books, about(invoice, 9_000n));
    await books.office((scope) => voidInvoice(scope, { documentId: invoice.id, reason: 'Wrong house' }));
    expect(await endingOf(books, id)).toBe('change');
    expect(await books.office((scope) => inbox(scope, { waiting: true, limit: 10 }))).toEqual([]);
    await clean(books);
  });
});

describe('paying', () => {
  it('rule 23 the rest leaves the question open, and rule 24 paying all closes it', async () => {
    const { books, invoice } = await fresh();
    const id = await ask(books, about(invoice, 9_000n));
    await pay(books, invoice, 11_000n);
    expect(await figuresOf(books, invoice)).toEqual({ balanceMinor: 9_000n, dueNowMinor: 0n, onItsWayMinor: 0n, inQuestionMinor: 9_000n });
    expect(await endingOf(books, id)).toBeNull();
    await pay(books, invoice, 9_000n);
    expect(await endingOf(books, id)).toBe('paid');
    await clean(books);
  });

  it('rule 24 credit that pays all of it closes it too', async () => {
    const { books, invoice } = await fresh([9_000]);
    const over = await issued(books, [1_000]);
    await books.office((scope) =>
      recordPayment(scope, {
        ...{ id: newId(), customerId: books.customer, method: 'check', amountMinor: 10_000n, currency: 'USD', receivedOn: '2026-01-05' },
        targets: [{ documentId: over.id, amountMinor: 1_000n }],
        keepCredit: true,
      }),
    );
    const id = await ask(books, about(invoice, 4_000n));
    const use = { id: newId(), customerId: books.customer, personId: books.person, currency: 'USD', rest: [] };
    const shares = [{ documentId: invoice.id, partId: invoice.parts[0]?.id ?? '', amountMinor: 9_000n }];
    await asDana(books, (scope) => askToUseCredit(scope, { ...use, shares }));
    expect(await books.system((scope) => carryOutCredit(scope, use.id))).toBe('done');
    expect(await endingOf(books, id)).toBe('paid');
    await clean(books);
  });

  it('rule 25 that began before the question does not close it, and comes back in question when the bank sends it back', async () => {
    const { books, invoice } = await fresh();
    const payment = payFor(books, invoice, 20_000n, { method: 'bank' });
    await asDana(books, (scope) => startPayment(scope, payment));
    const says = (kind: 'processing' | 'succeeded' | 'returned') =>
      books.system((scope) =>
        settleAttempt(scope, tillKeys, payment.id, {
          ...{ kind, method: 'bank', amountMinor: 20_000n, currency: 'USD', reference: 'pm_1' },
          ...(kind === 'returned' ? { failure: 'returned_by_bank' as const } : {}),
        } as never),
      );
    await says('processing');
    const id = await ask(books, about(invoice, 9_000n));
    expect(await figuresOf(books, invoice)).toMatchObject({ onItsWayMinor: 20_000n, inQuestionMinor: 0n });
    await says('succeeded');
    expect(await endingOf(books, id)).toBeNull();
    await says('returned');
    expect(await figuresOf(books, invoice)).toMatchObject({ dueNowMinor: 11_000n, inQuestionMinor: 9_000n });
    await clean(books);
  });

  it('rule 24 what was paid can be questioned for sixty days', async () => {
    const { books, invoice } = await fresh();
    await books.office(async (scope) => {
      const receivedOn = todayIn('America/Chicago', scope.now);
      return recordPayment(scope, {
        id: newId(),
        customerId: books.customer,
        method: 'cash',
        amountMinor: 20_000n,
        currency: 'USD',
        receivedOn,
        targets: null,
      });
    });
    const on = (days: number) => refusalOf(asDana(books, (scope) => questionCharge(later(scope, days), about(invoice, 9_000n))));
    expect(await on(61)).toMatchObject({ code: 'question_too_late' });
    await asDana(books, (scope) => questionCharge(later(scope, 60), about(invoice, 9_000n)));
    expect(await figuresOf(books, invoice)).toMatchObject({ balanceMinor: 0n, inQuestionMinor: 0n });
    expect(await books.office((scope) => listQuestions(scope, { open: true, limit: 5 }))).toHaveLength(1);
    await clean(books);
  });
});

describe('who may question', () => {
  it('T4 only the customer whose invoice it is', async () => {
    const { books, invoice } = await fresh();
    const other = await issued(books, [5_000], { customer: books.exempt });
    expect(await refusalOf(ask(books, about(other, 1_000n)))).toMatchObject({ code: 'not_found' });
    const id = await ask(books, about(invoice, 1_000n));
    const strangers = { customers: [books.exempt] };
    expect(await refusalOf(books.portal(strangers, (scope) => withdrawQuestion(scope, id)))).toMatchObject({ code: 'not_found' });
    expect(await refusalOf(books.portal(strangers, (scope) => questionCharge(scope, about(invoice, 1n))))).toMatchObject({ code: 'not_found' });
  });

  it('rule 29 a person of one property questions that part alone, and the whole counts it', async () => {
    const { books, invoice } = await fresh([9_000, 11_000], true);
    const [first = '', second = ''] = await linesOf(books, invoice);
    const own = { properties: [books.properties[0]] };
    const asked = (more: Partial<ChargeQuestion>, amount = 9_000n) => books.portal(own, (scope) => questionCharge(scope, about(invoice, amount, more)));
    expect(await refusalOf(asked({ lineId: second }, 1n))).toMatchObject({ code: 'not_found' });
    expect(await refusalOf(asked({}, 9_001n))).toMatchObject({ code: 'above_questionable' });
    await asked({ lineId: first });
    await books.system((scope) => countQuestions(scope, invoice.id));
    expect(await figuresOf(books, invoice)).toMatchObject({ dueNowMinor: 11_000n, inQuestionMinor: 9_000n });
    const neighbor = { properties: [books.properties[1]] };
    expect((await books.portal(neighbor, (scope) => askableOf(scope, invoice.id))).lines.map(({ id }) => id)).toEqual([second]);
    await clean(books);
  });

  it('T5 the portal answers nothing, opens nothing for others, and moves no other figure', async () => {
    const { books, invoice } = await fresh();
    const id = await ask(books, about(invoice, 1_000n));
    const set = (values: string) => asDana(books, ({ tx }) => sql.raw<unknown>(`update questioned_charges set ${values} where id = '${id}'`).execute(tx));
    await expect(set(`ending = 'credit', ended_at = now()`)).rejects.toThrow(/row-level security/);
    await expect(set('amount_minor = 1')).rejects.toThrow(/permission denied/);
    await expect(set(`reminders_from = '2099-01-01'`)).rejects.toThrow(/permission denied/);
  });
});

type Tried = { books: Books; invoice: Issued; lines: readonly string[]; asked: string[]; checks: string[]; banks: string[]; pick: number; amount: bigint };
const allowed = async (work: () => Promise<unknown>): Promise<boolean> => {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
};
const pickOf = (ids: readonly string[], pick: number): string => ids[pick % Math.max(1, ids.length)] ?? newId();

async function bankSays({ books, banks, pick }: Tried): Promise<void> {
  if (banks.length === 0) return;
  const id = pickOf(banks, pick);
  const amountMinor = await books.system(async ({ tx }) => {
    const { rows } = await sql<{ amount: bigint }>`select amount_minor as amount from payments where id = ${id}`.execute(tx);
    return rows[0]?.amount ?? 0n;
  });
  const kind = (['processing', 'succeeded', 'returned'] as const)[pick % 3] ?? 'processing';
  const said = { kind, method: 'bank', amountMinor, currency: 'USD', reference: `pm_${id}`, failure: 'returned_by_bank' };
  await books.system((scope) => settleAttempt(scope, tillKeys, id, said as never));
}

const hands: Readonly<Record<string, (tried: Tried) => Promise<unknown>>> = {
  ask: async ({ books, invoice, lines, asked, pick, amount }) => {
    const question = about(invoice, amount, { lineId: pick % 4 === 0 ? null : pickOf(lines, pick) });
    if (await allowed(() => ask(books, question))) asked.push(question.id);
  },
  pay: ({ books, invoice, checks, amount }) => allowed(async () => checks.push((await pay(books, invoice, amount)).id)),
  answer: ({ books, asked, pick }) =>
    allowed(() => books.office((scope) => answerCharge(scope, tillKeys, { id: pickOf(asked, pick), kind: 'explanation', text: 'So.' }))),
  withdraw: ({ books, asked, pick }) => allowed(() => asDana(books, (scope) => withdrawQuestion(scope, pickOf(asked, pick)))),
  reverse: ({ books, checks, pick }) => allowed(() => books.office((scope) => reversePayment(scope, { paymentId: pickOf(checks, pick), reason: 'Bounced' }))),
  bank: async ({ books, invoice, banks, amount }) => {
    const payment = payFor(books, invoice, amount, { method: 'bank' });
    if (await allowed(() => asDana(books, (scope) => startPayment(scope, payment)))) banks.push(payment.id);
  },
  news: bankSays,
};

it('rule 17 after any questions, payments, returns and answers every cent stands in exactly one figure, and the books add up', async () => {
  const act = fc.record({
    act: fc.constantFrom('ask', 'ask', 'pay', 'answer', 'withdraw', 'reverse', 'bank', 'news', 'news'),
    pick: fc.nat(1_000),
    amount: fc.bigInt(1n, 21_000n),
  });
  let questions = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 15, maxLength: 30, size: 'max' }), async (acts) => {
      const { books, invoice } = await fresh([9_000, 11_000, 300], true);
      const tried = { books, invoice, lines: await linesOf(books, invoice), asked: [], checks: [], banks: [] };
      for (const { act: hand, ...chosen } of acts) {
        await hands[hand]?.({ ...tried, ...chosen });
        await figuresOf(books, invoice);
      }
      questions += tried.asked.length;
      await clean(books);
    }),
    { numRuns: 15 },
  );
  expect(questions).toBeGreaterThan(15);
}, 120_000);
