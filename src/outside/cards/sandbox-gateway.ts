import { setTimeout as wait } from 'node:timers/promises';
import type {
  AttemptOutcome,
  BalanceEntry,
  BalanceLists,
  CardGateway,
  CheckoutRequest,
  DisputeNews,
  EventOutcome,
  PayoutNews,
  RefundNews,
  RefundOutcome,
  SavedChargeRequest,
  SetupOutcome,
} from '../../core/gateways.ts';
import { publicId } from '../../core/ids.ts';
import type { Entry, Notice, Payout, Refund, SetupTruth, Truth } from './sandbox/model.ts';
import { noticeTypes } from './sandbox/model.ts';
import { checkSignature, signatureHeader } from './signature.ts';

export type SandboxAccess = Readonly<{
  /** Where the sandbox listens. */
  url: string;
  key: string;
  /** Origin payers are sent to: our own, which passes /sandbox on. */
  publicUrl: string;
  /** Where it sends its notices: our own server, as the sandbox reaches it. */
  inboundUrl: string;
  /** Secret of one business's endpoint. */
  secretOf: (business: string) => string;
  timeoutMs?: number;
}>;

type Reply = Readonly<{ status: number; body: unknown }> | 'silent';

const tries = 3;

/** Card and bank payments through the sandbox processor. What it says is data; silence after three tries is `unknown`. */
export function sandboxGateway(access: SandboxAccess): CardGateway {
  return {
    name: 'sandbox',
    payOrigin: null,
    noticeDoor: async (business) => ({ account: business, live: false, secrets: [access.secretOf(business)] }),
    async createCheckout(request) {
      const reply = await ask(access, 'POST', '/v1/checkout/sessions', request.business, { key: request.idempotencyKey, body: wishOf(access, request) });
      if (reply === 'silent') return { kind: 'unknown' };
      if (reply.status !== 200) return { kind: 'refused', reason: codeOf(reply.body) };
      const truth = reply.body as Truth;
      return { kind: 'open', url: access.publicUrl + truth.url, session: truth.session };
    },
    async fetchAttempt({ attempt, business }) {
      const reply = await ask(access, 'GET', `/v1/attempts/${attempt}`, business);
      if (reply === 'silent') return { kind: 'unknown' };
      if (reply.status === 404) return { kind: 'none' };
      return reply.status === 200 ? outcomeOf(access, reply.body as Truth) : { kind: 'unknown' };
    },
    async expireCheckout({ business, session }) {
      const reply = await ask(access, 'POST', `/v1/checkout/sessions/${session}/expire`, business);
      if (reply === 'silent') return { kind: 'unknown' };
      if (reply.status === 200) return { kind: 'expired' };
      return { kind: reply.status === 409 ? 'too_late' : 'unknown' };
    },
    async createSetup({ idempotencyKey, business, payerEmail: _address, ...wish }) {
      const reply = await ask(access, 'POST', '/v1/setups', business, { key: idempotencyKey, body: wish });
      if (reply === 'silent') return { kind: 'unknown' };
      if (reply.status !== 200) return { kind: 'refused', reason: codeOf(reply.body) };
      const truth = reply.body as SetupTruth;
      return { kind: 'open', url: access.publicUrl + truth.url, session: truth.session };
    },
    async fetchSetup({ setup, business }) {
      const reply = await ask(access, 'GET', `/v1/setups/${setup}`, business);
      if (reply === 'silent') return { kind: 'unknown' };
      if (reply.status === 404) return { kind: 'none' };
      return reply.status === 200 ? setupOf(access, reply.body as SetupTruth) : { kind: 'unknown' };
    },
    async chargeSaved(request) {
      const reply = await ask(access, 'POST', '/v1/charges', request.business, { key: request.idempotencyKey, body: chargeOf(access, request) });
      if (reply === 'silent') return { kind: 'unknown' };
      if (reply.status === 200) return outcomeOf(access, reply.body as Truth);
      return { kind: 'failed', failure: reply.status === 402 ? 'account_closed' : 'other' };
    },
    async forgetMethod({ business, reference }) {
      const reply = await ask(access, 'POST', `/v1/methods/${reference}/forget`, business, { key: `forget-${reference}`, body: {} });
      return reply !== 'silent' && (reply.status === 200 || reply.status === 404) ? 'gone' : 'unknown';
    },
    async refund({ refund, business, reference, amountMinor, currency, idempotencyKey }) {
      const body = { refund, payment: reference, amount: amountMinor.toString(), currency };
      const reply = await ask(access, 'POST', '/v1/refunds', business, { key: idempotencyKey, body });
      if (reply === 'silent') return { kind: 'unknown' };
      return reply.status === 200 ? refundOf(reply.body as Refund) : { kind: 'refused', reason: codeOf(reply.body) };
    },
    async fetchRefund({ refund, business }) {
      const reply = await ask(access, 'GET', `/v1/refunds/of/${refund}`, business);
      if (reply === 'silent') return { kind: 'unknown' };
      if (reply.status === 404) return { kind: 'none' };
      return reply.status === 200 ? refundOf(reply.body as Refund) : { kind: 'unknown' };
    },
    ...balanceOf(access),
    verifyEvent: (rawBody, headers, secrets, nowUnixS) => verify(access, rawBody, headers[signatureHeader], secrets, nowUnixS),
  };
}

/** Its balance: what came in, and what was sent to the bank. */
const balanceOf = (access: SandboxAccess): Required<BalanceLists> => ({
  async listPayouts({ business, sinceUnixS }) {
    const reply = await ask(access, 'GET', `/v1/balance/payouts/since/${sinceUnixS}`, business);
    if (reply === 'silent' || reply.status !== 200) return { kind: 'unknown' };
    return { kind: 'listed', payouts: (reply.body as { payouts: Payout[] }).payouts.map(payoutOf) };
  },
  async listEntries({ business, sinceUnixS, payout }) {
    const which = payout === undefined ? `since/${sinceUnixS}` : `of/${payout}`;
    const reply = await ask(access, 'GET', `/v1/balance/entries/${which}`, business);
    if (reply === 'silent' || reply.status !== 200) return { kind: 'unknown' };
    return { kind: 'listed', entries: (reply.body as { entries: Entry[] }).entries.map(entryOf) };
  },
});

const webhookOf = (access: SandboxAccess, business: string) => ({
  url: `${access.inboundUrl}/inbound/sandbox/${publicId('business', business)}`,
  secret: access.secretOf(business),
});

function chargeOf(access: SandboxAccess, { attempt, business, amountMinor, currency, description, reference }: SavedChargeRequest) {
  return { attempt, amount: amountMinor.toString(), currency, description, reference, webhook: webhookOf(access, business) };
}

function setupOf(access: SandboxAccess, { session, url, status, saved }: SetupTruth): SetupOutcome {
  if (saved !== null) {
    const { method, reference, holder, label, expires } = saved;
    return { kind: 'saved', method, reference, holder, label, expires };
  }
  // A card that could not be kept leaves the page open for another one.
  return status === 'expired' ? { kind: 'expired' } : { kind: 'open', session, url: access.publicUrl + url };
}

function wishOf(access: SandboxAccess, request: CheckoutRequest) {
  const { attempt, business, amountMinor, currency, payee, description, returnUrl, cancelUrl, methods, locale } = request;
  const webhook = webhookOf(access, business);
  return { attempt, amount: amountMinor.toString(), currency, payee, description, returnUrl, cancelUrl, methods, locale, webhook };
}

/** One request, tried again with the same key while nobody answers or the answer is 5xx. No database connection is held meanwhile. */
async function ask(access: SandboxAccess, method: 'GET' | 'POST', path: string, business: string, send?: { key: string; body: unknown }): Promise<Reply> {
  const headers: Record<string, string> = { authorization: `Bearer ${access.key}`, 'sandbox-account': business };
  if (send) Object.assign(headers, { 'content-type': 'application/json', 'idempotency-key': send.key });
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    if (attempt > 1) await wait(Math.random() * 200 * 2 ** attempt);
    const reply = await once(access, path, { method, headers, ...(send ? { body: JSON.stringify(send.body) } : {}) });
    if (reply !== 'silent') return reply;
  }
  return 'silent';
}

async function once(access: SandboxAccess, path: string, init: { method: string; headers: Record<string, string>; body?: string }): Promise<Reply> {
  try {
    const answer = await fetch(access.url + path, { ...init, redirect: 'error', signal: AbortSignal.timeout(access.timeoutMs ?? 10_000) });
    if (answer.status >= 500) {
      await answer.arrayBuffer();
      return 'silent';
    }
    return { status: answer.status, body: await answer.json() };
  } catch {
    // Refused, reset, timed out or half an answer: what it did, only it knows.
    return 'silent';
  }
}

const entryOf = ({ id, kind, payment, amount, fee, currency, at }: Entry): BalanceEntry => ({
  ...{ reference: id, kind, payment, currency, createdUnixS: at },
  ...{ amountMinor: BigInt(amount), feeMinor: BigInt(fee) },
});

const payoutOf = ({ id, status, amount, currency, arrives, at }: Payout): PayoutNews => ({
  ...{ reference: id, state: status, amountMinor: BigInt(amount), currency },
  ...{ arrivesUnixS: arrives, createdUnixS: at, failure: '', manual: false },
});

function codeOf(body: unknown): string {
  const error = typeof body === 'object' && body !== null && 'error' in body ? (body.error as { code?: unknown }) : {};
  return typeof error.code === 'string' ? error.code : 'other';
}

type Known = Exclude<AttemptOutcome, { kind: 'none' | 'unknown' }>;

/** What a truth of the sandbox means for an attempt. */
function outcomeOf(access: SandboxAccess, truth: Truth): Known {
  const { payment, session } = truth;
  if (payment === null) {
    if (truth.status === 'expired') return { kind: 'expired', session };
    return truth.failure === null ? { kind: 'open', session, url: access.publicUrl + truth.url } : { kind: 'failed', failure: truth.failure };
  }
  const money = { method: payment.method, amountMinor: BigInt(truth.amount), currency: truth.currency, reference: payment.id, label: payment.label };
  if (payment.status === 'processing' || payment.status === 'succeeded') return { kind: payment.status, ...money };
  return { kind: payment.status, failure: payment.failure ?? 'other', ...money };
}

function refundOf({ id, status, reason }: Refund): RefundOutcome {
  return status === 'failed' ? { kind: 'failed', reference: id, reason } : { kind: status, reference: id };
}

function refundNews({ refund, currency }: Truth): RefundNews | null {
  if (refund === undefined) return null;
  return { refund: refund.refund, reference: refund.id, state: refund.status, amountMinor: BigInt(refund.amount), currency, reason: refund.reason };
}

function disputeNews({ dispute, currency }: Truth): DisputeNews | null {
  if (dispute === undefined) return null;
  const { id: reference, status: state, reason, answerBy: answerByUnixS } = dispute;
  return { reference, state, amountMinor: BigInt(dispute.amount), currency, reason, answerByUnixS, feeMinor: BigInt(dispute.fee) };
}

function verify(access: SandboxAccess, rawBody: Uint8Array, header: string | undefined, secrets: readonly string[], nowUnixS: number): EventOutcome {
  const check = checkSignature(header, rawBody, secrets, nowUnixS);
  if (check !== 'right') return { kind: 'refused', reason: check };
  const notice = parse(rawBody);
  if (notice === null) return { kind: 'refused', reason: 'malformed' };
  const known = (noticeTypes as readonly string[]).includes(notice.type);
  const [refund, dispute] = known ? [refundNews(notice.data), disputeNews(notice.data)] : [null, null];
  return {
    kind: 'event',
    id: notice.id,
    account: notice.account,
    liveMode: notice.livemode,
    attempt: notice.data.attempt,
    payment: notice.data.payment?.id ?? null,
    outcome: known && refund === null && dispute === null ? outcomeOf(access, notice.data) : null,
    refund,
    dispute,
    type: notice.type,
    createdUnixS: notice.created,
  };
}

function parse(rawBody: Uint8Array): Notice | null {
  try {
    const notice = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(rawBody)) as Notice;
    const whole = typeof notice.id === 'string' && /^\w{1,100}$/.test(notice.id) && typeof notice.type === 'string' && typeof notice.account === 'string';
    return whole &&
      typeof notice.livemode === 'boolean' &&
      /^\d{1,12}$/.test(notice.data.amount) &&
      typeof notice.data.session === 'string' &&
      amountsOf(notice)
      ? notice
      : null;
  } catch {
    return null;
  }
}

const amountsOf = ({ data: { refund, dispute } }: Notice): boolean => [refund, dispute].every((each) => each === undefined || /^\d{1,12}$/.test(each.amount));
