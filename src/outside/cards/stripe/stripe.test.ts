import { Stripe } from 'stripe';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type StandIn, startStandIn } from '../../../../test/fakes/stripe/stand-in.ts';
import type { CardGateway, CheckoutRequest, SetupRequest } from '../../../core/gateways.ts';
import { newId } from '../../../db/fresh.ts';
import { setLogLevel } from '../../../log.ts';
import { stripeGateway, stripePlace } from '../stripe-gateway.ts';
import { ourAmount, stripeAmount } from './amounts.ts';
import { apiVersion } from './client.ts';
import { verifyStripe } from './notices.ts';

setLogLevel('silent');
const business = newId();
const account = { key: 'rk_test_otterpaper_1', account: 'acct_otterpaper', live: false, secrets: [] };

let standIn: StandIn;
let gateway: CardGateway;
const gatewayNow = (now?: () => number): CardGateway =>
  stripeGateway({ ...stripePlace(standIn.url), timeoutMs: 300, accountOf: async () => account, ...(now ? { now } : {}) });

beforeAll(async () => {
  standIn = await startStandIn();
});
afterAll(() => standIn.close());
beforeEach(async () => {
  await standIn.knobs({});
  gateway = gatewayNow();
});

const wish = (more: Partial<CheckoutRequest> = {}): CheckoutRequest => {
  const attempt = more.attempt ?? newId();
  return {
    attempt,
    business,
    amountMinor: 18_600n,
    currency: 'USD',
    payee: 'Otter & <Sons> (demo)',
    description: 'Invoice 1042',
    returnUrl: 'http://127.0.0.1:9/back',
    cancelUrl: 'http://127.0.0.1:9/cancel',
    methods: ['card', 'bank'],
    idempotencyKey: `attempt-${attempt}`,
    locale: 'en',
    payerEmail: 'rosa.quill@example.com',
    ...more,
  };
};
async function open(request: CheckoutRequest): Promise<{ url: string; session: string }> {
  const outcome = await gateway.createCheckout(request);
  if (outcome.kind !== 'open') throw new Error(`the checkout was ${JSON.stringify(outcome)}`);
  return outcome;
}
const truthOf = (request: CheckoutRequest, session: string | null) => gateway.fetchAttempt({ attempt: request.attempt, business, session });

describe('payments through Stripe', () => {
  it('P2 the same key is the same checkout, also when the words around it have changed', async () => {
    const request = wish();
    const first = await open(request);
    expect(await open(request)).toEqual(first);
    expect(await open({ ...request, locale: 'fr', returnUrl: 'http://127.0.0.1:9/elsewhere' })).toEqual(first);
    expect((await standIn.things('checkout.session')).filter((each) => each['client_reference_id'] === request.attempt)).toHaveLength(1);
  });

  it('a card pays, and is known by its brand and last numbers', async () => {
    const request = wish();
    const { session } = await open(request);
    expect(await truthOf(request, session)).toMatchObject({ kind: 'open', session });
    await standIn.pay(session);
    expect(await truthOf(request, session)).toMatchObject({
      kind: 'succeeded',
      method: 'card',
      amountMinor: 18_600n,
      currency: 'USD',
      label: 'Visa •••• 4242',
    });
    expect(await gateway.expireCheckout({ attempt: request.attempt, business, session })).toEqual({ kind: 'too_late' });
  });

  it('each documented card that fails says why, and the payer may try again', async () => {
    const reasons = { '4000000000000002': 'declined', '4000000000009995': 'insufficient_funds', '4000000000000069': 'expired_card' };
    for (const [number, failure] of Object.entries(reasons)) {
      const request = wish();
      const { session } = await open(request);
      await standIn.pay(session, number);
      expect(await truthOf(request, session)).toMatchObject({ kind: 'failed', failure, method: 'card' });
      await standIn.pay(session);
      expect((await truthOf(request, session)).kind).toBe('succeeded');
    }
  });

  it('a bank debit is processing until it clears or comes back, and may come back after it cleared', async () => {
    const ends = { '000123456789': 'clear', '000111111113': 'account_closed', '000222222227': 'insufficient_funds', '000333333335': 'debit_not_authorized' };
    const expected = ['succeeded', 'account_closed', 'returned_by_bank', 'not_authorized'];
    for (const [at, [number, decision]] of Object.entries(ends).entries()) {
      const request = wish();
      const { session } = await open(request);
      await standIn.pay(session, number);
      const under = await truthOf(request, session);
      expect(under).toMatchObject({ kind: 'processing', method: 'bank', amountMinor: 18_600n });
      await standIn.decide('reference' in under ? String(under.reference) : '', decision);
      const over = await truthOf(request, session);
      expect('failure' in over ? over.failure : over.kind).toBe(expected[at]);
      if (over.kind !== 'succeeded') continue;
      expect(over.label).toBe('STRIPE TEST BANK •••• 6789');
      await standIn.decide(over.reference, 'insufficient_funds');
      expect(await truthOf(request, session)).toMatchObject({ kind: 'returned', failure: 'returned_by_bank', reference: over.reference });
    }
  });

  it('an open checkout is ended for good', async () => {
    const request = wish();
    const { session } = await open(request);
    const of = { attempt: request.attempt, business, session };
    expect([await gateway.expireCheckout(of), await gateway.expireCheckout(of)]).toEqual([{ kind: 'expired' }, { kind: 'expired' }]);
    expect(await standIn.pay(session)).toBe('closed');
    expect(await truthOf(request, session)).toEqual({ kind: 'expired', session });
  });

  it('P3 a checkout whose answer was lost is found again by its attempt; one that never came to be is none', async () => {
    const [lost, never] = [wish(), wish()];
    await standIn.knobs({ trouble: 'timeout_after', only: 'POST /v1/checkout/sessions' });
    expect(await gateway.createCheckout(lost)).toEqual({ kind: 'unknown' });
    await standIn.knobs({ trouble: 'error', only: 'POST /v1/checkout/sessions' });
    gateway = gatewayNow();
    expect(await gateway.createCheckout(never)).toEqual({ kind: 'unknown' });
    await standIn.knobs({});
    gateway = gatewayNow();
    expect((await truthOf(lost, null)).kind).toBe('open');
    expect(await truthOf(never, null)).toEqual({ kind: 'none' });
    expect((await standIn.things('checkout.session')).filter((each) => each['client_reference_id'] === lost.attempt)).toHaveLength(1);
  });

  it('P16 tries three times at most, waits as long as it is told to, and a reset is one more try of the three', async () => {
    await standIn.knobs({ trouble: 'limited', only: 'POST /v1/checkout', times: 1 });
    const began = performance.now();
    expect((await gateway.createCheckout(wish())).kind).toBe('open');
    expect(performance.now() - began).toBeGreaterThanOrEqual(990);
    await standIn.knobs({ trouble: 'reset', only: 'POST /v1/checkout', times: 2 });
    expect((await gateway.createCheckout(wish())).kind).toBe('open');
    await standIn.knobs({ trouble: 'reset', only: 'POST /v1/checkout', times: 3 });
    expect((await gateway.createCheckout(wish())).kind).toBe('unknown');
  });

  it('P16 after five failures nobody asks for half a minute, then one does', async () => {
    let nowMs = 0;
    gateway = gatewayNow(() => nowMs);
    await standIn.knobs({ trouble: 'error', only: '/v1/' });
    await truthOf(wish(), 'cs_test_1');
    await truthOf(wish(), 'cs_test_1');
    await standIn.knobs({});
    const request = wish();
    expect(await gateway.createCheckout(request)).toEqual({ kind: 'unknown' });
    nowMs = 31_000;
    expect((await gateway.createCheckout(request)).kind).toBe('open');
  });

  it('says what a key opens, and names each right it lacks', async () => {
    const check = (key: string) => gateway.checkKey?.(key);
    expect(await check('rk_live_mopcleaning_1')).toEqual({ kind: 'fine', account: 'acct_mopcleaning', name: 'Stand-in account', live: true });
    expect(await check('rk_test_mopcleaning_without_events_without_payouts')).toEqual({ kind: 'denied', missing: ['Events: read', 'Payouts: read'] });
    expect(await check('rk_test_mopcleaning_without_account_without_checkout')).toEqual({
      kind: 'denied',
      missing: ['Account: read', 'Checkout Sessions: write'],
    });
    expect(await check('rk_test_revokedkeyofsomebody')).toEqual({ kind: 'refused', why: 'wrong' });
    for (const key of ['pk_test_1234567890123', 'rk_test_', 'whsec_1234567890', '']) expect(await check(key)).toEqual({ kind: 'refused', why: 'malformed' });
    expect(await standIn.things('refund')).toEqual([]);
  });

  it('keeps a card under one holder for each payer, charges it while they are away, once, and forgets it', async () => {
    const setup = newId();
    const asked: SetupRequest = {
      ...{
        setup,
        business,
        payerRef: `person:${setup}`,
        methods: ['card', 'bank'],
        payee: 'Otter',
        returnUrl: 'http://127.0.0.1:9/b',
        cancelUrl: 'http://127.0.0.1:9/c',
      },
      ...{ locale: 'en', payerEmail: null, idempotencyKey: `setup-${setup}` },
    };
    const opened = await gateway.createSetup(asked);
    if (opened.kind !== 'open') throw new Error(opened.kind);
    expect(await gateway.createSetup(asked)).toEqual(opened);
    expect(await gateway.fetchSetup({ setup, business, session: null })).toMatchObject({ kind: 'open', session: opened.session });
    await standIn.pay(opened.session);
    const saved = await gateway.fetchSetup({ setup, business, session: opened.session });
    if (saved.kind !== 'saved') throw new Error(saved.kind);
    expect(saved).toMatchObject({ method: 'card', label: 'Visa •••• 4242', expires: { month: 12, year: 2034 } });
    const attempt = newId();
    const { reference, holder, method } = saved;
    const charge = {
      attempt,
      business,
      reference,
      holder,
      method,
      amountMinor: 5_000n,
      currency: 'USD',
      description: 'Invoice 1',
      idempotencyKey: `attempt-${attempt}`,
    };
    const paid = await gateway.chargeSaved(charge);
    expect(paid).toMatchObject({ kind: 'succeeded', amountMinor: 5_000n, method: 'card', label: 'Visa •••• 4242' });
    expect(await gateway.chargeSaved(charge)).toEqual(paid);
    expect(await gateway.fetchAttempt({ attempt, business, session: null, holder })).toEqual(paid);
    expect(await gateway.fetchAttempt({ attempt: newId(), business, session: null, holder })).toEqual({ kind: 'none' });
    expect([await gateway.forgetMethod({ business, reference }), await gateway.forgetMethod({ business, reference })]).toEqual(['gone', 'gone']);
    const late = newId();
    const gone = await gateway.chargeSaved({ ...charge, attempt: late, idempotencyKey: `attempt-${late}` });
    expect(gone).toEqual({ kind: 'failed', failure: 'account_closed' });
  });

  it('a saved card whose bank wants to ask its payer fails for that reason', async () => {
    const setup = newId();
    const opened = await gateway.createSetup({
      ...{ setup, business, payerRef: setup, methods: ['card'], payee: 'Otter', returnUrl: 'http://127.0.0.1:9/b', cancelUrl: 'http://127.0.0.1:9/c' },
      ...{ locale: 'en', payerEmail: null, idempotencyKey: `setup-${setup}` },
    });
    if (opened.kind !== 'open') throw new Error(opened.kind);
    await standIn.pay(opened.session, '4000002760003184');
    const saved = await gateway.fetchSetup({ setup, business, session: opened.session });
    if (saved.kind !== 'saved') throw new Error(saved.kind);
    const attempt = newId();
    const of = {
      attempt,
      business,
      method: 'card',
      amountMinor: 5_000n,
      currency: 'USD',
      description: 'Invoice 1',
      idempotencyKey: `attempt-${attempt}`,
    } as const;
    const { reference, holder } = saved;
    expect(await gateway.chargeSaved({ ...of, reference, holder })).toEqual({ kind: 'failed', failure: 'needs_confirmation' });
  });

  it('M10 gives money back once for a key, no more than came in, and finds it again by our own id', async () => {
    const request = wish();
    const { session } = await open(request);
    await standIn.pay(session);
    const paid = await truthOf(request, session);
    const reference = 'reference' in paid ? String(paid.reference) : '';
    const asked = { refund: newId(), attempt: request.attempt, business, reference, amountMinor: 10_000n, currency: 'USD', idempotencyKey: 'refund-1' };
    const given = await gateway.refund(asked);
    expect(given).toMatchObject({ kind: 'succeeded', reference: expect.stringMatching(/^re_/) });
    expect(await gateway.refund(asked)).toEqual(given);
    expect(await gateway.fetchRefund(asked)).toEqual(given);
    expect(await gateway.fetchRefund({ ...asked, refund: newId() })).toEqual({ kind: 'none' });
    expect((await gateway.refund({ ...asked, refund: newId(), idempotencyKey: 'refund-2' })).kind).toBe('refused');
    const lost = { ...asked, refund: newId(), amountMinor: 500n, idempotencyKey: 'refund-3' };
    await standIn.knobs({ trouble: 'timeout_after', only: 'POST /v1/refunds' });
    expect(await gateway.refund(lost)).toEqual({ kind: 'unknown' });
    await standIn.knobs({});
    expect((await gatewayNow().fetchRefund(lost)).kind).toBe('succeeded');
  });

  it('asks with the pinned version of the API, which is the library’s own', () => {
    expect(apiVersion).toBe(Stripe.API_VERSION);
  });
});

describe('what Stripe tells of money that goes back', () => {
  const told = async (type: string): Promise<ReturnType<CardGateway['verifyEvent']>> => {
    const events = (await standIn.held()).filter((each) => each.type === type);
    const event = events.at(-1);
    if (!event) throw new Error(`nothing was told of ${type}`);
    const nowS = Math.trunc(Temporal.Now.instant().epochMilliseconds / 1000);
    return gateway.verifyEvent(Buffer.from(event.body), { 'stripe-signature': event.header }, [told.secret], nowS);
  };
  told.secret = 'whsec_for_money_that_goes_back';

  it('P13 a refund made there, a refund that fails, and a chargeback won or lost', async () => {
    await standIn.endpoint(account.account, 'http://127.0.0.1:9', told.secret);
    await standIn.knobs({ notices: 'hold' });
    const request = wish();
    const { session } = await open(request);
    await standIn.pay(session, '4000000000000259');
    const paid = await truthOf(request, session);
    const reference = 'reference' in paid ? String(paid.reference) : '';
    const about = { attempt: null, payment: reference, outcome: null, refund: null };
    const opened = { state: 'open', amountMinor: 18_600n, currency: 'USD', reason: 'fraudulent', feeMinor: 1_500n };
    const dispute = await told('charge.dispute.created');
    expect(dispute).toMatchObject({ ...about, dispute: opened, look: false });
    await standIn.does('end-dispute', { dispute: 'dispute' in dispute ? (dispute.dispute?.reference ?? '') : '', status: 'won' });
    expect(await told('charge.dispute.closed')).toMatchObject({ ...about, dispute: { ...opened, state: 'won' } });

    const other = wish();
    const second = await open(other);
    await standIn.pay(second.session);
    const charge = (await standIn.things('charge')).find((each) => (each['metadata'] as { attempt?: string }).attempt === other.attempt);
    await standIn.held();
    await fetch(`${standIn.url}/v1/refunds`, {
      method: 'POST',
      headers: { authorization: `Bearer ${account.key}` },
      body: new URLSearchParams({ charge: charge?.id ?? '', amount: '600' }),
    });
    const made = await told('refund.created');
    expect(made).toMatchObject({
      outcome: null,
      dispute: null,
      payment: charge?.['payment_intent'],
      refund: { refund: null, state: 'succeeded', amountMinor: 600n, currency: 'USD' },
    });
    await standIn.does('end-refund', { refund: 'refund' in made ? (made.refund?.reference ?? '') : '', status: 'failed' });
    expect(await told('refund.failed')).toMatchObject({ refund: { refund: null, state: 'failed', amountMinor: 600n, reason: 'lost_or_stolen_card' } });
  });
});

describe('what Stripe signs', () => {
  const secret = 'whsec_0123456789abcdefghij';
  const event = { id: 'evt_1', object: 'event', type: 'charge.updated', livemode: false, created: 1, data: { object: { object: 'balance' } } };
  const payload = JSON.stringify(event);
  let nowS = 0;
  beforeEach(() => {
    nowS = Math.trunc(Temporal.Now.instant().epochMilliseconds / 1000);
  });
  const header = (atS: number, by = secret): string => new Stripe('sk_test_x').webhooks.generateTestHeaderString({ payload, secret: by, timestamp: atS });
  const check = (text: string, secrets = [secret]): string => {
    const outcome = verifyStripe(Buffer.from(payload), text, secrets, nowS);
    return outcome.kind === 'refused' ? outcome.reason : 'right';
  };

  it('P6 agrees with the library on every header, but for times in the future, which the library takes', () => {
    const library = (text: string): boolean => {
      try {
        return new Stripe('sk_test_x').webhooks.constructEvent(payload, text, secret).id === 'evt_1';
      } catch {
        return false;
      }
    };
    const good = header(nowS);
    const several = `${good},v1=${'0'.repeat(64)},v0=${'1'.repeat(64)}`;
    const cases = [
      good,
      several,
      header(nowS - 290),
      header(nowS - 310),
      header(nowS, 'whsec_another_secret_of_ours'),
      '',
      'nonsense',
      good.replace('v1', 'v0'),
    ];
    for (const text of cases) expect([text, check(text) === 'right']).toEqual([text, library(text)]);
    const ahead = header(nowS + 310);
    expect([check(ahead), library(ahead)]).toEqual(['future', true]);
    expect(check(header(nowS + 290))).toBe('right');
  });

  it('P6 P7 any of two secrets may sign, an empty or short one never does', () => {
    expect(check(header(nowS), ['whsec_the_one_before_this_one', secret])).toBe('right');
    expect(check(header(nowS), ['whsec_the_one_before_this_one'])).toBe('wrong');
    for (const short of ['short', 'whsec_12345']) expect(check(header(nowS, short), [short])).toBe('wrong');
    expect(check(header(nowS), [])).toBe('wrong');
  });
});

describe('amounts as Stripe counts them', () => {
  it.each([
    ['USD', 18_600n, 18_600],
    ['JPY', 500n, 500],
    ['ISK', 500n, 50_000],
    ['UGX', 7n, 700],
    ['MGA', 500n, 5],
    ['KWD', 1_230n, 1_230],
  ] as const)('M1 %s %s', (currency, minor, theirs) => {
    expect(stripeAmount(minor, currency)).toBe(theirs);
    expect(ourAmount(theirs, currency)).toBe(minor);
  });

  it('refuses what Stripe cannot take to the last unit', () => {
    expect([stripeAmount(1_235n, 'KWD'), stripeAmount(550n, 'MGA')]).toEqual([null, null]);
  });
});
