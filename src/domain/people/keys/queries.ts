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
  replaced_by: string | null;
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
    .select([
      'k.id',
      'k.name',
      'k.hint',
      'k.scopes',
      's.name as created_by_name',
      'k.created_at',
      'k.expires_at',
      'k.last_used_at',
      'k.revoked_at',
      'k.replaced_by',
    ])
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

/** False when there is no such key that still opens anything. */
export async function renameKey(scope: Scope, id: string, name: string): Promise<boolean> {
  const row = await scope.tx
    .updateTable('api_keys')
    .set({ name })
    .where('business_id', '=', scope.business)
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

export type LiveKey = Readonly<{ name: string; scopes: string[]; created_at: string; expires_at: string | null; replaced_by: string | null }>;

/** A key that still opens something, held until the transaction ends. */
export function lockLiveKey(scope: Scope, id: string): Promise<LiveKey | undefined> {
  return scope.tx
    .selectFrom('api_keys')
    .select(['name', 'scopes', 'created_at', 'expires_at', 'replaced_by'])
    .where('business_id', '=', scope.business)
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .where((is) => is.or([is('expires_at', 'is', null), is('expires_at', '>', scope.now.toString())]))
    .forUpdate()
    .executeTakeFirst();
}

export async function endKeyLater(scope: Scope, id: string, of: Readonly<{ expiresAt: string; replacedBy: string }>): Promise<void> {
  await scope.tx
    .updateTable('api_keys')
    .set({ expires_at: of.expiresAt, replaced_by: of.replacedBy })
    .where('business_id', '=', scope.business)
    .where('id', '=', id)
    .execute();
}

export type EndingKey = Readonly<{ id: string; name: string; expires_at: string }>;

/** Keys that end by themselves before a moment and that no other took the place of, the soonest first. */
export async function selectEndingKeys(scope: Scope, before: string, told: boolean | null): Promise<EndingKey[]> {
  let query = scope.tx
    .selectFrom('api_keys')
    .select(['id', 'name', 'expires_at'])
    .where('business_id', '=', scope.business)
    .where('revoked_at', 'is', null)
    .where('replaced_by', 'is', null)
    .where('expires_at', '>', scope.now.toString())
    .where('expires_at', '<=', before);
  if (told === false) query = query.where('told_of_end_at', 'is', null);
  return (await query.orderBy('expires_at').execute()) as EndingKey[];
}

export async function noteToldOfEnd(scope: Scope, id: string): Promise<void> {
  await scope.tx.updateTable('api_keys').set({ told_of_end_at: scope.now.toString() }).where('business_id', '=', scope.business).where('id', '=', id).execute();
}
