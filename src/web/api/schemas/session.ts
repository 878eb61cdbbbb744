import { z } from '@hono/zod-openapi';
import { themes } from '../../../domain/people/appearance.ts';
import { operations } from './operation.ts';
import { color, currency, filledText, idOf, instant, language, text } from './values.ts';

/** Who is at the desk: signing up, signing in, which business they are working in. */

export const trade = z.enum(['cleaning', 'contracting', 'landscaping', 'plumbing', 'other']);
export const role = z.enum(['owner', 'admin', 'office', 'field']);
export const email = text(254, 'ida@example.com').openapi({ format: 'email' });
export const code = z
  .string()
  .regex(/^\d{6}$/)
  .openapi({ description: 'The six digits we mailed.', example: '204816' });

export const signUpBody = z
  .strictObject({
    business: filledText(120, 'Paper Otter Plumbing'),
    trade,
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .openapi({ example: 'US' }),
    timeZone: text(60, 'America/Chicago'),
    currency,
    name: filledText(120, 'Ida Brandt'),
    email,
    password: z.string().max(1000).openapi({ description: 'At least 12 characters.' }),
  })
  .openapi('SignUp');
export const signInBody = z
  .strictObject({
    email,
    password: z.string().max(1000),
    remember: z.boolean().default(false).openapi({ description: 'A crew member on their own phone stays signed in for 30 days. Nobody else does.' }),
  })
  .openapi('SignIn');
export const codeBody = z.strictObject({ code }).openapi('Code');
export const codeSent = z
  .strictObject({ sentTo: z.string().openapi({ description: 'Masked.', example: 'i•••@example.com' }), expiresAt: instant })
  .openapi('CodeSent');

export const workplace = z
  .strictObject({
    id: idOf('business'),
    slug: z.string().openapi({ example: 'paper-otter-plumbing' }),
    name: z.string(),
    role,
    brandColor: color,
    logoUrl: z.string().nullable(),
  })
  .openapi('Workplace');

export const session = z
  .strictObject({
    staff: z.strictObject({ id: idOf('staff'), name: z.string(), email: z.string(), role, language }),
    business: z.strictObject({
      id: idOf('business'),
      slug: z.string(),
      name: z.string(),
      trade,
      country: z.string(),
      timeZone: z.string(),
      currency,
      demo: z.boolean(),
      brandColor: color,
      logoUrl: z.string().nullable(),
      frontDoorUrl: z.string().openapi({ description: 'Where customers come in.' }),
    }),
    businesses: z.array(workplace).openapi({ description: 'All the businesses this person works in.' }),
    today: z.string().openapi({ format: 'date', description: 'The day it is in the time zone of the business.' }),
    rights: z.array(z.string()).openapi({ description: 'What this person may do here: screens leave out what would be refused.' }),
    theme: z.enum(themes).openapi({ description: 'How the office looks to this person; `auto`: as the device does.' }),
    outbox: z.boolean().openapi({ description: 'true where mail is kept on screen instead of leaving, because no mail server is set.' }),
    authenticatedAt: instant,
    mustSecure: z.boolean().openapi({ description: 'This business asks for a passkey or an authenticator app, and this session has shown neither.' }),
  })
  .openapi('Session');
export type Session = z.infer<typeof session>;

const tag = 'Session';
export const sessionOperations = operations({
  signUp: {
    method: 'post',
    path: '/sign-up',
    tag,
    access: 'anyone',
    keyless: true,
    summary: 'Start a business; a code is mailed to confirm the address',
    body: signUpBody,
    status: 202,
    answer: codeSent,
  },
  resendSignUpCode: {
    method: 'post',
    path: '/sign-up/code',
    tag,
    access: 'anyone',
    keyless: true,
    summary: 'Mail a new code; the one before ends',
    status: 202,
    answer: codeSent,
  },
  confirmSignUp: {
    method: 'post',
    path: '/sign-up/confirm',
    tag,
    access: 'anyone',
    keyless: true,
    summary: 'Confirm the address by its code and sign in',
    body: codeBody,
    status: 201,
    answer: session,
  },
  signIn: {
    method: 'post',
    path: '/session',
    tag,
    access: 'anyone',
    keyless: true,
    summary: 'Sign in with e-mail and password',
    description:
      'An address not confirmed yet is answered 403 `email_unconfirmed` and gets a new code, to be used at /sign-up/confirm. Somebody with a passkey or an app is answered 401 `second_factor_needed`: see /session/second.',
    body: signInBody,
    status: 201,
    answer: session,
  },
  readSession: {
    method: 'get',
    path: '/session',
    early: true,
    tag,
    access: 'session',
    summary: 'Who is signed in, where, and at which other businesses',
    status: 200,
    answer: session,
  },
  changeAppearance: {
    method: 'put',
    path: '/session/appearance',
    tag,
    access: 'session',
    summary: 'Light, dark, or as the device is',
    body: z.strictObject({ theme: z.enum(themes) }).openapi('Appearance'),
    status: 200,
    answer: session,
  },
  signOut: { method: 'delete', path: '/session', early: true, tag, access: 'session', summary: 'Sign out', status: 204, answer: null },
  switchBusiness: {
    method: 'post',
    path: '/session/business',
    early: true,
    tag,
    access: 'session',
    keyless: true,
    summary: 'Work in another of my businesses',
    body: z.strictObject({ businessId: idOf('business') }).openapi('SwitchBusiness'),
    status: 200,
    answer: session,
  },
  sendFreshCode: {
    method: 'post',
    path: '/session/code',
    early: true,
    tag,
    access: 'session',
    keyless: true,
    summary: 'Mail a code that confirms a sensitive act',
    status: 202,
    answer: codeSent,
  },
  confirmFreshCode: {
    method: 'post',
    path: '/session/confirm',
    early: true,
    tag,
    access: 'session',
    keyless: true,
    summary: 'Confirm by code; good for ten minutes',
    body: codeBody,
    status: 200,
    answer: session,
  },
});
