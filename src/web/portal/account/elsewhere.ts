import { accountsOf } from '../../../domain/people/sign-in.ts';
import type { Deps } from '../../context.ts';

/** An account of the same person at another business. */
export type Elsewhere = Readonly<{ slug: string; name: string }>;

type Found = Readonly<{ at: number; accounts: readonly (Elsewhere & { business: string })[] }>;
const found = new Map<string, Found>();
const freshMs = 30_000;
const mostKept = 20_000;

type Of = Readonly<{ identity: string; session: string; business: string }>;

/**
 * The person's accounts at other businesses, as they were within the last half minute of this session. For that very person's pages alone
 * (rule 13).
 */
export async function accountsElsewhere(deps: Pick<Deps, 'database' | 'now'>, { identity, session, business }: Of): Promise<readonly Elsewhere[]> {
  const now = deps.now().epochMilliseconds;
  let known = found.get(session);
  if (known === undefined || now - known.at >= freshMs) {
    known = { at: now, accounts: await accountsOf(deps.database, identity) };
    if (found.size >= mostKept) found.clear();
    found.set(session, known);
  }
  return known.accounts.filter((each) => each.business !== business);
}
