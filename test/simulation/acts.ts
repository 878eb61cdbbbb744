import { sql } from 'kysely';
import { newId } from '../../src/db/fresh.ts';
import { closeInvoice, createDraft, reopenInvoice } from '../../src/domain/invoices/invoices.ts';
import { sendInvoice } from '../../src/domain/links/links.ts';
import { answerCharge, questionCharge } from '../../src/domain/messages/charges.ts';
import {
  chargeAttempt,
  openCheckout,
  recordPayment,
  requestRefund,
  reversePayment,
  startPayment,
  writeCreditNote,
} from '../../src/domain/payments/payments.ts';
import { oneOf } from '../books.ts';
import { place, tillKeys } from '../till.ts';
import type { Business } from './business.ts';

/** Does one thing, as somebody would, and says it in a few words. */
export type Act = (business: Business) => Promise<string>;

type Bill = Readonly<{ id: string; balance: bigint; total: bigint }>;

const billsOf = ({ books }: Business): Promise<Bill[]> =>
  books.system(async ({ tx }) => {
    const { rows } = await sql<Bill>`select document_id as id, balance_minor as balance, total_minor as total from invoice_standings
      where business_id = ${books.business} and state = 'issued' order by document_id`.execute(tx);
    return rows;
  });

type Paid = Readonly<{ id: string; state: string; amount: bigint; online: boolean; document: string | null }>;

const paymentsOf = ({ books }: Business, states: readonly string[]): Promise<Paid[]> =>
  books.system(async ({ tx }) => {
    const { rows } = await sql<Paid>`select id, state, amount_minor as amount, gateway is not null as online, document_id as document from payments
      where business_id = ${books.business} and state = any (${[...states]}::text[]) order by id`.execute(tx);
    return rows;
  });

const cents = (business: Business, most: bigint): bigint => {
  const whole = business.chosen.oneIn(2);
  return whole ? most : BigInt(1 + business.chosen.nat(Number(most)));
};

/** What a payer wants to pay now: mostly all of one bill, sometimes a part, sometimes more than there is. */
async function wished(business: Business): Promise<{ bill: Bill; amountMinor: bigint } | null> {
  const bill = business.chosen.pick((await billsOf(business)).filter(({ balance }) => balance > 0n || business.chosen.oneIn(10)));
  return bill ? { bill, amountMinor: cents(business, bill.balance > 0n ? bill.balance : bill.total) } : null;
}

const startOf = (business: Business, bill: Bill, amountMinor: bigint, method: 'card' | 'bank', savedMethodId: string | null = null) => ({
  ...{ id: newId(), customerId: business.books.customer, method, currency: 'USD', personId: business.books.person, savedMethodId },
  targets: [{ documentId: bill.id, amountMinor }],
});

export const acts = {
  issue: async (business) => {
    const { books, chosen } = business;
    const amounts = Array.from({ length: 1 + chosen.nat(4) }, () => 500 + chosen.nat(30_000));
    const lines = amounts.map((amount) => oneOf(amount, { ...(chosen.oneIn(3) ? { propertyId: chosen.pick(books.properties) } : { taxRateId: null }) }));
    const today = chosen.now.toZonedDateTimeISO('America/Chicago').toPlainDate();
    const dueOn = today.add({ days: chosen.nat(25) }).toString();
    return books.office(async (scope) => {
      const { id } = await createDraft(scope, { customerId: books.customer, lines, dueOn });
      await sendInvoice(scope, tillKeys, { documentId: id, personIds: [books.person] });
      return `${id} due ${dueOn}`;
    });
  },
  press: async (business) => {
    const found = await wished(business);
    if (!found) return 'nothing to pay';
    const asked = startOf(business, found.bill, found.amountMinor, business.chosen.oneIn(3) ? 'bank' : 'card');
    const started = await business.dana.as((scope) => startPayment(scope, asked));
    const answer = await openCheckout(business.till, started, place);
    return `${asked.id} ${answer.kind}`;
  },
  payThere: async (business) => {
    const { chosen, processor } = business;
    const session = chosen.pick(processor.openSessions());
    if (session === undefined) return 'nobody is there';
    const instrument = chosen.weighed({ card_success: 5, bank_clears: 3, bank_returns: 2, card_declined: 1, card_no_money: 1 });
    return `${session} ${instrument} ${processor.pay(session, instrument)}`;
  },
  /** The payer comes back and presses again what they pressed before. */
  leave: async (business) => {
    const again = business.chosen.pick(await paymentsOf(business, ['initiated', 'unknown']));
    if (!again?.online) return 'nobody comes back';
    return `${again.id} ${(await openCheckout(business.till, { business: business.books.business, attempt: again.id }, place)).kind}`;
  },
  kept: async (business) => {
    const found = await wished(business);
    const method = business.chosen.pick(business.methods);
    if (!found || method === undefined) return 'nothing to pay';
    const asked = startOf(business, found.bill, found.amountMinor, 'card', method);
    const started = await business.dana.as((scope) => startPayment(scope, asked));
    return `${asked.id} ${(await chargeAttempt(business.till, started, 'Invoice')).kind}`;
  },
  check: async (business) => {
    const found = await wished(business);
    if (!found) return 'nothing to pay';
    const { books, chosen } = business;
    const receivedOn = chosen.now.toZonedDateTimeISO('America/Chicago').toPlainDate().toString();
    const form = { id: newId(), customerId: books.customer, method: 'check', amountMinor: found.amountMinor, currency: 'USD', receivedOn } as const;
    const targets = chosen.oneIn(3) ? null : [{ documentId: found.bill.id, amountMinor: found.amountMinor }];
    await books.office((scope) => recordPayment(scope, { ...form, targets, keepCredit: chosen.oneIn(2) }));
    return form.id;
  },
  takeBack: async (business) => {
    const payment = business.chosen.pick((await paymentsOf(business, ['cleared'])).filter(({ online }) => !online));
    if (!payment) return 'nothing to take back';
    await business.books.office((scope) => reversePayment(scope, { paymentId: payment.id, reason: 'Bounced' }));
    return payment.id;
  },
  bankDecides: async ({ chosen, processor }) => {
    const debit = chosen.pick(processor.taken().filter(({ method, status }) => method === 'bank' && (status === 'processing' || chosen.oneIn(5))));
    if (debit === undefined) return 'nothing to decide';
    const decision = chosen.oneIn(3) ? 'return' : 'clear';
    return `${debit.payment} ${decision}: ${processor.decide(debit.payment, decision)}`;
  },
  refund: async (business) => {
    const { books, chosen } = business;
    const payment = chosen.pick(await paymentsOf(business, ['cleared', 'refunded']));
    if (!payment) return 'nothing to give back';
    const method = payment.online && !chosen.oneIn(6) ? ('original' as const) : ('cash' as const);
    const asked = { id: newId(), paymentId: payment.id, amountMinor: cents(business, payment.amount), method, sources: null, reason: 'Work not done' };
    const { state } = await books.office((scope) => requestRefund(scope, tillKeys, asked));
    return `${asked.id} of ${payment.id} ${state}`;
  },
  refundDecided: async ({ chosen, processor }) => {
    const refund = chosen.pick(processor.refunds().filter(({ status }) => status === 'pending' || chosen.oneIn(4)));
    if (refund === undefined) return 'nothing to decide';
    return `${refund.id} ${processor.decideRefund(refund.id, chosen.oneIn(3) ? 'failed' : 'succeeded')}`;
  },
  credit: async (business) => {
    const bill = business.chosen.pick(await billsOf(business));
    if (!bill) return 'nothing to credit';
    const choice = business.chosen.oneIn(4) ? ({ kind: 'rest' } as const) : ({ kind: 'amount', amountMinor: cents(business, bill.total) } as const);
    const note = await business.books.office((scope) => writeCreditNote(scope, { id: newId(), documentId: bill.id, choice, reason: 'Not needed' }));
    return `${note.id} on ${bill.id}`;
  },
  dispute: async ({ chosen, processor }) => {
    const taken = chosen.pick(processor.taken().filter(({ status }) => status === 'succeeded'));
    if (taken === undefined) return 'nothing to dispute';
    const state = chosen.weighed({ open: 3, won: 1, lost: 1 });
    return `${taken.payment} ${state}: ${processor.dispute(taken.payment, state)}`;
  },
  question: async (business) => {
    const bill = business.chosen.pick((await billsOf(business)).filter(({ balance }) => balance > 0n));
    if (!bill) return 'nothing to question';
    const asked = { id: newId(), documentId: bill.id, lineId: null, amountMinor: cents(business, bill.balance), reason: 'not_done' } as const;
    await business.dana.as((scope) => questionCharge(scope, { ...asked, text: '', language: 'en' }));
    return asked.id;
  },
  answer: async (business) => {
    const { books, chosen } = business;
    const open = await books.system(async ({ tx }) => {
      const { rows } = await sql<{
        id: string;
      }>`select id from questioned_charges where business_id = ${books.business} and ending is null order by id`.execute(tx);
      return rows;
    });
    const question = chosen.pick(open);
    if (question === undefined) return 'nothing to answer';
    await books.office((scope) => answerCharge(scope, tillKeys, { id: question.id, kind: 'explanation', text: 'Done on Tuesday.' }));
    return question.id;
  },
  close: async (business) => {
    const bill = business.chosen.pick(await billsOf(business));
    if (!bill) return 'nothing to close';
    if (business.chosen.oneIn(2)) await business.books.office((scope) => closeInvoice(scope, { documentId: bill.id, reason: 'Too small' }));
    else await business.books.office((scope) => reopenInvoice(scope, bill.id));
    return bill.id;
  },
  /** The processor has a bad or a good time from now on. */
  trouble: async ({ chosen, processor }) => {
    const trouble = chosen.weighed({ none: 3, timeout_after: 2, error_after: 1, error: 1, hang: 1 });
    const refunds = chosen.weighed({ usual: 3, pending: 1, failed: 1 });
    processor.behave(trouble, refunds);
    return `${trouble}, refunds ${refunds}`;
  },
  notices: (business) => business.post(1 + business.chosen.nat(6)),
  work: (business) => business.work(1 + business.chosen.nat(8)),
  ticks: (business) => business.ticks(),
  wait: async (business) => {
    const minutes = business.chosen.pick([2, 30, 240, 1_440, 2_880, 5_760]) ?? 2;
    await business.pass(minutes);
    return `${minutes} minutes`;
  },
} as const satisfies Readonly<Record<string, Act>>;
