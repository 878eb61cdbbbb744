import { deviceName } from '../../core/device.ts';
import { publicId } from '../../core/ids.ts';
import { maskEmail } from '../../core/text.ts';
import { inTransaction, systemActor } from '../../db/scope.ts';
import { listSessions, revokeSession, revokeSessions } from '../../domain/people/entry/sessions.ts';
import {
  addPasskey,
  confirmByFactor,
  confirmByPasskey,
  confirmOwnApp,
  nameOwnPasskey,
  partyOf,
  readFactors,
  removeApp,
  removePasskey,
  renewRecoveryCodes,
  startApp,
  startPasskey,
  startPasskeyProof,
} from '../../domain/people/factors.ts';
import { tellStaff } from '../../domain/people/notices.ts';
import { confirmNewAddress, startNewAddress } from '../../domain/people/own-address.ts';
import { workplacesOf } from '../../domain/people/sign-in.ts';
import { changeOwnCard, listStaff, noteFactor } from '../../domain/people/staff.ts';
import { readTeamRules } from '../../domain/people/team.ts';
import type { Deps } from '../context.ts';
import { callerAddress } from '../context.ts';
import { officeNonceCookie } from '../cookies.ts';
import { type AnswerOf, type Call, type HandlersOf, uuidOf } from './call.ts';
import { askerOf, codeIs, keepCeremony, keepNonce, keepSession, ownToken, readCeremonyNonce, readNonce } from './entry.ts';
import { presentSession, sessionOf } from './present-session.ts';
import type { ownOperations } from './schemas/own.ts';
import { plain } from './sign-in.ts';

type Shown = AnswerOf<(typeof ownOperations)['readFactors']>;
type Asking = Pick<Call, 'c' | 'deps' | 'grant'>;

const selfOf = ({ c, deps, grant }: Asking) => ({ identityId: codeIs(grant).identityId, token: ownToken(c, deps), address: callerAddress(c) });

export const ownHandlers: HandlersOf<typeof ownOperations> = {
  readFactors: async (call) => call.answer(await factorsOf(call)),

  startPasskey: async (call) => {
    const me = await call.read(async (scope) => (await listStaff(scope)).find(({ id }) => id === call.grant.staff));
    const of = { identityId: codeIs(call.grant).identityId, email: me?.email ?? '', name: me?.name ?? '' };
    const asked = await startPasskey(call.deps.database, partyOf(call.deps.config.appUrl), of);
    keepCeremony(call.c, call.deps, asked);
    return call.answer({ options: plain(asked.options) });
  },

  addPasskey: async (call) => {
    const { c, deps, body } = call;
    const nonce = readCeremonyNonce(c, deps, 'passkey_refused');
    const { recoveryCodes } = await addPasskey(deps.database, partyOf(deps.config.appUrl), { ...selfOf(call), ...body, nonce });
    await noted(call, 'passkey', 'added');
    return call.answer({ factors: await factorsOf(call), recoveryCodes: recoveryCodes === null ? null : [...recoveryCodes] });
  },

  renamePasskey: async (call) => {
    const { identityId } = codeIs(call.grant);
    await nameOwnPasskey(call.deps.database, { identityId, id: uuidOf('passkey', call.params.passkeyId), name: call.body.name });
    return call.answer(await factorsOf(call));
  },

  removePasskey: async (call) => {
    const { identityId } = codeIs(call.grant);
    const id = uuidOf('passkey', call.params.passkeyId);
    await removePasskey(call.deps.database, { identityId, id, mustKeepOne: await asksForSecond(call) });
    await noted(call, 'passkey', 'removed');
    return call.answer(await factorsOf(call));
  },

  startApp: async (call) => {
    const me = await call.read(async (scope) => (await listStaff(scope)).find(({ id }) => id === call.grant.staff));
    return call.answer(await startApp(call.deps.database, call.deps.keys, { identityId: codeIs(call.grant).identityId, label: me?.email ?? '' }));
  },

  confirmApp: async (call) => {
    const { recoveryCodes } = await confirmOwnApp(call.deps.database, call.deps.keys, { ...selfOf(call), code: call.body.code });
    await noted(call, 'app', 'added');
    return call.answer({ factors: await factorsOf(call), recoveryCodes: [...recoveryCodes] });
  },

  removeApp: async (call) => {
    await removeApp(call.deps.database, { identityId: codeIs(call.grant).identityId, mustKeepOne: await asksForSecond(call) });
    await noted(call, 'app', 'removed');
    return call.answer(await factorsOf(call));
  },

  renewRecoveryCodes: async (call) => call.answer({ recoveryCodes: [...(await renewRecoveryCodes(call.deps.database, codeIs(call.grant).identityId))] }),

  askPasskeyProof: async (call) => {
    const asked = await startPasskeyProof(call.deps.database, partyOf(call.deps.config.appUrl), codeIs(call.grant).identityId);
    keepCeremony(call.c, call.deps, asked);
    return call.answer({ options: plain(asked.options) });
  },

  confirmByPasskey: async (call) => {
    const { c, deps, body } = call;
    const nonce = readCeremonyNonce(c, deps, 'passkey_refused');
    await confirmByPasskey(deps.database, partyOf(deps.config.appUrl), { ...selfOf(call), nonce, response: body.response });
    return call.answer(await sessionOf(deps, ownToken(c, deps), call.grant.business ?? ''));
  },

  confirmByApp: async (call) => {
    await confirmByFactor(call.deps.database, call.deps.keys, { ...selfOf(call), code: call.body.code });
    return call.answer(await sessionOf(call.deps, ownToken(call.c, call.deps), call.grant.business ?? ''));
  },

  listDevices: async (call) => {
    const found = await listSessions(call.deps.database, codeIs(call.grant).identityId, 'office');
    const items = found.map((row) => ({
      ...{ id: publicId('session', row.id), device: deviceName(row.device), here: row.id === call.grant.session },
      ...{ createdAt: row.created_at, lastUsedAt: row.last_used_at, expiresAt: row.expires_at },
    }));
    return call.answer({ items });
  },

  signOutDevice: async (call) => {
    await revokeSession(call.deps.database, codeIs(call.grant).identityId, uuidOf('session', call.params.sessionId));
    return call.answer(null);
  },

  signOutOthers: async (call) => {
    await revokeSessions(call.deps.database, codeIs(call.grant).identityId, 'office', call.grant.session ?? null);
    return call.act(async () => null);
  },

  changeOwnCard: async (call) => {
    await call.read((scope) => changeOwnCard(scope, call.body));
    return call.answer(await presentSession(call));
  },

  startNewAddress: async (call) => {
    const code = await startNewAddress(call.deps.database, call.deps.keys, {
      ...codeIs(call.grant),
      email: call.body.email,
      asker: askerOf(call.c, call.deps),
    });
    keepNonce(call.c, call.deps, code);
    return call.answer({ sentTo: maskEmail(call.body.email), expiresAt: code.expiresAt });
  },

  confirmNewAddress: async (call) => {
    const { c, deps, body, grant } = call;
    const session = await confirmNewAddress(deps.database, deps.keys, {
      ...codeIs(grant),
      nonce: readNonce(c, deps),
      code: body.code,
      asker: askerOf(c, deps),
    });
    officeNonceCookie.clear(c, deps.config.secureCookies);
    keepSession(c, deps, session);
    return call.answer(await sessionOf(deps, session.token, grant.business ?? ''));
  },
};

async function factorsOf(call: Asking): Promise<Shown> {
  const { passkeys, app, recoveryLeft } = await readFactors(call.deps.database, codeIs(call.grant).identityId);
  return { passkeys: passkeys.map((key) => ({ ...key, id: publicId('passkey', key.id) })), app, recoveryLeft, required: await asksForSecond(call) };
}

/** Whether any business this person works in asks for a second proof. */
async function asksForSecond({ deps, grant }: Pick<Asking, 'deps' | 'grant'>): Promise<boolean> {
  for (const { business } of await workplacesOf(deps.database, codeIs(grant).identityId)) {
    if ((await inHouse(deps, business, readTeamRules)).twoStep) return true;
  }
  return false;
}

/** What proves somebody changed: it stands in the business's history, and they are told by mail. */
async function noted({ deps, grant }: Asking, factor: 'passkey' | 'app', how: 'added' | 'removed'): Promise<void> {
  await inHouse(deps, grant.business ?? '', async (scope) => {
    await noteFactor(scope, grant.staff ?? '', { factor, how });
    await tellStaff(scope, grant.staff ?? '', { notice: 'factor_changed', once: `factor:${grant.staff}:${scope.now.epochMilliseconds}` });
  });
}

function inHouse<T>({ database }: Deps, business: string, work: Parameters<typeof inTransaction<T>>[2]): Promise<T> {
  return inTransaction(database, { role: 'system', business, actor: systemActor }, work);
}
