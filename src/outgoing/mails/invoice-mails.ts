import type { Locale } from '../../core/locale.ts';
import { words } from '../../core/words/words.ts';
import { lateFeeText } from '../charge-words.ts';
import type { DocumentHead, InvoiceFacts, PartsFacts } from '../invoice-facts.ts';
import { paperName } from './estimate-mails.ts';
import type { InvoiceMailFacts, MailFacts } from './mail-facts.ts';
import { dayIn, emptyPage, greetingTo, type MailPage, moneyIn, rowsOf } from './mail-page.ts';

/** The invoice: whose, how much, by when, and the way to it. */
export function invoiceSent(facts: InvoiceMailFacts, locale: Locale): MailPage {
  if (!isWhole(facts)) return partsSent(facts, locale);
  const { mail, charges } = words(locale);
  const { document, standing } = facts.invoice;
  const [money, day] = [moneyIn(document, locale), dayIn(locale)];
  const amount = money(shownAmount(facts.invoice));
  const owed = standing.balanceMinor > 0n;
  const text = mail.invoiceSent;
  return {
    ...emptyPage,
    subject: subjectOf(facts, locale, amount),
    preview: owed ? text.preview(amount, day(standing.dueOn ?? document.dueOn)) : text.leadPaid(document.number, amount),
    greeting: greetingTo(facts.to.name, locale),
    lead: [owed ? leadOf(facts, locale, amount) : text.leadPaid(document.number, amount), ...messageOf(facts.invoice)],
    ...bill(facts, locale),
    button: { label: standing.payableMinor > 0n ? (document.purpose === 'deposit' ? charges.seeAndPay : text.button) : text.buttonView, url: facts.url },
    after: [...agreed(facts.invoice, locale), ...notesOf(facts, locale)],
  };
}

/** What was agreed for paying late or early, and what paying now would come to. */
function agreed(invoice: InvoiceFacts, locale: Locale): string[] {
  const { document, standing } = invoice;
  if (standing.balanceMinor === 0n) return [];
  const [money, day] = [moneyIn(document, locale), dayIn(locale)];
  const { early } = standing;
  const rows = standing.installments ?? [];
  const plan = rows.flatMap(({ dueOn, openMinor, state }, at) =>
    state === 'paid' ? [] : [words(locale).charges.installmentDue(at + 1, rows.length, money(openMinor), day(dueOn))],
  );
  const offer = early ? [`${words(locale).charges.earlyOffer(money(early.payMinor), day(early.untilOn), money(standing.balanceMinor))}.`] : [];
  return [...plan, ...offer, ...(document.lateFee ? [lateFeeText(document.lateFee, { locale, money, day })] : [])];
}

function subjectOf({ invoice: { document }, business }: Whole, locale: Locale, amount: string): string {
  const { mail, charges } = words(locale);
  if (document.purpose === 'deposit') return charges.depositSubject(document.number, business.name, amount);
  return (document.purpose === 'late_fee' ? charges.feeSubject : mail.invoiceSent.subject)(document.number, business.name, amount);
}

function leadOf({ invoice: { document, standing } }: Whole, locale: Locale, amount: string): string {
  const { mail, charges } = words(locale);
  const due = dayIn(locale)(document.dueOn);
  if (standing.installments !== null) return charges.installmentsMail(document.number, amount, standing.installments.length);
  if (document.purpose === 'deposit') return `${charges.depositMail(document.number, amount, due)} ${charges.depositLead}`;
  if (document.purpose === 'late_fee')
    return [charges.feeMail(document.number, amount, due), document.about && charges.feeAbout(document.about.number)].filter(Boolean).join(' ');
  return mail.invoiceSent.lead(document.number, amount, due);
}

/** The same mail for the business itself: marked, and nobody else has received it. */
export function invoiceTest(facts: InvoiceMailFacts, locale: Locale): MailPage {
  const page = invoiceSent(facts, locale);
  const { mail } = words(locale);
  return { ...page, subject: mail.testSubject(page.subject), banner: mail.testNote };
}

/** A corrected invoice in place of another. */
export function invoiceReplaced(facts: InvoiceMailFacts, locale: Locale): MailPage {
  if (!isWhole(facts)) return partsSent(facts, locale);
  const { mail } = words(locale);
  const { document } = facts.invoice;
  const amount = moneyIn(document, locale)(shownAmount(facts.invoice));
  const old = document.replaces?.number ?? '';
  const text = mail.invoiceReplaced;
  return {
    ...emptyPage,
    subject: text.subject(document.number, old, facts.business.name),
    preview: text.preview(amount),
    greeting: greetingTo(facts.to.name, locale),
    lead: [text.lead(document.number, old, amount), ...messageOf(facts.invoice)],
    ...bill(facts, locale),
    button: { label: text.button, url: facts.url },
    after: notesOf(facts, locale),
  };
}

/** Nothing is owed on it any more. */
export function invoiceCanceled(facts: InvoiceMailFacts, locale: Locale): MailPage {
  const { mail, invoice } = words(locale);
  const { number, canceled } = facts.invoice.document;
  const text = mail.invoiceCanceled;
  return {
    ...emptyPage,
    subject: text.subject(number, facts.business.name),
    preview: text.preview,
    greeting: greetingTo(facts.to.name, locale),
    lead: [text.lead(number), ...(canceled?.reason ? [invoice.canceledReason(canceled.reason)] : [])],
    button: { label: text.button, url: facts.url },
  };
}

/** A fresh link in place of an ended one. */
export function newLink(facts: MailFacts['new_link'], locale: Locale): MailPage {
  const { mail, estimateMail } = words(locale);
  const text = mail.newLink;
  const paper = facts.estimate ? paperName({ word: facts.estimate, number: facts.number }, estimateMail) : null;
  const { subject, lead } = paper === null ? text : estimateMail.newLink;
  return {
    ...emptyPage,
    subject: subject(paper ?? facts.number, facts.business.name),
    preview: text.preview,
    greeting: greetingTo(facts.to.name, locale),
    lead: [lead(paper ?? facts.number)],
    button: { label: paper === null ? text.button : estimateMail.see, url: facts.url },
    after: [paper === null ? mail.linkNote : estimateMail.linkNote, text.notYou],
  };
}

type Whole = InvoiceMailFacts & { invoice: InvoiceFacts };
type Parts = InvoiceMailFacts & { invoice: PartsFacts };

function isWhole(facts: InvoiceMailFacts): facts is Whole {
  return 'totalMinor' in facts.invoice;
}

// Rule 29: each part with its own amount, and nothing that tells of the whole.
function partsSent(facts: InvoiceMailFacts, locale: Locale): MailPage {
  const { mail, part, invoice: text } = words(locale);
  const { document, parts } = (facts as Parts).invoice;
  const [money, due] = [moneyIn(document, locale), text.dueOn(dayIn(locale)(document.dueOn))];
  const [only, ...more] = parts;
  const single = more.length === 0 ? only : undefined;
  return {
    ...emptyPage,
    subject: `${part.title(document.number)} · ${facts.business.name}`,
    preview: due,
    greeting: greetingTo(facts.to.name, locale),
    lead: [part.lead, ...(document.replaces ? [text.replaces(document.replaces.number)] : [])],
    figure: single ? { label: part.total, value: money(single.totalMinor), note: due } : null,
    rows: single
      ? rowsOf([
          [text.number, document.number],
          [text.property, single.title],
        ])
      : [
          { label: text.number, value: document.number },
          ...parts.map((one) => ({ label: one.title, value: money(one.totalMinor) })),
          { label: mail.due, value: due },
        ],
    button: { label: mail.invoiceSent.buttonView, url: facts.url },
    after: [mail.linkNote],
  };
}

// What is left while something is owed, the whole amount once nothing is.
function shownAmount({ standing, totalMinor }: InvoiceFacts): bigint {
  return standing.balanceMinor > 0n ? standing.balanceMinor : totalMinor;
}

function messageOf({ document }: DocumentHead): string[] {
  return document.message ? [document.message] : [];
}

function bill({ invoice: facts }: Whole, locale: Locale): Pick<MailPage, 'figure' | 'rows'> {
  const { invoice, mail, charges } = words(locale);
  const { document, standing, parts } = facts;
  const partly = standing.balanceMinor > 0n && standing.balanceMinor !== facts.totalMinor;
  const places = parts.filter((part) => part.propertyId !== null);
  return {
    figure: {
      label: partly ? invoice.leftToPay : invoice.total,
      value: moneyIn(document, locale)(shownAmount(facts)),
      note: standing.balanceMinor > 0n ? invoice.dueOn(dayIn(locale)(standing.dueOn ?? document.dueOn)) : '',
    },
    rows: rowsOf([
      [document.purpose === 'deposit' ? charges.number : invoice.number, document.number],
      [charges.depositApplied, facts.depositMinor ? moneyIn(document, locale)(-facts.depositMinor) : null],
      [mail.forProperty, places.length > 1 ? invoice.properties(places.length) : (places[0]?.title ?? null)],
      [invoice.poNumber, document.poNumber],
      [invoice.workOrderNumber, document.workOrderNumber],
    ]),
  };
}

function notesOf(facts: InvoiceMailFacts, locale: Locale): string[] {
  const { mail } = words(locale);
  const shared = facts.others.length === 0 ? [] : [mail.alsoSentTo(facts.others.join(', '))];
  return [mail.pdfNote, ...shared, mail.linkNote];
}
