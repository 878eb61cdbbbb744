import type { Locale } from '../../core/locale.ts';
import { words } from '../../core/words/words.ts';
import type { MessageMailFacts } from './mail-facts.ts';
import { emptyPage, greetingTo, type MailPage } from './mail-page.ts';

/** To a customer's person: the business wrote, with what they had written before. */
export function messageForCustomer(facts: MessageMailFacts, locale: Locale): MailPage {
  const text = words(locale).messages.mail;
  const { name } = facts.business;
  return {
    ...emptyPage,
    subject: text.subject(name, facts.subject),
    preview: text.preview,
    greeting: greetingTo(facts.to.name, locale),
    lead: [text.lead(name)],
    quotes: [...(facts.before === '' ? [] : [{ label: text.youWrote, text: facts.before }]), { label: name, text: facts.text }],
    button: { label: text.button, url: facts.url },
  };
}

/** To the office: a customer wrote. */
export function messageForOffice(facts: MessageMailFacts, locale: Locale): MailPage {
  const text = words(locale).messages.mail;
  return {
    ...emptyPage,
    subject: text.officeSubject(facts.customer, facts.subject),
    preview: text.officePreview,
    greeting: greetingTo(facts.to.name, locale),
    lead: [text.officeLead(facts.customer)],
    quotes: [{ label: facts.customer, text: facts.text }],
    button: { label: text.officeButton, url: facts.url },
  };
}
