import { todayIn } from '../../../core/calendar.ts';
import { Refusal } from '../../../core/refusal.ts';
import type { Totals } from '../../../core/totals.ts';
import { newId } from '../../../db/fresh.ts';
import { type Scope, sqlState } from '../../../db/scope.ts';
import { recordEvent, recordEvents } from '../../events/events.ts';
import { lockInvoices } from '../../ledger/standings.ts';
import type { Draft, DraftBody } from '../invoice.ts';
import { fromStored, toStored } from '../stored.ts';
import { type Context, complete, customerOf, draftTotals, onlyProperty } from './complete.ts';
import { readWritten, type Written } from './draft-body.ts';
import { type DraftRow, type DraftWrite, deleteDraft, insertDraft, selectContext, selectDrafts, updateDraft } from './queries.ts';

type Prepared = { context: Context; body: DraftBody; totals: Totals };

/** Reads what the drafts rest on. */
export function contextOf(scope: Scope, bodies: readonly (Written | DraftBody)[]): Promise<Context> {
  const present = (ids: readonly (string | null)[]): string[] => [...new Set(ids.filter((id) => id !== null))];
  return selectContext(scope, {
    customers: present(bodies.map((body) => body.customerId)),
    properties: present(bodies.flatMap((body) => [body.propertyId, ...body.lines.map((line) => line.propertyId)])),
    items: present(bodies.flatMap((body) => body.lines.map((line) => line.itemId))),
    people: present(bodies.flatMap((body) => body.recipients)),
  });
}

async function prepare(scope: Scope, input: unknown): Promise<Prepared> {
  const written = readWritten(input);
  const context = await contextOf(scope, [written]);
  const body = complete(written, context);
  return { context, body, totals: draftTotals(body, context) };
}

export async function preview(scope: Scope, input: unknown): Promise<{ body: DraftBody; totals: Totals; currency: string }> {
  const { context, body, totals } = await prepare(scope, input);
  return { body, totals, currency: context.business.currency };
}

export async function create(scope: Scope, input: unknown, replaces: { id: string; number: string } | null = null, id = newId()): Promise<Draft> {
  const prepared = await prepare(scope, input);
  if (customerOf(prepared.context, prepared.body.customerId).archived) throw new Refusal('customer_archived', { field: 'customerId' });
  await insertDraft(scope, writeOf(scope, id, prepared, replaces?.id ?? null)).catch((error: unknown) => {
    throw sqlState(error) === '23505' ? new Refusal('id_taken', { field: 'id' }) : error;
  });
  await recordEvent(scope, {
    kind: 'invoice.created',
    customerId: prepared.body.customerId,
    documentId: id,
    data: { totalMinor: prepared.totals.totalMinor, ...(replaces ? { replaces } : {}) },
  });
  return read(scope, id);
}

/** Many new drafts at once, from what they rest on read once. Answers their ids in the order given. */
export async function createMany(scope: Scope, inputs: readonly unknown[]): Promise<string[]> {
  const written = inputs.map(readWritten);
  const context = await contextOf(scope, written);
  const prepared = written.map((each) => {
    const body = complete(each, context);
    if (customerOf(context, body.customerId).archived) throw new Refusal('customer_archived', { field: 'customerId' });
    return { id: newId(), context, body, totals: draftTotals(body, context) };
  });
  await Promise.all(prepared.map((each) => insertDraft(scope, writeOf(scope, each.id, each, null))));
  await recordEvents(
    scope,
    prepared.map(({ id, body, totals }) => ({
      kind: 'invoice.created' as const,
      customerId: body.customerId,
      documentId: id,
      data: { totalMinor: totals.totalMinor },
    })),
  );
  return prepared.map(({ id }) => id);
}

export async function save(scope: Scope, input: Readonly<{ documentId: string; version: number; body: unknown }>): Promise<Draft> {
  const prepared = await prepare(scope, input.body);
  await lockInvoices(scope, [input.documentId]);
  const before = await read(scope, input.documentId);
  if (before.version !== input.version || !(await updateDraft(scope, writeOf(scope, before.id, prepared, null), input.version))) {
    throw new Refusal('stale_version', { version: before.version, newer: before, updatedBy: before.updatedBy, updatedAt: before.updatedAt });
  }
  await recordEvent(scope, {
    kind: 'invoice.draft_saved',
    customerId: prepared.body.customerId,
    documentId: before.id,
    data: { version: input.version + 1, totalBeforeMinor: before.totals.totalMinor, totalMinor: prepared.totals.totalMinor },
  });
  return read(scope, before.id);
}

export async function read(scope: Scope, documentId: string): Promise<Draft> {
  const [row] = await selectDrafts(scope, [documentId]);
  return draftOf(row);
}

/** What a draft written before there were charges does not say. */
const uncharged = { lateFee: null, earlyDiscount: null, depositIds: null, installments: null, purpose: 'bill', about: null } as const;

/** The draft of a row, or the refusal that says why there is none. */
export function draftOf(row: DraftRow | undefined): Draft {
  if (!row) throw new Refusal('not_found');
  if (row.state === 'issued') throw new Refusal('already_issued');
  if (row.version === null || row.updatedAt === null) throw new Refusal('not_a_draft');
  return {
    id: row.id,
    version: row.version,
    customerId: row.customerId,
    body: { ...uncharged, ...fromStored<DraftBody>(row.body) },
    totals: fromStored<Totals>(row.totals),
    currency: row.currency,
    replaces: row.replaces,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    updatedBy: row.updatedBy ?? '',
  };
}

export async function discard(scope: Scope, documentId: string): Promise<void> {
  await lockInvoices(scope, [documentId]);
  const draft = await read(scope, documentId);
  await deleteDraft(scope, documentId);
  await recordEvent(scope, { kind: 'invoice.discarded', customerId: draft.customerId, data: { id: documentId, totalMinor: draft.totals.totalMinor } });
}

function writeOf(scope: Scope, id: string, { context, body, totals }: Prepared, replaces: string | null): DraftWrite {
  return {
    id,
    customerId: body.customerId,
    customerName: customerOf(context, body.customerId).name,
    propertyId: onlyProperty(body.lines, body.propertyId),
    language: body.language,
    poNumber: body.poNumber,
    currency: context.business.currency,
    today: todayIn(context.business.timeZone, scope.now),
    totalMinor: totals.totalMinor,
    purpose: body.purpose,
    body: toStored(body),
    totals: toStored(totals),
    replaces,
  };
}
