import { textLimits } from '../../../core/limits.ts';
import { decimalText, exponentOf } from '../../../core/money.ts';
import { Refusal } from '../../../core/refusal.ts';
import { clean } from '../../../core/text.ts';
import type { Scope } from '../../../db/scope.ts';
import type { CsvCell } from '../../../outgoing/csv.ts';
import { recordEvent } from '../../events/events.ts';
import type { Account } from '../../ledger/ledger.ts';
import { mustBeAllowed } from '../../people/rights.ts';
import { type AccountName, accounts, type JournalSettings, namesWith, usualXeroTaxRate } from './accounts.ts';
import { type JournalLine, selectJournalSettings, upsertJournalSettings } from './queries.ts';

export type Names = Readonly<{ names: ReturnType<typeof namesWith>; xeroTaxRate: string }>;

/** The names in use, the usual ones where the business gave none. */
export async function journalNames(scope: Scope): Promise<Names> {
  const stored = await selectJournalSettings(scope);
  return { names: namesWith(stored?.names ?? {}), xeroTaxRate: stored?.xeroTaxRate ?? usualXeroTaxRate };
}

export async function readJournalSettings(scope: Scope): Promise<JournalSettings> {
  await mustBeAllowed(scope, 'settings:read');
  const stored = await selectJournalSettings(scope);
  const named = namesWith(stored?.names ?? {});
  const list = (Object.keys(accounts) as Account[]).map((account) => ({ account, ...named[account] }));
  return { version: stored?.version ?? 1, accounts: list, xeroTaxRate: stored?.xeroTaxRate ?? usualXeroTaxRate };
}

/** Takes the names of any accounts; the others stay. Refuses `stale_version`, and empty names by their place. */
export async function saveJournalSettings(
  scope: Scope,
  input: Readonly<{ version: number; accounts: readonly (AccountName & { account: string })[]; xeroTaxRate: string }>,
): Promise<JournalSettings> {
  await mustBeAllowed(scope, 'settings:write');
  const before = await readJournalSettings(scope);
  if (before.version !== input.version) throw new Refusal('stale_version');
  const names = Object.fromEntries(before.accounts.map(({ account, quickbooks, xero }) => [account, { quickbooks, xero }]));
  input.accounts.forEach(({ account, quickbooks, xero }, at) => {
    if (!Object.hasOwn(accounts, account)) throw new Refusal('wrong_choice', { field: `accounts[${at}].account` });
    names[account] = { quickbooks: filled(quickbooks, `accounts[${at}].quickbooks`), xero: filled(xero, `accounts[${at}].xero`) };
  });
  await upsertJournalSettings(scope, { version: before.version + 1, names, xeroTaxRate: filled(input.xeroTaxRate, 'xeroTaxRate') });
  await recordEvent(scope, { kind: 'business.settings_changed', data: { sections: ['journal'] } });
  return readJournalSettings(scope);
}

function filled(value: string, field: string): string {
  const name = clean(value, textLimits.name, field);
  if (name === '') throw new Refusal('required', { field });
  return name;
}

/** As QuickBooks Online takes journal entries: one entry an act, so that no entry has two lines on receivables. */
export const quickbooksHead = ['Journal No', 'Journal Date', 'Account Name', 'Debits', 'Credits', 'Description', 'Name'] as const;
/** As Xero takes manual journals: one a day, debits above zero, credits below. Its files may have 300 lines. */
export const xeroHead = ['*Narration', '*Date', 'Description', '*AccountCode', '*TaxRate', '*Amount'] as const;

const words: readonly (readonly [kind: string, word: string])[] = [
  ['opening', 'Taken over'],
  ['issue', 'Invoice'],
  ['cancel', 'Canceled invoice'],
  ['credit_note', 'Credit note'],
  ['dispute', 'Disputed payment'],
  ['fee', 'Processor fee'],
  ['write_off', 'Written off'],
  ['return', 'Returned payment'],
  ['refund', 'Refund'],
  ['reverse', 'Reversed payment'],
  ['credit', 'Credit'],
  ['tip', 'Tip'],
  ['tip_back', 'Tip given back'],
  ['card_fee', 'Card fee'],
  ['card_fee_back', 'Card fee given back'],
  ['saving', 'Saving for a bank payment'],
  ['saving_back', 'Saving taken back'],
  ['clear', 'Payment'],
  ['allocate', 'Credit used'],
];

/** `J` with the day and the end of the act's id: the same in every file, and 20 characters of the 21 there are. */
const journalNo = ({ day, act }: JournalLine): string => `J${day.slice(2).replaceAll('-', '')}-${act.replaceAll('-', '').slice(-12)}`;
const describe = ({ kinds, numbers }: JournalLine): string => {
  const word = words.find(([kind]) => kinds.includes(kind))?.[1] ?? 'Entry';
  return [word, ...(numbers ?? [])].join(' ');
};
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

export function quickbooksCells(line: JournalLine, { names }: Names): CsvCell[] {
  const amount = decimalText(line.netMinor < 0n ? -line.netMinor : line.netMinor, exponentOf(line.currency));
  const [year, month, day] = line.day.split('-');
  return [
    ...[journalNo(line), `${month}/${day}/${year}`, names[line.account].quickbooks],
    ...(line.netMinor > 0n ? [amount, ''] : ['', amount]),
    ...[describe(line), line.customer ?? ''],
  ];
}

export function xeroCells(line: JournalLine, { names, xeroTaxRate }: Names): CsvCell[] {
  const [year, month, day] = line.day.split('-');
  const name = names[line.account];
  const date = `${Number(day)} ${months[Number(month) - 1]} ${year}`;
  return [`Invoicing ${line.day}`, date, name.label, name.xero, xeroTaxRate, decimalText(line.netMinor, exponentOf(line.currency))];
}
