import { z } from '@hono/zod-openapi';
import { operations } from './operation.ts';
import { listOf } from './page.ts';
import { codeBody, codeSent, email, session } from './session.ts';
import { asked, authenticatorAnswer, factorCode } from './sign-in.ts';
import { count, filledText, idOf, instant, language } from './values.ts';

/** You and your devices: what proves you, where you are signed in, your own address. Nobody else's are seen by anybody. */

export const passkey = z.strictObject({ id: idOf('passkey'), name: z.string(), createdAt: instant, lastUsedAt: instant.nullable() }).openapi('Passkey');
export const factors = z
  .strictObject({
    passkeys: z.array(passkey),
    app: z.boolean().openapi({ description: 'An authenticator app is set up.' }),
    recoveryLeft: count.openapi({ description: 'Recovery codes not used yet.' }),
    required: z.boolean().openapi({ description: 'A business of yours asks for a passkey or an app.' }),
  })
  .openapi('Factors');
const recoveryCodes = z.array(z.string()).openapi({ description: 'Shown this once.', example: ['abcd-efgh-jkmn-pqrs'] });
const device = z
  .strictObject({
    id: idOf('session'),
    device: z.string().openapi({ example: 'Chrome on Mac' }),
    here: z.boolean(),
    createdAt: instant,
    lastUsedAt: instant,
    expiresAt: instant,
  })
  .openapi('Device');
const named = z.strictObject({ name: filledText(60, 'My phone') }).openapi('PasskeyName');
const atPasskey = z.strictObject({ passkeyId: idOf('passkey') });

const tag = 'You';
const early = { tag, early: true } as const;
export const ownOperations = operations({
  readFactors: {
    ...early,
    method: 'get',
    path: '/me/factors',
    access: 'session',
    summary: 'What proves you besides the password',
    status: 200,
    answer: factors,
  },
  startPasskey: {
    ...early,
    method: 'post',
    path: '/me/passkeys/ask',
    access: 'fresh',
    keyless: true,
    summary: 'Begin to add a passkey',
    status: 200,
    answer: asked,
  },
  addPasskey: {
    ...{ ...early, method: 'post', path: '/me/passkeys', access: 'session', keyless: true, summary: 'Add the passkey that was made' },
    body: z.strictObject({ name: filledText(60, 'My phone'), response: authenticatorAnswer }).openapi('NewPasskey'),
    status: 201,
    answer: z.strictObject({ factors, recoveryCodes: recoveryCodes.nullable() }).openapi('AddedPasskey'),
  },
  renamePasskey: {
    tag,
    method: 'patch',
    path: '/me/passkeys/{passkeyId}',
    access: 'session',
    summary: 'Rename a passkey',
    params: atPasskey,
    body: named,
    status: 200,
    answer: factors,
  },
  removePasskey: {
    tag,
    method: 'delete',
    path: '/me/passkeys/{passkeyId}',
    access: 'fresh',
    summary: 'Remove a passkey',
    params: atPasskey,
    status: 200,
    answer: factors,
  },
  startApp: {
    ...{
      ...early,
      method: 'post',
      path: '/me/app/ask',
      access: 'fresh',
      keyless: true,
      summary: 'Begin to set up an authenticator app; its secret is shown once',
    },
    status: 200,
    answer: z.strictObject({ secret: z.string(), uri: z.string().openapi({ description: 'The same for a QR code.' }) }).openapi('AppSecret'),
  },
  confirmApp: {
    ...{ ...early, method: 'post', path: '/me/app', access: 'session', keyless: true, summary: 'Finish it with the first code of the app' },
    body: codeBody,
    status: 201,
    answer: z.strictObject({ factors, recoveryCodes }).openapi('ConfirmedApp'),
  },
  removeApp: { tag, method: 'delete', path: '/me/app', access: 'fresh', summary: 'Remove the authenticator app', status: 200, answer: factors },
  renewRecoveryCodes: {
    ...{ tag, method: 'post', path: '/me/recovery-codes', access: 'fresh', keyless: true, summary: 'Ten new recovery codes; the ones before end' },
    status: 201,
    answer: z.strictObject({ recoveryCodes }).openapi('RecoveryCodes'),
  },
  askPasskeyProof: {
    ...early,
    method: 'post',
    path: '/session/confirm/passkey/ask',
    access: 'session',
    keyless: true,
    summary: 'Ask for one of your passkeys, to confirm a sensitive act',
    status: 200,
    answer: asked,
  },
  confirmByPasskey: {
    ...{ ...early, method: 'post', path: '/session/confirm/passkey', access: 'session', keyless: true, summary: 'Confirm by passkey; good for ten minutes' },
    body: z.strictObject({ response: authenticatorAnswer }).openapi('PasskeyProof'),
    status: 200,
    answer: session,
  },
  confirmByApp: {
    ...{
      ...early,
      method: 'post',
      path: '/session/confirm/app',
      access: 'session',
      keyless: true,
      summary: 'Confirm by the code of your app, or a recovery code; good for ten minutes',
    },
    body: z.strictObject({ code: factorCode }).openapi('AppProof'),
    status: 200,
    answer: session,
  },
  listDevices: {
    tag,
    method: 'get',
    path: '/me/devices',
    access: 'session',
    summary: 'Where you are signed in',
    status: 200,
    answer: listOf('DeviceList', device),
  },
  signOutDevice: {
    tag,
    method: 'delete',
    path: '/me/devices/{sessionId}',
    access: 'session',
    summary: 'Sign out one device',
    params: z.strictObject({ sessionId: idOf('session') }),
    status: 204,
    answer: null,
  },
  signOutOthers: {
    tag,
    method: 'post',
    path: '/me/devices/others/sign-out',
    access: 'session',
    summary: 'Sign out everywhere but here',
    status: 204,
    answer: null,
  },
  changeOwnCard: {
    ...{ tag, method: 'patch', path: '/me', access: 'session', summary: 'Change your name or language' },
    body: z
      .strictObject({ name: filledText(120, 'Ida Brandt'), language })
      .partial()
      .openapi('OwnCard'),
    status: 200,
    answer: session,
  },
  startNewAddress: {
    ...{ tag, method: 'post', path: '/me/email', access: 'fresh', keyless: true, summary: 'Ask to sign in with another address; a code goes there' },
    body: z.strictObject({ email }).openapi('NewAddress'),
    status: 202,
    answer: codeSent,
  },
  confirmNewAddress: {
    ...{ tag, method: 'post', path: '/me/email/confirm', access: 'session', keyless: true, summary: 'Confirm the new address by its code' },
    body: codeBody,
    status: 200,
    answer: session,
  },
});
