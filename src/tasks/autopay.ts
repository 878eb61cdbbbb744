import { allBusinessIds } from '../db/businesses.ts';
import { inTransaction, systemActor } from '../db/scope.ts';
import { chargePlanned, type Till, tendAutopay, tendMandate, tendMethod, tidySaved } from '../domain/payments/payments.ts';
import { errorFields, log } from '../log.ts';
import type { Tick } from './schedule.ts';
import type { TaskHandlers } from './worker.ts';

/** Every ten minutes, because each business has its own day: what is to be told, ended and charged by itself. */
export function autopayTick(till: Till): Tick {
  return {
    name: 'autopay',
    cron: '*/10 * * * *',
    run: async () => {
      for (const business of await allBusinessIds(till.database)) {
        await tendOne(till, business).catch((error: unknown) => log.error('autopay not tended', { business, ...errorFields(error) }));
      }
    },
  };
}

async function tendOne(till: Till, business: string): Promise<void> {
  await inTransaction(till.database, { role: 'system', business, actor: systemActor }, (scope) => tendAutopay(scope, till.keys));
  await tidySaved(till, business);
}

/** Charges one planned payment. Run twice, the second finds it charged. */
export function chargeAutopayTask(till: Till): TaskHandlers['charge-autopay'] {
  return async ({ businessId, chargeId }) => void (await chargePlanned(till, businessId, chargeId));
}

/** Mails, plans and ends what follows from a change. Run twice, the second finds nothing to do. */
export function tendAutopayTask({ database, keys }: Till): TaskHandlers['tend-autopay'] {
  return async ({ businessId, mandateId, methodId }) => {
    await inTransaction(database, { role: 'system', business: businessId, actor: systemActor }, async (scope) => {
      if (mandateId !== null) await tendMandate(scope, keys, mandateId);
      if (methodId !== null) await tendMethod(scope, methodId);
    });
  };
}
