import pg from 'pg';
import { readMigrations } from './migrator.ts';
import { clientConfig, type Login } from './pool.ts';

export type Pulse = Readonly<{ ask: () => Promise<'database' | 'migrations' | null>; close: () => Promise<void> }>;

const limitMs = 2_000;
/** An answer is good for a moment, so that many who ask cost one question. */
const freshMs = 1_000;

/**
 * Whether the database answers and has what this version needs, over one connection of its own: a busy pool is no broken database.
 * `database`: not reached within two seconds. `migrations`: it lacks some, as after a restore of an older copy.
 */
export function takePulse(login: Login): Pulse {
  const names = readMigrations().map(({ name }) => name);
  let client: pg.Client | null = null;
  let last: { atMs: number; answer: Promise<'database' | 'migrations' | null> } | null = null;

  const connected = async (): Promise<pg.Client> => {
    if (client !== null) return client;
    const fresh = new pg.Client({ ...clientConfig(login, 'service-invoice-pro health'), connectionTimeoutMillis: limitMs, query_timeout: limitMs });
    const lost = (): void => {
      if (client === fresh) client = null;
    };
    fresh.on('error', lost);
    fresh.on('end', lost);
    await fresh.connect();
    client = fresh;
    return fresh;
  };

  const question = async (): Promise<'database' | 'migrations' | null> => {
    try {
      const { rows } = await (await connected()).query<{ known: number }>('select count(*)::int as known from migrations where name = any ($1)', [names]);
      return rows[0]?.known === names.length ? null : 'migrations';
    } catch {
      const broken = client;
      client = null;
      // It may never answer: what it still has to say interests nobody.
      void broken?.end().catch(() => {});
      return 'database';
    }
  };

  return {
    ask: () => {
      const nowMs = performance.now();
      if (last === null || nowMs - last.atMs > freshMs) last = { atMs: nowMs, answer: question() };
      return last.answer;
    },
    close: async () => {
      const held = client;
      client = null;
      await held?.end();
    },
  };
}
