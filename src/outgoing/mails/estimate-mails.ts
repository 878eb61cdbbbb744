import type { Locale } from '../../core/locale.ts';
import { type Words, words } from '../../core/words/words.ts';
import type { EstimateMailFacts, EstimateOfficeMailFacts } from './mail-facts.ts';
import { dayIn, emptyPage, greetingTo, type MailPage, moneyIn, rowsOf } from './mail-page.ts';

/** What the business calls such a paper, with its number. */
export function paperName({ word, number }: { word: string; number: string }, text: Words['estimateMail']): string {
  return `${text.papers[word as keyof typeof text.papers] ?? text.papers.estimate} ${number}`;
}

type Told = Readonly<{ subject: string; lead: string; press?: string; note?: boolean }>;

/** The estimate: whose, how much, until when, and the way to it. */
export const estimateSent = (facts: EstimateMailFacts, locale: Locale): MailPage =>
  pageOf(facts, locale, ({ sent, seeAndApprove }, { paper, amount, until }) => ({
    ...{ subject: sent.subject(paper, facts.business.name, amount), lead: sent.lead(paper, amount, until), press: seeAndApprove },
  }));

/** A new version in place of the one that was sent. */
export const estimateReplaced = (facts: EstimateMailFacts, locale: Locale): MailPage =>
  pageOf(facts, locale, ({ replaced, seeAndApprove }, { paper, amount, until }) => ({
    ...{ subject: replaced.subject(paper, facts.business.name), lead: replaced.lead(paper, amount, until), press: seeAndApprove },
  }));

/** Its last day is near. */
export const estimateReminder = (facts: EstimateMailFacts, locale: Locale): MailPage =>
  pageOf(facts, locale, ({ reminder, seeAndApprove }, { paper, amount, until }) => ({
    ...{ subject: reminder.subject(paper, facts.business.name, until), lead: reminder.lead(paper, amount, until), press: seeAndApprove },
  }));

/** Somebody recommended what only the reader may approve, or approved it as the first of two. */
export const estimateToApprove = (facts: EstimateMailFacts, locale: Locale): MailPage =>
  pageOf(facts, locale, ({ toApprove, seeAndApprove }, { paper, amount }) => {
    const lead = facts.what === 'first_approved' ? words(locale).authority.mail.toApprove : toApprove.lead;
    return { subject: toApprove.subject(paper, amount), lead: lead(facts.name, paper, amount), press: seeAndApprove };
  });

/** To whoever pressed: what they did. */
export const estimateDecided = (facts: EstimateMailFacts, locale: Locale): MailPage =>
  pageOf(facts, locale, ({ approved, recommended, withdrawn }, { paper, amount }) => {
    const { mail: first } = words(locale).authority;
    if (facts.what === 'first_approved') return { subject: first.subject(paper), lead: first.lead(paper, amount) };
    if (facts.what === 'recommended') return { subject: recommended.subject(paper), lead: recommended.lead(paper, amount) };
    if (facts.what === 'withdrawn_approval') return { subject: withdrawn.subject(paper), lead: withdrawn.lead(paper) };
    return { subject: approved.subject(paper, amount), lead: approved.lead(paper, amount) };
  });

/** To the office: what a customer decided. */
export function estimateForOffice(facts: EstimateOfficeMailFacts, locale: Locale): MailPage {
  const text = words(locale).estimateMail;
  const told = text.forOffice[facts.what](facts.customer, paperName(facts, text), moneyIn(facts, locale)(facts.totalMinor));
  return {
    ...emptyPage,
    subject: told,
    preview: facts.reason,
    greeting: greetingTo(facts.to.name, locale),
    lead: [`${told}.`, ...(facts.name === '' ? [] : [text.forOffice.by(facts.name)])],
    quotes: facts.reason === '' ? [] : [{ label: text.reason, text: facts.reason }],
    button: { label: text.forOffice.button, url: facts.url },
  };
}

function pageOf(
  facts: EstimateMailFacts,
  locale: Locale,
  tell: (text: Words['estimateMail'], said: { paper: string; amount: string; until: string }) => Told,
): MailPage {
  const { estimateMail: text, mail, invoice } = words(locale);
  const paper = paperName(facts, text);
  const amount = moneyIn(facts, locale)(facts.totalMinor);
  const until = dayIn(locale)(facts.validUntil);
  const { subject, lead, press = text.see } = tell(text, { paper, amount, until });
  const shared = facts.others.length === 0 ? [] : [mail.alsoSentTo(facts.others.join(', '))];
  return {
    ...emptyPage,
    subject,
    preview: `${amount} · ${text.validUntil(until)}`,
    greeting: greetingTo(facts.to.name, locale),
    lead: [lead, ...(facts.note === '' ? [] : [facts.note])],
    figure: { label: invoice.total, value: amount, note: text.validUntil(until) },
    rows: rowsOf([
      [facts.revision > 1 ? text.version(paper, facts.revision) : paper, facts.property || null],
      [invoice.poNumber, facts.poNumber || null],
    ]),
    quotes: facts.reason === '' ? [] : [{ label: text.reason, text: facts.reason }],
    button: { label: press, url: facts.url },
    after: [...shared, text.linkNote],
  };
}
