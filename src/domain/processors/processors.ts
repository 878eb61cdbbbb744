import type { KeyCheck, Keys } from '../../core/gateways.ts';
import { limits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import { newId } from '../../db/fresh.ts';
import { enqueue } from '../../db/queue.ts';
import type { Scope } from '../../db/scope.ts';
import { recordEvent } from '../events/events.ts';
import { countMoving } from '../payments/payments.ts';
import { tellStaff } from '../people/notices.ts';
import { mustBeAllowed, rightsOfRole } from '../people/rights.ts';
import { listStaff } from '../people/staff.ts';
import { sealedFor } from './accounts.ts';
import {
  type AccountRow,
  endAccount,
  insertAccount,
  lockAccount,
  lockOffered,
  type Offered,
  paidElsewhere,
  selectAccount,
  selectOffered,
  updateAccount,
  updateOffered,
} from './queries.ts';

/**
 * Processors a business connects with a key of its own. Where the money of customers goes is changed like how they are told to pay (rule 47): by two
 * people where there are two, else after a day that everybody was told of.
 */
export { accountOf } from './accounts.ts';
export type { Offered };

/** The account connected, without anything that opens it. */
export type Connected = Pick<
  AccountRow,
  'accountId' | 'accountName' | 'live' | 'keyHint' | 'secretHint' | 'secretAt' | 'oldSecretUntil' | 'askedByName' | 'connectedAt'
>;
export type Waiting = Pick<AccountRow, 'accountId' | 'accountName' | 'live' | 'keyHint' | 'askedBy' | 'askedByName' | 'askedAt' | 'liveAt'> &
  Readonly<{ needs: 'time' | 'second_person' }>;
export type Processor = Offered & Readonly<{ connected: Connected | null; waiting: Waiting | null; movingPayments: number }>;

const waitHours = 24;
const oldSecretHours = 24;
const shortestSecret = 24;
const leastAtStripe = 50n;
/** The processors one connects oneself; the sandbox needs no key. */
const gateway = 'stripe';

export async function readProcessor(scope: Scope): Promise<Processor> {
  await mustBeAllowed(scope, 'settings:read');
  const [connected, waiting] = [await selectAccount(scope, gateway, 'connected'), await selectAccount(scope, gateway, 'waiting')];
  return {
    ...(await selectOffered(scope)),
    connected: connected ?? null,
    waiting: waiting === undefined ? null : { ...waiting, needs: waiting.liveAt === null ? 'second_person' : 'time' },
    movingPayments: await countMoving(scope, gateway),
  };
}

/** What a key that was looked at opens; refuses in plain words what is wrong with one that cannot be used. */
export function usable(check: KeyCheck): Extract<KeyCheck, { kind: 'fine' }> {
  if (check.kind === 'fine') return check;
  if (check.kind === 'unknown') throw new Refusal('processor_silent');
  if (check.kind === 'denied') {
    const errors = check.missing.map((right) => ({ field: right, code: 'processor_key_lacks', detail: 'This right is off.' }));
    throw new Refusal('processor_key_lacks', { errors });
  }
  throw new Refusal(check.why === 'wrong' ? 'processor_key_wrong' : 'processor_key_malformed', { field: 'key' });
}

/**
 * Connects the account a key opens. A new key of the account there is takes its place at once; so does a first account, and one with play money.
 * Where real money went to another account before, it waits. Refuses `pay_change_waiting`, and `processor_busy` while payments are under way at the one
 * there is.
 */
export async function connectProcessor(
  scope: Scope,
  keys: Pick<Keys, 'seal'>,
  input: Readonly<{ key: string; found: Extract<KeyCheck, { kind: 'fine' }> }>,
): Promise<Processor> {
  await mustBeAllowed(scope, 'settings:write');
  const { account, name, live } = input.found;
  if ((await selectAccount(scope, gateway, 'waiting')) !== undefined) throw new Refusal('pay_change_waiting');
  const now = await lockAccount(scope, gateway, 'connected');
  const keyHint = input.key.slice(-4);
  if (now !== undefined && now.accountId === account && now.live === live) {
    await updateAccount(scope, now.id, { sealed_key: keys.seal(input.key, sealedFor(scope.business, now.id, 'key')), key_hint: keyHint, account_name: name });
    await recordEvent(scope, { kind: 'processor.key_changed', data: { gateway, account, live } });
    return readProcessor(scope);
  }
  if (now !== undefined) await mustRest(scope);
  const id = newId();
  const waits = live && (await paidElsewhere(scope, gateway, account));
  const liveAt = waits && (await others(scope)).length === 0 ? scope.now.add({ hours: waitHours }).toString() : null;
  if (!waits && now !== undefined) await endAccount(scope, now.id);
  const sealedKey = keys.seal(input.key, sealedFor(scope.business, id, 'key'));
  await insertAccount(scope, { id, gateway, state: waits ? 'waiting' : 'connected', accountId: account, accountName: name, live, sealedKey, keyHint, liveAt });
  if (waits) await ask(scope, id, account, liveAt);
  else await took(scope, id, { account, live, by: scope.actor.name });
  return readProcessor(scope);
}

async function ask(scope: Scope, id: string, account: string, liveAt: string | null): Promise<void> {
  if (liveAt !== null) await enqueue(scope, 'publish-processor', { accountId: id }, { key: id, runAt: Temporal.Instant.from(liveAt) });
  await tellAll(scope, 'processor_asked', id, { by: scope.actor.name });
  await recordEvent(scope, { kind: 'processor.asked', data: { gateway, account, liveAt } });
}

async function took(scope: Scope, id: string, of: Readonly<{ account: string; live: boolean; by: string }>): Promise<void> {
  await tellAll(scope, 'processor_connected', id, { by: of.by });
  await recordEvent(scope, { kind: 'processor.connected', data: { gateway, ...of } });
}

/** A second person says yes. Refuses `pay_change_own` for whoever asked, `processor_busy`, `not_found`. */
export async function confirmProcessor(scope: Scope): Promise<Processor> {
  await mustBeAllowed(scope, 'settings:write');
  const waiting = await lockAccount(scope, gateway, 'waiting');
  if (waiting === undefined || waiting.liveAt !== null) throw new Refusal('not_found');
  if (scope.actor.id === waiting.askedBy) throw new Refusal('pay_change_own');
  await mustRest(scope);
  await takeOver(scope, waiting);
  return readProcessor(scope);
}

/** Stops one that waits; anybody who could have asked for it may. Refuses `not_found`. */
export async function cancelProcessor(scope: Scope): Promise<Processor> {
  await mustBeAllowed(scope, 'settings:write');
  const waiting = await lockAccount(scope, gateway, 'waiting');
  if (waiting === undefined) throw new Refusal('not_found');
  await endAccount(scope, waiting.id);
  await tellAll(scope, 'processor_canceled', waiting.id, { by: scope.actor.name });
  await recordEvent(scope, { kind: 'processor.canceled', data: { gateway, account: waiting.accountId } });
  return readProcessor(scope);
}

/** The day is over. False: payments are still under way at the account there is, so it is tried again. */
export async function publishProcessor(scope: Scope, id: string): Promise<boolean> {
  const waiting = await lockAccount(scope, gateway, 'waiting');
  if (waiting?.id !== id || waiting.liveAt === null || Temporal.Instant.compare(scope.now, Temporal.Instant.from(waiting.liveAt)) < 0) return true;
  if ((await selectAccount(scope, gateway, 'connected')) !== undefined && (await countMoving(scope, gateway)) > 0) return false;
  await takeOver(scope, waiting);
  return true;
}

async function takeOver(scope: Scope, waiting: AccountRow): Promise<void> {
  const before = await lockAccount(scope, gateway, 'connected');
  if (before !== undefined) await endAccount(scope, before.id);
  await updateAccount(scope, waiting.id, { state: 'connected', connected_at: scope.now.toString() });
  await took(scope, waiting.id, { account: waiting.accountId, live: waiting.live, by: waiting.askedByName });
}

/**
 * The secret that signs what the processor tells us. The one before signs too for a day, so that none is lost while it is changed there. Refuses
 * `signing_secret_malformed`, `not_found` without an account.
 */
export async function setSigningSecret(scope: Scope, keys: Pick<Keys, 'seal'>, input: Readonly<{ secret: string }>): Promise<Processor> {
  await mustBeAllowed(scope, 'settings:write');
  const secret = input.secret.trim();
  if (!/^whsec_[\w+/=-]+$/.test(secret) || secret.length < shortestSecret || secret.length > 200)
    throw new Refusal('signing_secret_malformed', { field: 'secret' });
  const account = await lockAccount(scope, gateway, 'connected');
  if (account === undefined) throw new Refusal('not_found');
  await updateAccount(scope, account.id, {
    sealed_secret: keys.seal(secret, sealedFor(scope.business, account.id, 'secret')),
    secret_hint: secret.slice(-4),
    secret_at: scope.now.toString(),
    sealed_old_secret: account.sealedSecret,
    old_secret_until: account.sealedSecret === null ? null : scope.now.add({ hours: oldSecretHours }).toString(),
  });
  await recordEvent(scope, { kind: 'processor.secret_changed', data: { gateway, account: account.accountId } });
  return readProcessor(scope);
}

/** The secret before signs nothing any more, from this moment on. Refuses `not_found`. */
export async function dropOldSecret(scope: Scope): Promise<Processor> {
  await mustBeAllowed(scope, 'settings:write');
  const account = await lockAccount(scope, gateway, 'connected');
  if (account === undefined || account.sealedOldSecret === null) throw new Refusal('not_found');
  await updateAccount(scope, account.id, { sealed_old_secret: null, old_secret_until: null });
  await recordEvent(scope, { kind: 'processor.secret_changed', data: { gateway, account: account.accountId, oldDropped: true } });
  return readProcessor(scope);
}

/** Forgets the key and both secrets. Refuses `processor_busy` while payments are under way there: nobody could say what became of them. */
export async function disconnectProcessor(scope: Scope): Promise<Processor> {
  await mustBeAllowed(scope, 'settings:write');
  const account = await lockAccount(scope, gateway, 'connected');
  if (account === undefined) throw new Refusal('not_found');
  const offered = await lockOffered(scope);
  await mustRest(scope);
  if (offered.gateway === gateway) await updateOffered(scope, { ...offered, gateway: null });
  await endAccount(scope, account.id);
  await tellAll(scope, 'processor_disconnected', account.id, { by: scope.actor.name });
  await recordEvent(scope, { kind: 'processor.disconnected', data: { gateway, account: account.accountId } });
  return readProcessor(scope);
}

async function mustRest(scope: Scope): Promise<void> {
  const moving = await countMoving(scope, gateway);
  if (moving > 0) throw new Refusal('processor_busy', { payments: moving });
}

export type OfferedChanges = Readonly<
  Partial<{ gateway: 'sandbox' | 'stripe' | null; card: boolean; bank: boolean; cardFloorMinor: bigint; bankFloorMinor: bigint }>
>;

/** Which processor customers pay by, in which ways, and from which amount. Refuses `method_unavailable`, `processor_unready`, bad amounts. */
export async function changeOffered(scope: Scope, changes: OfferedChanges, allowed: Readonly<{ sandbox: boolean }>): Promise<Processor> {
  await mustBeAllowed(scope, 'settings:write');
  const before = await lockOffered(scope);
  const after: { -readonly [K in keyof Offered]: Offered[K] } = { ...before, ...changes };
  if (after.gateway === 'sandbox' && !before.demo && !allowed.sandbox) throw new Refusal('method_unavailable', { field: 'gateway' });
  if (after.gateway === gateway && before.gateway !== gateway) {
    const account = await selectAccount(scope, gateway, 'connected');
    if (account === undefined || account.sealedSecret === null) throw new Refusal('processor_unready', { field: 'gateway' });
  }
  // Stripe takes no less than about half a dollar: who turns it on need not find that out from a customer.
  if (after.gateway === gateway && before.gateway !== gateway) {
    if (after.cardFloorMinor < leastAtStripe) after.cardFloorMinor = leastAtStripe;
    if (after.bankFloorMinor < leastAtStripe) after.bankFloorMinor = leastAtStripe;
  }
  if (!after.card && !after.bank) throw new Refusal('required', { field: 'card' });
  for (const field of ['cardFloorMinor', 'bankFloorMinor'] as const) {
    if (after[field] < limits.paymentMinMinor) throw new Refusal('amount_too_small', { field });
    if (after[field] > limits.paymentMaxMinor) throw new Refusal('amount_too_large', { field });
  }
  await updateOffered(scope, after);
  const told = ({ gateway: by, card, bank, cardFloorMinor, bankFloorMinor }: Omit<Offered, 'demo'>) => ({
    ...{ gateway: by, card, bank },
    cardFloorMinor: cardFloorMinor.toString(),
    bankFloorMinor: bankFloorMinor.toString(),
  });
  await recordEvent(scope, { kind: 'business.settings_changed', data: { changed: ['waysToPay'], before: told(before), after: told(after) } });
  return readProcessor(scope);
}

async function deciders(scope: Scope) {
  return (await listStaff(scope)).filter(({ role }) => rightsOfRole(role).includes('settings:write'));
}
async function others(scope: Scope) {
  return (await deciders(scope)).filter(({ id }) => id !== scope.actor.id);
}

type Notice = 'processor_asked' | 'processor_connected' | 'processor_canceled' | 'processor_disconnected';
async function tellAll(scope: Scope, notice: Notice, accountId: string, facts: Record<string, string>): Promise<void> {
  for (const { id } of await deciders(scope)) await tellStaff(scope, id, { notice, once: `${notice}:${accountId}:${id}`, facts });
}
