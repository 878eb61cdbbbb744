import { allBusinessIds } from '../db/businesses.ts';
import type { Database } from '../db/pool.ts';
import { inTransaction, systemActor } from '../db/scope.ts';
import type { TaskInput } from '../db/task-names.ts';
import { handOnEvents, sweepDeliveries, wakeAll } from '../domain/webhooks/webhooks.ts';
import type { Tick } from './schedule.ts';

/** Makes a delivery of each new event for each webhook that wants it. */
export function handOnEventsTask({ database }: { database: Database }): (input: TaskInput<'hand-on-events'>) => Promise<void> {
  return async ({ businessId }) => {
    const once = (): Promise<boolean> => inTransaction(database, { role: 'system', business: businessId, actor: systemActor }, handOnEvents);
    while (await once());
  };
}

/** Finds events that nobody handed on and deliveries that nobody sent, should a task have been lost. */
export function webhooksTick({ database }: { database: Database }): Tick {
  return {
    name: 'webhooks',
    cron: '*/5 * * * *',
    run: async () => {
      for (const business of await allBusinessIds(database)) await inTransaction(database, { role: 'system', business, actor: systemActor }, wakeAll);
    },
  };
}

/** Every night: deliveries older than the log is kept. */
export function sweepDeliveriesTick({ database }: { database: Database }): Tick {
  return {
    name: 'sweep webhooks',
    cron: '17 4 * * *',
    run: async () => {
      for (const business of await allBusinessIds(database)) await inTransaction(database, { role: 'system', business, actor: systemActor }, sweepDeliveries);
    },
  };
}
