import type { Stripe } from 'stripe';
import type { DisputeNews, RefundNews, RefundOutcome, RefundRequest } from '../../../core/gateways.ts';
import { ourAmount, stripeAmount } from './amounts.ts';
import type { WithKey } from './sessions.ts';

/** Gives back what a payment brought. The refund carries our id, by which it is found again. */
export async function refund(withKey: WithKey, request: RefundRequest): Promise<RefundOutcome> {
  const { refund: ours, attempt, business, reference, amountMinor, currency, idempotencyKey } = request;
  const amount = stripeAmount(amountMinor, currency);
  if (amount === null) return { kind: 'refused', reason: 'amount' };
  const params: Stripe.RefundCreateParams = { payment_intent: reference, amount, metadata: { refund: ours, attempt, business } };
  const reply = await withKey(business, (stripe) => stripe.refunds.create(params, { idempotencyKey }));
  if (reply.kind === 'silent') return { kind: 'unknown' };
  if (reply.kind === 'said') return outcomeOfRefund(reply.value);
  if (reply.type !== 'StripeIdempotencyError') return { kind: 'refused', reason: reply.code === '' ? reply.type : reply.code };
  const known = await fetchRefund(withKey, { refund: ours, business, reference });
  return known.kind === 'none' ? { kind: 'unknown' } : known;
}

export async function fetchRefund(withKey: WithKey, of: { refund: string; business: string; reference: string }): Promise<RefundOutcome | { kind: 'none' }> {
  const reply = await withKey(of.business, (stripe) => stripe.refunds.list({ payment_intent: of.reference, limit: 100 }).autoPagingToArray({ limit: 1_000 }));
  if (reply.kind !== 'said') return { kind: 'unknown' };
  const made = reply.value.find(({ metadata }) => metadata?.['refund'] === of.refund);
  return made === undefined ? { kind: 'none' } : outcomeOfRefund(made);
}

/** What waits for the payer to do something is on its way as far as the business is concerned. */
function stateOf(status: string | null): RefundNews['state'] {
  if (status === 'succeeded') return 'succeeded';
  return status === 'failed' || status === 'canceled' ? 'failed' : 'pending';
}

function outcomeOfRefund({ id, status, failure_reason: why }: Stripe.Refund): RefundOutcome {
  const state = stateOf(status);
  return state === 'failed' ? { kind: 'failed', reference: id, reason: why ?? status ?? '' } : { kind: state, reference: id };
}

export function refundNews(made: Stripe.Refund): RefundNews {
  const currency = made.currency.toUpperCase();
  const reason = made.failure_reason ?? made.reason ?? '';
  return {
    refund: made.metadata?.['refund'] ?? null,
    reference: made.id,
    state: stateOf(made.status),
    amountMinor: ourAmount(made.amount, currency),
    currency,
    reason,
  };
}

/**
 * A chargeback of a card. Null for what takes no money: an inquiry of the payer's bank (`warning_…`) and one that was headed off (`prevented`); and for
 * bank debits, where it means that the debit came back.
 */
export function disputeNews(dispute: Stripe.Dispute): DisputeNews | null {
  if (dispute.payment_method_details === undefined || dispute.payment_method_details === null) return null;
  if (dispute.status.startsWith('warning_') || dispute.status === 'prevented') return null;
  const currency = dispute.currency.toUpperCase();
  const fees = dispute.balance_transactions.map(({ fee }) => fee);
  return {
    reference: dispute.id,
    state: dispute.status === 'won' ? 'won' : dispute.status === 'lost' ? 'lost' : 'open',
    amountMinor: ourAmount(dispute.amount, currency),
    currency,
    reason: dispute.reason,
    answerByUnixS: dispute.evidence_details?.due_by ?? null,
    feeMinor: fees.length === 0 ? null : fees.reduce((sum, fee) => sum + ourAmount(fee, currency), 0n),
  };
}
