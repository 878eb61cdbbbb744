import { sql } from 'kysely';
import { Refusal } from '../../../core/refusal.ts';
import { type Scope, sqlState } from '../../../db/scope.ts';

/** A change of how customers are told to pay. `liveAt` null: it waits for a second person. */
export type PayChange = Readonly<{ id: string; howToPay: string; askedBy: string; askedByName: string; askedAt: string; liveAt: string | null }>;

const columns = sql`c.id, c.how_to_pay as "howToPay", c.asked_by as "askedBy", c.asked_by_name as "askedByName", c.asked_at as "askedAt", c.live_at as "liveAt"`;

export async function insertPayChange(scope: Scope, change: PayChange): Promise<void> {
  await scope.tx
    .insertInto('pay_changes')
    .values({
      business_id: scope.business,
      id: change.id,
      how_to_pay: change.howToPay,
      asked_by: change.askedBy,
      asked_by_name: change.askedByName,
      asked_at: change.askedAt,
      live_at: change.liveAt,
    })
    .execute()
    .catch((error: unknown) => {
      throw sqlState(error) === '23505' ? new Refusal('pay_change_waiting') : error;
    });
}

export async function selectPayChange(scope: Scope): Promise<PayChange | undefined> {
  const { rows } = await sql<PayChange>`select ${columns} from pay_changes c where c.business_id = ${scope.business} and c.outcome is null`.execute(scope.tx);
  return rows[0];
}

/** The one that waits, or just this one if it still does. */
export async function lockPayChange(scope: Scope, id: string | null): Promise<PayChange | undefined> {
  const { rows } = await sql<PayChange>`select ${columns} from pay_changes c where c.business_id = ${scope.business} and c.outcome is null
    and (${id}::uuid is null or c.id = ${id}::uuid) for update`.execute(scope.tx);
  return rows[0];
}

export async function decidePayChange(scope: Scope, id: string, outcome: 'live' | 'canceled'): Promise<void> {
  await scope.tx
    .updateTable('pay_changes')
    .set({ outcome, decided_at: scope.now.toString(), decided_by_name: scope.actor.name })
    .where('business_id', '=', scope.business)
    .where('id', '=', id)
    .execute();
}

export async function setHowToPay(scope: Scope, howToPay: string): Promise<void> {
  await sql`update business_profiles set how_to_pay = ${howToPay}, version = version + 1, updated_at = ${scope.now.toString()}
    where business_id = ${scope.business}`.execute(scope.tx);
}
