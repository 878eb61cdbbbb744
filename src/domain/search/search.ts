import { limits } from '../../core/limits.ts';
import type { Scope } from '../../db/scope.ts';
import { deleteTerms, type Found, insertTerms, selectFound, selectMatches } from './queries.ts';
import { queryWords, type Texts, termsOf } from './terms.ts';

export type { Found, Texts };
export const searchKinds = ['customer', 'property', 'person', 'invoice', 'estimate', 'job', 'payment', 'item'] as const;
export type SearchKind = (typeof searchKinds)[number];
export type Indexed = Readonly<{ kind: SearchKind; id: string; customerId: string | null; texts: Texts }>;

/** Makes the thing findable by these texts and no others, in the scope's transaction. `customerId`: whose it is; null for the price book. */
export function indexThing(scope: Scope, kind: SearchKind, id: string, customerId: string | null, texts: Texts): Promise<void> {
  return indexThings(scope, [{ kind, id, customerId, texts }]);
}

/** The same for many at once: two statements in all. */
export async function indexThings(scope: Scope, things: readonly Indexed[]): Promise<void> {
  if (things.length === 0) return;
  const rows = things.flatMap((thing) => termsOf(thing.texts).map((term) => ({ term, kind: thing.kind, id: thing.id, customerId: thing.customerId })));
  await forgetThings(scope, things);
  if (rows.length > 0) await insertTerms(scope, rows);
}

/** What is new to the index: one statement, nothing to forget first. */
export async function indexNew(scope: Scope, { kind, id, customerId, texts }: Indexed): Promise<void> {
  const rows = termsOf(texts).map((term) => ({ term, kind, id, customerId }));
  if (rows.length > 0) await insertTerms(scope, rows);
}

/** Makes things findable no more. */
export async function forgetThings(scope: Scope, things: readonly { kind: SearchKind; id: string }[]): Promise<void> {
  if (things.length === 0) return;
  const kinds = [...new Set(things.map((thing) => thing.kind))];
  await deleteTerms(
    scope,
    kinds,
    things.map((thing) => thing.id),
  );
}

/**
 * What begins with every word typed so far, best first: whole words before beginnings, customers before their papers, newer before
 * older. Answers what a line of the result list shows. Nothing typed finds nothing.
 */
export async function find(scope: Scope, text: string, options: { kinds?: readonly SearchKind[]; limit?: number } = {}): Promise<Found[]> {
  const words = wordsOf(text);
  if (words.length === 0) return [];
  return selectFound(scope, words, kindsFor(words, options.kinds ?? ['customer', 'property', 'person', 'invoice']), options.limit ?? 12);
}

/**
 * Ids of what matches, for lists that filter by text: the things themselves, and the customers they belong to. At most `limit`
 * (default 1,000) of the best.
 */
export async function findIds(scope: Scope, text: string, kinds: readonly SearchKind[], limit = 1000): Promise<{ ids: string[]; customerIds: string[] }> {
  const words = wordsOf(text);
  if (words.length === 0) return { ids: [], customerIds: [] };
  const matches = await selectMatches(scope, words, kinds, limit);
  return { ids: matches.map((match) => match.id), customerIds: [...new Set(matches.flatMap((match) => match.customer_id ?? []))] };
}

/** The words a list is searched by: each is the beginning of a term. */
export function searchWords(text: string): string[] {
  return wordsOf(text);
}

function wordsOf(text: string): string[] {
  return queryWords([...text].slice(0, limits.searchQuery).join(''));
}

/** One or two letters begin nearly every paper's terms; until there is more to go by, only names are worth showing. */
function kindsFor(words: readonly string[], kinds: readonly SearchKind[]): readonly SearchKind[] {
  const vague = words.every((word) => word.length < 3 && !/^\d+$/.test(word));
  return vague ? kinds.filter((kind) => kind !== 'invoice' && kind !== 'estimate' && kind !== 'payment') : kinds;
}
