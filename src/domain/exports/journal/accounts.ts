import type { Account } from '../../ledger/ledger.ts';

/** What an account of the ledger is called in a bookkeeper's program: a name in QuickBooks Online, a code in Xero. */
export type AccountName = Readonly<{ quickbooks: string; xero: string }>;
export type JournalNames = Readonly<Record<string, AccountName>>;
export type JournalSettings = Readonly<{
  version: number;
  accounts: readonly (AccountName & Readonly<{ account: Account; label: string }>)[];
  xeroTaxRate: string;
}>;

/** In the order a bookkeeper reads them, with the names new books have. Xero takes no journals on its own receivables account, so there is a code of one's own. */
export const accounts: Readonly<Record<Account, AccountName & { label: string }>> = {
  receivable: { label: 'What customers owe', quickbooks: 'Accounts Receivable (A/R)', xero: '611' },
  customer_credit: { label: 'Credit of customers', quickbooks: 'Customer Credits', xero: '831' },
  clearing_card: { label: 'Card payments on their way to the bank', quickbooks: 'Undeposited Funds', xero: '612' },
  clearing_bank: { label: 'Bank debits on their way to the bank', quickbooks: 'Undeposited Funds', xero: '612' },
  clearing_check: { label: 'Checks received', quickbooks: 'Undeposited Funds', xero: '612' },
  clearing_cash: { label: 'Cash received', quickbooks: 'Undeposited Funds', xero: '612' },
  clearing_transfer: { label: 'Bank transfers received', quickbooks: 'Undeposited Funds', xero: '612' },
  clearing_other: { label: 'Other payments received', quickbooks: 'Undeposited Funds', xero: '612' },
  revenue: { label: 'Sales', quickbooks: 'Services', xero: '200' },
  tax_payable: { label: 'Sales tax', quickbooks: 'Sales Tax Payable', xero: '821' },
  tips: { label: 'Tips', quickbooks: 'Tips', xero: '260' },
  card_fees: { label: 'Card fees customers paid', quickbooks: 'Card Fee Income', xero: '261' },
  bank_savings: { label: 'Savings given for bank payments', quickbooks: 'Discounts Given', xero: '405' },
  fees: { label: 'Fees', quickbooks: 'Merchant Fees', xero: '404' },
  bad_debt: { label: 'Written off', quickbooks: 'Bad Debts', xero: '416' },
  retainage: { label: 'Held back by customers', quickbooks: 'Retainage Receivable', xero: '613' },
  deposits: { label: 'Deposits of customers', quickbooks: 'Customer Deposits', xero: '832' },
  opening: { label: 'Taken over at the start', quickbooks: 'Opening Balance Equity', xero: '971' },
};
export const usualXeroTaxRate = 'Tax Exempt';

/** The given names, and the usual ones where there are none. */
export function namesWith(given: JournalNames): Readonly<Record<Account, AccountName & { label: string }>> {
  return Object.fromEntries(Object.entries(accounts).map(([account, usual]) => [account, { ...usual, ...given[account] }])) as typeof accounts;
}
