import { type Ageing, ageingBuckets } from '../core/ageing.ts';
import type { Locale } from '../core/locale.ts';
import { formatMoney } from '../core/money-format.ts';
import { type Words, words } from '../core/words/words.ts';
import type { Movement, Statement } from '../domain/statements/statements.ts';
import { paperTitle } from './charge-words.ts';
import type { StatementFacts } from './statement-facts.ts';

/** Amounts and days as their reader writes them. */
type Voice = Readonly<{ w: Words; money: (amountMinor: bigint) => string; day: (day: string) => string }>;

/** "Account statement", and what it is of when it is not of everything (rule 33). */
export function statementTitle({ language, places, asked, own }: Pick<StatementFacts, 'language' | 'places' | 'asked' | 'own'>): string {
  const w = words(language);
  if (places === null && !asked.untied) return w.account.title;
  const [only, ...more] = places ?? [];
  const many = own ? w.statement.ofPlaces : w.statement.ofTheirPlaces;
  const named = only === undefined ? '' : more.length === 0 ? only.title : many(more.length + 1);
  return [w.account.title, named, asked.untied && w.invoice.notTiedToProperty].filter(Boolean).join(' · ');
}

/** The days it tells of. */
export function periodText({ w, day }: Pick<Voice, 'w' | 'day'>, { statement, asked }: Pick<StatementFacts, 'statement' | 'asked'>): string {
  const { from, to } = asked;
  if (from && to) return w.statement.period(day(from), day(to));
  if (from) return w.statement.since(day(from));
  return w.statement.upTo(day(to ?? statement.today));
}

/** The day its balance is of. */
export function balanceDay({ statement, asked }: Pick<StatementFacts, 'statement' | 'asked'>): string {
  return asked.to && asked.to < statement.today ? asked.to : statement.today;
}

/** What is open by how late it is; what there is nothing of is left out. */
export function ageingRows({ w }: Pick<Voice, 'w'>, ageing: Ageing): { label: string; amountMinor: bigint }[] {
  return ageingBuckets.map((bucket) => ({ label: w.statement.buckets[bucket], amountMinor: ageing[bucket] })).filter(({ amountMinor }) => amountMinor !== 0n);
}

/** What stands beside the balance and is not taken off it (rule 20). */
export function besideTexts({ w, money }: Pick<Voice, 'w' | 'money'>, of: Statement): string[] {
  const { processing, announced, inQuestion, heldBack } = w.statement;
  const said = [
    [of.processingMinor, processing],
    [of.announcedMinor, announced],
    [of.inQuestionMinor, inQuestion],
    [of.heldBackMinor, heldBack],
  ] as const;
  return said.filter(([minor]) => minor > 0n).map(([minor, text]) => text(money(minor)));
}

/** What happened. */
export function movementText(w: Words, row: Movement): string {
  const paper = row.number === null ? '' : row.whole ? paperTitle(w, { purpose: row.purpose, number: row.number }) : w.part.title(row.number);
  const sort = row.sort === 'charge' && row.changeMinor < 0n ? 'credit' : row.sort;
  if (sort === 'charge') return paper || w.account.sorts.opening;
  return [w.account.sorts[sort], paper].filter(Boolean).join(' · ');
}

/** How, what it saved, and that it came into the books after the period it counts for. */
export function movementNotes({ w, money, day }: Voice, row: Movement, asked: StatementFacts['asked']): string[] {
  const method = row.sort !== 'payment' ? '' : methodText(w, row);
  const saved = row.savedMinor ? w.fees.savedOfIt(money(row.savedMinor)) : '';
  const entered = asked.to && row.enteredOn > asked.to ? w.statement.entered(day(row.enteredOn)) : '';
  return [method, saved, entered].filter(Boolean);
}

export const methodText = (w: Words, row: Movement): string => row.methodLabel || (row.method === null ? '' : w.pay[row.method]);

export function moneyIn(statement: Statement, locale: Locale): (amountMinor: bigint) => string {
  return (amountMinor) => formatMoney(amountMinor, statement.currency, locale, { homeCurrency: statement.home });
}
