import type { Invoice } from '../api/types.ts';

/** How a paper is called: an invoice, a request for a deposit, a late fee. */
export function paperName({ purpose }: Pick<Invoice, 'purpose'>): 'Invoice' | 'Deposit request' | 'Late fee' {
  return purpose === 'bill' ? 'Invoice' : purpose === 'deposit' ? 'Deposit request' : 'Late fee';
}
