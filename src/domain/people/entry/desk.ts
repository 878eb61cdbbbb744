import { deviceName } from '../../../core/device.ts';
import type { Actor, Scope } from '../../../db/scope.ts';
import { recordEvent } from '../../events/events.ts';
import { type Desk, selectDesk } from '../identities/queries.ts';
import { tellStaff } from '../notices.ts';
import { meetBrowser } from './devices.ts';
import { type NewSession, openSession } from './sessions.ts';

/** The browser that asks: its address as the socket knows it, what it calls itself, and the session token it came with. */
export type Asker = Readonly<{
  address: string;
  device: string;
  token: string | null;
  /** By what this browser is known again; null for one that was never here. Left out where nobody is told of a new one. */
  known?: string | null;
}>;
export type DeskOpening = Readonly<{ identityId: string; business: string; assurance: readonly string[]; life: 'office' | 'crew'; asker: Asker }>;

/** An office session and its event, in the transaction of the business; null when the identity does not work there any more. */
export async function openDeskIn(scope: Scope, of: DeskOpening): Promise<NewSession | null> {
  const desk = await selectDesk(scope, of.identityId);
  if (desk === undefined) return null;
  const { identityId, business, assurance, life, asker } = of;
  const session = await openSession(scope.tx, scope.now, { life, identityId, business, assurance, device: asker.device, replaces: asker.token });
  const deviceToken = asker.known === undefined ? undefined : await meetDevice(scope, of, desk, session.id);
  const actor: Actor = { kind: 'staff', id: desk.id, name: desk.name };
  await recordEvent({ ...scope, actor }, { kind: 'staff.signed_in', data: { staffId: desk.id, name: desk.name, by: [...assurance] } });
  return deviceToken === undefined ? session : { ...session, deviceToken };
}

/** Tells by mail of a sign-in from a browser never seen before, unless it is the very first. Answers what that browser keeps. */
async function meetDevice(scope: Scope, { identityId, asker }: DeskOpening, desk: Desk, sessionId: string): Promise<string> {
  const { token, isNew } = await meetBrowser(scope, identityId, asker.known ?? null);
  if (isNew)
    await tellStaff(scope, desk.id, {
      notice: 'new_device',
      once: `device:${sessionId}`,
      facts: { device: deviceName(asker.device), at: scope.now.toString() },
    });
  return token;
}
