import type { BusinessFact, InvoiceFacts, PartsFacts, PaymentMethodWord } from '../invoice-facts.ts';
import type { ReceiptFacts } from '../receipt-facts.ts';

/** Who writes and who reads. Nothing here or below carries bank details: those stand behind the link only. */
export type MailFrame = {
  business: Pick<BusinessFact, 'name' | 'brandColor' | 'phone' | 'addressLines'>;
  /** Absolute address of the logo as PNG, or null. */
  logoUrl: string | null;
  to: { name: string; address: string };
};

/**
 * `url`: the reader's own link. `others`: names of the others who were sent it, each with their own link. Who may see some
 * properties only gets those parts: no total, nobody else's name.
 */
export type InvoiceMailFacts = MailFrame & { invoice: InvoiceFacts | PartsFacts; url: string; others: readonly string[] };
export type InvoiceNumberMailFacts = MailFrame & { number: string; url: string };
export type PaymentMailFacts = MailFrame & { receipt: ReceiptFacts; url: string };
export type AmountMailFacts = MailFrame & { amountMinor: bigint; owedMinor: bigint; currency: string; homeCurrency: string; url: string };
export type QuestionMailFacts = InvoiceNumberMailFacts & { customer: string; question: string; answer: string | null };
export type AnnouncementMailFacts = InvoiceNumberMailFacts & {
  customer: string;
  amountMinor: bigint;
  currency: string;
  homeCurrency: string;
  method: PaymentMethodWord;
  arrivesOn: string;
  reference: string | null;
  note: string | null;
};

/** What each kind of mail is made of. */
export type MailFacts = {
  invoice_sent: InvoiceMailFacts;
  invoice_replaced: InvoiceMailFacts;
  invoice_canceled: InvoiceMailFacts;
  invoice_test: InvoiceMailFacts;
  new_link: InvoiceNumberMailFacts;
  receipt: PaymentMailFacts;
  payment_processing: PaymentMailFacts;
  payment_returned: AmountMailFacts;
  payment_failed: AmountMailFacts;
  question_received: QuestionMailFacts;
  question_answered: QuestionMailFacts;
  question_for_office: QuestionMailFacts;
  announcement_for_office: AnnouncementMailFacts;
  /** `url`: signs in after a press in the browser that asked; null = the code alone. */
  sign_in_code: MailFrame & { code: string; url: string | null };
  staff_code: MailFrame & { code: string };
};

export type MailKind = keyof MailFacts;
