import type { Scope } from '../../../db/scope.ts';
import { recordEvent } from '../../events/events.ts';
import { insertPdf, type StoredPdf, selectPdf } from './queries.ts';

/** Remembers the PDF of a document, or of one property's part. The first one stays for ever; answers the one that stayed. */
export async function keep(scope: Scope, pdf: StoredPdf & { documentId: string; propertyId: string | null; bytes: number }): Promise<StoredPdf> {
  if (await insertPdf(scope, pdf)) {
    await recordEvent(scope, {
      kind: 'invoice.pdf_stored',
      documentId: pdf.documentId,
      propertyId: pdf.propertyId,
      data: { sha256: pdf.sha256, bytes: pdf.bytes },
    });
    return pdf;
  }
  const first = await selectPdf(scope, pdf.documentId, pdf.propertyId);
  if (!first) throw new Error('a PDF is stored once, by us or by another');
  return first;
}
