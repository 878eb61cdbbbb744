import { approvesUpTo, isWithin } from '../../core/authority.ts';
import { limits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Scope } from '../../db/scope.ts';
import { countOtherManagers, countPeople, lockAccount } from './access/queries.ts';
import { tellPerson } from './notices.ts';
import { addPerson, type Person, removePerson, setRights } from './people.ts';
import { cleanEmail, cleanRights, type NewPerson, type Rights } from './person.ts';
import { type Manager, mustManage } from './policy.ts';
import { selectPeople } from './queries.ts';

export type At = Readonly<{ customerId: string; personId: string }>;

const invitationsADay = 20;

/**
 * Somebody who manages an account's people gives one more person access, who is told by mail. In a scope of the system with the manager as actor, as
 * all verbs here. Nobody gives more than they have. Refuses bad fields by name, `above_own_rights`, `manager_of_all`, `contact_duplicate`,
 * `too_many_people`, `too_many_requests`, and `not_found` for an account whose people are not the actor's to manage.
 */
export async function invitePerson(scope: Scope, input: NewPerson): Promise<Person> {
  await lockAccount(scope, input.customerId);
  const manager = await mustManage(scope, input.customerId);
  const email = cleanEmail(input.email ?? '', 'email');
  if (email === '') throw new Refusal('required', { field: 'email' });
  const rights = cleanRights(input.rights ?? {});
  mustBeOwn(manager, rights, null);
  if ((await selectPeople(scope, { customerId: input.customerId, personId: null })).some((other) => other.email === email))
    throw new Refusal('contact_duplicate', { field: 'email' });
  const { now, lately } = await countPeople(scope, input.customerId, scope.now.subtract({ hours: 24 }).toString());
  if (now >= limits.peoplePerAccount) throw new Refusal('too_many_people');
  if (lately >= invitationsADay) throw new Refusal('too_many_requests');
  const person = await addPerson(scope, { ...input, email, rights });
  await tell(scope, manager, { customerId: input.customerId, person, what: 'invited', rights });
  return person;
}

/** Mails the invitation once more, once a day at most. Refuses `not_found`. */
export async function inviteAgain(scope: Scope, at: At): Promise<void> {
  const manager = await mustManage(scope, at.customerId);
  const person = await personAt(scope, at);
  await tell(scope, manager, { customerId: at.customerId, person, what: 'invited', rights: person.rights });
}

/**
 * Says what a person may do from the next request on, and tells them. What they had already may stay, what is new is no more than the manager's own.
 * Refuses `above_own_rights`, `manager_of_all`, `last_manager`, `shared_mailbox_approves`, `property_of_other_customer`, `not_found`. Nothing changed is nothing done.
 */
export async function changeAccess(scope: Scope, input: At & Readonly<{ rights: Partial<Rights> }>): Promise<void> {
  const { customerId, personId } = input;
  await lockAccount(scope, customerId);
  const manager = await mustManage(scope, customerId);
  const person = await personAt(scope, input);
  const rights = cleanRights(input.rights, person.rights);
  if (sameRights(rights, person.rights)) return;
  mustBeOwn(manager, rights, person.rights);
  if (!rights.canManage) await mustNotBeLast(scope, input, person);
  await setRights(scope, { personId, customerId, rights });
  await tell(scope, manager, { customerId, person, what: 'changed', rights });
}

/** Ends a person's access to the account at once: links, sessions and autopay of theirs here with it. Refuses `last_manager`, `not_found`. Once more does nothing. */
export async function endAccess(scope: Scope, at: At): Promise<void> {
  await lockAccount(scope, at.customerId);
  const manager = await mustManage(scope, at.customerId);
  const [person] = await selectPeople(scope, at);
  if (person !== undefined) await mustNotBeLast(scope, at, person);
  await removePerson(scope, at);
  if (person !== undefined) await tell(scope, manager, { customerId: at.customerId, person, what: 'ended', rights: null });
}

async function personAt(scope: Scope, at: At): Promise<Person> {
  const [person] = await selectPeople(scope, at);
  if (person === undefined) throw new Refusal('not_found');
  return person;
}

/** Nobody gives more than they have: each right is the manager's own, or was there before. */
function mustBeOwn(manager: Manager, rights: Rights, before: Rights | null): void {
  if (rights.canManage && rights.propertyIds !== null) throw new Refusal('manager_of_all', { field: 'canManage' });
  if (rights.canAsk && !manager.canAsk && before?.canAsk !== true) throw new Refusal('above_own_rights', { field: 'canAsk' });
  if (rights.canPay && !manager.canPay && before?.canPay !== true) throw new Refusal('above_own_rights', { field: 'canPay' });
  const own = approvesUpTo({ customerKind: manager.kind, whole: true, canManage: true, limitMinor: manager.limitMinor, nteMinor: null, owns: false });
  const wanted = limitOf(manager, rights);
  if (isAtMost(wanted, own) || (before !== null && isAtMost(wanted, limitOf(manager, before)))) return;
  throw new Refusal('above_own_rights', { field: 'approveLimitMinor', ownLimitMinor: own });
}

const limitOf = ({ kind }: Manager, { propertyIds, canManage, approveLimitMinor }: Rights): bigint | null =>
  approvesUpTo({ customerKind: kind, whole: propertyIds === null, canManage, limitMinor: approveLimitMinor, nteMinor: null, owns: false });

const isAtMost = (wanted: bigint | null, own: bigint | null): boolean => own === null || wanted === 0n || (wanted !== null && isWithin(own, wanted));

/** An account that somebody manages always has somebody who does. */
async function mustNotBeLast(scope: Scope, { customerId, personId }: At, { rights }: Person): Promise<void> {
  if (rights.canManage && rights.propertyIds === null && (await countOtherManagers(scope, customerId, personId)) === 0) throw new Refusal('last_manager');
}

function sameRights(one: Rights, other: Rights): boolean {
  const key = (rights: Rights): string =>
    [
      [...(rights.propertyIds ?? ['all'])].sort(),
      rights.canView,
      rights.canAsk,
      rights.canPay,
      rights.canManage,
      rights.approveLimitMinor,
      rights.bills,
    ].join();
  return key(one) === key(other);
}

type Telling = Readonly<{ customerId: string; person: Person; what: 'invited' | 'changed' | 'ended'; rights: Rights | null }>;

/** Whom it concerns is told by mail; what one does to oneself needs no telling. */
async function tell(scope: Scope, manager: Manager, { customerId, person, what, rights }: Telling): Promise<void> {
  if (person.id === scope.actor.id || person.email === '') return;
  const day = scope.now.toString().slice(0, 10);
  const may = rights && { canAsk: rights.canAsk, canPay: rights.canPay, canManage: rights.canManage, properties: rights.propertyIds?.length ?? null };
  await tellPerson(scope, {
    ...{
      personId: person.id,
      customerId,
      what,
      once: what === 'invited' ? `invited:${person.id}:${day}` : `${what}:${person.id}:${scope.now.epochMilliseconds}`,
    },
    ...{ address: person.email, name: person.name, locale: person.language },
    facts: {
      by: scope.actor.name,
      account: manager.company || manager.name,
      may: may && { ...may, approvesUpToMinor: told(limitOf(manager, rights as Rights)) },
    },
  });
}

const told = (limitMinor: bigint | null): number | null => (limitMinor === null ? null : Number(limitMinor));
