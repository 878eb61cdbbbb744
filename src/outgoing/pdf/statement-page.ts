import { formatDay } from '../../core/calendar.ts';
import type { PdfRequest } from '../../core/gateways.ts';
import { words } from '../../core/words/words.ts';
import type { StatementFacts } from '../statement-facts.ts';
import { ageingRows, balanceDay, besideTexts, moneyIn, movementNotes, movementText, periodText, statementTitle } from '../statement-words.ts';
import { footerOf } from './invoice-page.ts';
import { letterhead, type Paper, type PaperPage, type PaperRow, paperRequest } from './paper-page.ts';

/** A statement on paper: what was owed before, every movement, what is owed after, and how late it is. */
export function statementPdf(facts: StatementFacts, paper: Paper): PdfRequest {
  return paperRequest(statementPage(facts, paper), paper, balanceDay(facts));
}

export function statementPage(facts: StatementFacts, paper: Paper): PaperPage {
  const { business, language, statement, asked } = facts;
  const w = words(language);
  const money = moneyIn(statement, language);
  const day = (of: string): string => formatDay(of, language);
  const heading = w.account.title;
  const title = statementTitle(facts);
  const last = balanceDay(facts);
  return {
    ...letterhead(business, language, paper),
    title: `${title} · ${business.name}`,
    heading,
    flag:
      [title === heading ? '' : title.slice(heading.length + ' · '.length), asked.asOf ? w.statement.knownOn(day(asked.asOf)) : '']
        .filter(Boolean)
        .join('\n') || null,
    billTo: { label: w.invoice.billTo, lines: namesOf(facts) },
    place: null,
    amount: { label: w.statement.balanceOn(day(last)), value: money(statement.balanceMinor), note: periodText({ w, day }, facts) },
    meta: ageingRows({ w }, statement.ageing).map(({ label, amountMinor }) => ({ label, value: money(amountMinor) })),
    message: null,
    columns: [w.account.what, w.payments.date, w.statement.charged, w.statement.settled, w.home.balance],
    sections: [{ title: null, address: null, rows: rowsOf(facts), foot: [] }],
    totals: totalsOf(facts),
    notes: besideTexts({ w, money }, statement),
    pay: [],
    qr: null,
    terms: statement.late.length === 0 || !asked.asOf ? null : { title: w.statement.lateTitle(day(asked.asOf)), text: lateText(facts) },
    footer: footerOf(heading, business.name, { locale: language, money, less: (minor) => money(-minor), day }),
  };
}

function namesOf({ statement }: StatementFacts): string[] {
  const names = statement.accounts.map(({ company, name }) => company || name);
  return names.length === 0 ? [''] : names;
}

function rowsOf({ statement, asked, language }: StatementFacts): PaperRow[] {
  const w = words(language);
  const money = moneyIn(statement, language);
  const day = (of: string): string => formatDay(of, language);
  const none = { more: [], quantity: '', price: '' };
  const { from } = asked;
  const before = from ? [{ ...none, name: w.statement.opening(day(from)), date: '', amount: money(statement.openingMinor) }] : [];
  const rows = statement.rows.map((row) => ({
    name: movementText(w, row),
    more: movementNotes({ w, money, day }, row, asked),
    date: day(row.day),
    quantity: row.changeMinor > 0n ? money(row.changeMinor) : '',
    price: row.changeMinor < 0n ? money(-row.changeMinor) : '',
    amount: money(row.balanceMinor),
  }));
  return [...before, ...rows];
}

function totalsOf(facts: StatementFacts): PaperPage['totals'] {
  const { statement, language } = facts;
  const w = words(language);
  const money = moneyIn(statement, language);
  const plain = (label: string, value: string): PaperPage['totals'][number] => ({ label, value, kind: 'plain' });
  return [
    plain(w.statement.charged, money(statement.chargedMinor)),
    plain(w.statement.settled, money(-statement.settledMinor)),
    { label: w.statement.balanceOn(formatDay(balanceDay(facts), language)), value: money(statement.balanceMinor), kind: 'total' },
    ...(statement.creditMinor > 0n ? [{ label: w.home.creditAvailable, value: money(statement.creditMinor), kind: 'detail' as const }] : []),
  ];
}

function lateText({ statement, language }: StatementFacts): string {
  const w = words(language);
  const money = moneyIn(statement, language);
  const rows = statement.late.map(
    (row) =>
      `${formatDay(row.day, language)} · ${movementText(w, row)} · ${money(row.changeMinor)} · ${w.statement.entered(formatDay(row.enteredOn, language))}`,
  );
  return [w.statement.lateLead, ...rows].join('\n');
}
