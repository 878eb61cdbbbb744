import { readFileSync } from 'node:fs';
import type { NetConnectOpts } from 'node:net';
import { join } from 'node:path';
import type pg from 'pg';
import { type Cluster, startCluster } from '../src/db/embedded.ts';
import { runPostgres } from '../src/db/embedded-run.ts';
import { superClient } from '../src/db/logins.ts';

const passwords = { owner_password: 'owner-of-tests', app_password: "app's of tests" };

/** A PostgreSQL of the host's own, as careful as a host's is, with nothing in it but the two logins of deploy/logins.sql. */
export type OwnDatabase = Readonly<{
  /** An address over its socket, or through a port of this machine that leads there. */
  urlFor: (user: 'owner' | 'app', way?: Readonly<{ database?: string; port?: number }>) => string;
  /** Where it listens. */
  place: () => NetConnectOpts;
  asSuperuser: <T>(work: (client: pg.Client) => Promise<T>) => Promise<T>;
  /** Ends it as a power cut would: nobody is told, nothing is finished, nothing is written any more. */
  stopNow: () => Promise<void>;
  /** Starts it again; it recovers from what it had written. */
  startAgain: () => Promise<void>;
  close: () => Promise<void>;
}>;

export async function ownDatabase(folder: string): Promise<OwnDatabase> {
  const dataDir = join(folder, 'postgres');
  let cluster: Cluster = await startCluster(dataDir);
  const asSuperuser: OwnDatabase['asSuperuser'] = async (work) => {
    const client = await superClient(cluster);
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  };
  await asSuperuser(async (client) => {
    const script = readFileSync(join(import.meta.dirname, '../deploy/logins.sql'), 'utf8').replace(/--.*$/gm, '');
    const filled = script.replace(/:'(\w+)'/g, (_, name: keyof typeof passwords) => client.escapeLiteral(passwords[name]));
    for (const statement of filled.split(';').filter((piece) => piece.trim() !== '')) await client.query(statement);
  });
  return {
    urlFor: (user, { database = 'invoices', port } = {}) => {
      const login = `postgres://${user}:${encodeURIComponent(passwords[`${user}_password`])}`;
      return port === undefined ? `${login}@localhost/${database}?host=${encodeURIComponent(cluster.socketDir)}` : `${login}@127.0.0.1:${port}/${database}`;
    },
    place: () => ({ path: join(cluster.socketDir, '.s.PGSQL.5432') }),
    asSuperuser,
    stopNow: async () => {
      await runPostgres('pg_ctl', ['-D', join(dataDir, 'postgres'), '-m', 'immediate', '-w', '-t', '30', '-s', 'stop']);
    },
    startAgain: async () => {
      cluster = await startCluster(dataDir);
    },
    close: () => cluster.stop(),
  };
}
