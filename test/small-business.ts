import { randomBytes } from 'node:crypto';
import { newId } from '../src/db/fresh.ts';
import type { Database } from '../src/db/pool.ts';
import { type Actor, inTransaction, type Scope, systemActor } from '../src/db/scope.ts';
import { foundBusiness, type NewBusiness } from '../src/domain/businesses/sign-up.ts';
import { keysOf } from '../src/outside/keys.ts';

export const testKeys = keysOf('a secret of tests only, 32 letters and more');

/** A business just founded, with ways in for its owner, its own tasks and its customers. */
export type SmallBusiness = Readonly<{
  id: string;
  slug: string;
  owner: Actor;
  ownerIdentity: string;
  office: <T>(work: (scope: Scope) => Promise<T>, actor?: Actor) => Promise<T>;
  system: <T>(work: (scope: Scope) => Promise<T>) => Promise<T>;
}>;

export async function smallBusiness(
  database: Database,
  input: Partial<NewBusiness> = {},
  options: { demo?: boolean; starter?: boolean } = {},
): Promise<SmallBusiness> {
  const id = newId();
  const letters = randomBytes(4).toString('hex');
  const fields: NewBusiness = {
    name: `Otter ${letters}`,
    trade: 'plumbing',
    country: 'US',
    timeZone: 'America/Chicago',
    currency: 'USD',
    ownerName: 'Ida Brandt',
    email: `ida.${letters}@example.com`,
    ...input,
  };
  const system: SmallBusiness['system'] = (work) => inTransaction(database, { role: 'system', business: id, actor: systemActor }, work);
  const { slug, ownerId, identityId } = await system((scope) => foundBusiness(scope, fields, { ...options, confirmed: true }));
  const owner: Actor = { kind: 'staff', id: ownerId, name: fields.ownerName };
  return {
    id,
    slug,
    owner,
    ownerIdentity: identityId,
    system,
    office: (work, actor = owner) => inTransaction(database, { role: 'office', business: id, actor }, work),
  };
}

/** Resolves to the code of the refusal; fails when there is none. */
export async function refusalOf(work: Promise<unknown>): Promise<{ code: string; field: unknown }> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Error && error.name === 'Refusal' && 'code' in error) {
      const details = 'details' in error ? (error.details as { field?: unknown }) : {};
      return { code: String(error.code), field: details.field ?? null };
    }
    throw error;
  }
  throw new Error('nothing was refused');
}
