import { z } from '@hono/zod-openapi';
import { operations } from './operation.ts';
import { code, codeSent, email, role, session } from './session.ts';

/** The ways in beside the password: a second proof, a passkey, a forgotten password, an invitation. */

/** What a browser's authenticator is asked and answers, as the WebAuthn standard writes it. */
export const authenticatorAsk = z.looseObject({ challenge: z.string() }).openapi('AuthenticatorAsk');
export const authenticatorAnswer = z.looseObject({ id: z.string().max(1024), type: z.literal('public-key') }).openapi('AuthenticatorAnswer');
export const asked = z.strictObject({ options: authenticatorAsk }).openapi('Asked');
export const factorCode = z.string().min(6).max(40).openapi({ description: 'Six digits of the app, or a recovery code.', example: '204816' });
const password = z.string().max(1000).openapi({ description: 'At least 12 characters.' });
const invitationToken = z.string().max(200).openapi({ description: 'What stands behind the # of the mailed address.' });

const tag = 'Session';
const anyone = { method: 'post', tag, access: 'anyone', keyless: true } as const;
export const signInOperations = operations({
  secondSignIn: {
    ...anyone,
    path: '/session/second',
    summary: 'Finish a sign-in with the code of the app, or a recovery code',
    body: z.strictObject({ code: factorCode }).openapi('SecondCode'),
    status: 201,
    answer: session,
  },
  startPasskeySignIn: { ...anyone, path: '/session/passkey/ask', summary: 'Ask this browser for a passkey', status: 200, answer: asked },
  passkeySignIn: {
    ...anyone,
    path: '/session/passkey',
    summary: 'Sign in with a passkey',
    body: z.strictObject({ response: authenticatorAnswer, remember: z.boolean().default(false) }).openapi('PasskeySignIn'),
    status: 201,
    answer: session,
  },
  startReset: {
    ...anyone,
    path: '/session/reset',
    summary: 'Choose a new password; it counts once the mailed code is given to /sign-up/confirm',
    description: 'Answered the same whether the address is known or not.',
    body: z.strictObject({ email, password }).openapi('PasswordReset'),
    status: 202,
    answer: codeSent,
  },
  lookAtInvitation: {
    ...anyone,
    path: '/joining/look',
    summary: 'What an invitation says; changes nothing',
    body: z.strictObject({ token: invitationToken }).openapi('InvitationToken'),
    status: 200,
    answer: z
      .strictObject({ business: z.string(), name: z.string(), invitedBy: z.string(), role, sentTo: z.string().openapi({ description: 'Masked.' }) })
      .openapi('InvitationLook'),
  },
  startJoining: {
    ...anyone,
    path: '/joining/code',
    summary: 'Mail a code to the address that was invited',
    body: z.strictObject({ token: invitationToken }).openapi('InvitationCode'),
    status: 202,
    answer: codeSent,
  },
  joinTeam: {
    ...anyone,
    path: '/joining',
    summary: 'Join by the mailed code',
    description: 'Somebody who already signs in with a passkey or an app joins, is answered 401 `second_factor_needed`, and signs in as always.',
    body: z.strictObject({ token: invitationToken, code, password: password.nullable().default(null) }).openapi('JoinTeam'),
    status: 201,
    answer: session,
  },
});
