import { formatDay } from '../../core/calendar.ts';
import type { Locale } from '../../core/locale.ts';
import { formatMoney, formatQuantity, formatRate, formatUnitPrice } from '../../core/money-format.ts';
import type { Discount } from '../../core/totals.ts';
import { words } from '../../core/words/words.ts';
import type { DocumentFact, LineFact, PartFact } from '../invoice-facts.ts';
import type { PaperRow, PaperSection } from './paper-page.ts';

/** Amounts and days in the language and currency of one document. */
export type Writer = {
  locale: Locale;
  money(amountMinor: bigint): string;
  /** An amount that is taken off. */
  less(amountMinor: bigint): string;
  day(day: string): string;
};

/** What of a document its rows are written with. */
type Written = Pick<DocumentFact, 'language' | 'currency' | 'homeCurrency'>;

export function writerOf(document: Pick<DocumentFact, 'language' | 'currency' | 'homeCurrency'>, locale = document.language): Writer {
  const money = (amountMinor: bigint) => formatMoney(amountMinor, document.currency, locale, { homeCurrency: document.homeCurrency });
  return { locale, money, less: (amountMinor) => money(-amountMinor), day: (day) => formatDay(day, locale) };
}

/** "Discount 10%", or just "Discount" for an amount. */
export function discountLabel(discount: Discount | null, locale: Locale): string {
  const text = words(locale).invoice;
  return discount?.kind === 'percent' ? text.lineDiscount(formatRate(discount.ratePpm, locale)) : text.discount;
}

/** One section per part, in the order of the parts; an invoice without sections is one section without a title. */
export function sectionsOf(parts: readonly PartFact[], lines: readonly LineFact[], document: Written): PaperSection[] {
  const dated = hasDays(lines);
  const rows = (of: readonly LineFact[]) => of.map((line) => rowOf(line, document, dated));
  const titled = parts.filter((part) => part.propertyId !== null);
  if (titled.length === 0 || (parts.length === 1 && lines.every((line) => line.partId === parts[0]?.id || line.partId === null))) {
    return [{ title: null, address: null, rows: rows(lines), foot: [] }];
  }
  const write = writerOf(document);
  const text = words(write.locale).invoice;
  return parts.map((part) => ({
    title: part.title || text.notTiedToProperty,
    address: part.address,
    rows: rows(lines.filter((line) => line.partId === part.id)),
    foot: [{ label: text.subtotal, value: write.money(part.subtotalMinor), strong: true }],
  }));
}

export function columnsOf(lines: readonly LineFact[], locale: Locale): string[] {
  const text = words(locale).invoice;
  return [text.description, ...(hasDays(lines) ? [text.serviceOn] : []), text.quantity, text.unitPrice, text.amount];
}

export function hasDays(lines: readonly LineFact[]): boolean {
  return lines.some((line) => line.serviceOn !== null);
}

/** One line as a row of the table; `dated`: days have a column of their own. */
export function rowOf(line: LineFact, document: Written, dated: boolean): PaperRow {
  const write = writerOf(document);
  const off = line.discountMinor === 0n ? [] : [`${discountLabel(line.discount, write.locale)}: ${write.less(line.discountMinor)}`];
  return {
    name: line.name,
    more: [...(line.description ? [line.description] : []), ...off],
    date: dated && line.serviceOn ? write.day(line.serviceOn) : '',
    quantity: [formatQuantity(line.quantityMilli, write.locale), line.unit].filter(Boolean).join('\u00a0'),
    price: formatUnitPrice(line.unitPriceMilli, document.currency, write.locale, { homeCurrency: document.homeCurrency }),
    amount: write.money(line.netMinor),
  };
}
