import { groupOf, listOf, notesOf, type Params, readForm, textOf } from './form.ts';
import { type Account, nowS, type Thing } from './model.ts';
import type { Notices } from './notices.ts';
import type { Till } from './till.ts';

export type Asked = Readonly<{ method: string; path: string; query: string; headers: Readonly<Record<string, string | undefined>>; body: string }>;
export type Reply = Readonly<{ status: number; json: unknown }>;
export type Parts = Readonly<{
  till: Till;
  notices: Notices;
  origin: () => string;
  accounts: Map<string, Account>;
  open: (id: string, live: boolean) => Account;
}>;
type Call = Readonly<{ parts: Parts; account: Account; params: Params; id: string; key: string }>;
type Handler = (call: Call) => Thing | Reply | Record<string, unknown>;

export const problem = (status: number, type: string, message: string, more: Record<string, unknown> = {}): Reply => ({
  status,
  json: { error: { type, message, ...more } },
});
const invalid = (message: string, param?: string, code?: string): Reply =>
  problem(400, 'invalid_request_error', message, { ...(param ? { param } : {}), ...(code ? { code } : {}) });
const isReply = (of: unknown): of is Reply => typeof of === 'object' && of !== null && 'json' in of && 'status' in of;

/** Path, the object it is about (for restricted keys), and what it does. */
const routes: readonly (readonly [string, RegExp, string, Handler])[] = [
  ['POST', /^\/v1\/checkout\/sessions$/, 'checkout', createSession],
  ['POST', /^\/v1\/checkout\/sessions\/(\w+)\/expire$/, 'checkout', expireSession],
  [
    'POST',
    /^\/v1\/customers$/,
    'customers',
    ({ account, params }) => account.make('customer', 'cus', { email: textOf(params, 'email'), name: textOf(params, 'name'), metadata: notesOf(params) }),
  ],
  [
    'POST',
    /^\/v1\/setup_intents$/,
    'setup',
    ({ account, params }) =>
      account.make('setup_intent', 'seti', { status: 'requires_payment_method', metadata: notesOf(params), customer: textOf(params, 'customer') }),
  ],
  ['GET', /^\/v1\/customers\/search$/, 'customers', searchCustomers],
  ['POST', /^\/v1\/payment_intents\/(\w+)\/cancel$/, 'payment_intents', noSuch],
  ['POST', /^\/v1\/setup_intents\/(\w+)\/cancel$/, 'setup', noSuch],
  ['POST', /^\/v1\/customers\/(\w+)$/, 'customers', noSuch],
  ['POST', /^\/v1\/payment_intents$/, 'payment_intents', chargeAway],
  ['POST', /^\/v1\/payment_methods\/(\w+)\/detach$/, 'payment_methods', detach],
  ['POST', /^\/v1\/refunds$/, 'refunds', createRefund],
  ['POST', /^\/v1\/webhook_endpoints$/, 'webhooks', createEndpoint],
  [
    'GET',
    /^\/v1\/account$/,
    'account',
    ({ account }) => ({
      id: account.id,
      object: 'account',
      business_profile: { name: 'Stand-in' },
      settings: { dashboard: { display_name: 'Stand-in account' } },
    }),
  ],
  ['GET', /^\/v1\/balance$/, 'balance', ({ account }) => ({ object: 'balance', livemode: account.live, available: [], pending: [] })],
  ...lists('checkout/sessions', 'checkout.session', 'checkout'),
  ...lists('payment_intents', 'payment_intent', 'payment_intents'),
  ...lists('setup_intents', 'setup_intent', 'setup'),
  ...lists('payment_methods', 'payment_method', 'payment_methods'),
  ...lists('customers', 'customer', 'customers'),
  ...lists('charges', 'charge', 'charges'),
  ...lists('refunds', 'refund', 'refunds'),
  ...lists('disputes', 'dispute', 'disputes'),
  ...lists('balance_transactions', 'balance_transaction', 'balance_transactions'),
  ...lists('payouts', 'payout', 'payouts'),
  ...lists('events', 'event', 'events'),
];

function lists(path: string, object: string, right: string): (readonly [string, RegExp, string, Handler])[] {
  const one: Handler = ({ account, params, id }) => {
    const found = account.find(id, object);
    return found === null
      ? problem(404, 'invalid_request_error', `No such ${object}: '${id}'`, { code: 'resource_missing', param: 'id' })
      : shown(account, found, listOf(params, 'expand'));
  };
  return [
    ['GET', new RegExp(`^/v1/${path}/(\\w+)$`), right, one],
    ['GET', new RegExp(`^/v1/${path}$`), right, (call) => list(call, object, path)],
  ];
}

/** The whole of Stripe's API that stands here: a key, a version, form-encoded bodies, idempotency keys. */
export function answerApi(parts: Parts, asked: Asked): Reply {
  const key = keyOf(asked.headers['authorization'] ?? '');
  const [, kind, mode, name = ''] = /^(sk|rk)_(test|live)_([A-Za-z0-9_]{10,})$/.exec(key) ?? [];
  if (kind === undefined || name.includes('revoked')) return problem(401, 'invalid_request_error', `Invalid API Key provided: ${key.slice(0, 8)}***`);
  const version = asked.headers['stripe-version'];
  if (version !== undefined && !/^\d{4}-\d\d-\d\d\.[a-z]+$/.test(version)) return invalid(`Invalid Stripe API version: ${version}`);
  const account = parts.open(`acct_${name.split('_')[0]}`, mode === 'live');
  for (const [method, pattern, right, handler] of routes) {
    const match = method === asked.method ? pattern.exec(asked.path) : null;
    if (!match) continue;
    if (name.includes(`without_${right}`))
      return problem(403, 'invalid_request_error', 'The provided key does not have the required permissions for this endpoint.', { code: 'permission_denied' });
    return once(account, asked, () =>
      handler({ parts, account, params: readForm(asked.method === 'GET' ? asked.query : asked.body), id: match[1] ?? '', key }),
    );
  }
  return problem(404, 'invalid_request_error', `Unrecognized request URL (${asked.method}: ${asked.path}).`);
}

/** The secret comes as a bearer token or, from some clients, as the user name of basic authentication. */
function keyOf(header: string): string {
  const [scheme = '', value = ''] = header.split(' ');
  return scheme === 'Basic' ? (Buffer.from(value, 'base64').toString().split(':')[0] ?? '') : value;
}

function once(account: Account, asked: Asked, work: () => Thing | Reply | Record<string, unknown>): Reply {
  const key = asked.method === 'POST' ? asked.headers['idempotency-key'] : undefined;
  const known = key === undefined ? undefined : account.keys.get(key);
  if (known) {
    if (known.path !== asked.path || known.params !== asked.body)
      return problem(
        400,
        'idempotency_error',
        `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}'.`,
      );
    return { status: known.status, json: JSON.parse(known.body) as unknown };
  }
  const made = work();
  const reply = isReply(made) ? made : { status: 200, json: structuredClone(made) };
  // What was refused for its parameters is not kept: the same key may be used again.
  if (key !== undefined && reply.status === 200) account.keys.set(key, { path: asked.path, params: asked.body, status: 200, body: JSON.stringify(reply.json) });
  return reply;
}

const sessionFields = new Set(
  (
    'adaptive_pricing after_expiration allow_promotion_codes allowed_payment_method_types automatic_tax billing_address_collection cancel_url client_reference_id currency customer ' +
    'customer_creation customer_email customer_update custom_text expand expires_at invoice_creation line_items locale metadata mode payment_intent_data ' +
    'payment_method_options phone_number_collection return_url saved_payment_method_options setup_intent_data submit_type success_url ui_mode wallet_options'
  ).split(' '),
);

function createSession({ parts, account, params }: Call): Thing | Reply {
  const stranger = Object.keys(params).find((name) => !sessionFields.has(name));
  if (stranger) return invalid(`Received unknown parameter: ${stranger}`, stranger, 'parameter_unknown');
  const mode = textOf(params, 'mode');
  if (mode !== 'payment' && mode !== 'setup') return invalid('Missing required param: mode.', 'mode', 'parameter_missing');
  if (!textOf(params, 'success_url')) return invalid('Missing required param: success_url.', 'success_url', 'parameter_missing');
  const lines = Array.isArray(params['line_items']) ? (params['line_items'] as Params[]) : [];
  if (mode === 'payment' && lines.length === 0) return invalid('Missing required param: line_items.', 'line_items', 'parameter_missing');
  const priced = lines.map((line) => ({ quantity: Number(textOf(line, 'quantity') ?? '1'), price: groupOf(line, 'price_data') }));
  const amount = priced.reduce((sum, { quantity, price }) => sum + quantity * Number(textOf(price, 'unit_amount')), 0);
  if (!Number.isInteger(amount) || amount > 99_999_999)
    return invalid('Invalid integer', 'line_items[0][price_data][unit_amount]', 'parameter_invalid_integer');
  const currency = priced[0] ? textOf(priced[0].price, 'currency') : null;
  if (currency === 'usd' && amount < 50)
    return invalid('The Checkout Session’s total amount must convert to at least 50 cents.', undefined, 'amount_too_small');
  const of = { client_reference_id: textOf(params, 'client_reference_id'), metadata: notesOf(params), mode, locale: textOf(params, 'locale') };
  const names = priced.map(({ price }) => textOf(groupOf(price, 'product_data'), 'name') ?? '');
  const session = account.make('checkout.session', account.live ? 'cs_live' : 'cs_test', {
    ...{
      ...of,
      amount_total: amount,
      amount_subtotal: amount,
      currency,
      customer: textOf(params, 'customer'),
      customer_email: textOf(params, 'customer_email'),
    },
    ...{ status: 'open', payment_status: 'unpaid', payment_intent: null, setup_intent: null, expires_at: nowS() + 86_400, names },
    ...{ success_url: textOf(params, 'success_url'), cancel_url: textOf(params, 'cancel_url') },
    ...{ allowed_payment_method_types: listOf(params, 'allowed_payment_method_types'), payment_method_types: ['card', 'us_bank_account'] },
  });
  const intent = groupOf(params, 'payment_intent_data');
  session['setup_intent_data'] = { metadata: notesOf(groupOf(params, 'setup_intent_data')) };
  session['payment_intent_data'] = { metadata: notesOf(intent), description: textOf(intent, 'description') };
  session['url'] = `${parts.origin()}/c/pay/${session.id}`;
  return session;
}

function expireSession({ parts, account, id }: Call): Thing | Reply {
  const session = account.find(id, 'checkout.session');
  if (session === null) return problem(404, 'invalid_request_error', `No such checkout.session: ${id}`, { code: 'resource_missing' });
  if (!parts.till.expire(account, session))
    return invalid(`Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${String(session['status'])}.`);
  return session;
}

function createRefund({ parts, account, params }: Call): Thing | Reply {
  const intent = account.find(textOf(params, 'payment_intent') ?? '', 'payment_intent');
  const charge = account.find(textOf(params, 'charge') ?? String(intent?.['latest_charge'] ?? ''), 'charge');
  if (!textOf(params, 'payment_intent') && !textOf(params, 'charge'))
    return invalid('One of the following params should be provided for this request: payment_intent or charge.');
  if (charge === null) return problem(404, 'invalid_request_error', 'No such charge', { code: 'resource_missing' });
  const left = Number(charge['amount']) - Number(charge['amount_refunded']);
  const amount = Number(textOf(params, 'amount') ?? left);
  if (charge['status'] !== 'succeeded') return invalid('This payment has not succeeded and cannot be refunded.');
  if (charge['disputed'] === true) return invalid('The charge has been charged back.', undefined, 'charge_disputed');
  if (left === 0) return invalid('Charge has already been refunded.', undefined, 'charge_already_refunded');
  if (!Number.isInteger(amount) || amount < 1 || amount > left)
    return invalid(`Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`, 'amount');
  return parts.till.refund(account, charge, amount, { reason: textOf(params, 'reason'), metadata: notesOf(params) });
}

/** As the real one: by metadata alone, and never what was made in this minute. */
function searchCustomers({ account, params }: Call): Record<string, unknown> {
  const [, name = '', value = ''] = /^metadata\['(\w+)'\]:'(.*)'$/.exec(textOf(params, 'query') ?? '') ?? [];
  const data = account.all('customer').filter((each) => (each['metadata'] as Record<string, string>)[name] === value && each.created < nowS() - 60);
  return { object: 'search_result', url: '/v1/customers/search', has_more: false, data };
}

/** Of a saved method, while its payer is away. */
function chargeAway({ parts, account, params }: Call): Thing | Reply {
  const method = account.find(textOf(params, 'payment_method') ?? '', 'payment_method');
  if (method === null) return problem(400, 'invalid_request_error', 'No such PaymentMethod', { code: 'resource_missing', param: 'payment_method' });
  if (method['customer'] !== textOf(params, 'customer'))
    return invalid('The provided PaymentMethod cannot be attached to another customer.', undefined, 'payment_method_unexpected_state');
  const intent = parts.till.makeIntent(account, {
    ...{ amount: Number(textOf(params, 'amount')), currency: textOf(params, 'currency'), metadata: notesOf(params) },
    ...{ description: textOf(params, 'description'), customer: textOf(params, 'customer') },
  });
  const error = parts.till.chargeAway(account, intent, method);
  if (error !== null) return problem(402, 'card_error', 'Your card was declined.', { ...error, payment_intent: structuredClone(intent) });
  return shown(account, intent, listOf(params, 'expand'));
}

/** What is asked of a thing that is not there; of those that are, nothing of ours asks it. */
function noSuch({ id }: Call): Reply {
  return problem(404, 'invalid_request_error', `No such object: '${id}'`, { code: 'resource_missing', param: 'id' });
}

function detach({ account, id }: Call): Thing | Reply {
  const method = account.find(id, 'payment_method');
  if (method === null) return problem(404, 'invalid_request_error', `No such PaymentMethod: '${id}'`, { code: 'resource_missing' });
  if (method['customer'] === null) return invalid('The payment method you provided is not attached to a customer so detachment is impossible.');
  method['customer'] = null;
  return shown(account, method, []);
}

function createEndpoint({ parts, account, params }: Call): Record<string, unknown> | Reply {
  const url = textOf(params, 'url');
  if (url === null) return invalid('Missing required param: url.', 'url', 'parameter_missing');
  const events = listOf(params, 'enabled_events');
  const { id, secret } = parts.notices.addEndpoint(account, url, events.length === 0 ? ['*'] : events);
  return { id, object: 'webhook_endpoint', url, enabled_events: events, secret, livemode: account.live, status: 'enabled' };
}

function list({ account, params }: Call, object: string, path: string): Record<string, unknown> | Reply {
  const limit = Number(textOf(params, 'limit') ?? '10');
  if (!(limit >= 1 && limit <= 100)) return invalid('Invalid limit', 'limit');
  const created = groupOf(params, 'created');
  const within = (thing: Thing): boolean =>
    Object.entries(created).every(([how, value]) => {
      const at = Number(value);
      return how === 'gte' ? thing.created >= at : how === 'gt' ? thing.created > at : how === 'lte' ? thing.created <= at : thing.created < at;
    });
  const filters = Object.entries(params).filter(
    ([name, value]) => !['limit', 'starting_after', 'ending_before', 'expand', 'created', 'types', 'type'].includes(name) && typeof value === 'string',
  );
  const types = listOf(params, 'types');
  const kind = textOf(params, 'type');
  const ofKind = (thing: Thing): boolean =>
    kind === null || (kind.endsWith('*') ? String(thing['type']).startsWith(kind.slice(0, -1)) : thing['type'] === kind);
  const all = account
    .all(object)
    .filter(within)
    .filter(ofKind)
    .filter((thing) => filters.every(([name, value]) => String(thing[name]) === value) && (types.length === 0 || types.includes(String(thing['type']))));
  const from = textOf(params, 'starting_after');
  const until = textOf(params, 'ending_before');
  const begin = from === null ? 0 : all.findIndex(({ id }) => id === from) + 1;
  const rest =
    until === null
      ? all.slice(begin)
      : all.slice(
          0,
          all.findIndex(({ id }) => id === until),
        );
  const taken = until === null ? rest.slice(0, limit) : rest.slice(-limit);
  const paths = listOf(params, 'expand').map((each) => each.replace(/^data\./, ''));
  return { object: 'list', url: `/v1/${path}`, has_more: rest.length > taken.length, data: taken.map((thing) => shown(account, thing, paths)) };
}

/** A copy with what was asked to come along. */
function shown(account: Account, thing: Thing, paths: readonly string[]): Thing {
  const { number: _number, names: _names, payment_intent_data: _data, setup_intent_data: _setup, ...copy } = structuredClone(thing) as Thing;
  for (const path of paths) {
    const [first = '', ...more] = path.split('.');
    const id = copy[first];
    const found = typeof id === 'string' ? account.things.get(id) : typeof id === 'object' && id !== null ? (id as Thing) : undefined;
    if (found) copy[first] = shown(account, found, more.length > 0 ? [more.join('.')] : []);
  }
  return copy as Thing;
}
