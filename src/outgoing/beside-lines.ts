import type { Locale } from '../core/locale.ts';
import { words } from '../core/words/words.ts';
import type { ReceiptFacts } from './receipt-facts.ts';

/** What stands beside what a payment paid, each on a line of its own: a tip, a card fee, or what the way of paying saved. Nothing where there is none. */
export function besideLines(
  { tipMinor = 0n, wayMinor = 0n }: Pick<ReceiptFacts, 'tipMinor' | 'wayMinor'>,
  locale: Locale,
): { label: string; amountMinor: bigint }[] {
  const { tips, fees } = words(locale);
  return [
    { label: tips.tip, amountMinor: tipMinor },
    { label: wayMinor < 0n ? fees.saving : fees.cardFee, amountMinor: wayMinor },
  ].filter(({ amountMinor }) => amountMinor !== 0n);
}
