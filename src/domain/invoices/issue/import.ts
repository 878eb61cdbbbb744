import { Refusal } from '../../../core/refusal.ts';
import { newId } from '../../../db/fresh.ts';
import type { Scope } from '../../../db/scope.ts';
import { recordEvents } from '../../events/events.ts';
import { complete, customerOf, onlyProperty } from '../drafts/complete.ts';
import { readWritten } from '../drafts/draft-body.ts';
import { contextOf } from '../drafts/drafts.ts';
import type { Issued } from '../invoice.ts';
import { daysOf, freeze } from './freeze.ts';
import { indexIssued, issuedOf, mostAtOnce, postIssued, totalsAtIssue } from './issue.ts';
import { insertDocuments, insertFrozen } from './queries.ts';

/** An invoice of the past. `input` is unchecked, as for `createDraft`, and must say `issuedOn`; `id` makes a repeated import find it again. */
export type PastInvoice = Readonly<{ id?: string; number: string; input: unknown }>;

/** Numbers of the past live apart, so that they can neither clash with ours nor leave gaps in them. */
export const importedSeries = 'imported';

export async function importIssued(scope: Scope, importId: string, past: readonly PastInvoice[]): Promise<Issued[]> {
  if (past.length === 0) return [];
  if (past.length > mostAtOnce) throw new Refusal('invalid_input', { field: 'invoices' });
  const written = past.map((each) => readWritten(each.input));
  const context = await contextOf(scope, written);
  const frozen = past.map((each, at) => {
    const source = written[at];
    if (!source?.issuedOn) throw new Refusal('required', { field: 'issuedOn' });
    const body = complete(source, context);
    const totals = totalsAtIssue(body, context);
    const days = daysOf(body, source.issuedOn);
    const documentId = each.id ?? newId();
    return freeze(body, context, totals, {
      business: scope.business,
      documentId,
      series: importedSeries,
      number: each.number,
      numberSeq: null,
      shown: false,
      imported: true,
      ...days,
    });
  });
  await insertDocuments(
    scope,
    frozen.map(({ body, naming, totals, customerName }) => ({
      id: naming.documentId,
      customerId: customerOf(context, body.customerId).id,
      propertyId: onlyProperty(body.lines, body.propertyId),
      language: body.language,
      customerName,
      currency: totals.currency,
      listedOn: naming.issuedOn,
    })),
    importId,
  );
  await insertFrozen(scope, frozen);
  await postIssued(scope, frozen);
  await indexIssued(scope, frozen);
  await recordEvents(
    scope,
    frozen.map(({ naming, body, totals }) => ({
      kind: 'invoice.imported' as const,
      customerId: body.customerId,
      documentId: naming.documentId,
      data: { number: naming.number, totalMinor: totals.totalMinor, currency: totals.currency },
    })),
  );
  return frozen.map((each) => issuedOf(each, context));
}
