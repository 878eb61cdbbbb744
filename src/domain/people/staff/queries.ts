import { sql } from 'kysely';
import { Refusal } from '../../../core/refusal.ts';
import { type Scope, sqlState } from '../../../db/scope.ts';
import type { Colleague } from '../staff.ts';

type Stored = Colleague & { identityId: string };
const columns = sql`s.id, s.name, s.email, s.role, s.language, s.created_at as "createdAt"`;

export async function insertStaff(scope: Scope, staff: Stored): Promise<void> {
  await scope.tx
    .insertInto('staff')
    .values({
      business_id: scope.business,
      id: staff.id,
      identity_id: staff.identityId,
      name: staff.name,
      email: staff.email,
      role: staff.role,
      language: staff.language,
      created_at: staff.createdAt,
    })
    // Whoever left and comes back is the same member of staff.
    .onConflict((conflict) =>
      conflict.columns(['business_id', 'identity_id']).doUpdateSet({ name: staff.name, email: staff.email, role: staff.role, removed_at: null }),
    )
    .execute()
    .catch((error: unknown) => {
      throw sqlState(error) === '23505' ? new Refusal('id_taken', { field: 'id' }) : error;
    });
}

export async function selectStaff(scope: Scope): Promise<Colleague[]> {
  const { rows } =
    await sql<Colleague>`select ${columns} from staff s where s.business_id = ${scope.business} and s.removed_at is null order by s.created_at, s.id`.execute(
      scope.tx,
    );
  return rows;
}

export async function selectColleague(scope: Scope, id: string): Promise<Stored | undefined> {
  const { rows } = await sql<Stored>`select ${columns}, s.identity_id as "identityId" from staff s
    where s.business_id = ${scope.business} and s.id = ${id} and s.removed_at is null`.execute(scope.tx);
  return rows[0];
}

/** All staff, locked: who counts owners must not race with who removes one. */
export async function lockStaff(scope: Scope): Promise<Stored[]> {
  const { rows } = await sql<Stored>`select ${columns}, s.identity_id as "identityId" from staff s
    where s.business_id = ${scope.business} and s.removed_at is null order by s.id for no key update`.execute(scope.tx);
  return rows;
}

export async function updateStaff(
  scope: Scope,
  id: string,
  set: { name?: string; role?: string; language?: string; removed_at?: string; email?: string; identity_id?: string },
): Promise<void> {
  await scope.tx.updateTable('staff').set(set).where('business_id', '=', scope.business).where('id', '=', id).execute();
}

export async function joinAsStaff(scope: Scope, identityId: string, staffId: string): Promise<void> {
  await scope.tx
    .insertInto('memberships')
    .values({ business_id: scope.business, identity_id: identityId, kind: 'staff', member_id: staffId, removed_at: null })
    .onConflict((conflict) => conflict.columns(['business_id', 'identity_id', 'kind', 'member_id']).doUpdateSet({ removed_at: null }))
    .execute();
}
