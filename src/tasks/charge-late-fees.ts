import type { Keys } from '../core/gateways.ts';
import { allBusinessIds } from '../db/businesses.ts';
import type { Database } from '../db/pool.ts';
import { inTransaction, systemActor } from '../db/scope.ts';
import { chargeLateFees, lateBills } from '../domain/charges/charges.ts';
import { errorFields, log } from '../log.ts';
import type { Tick } from './schedule.ts';

type Deps = Readonly<{ database: Database; keys: Keys }>;

/** Every hour, because each business's day begins at its own: bills on which a period of lateness has begun, each in its own transaction. */
export function chargeLateFeesTick(deps: Deps): Tick {
  return {
    name: 'charge-late-fees',
    cron: '23 * * * *',
    run: async () => {
      for (const business of await allBusinessIds(deps.database)) {
        await chargeOne(deps, business).catch((error: unknown) => log.error('late fees not charged', { business, ...errorFields(error) }));
      }
    },
  };
}

async function chargeOne({ database, keys }: Deps, business: string): Promise<void> {
  const as = { role: 'system', business, actor: systemActor } as const;
  let after: Parameters<typeof lateBills>[1] = null;
  for (;;) {
    const bills = await inTransaction(database, as, (scope) => lateBills(scope, after));
    for (const { id } of bills) await inTransaction(database, as, (scope) => chargeLateFees(scope, keys, id));
    after = bills.at(-1) ?? null;
    if (after === null) return;
  }
}
