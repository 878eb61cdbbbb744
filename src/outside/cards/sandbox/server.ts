import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { preferredLocale } from '../../../core/locale.ts';
import { answerApi } from './api.ts';
import type { Answer, Asked, Parts } from './asked.ts';
import { Bank, type Instrument, instruments, payPath } from './bank.ts';
import { startDeliveries } from './deliveries.ts';
import { calm, type SandboxSettings, type Session } from './model.ts';
import { bankPage, bankPath, confirmPage, endedPage, notHerePage, payPage, stylesheet } from './pages.ts';
import { answerSave } from './save.ts';
import { SandboxStore } from './store.ts';
import { WayBack } from './way-back.ts';

const longestBody = 64 * 1024;
const policy = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** The sandbox processor, listening on the loopback only. */
export type RunningSandbox = Readonly<{ port: number; close: () => Promise<void> }>;

export async function serveSandbox(settings: SandboxSettings, now: () => number): Promise<RunningSandbox> {
  const store = new SandboxStore(settings.folder, now);
  const knobs = { ...calm };
  const bank = new Bank(store, knobs, { now, bankAfterMs: settings.bankAfterMs });
  const wayBack = new WayBack(store, bank, knobs, now);
  const parts: Parts = { store, bank, wayBack, knobs, key: settings.key, withKnobs: settings.knobs };
  const server = createServer((request, response) => void serve(parts, request, response));
  await listen(server, settings.port);
  const deliveries = startDeliveries(store, now, () => bank.decideDue());
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await deliveries.stop();
      store.close();
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(port, '127.0.0.1', done);
  });
}

async function serve(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await read(request);
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  const asked: Asked = { method: request.method ?? 'GET', path, headers: headersOf(request), body: body ?? '' };
  const answer: Answer = body === null ? { status: 413 } : (answerApi(parts, asked) ?? answerPage(parts, asked));
  // A caller that gets nothing gives up by itself; its connection ends then.
  if (answer === 'silent') return;
  const headers: Record<string, string> = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' };
  if (answer.location !== undefined) headers['location'] = answer.location;
  if (answer.json !== undefined) headers['content-type'] = 'application/json';
  if (answer.css !== undefined) Object.assign(headers, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'public, max-age=3600' });
  if (answer.html !== undefined) Object.assign(headers, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy });
  response.writeHead(answer.status, headers).end(answer.html ?? answer.css ?? (answer.json === undefined ? '' : JSON.stringify(answer.json)));
}

async function read(request: IncomingMessage): Promise<string | null> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > longestBody) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function headersOf(request: IncomingMessage): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]));
}

/** What payers see. Every press answers with a redirect, so that reload and back repeat nothing. */
function answerPage(parts: Parts, asked: Asked): Answer {
  if (asked.path === '/sandbox/style.css') return { status: 200, css: stylesheet };
  const form = new URLSearchParams(asked.method === 'POST' ? asked.body : '');
  const [, toSave] = /^\/sandbox\/save\/(st_[0-9a-f]{32})$/.exec(asked.path) ?? [];
  const saving = toSave === undefined ? null : answerSave(parts, toSave, asked.method === 'POST' ? form : null);
  if (saving !== null) return saving;
  const [, kind, id = '', rest] = /^\/sandbox\/(pay|bank)\/((?:cs|pm)_[0-9a-f]{32})(\/confirm)?$/.exec(asked.path) ?? [];
  const session = kind === 'bank' ? parts.store.sessionOfPayment(id) : parts.store.session(id);
  if (session === null) return { status: 404, html: notHerePage(preferredLocale(asked.headers['accept-language'], 'en')) };
  if (kind === 'bank') return answerBank(parts, session, asked.method === 'POST' ? form.get('decision') : null);
  if (asked.method !== 'POST') return show(session, rest !== undefined);
  return rest === undefined
    ? pressPay(parts, session, form.get('instrument'))
    : after(parts.bank.confirm(session.id, form.get('answer') === 'yes'), parts, session);
}

function show(session: Session, confirming: boolean): Answer {
  if (session.status === 'expired') return { status: 410, html: endedPage(session) };
  if (session.status === 'complete') return { status: 303, location: placeOf(session) };
  return { status: 200, html: confirming ? confirmPage(session) : payPage(session) };
}

function pressPay(parts: Parts, session: Session, instrument: string | null): Answer {
  if (instrument === null || !(instrument in instruments)) return { status: 303, location: payPath(session.id) };
  return after(parts.bank.pay(session.id, instrument as Instrument), parts, session);
}

function after(paid: ReturnType<Bank['pay']>, parts: Parts, session: Session): Answer {
  if (paid === 'confirm') return { status: 303, location: `${payPath(session.id)}/confirm` };
  if (paid === 'declined') return { status: 303, location: payPath(session.id) };
  const now = parts.store.session(session.id) ?? session;
  return { status: 303, location: now.status === 'complete' ? placeOf(now) : payPath(session.id) };
}

/** A card is done and goes back; a bank debit stops where one can decide what the bank does. */
function placeOf(session: Session): string {
  return session.payment?.method === 'bank' ? bankPath(session.payment.id) : session.returnUrl;
}

function answerBank({ bank, store }: Parts, session: Session, decision: string | null): Answer {
  const payment = session.payment;
  if (payment === null) return { status: 404, html: notHerePage(session.locale) };
  if (decision === 'clear' || decision === 'return') {
    bank.decide(payment.id, decision);
    return { status: 303, location: bankPath(payment.id) };
  }
  return { status: 200, html: bankPage(store.session(session.id) ?? session, payment) };
}
