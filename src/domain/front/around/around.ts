import { firstText } from '../../../db/compile.ts';
import type { Compiled } from '../../../db/read.ts';
import type { Scope } from '../../../db/scope.ts';
import { aroundQuery } from './queries.ts';

export type Account = Readonly<{ name: string; company: string }>;

/**
 * What stands around every page of a signed-in person: whose accounts these are, which sections have content for them, and how many
 * conversations have something unread.
 */
export type Around = Readonly<{
  accounts: readonly Account[];
  estimates: boolean;
  visits: boolean;
  properties: boolean;
  managesPeople: boolean;
  messages: boolean;
  billing: boolean;
  unread: number;
}>;

const nothing: Around = { accounts: [], estimates: false, visits: false, properties: false, managesPeople: false, messages: false, billing: false, unread: 0 };

export function aroundQueryOf(business: string): Compiled {
  return aroundQuery({ business });
}

/** What the text of `aroundQueryOf` says; null: nothing. */
export function aroundOf(json: string | null): Around {
  return json === null ? nothing : (JSON.parse(json) as Around);
}

/** The same within a scope. */
export async function readAround(scope: Scope): Promise<Around> {
  return aroundOf(await firstText(scope, aroundQuery({ business: scope.business })));
}
