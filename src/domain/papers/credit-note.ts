import type { PdfRequest } from '../../core/gateways.ts';
import { Refusal } from '../../core/refusal.ts';
import { inTransaction, systemActor } from '../../db/scope.ts';
import type { CreditNotePaper } from '../../outgoing/pdf/credit-note-page.ts';
import { readInvoice } from '../invoices/invoices.ts';
import { creditNoteOf, readCreditNote } from '../payments/payments.ts';
import { letterheadOf, type Press, type Sheet } from './papers.ts';

export type CreditNotePress = Pick<Press, 'database' | 'files' | 'pdf'> & Readonly<{ drawCreditNote: (facts: CreditNotePaper, sheet: Sheet) => PdfRequest }>;

/**
 * A credit note on the letterhead of its business, from the facts that were written with it. Refuses `not_found`, also when it is of another
 * invoice than `of`, and `busy` when it cannot be drawn.
 */
export async function creditNotePaper(press: CreditNotePress, business: string, id: string, of: string | null): Promise<{ bytes: Uint8Array; number: string }> {
  const facts = await inTransaction(press.database, { role: 'system', business, actor: systemActor }, async (scope): Promise<CreditNotePaper> => {
    const { invoiceId } = await creditNoteOf(scope, id);
    if (of !== null && of !== invoiceId) throw new Refusal('not_found');
    const { billTo, ...note } = await readCreditNote(scope, id);
    const view = await readInvoice(scope, invoiceId);
    if (!view.whole) throw new Error('the system sees whole invoices');
    const { name = '', company = '' } = billTo as { name?: string; company?: string };
    const { business: house, document } = view.facts;
    return { ...note, business: house, homeCurrency: document.homeCurrency, billTo: [company, name].filter((line) => line !== '') };
  });
  const made = await press.pdf.render(press.drawCreditNote(facts, await letterheadOf(press, business)));
  if (made.kind === 'failed') throw new Refusal('busy');
  return { bytes: made.bytes, number: facts.number };
}
