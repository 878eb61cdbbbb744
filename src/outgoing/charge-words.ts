import type { EarlyOffer, LateFee } from '../core/charges.ts';
import type { Locale } from '../core/locale.ts';
import { formatRate } from '../core/money-format.ts';
import { type Words, words } from '../core/words/words.ts';
import type { DocumentFact, InvoiceFacts } from './invoice-facts.ts';

/** Amounts and days as their reader writes them. */
type Voice = Readonly<{ locale: Locale; money: (amountMinor: bigint) => string; day: (day: string) => string }>;

/** How a paper is called: an invoice, a request for a deposit, a late fee. */
export function paperTitle(w: Words, { purpose, number }: Readonly<{ purpose?: DocumentFact['purpose'] | null; number: string }>): string {
  if (purpose === 'deposit') return w.charges.depositTitle(number);
  return purpose === 'late_fee' ? w.charges.lateFeeTitle(number) : w.invoice.title(number);
}

/** "Deposit applied", with its number where it is one. */
export function depositLabel(w: Words, { document, depositMinor }: Pick<InvoiceFacts, 'document' | 'depositMinor'>): string {
  const [only, ...more] = document.deposits ?? [];
  const named = only !== undefined && more.length === 0 && (depositMinor === undefined || depositMinor === only.amountMinor);
  return named ? w.charges.depositAppliedFrom(only.number) : w.charges.depositApplied;
}

/** What was agreed for paying late, in one or two sentences. */
export function lateFeeText(rule: LateFee, { locale, money }: Voice): string {
  const text = words(locale).charges;
  const fee = rule.fee.kind === 'amount' ? money(rule.fee.amountMinor) : text.ofOverdue(formatRate(rule.fee.ratePpm, locale));
  const days = rule.graceDays;
  const once = days === 0 ? text.feeOnce(fee) : text.feeOnceAfter(fee, days);
  const monthly = days === 0 ? text.feeMonthly(fee) : text.feeMonthlyAfter(fee, days);
  return [rule.every === 'once' ? once : monthly, rule.capMinor === null ? '' : text.feeCap(money(rule.capMinor))].filter(Boolean).join(' ');
}

/** "Pay $196.00 by Dec 4 instead of $200.00." */
export function earlyOfferText({ saveMinor, untilOn }: Pick<EarlyOffer, 'saveMinor' | 'untilOn'>, fullMinor: bigint, { locale, money, day }: Voice): string {
  return `${words(locale).charges.earlyOffer(money(fullMinor - saveMinor), day(untilOn), money(fullMinor))}.`;
}

/** What was agreed for paying early. */
export function earlyText(offer: EarlyOffer, { locale, money, day }: Voice): string {
  return words(locale).charges.earlyRule(formatRate(offer.ratePpm, locale), money(offer.saveMinor), day(offer.untilOn));
}

/** The agreements of a paper, early before late; none on most. */
export function agreementsOf({ early, lateFee }: Pick<DocumentFact, 'early' | 'lateFee'>, voice: Voice): string[] {
  return [...(early ? [earlyText(early, voice)] : []), ...(lateFee ? [lateFeeText(lateFee, voice)] : [])];
}
