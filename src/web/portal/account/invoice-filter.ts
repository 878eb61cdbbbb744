import { isDay } from '../../../core/calendar.ts';
import { publicId, readId } from '../../../core/ids.ts';
import { parseDecimal } from '../../../core/money-parse.ts';
import { Refusal } from '../../../core/refusal.ts';
import { type PortalFilter, portalStates } from '../../../domain/invoices/invoices.ts';
import type { WebContext } from '../../context.ts';

export const tabs = ['open', 'overdue', 'paid', 'all'] as const;

/** What the list was asked for; a value that says nothing is left out. `typed` is what stood in the fields of amounts. */
export type ListAsked = PortalFilter & Readonly<{ typed: Readonly<{ min: string; max: string }> }>;

export function filterIn(c: WebContext): ListAsked {
  const text = (name: string): string => (c.req.query(name) ?? '').trim();
  const day = (name: string): string | undefined => (isDay(text(name)) ? text(name) : undefined);
  return {
    tab: tabs.find((tab) => tab === text('tab')) ?? 'open',
    propertyId: readId('property', text('property')) ?? undefined,
    search: text('q') || undefined,
    poNumber: text('po') || undefined,
    state: portalStates.find((state) => state === text('state')),
    ...{ atLeastMilli: amountOf(text('min')), atMostMilli: amountOf(text('max')), typed: { min: text('min'), max: text('max') } },
    ...{ from: day('from'), to: day('to'), cursor: text('cursor') || undefined },
  };
}

/** An amount in thousandths, however it was typed; nothing when it is none. */
function amountOf(text: string): bigint | undefined {
  if (text === '') return undefined;
  try {
    const amount = parseDecimal(text.replace(/[^\d.,\s]/g, ''), 3);
    return amount >= 0n && amount < 10n ** 15n ? amount : undefined;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** The same as the query of an address. */
export function queryOf({ tab, search, from, to, propertyId, poNumber, state, typed }: ListAsked): Record<string, string | undefined> {
  const property = propertyId === undefined ? undefined : publicId('property', propertyId);
  return { tab, q: search, property, po: poNumber, state, min: typed.min, max: typed.max, from, to };
}
