import { todayIn } from '../../../core/calendar.ts';
import { choose, depositDue, planDue, suggestedChoices } from '../../../core/choices.ts';
import { Refusal } from '../../../core/refusal.ts';
import type { Totals } from '../../../core/totals.ts';
import { newId } from '../../../db/fresh.ts';
import { type Scope, sqlState } from '../../../db/scope.ts';
import { recordEvent } from '../../events/events.ts';
import { type Context, complete, customerOf, draftTotals, onlyProperty, pricedOf } from '../../invoices/drafts/complete.ts';
import { contextOf } from '../../invoices/drafts/drafts.ts';
import type { DraftBody } from '../../invoices/invoice.ts';
import { fromStored, toStored } from '../../invoices/stored.ts';
import type { ContractRef, EstimateBody, EstimateDraft, EstimateLine, EstimateRef } from '../estimate.ts';
import { lockEstimates } from '../issue/queries.ts';
import { selectRules } from '../rules/queries.ts';
import { readEstimate } from './body.ts';
import { everyLine } from './every-line.ts';
import { type DraftWrite, deleteDraft, type EstimateDraftRow, insertDraft, selectDraft, updateDraft } from './queries.ts';

type Prepared = { context: Context; body: EstimateBody; totals: Totals };
/** The version a new draft takes the place of. */
type Revising = Readonly<{ from: EstimateRef; rootId: string }>;

/** What other priced documents are read and added up with: the fields they share. */
export function asInvoiceBody(body: EstimateBody, lines: readonly EstimateLine[]): DraftBody {
  const { customerId, propertyId, discount, pricesIncludeTax, poNumber, terms, message, internalNote, language, recipients } = body;
  return {
    ...{ customerId, propertyId, discount, pricesIncludeTax, poNumber, terms, message, internalNote, language, recipients },
    lines: lines.map(({ choice, bounds, ...line }) => line),
    ...{ workOrderNumber: '', issuedOn: null, termsDays: 0, dueOn: null, lateFee: null, earlyDiscount: null },
    ...{ depositIds: null, installments: null, purpose: 'bill', about: null },
  };
}

/** What the business suggests comes to. `mayLower`: of a change order, which may take away more than it adds. */
export function suggestedTotals(body: EstimateBody, context: Context, mayLower: boolean): Totals {
  return draftTotals(asInvoiceBody(body, choose(body.lines, suggestedChoices(body.lines))), context, mayLower);
}

async function prepare(scope: Scope, input: unknown, mayLower: boolean): Promise<Prepared> {
  const written = readEstimate(input);
  const context = await contextOf(scope, [written.base]);
  const rules = await selectRules(scope);
  const completed = complete({ ...written.base, message: written.base.message ?? '', terms: '' }, context);
  const { customerId, propertyId, discount, pricesIncludeTax, poNumber, message, internalNote, language, recipients } = completed;
  const lines = completed.lines.map((line): EstimateLine => ({ ...line, ...(written.choices.get(line.id) ?? { choice: null, bounds: null }) }));
  const body: EstimateBody = {
    ...{ customerId, propertyId, lines, discount, pricesIncludeTax, poNumber, message, internalNote, language, recipients },
    validDays: written.validDays ?? rules.validDays,
    validUntil: written.validUntil,
    scope: written.scope,
    exclusions: written.exclusions,
    terms: written.terms ?? rules.terms,
    deposit: written.deposit,
    // Stages are those of the estimate.
    plan: mayLower ? null : written.plan,
  };
  return { context, body, totals: everyLine(suggestedTotals(body, context, mayLower), pricedOf(asInvoiceBody(body, body.lines), context)) };
}

export type Preview = Readonly<{ body: EstimateBody; currency: string }> & Pick<EstimateDraft, 'totals' | 'depositMinor' | 'stages'>;

/** What is asked for ahead and on the way, of what is suggested. */
function duesOf(body: EstimateBody, { totalMinor }: Totals): Pick<EstimateDraft, 'depositMinor' | 'stages'> {
  return { depositMinor: depositDue(body.deposit, totalMinor), stages: body.plan && planDue(body.plan, totalMinor) };
}

export async function preview(scope: Scope, input: unknown, mayLower: boolean): Promise<Preview> {
  const { context, body, totals } = await prepare(scope, input, mayLower);
  return { body, totals, currency: context.business.currency, ...duesOf(body, totals) };
}

type Creating = Readonly<{ id?: string | undefined; revising?: Revising; amends?: ContractRef | null }>;

export async function create(scope: Scope, input: unknown, options: Creating = {}): Promise<EstimateDraft> {
  const { id = newId(), revising, amends = null } = options;
  const prepared = await prepare(scope, input, amends !== null);
  if (customerOf(prepared.context, prepared.body.customerId).archived) throw new Refusal('customer_archived', { field: 'customerId' });
  await insertDraft(scope, writeOf(scope, id, prepared, { revising: revising ?? null, amends })).catch((error: unknown) => {
    throw sqlState(error) === '23505' ? new Refusal('id_taken', { field: 'id' }) : error;
  });
  await recordEvent(scope, {
    kind: 'estimate.created',
    customerId: prepared.body.customerId,
    documentId: id,
    data: { totalMinor: prepared.totals.totalMinor, ...(revising ? { replaces: revising.from } : {}), ...(amends ? { changes: amends.number } : {}) },
  });
  return read(scope, id);
}

export async function save(scope: Scope, input: Readonly<{ documentId: string; version: number; body: unknown }>): Promise<EstimateDraft> {
  await lockEstimates(scope, [input.documentId]);
  const before = await read(scope, input.documentId);
  const prepared = await prepare(scope, input.body, before.amends !== null);
  if ((before.replaces !== null || before.amends !== null) && before.customerId !== prepared.body.customerId)
    throw new Refusal('invalid_input', { field: 'customerId' });
  if (before.version !== input.version || !(await updateDraft(scope, writeOf(scope, before.id, prepared, { revising: null, amends: null }), input.version))) {
    throw new Refusal('stale_version', { current: before });
  }
  await recordEvent(scope, {
    kind: 'estimate.draft_saved',
    customerId: prepared.body.customerId,
    documentId: before.id,
    data: { totalMinor: prepared.totals.totalMinor },
  });
  return read(scope, before.id);
}

export async function read(scope: Scope, documentId: string): Promise<EstimateDraft> {
  return draftOf(await selectDraft(scope, documentId));
}

/** The draft of a row, or the refusal that says why there is none. */
export function draftOf(row: EstimateDraftRow | undefined): EstimateDraft {
  if (!row) throw new Refusal('not_found');
  if (row.version === null || row.updatedAt === null) throw new Refusal('estimate_issued');
  const body = fromStored<EstimateBody>(row.body);
  const totals = fromStored<Totals>(row.totals);
  const { id, version, customerId, currency, revision, replaces, amends, createdAt, updatedAt, updatedBy } = row;
  return {
    id,
    version,
    customerId,
    body,
    totals,
    currency,
    ...duesOf(body, totals),
    revision,
    replaces,
    amends,
    createdAt,
    updatedAt,
    updatedBy: updatedBy ?? '',
  };
}

export async function discard(scope: Scope, documentId: string): Promise<void> {
  await lockEstimates(scope, [documentId]);
  const draft = await read(scope, documentId);
  await deleteDraft(scope, documentId);
  await recordEvent(scope, { kind: 'estimate.discarded', customerId: draft.customerId, data: { id: documentId, totalMinor: draft.totals.totalMinor } });
}

type Standing = Readonly<{ revising: Revising | null; amends: ContractRef | null }>;

function writeOf(scope: Scope, id: string, { context, body, totals }: Prepared, { revising, amends }: Standing): DraftWrite {
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
    body: toStored(body),
    totals: toStored(totals),
    replaces: revising?.from.id ?? null,
    rootId: revising?.rootId ?? null,
    amendsId: amends?.id ?? null,
    number: revising?.from.number ?? null,
    revision: (revising?.from.revision ?? 0) + 1,
  };
}
