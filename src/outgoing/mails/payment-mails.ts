import type { Locale } from '../../core/locale.ts';
import { words } from '../../core/words/words.ts';
import { besideLines } from '../beside-lines.ts';
import { paperTitle } from '../charge-words.ts';
import type { AmountMailFacts, AnnouncementMailFacts, PaymentMailFacts, RefundMailFacts } from './mail-facts.ts';
import { dayIn, emptyPage, greetingTo, type MailPage, moneyIn, rowsOf } from './mail-page.ts';

/** Money received: how much, how, and what is left. */
export function receiptMail(facts: PaymentMailFacts, locale: Locale): MailPage {
  const { mail, receipt, pay } = words(locale);
  const { receipt: paid, business, to } = facts;
  const money = moneyIn(paid, locale);
  const text = mail.receipt;
  return {
    ...emptyPage,
    subject: text.subject(money(paid.amountMinor), business.name),
    preview: text.preview(money(paid.leftMinor)),
    greeting: greetingTo(to.name, locale),
    lead: [text.lead(money(paid.amountMinor), dayIn(locale)(paid.day), pay[paid.method])],
    figure: { label: receipt.leftToPay, value: money(paid.leftMinor), note: '' },
    rows: rowsOf([
      [receipt.number, paid.number],
      ...paid.paidFor.map((one) => leftRow(facts, one, locale)),
      ...besideRows(facts, locale),
      [receipt.reference, paid.reference],
    ]),
    button: { label: text.button, url: facts.url },
  };
}

/** Started, and the bank is working. */
export function processingMail(facts: PaymentMailFacts, locale: Locale): MailPage {
  const { mail, receipt } = words(locale);
  const { receipt: paid, business, to } = facts;
  const money = moneyIn(paid, locale);
  const text = mail.paymentProcessing;
  return {
    ...emptyPage,
    subject: text.subject(money(paid.amountMinor), business.name),
    preview: text.preview,
    greeting: greetingTo(to.name, locale),
    lead: [text.lead(money(paid.amountMinor), dayIn(locale)(paid.day))],
    rows: rowsOf([[receipt.paidFor, paid.paidFor.map((one) => paperTitle(words(locale), one)).join(', ')], ...besideRows(facts, locale)]),
    button: { label: text.button, url: facts.url },
  };
}

/** The bank took it back. */
export function returnedMail(facts: AmountMailFacts, locale: Locale): MailPage {
  const text = words(locale).mail.paymentReturned;
  const [amount, owed] = [facts.amountMinor, facts.owedMinor].map(moneyIn(facts, locale)) as [string, string];
  return {
    ...emptyPage,
    subject: text.subject(amount, facts.business.name),
    preview: text.preview(owed),
    greeting: greetingTo(facts.to.name, locale),
    lead: [text.lead(amount, owed), text.next],
    button: { label: text.button(owed), url: facts.url },
  };
}

/** It never went through. */
export function failedMail(facts: AmountMailFacts, locale: Locale): MailPage {
  const text = words(locale).mail.paymentFailed;
  const amount = moneyIn(facts, locale)(facts.amountMinor);
  return {
    ...emptyPage,
    subject: text.subject(amount, facts.business.name),
    preview: text.preview,
    greeting: greetingTo(facts.to.name, locale),
    lead: [text.lead(amount)],
    button: { label: text.button, url: facts.url },
  };
}

/** Money given back: how much, where to, and when it arrives. */
export function refundedMail(facts: RefundMailFacts, locale: Locale): MailPage {
  const { back: text, pay } = words(locale);
  const amount = moneyIn(facts, locale)(facts.amountMinor);
  const way = facts.byHand === null ? text.mailToCard(amount, facts.label) : text.mailByHand(amount, pay[facts.byHand].toLocaleLowerCase(locale));
  return {
    ...emptyPage,
    subject: facts.failed ? text.mailFailedSubject(amount, facts.business.name) : text.mailSubject(amount, facts.business.name),
    preview: facts.failed ? text.mailFailedPreview : text.mailPreview,
    greeting: greetingTo(facts.to.name, locale),
    lead: facts.failed ? [text.mailFailed(amount, facts.label)] : [way],
    button: { label: text.mailButton, url: facts.url },
  };
}

/** To the office: a customer says money is coming. */
export function announcementForOffice(facts: AnnouncementMailFacts, locale: Locale): MailPage {
  const { mail, pay, announce } = words(locale);
  const [amount, day] = [moneyIn(facts, locale)(facts.amountMinor), dayIn(locale)(facts.arrivesOn)];
  const text = mail.announcementForOffice;
  return {
    ...emptyPage,
    subject: text.subject(facts.customer, amount, facts.number),
    preview: text.preview(day),
    greeting: greetingTo(facts.to.name, locale),
    lead: [text.lead(facts.customer, amount, day, facts.number)],
    rows: rowsOf([
      [announce.method, pay[facts.method]],
      [announce.reference, facts.reference],
    ]),
    quotes: facts.note ? [{ label: announce.note, text: facts.note }] : [],
    button: { label: text.button, url: facts.url },
  };
}

function besideRows({ receipt: paid }: PaymentMailFacts, locale: Locale): (readonly [string, string])[] {
  return besideLines(paid, locale).map(({ label, amountMinor }) => [label, moneyIn(paid, locale)(amountMinor)]);
}

function leftRow(facts: PaymentMailFacts, paidFor: PaymentMailFacts['receipt']['paidFor'][number], locale: Locale): readonly [string, string] {
  return [paperTitle(words(locale), paidFor), moneyIn(facts.receipt, locale)(paidFor.amountMinor)];
}
