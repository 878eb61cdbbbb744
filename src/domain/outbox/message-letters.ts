import type { MailFacts } from '../../outgoing/mails/mail-facts.ts';
import type { Writing } from './outbox.ts';
import { selectMessageBefore } from './queries.ts';

/** What the office wrote about no document, after what the customer had written. */
export async function messageMail({ scope, frame, mail, house, places }: Writing): Promise<MailFacts['message_for_customer']> {
  const text = textsOf(mail);
  const threadId = text('threadId');
  const before = await selectMessageBefore(scope, threadId, mail.created_at);
  return { ...frame, customer: text('customer'), subject: text('line'), text: text('text'), before, url: places.message(house.slug, threadId) };
}

/** What a customer wrote: it is answered in the inbox. */
export async function messageForOffice(writing: Writing): Promise<MailFacts['message_for_office']> {
  return { ...(await messageMail(writing)), before: '', url: officeThread(writing) };
}

/** Mails written before questions had a page of their own name none: these lead to the document. */
export function officeThread({ mail, places }: Pick<Writing, 'mail' | 'places'>): string {
  const threadId = textsOf(mail)('threadId');
  return threadId === '' ? places.officeInvoice(mail.document_id ?? '') : places.officeThread(threadId);
}

/** What the office decided on details a customer changed. */
export async function detailsLetter({ frame, mail, house, places }: Writing): Promise<MailFacts['details_decided']> {
  const text = textsOf(mail);
  return { ...frame, state: text('state') === 'accepted' ? 'accepted' : 'refused', words: text('words'), url: places.billing(house.slug) };
}

const textsOf =
  ({ facts }: Writing['mail']) =>
  (name: string): string =>
    typeof facts[name] === 'string' ? (facts[name] as string) : '';
