import type { Locale } from '../../core/locale.ts';
import { words } from '../../core/words/words.ts';
import type { MailFacts, QuestionMailFacts } from './mail-facts.ts';
import { dayIn, emptyPage, greetingTo, type MailPage, moneyIn } from './mail-page.ts';

/** To the customer: the question is with us. */
export function questionReceived(facts: QuestionMailFacts, locale: Locale): MailPage {
  const text = words(locale).mail.questionReceived;
  return {
    ...emptyPage,
    subject: text.subject(facts.number),
    preview: text.preview,
    greeting: greetingTo(facts.to.name, locale),
    lead: [text.lead(facts.number)],
    quotes: [{ label: text.yourQuestion, text: facts.question }],
    button: { label: text.button, url: facts.url },
  };
}

/** To the customer: the answer, with what was asked. */
export function questionAnswered(facts: QuestionMailFacts, locale: Locale): MailPage {
  const { mail, questioned } = words(locale);
  const text = mail.questionAnswered;
  const { charge } = facts;
  const asked = charge?.kind && questioned.mail.answered[charge.kind](moneyIn(charge, locale)(charge.amountMinor));
  return {
    ...emptyPage,
    subject: text.subject(facts.number, facts.business.name),
    preview: text.preview,
    greeting: greetingTo(facts.to.name, locale),
    lead: [asked || text.lead(facts.number)],
    quotes: [
      { label: mail.questionReceived.yourQuestion, text: facts.question },
      { label: facts.business.name, text: facts.answer ?? '' },
    ],
    after: charge?.remindersFrom ? [questioned.mail.restUntil(dayIn(locale)(charge.remindersFrom))] : [],
    button: { label: text.button, url: facts.url },
  };
}

/** To the office: somebody asks. */
export function questionForOffice(facts: QuestionMailFacts, locale: Locale): MailPage {
  const { mail, questioned } = words(locale);
  const text = mail.questionForOffice;
  const { charge, customer, number } = facts;
  const asked = charge ? moneyIn(charge, locale)(charge.amountMinor) : null;
  return {
    ...emptyPage,
    subject: asked === null ? text.subject(customer, number) : questioned.mail.officeSubject(customer, asked, number),
    preview: text.preview,
    greeting: greetingTo(facts.to.name, locale),
    lead: [asked === null ? text.lead(customer, number) : questioned.mail.office(customer, asked, number)],
    quotes: [{ label: facts.customer, text: facts.question }],
    button: { label: text.button, url: facts.url },
  };
}

/** A six-digit code to type, and a link that asks for a press. */
export function signInCode(facts: MailFacts['sign_in_code'], locale: Locale): MailPage {
  const text = words(locale).mail.signInCode;
  return {
    ...emptyPage,
    subject: text.subject(facts.code, facts.business.name),
    preview: text.preview,
    greeting: greetingTo(facts.to.name, locale),
    lead: [text.lead],
    code: facts.code,
    beforeButton: facts.url && text.orPress,
    button: facts.url === null ? null : { label: text.button, url: facts.url },
    after: [text.notYou],
  };
}

/** Confirms the address of someone who signs up. */
export function staffCode(facts: MailFacts['staff_code'], locale: Locale): MailPage {
  const text = words(locale).mail.staffConfirmCode;
  return {
    ...emptyPage,
    subject: text.subject(facts.code),
    preview: text.preview,
    greeting: greetingTo(facts.to.name, locale),
    lead: [text.lead],
    code: facts.code,
    after: [text.notYou],
  };
}
