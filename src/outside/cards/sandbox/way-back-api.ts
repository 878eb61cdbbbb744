import { type Answer, type Asked, accountOf, type Parts, parse, problem, type Route } from './asked.ts';
import type { Refund } from './model.ts';
import type { RefundRefused } from './way-back.ts';

/** The part of the API about money that goes back. Beside refunds it has what a processor's dashboard and the payer's bank would do. */
export const wayBackRoutes: readonly Route[] = [
  ['POST', /^\/v1\/refunds$/, createRefund],
  ['GET', /^\/v1\/refunds\/of\/([0-9a-f-]{36})$/, ({ store }, asked, id) => found(store.refundNamed(accountOf(asked), id))],
  ['POST', /^\/v1\/payments\/(pm_[0-9a-f]{32})\/refund$/, refundInDashboard],
  ['POST', /^\/v1\/refunds\/(re_[0-9a-f]{32})\/succeed$/, ({ wayBack }, _asked, id) => found(wayBack.decide(id, 'succeeded'))],
  ['POST', /^\/v1\/refunds\/(re_[0-9a-f]{32})\/fail$/, ({ wayBack }, _asked, id) => found(wayBack.decide(id, 'failed'))],
  ['POST', /^\/v1\/payments\/(pm_[0-9a-f]{32})\/dispute$/, ({ wayBack }, _asked, id) => found(wayBack.dispute(id, 'open'))],
  ['POST', /^\/v1\/payments\/(pm_[0-9a-f]{32})\/dispute\/win$/, ({ wayBack }, _asked, id) => found(wayBack.dispute(id, 'won'))],
  ['POST', /^\/v1\/payments\/(pm_[0-9a-f]{32})\/dispute\/lose$/, ({ wayBack }, _asked, id) => found(wayBack.dispute(id, 'lost'))],
];

const found = (json: unknown): Answer => (json === null ? problem(404, 'not_found') : { status: 200, json });

function createRefund({ wayBack }: Parts, asked: Asked): Answer {
  const key = asked.headers['idempotency-key'] ?? '';
  const { payment, amount, currency, refund } = (parse(asked.body) ?? {}) as Partial<Record<'payment' | 'amount' | 'currency' | 'refund', string>>;
  if (key === '' || !payment || !currency || !refund || !/^[1-9]\d{0,7}$/.test(amount ?? '')) return problem(400, 'invalid');
  return refunded(wayBack.refund(accountOf(asked), { payment, amount: amount ?? '', currency, refund }, key));
}

function refundInDashboard({ store, wayBack }: Parts, asked: Asked, payment: string): Answer {
  const session = store.sessionOfPayment(payment);
  if (!session?.payment) return problem(404, 'not_found');
  const { amount = wayBack.left(session, session.payment).toString() } = (parse(asked.body) ?? {}) as { amount?: string };
  if (!/^[1-9]\d{0,7}$/.test(amount)) return problem(409, 'nothing_left');
  return refunded(wayBack.refund(session.account, { payment, amount, currency: session.currency, refund: null }, null));
}

function refunded(outcome: Refund | RefundRefused): Answer {
  if (typeof outcome === 'object') return { status: 200, json: outcome };
  return problem(outcome === 'not_found' ? 404 : 409, outcome);
}
