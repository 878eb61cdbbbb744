import { Refusal } from '../../core/refusal.ts';
import type { Scope } from '../../db/scope.ts';
import { listRecipients, type Recipient } from '../../domain/desk/recipients.ts';
import type { MailRow } from '../../domain/mails/mails.ts';
import { type Letter, letterOf } from '../../domain/outbox/outbox.ts';
import { mailPlaces } from '../../outgoing/mails/mail-places.ts';
import type { Deps } from '../context.ts';

export type DraftedMail = Readonly<{ letter: Letter; to: string }>;

/**
 * The mail of an invoice, or of an issued estimate, as it would leave for this person, or for the first who receives invoices: nothing is queued, its button
 * opens nothing. Refuses `not_found` for someone without a right to it.
 */
export async function draftedMail(
  scope: Scope,
  { keys, config }: Deps,
  asked: Readonly<{ documentId: string; personId: string | null; note: string; kind?: 'estimate_sent' }>,
): Promise<DraftedMail> {
  const people = await listRecipients(scope, asked.documentId);
  const reader = asked.personId === null ? people[0] : people.find(({ personId }) => personId === asked.personId);
  if (reader === undefined && asked.personId !== null) throw new Refusal('not_found', { field: 'personId' });
  const letter = await letterOf(scope, { keys, places: mailPlaces(config.appUrl) }, unsent(scope, asked, reader));
  return { letter, to: reader === undefined ? '' : `${reader.name} <${reader.email}>` };
}

type Unsent = Readonly<{ documentId: string; note: string; kind?: 'estimate_sent' }>;

function unsent(scope: Scope, { documentId, note, kind }: Unsent, reader: Recipient | undefined): MailRow {
  return {
    ...{ id: '', kind: kind ?? 'invoice_sent', customer_id: null, document_id: documentId, person_id: reader?.personId ?? null, link_id: null },
    ...{ to_address: reader?.email ?? '', to_name: reader?.name ?? '', locale: reader?.language ?? 'en', facts: { note, others: [] } },
    ...{ message_id: '', state: 'queued', reason: '', tries: 0, created_at: scope.now.toString(), sent_at: null },
  };
}
