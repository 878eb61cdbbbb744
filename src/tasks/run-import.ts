import { allBusinessIds } from '../db/businesses.ts';
import { inTransaction, systemActor } from '../db/scope.ts';
import type { TaskInput } from '../db/task-names.ts';
import { goOn, type ImportDeps, reviveImports } from '../domain/imports/imports.ts';
import type { Tick } from './schedule.ts';

/** Then the next one in line has its turn, and this one goes on after it. */
const turnMs = 45_000;

/** Goes on with an import for one turn. Twice, or at the same time, each row comes in once. */
export function runImportTask(deps: ImportDeps): (input: TaskInput<'run-import'>, signal?: AbortSignal) => Promise<void> {
  return async ({ businessId, importId }, signal) => {
    const turn = AbortSignal.timeout(turnMs);
    await goOn(deps, businessId, importId, () => !turn.aborted && signal?.aborted !== true);
  };
}

/** An import that says it runs and does not move is taken up again: whoever worked on it is gone. */
export function reviveImportsTick({ database }: Pick<ImportDeps, 'database'>): Tick {
  return {
    name: 'revive-imports',
    cron: '* * * * *',
    run: async () => {
      for (const business of await allBusinessIds(database)) await inTransaction(database, { role: 'system', business, actor: systemActor }, reviveImports);
    },
  };
}
