import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CardGateway, KeptMethod, SavedChargeRequest } from '../../../core/gateways.ts';
import { newId } from '../../../db/fresh.ts';
import { setLogLevel } from '../../../log.ts';
import { sandboxGateway } from '../sandbox-gateway.ts';
import { type SandboxProcess, startSandbox } from '../sandbox-process.ts';

setLogLevel('silent');
const key = 'a key for the sandbox of tests';
const business = newId();
let folder: string;
let sandbox: SandboxProcess;
let gateway: CardGateway;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
  sandbox = await startSandbox({ folder, key, knobs: true });
  gateway = sandboxGateway({
    ...{ url: sandbox.url, key, publicUrl: sandbox.url, inboundUrl: 'http://127.0.0.1:9', timeoutMs: 300 },
    secretOf: () => 'a secret with more than 24 letters',
  });
});
afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

const control = async (path: string, body: unknown): Promise<void> => {
  await fetch(`${sandbox.url}/v1/test/${path}`, { method: 'POST', headers: { authorization: `Bearer ${key}` }, body: JSON.stringify(body) });
};

async function setUp(setup = newId()) {
  const place = { returnUrl: 'http://127.0.0.1:9/back', cancelUrl: 'http://127.0.0.1:9/cancel', payee: 'Otter & <Sons> (demo)', payerEmail: null };
  const asked = { ...place, setup, business, payerRef: 'p1', methods: ['card', 'bank'], locale: 'en', idempotencyKey: `setup-${setup}` } as const;
  const opened = await gateway.createSetup(asked);
  return opened.kind === 'open' ? { setup, asked, ...opened } : expect.fail(opened.kind);
}

async function saved(instrument: string): Promise<KeptMethod> {
  const { setup, session } = await setUp();
  await control('save', { session, instrument });
  const outcome = await gateway.fetchSetup({ setup, business, session });
  return outcome.kind === 'saved' ? outcome : expect.fail(outcome.kind);
}

const charge = ({ reference, holder, method }: KeptMethod, more: Partial<SavedChargeRequest> = {}) => {
  const attempt = more.attempt ?? newId();
  const money = { amountMinor: 18_600n, currency: 'USD', description: 'Invoice 1042' };
  return gateway.chargeSaved({ attempt, business, reference, holder, method, ...money, idempotencyKey: `attempt-${attempt}`, ...more });
};

describe('saved methods at the sandbox', () => {
  it('a setup asked for twice is one page, which keeps a card and sends its payer back', async () => {
    const { setup, asked, url, session } = await setUp();
    expect(await gateway.createSetup(asked)).toEqual({ kind: 'open', url, session });
    const page = await (await fetch(url)).text();
    expect(page).toContain('Otter &amp; &lt;Sons&gt; (demo)');
    expect(await gateway.fetchSetup({ setup, business, session })).toMatchObject({ kind: 'open' });
    const pressed = await fetch(url, { method: 'POST', body: new URLSearchParams({ instrument: 'card_success' }), redirect: 'manual' });
    expect([pressed.status, pressed.headers.get('location')]).toEqual([303, 'http://127.0.0.1:9/back']);
    expect(await gateway.fetchSetup({ setup, business, session })).toMatchObject({ kind: 'saved', method: 'card', label: 'Visa •••• 4242', holder: 'cu_p1' });
    expect((await gateway.fetchSetup({ setup, business: newId(), session })).kind).toBe('none');
  });

  it('P2 a charge sent again under its key is the same charge, and another attempt under it is refused', async () => {
    const card = await saved('card_success');
    const attempt = newId();
    const first = await charge(card, { attempt });
    expect(first).toMatchObject({ kind: 'succeeded', amountMinor: 18_600n, label: 'Visa •••• 4242' });
    expect(await charge(card, { attempt })).toEqual(first);
    expect(await charge(card, { attempt, idempotencyKey: 'another' })).toEqual({ kind: 'failed', failure: 'other' });
    expect(await gateway.fetchAttempt({ attempt, business, session: null })).toEqual(first);
  });

  it.each([
    ['card_no_money', { kind: 'failed', failure: 'insufficient_funds' }],
    ['card_confirm', { kind: 'failed', failure: 'needs_confirmation' }],
    ['card_stops', { kind: 'failed', failure: 'expired_card' }],
    ['bank_clears', { kind: 'processing', method: 'bank' }],
  ])('%s answers as such a card or account does', async (instrument, outcome) => {
    expect(await charge(await saved(instrument))).toMatchObject(outcome);
  });

  it('P3 a charge whose answer is lost is unknown, and asking finds what it did', async () => {
    const card = await saved('card_success');
    const [done, never] = [newId(), newId()];
    await control('knobs', { charge: 'timeout_after' });
    expect(await charge(card, { attempt: done })).toEqual({ kind: 'unknown' });
    await control('knobs', { charge: 'hang' });
    expect(await charge(card, { attempt: never })).toEqual({ kind: 'unknown' });
    await control('knobs', {});
    expect((await gateway.fetchAttempt({ attempt: done, business, session: null })).kind).toBe('succeeded');
    expect((await gateway.fetchAttempt({ attempt: never, business, session: null })).kind).toBe('none');
  });

  it('a method that was taken away is charged no more, and one of another business never', async () => {
    const card = await saved('card_success');
    expect(await charge(card, { business: newId() })).toEqual({ kind: 'failed', failure: 'account_closed' });
    expect([await gateway.forgetMethod({ business, reference: card.reference }), await gateway.forgetMethod({ business, reference: card.reference })]).toEqual([
      'gone',
      'gone',
    ]);
    expect(await charge(card)).toEqual({ kind: 'failed', failure: 'account_closed' });
  });
});
