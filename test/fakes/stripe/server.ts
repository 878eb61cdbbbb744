import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Asked, answerApi, type Parts, problem } from './api.ts';
import { Account, calm, type Knobs, type Thing } from './model.ts';
import { Notices } from './notices.ts';
import { checkoutPage, confirmPage, dashboardPage, endedPage } from './pages.ts';
import { Till } from './till.ts';

export type Running = Readonly<{ url: string; close: () => Promise<void> }>;
type Whole = Parts & Readonly<{ knobs: Knobs }>;

/** Listens on the loopback only, under the address of Stripe's API and of its pages. */
export async function serveStripe(port = 0): Promise<Running> {
  const knobs: Knobs = { ...calm };
  const notices = new Notices(knobs);
  const accounts = new Map<string, Account>();
  const open = (id: string, live: boolean): Account => {
    const name = `${live ? 'live' : 'test'}:${id}`;
    const known = accounts.get(name) ?? new Account(id, live);
    accounts.set(name, known);
    return known;
  };
  const server = createServer((request, response) => void serve(whole, request, response));
  const origin = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const whole: Whole = { till: new Till(notices.tell, knobs), notices, accounts, open, knobs, origin };
  await new Promise<void>((done, fail) => server.once('error', fail).listen(port, '127.0.0.1', done));
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  };
  return { url: origin(), close };
}

/** What goes out; `reset` ends the connection at once, `hang` after a minute without a word. */
type Out = Readonly<{ status: number; json?: unknown; html?: string; headers?: Record<string, string> }> | 'reset' | 'hang';

async function serve(whole: Whole, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const pieces: Buffer[] = [];
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
  const url = new URL(request.url ?? '/', whole.origin());
  const headers = request.headers as Record<string, string | undefined>;
  const asked: Asked = { method: request.method ?? 'GET', path: url.pathname, query: url.search.slice(1), headers, body: Buffer.concat(pieces).toString() };
  const out = asked.path.startsWith('/v1/')
    ? api(whole, asked)
    : asked.path.startsWith('/_test/')
      ? { status: 200, json: control(whole, asked) }
      : show(whole, asked);
  if (out === 'reset') response.socket?.destroy();
  else if (out === 'hang') setTimeout(() => response.socket?.destroy(), 60_000).unref();
  else {
    const type = out.html === undefined ? 'application/json' : 'text/html; charset=utf-8';
    response
      .writeHead(out.status, { 'content-type': type, 'cache-control': 'no-store', 'request-id': 'req_standin', ...out.headers })
      .end(out.html ?? JSON.stringify(out.json));
  }
}

function api(whole: Whole, asked: Asked): Out {
  const trouble = troubleNow(whole.knobs, `${asked.method} ${asked.path}`);
  const down = { ...problem(500, 'api_error', 'An unknown error occurred') };
  if (trouble === 'reset' || trouble === 'hang') return trouble;
  if (trouble === 'limited') return { ...problem(429, 'invalid_request_error', 'Too many requests', { code: 'rate_limit' }), headers: { 'retry-after': '1' } };
  if (trouble === 'error') return down;
  const reply = answerApi(whole, asked);
  if (trouble === 'timeout_after') return 'hang';
  if (trouble === 'error_after') return down;
  return { ...reply, headers: { 'stripe-version': asked.headers['stripe-version'] ?? '2026-10-28.endive' } };
}

function troubleNow(knobs: Knobs, asked: string): Knobs['trouble'] {
  if (knobs.trouble === 'none' || !asked.includes(knobs.only)) return 'none';
  const { trouble } = knobs;
  if (knobs.times > 0) {
    knobs.times -= 1;
    if (knobs.times === 0) knobs.trouble = 'none';
  }
  return trouble;
}

/** For tests: what a person or a bank does, and how badly to behave. */
function control(whole: Whole, asked: Asked): unknown {
  const { knobs, till, notices } = whole;
  const of = JSON.parse(asked.body === '' ? '{}' : asked.body) as Record<string, string> & { atS?: number };
  const find = (id: string): [Account, Thing] => {
    for (const account of whole.accounts.values()) {
      const thing = account.things.get(id);
      if (thing) return [account, thing];
    }
    throw new Error(`nothing is called ${id}`);
  };
  switch (asked.path.slice('/_test/'.length)) {
    case 'knobs':
      return Object.assign(knobs, calm, of);
    case 'pay':
      return { paid: till.pay(...find(of['session'] ?? ''), of['number'] ?? '4242424242424242', true) };
    case 'decide':
      till.decide(...find(of['intent'] ?? ''), of['decision'] ?? 'clear');
      return {};
    case 'dispute':
      return till.dispute(...find(of['charge'] ?? ''), 'fraudulent');
    case 'end-dispute':
      till.endDispute(...find(of['dispute'] ?? ''), of['status'] === 'won' ? 'won' : 'lost');
      return {};
    case 'end-refund':
      till.endRefund(...find(of['refund'] ?? ''), of['status'] === 'failed' ? 'failed' : 'succeeded');
      return {};
    case 'payout':
      return till.payOut(whole.open(of['account'] ?? '', of['live'] === 'yes'));
    case 'endpoint':
      return notices.addEndpoint(whole.open(of['account'] ?? '', of['live'] === 'yes'), of['url'] ?? '', ['*'], of['secret']);
    case 'held':
      return notices.takeHeld();
    case 'things':
      return [...whole.accounts.values()].flatMap((account) => account.all(of['object'] ?? ''));
    default:
      throw new Error(`no control ${asked.path}`);
  }
}

function show(whole: Whole, asked: Asked): Out {
  const page = (status: number, html: string): Out => ({ status, html });
  const away = (location: string): Out => ({ status: 303, html: '', headers: { location } });
  const form = new URLSearchParams(asked.method === 'POST' ? asked.body : '');
  const [, mode, name] = /^\/dashboard\/(test|live)\/(\w+)$/.exec(asked.path) ?? [];
  if (name !== undefined) return page(200, dashboard(whole, whole.open(name, mode === 'live'), form));
  const id = /^\/c\/pay\/(\w+)$/.exec(asked.path)?.[1] ?? '';
  const found = [...whole.accounts.values()].map((account) => [account, account.find(id, 'checkout.session')] as const).find(([, session]) => session !== null);
  if (!found?.[1]) return page(404, 'Nothing here');
  const [account, session] = [found[0], found[1]];
  if (session['status'] === 'complete') return away(String(session['success_url']));
  if (session['status'] === 'expired') return page(410, endedPage(session));
  if (asked.method !== 'POST') return page(200, checkoutPage(session, null));
  if (form.get('confirm') === 'no') return page(200, checkoutPage(session, 'We are unable to authenticate your payment method.'));
  const paid = whole.till.pay(account, session, form.get('number') ?? '', form.get('confirm') === 'yes');
  if (paid === 'confirm') return page(200, confirmPage(form.get('number') ?? ''));
  return paid === 'declined' ? page(200, checkoutPage(session, 'Your card was declined.')) : away(String(session['success_url']));
}

function dashboard(whole: Whole, account: Account, form: URLSearchParams): string {
  const [act = '', id = ''] = (form.get('act') ?? '').split(':');
  const intent = account.find(id, 'payment_intent');
  const charge = account.find(String(intent?.['latest_charge']), 'charge');
  const secret = act === 'endpoint' ? whole.notices.addEndpoint(account, form.get('url') ?? '', ['*']).secret : null;
  if (act === 'payout') whole.till.payOut(account);
  if (act === 'dispute' && charge) whole.till.dispute(account, charge, 'fraudulent');
  if ((act === 'clear' || act === 'insufficient_funds') && intent) whole.till.decide(account, intent, act);
  return dashboardPage(account, secret);
}
