import type { FailureReason, PayMethod } from '../../../core/gateways.ts';
import { freshId } from './fresh-id.ts';
import type { Knobs, NoticeType, Payment, Session, Truth } from './model.ts';
import type { SandboxStore } from './store.ts';

/** The test cards and accounts of the page, and what each does. */
export const instruments = {
  card_success: { method: 'card', label: 'Visa •••• 4242' },
  card_confirm: { method: 'card', label: 'Visa •••• 3155' },
  card_declined: { method: 'card', label: 'Visa •••• 0002' },
  card_no_money: { method: 'card', label: 'Visa •••• 9995' },
  card_stops: { method: 'card', label: 'Visa •••• 0341' },
  card_expiring: { method: 'card', label: 'Visa •••• 0119' },
  bank_clears: { method: 'bank', label: 'Test Bank •••• 6789' },
  bank_returns: { method: 'bank', label: 'Test Bank •••• 1116' },
} as const satisfies Readonly<Record<string, { method: PayMethod; label: string }>>;
export type Instrument = keyof typeof instruments;

const declinedBy: Partial<Record<Instrument, FailureReason>> = { card_declined: 'declined', card_no_money: 'insufficient_funds', card_stops: 'declined' };
/** What a saved one says when its payer is not there; the others go through. */
const declinedAway: Partial<Record<Instrument, FailureReason>> = { ...declinedBy, card_confirm: 'needs_confirmation', card_stops: 'expired_card' };

export type Paid = 'done' | 'declined' | 'confirm' | 'ended';

/** What the sandbox's make-believe banks do. Every change and its notice are one write. */
export class Bank {
  private readonly store: SandboxStore;
  private readonly knobs: Knobs;
  private readonly clock: { now: () => number; bankAfterMs: number | null };

  constructor(store: SandboxStore, knobs: Knobs, clock: { now: () => number; bankAfterMs: number | null }) {
    this.store = store;
    this.knobs = knobs;
    this.clock = clock;
  }

  /** One try to pay. A checkout is paid at most once, however often and from however many windows the form is sent. */
  pay(sessionId: string, instrument: Instrument): Paid {
    return this.store.transaction(() => {
      const session = this.store.session(sessionId);
      const means = instruments[instrument];
      if (session?.status !== 'open' || !session.methods.includes(means.method)) return 'ended';
      if (instrument === 'card_confirm') return 'confirm';
      const failure = declinedBy[instrument];
      if (failure !== undefined) {
        this.tell('payment.declined', this.store.change(session, { failure }));
        return 'declined';
      }
      this.complete(session, instrument);
      return 'done';
    });
  }

  /** What the payer said when their bank asked whether it is them. */
  confirm(sessionId: string, yes: boolean): Paid {
    return this.store.transaction(() => {
      const session = this.store.session(sessionId);
      if (session?.status !== 'open') return 'ended';
      if (yes) this.complete(session, 'card_confirm');
      else this.tell('payment.declined', this.store.change(session, { failure: 'confirmation_failed' }));
      return yes ? 'done' : 'declined';
    });
  }

  /** A charge of a saved card or account, in a transaction of the caller's: decided at once, and never a second time for the same attempt. */
  charge(session: Session, instrument: Instrument): Session {
    const { method, label } = instruments[instrument];
    const failure = declinedAway[instrument];
    if (failure === undefined) return this.complete(session, instrument);
    const payment: Payment = { id: freshId('pm'), method, label, status: 'failed', failure };
    this.store.addPayment(session, payment, null, null);
    const refused = this.store.change(session, { status: 'complete', payment });
    this.tell('payment.failed', refused);
    return refused;
  }

  private complete(session: Session, instrument: Instrument): Session {
    const { method, label } = instruments[instrument];
    const payment: Payment = { id: freshId('pm'), method, label, status: method === 'bank' ? 'processing' : 'succeeded', failure: null };
    const { now, bankAfterMs } = this.clock;
    const plan = instrument === 'bank_returns' ? 'return' : 'clear';
    this.store.addPayment(session, payment, plan, method === 'bank' && bankAfterMs !== null ? now() + bankAfterMs : null);
    const paid = this.store.change(session, { status: 'complete', failure: null, payment });
    if (method === 'card') this.book(paid, payment);
    this.tell(method === 'bank' ? 'payment.processing' : 'payment.succeeded', paid);
    return paid;
  }

  /** The bank made up its mind about a debit. One that arrived may still come back; one that came back never arrives. */
  decide(paymentId: string, decision: 'clear' | 'return'): Payment | null {
    return this.store.transaction(() => {
      const session = this.store.sessionOfPayment(paymentId);
      const payment = session?.payment;
      if (!session || !payment) return null;
      this.store.decided(paymentId);
      if (decision === 'clear' && payment.status === 'processing') return this.settle(session, payment, 'succeeded', null);
      if (decision === 'return' && payment.status === 'processing') return this.settle(session, payment, 'failed', 'returned_by_bank');
      if (decision === 'return' && payment.status === 'succeeded' && payment.method === 'bank')
        return this.settle(session, payment, 'returned', 'returned_by_bank');
      return payment;
    });
  }

  private settle(session: Session, payment: Payment, status: Payment['status'], failure: FailureReason | null): Payment {
    const next = { ...payment, status, failure };
    if (status === 'succeeded') this.book(session, payment);
    if (status === 'returned') this.store.addEntry(session, { kind: 'payment', payment: payment.id, amount: `-${session.amount}`, fee: '0' });
    const types = { succeeded: 'payment.succeeded', failed: 'payment.failed', returned: 'payment.returned', processing: 'payment.processing' } as const;
    this.tell(types[status], this.store.change(session, { payment: next }));
    return next;
  }

  /** What came in, less what this processor keeps: 2.9 % and 30 of a card, 0.8 % and at most 500 of a bank debit. */
  private book(session: Session, { id, method }: Payment): void {
    const amount = BigInt(session.amount);
    const part = (amount * 8n) / 1_000n;
    const fee = method === 'card' ? (amount * 29n) / 1_000n + 30n : part > 500n ? 500n : part;
    this.store.addEntry(session, { kind: 'payment', payment: id, amount: session.amount, fee: fee.toString() });
  }

  expire(sessionId: string): 'expired' | 'too_late' | 'unknown_session' {
    return this.store.transaction(() => {
      const session = this.store.session(sessionId);
      if (session === null) return 'unknown_session';
      if (session.status === 'complete') return 'too_late';
      if (session.status === 'open') this.tell('checkout.expired', this.store.change(session, { status: 'expired' }));
      return 'expired';
    });
  }

  /** Debits whose time came by itself, where the sandbox is told to decide alone. */
  decideDue(): void {
    for (const { id, plan } of this.store.dueBankPayments()) this.decide(id, plan === 'return' ? 'return' : 'clear');
  }

  tell(type: NoticeType, session: Session, about: Pick<Truth, 'refund' | 'dispute'> = {}): void {
    const { notices } = this.knobs;
    if (notices === 'drop') return;
    this.store.addNotice(type, session, { ...truthOf(session), ...about }, { held: notices === 'hold', times: notices === 'twice' ? 2 : 1 });
  }
}

/** What is true of an attempt now. */
export function truthOf(session: Session): Truth {
  const { id, attempt, amount, currency, status, failure, payment } = session;
  return { session: id, attempt, amount, currency, url: payPath(id), status, failure, payment };
}

export const payPath = (session: string): string => `/sandbox/pay/${session}`;
