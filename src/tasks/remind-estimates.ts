import type { Keys } from '../core/gateways.ts';
import { allBusinessIds } from '../db/businesses.ts';
import type { Database } from '../db/pool.ts';
import { remindApprovers, remindEstimates } from '../domain/links/links.ts';
import type { Tick } from './schedule.ts';

/** Every hour, in the working hours of each business: estimates whose last day is near are reminded of, and approvers of what waits for them. */
export function remindEstimatesTick({ database, keys }: Readonly<{ database: Database; keys: Keys }>): Tick {
  return {
    name: 'remind-estimates',
    cron: '23 * * * *',
    run: async () => {
      for (const business of await allBusinessIds(database)) {
        await remindEstimates(database, keys, business);
        await remindApprovers(database, keys, business);
      }
    },
  };
}
