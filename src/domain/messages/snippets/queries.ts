import type { Scope } from '../../../db/scope.ts';
import type { Snippet } from '../snippets.ts';

export async function selectSnippets(scope: Scope): Promise<Snippet[]> {
  return scope.tx
    .selectFrom('reply_snippets')
    .select(['id', 'title', 'body'])
    .where('business_id', '=', scope.business)
    .orderBy('title')
    .orderBy('id')
    .limit(200)
    .execute();
}

/** False when there is none of this id to change. */
export async function saveSnippetRow(scope: Scope, { id, title, body }: Snippet, fresh: boolean): Promise<boolean> {
  if (fresh) {
    await scope.tx.insertInto('reply_snippets').values({ business_id: scope.business, id, title, body, created_at: scope.now.toString() }).execute();
    return true;
  }
  const done = await scope.tx
    .updateTable('reply_snippets')
    .set({ title, body })
    .where('business_id', '=', scope.business)
    .where('id', '=', id)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

export async function deleteSnippet(scope: Scope, id: string): Promise<boolean> {
  const done = await scope.tx.deleteFrom('reply_snippets').where('business_id', '=', scope.business).where('id', '=', id).executeTakeFirst();
  return done.numDeletedRows > 0n;
}
