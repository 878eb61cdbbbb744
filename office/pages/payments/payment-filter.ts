import { parseMoney } from '../../../src/core/money-parse.ts';
import type { Payment } from '../../api/types.ts';

/** The words of the address that say which payments are shown, and the same as the API asks for them. */

export type Words = Readonly<Partial<Record<'tab' | 'q' | 'state' | 'method' | 'amount' | 'from' | 'to' | 'customer', string>>>;
export const filterNames = ['tab', 'q', 'state', 'method', 'amount', 'from', 'to', 'customer'] as const;

export const tabs = [
  ['all', 'All'],
  ['processing', 'Processing'],
  ['cleared', 'Received'],
  ['credit', 'Kept as credit'],
  ['returned', 'Returned'],
] as const;
export type Tab = (typeof tabs)[number][0];

export const states: readonly { value: Payment['state']; label: string }[] = [
  { value: 'cleared', label: 'Received' },
  { value: 'pending', label: 'Processing' },
  { value: 'unknown', label: 'Checking' },
  { value: 'returned', label: 'Returned' },
  { value: 'refunded', label: 'Refunded' },
  { value: 'disputed', label: 'Disputed' },
  { value: 'reversed', label: 'Taken back' },
  { value: 'failed', label: 'Failed' },
  { value: 'initiated', label: 'Started' },
  { value: 'expired', label: 'Not finished' },
];
export const methods: readonly { value: Payment['method']; label: string }[] = [
  { value: 'card', label: 'Card' },
  { value: 'bank', label: 'Bank account' },
  { value: 'check', label: 'Check' },
  { value: 'cash', label: 'Cash' },
  { value: 'transfer', label: 'Bank transfer' },
  { value: 'other', label: 'Other' },
];

/** "186" is just that; "100-500", "100-" and "-500" are a range. Null for what is no amount. */
export function amountRange(text: string, currency: string): { minMinor?: number; maxMinor?: number } | null {
  const [low = '', high, more] = text.split(/[-–—]/).map((part) => part.trim());
  if (more !== undefined || (low === '' && (high ?? '') === '')) return null;
  try {
    const read = (part: string): number => Number(parseMoney(part, currency, 'en'));
    if (high === undefined) return { minMinor: read(low), maxMinor: read(low) };
    return { ...(low === '' ? {} : { minMinor: read(low) }), ...(high === '' ? {} : { maxMinor: read(high) }) };
  } catch {
    return null;
  }
}

export function askedBy(words: Words, currency: string) {
  const tab: Tab = tabs.find(([key]) => key === words.tab)?.[0] ?? 'all';
  const state = tab === 'all' ? states.find(({ value }) => value === words.state)?.value : undefined;
  const method = methods.find(({ value }) => value === words.method)?.value;
  return {
    tab,
    ...(state === undefined ? {} : { state }),
    ...(method === undefined ? {} : { method }),
    ...(words.q ? { q: words.q } : {}),
    ...(words.from ? { from: words.from } : {}),
    ...(words.to ? { to: words.to } : {}),
    ...(words.customer ? { customerId: words.customer } : {}),
    ...((words.amount && amountRange(words.amount, currency)) || {}),
  };
}
