import type pg from 'pg';
import type { Erasing } from './erase.ts';
import { patternsOf } from './words.ts';

/** What stands outside the tables of a business: the task queue, and identities with their ways in. */

/** Waiting tasks that carry an address of the erased go; what failing ones said of them goes too. */
export async function eraseTasks(client: pg.Client, { business, words }: Erasing): Promise<void> {
  const named = [business, patternsOf(words)];
  await client.query(`delete from graphile_worker._private_jobs where payload ->> 'businessId' = $1 and payload::text ilike any ($2::text[])`, named);
  await client.query(`update graphile_worker._private_jobs set last_error = '' where payload ->> 'businessId' = $1 and last_error is not null`, [business]);
}

const local = ['sessions', 'sign_in_codes', 'known_devices', 'passkeys', 'authenticator_apps', 'recovery_codes', 'ceremonies'] as const;

/** An identity nobody is any more, in any business, goes with every way in. One that somebody else knows stays as it is. */
export async function eraseIdentities(client: pg.Client, identities: readonly string[]): Promise<number> {
  const { rows } = await client.query<{ id: string }>(
    `select i.id from identities i where i.id = any ($1::uuid[]) and not exists (select from memberships m where m.identity_id = i.id)
      and not exists (select from invitations v where v.identity_id = i.id)`,
    [identities],
  );
  const orphans = rows.map(({ id }) => id);
  for (const table of local) await client.query(`delete from ${table} where identity_id = any ($1::uuid[])`, [orphans]);
  await client.query('delete from identities where id = any ($1::uuid[])', [orphans]);
  return orphans.length;
}
