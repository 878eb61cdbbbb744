import type { Scope } from '../../../db/scope.ts';

export type KeyRow = Readonly<{
  id: string;
  name: string;
  hint: string;
  scopes: string[];
  created_by_name: string | null;
  created_at: string;
  expires_at: string | null;
  last_used_at: string | null;
  revoked_at: string | null;
}>;

export async function insertKey(
  scope: Scope,
  key: Readonly<{ id: string; name: string; hint: string; hash: Buffer; scopes: readonly string[]; expiresAt: string | null }>,
): Promise<void> {
  await scope.tx
    .insertInto('api_keys')
    .values({
      business_id: scope.business,
      id: key.id,
      name: key.name,
      hint: key.hint,
      key_hash: key.hash,
      scopes: [...key.scopes],
      created_by: scope.actor.id,
      created_at: scope.now.toString(),
      expires_at: key.expiresAt,
    })
    .execute();
}

export async function selectKeys(scope: Scope): Promise<KeyRow[]> {
  return scope.tx
    .selectFrom('api_keys as k')
    .leftJoin('staff as s', (join) => join.on('s.business_id', '=', scope.business).onRef('s.id', '=', 'k.created_by'))
    .select(['k.id', 'k.name', 'k.hint', 'k.scopes', 's.name as created_by_name', 'k.created_at', 'k.expires_at', 'k.last_used_at', 'k.revoked_at'])
    .where('k.business_id', '=', scope.business)
    .orderBy('k.created_at', 'desc')
    .execute();
}

/** The name of the key that ended now; undefined when there is none or it had ended. */
export async function endKey(scope: Scope, id: string): Promise<string | undefined> {
  const row = await scope.tx
    .updateTable('api_keys')
    .set({ revoked_at: scope.now.toString() })
    .where('business_id', '=', scope.business)
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .returning('name')
    .executeTakeFirst();
  return row?.name;
}

export async function touchKey(scope: Scope, id: string): Promise<void> {
  await scope.tx
    .updateTable('api_keys')
    .set({ last_used_at: scope.now.toString() })
    .where('business_id', '=', scope.business)
    .where('id', '=', id)
    .where((is) => is.or([is('last_used_at', 'is', null), is('last_used_at', '<', scope.now.subtract({ minutes: 1 }).toString())]))
    .execute();
}
