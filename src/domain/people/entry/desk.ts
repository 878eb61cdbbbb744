import type { Actor, Scope } from '../../../db/scope.ts';
import { recordEvent } from '../../events/events.ts';
import { selectDesk } from '../identities/queries.ts';
import { type NewSession, openSession } from './sessions.ts';

/** The browser that asks: its address as the socket knows it, what it calls itself, and the session token it came with. */
export type Asker = Readonly<{ address: string; device: string; token: string | null }>;
export type DeskOpening = Readonly<{ identityId: string; business: string; assurance: readonly string[]; life: 'office' | 'crew'; asker: Asker }>;

/** An office session and its event, in the transaction of the business; null when the identity does not work there any more. */
export async function openDeskIn(scope: Scope, of: DeskOpening): Promise<NewSession | null> {
  const desk = await selectDesk(scope, of.identityId);
  if (desk === undefined) return null;
  const { identityId, business, assurance, life, asker } = of;
  const session = await openSession(scope.tx, scope.now, { life, identityId, business, assurance, device: asker.device, replaces: asker.token });
  const actor: Actor = { kind: 'staff', id: desk.id, name: desk.name };
  await recordEvent({ ...scope, actor }, { kind: 'staff.signed_in', data: { staffId: desk.id, name: desk.name } });
  return session;
}
