import { inTransaction, systemActor } from '../../db/scope.ts';
import { readInvoice } from '../invoices/invoices.ts';
import { type Press, partsPaper } from './papers.ts';

type Part = Readonly<{ documentId: string; customerId: string; propertyId: string }>;

/** One property's part of a bill over several, as paper: read as somebody of that property alone sees it. Null when the renderer fails. Whoever asks has checked the right. */
export async function partPaper(press: Press, business: string, { documentId, customerId, propertyId }: Part): Promise<Uint8Array | null> {
  const as = { role: 'portal', business, actor: systemActor, customers: [], properties: [propertyId], accounts: [customerId], people: [] } as const;
  const view = await inTransaction(press.database, as, (scope) => readInvoice(scope, documentId));
  return view.whole ? null : partsPaper(press, business, view.facts);
}
