import { limits } from '../../../core/limits.ts';
import { Refusal } from '../../../core/refusal.ts';
import { newId } from '../../../db/fresh.ts';
import type { Scope } from '../../../db/scope.ts';
import { makeInvoice } from '../../approvals/approvals.ts';
import { recordEvent } from '../../events/events.ts';
import type { DraftLine } from '../../invoices/invoice.ts';
import { createDraft, previewTotals, readDraft, saveDraft, selectAttachments } from '../../invoices/invoices.ts';
import type { JobLine } from '../job.ts';
import type { JobRow } from '../queries.ts';
import { selectVisitDays } from '../visits/queries.ts';
import { copyPhotos, insertLines, markBilled, selectLines, setVisitOf } from './queries.ts';

export type Priced = Readonly<{
  lines: readonly Readonly<{ line: DraftLine; netMinor: bigint; visitId: string | null }>[];
  totalMinor: bigint;
  currency: string;
}>;

/**
 * A work list as the draft of an invoice would read and price it: ids and usual taxes filled in, every field at fault named. A line may name the
 * visit it belongs to.
 */
export async function priced(scope: Scope, { customerId, propertyId }: Pick<JobRow, 'customerId' | 'propertyId'>, lines: readonly unknown[]): Promise<Priced> {
  const split = lines.map((each) => {
    const { visitId = null, ...line } = each as Record<string, unknown>;
    return { line: { id: newId(), ...line }, visitId: visitId as string | null };
  });
  const visitOf = new Map(split.map(({ line, visitId }) => [(line as { id: string }).id, visitId]));
  const { body, totals, currency } = await previewTotals(scope, { customerId, propertyId, lines: split.map(({ line }) => line) });
  return {
    lines: body.lines.map((line, at) => ({ line, netMinor: totals.lines[at]?.netMinor ?? 0n, visitId: visitOf.get(line.id) ?? null })),
    totalMinor: totals.totalMinor,
    currency,
  };
}

/**
 * A draft of the invoice for what is not billed yet, of the visits named or of all: each line with the day of its visit. Where the job carries out an
 * estimate it is the invoice of that estimate, so that its deposit and terms are kept. Answers its id. Refuses `nothing_to_invoice`.
 */
export async function invoice(scope: Scope, job: JobRow, visitIds: readonly string[] | null): Promise<string> {
  const found = await selectLines(scope, job.id);
  if (found.length === 0) await insertLines(scope, job, [await unpriced(scope, job)], 0);
  const days = await selectVisitDays(scope, job.id);
  const made = days.filter(({ state }) => state === 'done');
  // What belongs to no visit was done on the one visit there was.
  const only = made.length === 1 ? (made[0]?.id ?? null) : null;
  const open = (found.length === 0 ? await selectLines(scope, job.id) : found).filter(({ invoiceId }) => invoiceId === null);
  const chosen = open
    .map((each) => ({ ...each, visitId: each.visitId ?? only }))
    .filter(({ visitId }) => visitIds === null || (visitId !== null && visitIds.includes(visitId)));
  if (chosen.length === 0) throw new Refusal('nothing_to_invoice');
  const dayOf = new Map(days.map(({ id, day }) => [id, day]));
  const serviceOf = new Map(chosen.map(({ line, visitId }) => [line.id, visitId === null ? null : (dayOf.get(visitId) ?? null)]));
  const invoiceId = job.estimateId === null ? await ofItself(scope, job, chosen, serviceOf) : await ofEstimate(scope, job.estimateId, serviceOf);
  for (const visitId of new Set(chosen.map((each) => each.visitId))) {
    if (visitId !== null) await setVisitOf(scope, job.id, idsOf(chosen.filter((each) => each.visitId === visitId)), visitId);
  }
  await markBilled(scope, job.id, idsOf(chosen), invoiceId);
  await attachPhotos(scope, job.id, invoiceId);
  const { totals, currency } = await readDraft(scope, invoiceId);
  const { customerId, propertyId, number } = job;
  await recordEvent(scope, {
    ...{ kind: 'job.invoiced', customerId, propertyId, documentId: invoiceId },
    data: { jobId: job.id, jobNumber: number, title: job.title, totalMinor: totals.totalMinor, currency },
  });
  return invoiceId;
}

const idsOf = (lines: readonly JobLine[]): string[] => lines.map(({ line }) => line.id);

/** A job without a work list is billed as one line that waits for its price. */
async function unpriced(scope: Scope, job: JobRow): Promise<Priced['lines'][number]> {
  const { lines } = await priced(scope, job, [{ name: job.title, quantityMilli: 1000n, unitPriceMilli: 0n }]);
  const [line] = lines;
  if (!line) throw new Error('one line in, one out');
  return line;
}

async function ofItself(scope: Scope, job: JobRow, chosen: readonly JobLine[], serviceOf: ReadonlyMap<string, string | null>): Promise<string> {
  const { customerId, propertyId, poNumber, number } = job;
  const lines = chosen.map(({ line }) => ({ ...line, serviceOn: serviceOf.get(line.id) ?? line.serviceOn }));
  return (await createDraft(scope, { customerId, propertyId, poNumber, internalNote: `Job ${number}`, lines })).id;
}

async function ofEstimate(scope: Scope, estimateId: string, serviceOf: ReadonlyMap<string, string | null>): Promise<string> {
  const draft = await makeInvoice(scope, estimateId);
  const lines = draft.body.lines.map((line) => ({ ...line, serviceOn: serviceOf.get(line.id) ?? line.serviceOn }));
  if (lines.every((line, at) => line.serviceOn === draft.body.lines[at]?.serviceOn)) return draft.id;
  await saveDraft(scope, { documentId: draft.id, version: draft.version, body: { ...draft.body, lines } });
  return draft.id;
}

async function attachPhotos(scope: Scope, jobId: string, invoiceId: string): Promise<void> {
  const room = limits.attachmentsPerDocument - (await selectAttachments(scope, invoiceId)).length;
  if (room > 0)
    await copyPhotos(
      scope,
      jobId,
      invoiceId,
      room,
      Array.from({ length: room }, () => newId()),
    );
}
