import { enqueue } from '../../db/queue.ts';
import type { Scope } from '../../db/scope.ts';
import { selectStalled } from './queries.ts';

const silenceSeconds = 120;

/** Queues again what says it runs and has not moved for two minutes: whoever worked on it is gone. Answers how many. */
export async function reviveImports(scope: Scope): Promise<number> {
  const stalled = await selectStalled(scope, scope.now.subtract({ seconds: silenceSeconds }).toString());
  for (const importId of stalled) await enqueue(scope, 'run-import', { importId }, { key: importId, priority: 20 });
  return stalled.length;
}
