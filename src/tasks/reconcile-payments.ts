import { allBusinessIds } from '../db/businesses.ts';
import { noteCheck } from '../db/host.ts';
import { reconcilePayments, reconcileRefunds, type Till } from '../domain/payments/payments.ts';
import { errorFields, log } from '../log.ts';
import type { Tick } from './schedule.ts';

/** Businesses asked about at once: a processor that hangs for one keeps the others waiting little. */
const abreast = 4;

async function reconcileBoth(till: Till, business: string): Promise<void> {
  await reconcilePayments(till, business);
  await reconcileRefunds(till, business);
}

/** Every minute the processor is asked about every attempt that is still open, so that lost notices cost a minute and no money. */
export function reconcileTick(till: Till): Tick {
  return {
    name: 'reconcile-payments',
    cron: '* * * * *',
    run: async () => {
      const waiting = [...(await allBusinessIds(till.database))];
      const lane = async (): Promise<void> => {
        for (let business = waiting.shift(); business !== undefined; business = waiting.shift()) {
          await reconcileBoth(till, business).catch((error: unknown) => log.error('payments not reconciled', { business, ...errorFields(error) }));
        }
      };
      await Promise.all(Array.from({ length: abreast }, lane));
      await noteCheck(till.database, 'reconcile');
    },
  };
}
