import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CardGateway, CheckoutRequest } from '../../../core/gateways.ts';
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

  it('lets nobody use its API without the key, and shows no checkout to another account', async () => {
    const { session } = await open(wish());
    expect((await fetch(`${sandbox.url}/v1/checkout/sessions/${session}`)).status).toBe(401);
    const foreign = await fetch(`${sandbox.url}/v1/checkout/sessions/${session}`, { headers: { authorization: `Bearer ${key}`, 'sandbox-account': newId() } });
    expect(foreign.status).toBe(404);
    expect((await fetch(`${sandbox.url}/sandbox/pay/cs_${'0'.repeat(32)}`)).status).toBe(404);
  });
});
