import { textLimits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import { clean, cleanLines } from '../../core/text.ts';
import { newId } from '../../db/fresh.ts';
import type { Scope } from '../../db/scope.ts';
import { recordEvent } from '../events/events.ts';
import { mustBeAllowed } from '../people/rights.ts';
import { deleteSnippet, saveSnippetRow, selectSnippets } from './snippets/queries.ts';

/** An answer written once and used often. `{customer}` and `{number}` are filled in by whoever writes with it. */
export type Snippet = Readonly<{ id: string; title: string; body: string }>;

export async function listSnippets(scope: Scope): Promise<Snippet[]> {
  await mustBeAllowed(scope, 'messages:read');
  return selectSnippets(scope);
}

/** Adds one, or changes the one of this id. Refuses `message_empty` and texts that are too long. */
export async function saveSnippet(scope: Scope, input: Readonly<{ id?: string; title: string; body: string }>): Promise<Snippet> {
  await mustBeAllowed(scope, 'messages:write');
  const snippet = { id: input.id ?? newId(), title: clean(input.title, textLimits.title, 'title'), body: cleanLines(input.body, textLimits.question, 'body') };
  if (snippet.title === '' || snippet.body === '') throw new Refusal('message_empty', { field: snippet.title === '' ? 'title' : 'body' });
  if (!(await saveSnippetRow(scope, snippet, input.id === undefined))) throw new Refusal('not_found');
  await recordEvent(scope, { kind: 'snippet.saved', data: { snippetId: snippet.id, title: snippet.title } });
  return snippet;
}

/** Refuses `not_found`. */
export async function removeSnippet(scope: Scope, id: string): Promise<void> {
  await mustBeAllowed(scope, 'messages:write');
  if (!(await deleteSnippet(scope, id))) throw new Refusal('not_found');
  await recordEvent(scope, { kind: 'snippet.removed', data: { snippetId: id } });
}
