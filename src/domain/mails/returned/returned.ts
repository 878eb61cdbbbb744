import type { MailReport } from '../../../core/gateways.ts';
import { readMessageId } from '../../../core/message-id.ts';
import { Refusal } from '../../../core/refusal.ts';
import type { Database } from '../../../db/pool.ts';
import { inTransaction, type Scope, systemActor } from '../../../db/scope.ts';
import { recordEvent } from '../../events/events.ts';
import { mustBeAllowed } from '../../people/rights.ts';
import { selectMail, setDelivery } from '../queries.ts';
import { clearRefusing, markReturned, type RefusingRow, selectRefusing } from './queries.ts';

export type { RefusingRow };

/**
 * Takes in what a provider or mail server says about mails that came back or were called unwanted: nothing more is sent to that address, and the
 * office sees it. A report about a mail that is not ours, went elsewhere, or was told before changes nothing. Answers how many were new.
 */
export async function takeReports(database: Database, reports: readonly MailReport[]): Promise<number> {
  let taken = 0;
  for (const report of reports) {
    const of = readMessageId(report.messageId);
    if (of === null) continue;
    const fresh = await inTransaction(database, { role: 'system', business: of.business, actor: systemActor }, (scope) => takeReport(scope, of.mail, report));
    if (fresh) taken += 1;
  }
  return taken;
}

async function takeReport(scope: Scope, mailId: string, { what, recipient, reason }: MailReport): Promise<boolean> {
  const mail = await selectMail(scope, mailId);
  if (mail === undefined) return false;
  const told = what === 'complained' ? 'called unwanted' : reason;
  if (!(await markReturned(scope, { mailId, recipient, what, reason: told }))) return false;
  if (mail.document_id !== null) await setDelivery(scope, mail.document_id, 'bounced');
  const data = { mailId, kind: mail.kind, personId: mail.person_id, to: mail.to_address, name: mail.to_name, reason: told };
  await recordEvent(scope, {
    kind: what === 'complained' ? 'mail.complained' : 'mail.bounced',
    customerId: mail.customer_id,
    documentId: mail.document_id,
    data,
  });
  return true;
}

const mostShown = 500;

/** People whose address refuses mail, the newest first; at most 500. */
export async function listRefusing(scope: Scope): Promise<RefusingRow[]> {
  await mustBeAllowed(scope, 'customers:read');
  return selectRefusing(scope, mostShown);
}

/** The office knows that the address works again: mail goes there as before. Refuses `not_found` for an address that refuses nothing. */
export async function trustAddress(scope: Scope, personId: string): Promise<void> {
  await mustBeAllowed(scope, 'customers:write');
  if (!(await clearRefusing(scope, personId))) throw new Refusal('not_found');
  await recordEvent(scope, { kind: 'person.address_trusted', data: { personId } });
}
