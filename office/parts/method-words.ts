/** How ways to pay are called, in a sentence and as a title. */

const methods: Readonly<Record<string, string>> = {
  card: 'card',
  bank: 'bank account',
  check: 'check',
  cash: 'cash',
  transfer: 'bank transfer',
  other: 'another way',
};
export const methodWord = (method: unknown): string => methods[String(method)] ?? 'another way';
const methodTitles: Readonly<Record<string, string>> = {
  card: 'Card',
  bank: 'Bank account',
  check: 'Check',
  cash: 'Cash',
  transfer: 'Bank transfer',
  other: 'Other',
};
export const methodTitle = (method: string): string => methodTitles[method] ?? 'Other';
