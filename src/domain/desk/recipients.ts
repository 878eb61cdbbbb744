import { isLocale, type Locale } from '../../core/locale.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Scope } from '../../db/scope.ts';
import { readDraft } from '../invoices/invoices.ts';
import { may, mustBeAllowed } from '../people/rights.ts';
import { readDesk } from './desk.ts';
import { selectReceivers } from './receivers/queries.ts';

/** Someone an invoice may be sent to. `seesAll`: false for a person of some properties, who gets those parts only. */
export type Recipient = Readonly<{
  personId: string;
  name: string;
  email: string;
  phone: string;
  language: Locale;
  bills: boolean;
  bounced: boolean;
  seesAll: boolean;
  canPay: boolean;
  lastSentAt: string | null;
}>;

/** Everyone who may see the document, whoever receives invoices first. Refuses `not_found`. */
export async function listRecipients(scope: Scope, documentId: string): Promise<Recipient[]> {
  if (!(await may(scope, 'estimates:read'))) await mustBeAllowed(scope, 'invoices:read');
  const rows = await selectReceivers(scope, documentId);
  if (rows === null) throw new Refusal('not_found');
  return rows.map((row) => ({ ...row, language: isLocale(row.language) ? row.language : 'en' }));
}

/** Whom it goes to unless somebody chose otherwise: the people who receive the customer's invoices and can be reached. */
export async function usualRecipients(scope: Scope, documentId: string): Promise<string[]> {
  const all = await listRecipients(scope, documentId);
  return all.filter(({ bills, bounced, email }) => bills && !bounced && email !== '').map(({ personId }) => personId);
}

/** Whom its draft names, else whoever receives the customer's invoices. */
export async function chosenRecipients(scope: Scope, documentId: string): Promise<readonly string[]> {
  const { state } = await readDesk(scope, documentId);
  const chosen = state === 'issued' ? [] : (await readDraft(scope, documentId)).body.recipients;
  return chosen.length > 0 ? chosen : usualRecipients(scope, documentId);
}
