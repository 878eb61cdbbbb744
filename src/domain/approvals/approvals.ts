import { readCursor, writeCursor } from '../../core/cursor.ts';
import { limits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Scope } from '../../db/scope.ts';
import { readEstimate, readOfficeFacts } from '../estimates/estimates.ts';
import type { Draft } from '../invoices/invoice.ts';
import { mustBeAllowed } from '../people/rights.ts';
import type { Approval, ApprovalKind, Approving, Broken, Decided, Evidence, Refusing, Undoing } from './approval.ts';
import * as away from './away/away.ts';
import { type Colleague, type StandIn, selectColleagues, selectToday } from './away/queries.ts';
import * as billing from './billing/billing.ts';
import { readContractBill, readRetainage } from './billing/contract-bill.ts';
import * as progress from './billing/progress.ts';
import * as deciding from './deciding/deciding.ts';
import { selectApprovers } from './next/queries.ts';
import { selectApprovals, selectBroken } from './queries.ts';

export type { StandIn } from './away/queries.ts';
/** For tasks: whom a recommended estimate waits for now, and what becomes of the deposit when an approval is taken back. */
export { type ApprovedWork, dropDeposit } from './billing/billing.ts';
/** For whoever holds a record: by its code, or by the approval its bytes belong to. Under the system alone, which answers what is on the record itself. */
export { byCode as checkRecord, byId as checkRecordOf, type CheckedRecord } from './checking/checking.ts';
export { passOn } from './next/next.ts';
export type { NextPerson } from './next/queries.ts';

/**
 * Signs an estimate. Of presses at the same moment one decides. Refuses, naming the newer state in its details: `already_decided`,
 * `estimate_replaced`, `estimate_expired`, `estimate_withdrawn`, `estimate_changed`; and `code_needed`, `named_person_needed`, `name_needed`,
 * `terms_not_accepted`, `po_needed`, `nothing_chosen`, what choosing refuses, and `not_found` without a right to it. Above the signer's limit it is
 * kept as a recommendation. Amounts in minor units.
 */
export function approveEstimate(scope: Scope, input: Approving): Promise<Decided> {
  return deciding.approve(scope, input);
}

/** Refuses as `approveEstimate` does for the state, and `approving_not_allowed` for whoever may only look. */
export function declineEstimate(scope: Scope, input: Refusing): Promise<Decided> {
  return deciding.turnDown(scope, 'declined', input);
}

/** The same with a wish; refuses `reason_required` without any words. */
export function askForChanges(scope: Scope, input: Refusing): Promise<Decided> {
  return deciding.turnDown(scope, 'changes_requested', input);
}

/** Takes an approval back within the business's window. Refuses `undo_over`, `estimate_not_approved`, `approving_not_allowed`. */
export function undoApproval(scope: Scope, input: Undoing): Promise<Decided> {
  return deciding.undo(scope, input);
}

/** For whoever may not approve: names of those at the customer who may, by the total as suggested. Refuses `not_found`. */
export async function approversOf(scope: Scope, documentId: string): Promise<string[]> {
  const { customerId, propertyId } = await readOfficeFacts(scope, documentId);
  const { facts } = await readEstimate(scope, documentId);
  return selectApprovers(scope, { customerId, propertyId, totalMinor: facts.totalMinor });
}

/** One record with everything it rests on. Refuses `not_found`. */
export async function readApproval(scope: Scope, id: string): Promise<Evidence> {
  if (scope.role !== 'portal') await mustBeAllowed(scope, 'estimates:read');
  const [found] = await selectApprovals(scope, { id, limit: 1 });
  if (!found) throw new Refusal('not_found');
  return found;
}

export type ApprovalFilter = Readonly<{
  documentId?: string | undefined;
  customerId?: string | undefined;
  kind?: ApprovalKind | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
}>;

/** Records as the scope may see them, the newest first. Refuses `cursor_invalid` for a cursor of another list. */
export async function listApprovals(scope: Scope, filter: ApprovalFilter): Promise<{ rows: Approval[]; next: string | null }> {
  if (scope.role !== 'portal') await mustBeAllowed(scope, 'estimates:read');
  const { documentId, customerId, kind, cursor, limit = limits.pageSize } = filter;
  const list = ['approvals', scope.business, documentId ?? '', customerId ?? '', kind ?? ''].join('|');
  const [last] = readCursor(list, cursor, 1) ?? [];
  if (last !== undefined && !/^\d{1,18}$/.test(last)) throw new Refusal('cursor_invalid');
  const found = await selectApprovals(scope, {
    ...(documentId === undefined ? {} : { documentId }),
    ...(customerId === undefined ? {} : { customerId }),
    ...(kind === undefined ? {} : { kinds: [kind] }),
    ...(last === undefined ? {} : { before: BigInt(last) }),
    limit: limit + 1,
  });
  const rows = found.slice(0, limit).map(({ facts, ...record }) => record);
  const next = found.length > limit ? writeCursor(list, [String(rows.at(-1)?.seq ?? 0n)]) : null;
  return { rows, next };
}

/** Walks the chain of the business. Answers the first record that no longer fits and what of it ('missing', 'link', 'facts', 'record', 'head'), or null. */
export async function brokenApproval(scope: Scope): Promise<{ seq: bigint; what: Broken } | null> {
  await mustBeAllowed(scope, 'estimates:read');
  return selectBroken(scope);
}

/**
 * A draft of the invoice for what was chosen; its deposit is meant for it. Refuses `estimate_not_approved`, `estimate_invoiced` naming the invoice,
 * and what drafting refuses.
 */
export async function makeInvoice(scope: Scope, documentId: string): Promise<Draft> {
  await mustBeAllowed(scope, 'estimates:write');
  await mustBeAllowed(scope, 'invoices:write');
  return billing.makeInvoice(scope, documentId);
}

/**
 * A draft that bills part of a contract: `{ kind: 'whole' | 'stage' | 'percent' | 'amount' | 'rest' }` with `stage` (from 0), `ratePpm` of the
 * contract to date, or `amountMinor` with tax. `retainagePpm`: the share of this and later invoices that is held back, at most half. Refuses `over_contract` naming what is left, `nothing_left_to_bill`, `stage_unknown`,
 * `stage_invoiced` naming the invoice, `change_billed_whole`, and what `makeInvoice` refuses. Of parallel presses no more is billed than the contract.
 */
export async function billContract(scope: Scope, documentId: string, bill: unknown, retainagePpm?: number): Promise<Draft> {
  await mustBeAllowed(scope, 'estimates:write');
  await mustBeAllowed(scope, 'invoices:write');
  return progress.billContract(scope, documentId, readContractBill(bill), readRetainage(retainagePpm));
}

/** Asks for the deposit of an approved estimate: answers the id of its bill, the same one each time; null where none was agreed. */
export async function askDeposit(scope: Scope, documentId: string): Promise<string | null> {
  await mustBeAllowed(scope, 'estimates:write');
  await mustBeAllowed(scope, 'invoices:write');
  return billing.askDeposit(scope, documentId);
}

/** What an approved estimate has to be done. Refuses `estimate_not_approved`, `not_found`. */
export async function readApprovedWork(scope: Scope, documentId: string): Promise<billing.ApprovedWork> {
  await mustBeAllowed(scope, 'estimates:read');
  return billing.approvedWork(scope, documentId);
}

/**
 * Names who approves in somebody's place on some days, with their limit and never more. Refuses `not_found`, `date_invalid`, `stand_in_days`,
 * `stand_in_unfit` (nobody of the account, a shared mailbox, the same address, away themselves), `stand_in_overlaps`, `approving_not_allowed` for who approves nothing.
 */
export function nameStandIn(scope: Scope, input: away.Naming): Promise<StandIn> {
  return away.name(scope, input);
}

/** Ends it at once; what waits goes back. Once more does nothing. Refuses `not_found`. */
export function endStandIn(scope: Scope, id: string): Promise<StandIn> {
  return away.end(scope, id);
}

/** Who stands in for whom now or later, of a customer or of some people. */
export function listStandIns(scope: Scope, of: Readonly<{ customerId: string } | { personIds: readonly string[] }>): Promise<StandIn[]> {
  return away.list(scope, of);
}

/** Whom somebody who signed in may name, by the account, and what day it is. Under the system alone: a person sees no others. */
export async function colleaguesOf(scope: Scope, personIds: readonly string[]): Promise<{ today: string; colleagues: readonly Colleague[] }> {
  return { today: await selectToday(scope), colleagues: await selectColleagues(scope, personIds) };
}
