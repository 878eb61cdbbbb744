import type { Keys } from '../../core/gateways.ts';
import { limits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Scope } from '../../db/scope.ts';
import { recordEvent } from '../events/events.ts';
import { issueInvoice, showInPortal } from '../invoices/invoices.ts';
import { queueMail } from '../mails/mails.ts';
import { mustBeAllowed } from '../people/rights.ts';
import { freshLink } from './links.ts';
import { type DocumentRow, lockDocument, markSent, type RecipientRow, selectRecipients } from './queries.ts';

export type Sending = Readonly<{
  documentId: string;
  personIds: readonly string[];
  /** A line from the office above the invoice, in this mail only. */
  note?: string;
}>;

export type Sent = Readonly<{ mails: readonly { personId: string; mailId: string | null; linkId: string | null }[] }>;

/**
 * Sends an invoice: issues it when it is a draft, shows it in the portal, makes each person their own link and queues one mail
 * each. A mail of it that is still waiting to leave is not queued twice. Refuses `no_recipients`, `not_found` for someone without
 * a right to it, `contact_email_missing`, `mail_undeliverable`, and what issuing refuses.
 */
export async function sendInvoice(scope: Scope, keys: Keys, sending: Sending): Promise<Sent> {
  await mustBeAllowed(scope, 'invoices:write');
  const personIds = [...new Set(sending.personIds)];
  if (personIds.length === 0) throw new Refusal('no_recipients', { field: 'personIds' });
  if (personIds.length > limits.recipientsPerSend) throw new Refusal('invalid_input', { field: 'personIds' });
  const document = await ready(scope, sending.documentId);
  const people = await recipientsOf(scope, document, personIds);
  const mails = [];
  for (const person of people)
    mails.push(await mailTo(scope, keys, document, person, { others: people.filter((other) => other !== person), note: sending.note ?? '' }));
  await markSent(scope, document.id);
  await recordEvent(scope, {
    kind: document.sent_at === null ? 'invoice.sent' : 'invoice.resent',
    customerId: document.customer_id,
    documentId: document.id,
    propertyId: document.property_id,
    shown: true,
    data: { number: document.number, people: people.map((person) => ({ personId: person.id, name: person.name, to: person.email })) },
  });
  return { mails };
}

/** Sends an issued invoice again, with fresh links. Refuses `not_issued` besides what sending refuses. */
export async function resendInvoice(scope: Scope, keys: Keys, sending: Sending): Promise<Sent> {
  const document = await lockDocument(scope, sending.documentId);
  if (document === undefined) throw new Refusal('not_found');
  if (document.issued_at === null) throw new Refusal('not_issued');
  return sendInvoice(scope, keys, sending);
}

/** Issues and shows what is to be sent, and answers it as it stands then. */
async function ready(scope: Scope, documentId: string): Promise<DocumentRow> {
  const found = await lockDocument(scope, documentId);
  if (found === undefined) throw new Refusal('not_found');
  if (found.canceled_at !== null) throw new Refusal('already_canceled');
  if (found.replaced_by !== null) throw new Refusal('already_replaced');
  if (found.issued_at === null) await issueInvoice(scope, documentId);
  if (!found.shown) await showInPortal(scope, [documentId]);
  const document = found.shown ? found : await lockDocument(scope, documentId);
  if (document === undefined) throw new Refusal('not_found');
  return document;
}

/** The chosen people, in order. Refuses `not_found` for someone without a right to it, `contact_email_missing`, `mail_undeliverable`. */
export async function recipientsOf(scope: Scope, document: Pick<DocumentRow, 'id' | 'customer_id'>, personIds: readonly string[]): Promise<RecipientRow[]> {
  const people = await selectRecipients(scope, { id: document.id, customerId: document.customer_id }, personIds);
  for (const [at, personId] of personIds.entries()) {
    const person = people.find((row) => row.id === personId);
    const field = `personIds[${at}]`;
    if (person === undefined || person.removed_at !== null) throw new Refusal('not_found', { field });
    if (person.email === '') throw new Refusal('contact_email_missing', { field });
    if (person.bounced_at !== null) throw new Refusal('mail_undeliverable', { field });
  }
  return people;
}

async function mailTo(scope: Scope, keys: Keys, document: DocumentRow, person: RecipientRow, around: { others: readonly RecipientRow[]; note: string }) {
  if (person.queued) return { personId: person.id, mailId: null, linkId: null };
  const linkId = await freshLink(scope, keys, { documentId: document.id, customerId: document.customer_id, personId: person.id, sentTo: person.email });
  const mailId = await queueMail(scope, {
    kind: document.replaces !== null && person.mails === 0 ? 'invoice_replaced' : 'invoice_sent',
    once: `invoice:${document.id}:${person.id}:${person.mails + 1}`,
    documentId: document.id,
    customerId: document.customer_id,
    personId: person.id,
    linkId,
    facts: { note: around.note, others: around.others.map((other) => other.name) },
  });
  return { personId: person.id, mailId, linkId };
}

/**
 * The mail as customers would get it, to the staff member who asks and nobody else: marked as a test, with a button that opens
 * nothing. A draft may be tested too. Leaves no trace on the timeline. Refuses `not_found`.
 */
export async function sendTest(
  scope: Scope,
  input: { documentId: string; to: { address: string; name: string }; note?: string; personId?: string | null },
): Promise<string | null> {
  await mustBeAllowed(scope, 'invoices:write');
  const document = await lockDocument(scope, input.documentId);
  if (document === undefined) throw new Refusal('not_found');
  return queueMail(scope, {
    kind: 'invoice_test',
    once: `test:${document.id}:${input.to.address}:${scope.now.toString()}`,
    documentId: document.id,
    customerId: document.customer_id,
    to: input.to,
    facts: { note: input.note ?? '', others: [] },
  });
}
