import { estimateRefusals } from './refusal-estimates.ts';
import { jobRefusals } from './refusal-jobs.ts';
import { type RefusalKind, statusOf } from './refusal-kind.ts';
import { peopleRefusals } from './refusal-people.ts';

export { type RefusalKind, statusOf };

/**
 * Every expected "no" of the product: a stable code, its kind, and the sentence a person reads when no page
 * has a better one. Append only, sorted by noun; a published code never changes its meaning.
 */
export const refusals = {
  // anything
  not_found: { kind: 'not_found', sentence: 'There is nothing here, or you may not see it.' },
  not_allowed: { kind: 'forbidden', sentence: 'You may not do this. Ask someone with more rights.' },
  invalid_input: { kind: 'invalid', sentence: 'Some of what you entered needs another look.' },
  required: { kind: 'invalid', sentence: 'This is needed.' },
  text_too_long: { kind: 'invalid', sentence: 'This text is too long.' },
  text_not_one_line: { kind: 'invalid', sentence: 'This has to fit on one line.' },
  text_unreadable: { kind: 'invalid', sentence: 'This text holds characters that cannot be stored.' },
  unknown_field: { kind: 'invalid', sentence: 'This field does not exist or cannot be set.' },
  wrong_choice: { kind: 'invalid', sentence: 'This is not one of the choices.' },
  date_invalid: { kind: 'invalid', sentence: 'This is not a day in the calendar. Write it as 2026-12-04.' },
  time_zone_unknown: { kind: 'invalid', sentence: 'This time zone does not exist.' },
  email_invalid: { kind: 'invalid', sentence: 'This is not an e-mail address.' },
  phone_invalid: { kind: 'invalid', sentence: 'This is not a phone number.' },
  color_invalid: { kind: 'invalid', sentence: 'Write the color as # and six digits, such as #1d4ed8.' },
  stale_version: { kind: 'precondition', sentence: 'Someone else changed this meanwhile. Look at the newer version, then try again.' },
  version_required: { kind: 'precondition', sentence: 'Say which version you are changing with If-Match.' },
  busy: { kind: 'unavailable', sentence: 'We are busy right now. Nothing was changed. Try again in a moment.' },
  too_many_requests: { kind: 'rate_limited', sentence: 'That was too many tries. Wait a moment, then try again.' },
  download_too_many: { kind: 'invalid', sentence: 'That is more than can be downloaded at once. Narrow the list first.' },
  statement_too_long: { kind: 'invalid', sentence: 'This statement has too many movements for one file. Choose a shorter period.' },
  period_invalid: { kind: 'invalid', sentence: 'A period begins before it ends and is at most five years long.' },

  // amounts
  amount_invalid: { kind: 'invalid', sentence: 'This is not an amount of money.' },
  amount_too_small: { kind: 'invalid', sentence: 'The amount is too small.' },
  amount_too_large: { kind: 'invalid', sentence: 'The amount is too large.' },
  quantity_invalid: { kind: 'invalid', sentence: 'This is not a quantity.' },
  rate_invalid: { kind: 'invalid', sentence: 'This is not a rate between 0 and 100 percent.' },
  currency_unknown: { kind: 'invalid', sentence: 'This currency does not exist.' },
  currency_mismatch: { kind: 'invalid', sentence: 'The currencies differ. Amounts in different currencies are never mixed.' },

  // api
  api_key_invalid: { kind: 'unauthenticated', sentence: 'This API key does not work. It may be wrong, expired or revoked.' },
  api_key_scope: { kind: 'forbidden', sentence: 'This API key may not do this.' },
  webhook_address: { kind: 'invalid', sentence: 'Webhooks go to a public https address, without a name or password in it.' },
  webhook_disabled: { kind: 'conflict', sentence: 'This webhook is switched off. Switch it on first.' },
  too_many_webhooks: { kind: 'conflict', sentence: 'A business has at most ten webhooks.' },
  webhook_replay_too_many: { kind: 'invalid', sentence: 'That is more than ten thousand events. Choose a later moment.' },
  webhook_replay_too_old: { kind: 'invalid', sentence: 'Events can be sent again for thirty days. Choose a later moment.' },
  key_replaced: { kind: 'conflict', sentence: 'Another key has taken the place of this one already.' },
  api_key_in_url: { kind: 'malformed', sentence: 'API keys belong in the Authorization header, never in an address.' },
  body_malformed: { kind: 'malformed', sentence: 'The body could not be read.' },
  body_too_large: { kind: 'too_large', sentence: 'The body is too large.' },
  content_type_unsupported: { kind: 'unsupported', sentence: 'This content type is not accepted here.' },
  cursor_invalid: { kind: 'malformed', sentence: 'This cursor was not made by us or is for another list.' },
  query_repeated: { kind: 'malformed', sentence: 'A query parameter may be given once only.' },
  idempotency_key_required: { kind: 'malformed', sentence: 'Send an Idempotency-Key of 1 to 255 visible characters.' },
  idempotency_conflict: { kind: 'invalid', sentence: 'This Idempotency-Key was used with another body.' },
  idempotency_in_flight: { kind: 'conflict', sentence: 'A request with this Idempotency-Key is still running. Try again in a moment.' },
  id_taken: { kind: 'conflict', sentence: 'This id already belongs to something else.' },
  origin_refused: { kind: 'forbidden', sentence: 'This request came from another site and was not carried out.' },

  // business
  business_slug_taken: { kind: 'conflict', sentence: 'This address is already taken. Try another.' },
  business_slug_invalid: { kind: 'invalid', sentence: 'Use 3 to 40 small letters, digits and hyphens.' },
  business_suspended: { kind: 'forbidden', sentence: 'This account is paused. Write to us and we will sort it out.' },
  number_series_invalid: { kind: 'invalid', sentence: 'The next number must be larger than every number already used.' },

  // customers
  customer_has_documents: { kind: 'conflict', sentence: 'This customer has documents. Archive the customer instead.' },
  customer_archived: { kind: 'conflict', sentence: 'This customer is archived. Bring the customer back first.' },
  contact_email_missing: { kind: 'invalid', sentence: 'This contact has no e-mail address.' },
  contact_duplicate: { kind: 'conflict', sentence: 'This customer already has a contact with this address.' },
  property_of_other_customer: { kind: 'invalid', sentence: 'This property belongs to another customer.' },
  property_moved: { kind: 'conflict', sentence: 'This property is archived or was moved already.' },
  property_code_taken: { kind: 'conflict', sentence: 'This customer already has a property with this code.' },
  item_archived: { kind: 'conflict', sentence: 'This item is archived.' },
  tax_rate_unknown: { kind: 'invalid', sentence: 'This tax rate does not exist.' },
  tax_rate_in_use: { kind: 'conflict', sentence: 'This tax rate is used by drafts. Change those first.' },

  // files
  file_type_refused: { kind: 'unsupported', sentence: 'This type of file is not accepted.' },
  file_too_large: { kind: 'too_large', sentence: 'This file is too large.' },
  file_unreadable: { kind: 'invalid', sentence: 'This file could not be read.' },
  storage_full: { kind: 'too_large', sentence: 'Your storage is full. Remove files you no longer need, or ask whoever runs this server for more room.' },
  too_many_files: { kind: 'invalid', sentence: 'There are too many files on this document.' },

  // exports
  export_running: { kind: 'conflict', sentence: 'This file is still being made. Wait until it is ready.' },
  export_ended: { kind: 'gone', sentence: 'This file was kept for seven days and is gone. Make it again.' },
  export_name_differs: { kind: 'invalid', sentence: 'This is not the name. Type it as it is written.' },
  erase_refused_open: { kind: 'conflict', sentence: 'Money is still owed or on its way here. Settle or write it off first, then erase.' },
  erase_refused_credit: {
    kind: 'conflict',
    sentence: 'Money of this customer is still kept here as credit or deposit. Give it back or use it first, then erase.',
  },
  erase_refused_scheduled: { kind: 'conflict', sentence: 'Invoices to this customer are still to leave by themselves. Cancel those first, then erase.' },
  already_erased: { kind: 'conflict', sentence: 'The personal data of this customer was erased.' },
  business_closing: { kind: 'conflict', sentence: 'This business is closing. Nothing can be changed here any more, only looked at.' },

  // import
  import_unreadable: { kind: 'invalid', sentence: 'This file could not be read as a table.' },
  import_workbook: {
    kind: 'invalid',
    sentence: 'This is an Excel workbook or an archive, not a CSV file. Open it, choose Save as → CSV, and bring that file.',
  },
  import_columns_missing: { kind: 'invalid', sentence: 'Columns that are needed were not found in the file.' },
  import_too_large: { kind: 'too_large', sentence: 'This file has too many rows for one import. Split it.' },
  import_not_ready: { kind: 'conflict', sentence: 'This file is still being checked.' },
  import_row_width: { kind: 'invalid', sentence: 'This row has more or fewer cells than the header.' },
  import_customer_unknown: { kind: 'invalid', sentence: 'No customer has this name. Import the customers first, or correct the name.' },
  import_customer_ambiguous: { kind: 'invalid', sentence: 'Several customers have this name. Add a property of the right one, or correct the name.' },
  import_same_name: {
    kind: 'invalid',
    sentence: 'A customer of this name is there already, with another address. The row becomes a contact of that customer; two customers need two names.',
  },
  import_customer_differs: { kind: 'invalid', sentence: 'The rows of one invoice name different customers.' },
  import_property_unknown: { kind: 'invalid', sentence: 'This customer has no property of this name or street.' },
  import_number_repeated: { kind: 'invalid', sentence: 'This invoice number was already used for another invoice.' },
  import_invoice_left_out: { kind: 'invalid', sentence: 'Another row of this invoice has a problem, so the whole invoice was left out.' },
  import_not_invoice: { kind: 'invalid', sentence: 'This row is not an invoice, so it was left out.' },
  import_running: { kind: 'conflict', sentence: 'Another file is being imported right now. Wait until it is done, or stop it.' },
  import_changed: { kind: 'conflict', sentence: 'This import has moved on. Look at it again.' },
  opening_known: { kind: 'conflict', sentence: 'This account was already opened as of that day. Undo that first.' },
  import_edits_full: { kind: 'conflict', sentence: 'Too many corrections for one file. Correct the file itself and bring it again.' },
  import_undo_blocked: { kind: 'conflict', sentence: 'Something has happened since with what this import added, so it cannot be undone.' },
  import_done: { kind: 'conflict', sentence: 'This file has already been imported.' },

  // invoices
  already_issued: { kind: 'conflict', sentence: 'This invoice is already issued and never changes. Correct and replace it instead.' },
  not_a_draft: { kind: 'conflict', sentence: 'This is no longer a draft.' },
  not_issued: { kind: 'conflict', sentence: 'This invoice is not issued yet.' },
  already_canceled: { kind: 'conflict', sentence: 'This invoice is already canceled.' },
  already_replaced: { kind: 'conflict', sentence: 'This invoice was already replaced by another.' },
  not_closed: { kind: 'conflict', sentence: 'This invoice is not closed.' },
  credit_note_too_large: { kind: 'invalid', sentence: 'That is more than can still be credited on this invoice.' },
  nothing_to_credit: { kind: 'conflict', sentence: 'There is nothing left to credit on this invoice.' },
  credit_not_deposit: { kind: 'conflict', sentence: 'A deposit has no sale to take back. Cancel it, or give the money back.' },
  credit_note_on_credit: { kind: 'conflict', sentence: 'This was paid with credit. Take that back first, then credit it.' },
  close_not_deposit: { kind: 'conflict', sentence: 'A deposit is canceled, not written off.' },
  already_closed: { kind: 'conflict', sentence: 'This invoice is already closed.' },
  no_lines: { kind: 'invalid', sentence: 'An invoice needs at least one line.' },
  too_many_lines: { kind: 'invalid', sentence: 'An invoice holds at most 500 lines.' },
  line_too_large: { kind: 'invalid', sentence: 'This line is larger than 999,999,999.99.' },
  document_too_large: { kind: 'invalid', sentence: 'The total is larger than 999,999,999.99.' },
  total_negative: { kind: 'invalid', sentence: 'The total is below zero. Credits cannot be larger than what is billed.' },
  discount_too_large: { kind: 'invalid', sentence: 'The discount is larger than what it is taken from.' },
  reason_required: { kind: 'invalid', sentence: 'Say why. The reason stays with the invoice.' },
  po_number_required: { kind: 'invalid', sentence: 'This customer asks for a PO number on every invoice.' },
  installments_wrong: { kind: 'invalid', sentence: 'Installments are 2 to 12, and together they come to what is to be paid.' },
  installments_order: { kind: 'invalid', sentence: 'Each installment is due after the one before it.' },
  installments_bills_only: { kind: 'conflict', sentence: 'Only an invoice for work can be paid in installments.' },
  due_before_issue: { kind: 'invalid', sentence: 'The due day is before the day of the invoice.' },
  send_in_the_past: { kind: 'invalid', sentence: 'The time to send is in the past.' },
  replace_refused_paid: {
    kind: 'conflict',
    sentence: 'Money was paid or is on its way on this invoice, so it cannot be replaced. Write a credit note instead.',
  },
  void_refused_paid: { kind: 'conflict', sentence: 'Money was paid or is on its way on this invoice, so it cannot be canceled. Write a credit note instead.' },
  already_credited: {
    kind: 'conflict',
    sentence: 'A credit note stands on this invoice, so it cannot be canceled or replaced. Credit the rest of it instead.',
  },
  deposit_used: { kind: 'conflict', sentence: 'This deposit was used already. Take it off first, or ask for the rest.' },
  deposit_nothing_held: { kind: 'conflict', sentence: 'Nothing of this deposit is held any more.' },
  deposit_not_for_this: { kind: 'invalid', sentence: 'This deposit is of another customer, or in another currency.' },
  not_a_deposit: { kind: 'conflict', sentence: 'This is not a deposit.' },
  no_recipients: { kind: 'invalid', sentence: 'Choose at least one person to send it to.' },
  not_shown: { kind: 'conflict', sentence: 'The customer cannot see this document yet. Send it or show it in the portal first.' },

  // acts on many, filters
  batch_empty: { kind: 'invalid', sentence: 'Choose at least one.' },
  batch_too_large: { kind: 'invalid', sentence: 'That is more than 1,000 at once. Narrow the list first.' },
  batch_over: { kind: 'conflict', sentence: 'It is too late for that.' },
  already_done: { kind: 'conflict', sentence: 'This was done already.' },
  too_many_filters: { kind: 'conflict', sentence: 'There are 50 saved filters here already. Delete one first.' },

  // reminders
  reminder_held_back: {
    kind: 'conflict',
    sentence: 'No reminder can go out now: there is money on its way, an open question, or something happened within a day.',
  },
  nothing_planned: { kind: 'conflict', sentence: 'No reminder is planned for this invoice.' },
  not_scheduled: { kind: 'conflict', sentence: 'This invoice is not waiting to be sent.' },

  // links
  link_ended: { kind: 'gone', sentence: 'This link has ended. We can send a new one.' },
  link_unknown: { kind: 'not_found', sentence: 'This link does not open anything.' },
  link_revoked: { kind: 'conflict', sentence: 'This link was already taken back.' },
  link_refresh_too_soon: { kind: 'rate_limited', sentence: 'We sent a new link a moment ago. Look in your mailbox first.' },

  // messages
  message_empty: { kind: 'invalid', sentence: 'Write your question first.' },
  thread_closed: { kind: 'conflict', sentence: 'This question is answered. Ask a new one.' },
  domain_is_everybodys: { kind: 'invalid', sentence: 'Everybody can have an address there, so nobody can sign for it. Use a domain of your own.' },
  mail_undeliverable: { kind: 'conflict', sentence: 'Mail to this address came back. Correct the address first.' },

  // payments
  above_balance: { kind: 'invalid', sentence: 'That is more than is left to pay.' },
  below_floor: { kind: 'invalid', sentence: 'That is less than the smallest part payment this business takes.' },
  tip_not_offered: { kind: 'invalid', sentence: 'A tip is not taken here.' },
  charge_changed: { kind: 'conflict', sentence: 'What this way of paying costs has changed since it was shown. Nothing was charged.' },
  tip_too_large: { kind: 'invalid', sentence: 'That is more than the largest tip this business takes.' },
  part_payment_off: { kind: 'invalid', sentence: 'This business takes the whole amount only.' },
  already_in_question: { kind: 'conflict', sentence: 'This charge is in question already. It waits for an answer.' },
  nothing_to_question: { kind: 'conflict', sentence: 'There is nothing left on this invoice that could be questioned.' },
  above_questionable: { kind: 'invalid', sentence: 'This is more than can be in question here.' },
  question_too_late: { kind: 'conflict', sentence: 'This was paid more than 60 days ago. Ask about it as an ordinary question.' },
  charge_in_question: { kind: 'conflict', sentence: 'A charge is in question here. Answer it first.' },
  details_decided: { kind: 'conflict', sentence: 'This change is decided already, or the customer asked for something else.' },
  question_answered: { kind: 'conflict', sentence: 'This charge is not in question any more.' },
  nothing_to_pay: { kind: 'conflict', sentence: 'There is nothing left to pay on this invoice.' },
  payment_in_check: {
    kind: 'conflict',
    sentence: "We are checking a payment with your bank. Please don't pay again; this takes a few minutes and we will e-mail you.",
  },
  payment_processing: { kind: 'conflict', sentence: 'A payment of this amount is already on its way.' },
  autopay_off: { kind: 'conflict', sentence: 'Autopay is not offered right now.' },
  autopay_on_already: { kind: 'conflict', sentence: 'Someone else of this account has turned on autopay for these bills.' },
  payment_superseded: { kind: 'conflict', sentence: 'You started this payment again in another window. Go on there. You have not been charged here.' },
  payment_not_reversible: { kind: 'conflict', sentence: 'This payment cannot be taken back here.' },
  refund_too_large: { kind: 'invalid', sentence: 'That is more than can still be given back of this payment.' },
  refund_by_hand_only: { kind: 'conflict', sentence: 'This payment did not come through a card processor. Give the money back yourself and record it here.' },
  refund_sources: { kind: 'invalid', sentence: 'This payment does not pay that much on the invoices you chose.' },
  refund_own: { kind: 'forbidden', sentence: 'Someone else has to approve a refund you asked for.' },
  refund_decided: { kind: 'conflict', sentence: 'This refund no longer waits for anybody.' },
  credit_used: { kind: 'conflict', sentence: 'That much credit is not left: it was used or given back meanwhile.' },
  payment_already_reversed: { kind: 'conflict', sentence: 'This payment was already taken back.' },
  payment_day_in_future: { kind: 'invalid', sentence: 'A payment cannot be received on a day to come.' },
  payment_state: { kind: 'conflict', sentence: 'The payment is no longer in a state that allows this.' },
  allocation_exceeds_payment: { kind: 'invalid', sentence: 'The shares add up to more than the payment.' },
  allocation_other_customer: { kind: 'invalid', sentence: 'A payment can only be put on invoices of the customer who paid.' },
  allocation_changed: {
    kind: 'conflict',
    sentence: 'What this pays has changed since you looked. You have not been charged. Look at it again, then pay.',
  },
  one_payment_one_account: { kind: 'invalid', sentence: 'One payment is for one account and one currency. Pay the others with a payment of their own.' },
  no_card_processor: { kind: 'conflict', sentence: 'This business takes no online payments yet.' },
  card_processor_down: { kind: 'unavailable', sentence: 'Card payments do not answer right now. You have not been charged. Try again in a few minutes.' },
  method_unavailable: { kind: 'invalid', sentence: 'This way to pay is not offered here.' },
  event_unverified: { kind: 'malformed', sentence: 'The signature of this notice is missing, wrong or too old.' },

  ...estimateRefusals,
  ...jobRefusals,
  ...peopleRefusals,
} as const satisfies Readonly<Record<string, { kind: RefusalKind; sentence: string }>>;

export type RefusalCode = keyof typeof refusals;

/** `field` names the input at fault in the caller's own terms (`lines[2].discount`); the rest is for messages. */
export type RefusalDetails = { readonly field?: string | undefined; readonly [name: string]: unknown };

/** An expected no. Thrown by core and domain, translated once at the edge; never holds secrets. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;
  readonly details: RefusalDetails;

  constructor(code: RefusalCode, details: RefusalDetails = {}) {
    super(refusals[code].sentence);
    this.code = code;
    this.details = details;
  }

  get kind(): RefusalKind {
    return refusals[this.code].kind;
  }

  get status(): number {
    return statusOf[this.kind];
  }
}
