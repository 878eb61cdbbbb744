import { sql } from 'kysely';
import type { PayMethod } from '../../../core/gateways.ts';
import { fixedQuery } from '../../../db/compile.ts';
import type { Scope } from '../../../db/scope.ts';

export type SavedState = 'adding' | 'saved' | 'failed' | 'removed';

export type SavedRow = Readonly<{
  id: string;
  customer_id: string;
  person_id: string;
  person_name: string;
  gateway: string;
  state: SavedState;
  method: PayMethod;
  gateway_session: string | null;
  reference: string | null;
  holder: string | null;
  label: string;
  expires_on: string | null;
  is_default: boolean;
  offered_at: string | null;
  created_at: string;
}>;

const columns = [
  'id',
  'customer_id',
  'person_id',
  'person_name',
  'gateway',
  'state',
  'method',
  'gateway_session',
  'reference',
  'holder',
  'label',
  'expires_on',
  'is_default',
  'offered_at',
  'created_at',
] as const;

export type SavedPatch = Readonly<{
  state?: SavedState;
  method?: PayMethod;
  gateway_session?: string;
  reference?: string;
  holder?: string;
  label?: string;
  expires_on?: string | null;
  is_default?: boolean;
  offered_at?: string | null;
  saved_at?: string;
  removed_at?: string;
  forgotten_at?: string;
}>;

/** False when a method of this id is already there. */
export async function insertSaved(scope: Scope, row: Pick<SavedRow, 'id' | 'customer_id' | 'person_id' | 'person_name' | 'gateway'>): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await scope.tx
    .insertInto('saved_methods')
    .values({ ...row, business_id: scope.business, state: 'adding', created_at: scope.now.toString() })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

export async function selectSaved(scope: Scope, id: string, lock = false): Promise<SavedRow | undefined> {
  const query = scope.tx.selectFrom('saved_methods').select(columns).where('business_id', '=', scope.business).where('id', '=', id);
  return (await (lock ? query.forUpdate() : query).executeTakeFirst()) as SavedRow | undefined;
}

/** Every kept method the scope sees: in the portal one's own and what others offer. */
export async function selectSavedList(scope: Scope): Promise<SavedRow[]> {
  const query = scope.tx.selectFrom('saved_methods').select(columns).where('business_id', '=', scope.business).where('state', '=', 'saved');
  return (await query.orderBy('is_default', 'desc').orderBy('created_at', 'desc').execute()) as SavedRow[];
}

export async function updateSaved(scope: Scope, id: string, patch: SavedPatch): Promise<void> {
  await scope.tx.updateTable('saved_methods').set(patch).where('business_id', '=', scope.business).where('id', '=', id).execute();
}

export async function clearDefault(scope: Scope, personId: string): Promise<void> {
  await scope.tx
    .updateTable('saved_methods')
    .set({ is_default: false })
    .where('business_id', '=', scope.business)
    .where('person_id', '=', personId)
    .where('is_default', '=', true)
    .execute();
}

export async function hasDefault(scope: Scope, personId: string): Promise<boolean> {
  const { rows } = await sql`select from saved_methods m where m.business_id = ${scope.business} and m.person_id = ${personId} and m.is_default`.execute(
    scope.tx,
  );
  return rows.length > 0;
}

/** Whose account a person may add a method for: what they may pay there. */
export async function selectPayers(scope: Scope): Promise<{ customerId: string; personId: string; name: string; email: string; language: string }[]> {
  const { rows } = await sql<{ customerId: string; personId: string; name: string; email: string; language: string }>`
    select distinct on (g.customer_id) g.customer_id as "customerId", p.id as "personId", p.name, p.email, p.language
    from grants g join people p on p.business_id = ${scope.business} and p.id = g.person_id
    where g.business_id = ${scope.business} and g.person_id = any (app_people()) and g.revoked_at is null and g.can_view and g.can_pay
    order by g.customer_id, p.created_at`.execute(scope.tx);
  return rows;
}

/** Methods being added since before, and removed ones the processor has not been told of. */
export async function selectUnfinished(scope: Scope, before: string, limit: number): Promise<{ id: string; state: SavedState }[]> {
  const { rows } = await sql<{ id: string; state: SavedState }>`select id, state from saved_methods
    where business_id = ${scope.business} and (state = 'adding' or (state = 'removed' and reference is not null and forgotten_at is null)) and created_at < ${before}::timestamptz
    order by created_at limit ${limit}`.execute(scope.tx);
  return rows;
}

/** One's own kept cards that end within 30 days, as JSON for a page. */
export const expiringQuery = fixedQuery(
  { business: 'uuid' },
  ({
    business: b,
  }) => sql`select coalesce(json_agg(json_build_object('id', m.id, 'label', m.label, 'expiresOn', m.expires_on) order by m.expires_on, m.id), '[]')::text
    from saved_methods m join businesses u on u.id = ${b}
    where m.business_id = ${b} and m.state = 'saved' and m.person_id = any (app_people()) and m.expires_on <= (now() at time zone u.time_zone)::date + 30`,
);
