import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { errorFields, log } from '../log.ts';
import { clientConfig, type Login } from './pool.ts';

export type PoolLock = Readonly<{ release: () => Promise<void> }>;

/**
 * Tells the other workers that this pool lives, by a session lock on its id (`free_dead_tasks` reads it). The database drops the lock with the
 * connection, so a killed worker is known at once. Taken again by itself after a cut.
 */
export async function holdPoolLock(login: Login, poolId: string): Promise<PoolLock> {
  let client: pg.Client | null = null;
  let released = false;
  const take = async (): Promise<void> => {
    const fresh = new pg.Client(clientConfig(login, 'service-invoice-pro worker lock', '-c role=system'));
    const lost = (): void => {
      if (client !== fresh) return;
      client = null;
      void again();
    };
    fresh.on('error', lost);
    fresh.on('end', lost);
    await fresh.connect();
    await fresh.query('select pg_advisory_lock(hashtextextended($1, 7205))', [poolId]);
    client = fresh;
  };
  const again = async (): Promise<void> => {
    while (!released && !client) {
      await wait(500);
      await take().catch((error: unknown) => log.warn('worker lock not taken again', errorFields(error)));
    }
  };
  await take();
  return {
    release: async () => {
      released = true;
      const held = client;
      client = null;
      await held?.end();
    },
  };
}
