import type { PdfRequest } from '../../core/gateways.ts';
import { isLocale } from '../../core/locale.ts';
import { words } from '../../core/words/words.ts';
import type { BusinessFact } from '../invoice-facts.ts';
import { footerOf } from './invoice-page.ts';
import { writerOf } from './line-rows.ts';
import { letterhead, type Paper, type PaperPage, paperRequest } from './paper-page.ts';

/** A credit note on paper. Amounts in minor units of `currency`. */
export type CreditNotePaper = Readonly<{
  business: BusinessFact;
  number: string;
  invoiceNumber: string;
  issuedOn: string;
  reason: string;
  language: string;
  currency: string;
  homeCurrency: string;
  billTo: readonly string[];
  lines: readonly Readonly<{ name: string; description: string; amountMinor: bigint }>[];
  taxes: readonly Readonly<{ name: string; taxMinor: bigint }>[];
  netMinor: bigint;
  totalMinor: bigint;
  freedMinor: bigint;
}>;

export function creditNotePdf(facts: CreditNotePaper, paper: Paper): PdfRequest {
  return paperRequest(creditNotePage(facts, paper), paper, facts.issuedOn);
}

export function creditNotePage(facts: CreditNotePaper, paper: Paper): PaperPage {
  const language = isLocale(facts.language) ? facts.language : 'en';
  const write = writerOf({ language, currency: facts.currency, homeCurrency: facts.homeCurrency });
  const { back: text, receipt } = words(write.locale);
  const heading = text.creditNoteTitle(facts.number);
  return {
    ...letterhead(facts.business, write.locale, paper),
    title: `${heading} · ${facts.business.name}`,
    heading,
    flag: text.forInvoice(facts.invoiceNumber),
    billTo: { label: receipt.paidBy, lines: [...facts.billTo] },
    place: null,
    amount: { label: text.creditTotal, value: write.money(facts.totalMinor), note: write.day(facts.issuedOn) },
    meta: [
      { label: text.creditNote, value: facts.number },
      { label: receipt.date, value: write.day(facts.issuedOn) },
    ],
    message: facts.reason,
    columns: [],
    sections: [],
    totals: [
      ...facts.lines.map((line) => ({ label: line.name, value: write.money(line.amountMinor), kind: 'plain' as const })),
      ...facts.taxes.map((tax) => ({ label: tax.name, value: write.money(tax.taxMinor), kind: 'detail' as const })),
      { label: text.creditTotal, value: write.money(facts.totalMinor), kind: 'total' as const },
    ],
    notes: [
      text.creditLead(write.money(facts.totalMinor), facts.invoiceNumber),
      ...(facts.freedMinor > 0n ? [text.creditKept(write.money(facts.freedMinor))] : []),
    ],
    pay: [],
    qr: null,
    terms: null,
    footer: footerOf(heading, facts.business.name, write),
  };
}
