import type { CardGateway } from '../../../core/gateways.ts';
import type { Words } from '../../../core/words/words.ts';

/** Why the payer is back on the pay page, in words; null for a first visit or a word we did not write. */
export function beforeText(w: Words, failed: string | null): string | null {
  if (failed === null) return null;
  const { pay } = w;
  const texts: Readonly<Record<string, string>> = {
    canceled: pay.canceledLead,
    declined: pay.declined,
    insufficient_funds: pay.insufficientFunds,
    expired_card: pay.expiredCard,
    confirmation_failed: pay.confirmationFailed,
    account_closed: pay.accountClosed,
    expired: pay.expired,
  };
  return Object.hasOwn(texts, failed) ? (texts[failed] ?? null) : pay.failed;
}

/** Where a form of the pay page may end up: browsers hold its redirect to the page's policy too. */
export function formTargets(cards: Readonly<Record<string, CardGateway>>, gateway: string | null): readonly string[] {
  const origin = cards[gateway ?? '']?.payOrigin ?? null;
  return origin === null ? [] : [origin];
}
