import { inTransaction, systemActor } from '../../../db/scope.ts';
import { estimateFactsQuery } from '../../../domain/estimates/estimates.ts';
import { type EventRow, listEvents } from '../../../domain/events/events.ts';
import { invoiceFactsQuery } from '../../../domain/invoices/invoices.ts';
import type { Deps, WebContext } from '../../context.ts';
import { backlogLimit, lastEventSeq, streamEvents } from '../../live.ts';
import { actOnDocument, documentIn, kindIn, visitDocument } from '../visit.ts';
import { elsewhere } from './invoice.tsx';

/**
 * Tells an open page that something the customer may see happened on its document, and nothing else: the page then reads itself
 * again through its own gate. A link that ended ends the stream.
 */
export async function followDocument(c: WebContext, deps: Deps): Promise<Response> {
  const visit = await visitDocument(c, deps, { page: kindIn(c) === 'estimate' ? estimateFactsQuery : invoiceFactsQuery });
  if (visit.kind !== 'open') return elsewhere(c, deps, visit);
  const { business } = visit;
  const document = documentIn(c);
  return streamEvents(c, deps.live, {
    business,
    afterSeq: lastEventSeq(c) ?? 0n,
    backlog: (afterSeq) =>
      inTransaction(deps.database, { role: 'system', business, actor: systemActor }, (scope) =>
        listEvents(scope, { documentId: document, afterSeq, limit: backlogLimit }),
      ),
    sees: (event: EventRow) => event.shown && event.document_id === document,
    allowed: async () => (await actOnDocument(c, deps, async () => true)) !== null,
    present: (event) => JSON.stringify({ kind: event.kind }),
  });
}
