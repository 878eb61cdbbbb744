import type { Words } from '../../core/words/words.ts';
import type { BusinessFact, InvoiceFacts, PartsFacts, PaymentMethodWord } from '../invoice-facts.ts';
import type { MayFacts } from '../may-words.ts';
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
/** `label`: the card or account it goes to; `byHand`: the way it was given instead. `failed`: it did not arrive after all. */
export type RefundMailFacts = MailFrame & {
  amountMinor: bigint;
  currency: string;
  homeCurrency: string;
  label: string;
  byHand: OfflineWord | null;
  failed: boolean;
  url: string;
};
type OfflineWord = 'check' | 'cash' | 'transfer' | 'other';
export type AmountMailFacts = MailFrame & { amountMinor: bigint; owedMinor: bigint; currency: string; homeCurrency: string; url: string };
/** `what` chooses the words; `label`: "Visa •••• 4242"; `wording`: what was agreed to, word for word. */
export type AutopayMailFacts = MailFrame & {
  what: Exclude<keyof Words['autopay']['mail'], 'reasons'>;
  amountMinor: bigint;
  capMinor: bigint;
  currency: string;
  homeCurrency: string;
  number: string;
  day: string | null;
  label: string;
  name: string;
  reason: keyof Words['autopay']['mail']['reasons'] | null;
  note: string;
  wording: string;
  url: string;
};
export type QuestionMailFacts = InvoiceNumberMailFacts & { customer: string; question: string; answer: string | null; charge?: AskedChargeFact | null };
/** A message about no document. `before`: what it answers. */
export type MessageMailFacts = MailFrame & { customer: string; subject: string; text: string; before: string; url: string };
/** The charge it questions; with an answer, what sort it is and until when reminders rest. */
export type AskedChargeFact = Readonly<{
  amountMinor: bigint;
  currency: string;
  homeCurrency: string;
  kind: 'explanation' | 'change' | 'credit' | null;
  remindersFrom: string | null;
}>;
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

/** `openUntil`: the last day, as YYYY-MM-DD. */
export type StaffInviteFacts = MailFrame & { url: string; invitedBy: string; role: 'owner' | 'admin' | 'office' | 'field'; openUntil: string };
export type StaffNoticeFacts = MailFrame & { notice: keyof Words['mail']['staffNotice']; told: { device: string; to: string; by: string; day: string } };
/** Something of the office's own machinery needs somebody. `name`: the key or address; `detail`: why it stopped, or the last day. */
export type OfficeNoticeFacts = MailFrame & { notice: keyof Words['mail']['officeNotice']; name: string; detail: string; url: string };

/** Due-now amounts of this second; `wording`: the business's own words, with placeholders. The oldest bill stands first. */
export type ReminderMailFacts = MailFrame & {
  bills: readonly { number: string; dueOn: string; amountMinor: bigint; url: string }[];
  totalMinor: bigint;
  currency: string;
  homeCurrency: string;
  today: string;
  tone: 'friendly' | 'plain' | 'firm';
  wording: { subject: string; text: string } | null;
  /** A payment the reader announced did not come. */
  missed: boolean;
  stopUrl: string;
};

/** `word`: what the business calls it. `what`: of a decision only; `name` and `reason`: who recommended, and why. */
export type EstimateMailFacts = MailFrame & {
  word: string;
  number: string;
  revision: number;
  totalMinor: bigint;
  currency: string;
  homeCurrency: string;
  validUntil: string;
  property: string;
  poNumber: string;
  what: DecisionWord | null;
  name: string;
  reason: string;
  note: string;
  others: readonly string[];
  url: string;
};
export type DecisionWord = 'approved' | 'first_approved' | 'recommended' | 'declined' | 'changes_requested' | 'withdrawn_approval';
export type EstimateOfficeMailFacts = Omit<EstimateMailFacts, 'what' | 'note' | 'others' | 'property' | 'poNumber'> & { what: DecisionWord; customer: string };

/** A link that somebody of the customer sends on. `estimate`: what the business calls one; null for an invoice. No amounts: it goes to any address. */
export type SharedMailFacts = MailFrame & { by: string; estimate: string | null; number: string; note: string; mayPay: boolean; until: string; url: string };

/** A person's access to an account: who said so, and what they may do now. `url`: where it is opened. */
export type AccessMailFacts = MailFrame & {
  what: 'invited' | 'changed' | 'ended' | 'new_device';
  /** Of a new device. */
  device?: Readonly<{ browser: string; system: string }> | undefined;
  by: string;
  account: string;
  may: MayFacts | null;
  currency: string;
  url: string;
};

/** A month of an account, as it was said on the day after. `url`: the page, for whoever is signed in. */
export type StatementMailFacts = MailFrame & {
  firstOn: string;
  lastOn: string;
  openingMinor: bigint;
  chargedMinor: bigint;
  settledMinor: bigint;
  balanceMinor: bigint;
  currency: string;
  homeCurrency: string;
  url: string;
  stopUrl: string;
};

/** What each kind of mail is made of. */
export type MailFacts = {
  invoice_sent: InvoiceMailFacts;
  invoice_replaced: InvoiceMailFacts;
  invoice_canceled: InvoiceMailFacts;
  invoice_test: InvoiceMailFacts;
  new_link: InvoiceNumberMailFacts & { estimate?: string | null };
  estimate_sent: EstimateMailFacts;
  estimate_replaced: EstimateMailFacts;
  estimate_reminder: EstimateMailFacts;
  estimate_to_approve: EstimateMailFacts;
  estimate_decided: EstimateMailFacts;
  estimate_for_office: EstimateOfficeMailFacts;
  reminder: ReminderMailFacts;
  statement: StatementMailFacts;
  receipt: PaymentMailFacts;
  payment_processing: PaymentMailFacts;
  payment_returned: AmountMailFacts;
  payment_failed: AmountMailFacts;
  autopay: AutopayMailFacts;
  payment_refunded: RefundMailFacts;
  question_received: QuestionMailFacts;
  question_answered: QuestionMailFacts;
  question_for_office: QuestionMailFacts;
  message_for_customer: MessageMailFacts;
  message_for_office: MessageMailFacts;
  /** `words`: of the office, where it refused. */
  details_decided: MailFrame & { state: 'accepted' | 'refused'; words: string; url: string };
  announcement_for_office: AnnouncementMailFacts;
  /** `url`: signs in after a press in the browser that asked; null = the code alone. */
  sign_in_code: MailFrame & { code: string; url: string | null };
  access: AccessMailFacts;
  document_shared: SharedMailFacts;
  staff_code: MailFrame & { code: string };
  staff_invite: StaffInviteFacts;
  staff_notice: StaffNoticeFacts;
  office_notice: OfficeNoticeFacts;
};

export type MailKind = keyof MailFacts;
