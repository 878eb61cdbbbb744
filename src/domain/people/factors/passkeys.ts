import { randomBytes } from 'node:crypto';
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import type { PasskeyRow } from './queries.ts';

/** Whom a passkey belongs to on our side: this installation, by its configured address and nothing a request says. */
export type Party = Readonly<{ id: string; origin: string }>;

export function partyOf(appUrl: string): Party {
  const { hostname, origin } = new URL(appUrl);
  return { id: hostname, origin };
}

export type CreationOptions = PublicKeyCredentialCreationOptionsJSON;
export type RequestOptions = PublicKeyCredentialRequestOptionsJSON;

const timeout = 5 * 60_000;

/** What the browser needs to make a passkey that can sign in by itself: kept on the device, opened by finger, face or PIN. */
export function creationOptions(party: Party, of: Readonly<{ email: string; name: string; known: readonly PasskeyRow[] }>): Promise<CreationOptions> {
  return generateRegistrationOptions({
    rpName: 'Service Invoice Pro',
    rpID: party.id,
    userName: of.email,
    userDisplayName: of.name,
    userID: new Uint8Array(randomBytes(32)),
    timeout,
    attestationType: 'none',
    excludeCredentials: of.known.map(({ credential_id: id, transports }) => ({ id, transports })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
}

/** What the browser needs to ask for a passkey; without names any of this site's may answer. */
export function requestOptions(party: Party, known: readonly PasskeyRow[] = []): Promise<RequestOptions> {
  const allowed = known.map(({ credential_id: id, transports }) => ({ id, transports }));
  return generateAuthenticationOptions({ rpID: party.id, userVerification: 'required', timeout, ...(allowed.length > 0 ? { allowCredentials: allowed } : {}) });
}

export type MadePasskey = Readonly<{ credentialId: string; publicKey: Buffer; counter: number; transports: string[] }>;

/** The passkey an authenticator made for this challenge, here; null for anything else. */
export async function madePasskey(party: Party, challenge: string, response: unknown): Promise<MadePasskey | null> {
  try {
    const made = await verifyRegistrationResponse({
      response: response as RegistrationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
    });
    if (!made.verified) return null;
    const { id, publicKey, counter, transports = [] } = made.registrationInfo.credential;
    return { credentialId: id, publicKey: Buffer.from(publicKey), counter, transports: transports.map(String).slice(0, 8) };
  } catch {
    // The library throws for each thing that does not fit; to us they are one no.
    return null;
  }
}

/** The new counter when this passkey answered this challenge, here, with its owner present; null for anything else. */
export async function answeredBy(party: Party, challenge: string, key: PasskeyRow, response: unknown): Promise<number | null> {
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: response as AuthenticationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      credential: { id: key.credential_id, publicKey: new Uint8Array(key.public_key), counter: key.counter },
    });
    return verified ? authenticationInfo.newCounter : null;
  } catch {
    return null;
  }
}

/** Which passkey an answer names; '' when it names none. */
export function credentialOf(response: unknown): string {
  const id = typeof response === 'object' && response !== null && 'id' in response ? response.id : '';
  return typeof id === 'string' && id.length <= 1024 ? id : '';
}
