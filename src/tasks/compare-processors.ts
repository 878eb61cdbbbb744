import { allBusinessIds } from '../db/businesses.ts';
import { fetchFees, fetchPayouts, type Till } from '../domain/payments/payments.ts';
import { catchUp, compareBooks } from '../domain/processors/comparing/compare.ts';
import { errorFields, log } from '../log.ts';
import type { Tick } from './schedule.ts';

/** Every five minutes what processors told and what never arrived is fetched: with every notice lost the books are right soon after. */
export function catchUpTick(till: Till): Tick {
  return { name: 'catch-up', cron: '*/5 * * * *', run: () => each(till, 'notices not fetched', (business) => catchUp(till, business)) };
}

/** Every quarter of an hour what processors kept of payments is learned: they tell it some time after the payment. */
export function fetchFeesTick(till: Till): Tick {
  return { name: 'fetch-fees', cron: '7,22,37,52 * * * *', run: () => each(till, 'fees not fetched', (business) => fetchFees(till, business)) };
}

/** Every hour what was sent to the businesses' banks is learned, and what is in it. */
export function fetchPayoutsTick(till: Till): Tick {
  return { name: 'fetch-payouts', cron: '41 * * * *', run: () => each(till, 'payouts not fetched', (business) => fetchPayouts(till, business)) };
}

const [usualDays, wholeDays] = [3, 90];

/** Every hour the books of the last days are held against the processor's, once a day those of three months. */
export function compareTick(till: Till, hourNow: () => number): Tick {
  return {
    name: 'compare-processors',
    cron: '23 * * * *',
    run: () =>
      each(till, 'books not compared', async (business) => {
        const found = await compareBooks(till, business, hourNow() === 3 ? wholeDays : usualDays);
        if (found) log.error('books differ from the processor', { business, found });
      }),
  };
}

async function each(till: Till, trouble: string, work: (business: string) => Promise<unknown>): Promise<void> {
  for (const business of await allBusinessIds(till.database)) {
    await work(business).catch((error: unknown) => log.error(trouble, { business, ...errorFields(error) }));
  }
}
