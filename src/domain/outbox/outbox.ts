import { type Address, addressLines } from '../../core/address.ts';
import type { Keys } from '../../core/gateways.ts';
import { isLocale, type Locale } from '../../core/locale.ts';
import type { Scope } from '../../db/scope.ts';
import type { InvoiceFacts, PartsFacts, PaymentMethodWord } from '../../outgoing/invoice-facts.ts';
import type { MailFacts, MailFrame, MailKind } from '../../outgoing/mails/mail-facts.ts';
import type { ReceiptFacts } from '../../outgoing/receipt-facts.ts';
import { readInvoice } from '../invoices/invoices.ts';
import type { MailRow } from '../mails/mails.ts';
import { invitationToken } from '../people/invitations.ts';
import { accessLetter, sharedLetter } from './access-letter.ts';
import { draftFacts } from './draft-facts.ts';
import { estimateMail, estimateOfficeMail } from './estimate-letters.ts';
import { detailsLetter, messageForOffice, messageMail, officeThread } from './message-letters.ts';
import { noticeLetter } from './notice-letter.ts';
import { type House, selectHouse, selectQuestionBefore, selectReading } from './queries.ts';
import { reminderLetter } from './reminder-letter.ts';
import { statementLetter } from './statement-letter.ts';

/** Absolute addresses a mail may carry, made from the configured origin. */
export type MailPlaces = Readonly<{
  link: (slug: string, token: string) => string;
  enter: (slug: string, code: string) => string;
  stop: (slug: string, token: string) => string;
  /** Where somebody invited asks for their first code. */
  joinAccount: (slug: string, token: string) => string;
  /** A statement's page. */
  statement: (slug: string, asked: Readonly<Record<'from' | 'to' | 'asof', string>>) => string;
  /** The page of saved methods and autopay. */
  methods: (slug: string) => string;
  /** A conversation, in the portal and in the office. */
  message: (slug: string, threadId: string) => string;
  officeThread: (threadId: string) => string;
  /** The page of billing details. */
  billing: (slug: string) => string;
  officeInvoice: (documentId: string) => string;
  officeEstimate: (documentId: string) => string;
  officeSettings: (section: 'keys' | 'webhooks') => string;
  /** The page of an invitation; its secret stands behind the #. */
  join: (token: string) => string;
  /** PNG of the logo; null where mails show none. */
  logo: (slug: string, sha256: string) => string | null;
}>;

/** What a mail says at this moment: to be rendered for sending, or to be looked at in the outbox. */
export type Letter = {
  [K in MailKind]: Readonly<{ kind: K; facts: MailFacts[K]; locale: Locale; from: { name: string }; replyTo: { name: string; address: string } | null }>;
}[MailKind];

export type Writing = Readonly<{
  scope: Scope;
  keys: Keys;
  places: MailPlaces;
  mail: MailRow;
  house: House;
  frame: MailFrame;
  url: string;
  number: string;
  /** What the business calls an estimate, where the mail is about one. */
  estimate: string | null;
  whole: boolean;
  parts: readonly string[];
}>;

/**
 * Puts a queued mail together from facts as they stand now; tokens and codes are derived here and live in the answer only. Someone
 * with a right to some properties of a spanning invoice reads of those parts only (rule 29).
 */
export async function letterOf(scope: Scope, deps: Readonly<{ keys: Keys; places: MailPlaces }>, mail: MailRow): Promise<Letter> {
  const house = await selectHouse(scope);
  const reading = mail.document_id === null ? undefined : await selectReading(scope, mail.document_id, mail.person_id);
  const frame = frameOf(house, deps.places, mail);
  const url = mail.link_id === null ? '' : deps.places.link(house.slug, deps.keys.linkToken(scope.business, mail.link_id));
  const writing = {
    scope,
    ...deps,
    mail,
    house,
    frame,
    url,
    number: reading?.number ?? '',
    estimate: reading?.estimate ?? null,
    whole: reading?.whole ?? true,
    parts: reading?.parts ?? [],
  };
  const kind = mail.kind as MailKind;
  const locale = isLocale(mail.locale) ? mail.locale : 'en';
  const replyTo = house.reply_to || house.email;
  const facts = await writers[kind](writing);
  return {
    kind,
    facts,
    locale,
    from: { name: house.from_name || house.name },
    replyTo: replyTo === '' ? null : { name: house.name, address: replyTo },
  } as Letter;
}

function frameOf(house: House, places: MailPlaces, mail: MailRow): MailFrame {
  return {
    business: { name: house.name, brandColor: house.brand_color, phone: house.phone || null, addressLines: linesOf(house.address) },
    logoUrl: house.logo === null ? null : places.logo(house.slug, house.logo),
    to: { name: mail.to_name, address: mail.to_address },
  };
}

function linesOf(address: Partial<Address>): string[] {
  const { street = '', unit = '', city = '', region = '', postalCode = '', country = '' } = address;
  return addressLines({ street, unit, city, region, postalCode, country });
}

const writers: { [K in MailKind]: (writing: Writing) => Promise<MailFacts[K]> } = {
  invoice_sent: invoiceMail,
  invoice_replaced: invoiceMail,
  invoice_canceled: invoiceMail,
  invoice_test: async (writing) => ({ ...(await invoiceMail(writing)), url: '' }),
  new_link: async ({ frame, number, url, estimate }) => ({ ...frame, number, url, estimate }),
  estimate_sent: estimateMail,
  estimate_replaced: estimateMail,
  estimate_reminder: estimateMail,
  estimate_to_approve: estimateMail,
  estimate_decided: estimateMail,
  estimate_for_office: estimateOfficeMail,
  reminder: reminderLetter,
  statement: statementLetter,
  receipt: paymentMail,
  payment_processing: paymentMail,
  payment_returned: amountMail,
  payment_failed: amountMail,
  autopay: autopayMail,
  payment_refunded: async ({ frame, url, mail, house }) => ({
    ...{ ...frame, url, amountMinor: amount(mail, 'amountMinor'), currency: text(mail, 'currency'), homeCurrency: house.currency },
    ...{
      label: text(mail, 'methodLabel'),
      byHand: (text(mail, 'byHand') || null) as MailFacts['payment_refunded']['byHand'],
      failed: mail.facts['failed'] === true,
    },
  }),
  question_received: questionMail,
  question_answered: async (writing) => {
    const { scope, mail } = writing;
    const question = await selectQuestionBefore(scope, mail.document_id ?? '', text(mail, 'threadId') || null, mail.created_at);
    return { ...(await questionMail(writing)), question, answer: text(mail, 'text') };
  },
  question_for_office: async (writing) => ({ ...(await questionMail(writing)), url: officeThread(writing) }),
  message_for_customer: messageMail,
  message_for_office: messageForOffice,
  details_decided: detailsLetter,
  announcement_for_office: announcementMail,
  sign_in_code: codeMail,
  access: accessLetter,
  document_shared: sharedLetter,
  office_notice: noticeLetter,
  staff_code: async ({ frame, keys, mail }) => ({ ...frame, code: keys.signInCode(text(mail, 'codeId')) }),
  staff_invite: async ({ scope, frame, keys, mail, places }) => ({
    ...frame,
    url: places.join(invitationToken(keys, scope.business, text(mail, 'invitationId'), Number(mail.facts['round'] ?? 0))),
    invitedBy: text(mail, 'invitedBy'),
    role: text(mail, 'role') as MailFacts['staff_invite']['role'],
    openUntil: text(mail, 'expiresAt').slice(0, 10),
  }),
  staff_notice: async ({ frame, mail }) => ({
    ...frame,
    notice: text(mail, 'notice') as MailFacts['staff_notice']['notice'],
    told: { device: text(mail, 'device'), to: text(mail, 'to'), by: text(mail, 'by'), day: text(mail, 'day') },
  }),
};

async function codeMail({ frame, keys, mail, house, places }: Writing): Promise<MailFacts['sign_in_code']> {
  const code = keys.signInCode(text(mail, 'codeId'));
  return { ...frame, code, url: places.enter(house.slug, code) };
}

async function invoiceMail({ scope, frame, url, mail, whole, parts }: Writing): Promise<MailFacts['invoice_sent']> {
  const facts = await wholeFacts(scope, mail.document_id ?? '');
  const note = text(mail, 'note');
  const others = Array.isArray(mail.facts['others']) ? mail.facts['others'].filter((name) => typeof name === 'string') : [];
  const invoice = note === '' ? facts : { ...facts, document: { ...facts.document, message: note } };
  return whole ? { ...frame, invoice, url, others } : { ...frame, invoice: onlyParts(invoice, parts), url, others: [] };
}

/** The sections of the given parts and nothing else of the invoice. */
function onlyParts({ business, document, billTo, ...facts }: InvoiceFacts, partIds: readonly string[]): PartsFacts {
  const seen = new Set(partIds);
  return {
    ...{ business, document, billTo },
    parts: facts.parts.filter((part) => seen.has(part.id)),
    lines: facts.lines.filter((line) => line.partId !== null && seen.has(line.partId)),
  };
}

/** An issued invoice, or a draft as it would be, for tests. */
async function wholeFacts(scope: Scope, documentId: string): Promise<InvoiceFacts> {
  const draft = await draftFacts(scope, documentId);
  if (draft !== null) return draft;
  const view = await readInvoice(scope, documentId);
  if (!view.whole) throw new Error('the system sees whole invoices');
  return view.facts;
}

type PaidFor = { documentId: string; number: string; amountMinor: number; leftMinor: number };

/** What was written down when the payment moved, in the words of its receipt. */
async function paymentMail({ scope, frame, url, mail, house }: Writing): Promise<MailFacts['receipt']> {
  const paidFor = (Array.isArray(mail.facts['paidFor']) ? (mail.facts['paidFor'] as PaidFor[]) : []).map((each) => ({
    ...each,
    amountMinor: BigInt(each.amountMinor),
    leftMinor: BigInt(each.leftMinor),
  }));
  const receipt: ReceiptFacts = {
    business: businessOf(house),
    number: text(mail, 'receiptNumber'),
    day: text(mail, 'day') || scope.now.toString().slice(0, 10),
    method: text(mail, 'method') as PaymentMethodWord,
    reference: text(mail, 'methodLabel') || null,
    state: mail.kind === 'receipt' ? 'cleared' : 'pending',
    stateOn: null,
    paidBy: mail.to_name,
    language: isLocale(mail.locale) ? mail.locale : 'en',
    currency: text(mail, 'currency'),
    homeCurrency: house.currency,
    amountMinor: amount(mail, 'amountMinor'),
    tipMinor: amount(mail, 'tipMinor'),
    wayMinor: amount(mail, 'wayMinor'),
    paidFor,
    creditMinor: amount(mail, 'creditMinor'),
    leftMinor: amount(mail, 'owedMinor'),
  };
  return { ...frame, receipt, url };
}

function businessOf(house: House): ReceiptFacts['business'] {
  return {
    slug: house.slug,
    name: house.name,
    logo: house.logo,
    brandColor: house.brand_color,
    phone: house.phone || null,
    email: house.email || null,
    addressLines: linesOf(house.address),
    country: house.country,
    licenseLine: house.license_line || null,
    website: house.website || null,
    hours: house.hours || null,
    howToPay: null,
    greeting: null,
  };
}

async function announcementMail({ frame, places, mail, number, house }: Writing): Promise<MailFacts['announcement_for_office']> {
  return {
    ...frame,
    url: places.officeInvoice(mail.document_id ?? ''),
    number: number,
    customer: text(mail, 'customer'),
    amountMinor: amount(mail, 'amountMinor'),
    currency: text(mail, 'currency') || house.currency,
    homeCurrency: house.currency,
    method: text(mail, 'method') as PaymentMethodWord,
    arrivesOn: text(mail, 'expectedOn'),
    reference: text(mail, 'reference') || null,
    note: text(mail, 'note') || null,
  };
}

async function amountMail({ frame, url, mail, house }: Writing): Promise<MailFacts['payment_returned']> {
  const amounts = { amountMinor: amount(mail, 'amountMinor'), owedMinor: amount(mail, 'owedMinor') };
  return { ...frame, ...amounts, currency: text(mail, 'currency'), homeCurrency: house.currency, url };
}

/** About a bill it leads to the reader's own link of it; else, and to skip a payment, to the signed-in page. */
async function autopayMail({ frame, url, mail, house, places }: Writing): Promise<MailFacts['autopay']> {
  const what = text(mail, 'what') as MailFacts['autopay']['what'];
  return {
    ...frame,
    ...{ what, amountMinor: amount(mail, 'amountMinor'), capMinor: amount(mail, 'capMinor'), number: text(mail, 'number'), label: text(mail, 'label') },
    ...{ currency: text(mail, 'currency') || house.currency, homeCurrency: house.currency, day: text(mail, 'day') || null, name: text(mail, 'name') },
    ...{ reason: (text(mail, 'reason') || null) as MailFacts['autopay']['reason'], note: text(mail, 'note'), wording: text(mail, 'wording') },
    url: url === '' || what === 'notice' ? places.methods(house.slug) : url,
  };
}

async function questionMail({ frame, number, url, mail, house }: Writing): Promise<MailFacts['question_received']> {
  const amountMinor = amount(mail, 'amountMinor');
  const kind = (['explanation', 'change', 'credit'] as const).find((each) => each === text(mail, 'kind')) ?? null;
  const money = { amountMinor, currency: text(mail, 'currency') || house.currency, homeCurrency: house.currency };
  const charge = amountMinor > 0n ? { ...money, kind, remindersFrom: text(mail, 'remindersFrom') || null } : null;
  return { ...frame, number, url, customer: text(mail, 'customer'), question: text(mail, 'text'), answer: null, charge };
}

function text(mail: MailRow, name: string): string {
  const value = mail.facts[name];
  return typeof value === 'string' ? value : '';
}

function amount(mail: MailRow, name: string): bigint {
  const value = mail.facts[name];
  return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : 0n;
}
