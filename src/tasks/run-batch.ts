import { type BatchDeps, workBatch } from '../domain/batches/batches.ts';
import type { TaskHandlers } from './worker.ts';

/** Goes through an act on many. Killed and run again, it goes on where it was. */
export function runBatchTask(deps: BatchDeps): TaskHandlers['run-batch'] {
  return ({ businessId, batchId }, signal) => workBatch(deps, businessId, batchId, signal);
}
