import type { EstimateNow } from '../../core/estimate-state.ts';
import type { InvoiceStatus } from '../../core/settlement.ts';
import type { Database } from '../../db/pool.ts';
import { inTransaction, type Scope, systemActor } from '../../db/scope.ts';
import { listSome as listEstimates } from '../estimates/estimates.ts';
import { type EventKind, type EventRow, listEvents } from '../events/events.ts';
import { listInvoices, readInvoice } from '../invoices/invoices.ts';
import { askProcessor, listPayments, type Till } from '../payments/payments.ts';
import type { DemoGuide, GuideEntry } from './tools.ts';

/** Which of the five steps of the story were done since the demo was ready. */
export type Steps = readonly [homeowner: boolean, office: boolean, send: boolean, manager: boolean, truth: boolean];

const watched: readonly EventKind[] = ['invoice.paid', 'invoice.sent', 'staff.signed_in', 'payment.started', 'payment.cleared', 'payment.returned'];

const inBusiness = <T>(database: Database, business: string, work: (scope: Scope) => Promise<T>): Promise<T> =>
  inTransaction(database, { role: 'system', business, actor: systemActor }, work);

/** Reads from the events what whoever looks at the demo has done. */
export async function stepsDone(database: Database, guide: DemoGuide): Promise<Steps> {
  const { rosa, larkspur, processing } = guide;
  const afterSeq = BigInt(guide.readyAt[rosa.business] ?? '0');
  const events = await inBusiness(database, rosa.business, (scope) => listEvents(scope, { afterSeq, kinds: watched, limit: 500 }));
  const any = (is: (event: EventRow) => boolean): boolean => events.some(is);
  return [
    any(({ kind, document_id }) => kind === 'invoice.paid' && document_id === rosa.document),
    any(({ kind }) => kind === 'staff.signed_in'),
    any(({ kind }) => kind === 'invoice.sent'),
    any(({ kind, customer_id }) => kind === 'payment.started' && customer_id === larkspur.customer),
    any(({ kind, document_id }) => (kind === 'payment.cleared' || kind === 'payment.returned') && processing.some(({ document }) => document === document_id)),
  ];
}

/** How each thing on the list stands now, by document; a draft that was thrown away is not among them. */
export async function standingsNow(database: Database, entries: readonly GuideEntry[]): Promise<ReadonlyMap<string, InvoiceStatus | EstimateNow>> {
  const found = new Map<string, InvoiceStatus | EstimateNow>();
  for (const [business, own] of Map.groupBy(entries, (entry) => entry.business)) {
    await inBusiness(database, business, async (scope) => {
      const drafts = await listInvoices(scope, { tab: 'draft', limit: 100 });
      for (const draft of drafts.rows) found.set(draft.id, 'draft');
      const offers = own.flatMap(({ kind, document }) => (kind === 'estimate' && document !== null ? [document] : []));
      for (const { id, standing } of await listEstimates(scope, offers)) found.set(id, standing.now);
      const issued = own.flatMap(({ document, number }) => (document !== null && number !== null ? [document] : []));
      for (const view of await Promise.all(issued.map((document) => readInvoice(scope, document)))) {
        if (view.whole) found.set(view.facts.document.id, view.facts.standing.status);
      }
    });
  }
  return found;
}

export type Underway = Readonly<{ business: string; payment: string; customerName: string; amountMinor: bigint; number: string }>;

/** Bank payments the sandbox's bank has not decided on, in all demo businesses. */
export async function underway(database: Database, businesses: readonly string[]): Promise<Underway[]> {
  const lists = await Promise.all(
    businesses.map(async (business) => {
      const { rows } = await inBusiness(database, business, (scope) => listPayments(scope, { tab: 'processing', limit: 20 }));
      return rows.map(({ id, customerName, amountMinor, shares }) => ({ business, payment: id, customerName, amountMinor, number: shares[0]?.number ?? '' }));
    }),
  );
  return lists.flat();
}

/** The processor's own id of a payment that is under way; null when it knows of none. */
export async function processorId(till: Till, business: string, payment: string): Promise<string | null> {
  const outcome = await till.cards['sandbox']?.fetchAttempt({ attempt: payment, business, session: null });
  return outcome?.kind === 'processing' ? outcome.reference : null;
}

/** Carries out at once what the bank has just decided, without waiting for its notice. */
export async function hearBank(till: Till, business: string, payment: string): Promise<void> {
  await askProcessor(till, business, payment);
}
