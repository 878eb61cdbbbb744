import { isLocale } from '../../../core/locale.ts';
import { type Answer, type Asked, accountOf, type Handler, type Parts, parse, problem, type Route, sameKey, truth } from './asked.ts';
import { type Bank, type Instrument, instruments } from './bank.ts';
import { freshId } from './fresh-id.ts';
import { calm, type Knobs, type Session, type Trouble } from './model.ts';
import { saveMethod } from './save.ts';
import { savedRoutes } from './saved-api.ts';
import { wayBackRoutes } from './way-back-api.ts';

const routes: readonly Route[] = [
  ['POST', /^\/v1\/checkout\/sessions$/, createSession],
  ['GET', /^\/v1\/checkout\/sessions\/(cs_[0-9a-f]{32})$/, ({ store }, asked, id) => truth(store.session(id), asked)],
  ['POST', /^\/v1\/checkout\/sessions\/(cs_[0-9a-f]{32})\/expire$/, expireSession],
  ['GET', /^\/v1\/attempts\/([0-9a-f-]{36})$/, ({ store }, asked, id) => truth(store.sessionOfAttempt(accountOf(asked), id), asked)],
  ['POST', /^\/v1\/payments\/(pm_[0-9a-f]{32})\/clear$/, ({ bank }, _asked, id) => decided(bank, id, 'clear')],
  ['POST', /^\/v1\/payments\/(pm_[0-9a-f]{32})\/return$/, ({ bank }, _asked, id) => decided(bank, id, 'return')],
  ['GET', /^\/v1\/balance\/payouts\/since\/(\d{1,12})$/, payouts],
  [
    'GET',
    /^\/v1\/balance\/entries\/of\/(po_[0-9a-f]{32})$/,
    ({ store }, asked, id) => ({ status: 200, json: { entries: store.entriesOf(accountOf(asked), id) } }),
  ],
  [
    'GET',
    /^\/v1\/balance\/entries\/since\/(\d{1,12})$/,
    ({ store }, asked, since) => ({ status: 200, json: { entries: store.entriesSince(accountOf(asked), Number(since)) } }),
  ],
  ...savedRoutes,
  ...wayBackRoutes,
];

/** The processor's API: JSON, a key, an account, idempotency keys that are replayed. null: not an address of the API. */
export function answerApi(parts: Parts, asked: Asked): Answer | null {
  if (!asked.path.startsWith('/v1/')) return null;
  if (!sameKey(asked.headers['authorization'] ?? '', `Bearer ${parts.key}`)) return problem(401, 'key_wrong');
  if (parts.withKnobs && asked.path.startsWith('/v1/test/')) return answerTest(parts, asked);
  for (const [method, pattern, handler] of routes) {
    const match = method === asked.method ? pattern.exec(asked.path) : null;
    if (match) return troubled(parts.knobs[troubleOf(handler, asked)], () => handler(parts, asked, match[1] ?? ''));
  }
  return problem(404, 'not_found');
}

function troubleOf(handler: Handler, { path, method }: Asked): 'create' | 'expire' | 'fetch' | 'charge' | 'refund' {
  if (path === '/v1/charges') return 'charge';
  if (path === '/v1/refunds') return 'refund';
  if (path.endsWith('/expire') || path.endsWith('/forget')) return 'expire';
  return handler === createSession || (method === 'POST' && path === '/v1/setups') ? 'create' : 'fetch';
}

/** The bad days of a processor: it may do what was asked and still not answer. */
function troubled(trouble: Trouble, work: () => Answer): Answer {
  if (trouble === 'hang') return 'silent';
  if (trouble === 'error') return problem(500, 'down');
  const answer = work();
  return trouble === 'timeout_after' ? 'silent' : trouble === 'error_after' ? problem(500, 'down') : answer;
}

function createSession({ store, bank }: Parts, asked: Asked): Answer {
  const key = asked.headers['idempotency-key'] ?? '';
  const wish = readWish(asked.body);
  if (wish === null || key === '' || accountOf(asked) === '') return problem(400, 'invalid');
  const { webhook, ...params } = wish;
  return store.transaction(() => {
    store.rememberAccount(accountOf(asked), webhook.url, webhook.secret);
    const known = store.keyed(accountOf(asked), key);
    if (known) {
      if (known.params !== JSON.stringify(params)) return problem(409, 'idempotency_mismatch');
      return truth(store.session(known.session), asked);
    }
    if (store.sessionOfAttempt(accountOf(asked), params.attempt)) return problem(409, 'attempt_known');
    const session: Session = { ...params, id: freshId('cs'), account: accountOf(asked), status: 'open', failure: null, payment: null };
    store.addSession(session, key, JSON.stringify(params));
    bank.tell('checkout.opened', session);
    return truth(session, asked);
  });
}

/** Asked for its payouts it first makes those of the days that are over. */
function payouts({ store }: Parts, asked: Asked, since: string): Answer {
  store.payOut(accountOf(asked), store.dayBegan());
  return { status: 200, json: { payouts: store.payoutsSince(accountOf(asked), Number(since)) } };
}

type Wish = Pick<Session, 'attempt' | 'amount' | 'currency' | 'payee' | 'description' | 'returnUrl' | 'cancelUrl' | 'methods' | 'locale'> & {
  webhook: { url: string; secret: string };
};

function readWish(text: string): Wish | null {
  const wish = parse(text) as Partial<Wish> | null;
  if (wish === null || typeof wish !== 'object') return null;
  const texts = [wish.attempt, wish.currency, wish.payee, wish.description, wish.returnUrl, wish.cancelUrl, wish.webhook?.url, wish.webhook?.secret];
  if (!texts.every((each) => typeof each === 'string' && each.length > 0 && each.length < 2_000)) return null;
  if (!/^[1-9]\d{0,7}$/.test(wish.amount ?? '') || !isLocale(wish.locale ?? '')) return null;
  if (![wish.returnUrl, wish.cancelUrl, wish.webhook?.url].every((url) => /^https?:\/\//.test(url ?? ''))) return null;
  const methods = (wish.methods ?? []).filter((method) => method === 'card' || method === 'bank');
  return methods.length === 0 ? null : ({ ...wish, methods } as Wish);
}

function expireSession({ store, bank }: Parts, asked: Asked, id: string): Answer {
  if (store.session(id)?.account !== accountOf(asked)) return problem(404, 'not_found');
  const outcome = bank.expire(id);
  return outcome === 'expired' ? { status: 200, json: { status: outcome } } : problem(409, outcome);
}

function decided(bank: Bank, id: string, decision: 'clear' | 'return'): Answer {
  const payment = bank.decide(id, decision);
  return payment ? { status: 200, json: payment } : problem(404, 'not_found');
}

/** For tests only: be calm or bad, pay without a browser, let held notices go in a chosen order. */
function answerTest({ store, bank, knobs }: Parts, asked: Asked): Answer {
  const body = (parse(asked.body) ?? {}) as Partial<Knobs> & { session?: string; instrument?: Instrument; order?: string[] };
  switch (asked.path) {
    case '/v1/test/knobs':
      Object.assign(knobs, calm, body);
      return { status: 200, json: knobs };
    case '/v1/test/pay':
      if (!body.session || !body.instrument || !(body.instrument in instruments)) return problem(400, 'invalid');
      return { status: 200, json: { paid: bank.pay(body.session, body.instrument) } };
    case '/v1/test/save':
      if (!body.session || !body.instrument || !(body.instrument in instruments)) return problem(400, 'invalid');
      return { status: 200, json: { saved: saveMethod({ store }, body.session, body.instrument) } };
    case '/v1/test/payout':
      store.payOut(accountOf(asked), Number.MAX_SAFE_INTEGER);
      return { status: 200, json: {} };
    case '/v1/test/held':
      return { status: 200, json: store.held() };
    case '/v1/test/release':
      store.release(body.order ?? store.held().map(({ id }) => id));
      return { status: 200, json: {} };
    default:
      return problem(404, 'not_found');
  }
}
