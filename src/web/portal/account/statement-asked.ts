import { isDay } from '../../../core/calendar.ts';
import { publicId, readId } from '../../../core/ids.ts';
import type { StatementAsked, StatementPage } from '../../../domain/statements/statements.ts';
import type { WebContext } from '../../context.ts';

/** What is tied to no property, among the properties of a form. */
export const untiedChoice = 'none';

const mostPlaces = 100;

/** What the address asks for; a value that says nothing is left out, and days the wrong way around are turned. */
export function askedIn(c: WebContext, limit: number): StatementPage {
  const day = (name: string): string | null => (isDay(c.req.query(name) ?? '') ? (c.req.query(name) ?? null) : null);
  const currency = c.req.query('currency') ?? '';
  const chosen = (c.req.queries('property') ?? []).flatMap((text) => text.split(',')).slice(0, mostPlaces);
  const places = [...new Set(chosen.map((text) => readId('property', text)).filter((id) => id !== null))];
  const untied = chosen.includes(untiedChoice);
  const [from, to] = inOrder(day('from'), day('to'));
  return {
    ...{ currency: /^[A-Z]{3}$/.test(currency) ? currency : null, propertyIds: places.length > 0 || untied ? places : null, untied },
    ...{ from, to, asOf: day('asof'), cursor: c.req.query('cursor') || null, limit },
  };
}

function inOrder(from: string | null, to: string | null): [string | null, string | null] {
  return from !== null && to !== null && from > to ? [to, from] : [from, to];
}

/** The same as the query of an address. */
export function queryOf({ currency, propertyIds, untied, from, to, asOf }: StatementAsked): Record<string, string | null | undefined> {
  const places = [...(propertyIds ?? []).map((id) => publicId('property', id)), ...(untied ? [untiedChoice] : [])];
  return { currency, property: places.join(','), from, to, asof: asOf };
}
