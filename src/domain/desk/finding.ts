import type { InvoiceStatus } from '../../core/settlement.ts';
import type { Scope } from '../../db/scope.ts';
import { listSome } from '../invoices/invoices.ts';
import { rightsOf } from '../people/rights.ts';
import { type Found, find, type SearchKind } from '../search/search.ts';

type FoundKind = Exclude<SearchKind, 'estimate'>;
export type Finding = Omit<Found, 'kind'> & Readonly<{ kind: FoundKind; status: InvoiceStatus | null }>;

/** Everything the office can look for, as far as whoever asks may see it, with how each invoice stands. */
export async function findInOffice(scope: Scope, text: string, limit: number): Promise<Finding[]> {
  const rights = await rightsOf(scope);
  const kinds: readonly FoundKind[] = ['customer', 'property', 'person', 'invoice', 'payment', 'item'];
  const may = kinds.filter((kind) => (kind !== 'payment' || rights.includes('payments:read')) && (kind !== 'invoice' || rights.includes('invoices:read')));
  const found = await find(scope, text, { kinds: may, limit });
  const rows = await listSome(
    scope,
    found.filter(({ kind }) => kind === 'invoice').map(({ id }) => id),
  );
  const statuses = new Map(rows.map(({ id, status }) => [id, status]));
  return found.flatMap(({ kind, ...one }) => (kind === 'estimate' ? [] : [{ ...one, kind, status: statuses.get(one.id) ?? null }]));
}
