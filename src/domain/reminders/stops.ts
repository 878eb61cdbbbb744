import type { Keys } from '../../core/gateways.ts';
import { isUuid } from '../../core/ids.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Scope } from '../../db/scope.ts';
import { recordEvents } from '../events/events.ts';
import { mustBeAllowed } from '../people/rights.ts';
import { type StopperRow, selectStop, selectStopped, selectStopper, upsertStop } from './stops/queries.ts';

/** Kinds of mail one may do without. Bills, receipts and codes are none of them. */
export const stopKinds = ['reminders', 'statements'] as const;
export type StopKind = (typeof stopKinds)[number];
export type StopVia = 'mail' | 'one_click' | 'portal' | 'office';

/** The name of a person in an address, and a seal over who, what and the address it went to: another address makes it worthless. */
export function stopToken(keys: Keys, business: string, of: Readonly<{ personId: string; kind: StopKind; address: string }>): string {
  return `${of.personId.replaceAll('-', '')}.${seal(keys, business, of)}`;
}

function seal(keys: Keys, business: string, of: Readonly<{ personId: string; kind: StopKind; address: string }>): string {
  return keys.mac(`stop:${business}:${of.personId}:${of.kind}:${of.address}`);
}

/** Whose stop link this is; null for anything else, or once the person or their address is another. */
export async function readStopToken(scope: Scope, keys: Keys, token: string): Promise<(StopperRow & { kind: StopKind; stopped: boolean }) | null> {
  const personId = personInStopToken(token);
  if (personId === null) return null;
  const person = await selectStopper(scope, personId);
  if (person === undefined) return null;
  const sealed = token.split('.')[1] ?? '';
  const kind = stopKinds.find((each) => seal(keys, scope.business, { personId, kind: each, address: person.email }) === sealed);
  return kind === undefined ? null : { ...person, kind, stopped: await isStopped(scope, personId, kind) };
}

/** Whose token this claims to be; unproven. */
export function personInStopToken(token: string): string | null {
  const id = (token.split('.')[0] ?? '').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return isUuid(id) ? id : null;
}

export async function isStopped(scope: Scope, personId: string, kind: StopKind): Promise<boolean> {
  const found = await selectStop(scope, personId, kind);
  return found !== undefined && found.resumedAt === null;
}

/** Who of a customer's people gets no reminders, because they asked for none, and since when. */
export async function listStopped(scope: Scope, customerId: string): Promise<{ personId: string; name: string; since: string }[]> {
  await mustBeAllowed(scope, 'customers:read');
  return selectStopped(scope, customerId);
}

/** Ends or resumes mails of a kind for one person. Once more does nothing. Who may: the person, or the office for them. */
export async function setStop(scope: Scope, input: Readonly<{ personId: string; kind: StopKind; stopped: boolean; via: StopVia }>): Promise<void> {
  if (scope.actor.kind !== 'person') await mustBeAllowed(scope, 'customers:write');
  const person = await selectStopper(scope, input.personId);
  if (person === undefined) throw new Refusal('not_found');
  if ((await isStopped(scope, input.personId, input.kind)) === input.stopped) return;
  await upsertStop(scope, input);
  const kind = input.stopped ? ('person.mails_stopped' as const) : ('person.mails_resumed' as const);
  const data = { personId: person.id, name: person.name, mails: input.kind, via: input.via };
  await recordEvents(
    scope,
    person.customers.map((customerId) => ({ kind, customerId, data })),
  );
}
