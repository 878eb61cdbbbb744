import { allBusinessIds } from '../db/businesses.ts';
import type { Database } from '../db/pool.ts';
import { mailStatements } from '../domain/statements/monthly/monthly.ts';
import type { Tick } from './schedule.ts';

/** Every hour: where the first of a month has come in a business's calendar, those who asked for it are mailed the month before. */
export function mailStatementsTick({ database }: Readonly<{ database: Database }>): Tick {
  return {
    name: 'mail-statements',
    cron: '37 * * * *',
    run: async () => {
      for (const business of await allBusinessIds(database)) await mailStatements(database, business);
    },
  };
}
