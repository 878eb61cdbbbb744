import type { Keys } from '../../core/gateways.ts';
import { Refusal } from '../../core/refusal.ts';
import { attempt } from '../../db/attempt.ts';
import type { Database } from '../../db/pool.ts';
import { inTransaction, type Scope, systemActor } from '../../db/scope.ts';
import { lockInvoices } from '../ledger/standings.ts';
import { documentPaper, type Press } from '../papers/papers.ts';
import { doOne, nameOf, undoOne } from './acts.ts';
import type { BatchItem, StoredBatch } from './queries.ts';
import { lockBatch, selectBatch, selectItems, updateBatch, updateItem } from './queries.ts';

export type BatchDeps = Readonly<{ database: Database; keys: Keys; press: Press }>;

/** Few enough that a press on Stop is heard within a second. */
const atOnce = 20;

/**
 * Works through a batch: some things in one transaction, each with its own success or refusal and the note of it, until none waits. Killed
 * in the middle, or run twice at once, each thing is done once: its note is written with its effect, and the batch is held meanwhile.
 * Everything is done in the name of whoever asked, with the rights they have at that moment.
 */
export async function workBatch(deps: BatchDeps, business: string, batchId: string, signal: AbortSignal): Promise<void> {
  const batch = await inTransaction(deps.database, { role: 'system', business, actor: systemActor }, (scope) => selectBatch(scope, batchId));
  if (batch === undefined) return;
  const step = <T>(work: (scope: Scope) => Promise<T>): Promise<T> => inTransaction(deps.database, { role: 'office', business, actor: batch.actor }, work);
  let more = true;
  while (more && !signal.aborted) {
    const [next] = batch.kind === 'papers' ? await step((scope) => selectItems(scope, batchId, ['waiting'], 1)) : [];
    if (next) await drawPaper(deps, business, next);
    more = await step((scope) => someOf(scope, deps, batch));
  }
  if (more) throw new Error('the batch goes on in the next try');
}

/** The slow part stands outside the transaction: once drawn, a paper is kept. */
async function drawPaper({ press }: BatchDeps, business: string, { thingId }: BatchItem): Promise<void> {
  await documentPaper(press, business, thingId).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
  });
}

/** The next few. False when nothing is left to do. */
async function someOf(scope: Scope, deps: BatchDeps, batch: StoredBatch): Promise<boolean> {
  const held = await lockBatch(scope, batch.id);
  if (held === undefined) return false;
  if (held.state === 'undoing') return undoSome(scope, batch);
  if (held.state === 'held' && Temporal.Instant.compare(Temporal.Instant.from(held.startsAt), scope.now) > 0) return false;
  if (held.state !== 'held' && held.state !== 'running') return false;
  const items = await selectItems(scope, batch.id, ['waiting'], batch.kind === 'papers' ? 1 : atOnce);
  await lockAll(scope, batch, items);
  for (const item of items) await one(scope, deps, batch, item);
  const ended = items.length === 0;
  await updateBatch(scope, batch.id, ended ? { state: 'done', finished: true } : { state: 'running' });
  return !ended;
}

async function one(scope: Scope, deps: BatchDeps, batch: StoredBatch, { position, thingId }: BatchItem): Promise<void> {
  const { kind, options, id } = batch;
  const done = await attempt(scope, async () => {
    if (kind === 'papers') return { name: await paperName(scope, thingId), resultId: null };
    return doOne(scope, deps.keys, kind, thingId, options);
  });
  if (done.ok) return updateItem(scope, id, position, { state: 'done', ...done.value });
  const named = await attempt(scope, () => nameOf(scope, kind, thingId));
  await updateItem(scope, id, position, { state: 'refused', name: named.ok ? named.value : '', code: done.refusal.code });
}

async function paperName(scope: Scope, thingId: string): Promise<string> {
  const name = await nameOf(scope, 'papers', thingId);
  if (!/\d/.test(name)) throw new Refusal('not_issued');
  return name;
}

/** The last first, as one takes back what one did. What changed meanwhile stays, and is named. */
async function undoSome(scope: Scope, batch: StoredBatch): Promise<boolean> {
  const items = await selectItems(scope, batch.id, ['done'], atOnce);
  await lockAll(scope, batch, items);
  for (const { position, thingId, resultId } of items) {
    const undone = await attempt(scope, () => undoOne(scope, batch.kind, thingId, resultId));
    await updateItem(scope, batch.id, position, undone.ok ? { state: 'undone' } : { state: 'kept', code: undone.refusal.code });
  }
  if (items.length === 0) await updateBatch(scope, batch.id, { state: 'undone', finished: true });
  return items.length > 0;
}

/** All first, in one order, so that two batches never wait for each other. */
async function lockAll(scope: Scope, { kind }: StoredBatch, items: readonly BatchItem[]): Promise<void> {
  if (kind === 'archive' || kind === 'restore' || items.length === 0) return;
  await lockInvoices(
    scope,
    items.map(({ thingId }) => thingId),
  );
}
