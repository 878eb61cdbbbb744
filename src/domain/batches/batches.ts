import { limits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import { newId } from '../../db/fresh.ts';
import { enqueue } from '../../db/queue.ts';
import type { Scope } from '../../db/scope.ts';
import { type CustomerFilter, listCustomers } from '../customers/customers.ts';
import { recordEvent } from '../events/events.ts';
import type { ListFilter } from '../invoices/invoice.ts';
import { listInvoices } from '../invoices/invoices.ts';
import { may, mustBeAllowed } from '../people/rights.ts';
import { type Batch, type BatchKind, type BatchOptions, batchActs, batchMost, batchRules } from './batch.ts';
import { type BatchItem, insertBatch, lockBatch, selectBatch, selectBatches, selectItems, updateBatch } from './queries.ts';

export { type Batch, type BatchKind, type BatchState, batchActs, batchKinds, batchMost, batchRules } from './batch.ts';
export type { BatchItem } from './queries.ts';
export { type BatchDeps, workBatch } from './work.ts';

/** The things themselves, or everything a list shows under these filters. */
export type Chosen =
  | Readonly<{ ids: readonly string[] }>
  | Readonly<{ invoices: Omit<ListFilter, 'cursor' | 'limit'> }>
  | Readonly<{ customers: Omit<CustomerFilter, 'cursor' | 'limit'> }>;

/**
 * Begins an act on many. It goes on in the background, thing by thing; what it sends is held back for a while, and stopping it then is as
 * if it had never been asked for. Refuses `batch_empty`, `batch_too_large` beyond 1,000, `not_allowed`.
 */
export async function startBatch(scope: Scope, input: Readonly<{ kind: BatchKind; chosen: Chosen; options?: BatchOptions; id?: string }>): Promise<Batch> {
  const { kind, options = {}, id = newId() } = input;
  const rule = batchRules[kind];
  await mustBeAllowed(scope, rule.right);
  await mustBeAllowed(scope, 'customers:read');
  const things = await thingsOf(scope, rule.of, input.chosen);
  if (things.length === 0) throw new Refusal('batch_empty');
  if (things.length > batchMost) throw new Refusal('batch_too_large', { field: 'ids' });
  const startsAt = scope.now.add({ seconds: rule.heldS });
  await insertBatch(scope, { id, kind, options, things, state: rule.heldS > 0 ? 'held' : 'running', startsAt: startsAt.toString() });
  await enqueue(scope, 'run-batch', { batchId: id }, { key: id, ...(rule.heldS > 0 ? { runAt: startsAt } : {}) });
  await recordEvent(scope, { kind: 'batch.started', data: { batchId: id, act: kind, count: things.length } });
  return readBatch(scope, id);
}

async function thingsOf(scope: Scope, of: 'invoice' | 'customer', chosen: Chosen): Promise<string[]> {
  if ('ids' in chosen) return [...new Set(chosen.ids)];
  if ('invoices' in chosen !== (of === 'invoice')) throw new Refusal('invalid_input', { field: 'filter' });
  const ids: string[] = [];
  const limit = limits.pageSizeMax;
  for (let cursor: string | null = null, first = true; first || (cursor !== null && ids.length <= batchMost); first = false) {
    const more: { cursor: string } | Record<string, never> = cursor === null ? {} : { cursor };
    if ('invoices' in chosen) {
      const page = await listInvoices(scope, { ...chosen.invoices, ...more, limit });
      ids.push(...page.rows.map((row) => row.id));
      cursor = page.next;
    } else {
      const page: Awaited<ReturnType<typeof listCustomers>> = await listCustomers(scope, { ...chosen.customers, ...more, limit });
      ids.push(...page.items.map((row) => row.id));
      cursor = page.nextCursor;
    }
  }
  return ids;
}

/** Refuses `not_found`. */
export async function readBatch(scope: Scope, id: string): Promise<Batch> {
  const batch = await selectBatch(scope, id);
  if (batch === undefined) throw new Refusal('not_found');
  return batch;
}

/** What was not done, or could not be taken back, and why: the first hundred. */
export function refusedOf(scope: Scope, id: string): Promise<BatchItem[]> {
  return selectItems(scope, id, ['refused', 'kept'], 100);
}

/** What was done, in order. */
export function doneOf(scope: Scope, id: string): Promise<BatchItem[]> {
  return selectItems(scope, id, ['done'], batchMost);
}

/** What this colleague began within a day, the latest first. */
export async function listBatches(scope: Scope, limit: number): Promise<Batch[]> {
  const staffId = scope.actor.kind === 'staff' ? scope.actor.id : null;
  return selectBatches(scope, { staffId, since: scope.now.subtract({ hours: 24 }).toString(), limit });
}

/** Stops, takes back or hurries what is under way. Refuses `batch_over` when it is too late for that, `not_found`. */
export async function steerBatch(scope: Scope, id: string, act: 'stop' | 'undo' | 'hurry'): Promise<Batch> {
  if ((await lockBatch(scope, id)) === undefined) throw new Refusal('not_found');
  const batch = await readBatch(scope, id);
  if (!(await may(scope, batchRules[batch.kind].right))) throw new Refusal('not_allowed');
  if (!batchActs(batch, scope.now).includes(act)) throw new Refusal('batch_over');
  if (act === 'stop') await updateBatch(scope, id, { state: 'stopped', finished: true });
  if (act === 'undo') await updateBatch(scope, id, { state: 'undoing', finished: false });
  if (act === 'hurry') await updateBatch(scope, id, { state: 'running', startsAt: scope.now.toString() });
  if (act !== 'stop') await enqueue(scope, 'run-batch', { batchId: id }, { key: id });
  const kind = act === 'stop' ? 'batch.stopped' : act === 'undo' ? 'batch.undone' : 'batch.hurried';
  await recordEvent(scope, { kind, data: { batchId: id, act: batch.kind, count: batch.total } });
  return readBatch(scope, id);
}
