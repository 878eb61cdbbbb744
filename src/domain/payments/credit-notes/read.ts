import { Refusal } from '../../../core/refusal.ts';
import type { Scope } from '../../../db/scope.ts';
import { standingsNow } from '../../ledger/standings.ts';
import { mustBeAllowed } from '../../people/rights.ts';
import { fromStored } from '../stored.ts';
import type { CreditNoteFacts } from './frozen.ts';
import { type CreditNote, selectNoteFacts, selectNotes } from './queries.ts';

/** The credit notes of an invoice, oldest first. Refuses `not_found`. */
export async function listCreditNotes(scope: Scope, invoiceId: string): Promise<CreditNote[]> {
  await mustBeAllowed(scope, 'invoices:read');
  if ((await standingsNow(scope, [invoiceId])).length === 0) throw new Refusal('not_found');
  return selectNotes(scope, { invoiceId });
}

/** What its page and paper show, to whoever the database lets see it. Refuses `not_found`. */
export async function readCreditNote(scope: Scope, id: string): Promise<CreditNoteFacts> {
  if (scope.role !== 'portal') await mustBeAllowed(scope, 'invoices:read');
  const facts = await selectNoteFacts(scope, id);
  if (facts === null) throw new Refusal('not_found');
  return fromStored<CreditNoteFacts>(facts);
}

/** One credit note. System and office. Refuses `not_found`. */
export async function creditNoteOf(scope: Scope, id: string): Promise<CreditNote> {
  if (scope.role !== 'system') await mustBeAllowed(scope, 'invoices:read');
  const [note] = await selectNotes(scope, { id });
  if (note === undefined) throw new Refusal('not_found');
  return note;
}
