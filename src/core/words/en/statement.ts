import { counted } from '../counted.ts';

const n = counted('en');

export const statement = {
  ofPlaces: (count: number) => n(count, { one: '# of your properties', other: '# of your properties' }),
  ofTheirPlaces: (count: number) => n(count, { one: '# property', other: '# properties' }),
  period: (from: string, to: string) => `${from} to ${to}`,
  since: (from: string) => `Since ${from}`,
  until: (to: string) => `Until ${to}`,
  upTo: (day: string) => `From the beginning to ${day}`,
  knownOn: (day: string) => `As our books stood on ${day}`,
  showNow: 'Show it as of today',
  opening: (day: string) => `Balance before ${day}`,
  charged: 'Charges',
  settled: 'Payments and credits',
  balanceOn: (day: string) => `Balance on ${day}`,
  ageing: 'How late it is',
  buckets: { current: 'Not late', days30: '1 to 30 days late', days60: '31 to 60 days late', days90: '61 to 90 days late', over90: 'More than 90 days late' },
  processing: (amount: string) => `${amount} is processing. It comes off the balance when the bank has it.`,
  announced: (amount: string) => `${amount} is announced. It comes off the balance when it arrives.`,
  inQuestion: (amount: string) => `Of the balance, ${amount} is in question.`,
  heldBack: (amount: string) => `Of the balance, ${amount} is held back (retainage) and not due yet.`,
  entered: (day: string) => `entered ${day}`,
  lateTitle: (day: string) => `Entered after ${day}`,
  lateLead: 'These count for days of this statement, but came later. They are in none of its figures.',
  periods: { all: 'Everything', this_month: 'This month', last_month: 'Last month', this_year: 'This year', last_year: 'Last year' },
  other: 'Other dates or properties',
  asOf: 'As our books stood on (optional)',
  properties: 'Properties',
  show: 'Show statement',
  pdf: 'Download statement',
};
