import type { Keys } from '../../core/gateways.ts';
import { Refusal } from '../../core/refusal.ts';
import { clean } from '../../core/text.ts';
import { hashToken, newId } from '../../db/fresh.ts';
import type { Database } from '../../db/pool.ts';
import { asLogin } from '../../db/scope.ts';
import { refreshSession, selectSession } from './entry/queries.ts';
import { mustNotWait, networkOf, waitFor } from './entry/throttles.ts';
import { type Asked, openCeremony, readCeremony } from './factors/ceremonies.ts';
import { type AppSecret, newAppSecret, newRecoveryCodes, proofOf, takeAppCode } from './factors/codes.ts';
import {
  answeredBy,
  type CreationOptions,
  creationOptions,
  credentialOf,
  madePasskey,
  type Party,
  type RequestOptions,
  requestOptions,
} from './factors/passkeys.ts';
import {
  confirmApp,
  countRecovery,
  deleteApp,
  deletePasskey,
  endCeremony,
  hasApp,
  insertPasskey,
  lockApp,
  lockPasskey,
  notePasskeyUse,
  renamePasskey,
  replaceRecovery,
  selectPasskeys,
} from './factors/queries.ts';

export { type Party, partyOf } from './factors/passkeys.ts';
export type { AppSecret, Asked, CreationOptions, RequestOptions };

const mostPasskeys = 20;

/** What proves somebody besides the password. */
export type Factors = Readonly<{
  passkeys: readonly Readonly<{ id: string; name: string; createdAt: string; lastUsedAt: string | null }>[];
  app: boolean;
  recoveryLeft: number;
}>;

/** Of whom, and in which session. `address`: of the asking browser. */
export type Self = Readonly<{ identityId: string; token: string; address: string }>;

export function readFactors(database: Database, identityId: string): Promise<Factors> {
  return asLogin(database, async (tx) => ({
    passkeys: (await selectPasskeys(tx, identityId)).map((key) => ({ id: key.id, name: key.name, createdAt: key.created_at, lastUsedAt: key.last_used_at })),
    app: await hasApp(tx, identityId),
    recoveryLeft: await countRecovery(tx, identityId),
  }));
}

/** Begins to add a passkey: what the browser asks its authenticator for. */
export async function startPasskey(
  database: Database,
  party: Party,
  of: Readonly<{ identityId: string; email: string; name: string }>,
): Promise<Asked & { options: CreationOptions }> {
  return asLogin(database, async (tx, now) => {
    const options = await creationOptions(party, { ...of, known: await selectPasskeys(tx, of.identityId) });
    return { options, ...(await openCeremony(tx, now, { purpose: 'register', challenge: options.challenge, identityId: of.identityId })) };
  });
}

/** The authenticator answers: from now on it signs in by itself. Refuses `passkey_refused`, `factor_known`, `required` for the name. */
export async function addPasskey(
  database: Database,
  party: Party,
  input: Self & Readonly<{ nonce: string; name: string; response: unknown }>,
): Promise<{ id: string; recoveryCodes: readonly string[] | null }> {
  const name = clean(input.name, 60, 'name');
  if (name === '') throw new Refusal('required', { field: 'name' });
  const { identityId } = input;
  const outcome = await asLogin(database, async (tx, now) => {
    const asked = await readCeremony(tx, now, input.nonce, 'register');
    if (asked === undefined || asked.identity_id !== identityId) return 'passkey_refused';
    await endCeremony(tx, now, asked.id);
    const made = await madePasskey(party, asked.challenge, input.response);
    if (made === null || (await selectPasskeys(tx, identityId)).length >= mostPasskeys) return 'passkey_refused';
    const id = newId();
    const { credentialId, publicKey, counter, transports } = made;
    const added = await insertPasskey(tx, now, { id, identity_id: identityId, credential_id: credentialId, public_key: publicKey, counter, transports, name });
    if (!added) return 'factor_known';
    await proved(tx, now, input.token, identityId, 'passkey');
    return { id, recoveryCodes: (await countRecovery(tx, identityId)) === 0 ? await newRecoveryCodes(tx, now, identityId) : null };
  });
  if (typeof outcome === 'string') throw new Refusal(outcome);
  return outcome;
}

/** Refuses `not_found` for somebody else's, too. */
export async function nameOwnPasskey(database: Database, of: Readonly<{ identityId: string; id: string; name: string }>): Promise<void> {
  const name = clean(of.name, 60, 'name');
  if (name === '') throw new Refusal('required', { field: 'name' });
  if (!(await asLogin(database, (tx) => renamePasskey(tx, { ...of, name })))) throw new Refusal('not_found');
}

/** Takes a passkey away. `mustKeepOne`: a business of theirs asks for a second proof, so the last one stays: `last_factor`. */
export async function removePasskey(database: Database, of: Readonly<{ identityId: string; id: string; mustKeepOne: boolean }>): Promise<void> {
  const name = await asLogin(database, async (tx, now) => {
    const others = (await selectPasskeys(tx, of.identityId)).filter(({ id }) => id !== of.id).length;
    if (of.mustKeepOne && others === 0 && !(await hasApp(tx, of.identityId))) throw new Refusal('last_factor');
    const removed = await deletePasskey(tx, of);
    if (others === 0 && !(await hasApp(tx, of.identityId))) await replaceRecovery(tx, now, of.identityId, []);
    return removed;
  });
  if (name === undefined) throw new Refusal('not_found');
}

/** Begins to set up an authenticator app: its secret, once. */
export function startApp(database: Database, keys: Keys, of: Readonly<{ identityId: string; label: string }>): Promise<AppSecret> {
  return asLogin(database, async (tx, now) => {
    if (await hasApp(tx, of.identityId)) throw new Refusal('factor_known');
    return newAppSecret(tx, now, keys, of);
  });
}

/** The app's first code: from now on a password alone does not sign in. Answers ten recovery codes, once. Refuses `factor_wrong`. */
export async function confirmOwnApp(database: Database, keys: Keys, input: Self & Readonly<{ code: string }>): Promise<{ recoveryCodes: readonly string[] }> {
  const { identityId } = input;
  const answer = await asLogin(database, async (tx, now) => {
    const wait = await waitFor(tx, now, [{ name: 'factor.account', subject: identityId }]);
    const app = await lockApp(tx, identityId);
    if (wait !== null || app === undefined || app.confirmed_at !== null) return { wait, codes: null };
    if (!(await takeAppCode(tx, now, keys, identityId, input.code.replace(/\s/g, ''), app))) return { wait, codes: null };
    await confirmApp(tx, now, identityId);
    await proved(tx, now, input.token, identityId, 'app');
    return { wait, codes: await newRecoveryCodes(tx, now, identityId) };
  });
  mustNotWait(answer.wait);
  if (answer.codes === null) throw new Refusal('factor_wrong');
  return { recoveryCodes: answer.codes };
}

/** Takes the app away. Refuses `last_factor` like `removePasskey`. */
export function removeApp(database: Database, of: Readonly<{ identityId: string; mustKeepOne: boolean }>): Promise<void> {
  return asLogin(database, async (tx, now) => {
    const others = (await selectPasskeys(tx, of.identityId)).length;
    if (of.mustKeepOne && others === 0) throw new Refusal('last_factor');
    await deleteApp(tx, of.identityId);
    if (others === 0) await replaceRecovery(tx, now, of.identityId, []);
  });
}

/** Ten new recovery codes; the ones before end. Refuses `not_found` where there is nothing to recover. */
export function renewRecoveryCodes(database: Database, identityId: string): Promise<readonly string[]> {
  return asLogin(database, async (tx, now) => {
    if (!(await hasApp(tx, identityId)) && (await selectPasskeys(tx, identityId)).length === 0) throw new Refusal('not_found');
    return newRecoveryCodes(tx, now, identityId);
  });
}

/** Asks for one of a signed-in person's own passkeys, to confirm a sensitive act. */
export function startPasskeyProof(database: Database, party: Party, identityId: string): Promise<Asked & { options: RequestOptions }> {
  return asLogin(database, async (tx, now) => {
    const options = await requestOptions(party, await selectPasskeys(tx, identityId));
    return { options, ...(await openCeremony(tx, now, { purpose: 'fresh', challenge: options.challenge, identityId })) };
  });
}

/** It answers: the session counts as signed in just now. Refuses `passkey_refused`. */
export async function confirmByPasskey(database: Database, party: Party, input: Self & Readonly<{ nonce: string; response: unknown }>): Promise<void> {
  const right = await asLogin(database, async (tx, now) => {
    const asked = await readCeremony(tx, now, input.nonce, 'fresh');
    const key = await lockPasskey(tx, credentialOf(input.response));
    if (asked === undefined) return false;
    await endCeremony(tx, now, asked.id);
    if (key === undefined || key.identity_id !== input.identityId || asked.identity_id !== input.identityId) return false;
    const counter = await answeredBy(party, asked.challenge, key, input.response);
    if (counter === null) return false;
    await notePasskeyUse(tx, now, key.id, counter);
    return proved(tx, now, input.token, input.identityId, 'passkey');
  });
  if (!right) throw new Refusal('passkey_refused');
}

/** The app's code, or a recovery code, confirms a sensitive act. Refuses `factor_wrong` and `too_many_requests`. */
export async function confirmByFactor(database: Database, keys: Keys, input: Self & Readonly<{ code: string }>): Promise<void> {
  const answer = await asLogin(database, async (tx, now) => {
    const wait = await waitFor(tx, now, [
      { name: 'factor.account', subject: input.identityId },
      { name: 'factor.network', subject: networkOf(input.address) },
    ]);
    if (wait !== null) return { wait, right: false };
    const proof = await proofOf(tx, now, keys, input.identityId, input.code);
    return { wait, right: proof !== null && (await proved(tx, now, input.token, input.identityId, proof)) };
  });
  mustNotWait(answer.wait);
  if (!answer.right) throw new Refusal('factor_wrong');
}

/** This session has just shown one more proof. false: it is not this person's. */
async function proved(tx: Parameters<typeof selectSession>[0], now: Temporal.Instant, token: string, identityId: string, proof: string): Promise<boolean> {
  const session = await selectSession(tx, now, hashToken(token));
  if (session === undefined || session.realm !== 'office' || session.identity_id !== identityId) return false;
  await refreshSession(tx, now, session.id, proof);
  return true;
}
