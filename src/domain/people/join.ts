import type { Keys } from '../../core/gateways.ts';
import { isUuid } from '../../core/ids.ts';
import type { Database } from '../../db/pool.ts';
import { inTransaction } from '../../db/scope.ts';
import { selectJoining } from './access/queries.ts';

export type Joining = Readonly<{ personId: string; name: string; email: string; language: string }>;

type Of = Readonly<{ personId: string; address: string }>;

/**
 * The name of a person in an address, and a seal over who and the address it went to. It opens nothing: it spares them typing the address a code is
 * mailed to. With another address, or once they are removed, it is worthless.
 */
export function joinToken(keys: Keys, business: string, of: Of): string {
  return `${of.personId.replaceAll('-', '')}.${seal(keys, business, of)}`;
}

const seal = (keys: Keys, business: string, { personId, address }: Of): string => keys.mac(`join:${business}:${personId}:${address}`);

/** Whom such a token was mailed to; null for anything else. */
export async function readJoinToken(database: Database, keys: Keys, business: string, token: string): Promise<Joining | null> {
  const [name = '', given = ''] = token.split('.');
  const personId = name.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  if (!isUuid(personId)) return null;
  const actor = { kind: 'person', id: personId, name: '' } as const;
  const person = await inTransaction(database, { role: 'portal', business, actor, people: [personId] }, (scope) => selectJoining(scope, personId));
  return person !== undefined && seal(keys, business, { personId, address: person.email }) === given ? { personId, ...person } : null;
}
