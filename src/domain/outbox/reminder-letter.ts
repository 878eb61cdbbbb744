import type { Locale } from '../../core/locale.ts';
import { isLocale } from '../../core/locale.ts';
import type { MailFacts } from '../../outgoing/mails/mail-facts.ts';
import type { MailRow } from '../mails/mails.ts';
import { stopToken } from '../reminders/reminders.ts';
import type { Writing } from './outbox.ts';

/** What the last look before leaving wrote down. */
export type ToldBills = Readonly<{
  bills: readonly Readonly<{ documentId: string; linkId: string; number: string; dueOn: string; amountMinor: number }>[];
  currency: string;
  today: string;
  tone: 'friendly' | 'plain' | 'firm';
  texts: Readonly<Partial<Record<Locale, { subject: string; text: string }>>>;
  missed: unknown;
}>;

/** A reminder from the facts written when it left, or would leave. Links and the stop link are derived here and live in the answer only. */
export async function reminderLetter({
  scope,
  keys,
  places,
  mail,
  house,
  frame,
}: Pick<Writing, 'scope' | 'keys' | 'places' | 'mail' | 'house' | 'frame'>): Promise<MailFacts['reminder']> {
  const { bills = [], currency = house.currency, today = scope.now.toString().slice(0, 10), tone = 'friendly', texts = {}, missed = null } = told(mail);
  const locale = isLocale(mail.locale) ? mail.locale : 'en';
  const shown = bills.map(({ number, dueOn, amountMinor, linkId }) => ({
    ...{ number: number ?? '', dueOn: dueOn ?? today, amountMinor: BigInt(amountMinor ?? 0) },
    url: linkId ? places.link(house.slug, keys.linkToken(scope.business, linkId)) : '',
  }));
  const stop = { personId: mail.person_id ?? '', kind: 'reminders', address: mail.to_address } as const;
  return {
    ...frame,
    ...{ bills: shown, totalMinor: shown.reduce((total, bill) => total + bill.amountMinor, 0n), currency, homeCurrency: house.currency, today, tone },
    wording: texts[locale] ?? null,
    missed: missed !== null,
    stopUrl: places.stop(house.slug, stopToken(keys, scope.business, stop)),
  };
}

function told(mail: MailRow): Partial<ToldBills> {
  return mail.facts as Partial<ToldBills>;
}
