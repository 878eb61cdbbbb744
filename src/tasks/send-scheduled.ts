import type { Keys } from '../core/gateways.ts';
import { allBusinessIds } from '../db/businesses.ts';
import type { Database } from '../db/pool.ts';
import { sendDue } from '../domain/links/links.ts';
import type { Tick } from './schedule.ts';

/** Every minute: invoices that were to leave by now do. After days without a worker they leave one by one, the oldest first. */
export function sendScheduledTick({ database, keys }: Readonly<{ database: Database; keys: Keys }>): Tick {
  return {
    name: 'send-scheduled',
    cron: '* * * * *',
    run: async () => {
      for (const business of await allBusinessIds(database)) await sendDue(database, keys, business);
    },
  };
}
