import type { Keys } from '../core/gateways.ts';
import { allBusinessIds } from '../db/businesses.ts';
import type { Database } from '../db/pool.ts';
import { inTransaction, systemActor } from '../db/scope.ts';
import { beginRound, remindCustomer } from '../domain/reminders/reminders.ts';
import type { Tick } from './schedule.ts';
import type { TaskHandlers } from './worker.ts';

/** Every ten minutes, because each business has its own hour: begins its round of the day. A business with nothing to begin costs one row read by its key. */
export function remindersTick({ database }: Readonly<{ database: Database }>): Tick {
  return {
    name: 'reminders',
    cron: '*/10 * * * *',
    run: async () => {
      for (const business of await allBusinessIds(database)) await inTransaction(database, { role: 'system', business, actor: systemActor }, beginRound);
    },
  };
}

/** Reminds one customer of what is due. Run twice, the second finds it done. */
export function sendRemindersTask({ database, keys }: Readonly<{ database: Database; keys: Keys }>): TaskHandlers['send-reminders'] {
  return async ({ businessId, customerId }) => {
    await inTransaction(database, { role: 'system', business: businessId, actor: systemActor }, (scope) => remindCustomer(scope, keys, customerId));
  };
}
