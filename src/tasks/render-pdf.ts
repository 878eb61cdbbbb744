import type { TaskInput } from '../db/task-names.ts';
import { invoicePaper, type Press } from '../domain/papers/papers.ts';

/** Draws the PDF of an issued document once, so that the first reader need not wait. */
export function renderPdfTask(press: Press): (input: TaskInput<'render-pdf'>) => Promise<void> {
  return async ({ businessId, documentId }) => {
    if ((await invoicePaper(press, businessId, documentId)) === null) throw new Error('the PDF could not be drawn');
  };
}
