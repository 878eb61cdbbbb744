import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CardGateway, CheckoutRequest, RefundRequest } from '../../../core/gateways.ts';
import { newId } from '../../../db/fresh.ts';
import { setLogLevel } from '../../../log.ts';
import { sandboxGateway } from '../sandbox-gateway.ts';
import { type SandboxProcess, startSandbox } from '../sandbox-process.ts';
import { checkSignature, signatureHeader } from '../signature.ts';
import type { Notice } from './model.ts';

setLogLevel('silent');
const key = 'a key for the sandbox of tests';
const secret = 'a secret with more than 24 letters';
const business = newId();

type Heard = { body: string; header: string | undefined };
let folder: string;
let sandbox: SandboxProcess;
let listener: Server;
let heard: Heard[];
let answerWith: number;
let gateway: CardGateway;

beforeEach(async () => {
  heard = [];
  answerWith = 200;
  folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
  listener = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      heard.push({ body: Buffer.concat(pieces).toString(), header: request.headers[signatureHeader] as string | undefined });
      response.writeHead(answerWith).end();
    });
  });
  await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done));
  sandbox = await startSandbox({ folder, key, knobs: true });
  const inboundUrl = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
  gateway = sandboxGateway({ url: sandbox.url, key, publicUrl: sandbox.url, inboundUrl, secretOf: () => secret, timeoutMs: 300 });
});
afterEach(async () => {
  await sandbox.close();
  await new Promise((done) => listener.close(done));
  rmSync(folder, { recursive: true, force: true });
});

const wish = (attempt = newId(), more: Partial<CheckoutRequest> = {}): CheckoutRequest => ({
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
  payerEmail: null,
  ...more,
});

async function open(request: CheckoutRequest): Promise<{ url: string; session: string }> {
  const outcome = await gateway.createCheckout(request);
  if (outcome.kind !== 'open') throw new Error(`the checkout was ${outcome.kind}`);
  return outcome;
}

const press = (url: string, form: Record<string, string>): Promise<Response> =>
  fetch(url, { method: 'POST', redirect: 'manual', body: new URLSearchParams(form) });
const control = (path: string, body: unknown): Promise<Response> =>
  fetch(sandbox.url + path, { method: 'POST', headers: { authorization: `Bearer ${key}` }, body: JSON.stringify(body) });
const told = (): Notice[] => heard.map(({ body }) => JSON.parse(body) as Notice);

async function until(true_: () => boolean): Promise<void> {
  for (let tries = 0; tries < 100 && !true_(); tries += 1) await new Promise((done) => setTimeout(done, 50));
  expect(true_()).toBe(true);
}

describe('the sandbox processor', () => {
  it('answers the same checkout for the same key, and refuses the key for anything else', async () => {
    const request = wish();
    const first = await open(request);
    expect(await open(request)).toEqual(first);
    expect(await gateway.createCheckout({ ...request, amountMinor: 18_601n })).toEqual({ kind: 'refused', reason: 'idempotency_mismatch' });
  });

  it('pays by card without any script, once, and sends the payer back', async () => {
    const { attempt, ...rest } = wish();
    const { url, session } = await open({ attempt, ...rest });
    const page = await (await fetch(url)).text();
    expect(page).toContain('Otter &amp; &lt;Sons&gt; (demo)');
    expect(page).toContain('$186.00');
    expect(page).not.toContain('<script');
    const answer = await press(url, { instrument: 'card_success' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, rest.returnUrl]);
    expect((await press(url, { instrument: 'card_success' })).headers.get('location')).toBe(rest.returnUrl);
    expect(await gateway.fetchAttempt({ attempt, business, session })).toMatchObject({
      kind: 'succeeded',
      method: 'card',
      amountMinor: 18_600n,
      currency: 'USD',
      label: 'Visa •••• 4242',
    });
    await until(() => told().length === 2);
    expect(told().map((notice) => notice.type)).toEqual(['checkout.opened', 'payment.succeeded']);
  });

  it('says in the reader’s language that a card was declined, and lets them try another', async () => {
    const { url } = await open(wish(undefined, { locale: 'fr' }));
    expect((await press(url, { instrument: 'card_declined' })).headers.get('location')).toBe(new URL(url).pathname);
    const page = await (await fetch(url)).text();
    expect(page).toContain('lang="fr"');
    expect(page).toContain('role="alert"');
    expect((await press(url, { instrument: 'card_confirm' })).headers.get('location')).toMatch(/\/confirm$/);
    expect((await press(`${url}/confirm`, { answer: 'no' })).headers.get('location')).toBe(new URL(url).pathname);
    expect((await press(`${url}/confirm`, { answer: 'yes' })).headers.get('location')).toBe('http://127.0.0.1:9/back');
  });

  it('keeps a bank debit processing until somebody lets it clear or come back', async () => {
    const request = wish();
    const { url, session } = await open(request);
    const bank = sandbox.url + ((await press(url, { instrument: 'bank_clears' })).headers.get('location') ?? '');
    const now = () => gateway.fetchAttempt({ attempt: request.attempt, business, session });
    expect((await now()).kind).toBe('processing');
    expect(await (await fetch(bank)).text()).toContain('Let it come back');
    await press(bank, { decision: 'clear' });
    expect((await now()).kind).toBe('succeeded');
    await press(bank, { decision: 'return' });
    expect(await now()).toMatchObject({ kind: 'returned', failure: 'returned_by_bank' });
    await press(bank, { decision: 'clear' });
    expect((await now()).kind).toBe('returned');
  });

  it('closes an open checkout for good, and says when it is too late', async () => {
    const [one, two] = [wish(), wish()];
    const { url, session } = await open(one);
    expect(await gateway.expireCheckout({ attempt: one.attempt, business, session })).toEqual({ kind: 'expired' });
    expect((await fetch(url)).status).toBe(410);
    await press(url, { instrument: 'card_success' });
    expect((await gateway.fetchAttempt({ attempt: one.attempt, business, session })).kind).toBe('expired');
    const paid = await open(two);
    await press(paid.url, { instrument: 'card_success' });
    expect(await gateway.expireCheckout({ attempt: two.attempt, business, session: paid.session })).toEqual({ kind: 'too_late' });
  });

  it('signs what it sends, and sends it again until it is taken', async () => {
    answerWith = 503;
    await open(wish());
    await until(() => heard.length >= 2);
    answerWith = 200;
    const [first] = heard;
    const nowS = Math.trunc(Temporal.Now.instant().epochMilliseconds / 1000);
    expect(checkSignature(first?.header, Buffer.from(first?.body ?? ''), [secret], nowS)).toBe('right');
    expect(new Set(told().map((notice) => notice.id)).size).toBe(1);
    const before = heard.length;
    await until(() => heard.length > before);
    const settled = heard.length;
    await new Promise((done) => setTimeout(done, 1_500));
    expect(heard.length).toBe(settled);
  });

  it('can be told to send twice, not at all, or held back and out of order', async () => {
    await control('/v1/test/knobs', { notices: 'twice' });
    await open(wish());
    await until(() => heard.length === 2);
    expect(new Set(told().map((notice) => notice.id)).size).toBe(1);
    await control('/v1/test/knobs', { notices: 'hold' });
    const { url } = await open(wish());
    await press(url, { instrument: 'card_success' });
    const held = (await (await control('/v1/test/held', {})).json()) as { id: string }[];
    await control('/v1/test/release', { order: held.map(({ id }) => id).reverse() });
    await until(() => heard.length === 4);
    expect(
      told()
        .slice(2)
        .map((notice) => notice.type)
        .sort(),
    ).toEqual(['checkout.opened', 'payment.succeeded']);
    await control('/v1/test/knobs', { notices: 'drop' });
    await open(wish());
    await new Promise((done) => setTimeout(done, 700));
    expect(heard.length).toBe(4);
  });

  it('a silent or broken processor is unknown, never a guess', async () => {
    await control('/v1/test/knobs', { create: 'hang', fetch: 'error', expire: 'timeout_after' });
    const request = wish();
    expect(await gateway.createCheckout(request)).toEqual({ kind: 'unknown' });
    expect(await gateway.fetchAttempt({ attempt: request.attempt, business, session: null })).toEqual({ kind: 'unknown' });
    await control('/v1/test/knobs', {});
    expect(await gateway.fetchAttempt({ attempt: request.attempt, business, session: null })).toEqual({ kind: 'none' });
  });

  it('is started again on the same port after it was killed, and has forgotten nothing', async () => {
    const request = wish();
    const { session } = await open(request);
    process.kill(sandbox.pid() ?? 0, 'SIGKILL');
    let outcome = await gateway.fetchAttempt({ attempt: request.attempt, business, session });
    for (let tries = 0; tries < 10 && outcome.kind === 'unknown'; tries += 1)
      outcome = await gateway.fetchAttempt({ attempt: request.attempt, business, session });
    expect(outcome).toMatchObject({ kind: 'open', session });
  });

  async function paidWith(instrument: string): Promise<{ request: CheckoutRequest; reference: string }> {
    const request = wish();
    const { url, session } = await open(request);
    await press(url, { instrument });
    const outcome = await gateway.fetchAttempt({ attempt: request.attempt, business, session });
    return { request, reference: 'reference' in outcome ? (outcome.reference ?? '') : '' };
  }
  const back = (request: CheckoutRequest, reference: string, amountMinor: bigint, refund = newId()): RefundRequest => ({
    ...{ refund, attempt: request.attempt, business, reference, amountMinor, currency: 'USD', idempotencyKey: `refund-${refund}` },
  });

  it('gives money back once for one key, never more than was paid, and knows what it gave back by the caller’s id', async () => {
    const { request, reference } = await paidWith('card_success');
    const first = back(request, reference, 11_160n);
    const outcome = await gateway.refund(first);
    expect(outcome).toMatchObject({ kind: 'succeeded' });
    expect(await gateway.refund(first)).toEqual(outcome);
    expect(await gateway.refund({ ...first, amountMinor: 1n })).toEqual({ kind: 'refused', reason: 'idempotency_mismatch' });
    expect(await gateway.refund(back(request, reference, 11_160n))).toEqual({ kind: 'refused', reason: 'amount_too_large' });
    expect(await gateway.refund({ ...back(request, reference, 1n), currency: 'EUR' })).toEqual({ kind: 'refused', reason: 'currency_differs' });
    expect(await gateway.fetchRefund({ ...first })).toEqual(outcome);
    expect(await gateway.fetchRefund({ ...first, refund: newId() })).toEqual({ kind: 'none' });
  });

  it('a refund nobody answered for is unknown until it is fetched', async () => {
    const { request, reference } = await paidWith('card_success');
    await control('/v1/test/knobs', { refund: 'timeout_after' });
    const wanted = back(request, reference, 18_600n);
    expect(await gateway.refund(wanted)).toEqual({ kind: 'unknown' });
    await control('/v1/test/knobs', { refunds: 'pending' });
    expect((await gateway.fetchRefund(wanted)).kind).toBe('succeeded');
  });

  it('tells of refunds that fail later, of those made in its dashboard, and of disputes and their end', async () => {
    const { request, reference } = await paidWith('card_success');
    const outcome = await gateway.refund(back(request, reference, 600n));
    const refund = 'reference' in outcome ? outcome.reference : '';
    await control(`/v1/refunds/${refund}/fail`, {});
    await control(`/v1/payments/${reference}/refund`, { amount: '1000' });
    await control(`/v1/payments/${reference}/dispute`, {});
    await control(`/v1/payments/${reference}/dispute/win`, {});
    await control(`/v1/payments/${reference}/dispute/lose`, {});
    await until(() => heard.length === 7);
    const nowS = Math.trunc(Temporal.Now.instant().epochMilliseconds / 1000);
    const events = heard.slice(2).map(({ body, header }) => gateway.verifyEvent(Buffer.from(body), { [signatureHeader]: header }, [secret], nowS));
    expect(events).toMatchObject([
      { attempt: request.attempt, payment: reference, outcome: null, refund: { state: 'succeeded', amountMinor: 600n }, dispute: null },
      { refund: { state: 'failed', reference: refund, reason: 'account_closed' } },
      { refund: { refund: null, state: 'succeeded', amountMinor: 1_000n, currency: 'USD' } },
      { outcome: null, refund: null, dispute: { state: 'open', amountMinor: 17_600n, feeMinor: 1_500n, reason: 'product_not_received' } },
      { dispute: { state: 'won' } },
    ]);
  });

  it('lets nobody use its API without the key, and shows no checkout to another account', async () => {
    const { session } = await open(wish());
    expect((await fetch(`${sandbox.url}/v1/checkout/sessions/${session}`)).status).toBe(401);
    const foreign = await fetch(`${sandbox.url}/v1/checkout/sessions/${session}`, { headers: { authorization: `Bearer ${key}`, 'sandbox-account': newId() } });
    expect(foreign.status).toBe(404);
    expect((await fetch(`${sandbox.url}/sandbox/pay/cs_${'0'.repeat(32)}`)).status).toBe(404);
  });
});
