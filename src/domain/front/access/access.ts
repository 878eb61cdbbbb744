import { approvesUpTo } from '../../../core/authority.ts';
import { hashToken } from '../../../db/fresh.ts';
import type { Compiled } from '../../../db/read.ts';
import type { Scope } from '../../../db/scope.ts';
import type { Rights } from '../../people/people.ts';
import type { SessionGrant } from '../front.ts';
import { openAsManagerQuery } from '../queries.ts';
import { type AccessRow, selectManagedAccounts, selectOwnRights } from './queries.ts';

/** A session as that of somebody who may manage people: of which accounts, and when they last showed that it is them. */
export type ManagerGrant = SessionGrant & Readonly<{ managed?: readonly string[]; authenticatedAt?: string; remembered?: boolean }>;

export function openAsManager(slug: string, token: string): Compiled {
  return openAsManagerQuery({ slug, token: hashToken(token) });
}

/** Somebody with access to an account. `approvesUpToMinor`: null without limit, 0n nothing. `own`: whoever looks at it. */
export type WithAccess = Omit<AccessRow, 'rights'> & Readonly<{ rights: Rights; approvesUpToMinor: bigint | null }>;
export type ManagedAccount = Readonly<{
  id: string;
  name: string;
  kind: string;
  properties: readonly Readonly<{ id: string; title: string }>[];
  people: readonly WithAccess[];
}>;
export type OwnAccess = Readonly<{ id: string; name: string; rights: Rights; approvesUpToMinor: bigint | null }>;

/** Who can do what: in a scope of `openAsManager`, the accounts whose people are theirs to manage, and what they may do themselves everywhere. */
export async function readAccess(scope: Scope): Promise<{ managed: ManagedAccount[]; own: OwnAccess[] }> {
  const accounts = await selectManagedAccounts(scope);
  const managed = accounts.map((account) => ({
    ...account,
    people: account.people.map((person) => ({ ...person, ...readRights(account.kind, person.rights) })),
  }));
  return { managed, own: (await selectOwnRights(scope)).map((row) => ({ id: row.id, name: row.name, ...readRights(row.kind, row.rights) })) };
}

function readRights(customerKind: string, row: AccessRow['rights']): { rights: Rights; approvesUpToMinor: bigint | null } {
  const rights = { ...row, approveLimitMinor: BigInt(row.approveLimitMinor) };
  const { canManage, propertyIds, approveLimitMinor } = rights;
  return {
    rights,
    approvesUpToMinor: approvesUpTo({ customerKind, whole: propertyIds === null, canManage, limitMinor: approveLimitMinor, nteMinor: null, owns: false }),
  };
}
