import { Refusal } from '../../core/refusal.ts';
import { newId } from '../../db/fresh.ts';
import { enqueue } from '../../db/queue.ts';
import type { Scope } from '../../db/scope.ts';
import { recordEvent, recordEvents } from '../events/events.ts';
import { forgetThings, type Indexed, indexThings } from '../search/search.ts';
import { cleanPerson, cleanRights, type NewPerson, type Person, type PersonChanges, type PersonFields, type Rights } from './person.ts';
import { mayRead, mayWrite, mayWriteAt, mustBeSelf } from './policy.ts';
import {
  anyErased,
  countLiveGrants,
  endMembership,
  hadGrant,
  identitiesOf,
  insertGrants,
  insertPeople,
  joinAsPeople,
  leaveLinks,
  lockPerson,
  type OwnDetails,
  revokeGrants,
  revokeLinks,
  type StoredPerson,
  selectCustomersOf,
  selectOwnDetails,
  selectPeople,
  updateOwnDetails,
  updatePerson,
} from './queries.ts';

export { usualRights } from './person.ts';
export type { NewPerson, OwnDetails, Person, PersonChanges, Rights };

/** Adds a contact with rights at one customer. Refuses bad fields by name, `property_of_other_customer`, `not_found` for the customer, `id_taken`. */
export async function addPerson(scope: Scope, input: NewPerson): Promise<Person> {
  const [person] = await addPeople(scope, [input]);
  if (!person) throw new Error('one person in, one out');
  return person;
}

/** The same for many, at any customers, in a fixed number of statements. */
export async function addPeople(scope: Scope, inputs: readonly NewPerson[]): Promise<Person[]> {
  await mayWriteAt(
    scope,
    inputs.map(({ customerId }) => customerId),
  );
  const cleaned = inputs.map((input) => ({ input, fields: cleanPerson(input), rights: cleanRights(input.rights ?? {}) }));
  for (const { fields, rights } of cleaned) refuseSharedApprover(fields, rights);
  await refuseErased(scope, inputs);
  const identities = await identitiesOf(
    scope,
    cleaned.map(({ fields }) => fields.email),
  );
  const people = cleaned.map(({ input, fields }) => asNew(scope, input.id ?? newId(), fields, identities.get(fields.email) ?? null));
  await insertPeople(scope, people);
  await insertGrants(
    scope,
    cleaned.map(({ input, rights }, at) => ({ personId: people[at]?.id ?? '', customerId: input.customerId, rights })),
  );
  await joinAsPeople(scope, people);
  await indexThings(
    scope,
    people.map((person, at) => indexed(person, cleaned[at]?.input.customerId ?? null)),
  );
  const added = people.map((person, at) => shown(person, cleaned[at]?.rights ?? cleanRights({})));
  await recordEvents(
    scope,
    cleaned.map(({ input, fields }, at) => ({ kind: 'person.added', customerId: input.customerId, data: { personId: people[at]?.id, name: fields.name } })),
  );
  return added;
}

/**
 * Corrects a person, at every customer of theirs. A new address is unproven, belongs to another identity, and ends links mailed to the
 * old one at once. Refuses `stale_version` with the newer person, `not_found`.
 */
export async function changePerson(scope: Scope, input: Readonly<{ id: string; version: number; changes: PersonChanges }>): Promise<void> {
  await mayWrite(scope);
  const before = await lockPerson(scope, input.id);
  if (before === undefined || before.removedAt !== null) throw new Refusal('not_found');
  if (before.version !== input.version) throw new Refusal('stale_version', { current: before });
  const fields = cleanPerson(input.changes, before);
  if (fields.sharedMailbox && !before.sharedMailbox) await refuseApproverBecomingShared(scope, input.id);
  const moved = fields.email !== before.email;
  const after: StoredPerson = { ...before, ...fields, version: before.version + 1, ...(moved ? await newAddress(scope, fields.email) : {}) };
  await updatePerson(scope, after);
  if (moved) await leaveOldAddress(scope, before, after);
  const [customerId = null] = await selectCustomersOf(scope, after.id);
  await indexThings(scope, [indexed(after, customerId)]);
  const changed = (Object.keys(fields) as (keyof PersonFields)[]).filter((key) => fields[key] !== before[key]);
  await recordEvent(scope, { kind: 'person.changed', customerId, data: { personId: after.id, name: after.name, changed } });
}

/** Says what a person may do at one customer, instead of whatever was said before; counts from the next request. */
export async function setRights(scope: Scope, input: Readonly<{ personId: string; customerId: string; rights: Partial<Rights> }>): Promise<void> {
  await mayWriteAt(scope, [input.customerId]);
  const person = await lockPerson(scope, input.personId);
  if (person === undefined || person.removedAt !== null) throw new Refusal('not_found');
  await refuseErased(scope, [input]);
  const before = (await selectPeople(scope, { customerId: input.customerId, personId: input.personId }))[0];
  const rights = cleanRights(input.rights, before?.rights);
  refuseSharedApprover(person, rights);
  await revokeGrants(scope, input.personId, input.customerId);
  await insertGrants(scope, [{ personId: input.personId, customerId: input.customerId, rights }]);
  await recordEvent(scope, { kind: 'person.rights_changed', customerId: input.customerId, data: { personId: person.id, name: person.name, rights } });
}

/**
 * Takes a person off a customer: rights and links there end at once. With no customer left the person is gone, and so is the way in.
 * Refuses `not_found`. Once more does nothing.
 */
export async function removePerson(scope: Scope, input: Readonly<{ personId: string; customerId: string }>): Promise<void> {
  await mayWriteAt(scope, [input.customerId]);
  const person = await lockPerson(scope, input.personId);
  if (person === undefined) throw new Refusal('not_found');
  const revoked = await revokeGrants(scope, person.id, input.customerId);
  if (revoked === 0) {
    if (!(await hadGrant(scope, person.id, input.customerId))) throw new Refusal('not_found');
    return;
  }
  await revokeLinks(scope, person.id, input.customerId);
  if ((await countLiveGrants(scope, person.id)) === 0) {
    await updatePerson(scope, { ...person, version: person.version + 1, removedAt: scope.now.toString() });
    if (person.identityId !== null) await endMembership(scope, person.identityId, person.id);
    await forgetThings(scope, [{ kind: 'person', id: person.id }]);
  }
  await recordEvent(scope, { kind: 'person.removed', customerId: input.customerId, data: { personId: person.id, name: person.name } });
}

/** Everyone with rights at a customer, who gets the invoices first. One query. */
export async function listPeople(scope: Scope, customerId: string): Promise<Person[]> {
  await mayRead(scope);
  return selectPeople(scope, { customerId, personId: null });
}

/** One person with the rights at a customer. Refuses `not_found`. */
export async function readPerson(scope: Scope, input: Readonly<{ personId: string; customerId: string }>): Promise<Person> {
  await mayRead(scope);
  const [person] = await selectPeople(scope, input);
  if (person === undefined) throw new Refusal('not_found');
  return person;
}

/** What the signed-in person may see and correct of themselves, and whose accounts they look at here. In a portal scope. */
export function readOwnDetails(scope: Scope): Promise<OwnDetails> {
  mustBeSelf(scope);
  return selectOwnDetails(scope);
}

/** The signed-in person corrects name, phone or language, in this business only. The address is the office's to change. */
export async function changeOwnDetails(scope: Scope, changes: Pick<PersonChanges, 'name' | 'phone' | 'language'>): Promise<void> {
  const id = mustBeSelf(scope);
  const own = (await selectOwnDetails(scope)).people.find((person) => person.id === id);
  if (own === undefined) throw new Refusal('not_found');
  const { name, phone, language } = cleanPerson({ name: changes.name, phone: changes.phone, language: changes.language } as PersonChanges, {
    ...own,
    sharedMailbox: false,
  });
  await updateOwnDetails(scope, { id, version: own.version + 1, name, phone, language });
  await enqueue(scope, 'index-person', { personId: id }, { key: id });
  await recordEvent(scope, { kind: 'person.details_corrected', shown: false, data: { personId: id, name } });
}

/** Makes a person findable by what is stored now: the portal, which corrects it, does not write to the office's search. */
export async function indexPerson(scope: Scope, personId: string): Promise<void> {
  const person = await lockPerson(scope, personId);
  if (person === undefined || person.removedAt !== null) return;
  const [customerId = null] = await selectCustomersOf(scope, personId);
  await indexThings(scope, [indexed(person, customerId)]);
}

/** Nobody is added to a customer whose personal data was erased. */
async function refuseErased(scope: Scope, at: readonly Readonly<{ customerId: string }>[]): Promise<void> {
  if (await anyErased(scope, [...new Set(at.map(({ customerId }) => customerId))])) throw new Refusal('already_erased');
}

function asNew(scope: Scope, id: string, fields: PersonFields, identityId: string | null): StoredPerson {
  return { ...fields, id, version: 1, identityId, verifiedAt: null, bouncedAt: null, emailChangedAt: null, removedAt: null, createdAt: scope.now.toString() };
}

async function newAddress(scope: Scope, email: string): Promise<Partial<StoredPerson>> {
  const identities = await identitiesOf(scope, [email]);
  return { identityId: identities.get(email) ?? null, emailChangedAt: scope.now.toString(), verifiedAt: null, bouncedAt: null };
}

async function leaveOldAddress(scope: Scope, before: StoredPerson, after: StoredPerson): Promise<void> {
  await leaveLinks(scope, before.id);
  if (before.identityId !== null) await endMembership(scope, before.identityId, before.id);
  await joinAsPeople(scope, [after]);
}

function refuseSharedApprover(person: PersonFields, rights: Rights): void {
  if (person.sharedMailbox && rights.approveLimitMinor > 0n) throw new Refusal('shared_mailbox_approves', { field: 'approveLimitMinor' });
}

async function refuseApproverBecomingShared(scope: Scope, personId: string): Promise<void> {
  for (const customerId of await selectCustomersOf(scope, personId)) {
    const [person] = await selectPeople(scope, { customerId, personId });
    if (person !== undefined && person.rights.approveLimitMinor > 0n) throw new Refusal('shared_mailbox_approves', { field: 'sharedMailbox' });
  }
}

function indexed(person: PersonFields & { id: string }, customerId: string | null): Indexed {
  const texts = { words: [person.name], emails: person.email === '' ? [] : [person.email], phones: [person.phone] };
  return { kind: 'person', id: person.id, customerId, texts };
}

function shown(person: StoredPerson, rights: Rights): Person {
  const { identityId: _identity, verifiedAt, removedAt: _removed, ...rest } = person;
  return { ...rest, verified: verifiedAt !== null, rights };
}
