import type { ImportRow } from '../../api/types.ts';
import type { Tone } from '../../parts/status-mark.tsx';

export const whole = (count: number): string => count.toLocaleString('en-US');
export const rowsOf = (count: number): string => `${whole(count)} ${count === 1 ? 'row' : 'rows'}`;

export const kindWords: Readonly<Record<ImportRow['kind'], string>> = {
  customers: 'Customers and properties',
  invoices: 'Past invoices',
  items: 'Price book',
  openings: 'Opening balances and credits',
};

const special: Readonly<Record<string, string>> = {
  name: 'Name',
  firstName: 'First name',
  lastName: 'Last name',
  email: 'E-mail',
  street: 'Street',
  unit: 'Unit or suite',
  region: 'State',
  postalCode: 'ZIP',
  propertyRegion: 'Property state',
  propertyPostalCode: 'Property ZIP',
  propertyCostCode: 'Cost code',
  propertyAccessNotes: 'Access notes',
  terms: 'Payment terms',
  poRequired: 'PO required',
  number: 'Invoice number',
  issuedOn: 'Invoice date',
  dueOn: 'Due date',
  poNumber: 'PO number',
  item: 'Item',
  serviceOn: 'Service date',
  amount: 'Line amount',
  total: 'Invoice total',
  open: 'Still open',
  paid: 'Amount paid',
  paidOn: 'Payment date',
  paidBy: 'Payment method',
  type: 'Kind of transaction',
  asOf: 'As of',
};

/** What a column can mean, as people say it. */
export const meaningWords = (meaning: string): string =>
  special[meaning] ??
  meaning.replace(/^./, (letter) => letter.toUpperCase()).replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);

const steps = { check: 'Checking', import: 'Importing', undo: 'Undoing' } as const;

export function stateWords({ state, step }: Pick<ImportRow, 'state' | 'step'>): readonly [string, Tone] {
  if (state === 'running') return [steps[step], 'warn'];
  const words = {
    waiting: ['Columns to choose', 'warn'],
    checked: ['Not imported yet', 'plain'],
    done: ['Imported', 'good'],
    failed: ['Stopped by a problem', 'bad'],
    canceled: ['Stopped', 'neutral'],
    undone: ['Undone', 'neutral'],
  } as const;
  return words[state];
}

const failures: Readonly<Record<string, string>> = {
  unexpected: 'Something went wrong on our side. What was added stays and can be undone; importing the file again adds only what is missing.',
  import_unreadable: 'From some row on the file could not be read: a quote is never closed, or a row is far too long.',
  import_too_large: 'This file has too many rows for one import. Split it.',
  not_allowed: 'The person who started this may not import any more.',
  import_undo_blocked: 'A part was undone. The rest stays, because something has happened with it meanwhile.',
};
export const failureWords = (code: string): string => failures[code] ?? 'This could not be finished. What was added stays and can be undone.';
