import { formatDay, formatTime, todayIn } from '../../core/calendar.ts';
import type { Locale } from '../../core/locale.ts';
import { formatMoney } from '../../core/money-format.ts';
import { type Words, words } from '../../core/words/words.ts';

/** How one reader reads: the words of their language, amounts and days as they write them. */
export type Reader = Readonly<{
  locale: Locale;
  w: Words;
  money: (amountMinor: bigint) => string;
  /** An amount that is taken off. */
  less: (amountMinor: bigint) => string;
  day: (day: string) => string;
}>;

export function readerOf(locale: Locale, currency: string, homeCurrency: string = currency): Reader {
  const money = (amountMinor: bigint): string => formatMoney(amountMinor, currency, locale, { homeCurrency });
  return { locale, w: words(locale), money, less: (amountMinor) => money(-amountMinor), day: (day) => formatDay(day, locale) };
}

/** The day and time of an instant in the business's zone. */
export function momentText(instant: string, zone: string, locale: Locale): string {
  return `${formatDay(todayIn(zone, instant), locale)}, ${formatTime(instant, zone, locale)}`;
}
