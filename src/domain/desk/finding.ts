import type { InvoiceStatus } from '../../core/settlement.ts';
import type { Scope } from '../../db/scope.ts';
import { listSome } from '../invoices/invoices.ts';
import { type Right, rightsOf } from '../people/rights.ts';
import { type Found, find, type SearchKind } from '../search/search.ts';

export type Finding = Found & Readonly<{ status: InvoiceStatus | null }>;

/** Everything the office can look for, as far as whoever asks may see it, with how each invoice stands. */
export async function findInOffice(scope: Scope, text: string, limit: number): Promise<Finding[]> {
  const rights = await rightsOf(scope);
  const kinds: readonly SearchKind[] = ['customer', 'property', 'person', 'invoice', 'estimate', 'job', 'payment', 'item'];
  const asked: Partial<Record<SearchKind, Right>> = { payment: 'payments:read', invoice: 'invoices:read', estimate: 'estimates:read', job: 'jobs:read' };
  const may = kinds.filter((kind) => asked[kind] === undefined || rights.includes(asked[kind]));
  const found = await find(scope, text, { kinds: may, limit });
  const rows = await listSome(
    scope,
    found.filter(({ kind }) => kind === 'invoice').map(({ id }) => id),
  );
  const statuses = new Map(rows.map(({ id, status }) => [id, status]));
  return found.map((one) => ({ ...one, status: statuses.get(one.id) ?? null }));
}
