import { createHash } from 'node:crypto';
import pg from 'pg';

/**
 * Most of the database's work on an act of one document is planning its statements, and the same few hundred come again and again. So
 * those that write, lock or read by key, and the fixed texts of pages, are prepared under a name: planned once a connection and role.
 * Lists and reports, whose best plan hangs on whose rows they are, are planned each time.
 */
const writes = /\b(insert into|update|delete from)\b/i;
/** One document, payment or the like, or a few of them, and all that hangs on it; a page of a list has a limit. */
const namesItsRow = /\b(id|document_id|payment_id)"? = (any ?\()?\$\d/i;
const isPage = /\blimit\b/i;
const goesByKey = (text: string): boolean => writes.test(text) || (namesItsRow.test(text) && !isPage.test(text));
const fixed = new Set<string>();
/** Texts that never come back, such as lists of values of some length, are not worth a name. */
const timesBefore = 2;
const mostTexts = 600;
const seen = new Map<string, number>();
const names = new Map<string, string>();
/** Grows when tables change under us: what was prepared before answers other columns than it promised, and is prepared anew. */
let generation = 0;
const changedUnderneath = /cached plan must not change result type/;

/** Says that a text is one of few and goes by key, as those of pages do. */
export function keepPlanOf(text: string): void {
  if (fixed.size < mostTexts) fixed.add(text);
}

/** True for the error of a statement that was prepared before a migration: trying again prepares it anew. */
export function isPreparedBefore(error: unknown): boolean {
  return error instanceof Error && changedUnderneath.test(error.message);
}

function nameOf(text: string, role: string): string | null {
  if (!fixed.has(text) && !goesByKey(text)) return null;
  const times = seen.get(text) ?? 0;
  if (times < timesBefore) {
    if (times > 0 || seen.size < mostTexts) seen.set(text, times + 1);
    return null;
  }
  const key = `${generation} ${role} ${text}`;
  const known = names.get(key);
  if (known !== undefined) return known;
  const name = createHash('sha256').update(key).digest('base64url').slice(0, 20);
  names.set(key, name);
  return name;
}

/** A connection that prepares what is worth it. A plan made under the policies of one role is no use to another, so each role has its own names. */
export class PreparingClient extends pg.Client {
  #role = '';

  override query(...given: unknown[]): never {
    const [text, values] = given;
    if (typeof text !== 'string') return this.#send(given);
    if (text === 'begin') this.#role = '';
    if (!Array.isArray(values) || values.length === 0) return this.#send(given);
    if (text.startsWith('select enter_scope(')) this.#role = String(values[0]);
    const name = nameOf(text, this.#role);
    if (name === null) return this.#send(given);
    return this.#send([{ name, text, values }, ...given.slice(2)], true);
  }

  #send(given: unknown[], prepared = false): never {
    const answer = Reflect.apply(super.query, this, given) as never;
    if (prepared) (answer as Promise<unknown> | undefined)?.catch(renew);
    return answer;
  }
}

function renew(error: unknown): void {
  if (!isPreparedBefore(error)) return;
  generation += 1;
  names.clear();
}
