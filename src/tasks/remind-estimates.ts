import type { Keys } from '../core/gateways.ts';
import { allBusinessIds } from '../db/businesses.ts';
import type { Database } from '../db/pool.ts';
import { remindEstimates } from '../domain/links/links.ts';
import type { Tick } from './schedule.ts';

/** Every hour: estimates whose last day is near are reminded of, in the working hours of their business. */
export function remindEstimatesTick({ database, keys }: Readonly<{ database: Database; keys: Keys }>): Tick {
  return {
    name: 'remind-estimates',
    cron: '23 * * * *',
    run: async () => {
      for (const business of await allBusinessIds(database)) await remindEstimates(database, keys, business);
    },
  };
}
