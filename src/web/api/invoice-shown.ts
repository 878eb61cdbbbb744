import type { z } from '@hono/zod-openapi';
import type { Scope } from '../../db/scope.ts';
import { propertyTitles, readDesk } from '../../domain/desk/desk.ts';
import { readDraft, readInvoice } from '../../domain/invoices/invoices.ts';
import { presentInvoice } from './present-invoice.ts';
import type { invoice } from './schemas/invoice.ts';

/** One invoice or draft, as every operation on one answers it. Refuses `not_found`. */
export async function invoiceShown(scope: Scope, documentId: string): Promise<z.input<typeof invoice>> {
  const desk = await readDesk(scope, documentId);
  if (desk.state !== 'issued') {
    const draft = await readDraft(scope, documentId);
    const titles = await propertyTitles(
      scope,
      draft.totals.parts.map((part) => part.part),
    );
    return presentInvoice(desk, { draft, titles, view: null });
  }
  const view = await readInvoice(scope, documentId);
  if (!view.whole) throw new Error('the office sees whole invoices');
  return presentInvoice(desk, { draft: null, view });
}
