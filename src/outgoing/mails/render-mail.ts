import type { Locale } from '../../core/locale.ts';
import { words } from '../../core/words/words.ts';
import { accessMail, sharedMail } from './access-mail.ts';
import { autopayMail } from './autopay-mail.ts';
import { detailsDecided } from './details-mail.ts';
import { estimateDecided, estimateForOffice, estimateReminder, estimateReplaced, estimateSent, estimateToApprove } from './estimate-mails.ts';
import { invoiceCanceled, invoiceReplaced, invoiceSent, invoiceTest, newLink } from './invoice-mails.ts';
import type { MailFacts, MailKind } from './mail-facts.ts';
import { footerOf, type MailPage } from './mail-page.ts';
import { mailText } from './mail-text.ts';
import { messageForCustomer, messageForOffice } from './message-mails.ts';
import { officeNotice } from './office-notice.ts';
import { questionAnswered, questionForOffice, questionReceived, signInCode, staffCode } from './other-mails.ts';
import { announcementForOffice, failedMail, processingMail, receiptMail, refundedMail, returnedMail } from './payment-mails.ts';
import { reminderMail } from './reminder-mail.ts';
import { staffInvite, staffNotice } from './staff-mails.ts';
import { statementMail } from './statement-mail.ts';

export type RenderedMail = { subject: string; html: string; text: string };

const pages: { [K in MailKind]: (facts: MailFacts[K], locale: Locale) => MailPage } = {
  invoice_sent: invoiceSent,
  invoice_replaced: invoiceReplaced,
  invoice_canceled: invoiceCanceled,
  invoice_test: invoiceTest,
  new_link: newLink,
  estimate_sent: estimateSent,
  estimate_replaced: estimateReplaced,
  estimate_reminder: estimateReminder,
  estimate_to_approve: estimateToApprove,
  estimate_decided: estimateDecided,
  estimate_for_office: estimateForOffice,
  reminder: reminderMail,
  statement: statementMail,
  receipt: receiptMail,
  payment_processing: processingMail,
  payment_returned: returnedMail,
  payment_failed: failedMail,
  autopay: autopayMail,
  payment_refunded: refundedMail,
  question_received: questionReceived,
  question_answered: questionAnswered,
  question_for_office: questionForOffice,
  message_for_customer: messageForCustomer,
  message_for_office: messageForOffice,
  details_decided: detailsDecided,
  announcement_for_office: announcementForOffice,
  sign_in_code: signInCode,
  access: accessMail,
  document_shared: sharedMail,
  staff_code: staffCode,
  staff_invite: staffInvite,
  staff_notice: staffNotice,
  office_notice: officeNotice,
};

/** One mail in the reader's language, as HTML and as text with the same words. Pure: the same facts give the same mail. */
export async function renderMail<K extends MailKind>(kind: K, facts: MailFacts[K], locale: Locale): Promise<RenderedMail> {
  const page = pages[kind](facts, locale);
  const footer = footerOf(facts, locale);
  // Loaded with the first mail: it takes 40 MB that a server that sends none never needs.
  const { mailHtml } = await import('./mail-html.tsx');
  const html = await mailHtml({ page, frame: facts, locale, footer, fallback: words(locale).mail.buttonFallback });
  return { subject: page.subject, html, text: mailText(page, facts.business.name, footer) };
}
