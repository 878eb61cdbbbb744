import type { Bank } from './bank.ts';
import { freshId } from './fresh-id.ts';
import type { Dispute, Knobs, Payment, Refund, Session } from './model.ts';
import type { SandboxStore } from './store.ts';

export type RefundAsked = Readonly<{ payment: string; amount: string; currency: string; refund: string | null }>;
export type RefundRefused = 'not_found' | 'payment_not_succeeded' | 'amount_too_large' | 'currency_differs' | 'idempotency_mismatch' | 'refund_known';

const answerDays = 14;
const disputeFee = '1500';

/** How money leaves the make-believe processor again: refunds and chargebacks. Every change and its notice are one write. */
export class WayBack {
  private readonly store: SandboxStore;
  private readonly bank: Bank;
  private readonly knobs: Knobs;
  private readonly now: () => number;

  constructor(store: SandboxStore, bank: Bank, knobs: Knobs, now: () => number) {
    this.store = store;
    this.bank = bank;
    this.knobs = knobs;
    this.now = now;
  }

  /** Never more than was paid, with what is pending counted; the same key is the same refund. */
  refund(account: string, asked: RefundAsked, key: string | null): Refund | RefundRefused {
    return this.store.transaction(() => {
      const session = this.store.sessionOfPayment(asked.payment);
      const payment = session?.payment;
      if (!session || !payment || session.account !== account) return 'not_found';
      const known = key === null ? undefined : this.store.keyedRefund(account, key);
      if (known) return known.params === JSON.stringify(asked) ? (this.store.refund(known.id) ?? 'not_found') : 'idempotency_mismatch';
      if (asked.refund !== null && this.store.refundNamed(account, asked.refund)) return 'refund_known';
      if (payment.status !== 'succeeded') return 'payment_not_succeeded';
      if (asked.currency !== session.currency) return 'currency_differs';
      if (BigInt(asked.amount) > this.left(session, payment)) return 'amount_too_large';
      return this.begin(session, payment, asked, key);
    });
  }

  /** What could still be given back. */
  left(session: Session, payment: Payment): bigint {
    const given = this.store.refundsOf(payment.id).filter(({ status }) => status !== 'failed');
    return given.reduce((rest, refund) => rest - BigInt(refund.amount), BigInt(session.amount));
  }

  private begin(session: Session, payment: Payment, asked: RefundAsked, key: string | null): Refund {
    const usual = payment.method === 'card' ? 'succeeded' : 'pending';
    const status = this.knobs.refunds === 'usual' ? usual : this.knobs.refunds;
    const { refund: name, amount } = asked;
    const refund: Refund = { id: freshId('re'), refund: name, payment: payment.id, amount, status, reason: status === 'failed' ? 'declined' : '' };
    this.store.addRefund(session.account, refund, key === null ? null : { key, params: JSON.stringify(asked) });
    if (status !== 'failed') this.store.addEntry(session, { kind: 'refund', payment: payment.id, amount: `-${amount}`, fee: '0' });
    this.bank.tell(`refund.${status}`, session, { refund });
    return refund;
  }

  /** The payer's bank made up its mind about a refund. One that arrived may still come back, as it does with closed accounts. */
  decide(refundId: string, status: 'succeeded' | 'failed'): Refund | null {
    return this.store.transaction(() => {
      const refund = this.store.refund(refundId);
      const session = refund && this.store.sessionOfPayment(refund.payment);
      if (!refund || !session) return null;
      if (refund.status === status || refund.status === 'failed') return refund;
      const next: Refund = { ...refund, status, reason: status === 'failed' ? 'account_closed' : '' };
      this.store.changeRefund(next);
      if (status === 'failed') this.store.addEntry(session, { kind: 'refund', payment: refund.payment, amount: refund.amount, fee: '0' });
      this.bank.tell(`refund.${status}`, session, { refund: next });
      return next;
    });
  }

  /** One dispute a payment, over what was not given back yet; it opens once and ends once. */
  dispute(paymentId: string, status: Dispute['status']): Dispute | null {
    return this.store.transaction(() => {
      const session = this.store.sessionOfPayment(paymentId);
      const payment = session?.payment;
      if (!session || !payment) return null;
      const known = this.store.disputeOf(paymentId);
      const amount = this.left(session, payment);
      if (known ? known.status !== 'open' || status === 'open' : status !== 'open' || payment.status !== 'succeeded' || amount <= 0n) return known;
      const answerBy = Math.trunc(this.now() / 1000) + answerDays * 86_400;
      const fresh = { id: freshId('dp'), payment: paymentId, amount: amount.toString(), reason: 'product_not_received', answerBy, fee: disputeFee };
      const dispute: Dispute = { ...(known ?? fresh), status };
      this.store.keepDispute(dispute);
      if (status !== 'lost') {
        const [taken, fee] = status === 'open' ? [`-${dispute.amount}`, disputeFee] : [dispute.amount, '0'];
        this.store.addEntry(session, { kind: 'dispute', payment: paymentId, amount: taken, fee });
      }
      this.bank.tell(`dispute.${status}`, session, { dispute });
      return dispute;
    });
  }
}
