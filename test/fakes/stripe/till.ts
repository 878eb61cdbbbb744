import { type Account, banks, cards, fresh, type Knobs, nowS, type Thing } from './model.ts';

type Tell = (account: Account, type: string, thing: Thing) => void;
export type Paid = 'paid' | 'processing' | 'declined' | 'confirm' | 'closed';

/** What happens to checkouts, payments and charges, and what is told of it. */
export class Till {
  private readonly tell: Tell;
  private readonly knobs: Knobs;

  constructor(tell: Tell, knobs: Knobs) {
    this.tell = tell;
    this.knobs = knobs;
  }

  /** The payer pays on the checkout's page. The payment is made with the first press, never before. */
  pay(account: Account, session: Thing, number: string, confirmed = false): Paid {
    if (session['status'] !== 'open') return 'closed';
    const bank = banks[number];
    const card = cards[number];
    if (!card && !bank) return 'declined';
    if (card?.later === 'confirm' && !confirmed) return 'confirm';
    if (session['mode'] === 'setup') return card?.fails ? 'declined' : this.save(account, session, number);
    const intent = this.intentOf(account, session);
    const method = this.methodOf(account, number);
    if (card?.fails) return this.decline(account, intent, method, card.fails);
    const charge = this.charge(account, intent, method, card ? 'succeeded' : 'pending');
    Object.assign(intent, { payment_method: method.id, latest_charge: charge.id, last_payment_error: null, status: card ? 'succeeded' : 'processing' });
    if (card) intent['amount_received'] = intent['amount'];
    Object.assign(session, { status: 'complete', payment_status: card ? 'paid' : 'unpaid', payment_intent: intent.id, url: null });
    this.tell(account, card ? 'charge.succeeded' : 'charge.pending', charge);
    this.tell(account, card ? 'payment_intent.succeeded' : 'payment_intent.processing', intent);
    this.tell(account, 'checkout.session.completed', session);
    if (card) this.bookLater(account, charge);
    if (card?.later === 'dispute') this.dispute(account, charge, 'fraudulent');
    if (bank && this.knobs.bankAfterMs !== null && bank.later !== 'never')
      setTimeout(() => this.decide(account, intent, bank.fails ?? 'clear'), this.knobs.bankAfterMs);
    return card ? 'paid' : 'processing';
  }

  private intentOf(account: Account, session: Thing): Thing {
    const known = typeof session['payment_intent'] === 'string' ? account.find(session['payment_intent'], 'payment_intent') : null;
    if (known) return known;
    const { metadata = {}, description = null } = (session['payment_intent_data'] ?? {}) as { metadata?: Record<string, string>; description?: string | null };
    const intent = this.makeIntent(account, { amount: session['amount_total'], currency: session['currency'], metadata, description, customer: null });
    session['payment_intent'] = intent.id;
    return intent;
  }

  makeIntent(
    account: Account,
    of: { amount: unknown; currency: unknown; metadata: Record<string, string>; description: string | null; customer: string | null },
  ): Thing {
    const empty = { amount_received: 0, capture_method: 'automatic_async', latest_charge: null, last_payment_error: null, payment_method: null };
    const intent = account.make('payment_intent', 'pi', { ...of, ...empty, status: 'requires_payment_method' });
    this.tell(account, 'payment_intent.created', intent);
    return intent;
  }

  /** Charges a saved method at once. What it says no with; null: it went through or is under way. */
  chargeAway(account: Account, intent: Thing, method: Thing): { code: string; decline_code: string | null } | null {
    const card = cards[String(method['number'])];
    const fails = card?.later === 'confirm' ? { code: 'authentication_required', decline: 'authentication_required' } : card?.fails;
    if (fails) {
      this.decline(account, intent, method, fails);
      return { code: fails.code, decline_code: fails.decline };
    }
    const charge = this.charge(account, intent, method, card ? 'succeeded' : 'pending');
    Object.assign(intent, { payment_method: method.id, latest_charge: charge.id, status: card ? 'succeeded' : 'processing' });
    if (card) intent['amount_received'] = intent['amount'];
    this.tell(account, card ? 'charge.succeeded' : 'charge.pending', charge);
    this.tell(account, card ? 'payment_intent.succeeded' : 'payment_intent.processing', intent);
    if (card) this.bookLater(account, charge);
    return null;
  }

  /** The payer saves a card or bank account on a page of the mode `setup`. */
  private save(account: Account, session: Thing, number: string): Paid {
    const method = this.methodOf(account, number);
    method['customer'] = session['customer'];
    const { metadata = {} } = (session['setup_intent_data'] ?? {}) as { metadata?: Record<string, string> };
    const fields = { status: 'succeeded', payment_method: method.id, customer: session['customer'], metadata, usage: 'off_session' };
    const intent = account.make('setup_intent', 'seti', fields);
    Object.assign(session, { status: 'complete', payment_status: 'no_payment_required', setup_intent: intent.id, url: null });
    this.tell(account, 'setup_intent.succeeded', intent);
    this.tell(account, 'checkout.session.completed', session);
    return 'paid';
  }

  private methodOf(account: Account, number: string): Thing {
    const last4 = number.slice(-4);
    const card = cards[number];
    const details = card ? { type: 'card', card: { brand: card.brand, last4, exp_month: 12, exp_year: 2034, fingerprint: `fp${last4}` } } : bankDetails(last4);
    return account.make('payment_method', 'pm', { ...details, number, customer: null, billing_details: { name: null, email: null } });
  }

  private charge(account: Account, intent: Thing, method: Thing, status: 'succeeded' | 'pending' | 'failed'): Thing {
    const { type, card, us_bank_account: bank } = method as Record<string, unknown>;
    const money = {
      amount: intent['amount'],
      amount_captured: status === 'succeeded' ? intent['amount'] : 0,
      amount_refunded: 0,
      currency: intent['currency'],
    };
    return account.make('charge', 'ch', {
      ...money,
      ...{
        status,
        paid: status !== 'failed',
        captured: status !== 'failed',
        disputed: false,
        refunded: false,
        failure_code: null,
        outcome: null,
        dispute: null,
      },
      ...{ payment_intent: intent.id, payment_method: method.id, metadata: intent['metadata'], description: intent['description'], balance_transaction: null },
      payment_method_details: { type, ...(card ? { card } : { us_bank_account: bank }) },
    });
  }

  private decline(account: Account, intent: Thing, method: Thing, fails: { code: string; decline: string | null }): Paid {
    const charge = this.charge(account, intent, method, 'failed');
    Object.assign(charge, { failure_code: fails.code, outcome: { type: 'issuer_declined', reason: fails.decline ?? fails.code } });
    const error = { type: 'card_error', code: fails.code, decline_code: fails.decline, payment_method: method, charge: charge.id };
    Object.assign(intent, { status: 'requires_payment_method', latest_charge: charge.id, last_payment_error: error });
    this.tell(account, 'charge.failed', charge);
    this.tell(account, 'payment_intent.payment_failed', intent);
    return 'declined';
  }

  /** The bank made up its mind about a debit: `clear`, or the code of what went wrong. One that cleared can only be disputed. */
  decide(account: Account, intent: Thing, decision: string): void {
    const charge = account.find(String(intent['latest_charge']), 'charge');
    const session = account.all('checkout.session').find((each) => each['payment_intent'] === intent.id) ?? null;
    if (charge === null) return;
    if (intent['status'] === 'succeeded' && decision !== 'clear') return void this.dispute(account, charge, decision);
    if (intent['status'] !== 'processing') return;
    if (decision === 'clear') {
      Object.assign(charge, { status: 'succeeded', amount_captured: charge['amount'] });
      Object.assign(intent, { status: 'succeeded', amount_received: intent['amount'] });
      if (session) session['payment_status'] = 'paid';
    } else {
      Object.assign(charge, { status: 'failed', paid: false, failure_code: decision });
      const method = account.find(String(charge['payment_method']), 'payment_method');
      Object.assign(intent, {
        status: 'requires_payment_method',
        last_payment_error: { type: 'invalid_request_error', code: decision, payment_method: method },
      });
    }
    const good = decision === 'clear';
    this.tell(account, good ? 'charge.succeeded' : 'charge.failed', charge);
    this.tell(account, good ? 'payment_intent.succeeded' : 'payment_intent.payment_failed', intent);
    if (session) this.tell(account, good ? 'checkout.session.async_payment_succeeded' : 'checkout.session.async_payment_failed', session);
    if (!good) return;
    this.bookLater(account, charge);
    const number = account.find(String(charge['payment_method']), 'payment_method')?.['number'];
    if (banks[String(number)]?.later === 'dispute') this.dispute(account, charge, 'debit_not_authorized');
  }

  dispute(account: Account, charge: Thing, reason: string): Thing {
    const bank = (charge['payment_method_details'] as { type: string }).type === 'us_bank_account';
    const whose = { charge: charge.id, payment_intent: charge['payment_intent'], amount: charge['amount'], currency: charge['currency'] };
    const balance_transactions = bank
      ? []
      : [{ object: 'balance_transaction', type: 'adjustment', amount: -Number(charge['amount']), fee: 1_500, currency: charge['currency'] }];
    const details = bank
      ? { balance_transactions }
      : { balance_transactions, payment_method_details: { type: 'card' }, evidence_details: { due_by: nowS() + 9 * 86_400 } };
    const dispute = account.make('dispute', 'du', { ...whose, reason, status: bank ? 'lost' : 'needs_response', metadata: {}, ...details });
    Object.assign(charge, { disputed: true, dispute: dispute.id });
    this.tell(account, 'charge.dispute.created', dispute);
    this.tell(account, 'charge.dispute.funds_withdrawn', dispute);
    if (bank) this.tell(account, 'charge.dispute.closed', dispute);
    return dispute;
  }

  /** The payer's bank decided. */
  endDispute(account: Account, dispute: Thing, status: 'won' | 'lost'): void {
    dispute['status'] = status;
    if (status === 'won') this.tell(account, 'charge.dispute.funds_reinstated', dispute);
    this.tell(account, 'charge.dispute.closed', dispute);
  }

  /** Capture is not booked at once: the charge is updated with its balance transaction a moment later. */
  private bookLater(account: Account, charge: Thing): void {
    setTimeout(() => {
      const amount = Number(charge['amount']);
      const fee = Math.floor((amount * 29) / 1000) + 30;
      charge['balance_transaction'] = this.book(account, 'charge', charge, amount, fee).id;
      this.tell(account, 'charge.updated', charge);
    }, 150);
  }

  private book(account: Account, type: string, source: Thing, amount: number, fee: number): Thing {
    const fees = fee === 0 ? [] : [{ type: 'stripe_fee', amount: fee, currency: source['currency'] }];
    const money = { amount, fee, fee_details: fees, net: amount - fee, currency: source['currency'] };
    return account.make('balance_transaction', 'txn', {
      ...money,
      type,
      source: source.id,
      status: 'pending',
      available_on: nowS() + 2 * 86_400,
      reporting_category: type,
    });
  }

  expire(account: Account, session: Thing): boolean {
    if (session['status'] !== 'open') return false;
    Object.assign(session, { status: 'expired', url: null });
    this.tell(account, 'checkout.session.expired', session);
    return true;
  }

  refund(account: Account, charge: Thing, amount: number, fields: Record<string, unknown>): Thing {
    const bank = (charge['payment_method_details'] as { type: string }).type === 'us_bank_account';
    const whose = { charge: charge.id, payment_intent: charge['payment_intent'], amount, currency: charge['currency'] };
    const refund = account.make('refund', 're', { ...whose, status: bank ? 'pending' : 'succeeded', failure_reason: null, ...fields });
    charge['amount_refunded'] = Number(charge['amount_refunded']) + amount;
    charge['refunded'] = charge['amount_refunded'] === charge['amount'];
    refund['balance_transaction'] = this.book(account, 'refund', refund, -amount, 0).id;
    this.tell(account, 'refund.created', refund);
    this.tell(account, 'charge.refunded', charge);
    const number = String(account.find(String(charge['payment_method']), 'payment_method')?.['number']);
    if (cards[number]?.later === 'refund_fails') setTimeout(() => this.endRefund(account, refund, 'failed'), 300);
    return refund;
  }

  endRefund(account: Account, refund: Thing, status: 'succeeded' | 'failed'): void {
    const charge = account.find(String(refund['charge']), 'charge');
    Object.assign(refund, { status, failure_reason: status === 'failed' ? 'lost_or_stolen_card' : null });
    if (status === 'failed' && charge) {
      Object.assign(charge, { amount_refunded: Number(charge['amount_refunded']) - Number(refund['amount']), refunded: false });
      refund['failure_balance_transaction'] = this.book(account, 'refund_failure', refund, Number(refund['amount']), 0).id;
    }
    this.tell(account, status === 'failed' ? 'refund.failed' : 'refund.updated', refund);
  }

  /** Sends everything that was booked and not paid out to the bank. */
  payOut(account: Account): Thing {
    const open = account.all('balance_transaction').filter((each) => each['payout'] === undefined && each['type'] !== 'payout');
    const amount = open.reduce((sum, each) => sum + Number(each['net']), 0);
    const currency = open[0]?.['currency'] ?? 'usd';
    const payout = account.make('payout', 'po', { amount, currency, status: 'paid', automatic: true, arrival_date: nowS() + 86_400, destination: fresh('ba') });
    for (const each of open) each['payout'] = payout.id;
    payout['balance_transaction'] = Object.assign(this.book(account, 'payout', payout, -amount, 0), { payout: payout.id }).id;
    this.tell(account, 'payout.paid', payout);
    return payout;
  }
}

const bankDetails = (last4: string) => ({
  type: 'us_bank_account',
  us_bank_account: { bank_name: 'STRIPE TEST BANK', last4, routing_number: '110000000', account_type: 'checking', account_holder_type: 'individual' },
});
