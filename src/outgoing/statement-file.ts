import { formatDay } from '../core/calendar.ts';
import { decimalText, exponentOf } from '../core/money.ts';
import { words } from '../core/words/words.ts';
import { type CsvCell, csvFile } from './csv.ts';
import type { StatementFacts } from './statement-facts.ts';
import { balanceDay, methodText, movementText } from './statement-words.ts';

/** The statement as a file, oldest first: days, words and plain amounts, between the balance before and the balance after. */
export function statementCsv({ statement, asked, language }: Pick<StatementFacts, 'statement' | 'asked' | 'language'>): AsyncGenerator<string> {
  const w = words(language);
  const { currency } = statement;
  const plain = (minor: bigint): string => decimalText(minor, exponentOf(currency));
  const head = [w.payments.date, w.account.what, w.payments.method, w.payments.amount, w.home.balance, w.account.currency];
  const balance = (day: string, text: string, minor: bigint): CsvCell[] => [day, text, '', '', plain(minor), currency];
  const rows = statement.rows.map((row) => [
    ...[row.day, movementText(w, row), row.sort === 'payment' ? methodText(w, row) : ''],
    ...[plain(row.changeMinor), plain(row.balanceMinor), row.currency],
  ]);
  const opening = asked.from ? [balance(asked.from, w.statement.opening(formatDay(asked.from, language)), statement.openingMinor)] : [];
  const last = balanceDay({ statement, asked });
  return csvFile(head, [...opening, ...rows, balance(last, w.statement.balanceOn(formatDay(last, language)), statement.balanceMinor)]);
}
