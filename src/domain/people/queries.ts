import { sql } from 'kysely';
import { Refusal } from '../../core/refusal.ts';
import { newId } from '../../db/fresh.ts';
import { type Scope, sqlState } from '../../db/scope.ts';
import type { Person, PersonFields, Rights } from './person.ts';
import type { StaffRole } from './rights.ts';

export type StoredPerson = PersonFields &
  Readonly<{
    id: string;
    version: number;
    identityId: string | null;
    verifiedAt: string | null;
    bouncedAt: string | null;
    emailChangedAt: string | null;
    removedAt: string | null;
    createdAt: string;
  }>;
/** What a signed-in person sees of themselves: one entry per contact of theirs, and the customers they act for. */
export type OwnDetails = Readonly<{
  people: readonly (Omit<PersonFields, 'sharedMailbox'> & { id: string; version: number })[];
  accounts: readonly { customerId: string; name: string; company: string; whole: boolean }[];
}>;

const rowsAStatement = 1000;
const stored = sql`p.id, p.version, p.name, p.email, p.phone, p.language, p.shared_mailbox as "sharedMailbox", p.identity_id as "identityId",
  p.verified_at as "verifiedAt", p.bounced_at as "bouncedAt", p.email_changed_at as "emailChangedAt", p.removed_at as "removedAt", p.created_at as "createdAt"`;

export async function selectStaffRole(scope: Scope, id: string): Promise<StaffRole | undefined> {
  const row = await scope.tx
    .selectFrom('staff')
    .select('role')
    .where('business_id', '=', scope.business)
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  return row?.role as StaffRole | undefined;
}

export async function selectKeyScopes(scope: Scope, id: string): Promise<readonly string[]> {
  const row = await scope.tx
    .selectFrom('api_keys')
    .select('scopes')
    .where('business_id', '=', scope.business)
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .where((is) => is.or([is('expires_at', 'is', null), is('expires_at', '>', scope.now.toString())]))
    .executeTakeFirst();
  return row?.scopes ?? [];
}

/** The identity behind each address, made where it is new. */
export async function identitiesOf(scope: Scope, emails: readonly string[]): Promise<Map<string, string>> {
  const wanted = [...new Set(emails.filter((email) => email !== ''))].sort();
  if (wanted.length === 0) return new Map();
  const { rows } = await sql<{ email: string; id: string }>`select e.email, identity_of(e.email, e.fresh, ${scope.now.toString()}::timestamptz) as id
    from unnest(${wanted}::text[], ${wanted.map(newId)}::uuid[]) as e (email, fresh)`.execute(scope.tx);
  return new Map(rows.map((row) => [row.email, row.id]));
}

export async function insertPeople(scope: Scope, people: readonly StoredPerson[]): Promise<void> {
  for (let from = 0; from < people.length; from += rowsAStatement) {
    const rows = people.slice(from, from + rowsAStatement).map((person) => ({
      business_id: scope.business,
      id: person.id,
      created_at: person.createdAt,
      ...fieldsOf(person),
    }));
    await scope.tx.insertInto('people').values(rows).execute().catch(refuseReference);
  }
}

function fieldsOf(person: StoredPerson) {
  return {
    version: person.version,
    name: person.name,
    email: person.email,
    phone: person.phone,
    language: person.language,
    shared_mailbox: person.sharedMailbox,
    identity_id: person.identityId,
    verified_at: person.verifiedAt,
    bounced_at: person.bouncedAt,
    email_changed_at: person.emailChangedAt,
    removed_at: person.removedAt,
  };
}

export async function updatePerson(scope: Scope, person: StoredPerson): Promise<void> {
  await scope.tx.updateTable('people').set(fieldsOf(person)).where('business_id', '=', scope.business).where('id', '=', person.id).execute();
}

export async function lockPerson(scope: Scope, id: string): Promise<StoredPerson | undefined> {
  const { rows } = await sql<StoredPerson>`select ${stored} from people p where p.business_id = ${scope.business} and p.id = ${id} for no key update`.execute(
    scope.tx,
  );
  return rows[0];
}

export async function anyErased(scope: Scope, customerIds: readonly string[]): Promise<boolean> {
  const { rows } =
    await sql`select from customers where business_id = ${scope.business} and id = any (${[...customerIds]}::uuid[]) and erased_at is not null limit 1`.execute(
      scope.tx,
    );
  return rows.length > 0;
}

type NewGrant = Readonly<{ personId: string; customerId: string; rights: Rights }>;

export async function insertGrants(scope: Scope, grants: readonly NewGrant[]): Promise<void> {
  const rows = grants.flatMap(({ personId, customerId, rights }) =>
    (rights.propertyIds ?? [null]).map((propertyId) => ({
      business_id: scope.business,
      id: newId(),
      person_id: personId,
      customer_id: customerId,
      property_id: propertyId,
      can_view: rights.canView,
      can_ask: rights.canAsk,
      can_pay: rights.canPay,
      can_manage: rights.canManage,
      approve_limit_minor: rights.approveLimitMinor,
      bills: rights.bills,
      created_at: scope.now.toString(),
    })),
  );
  for (let from = 0; from < rows.length; from += rowsAStatement) {
    await scope.tx
      .insertInto('grants')
      .values(rows.slice(from, from + rowsAStatement))
      .execute()
      .catch(refuseReference);
  }
}

function refuseReference(error: unknown): never {
  if (sqlState(error) === '23505') throw new Refusal('id_taken', { field: 'id' });
  if (sqlState(error) !== '23503' || !(error instanceof Error && 'constraint' in error)) throw error;
  throw error.constraint === 'grants_property' ? new Refusal('property_of_other_customer', { field: 'propertyIds' }) : new Refusal('not_found');
}

/** How many rights ended. */
export async function revokeGrants(scope: Scope, personId: string, customerId: string): Promise<number> {
  const { numUpdatedRows } = await scope.tx
    .updateTable('grants')
    .set({ revoked_at: scope.now.toString() })
    .where('business_id', '=', scope.business)
    .where('person_id', '=', personId)
    .where('customer_id', '=', customerId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** Whether a person ever had rights at a customer. */
export async function hadGrant(scope: Scope, personId: string, customerId: string): Promise<boolean> {
  const { rows } =
    await sql`select from grants g where g.business_id = ${scope.business} and g.person_id = ${personId} and g.customer_id = ${customerId} limit 1`.execute(
      scope.tx,
    );
  return rows.length > 0;
}

export async function countLiveGrants(scope: Scope, personId: string): Promise<number> {
  return (await selectCustomersOf(scope, personId)).length;
}

export async function selectCustomersOf(scope: Scope, personId: string): Promise<string[]> {
  const rows = await scope.tx
    .selectFrom('grants')
    .select('customer_id')
    .where('business_id', '=', scope.business)
    .where('person_id', '=', personId)
    .where('revoked_at', 'is', null)
    .groupBy('customer_id')
    .orderBy((of) => of.fn.min('created_at'))
    .execute();
  return rows.map((row) => row.customer_id);
}

/** Links mailed to an address its person has left: they end now, and offer a new one to the address recorded now. */
export async function leaveLinks(scope: Scope, personId: string): Promise<void> {
  await scope.tx
    .updateTable('links')
    .set({ revoked_at: scope.now.toString(), address_left: true })
    .where('business_id', '=', scope.business)
    .where('person_id', '=', personId)
    .where('revoked_at', 'is', null)
    .execute();
}

/** Links made for a person, and those they shared. */
export async function revokeLinks(scope: Scope, personId: string, customerId: string): Promise<void> {
  await scope.tx
    .updateTable('links')
    .set({ revoked_at: scope.now.toString() })
    .where('business_id', '=', scope.business)
    .where((is) => is.or([is('person_id', '=', personId), is('shared_by', '=', personId)]))
    .where('customer_id', '=', customerId)
    .where('revoked_at', 'is', null)
    .execute();
}

export async function joinAsPeople(scope: Scope, people: readonly StoredPerson[]): Promise<void> {
  const rows = people.flatMap(({ id, identityId }) =>
    identityId === null ? [] : [{ business_id: scope.business, identity_id: identityId, kind: 'person', member_id: id, removed_at: null }],
  );
  for (let from = 0; from < rows.length; from += rowsAStatement) {
    await scope.tx
      .insertInto('memberships')
      .values(rows.slice(from, from + rowsAStatement))
      .onConflict((conflict) => conflict.columns(['business_id', 'identity_id', 'kind', 'member_id']).doUpdateSet({ removed_at: null }))
      .execute();
  }
}

export async function endMembership(scope: Scope, identityId: string, memberId: string): Promise<void> {
  await scope.tx
    .updateTable('memberships')
    .set({ removed_at: scope.now.toString() })
    .where('business_id', '=', scope.business)
    .where('identity_id', '=', identityId)
    .where('member_id', '=', memberId)
    .execute();
}

export async function selectPeople(scope: Scope, of: { customerId: string; personId: string | null }): Promise<Person[]> {
  const { rows } = await sql<Person>`select p.id, p.version, p.name, p.email, p.phone, p.language, p.shared_mailbox as "sharedMailbox",
      p.verified_at is not null as verified, p.bounced_at as "bouncedAt", p.email_changed_at as "emailChangedAt", p.created_at as "createdAt", g.rights
    from people p
    join (select person_id, json_build_object(
        'propertyIds', case when bool_or(property_id is null) then null else json_agg(property_id) end,
        'canView', bool_or(can_view), 'canAsk', bool_or(can_ask), 'canPay', bool_or(can_pay), 'canManage', bool_or(can_manage),
        'approveLimitMinor', max(approve_limit_minor), 'bills', bool_or(bills)) as rights, bool_or(bills) as bills
      from grants where business_id = ${scope.business} and customer_id = ${of.customerId} and revoked_at is null group by person_id) g on g.person_id = p.id
    where p.business_id = ${scope.business} and p.removed_at is null ${of.personId === null ? sql`` : sql`and p.id = ${of.personId}`}
    order by g.bills desc, p.created_at, p.id`.execute(scope.tx);
  return rows.map((row) => ({ ...row, rights: { ...row.rights, approveLimitMinor: BigInt(row.rights.approveLimitMinor) } }));
}

export async function selectOwnDetails(scope: Scope): Promise<OwnDetails> {
  const { rows } = await sql<OwnDetails>`select
    (select coalesce(json_agg(json_build_object('id', p.id, 'version', p.version, 'name', p.name, 'email', p.email, 'phone', p.phone, 'language', p.language)
        order by p.created_at, p.id), '[]')
      from people p where p.business_id = ${scope.business} and p.removed_at is null and p.id = any (app_people())) as people,
    (select coalesce(json_agg(json_build_object('customerId', c.id, 'name', c.name, 'company', c.company, 'whole', c.id = any (app_customers())) order by c.name), '[]')
      from customers c where c.business_id = ${scope.business} and c.id = any (app_accounts())) as accounts`.execute(scope.tx);
  return rows[0] ?? { people: [], accounts: [] };
}

export async function updateOwnDetails(scope: Scope, own: Pick<StoredPerson, 'id' | 'version' | 'name' | 'phone' | 'language'>): Promise<void> {
  await scope.tx
    .updateTable('people')
    .set({ version: own.version, name: own.name, phone: own.phone, language: own.language })
    .where('business_id', '=', scope.business)
    .where('id', '=', own.id)
    .execute();
}
