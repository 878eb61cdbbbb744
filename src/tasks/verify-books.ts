import { allBusinessIds } from '../db/businesses.ts';
import { noteCheck } from '../db/host.ts';
import type { Database } from '../db/pool.ts';
import { inTransaction, systemActor } from '../db/scope.ts';
import { verifyBooks } from '../domain/ledger/ledger.ts';
import { log } from '../log.ts';
import type { Tick } from './schedule.ts';

/** Every night the books of every business are added up again, as the command `verify` does. What differs is logged by business, never by amount. */
export function verifyBooksTick({ database }: { database: Database }): Tick {
  return {
    name: 'verify-books',
    cron: '17 2 * * *',
    run: async () => {
      let differences = 0;
      for (const business of await allBusinessIds(database)) {
        const found = await inTransaction(database, { role: 'system', business, actor: systemActor }, verifyBooks);
        if (found.length > 0) log.error('books differ', { business, differences: found.length });
        differences += found.length;
      }
      await noteCheck(database, 'verify', differences);
    },
  };
}
