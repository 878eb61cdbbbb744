import { allBusinessIds } from '../db/businesses.ts';
import type { OwnerWork } from '../db/erase/owner-work.ts';
import type { Database } from '../db/pool.ts';
import { inTransaction, systemActor } from '../db/scope.ts';
import type { TaskInput } from '../db/task-names.ts';
import { isOver } from '../domain/businesses/closing.ts';
import { openErasures } from '../domain/erasing/erasing.ts';
import { log } from '../log.ts';
import type { Tick } from './schedule.ts';

type EraseDeps = Readonly<{ database: Database; ownerWork?: OwnerWork | undefined; now: () => Temporal.Instant }>;

/** Where the server does not know the owner of the tables it stays open, and whoever hosts it runs the verb `erase`. */
export function eraseRestTask({ ownerWork }: Pick<EraseDeps, 'ownerWork'>): (input: TaskInput<'erase-rest'>) => Promise<void> {
  return async ({ businessId, erasureId }) => {
    await ownerWork?.eraseRest({ business: businessId, erasure: erasureId });
  };
}

/** Every hour: what was left of erasures, and businesses whose last day has passed. */
export function eraseTick(deps: EraseDeps): Tick {
  return {
    name: 'erase',
    cron: '37 * * * *',
    run: async () => {
      if (deps.ownerWork) await finishErasing({ ...deps, ownerWork: deps.ownerWork });
    },
  };
}

export type Finished = Readonly<{ erasures: number; removed: readonly string[] }>;

/** Finishes every erasure that is open, and removes every business whose thirty days are over. */
export async function finishErasing({ database, ownerWork, now }: EraseDeps & Readonly<{ ownerWork: OwnerWork }>): Promise<Finished> {
  let erasures = 0;
  const removed: string[] = [];
  for (const business of await allBusinessIds(database)) {
    const { over, open } = await inTransaction(database, { role: 'system', business, actor: systemActor }, async (scope) => ({
      over: await isOver(scope, now()),
      open: await openErasures(scope),
    }));
    if (over) {
      await ownerWork.removeBusiness(business, now());
      log.info('business removed', { business });
      removed.push(business);
      continue;
    }
    for (const erasure of open) await ownerWork.eraseRest({ business, erasure });
    erasures += open.length;
  }
  return { erasures, removed };
}
