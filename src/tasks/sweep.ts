import { allBusinessIds } from '../db/businesses.ts';
import type { Database } from '../db/pool.ts';
import { inTransaction, systemActor } from '../db/scope.ts';
import { sweepActs } from '../domain/acts/acts.ts';
import { sweepSignIn } from '../domain/people/confirm.ts';
import type { Tick } from './schedule.ts';

/** Every night: spent codes, ended sessions, past throttles, and replies kept for repeated requests that nobody repeats any more. */
export function sweepTick({ database }: { database: Database }): Tick {
  return {
    name: 'sweep',
    cron: '41 3 * * *',
    run: async () => {
      await sweepSignIn(database);
      for (const business of await allBusinessIds(database)) await inTransaction(database, { role: 'system', business, actor: systemActor }, sweepActs);
    },
  };
}
