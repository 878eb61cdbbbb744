import { call } from './client.ts';
import { ApiProblem } from './problem.ts';
import type { Asked, AuthenticatorAnswer } from './types.ts';

/** The browser's side of passkeys. Loaded when first needed. */
const library = () => import('@simplewebauthn/browser');

type CreationJson = Parameters<Awaited<ReturnType<typeof library>>['startRegistration']>[0]['optionsJSON'];
type RequestJson = Parameters<Awaited<ReturnType<typeof library>>['startAuthentication']>[0]['optionsJSON'];

export const passkeysWork = (): boolean => typeof window.PublicKeyCredential === 'function';

/** Not a fault: the person closed the box, or waited too long. */
const leftAlone = (): ApiProblem => new ApiProblem({ status: 0, code: 'passkey_left', detail: 'No passkey was used. Try again, or go on another way.' });

async function answerTo<T>(work: () => Promise<T>): Promise<AuthenticatorAnswer> {
  try {
    return (await work()) as unknown as AuthenticatorAnswer;
  } catch (error) {
    if (error instanceof Error && error.name === 'InvalidStateError')
      throw new ApiProblem({ status: 0, code: 'passkey_known', detail: 'This device has a passkey for you already.' });
    throw leftAlone();
  }
}

/** Makes a passkey on this device or on a phone nearby. */
export async function makePasskey({ options }: Asked): Promise<AuthenticatorAnswer> {
  const { startRegistration } = await library();
  return answerTo(() => startRegistration({ optionsJSON: options as unknown as CreationJson }));
}

/** Uses one. */
export async function answerByPasskey({ options }: Asked): Promise<AuthenticatorAnswer> {
  const { startAuthentication } = await library();
  return answerTo(() => startAuthentication({ optionsJSON: options as unknown as RequestJson }));
}

/** Signs in by passkey alone. */
export async function signInByPasskey(remember: boolean) {
  const response = await answerByPasskey(await call('startPasskeySignIn', {}));
  return call('passkeySignIn', { body: { response, remember } });
}

/** Confirms a sensitive act by one of one's own. */
export async function confirmByPasskey() {
  const response = await answerByPasskey(await call('askPasskeyProof', {}));
  return call('confirmByPasskey', { body: { response } });
}
