import type { Locale } from '../../core/locale.ts';
import { words } from '../../core/words/words.ts';
import { mayWords, placesWord } from '../may-words.ts';
import type { AccessMailFacts, SharedMailFacts } from './mail-facts.ts';
import { dayIn, emptyPage, greetingTo, type MailPage, moneyIn } from './mail-page.ts';

/** To a person: an account opens to them, what they may do there has changed, or their access ended. */
export function accessMail(facts: AccessMailFacts, locale: Locale): MailPage {
  const all = words(locale);
  const { mail, for: of } = all.people;
  if (facts.what === 'new_device') return newDevice(facts, locale);
  const text = mail[facts.what];
  const { may, account, by } = facts;
  const money = moneyIn({ currency: facts.currency, homeCurrency: facts.currency }, locale);
  const rows =
    may === null
      ? []
      : [
          { label: mail.may, value: mayWords(all, may, money).join(' · ') },
          { label: of, value: placesWord(all, may) },
        ];
  return {
    ...emptyPage,
    subject: text.subject(account, facts.business.name),
    preview: text.lead(by, account, facts.business.name),
    greeting: greetingTo(facts.to.name, locale),
    lead: [text.lead(by, account, facts.business.name)],
    rows,
    button: facts.what === 'ended' ? null : { label: mail.button, url: facts.url },
    after: [text.after],
  };
}

/** A sign-in from a browser never seen before. No button: nothing in it asks for a press. */
function newDevice(facts: AccessMailFacts, locale: Locale): MailPage {
  const { devices } = words(locale);
  const lead = devices.mail.lead(devices.name(facts.device?.browser ?? '', facts.device?.system ?? ''), facts.business.name);
  return {
    ...emptyPage,
    subject: devices.mail.subject(facts.business.name),
    preview: lead,
    greeting: greetingTo(facts.to.name, locale),
    lead: [lead],
    after: [devices.mail.after],
  };
}

/** To somebody a customer names: one document to look at, or to pay. */
export function sharedMail(facts: SharedMailFacts, locale: Locale): MailPage {
  const all = words(locale);
  const { mail } = all.sharing;
  const { by, business, number, estimate } = facts;
  const what = estimate === null ? all.invoice.title(number) : all.estimate.title(estimate, number, 1);
  const until = dayIn(locale)(facts.until);
  return {
    ...emptyPage,
    subject: mail.subject(by, what, business.name),
    preview: mail.lead(by, what, business.name),
    greeting: greetingTo(facts.to.name, locale),
    lead: [mail.lead(by, what, business.name), facts.mayPay ? mail.mayPay : mail.viewOnly],
    quotes: facts.note === '' ? [] : [{ label: by, text: facts.note }],
    button: { label: mail.button, url: facts.url },
    after: [mail.until(until), mail.notYou(by)],
  };
}
