import { sql, type Transaction } from 'kysely';
import type { Locale } from '../../../core/locale.ts';
import type { Scope } from '../../../db/scope.ts';
import type { DB } from '../../../db/tables.ts';
import type { StaffRole } from '../rights.ts';

type Tx = Transaction<DB>;
export type Identity = Readonly<{ id: string; email: string; password_hash: string | null; confirmed_at: string | null }>;
export type Desk = Readonly<{ id: string; name: string; email: string; role: StaffRole; language: Locale }>;

/** As the login, before any scope. */
export async function selectIdentity(tx: Tx, email: string): Promise<Identity | undefined> {
  return tx.selectFrom('identities').select(['id', 'email', 'password_hash', 'confirmed_at']).where('email', '=', email).executeTakeFirst();
}

/** The businesses an identity works in; where it worked last comes first. */
export async function selectWorkplaces(tx: Tx, identityId: string): Promise<{ business: string; staffId: string }[]> {
  const { rows } = await sql<{ business: string; staffId: string }>`select m.business_id as business, m.member_id as "staffId" from memberships m
    where m.identity_id = ${identityId} and m.kind = 'staff' and m.removed_at is null
    order by (m.business_id = (select s.active_business from sessions s where s.identity_id = ${identityId} and s.realm = 'office'
      order by s.created_at desc limit 1)) desc nulls last, m.business_id`.execute(tx);
  return rows;
}

/** The businesses an identity is a customer of. */
export async function selectAccounts(tx: Tx, identityId: string): Promise<{ business: string; slug: string; name: string }[]> {
  const { rows } = await sql<{ business: string; slug: string; name: string }>`select distinct b.id as business, b.slug, b.name
    from memberships m join businesses b on b.id = m.business_id
    where m.identity_id = ${identityId} and m.kind = 'person' and m.removed_at is null order by b.name, b.id`.execute(tx);
  return rows;
}

/** In a scope of the system: the identity has shown that it reads its mail. */
export async function confirmIdentity(scope: Scope, identityId: string, passwordHash: string | null): Promise<void> {
  const at = scope.now.toString();
  await sql`update identities set confirmed_at = coalesce(confirmed_at, ${at}::timestamptz) where id = ${identityId}`.execute(scope.tx);
  if (passwordHash !== null) await sql`update identities set password_hash = ${passwordHash} where id = ${identityId}`.execute(scope.tx);
}

export async function selectDesk(scope: Scope, identityId: string): Promise<Desk | undefined> {
  const row = await scope.tx
    .selectFrom('staff')
    .select(['id', 'name', 'email', 'role', 'language'])
    .where('business_id', '=', scope.business)
    .where('identity_id', '=', identityId)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  return row as Desk | undefined;
}

/** Who in this business has the address and may look at something. */
export async function selectPersonByEmail(scope: Scope, email: string): Promise<{ id: string; identity_id: string; name: string } | undefined> {
  const { rows } = await sql<{ id: string; identity_id: string; name: string }>`select p.id, p.identity_id, p.name from people p
    where p.business_id = ${scope.business} and p.email = ${email} and p.removed_at is null and p.identity_id is not null
      and exists (select from grants g where g.business_id = ${scope.business} and g.person_id = p.id and g.revoked_at is null and g.can_view)
    order by p.created_at, p.id limit 1`.execute(scope.tx);
  return rows[0];
}

/** The address of a person who may look at something. */
export async function selectAddressee(scope: Scope, personId: string): Promise<{ email: string; identity_id: string } | undefined> {
  const { rows } = await sql<{ email: string; identity_id: string }>`select p.email, p.identity_id from people p
    where p.business_id = ${scope.business} and p.id = ${personId} and p.removed_at is null and p.identity_id is not null
      and exists (select from grants g where g.business_id = ${scope.business} and g.person_id = p.id and g.revoked_at is null and g.can_view)`.execute(
    scope.tx,
  );
  return rows[0];
}

export type PersonOfIdentity = Readonly<{ id: string; name: string; email: string; language: Locale }>;

/** The contacts of an identity in this business, the first one made first. */
export async function selectPeopleOf(scope: Scope, identityId: string): Promise<PersonOfIdentity[]> {
  const { rows } = await sql<PersonOfIdentity>`select p.id, p.name, p.email, p.language from people p
    where p.business_id = ${scope.business} and p.identity_id = ${identityId} and p.removed_at is null order by p.created_at, p.id`.execute(scope.tx);
  return rows;
}

/** Those of them whose address was theirs already when something was mailed to it at `sentAt`. */
export async function selectPeopleSince(scope: Scope, identityId: string, sentAt: string): Promise<PersonOfIdentity[]> {
  const { rows } = await sql<PersonOfIdentity>`select p.id, p.name, p.email, p.language from people p
    where p.business_id = ${scope.business} and p.identity_id = ${identityId} and p.removed_at is null
      and (p.email_changed_at is null or p.email_changed_at < ${sentAt}::timestamptz) order by p.created_at, p.id`.execute(scope.tx);
  return rows;
}

export async function markVerified(scope: Scope, identityId: string): Promise<void> {
  await scope.tx
    .updateTable('people')
    .set({ verified_at: scope.now.toString() })
    .where('business_id', '=', scope.business)
    .where('identity_id', '=', identityId)
    .where('verified_at', 'is', null)
    .where('removed_at', 'is', null)
    .execute();
}

/** Whether the business of this scope is one of the invented ones. */
export async function isDemo(scope: Scope): Promise<boolean> {
  const row = await scope.tx.selectFrom('businesses').select('demo').where('id', '=', scope.business).executeTakeFirst();
  return row?.demo === true;
}

/** In a scope of the system: whether an identity could sign in by a password. */
export async function hasPassword(scope: Scope, identityId: string): Promise<boolean> {
  const { rows } = await sql<{ has: boolean }>`select password_hash is not null as has from identities where id = ${identityId}`.execute(scope.tx);
  return rows[0]?.has ?? false;
}

export async function nameOfBusiness(scope: Scope): Promise<string> {
  const row = await scope.tx.selectFrom('businesses').select('name').where('id', '=', scope.business).executeTakeFirst();
  return row?.name ?? '';
}
