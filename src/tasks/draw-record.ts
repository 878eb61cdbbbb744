import { type RecordPress, recordPaper } from '../domain/papers/record.ts';
import { drawings } from '../outgoing/pdf/press.ts';
import type { PdfDeps } from './render-pdf.ts';

/** Draws the signed record of an approval soon after it, so that later looks, terms and templates alter nothing of it. Twice, it is kept once. */
export function drawRecordTask(deps: PdfDeps): (input: { businessId: string; approvalId: string }) => Promise<void> {
  const press: RecordPress = { database: deps.database, files: deps.files, pdf: deps.renderer, ...drawings(deps.appUrl) };
  return async ({ businessId, approvalId }) => {
    if ((await recordPaper(press, businessId, approvalId, null)) === null) throw new Error('the record could not be drawn');
  };
}
