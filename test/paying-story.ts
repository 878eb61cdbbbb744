import { publicId } from '../src/core/ids.ts';
import type { Database } from '../src/db/pool.ts';
import { inTransaction, type Scope, systemActor } from '../src/db/scope.ts';
import { askProcessor, openCheckout, recordPayment, reversePayment, startPayment, type Till, workNotice } from '../src/domain/payments/payments.ts';
import type { Truth } from '../src/outside/cards/sandbox/model.ts';
import { sandboxGateway } from '../src/outside/cards/sandbox-gateway.ts';
import { sign, signatureHeader } from '../src/outside/cards/signature.ts';
import { keysOf } from '../src/outside/keys.ts';
import type { Deps } from '../src/web/context.ts';
import { endpointSecret, inboundRoutes } from '../src/web/inbound/inbound.ts';
import { sandboxKey, tillSecret } from './till.ts';

/** The ids of one whole story, made beforehand so that it can be told again from any point. */
export type Story = Readonly<{
  business: string;
  customer: string;
  person: string;
  staff: string;
  document: string;
  older: string;
  attempt: string;
  check: string;
}>;

const place = {
  returnUrl: 'http://127.0.0.1:9/back',
  cancelUrl: 'http://127.0.0.1:9/',
  payee: 'Otter',
  description: 'Invoice',
  locale: 'en',
  payerEmail: null,
} as const;

/**
 * A checkout, a newer one in another tab, paid there, told by a notice and asked for; a check recorded for the rest, and taken back.
 * Told again after a crash it goes on where it ended: every step is its own repeat.
 */
export async function payThrough(database: Database, sandboxUrl: string, story: Story): Promise<void> {
  const { business, customer, person } = story;
  const keys = keysOf(tillSecret);
  const secretOf = (id: string): string => endpointSecret(keys, 'sandbox', id);
  const cards = {
    sandbox: sandboxGateway({ url: sandboxUrl, key: sandboxKey, publicUrl: sandboxUrl, inboundUrl: 'http://127.0.0.1:9', secretOf, timeoutMs: 2_000 }),
  };
  const till: Till = { database, keys, cards };
  const asOffice = <T>(work: (scope: Scope) => Promise<T>): Promise<T> =>
    inTransaction(database, { role: 'office', business, actor: { kind: 'staff', id: story.staff, name: 'Ida Brandt' } }, work);
  const asPayer = <T>(work: (scope: Scope) => Promise<T>): Promise<T> =>
    inTransaction(
      database,
      { role: 'portal', business, actor: { kind: 'person', id: person, name: 'Dana' }, customers: [customer], accounts: [customer], people: [person] },
      work,
    );
  const press = async (id: string): Promise<void> => {
    const targets = [{ documentId: story.document, amountMinor: 6_000n }];
    const started = await asPayer((scope) => startPayment(scope, { id, customerId: customer, method: 'card', currency: 'USD', targets, personId: person }));
    await openCheckout(till, started, place);
  };
  await press(story.older);
  await press(story.attempt);
  const call = (path: string, body?: unknown): Promise<Response> =>
    fetch(sandboxUrl + path, {
      headers: { authorization: `Bearer ${sandboxKey}`, 'sandbox-account': business },
      ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
    });
  const truthOf = async (): Promise<Truth> => (await (await call(`/v1/attempts/${story.attempt}`)).json()) as Truth;
  await call('/v1/test/pay', { session: (await truthOf()).session, instrument: 'card_success' });
  await notice(till, story, await truthOf());
  await askProcessor(till, business, story.attempt);
  const form = {
    id: story.check,
    customerId: customer,
    method: 'check',
    amountMinor: 1_000n,
    currency: 'USD',
    receivedOn: '2026-01-05',
    targets: null,
  } as const;
  await asOffice((scope) => recordPayment(scope, form));
  await asOffice((scope) => reversePayment(scope, { paymentId: story.check, reason: 'Bounced' })).catch((error: { code?: string }) => {
    if (error.code !== 'payment_already_reversed') throw error;
  });
}

async function notice(till: Till, { business, attempt }: Story, data: Truth): Promise<void> {
  const nowS = Math.trunc(Temporal.Now.instant().epochMilliseconds / 1000);
  const id = `evt_${attempt.replaceAll('-', '')}`;
  const body = JSON.stringify({ id, type: 'payment.succeeded', account: business, livemode: false, created: nowS, data });
  const deps = { ...till, now: () => Temporal.Now.instant() } as unknown as Deps;
  const headers = { [signatureHeader]: sign(endpointSecret(till.keys, 'sandbox', business), nowS, Buffer.from(body)) };
  const answer = await inboundRoutes(deps).request(`/sandbox/${publicId('business', business)}`, { method: 'POST', body, headers });
  if (!answer.ok) throw new Error(`the notice was answered ${answer.status}`);
  await inTransaction(till.database, { role: 'system', business, actor: systemActor }, (scope) =>
    workNotice(scope, till.keys, { gateway: 'sandbox', eventId: id }),
  );
}
