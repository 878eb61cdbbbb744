import { createHash } from 'node:crypto';
import { ageOf, type OpenItem } from '../../core/ageing.ts';
import { isDay } from '../../core/calendar.ts';
import { readCursor, writeCursor } from '../../core/cursor.ts';
import { isUuid } from '../../core/ids.ts';
import { isLocale, type Locale } from '../../core/locale.ts';
import { Refusal } from '../../core/refusal.ts';
import { firstText } from '../../db/compile.ts';
import type { Compiled } from '../../db/read.ts';
import type { Scope } from '../../db/scope.ts';
import { type Look, lookOf, lookQueryOf } from '../front/front.ts';
import { mustBeAllowed } from '../people/rights.ts';
import { statementQuery } from './queries.ts';
import type { Movement, Statement, StatementAsked, StatementPage } from './statement.ts';

export type { AccountOf, Movement, MovementSort, PlaceOf, Statement, StatementAsked, StatementPage } from './statement.ts';

/** More movements than this do not fit on one paper, or in one file. */
export const mostOnPaper = 3_000;
export const mostInFile = 20_000;

/** The statement of whoever is signed in, for `readPage`. Refuses `cursor_invalid` and `period_invalid`. */
export function statementQueryOf(business: string, page: StatementPage): Compiled {
  return queryOf(business, null, page);
}

/** What its text says. */
export function statementOf(json: string | null, page: StatementPage): Statement {
  if (json === null) throw new Refusal('not_found');
  const found = JSON.parse(json, (key, value: unknown) => (typeof value === 'number' && key.endsWith('Minor') ? BigInt(value) : value)) as Found;
  const known = new Set(found.places.map(({ id }) => id));
  if (page.propertyIds?.some((id) => !known.has(id))) throw new Refusal('not_found');
  const { open, ...told } = found;
  const rows = found.rows.slice(0, page.limit);
  const last = rows.at(-1);
  const more = found.rows.length > page.limit && last;
  const day = page.to && page.to < found.today ? page.to : found.today;
  const past = day < found.today || (page.asOf ?? found.today) < found.today;
  return {
    ...told,
    ...(past ? nothingOnItsWay : {}),
    ageing: ageOf(past ? open.map((item) => ({ ...item, heldBackMinor: 0n })) : open, day),
    rows,
    next: more ? writeCursor(listName(page), [last.day, last.at, last.id]) : null,
  };
}

/** The statement of a customer for the office. Refuses `not_found`, `period_invalid`, `cursor_invalid`. */
export async function readStatement(scope: Scope, customerId: string, page: StatementPage): Promise<Statement> {
  await mustBeAllowed(scope, 'payments:read');
  const found = statementOf(await firstText(scope, queryOf(scope.business, [customerId], page)), page);
  if (found.accounts.length === 0) throw new Refusal('not_found');
  return found;
}

/** The same with what stands around it on paper, in the customer's language. */
export async function readStatementPaper(scope: Scope, customerId: string, page: StatementPage): Promise<StatementPaper> {
  const statement = await readStatement(scope, customerId, page);
  const [{ language: recorded = 'en' } = {}] = statement.accounts;
  const language = recorded !== null && isLocale(recorded) ? recorded : 'en';
  return { statement, language, business: lookOf(await firstText(scope, lookQueryOf(scope.business)), language), places: chosenPlaces(statement, page) };
}

type StatementPaper = Readonly<{ statement: Statement; language: Locale; business: Look; places: Statement['places'] | null }>;

/** All of it, oldest first, as a paper or file has it. Refuses `statement_too_long` beyond `limit`. */
export function completeOf(statement: Statement): Statement {
  if (statement.next !== null) throw new Refusal('statement_too_long');
  return { ...statement, rows: statement.rows.toReversed() };
}

/** What it can be narrowed to and was: null for all. */
export function chosenPlaces({ places }: Statement, { propertyIds }: StatementAsked): Statement['places'] | null {
  return propertyIds ? places.filter(({ id }) => propertyIds.includes(id)) : null;
}

type Found = Omit<Statement, 'ageing' | 'next'> & Readonly<{ open: readonly OpenItem[]; rows: readonly Movement[] }>;

/** Nobody can say for a day that is over what was on its way then. */
const nothingOnItsWay = { processingMinor: 0n, announcedMinor: 0n, inQuestionMinor: 0n, heldBackMinor: 0n } as const;

function queryOf(business: string, customers: readonly string[] | null, page: StatementPage): Compiled {
  const { currency = null, propertyIds = null, untied = false, from = null, to = null, asOf = null, limit } = page;
  if (from !== null && to !== null && from > to) throw new Refusal('period_invalid', { field: 'from' });
  const [day = null, at = null, id = null] = readCursor(listName(page), page.cursor ?? null, 3) ?? [];
  if (day !== null && !(isDay(day) && /^\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)$/.test(at ?? '') && isUuid(id ?? ''))) throw new Refusal('cursor_invalid');
  const properties = propertyIds === null ? (untied ? listed([]) : null) : listed(propertyIds);
  return statementQuery({ business, customers: customers && listed(customers), currency, properties, untied, from, to, asOf, day, at, id, limit: limit + 1 });
}

/** An array as PostgreSQL reads it, of ids. */
const listed = (ids: readonly string[]): string => `{${ids.join(',')}}`;

const listName = ({ currency, propertyIds, untied, from, to, asOf }: StatementAsked): string =>
  ['statement', currency ?? '', propertyIds ? shortOf(propertyIds) : 'all', untied ? 'untied' : '', from ?? '', to ?? '', asOf ?? ''].join('|');

/** However many they are, a cursor stays short. */
const shortOf = (ids: readonly string[]): string => createHash('sha256').update(ids.join(',')).digest('base64url').slice(0, 12);
