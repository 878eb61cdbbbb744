import { allBusinessIds } from '../db/businesses.ts';
import type { Database } from '../db/pool.ts';
import { inTransaction, systemActor } from '../db/scope.ts';
import { officeAddress, queueMail } from '../domain/mails/mails.ts';
import { takeUntoldKeys } from '../domain/people/api-keys.ts';
import type { Tick } from './schedule.ts';

/** Every morning: tells the office once of each key that ends within two weeks. */
export function tellOfEndingKeysTick({ database }: { database: Database }): Tick {
  return {
    name: 'ending keys',
    cron: '13 7 * * *',
    run: async () => {
      for (const business of await allBusinessIds(database)) {
        await inTransaction(database, { role: 'system', business, actor: systemActor }, async (scope) => {
          const to = await officeAddress(scope);
          if (to === null) return;
          for (const { id, name, expires_at: endsAt } of await takeUntoldKeys(scope)) {
            await queueMail(scope, { kind: 'office_notice', once: `key_ending:${id}`, to, facts: { notice: 'key_ending', name, detail: endsAt.slice(0, 10) } });
          }
        });
      }
    },
  };
}
