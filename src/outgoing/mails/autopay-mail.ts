import type { Locale } from '../../core/locale.ts';
import { words } from '../../core/words/words.ts';
import type { AutopayMailFacts } from './mail-facts.ts';
import { dayIn, emptyPage, greetingTo, type MailPage, moneyIn } from './mail-page.ts';

/** What will be, was or was not charged by itself, and when that begins and ends. */
export function autopayMail(facts: AutopayMailFacts, locale: Locale): MailPage {
  const { autopay } = words(locale);
  const money = moneyIn(facts, locale);
  const text = autopay.mail[facts.what];
  const { number, label, name, note } = facts;
  const told = {
    amount: money(facts.amountMinor),
    cap: money(facts.capMinor),
    day: facts.day === null ? '' : dayIn(locale)(facts.day),
    number,
    label,
    name,
    note,
  };
  const lead = text.lead(told);
  const reason = facts.reason === null ? '' : autopay.mail.reasons[facts.reason];
  return {
    ...emptyPage,
    subject: text.subject(told),
    preview: lead[0] ?? '',
    greeting: greetingTo(facts.to.name, locale),
    lead: [...lead, ...(reason === '' ? [] : [reason])],
    quotes: [facts.wording, note].filter(Boolean).map((each) => ({ label: autopay.autopay, text: each })),
    button: { label: text.button, url: facts.url },
  };
}
