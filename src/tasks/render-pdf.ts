import type { FileStore, PdfRenderer } from '../core/gateways.ts';
import type { Database } from '../db/pool.ts';
import { documentPaper, type Press } from '../domain/papers/papers.ts';
import { drawings } from '../outgoing/pdf/press.ts';

export type PdfDeps = Readonly<{ database: Database; files: FileStore; renderer: PdfRenderer; appUrl: string }>;

/** Draws the PDF of an issued invoice or estimate, unless somebody asked for it before. Twice, or at the same time, it is drawn and kept once. */
export function renderPdfTask(deps: PdfDeps): (input: { businessId: string; documentId: string }) => Promise<void> {
  const press: Press = { database: deps.database, files: deps.files, pdf: deps.renderer, ...drawings(deps.appUrl) };
  return async ({ businessId, documentId }) => {
    if ((await documentPaper(press, businessId, documentId)) === null) throw new Error('the PDF could not be drawn');
  };
}
