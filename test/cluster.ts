import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startCluster } from '../src/db/embedded.ts';
import { clusterLogin, makeLogins, superClient } from '../src/db/logins.ts';
import { migrate } from '../src/db/migrator.ts';

/** What test files need to make databases of their own on the run's server. */
export type TestCluster = Readonly<{ socketDir: string; superPassword: string; password: string; template: string /** Gone with the run. */; folder: string }>;

declare module 'vitest' {
  export interface ProvidedContext {
    cluster: TestCluster;
  }
}

const template = 'template_migrated';
const password = 'only-on-this-throw-away-server';

/** What is kept for a day without power, and how a database is cloned where the system can copy a file by itself. */
const throwAway = [
  ...['fsync = off', 'synchronous_commit = off', 'full_page_writes = off', "max_wal_size = '4GB'", "checkpoint_timeout = '1h'"],
  ...(process.platform === 'linux' ? ['file_copy_method = clone'] : []),
];

/** One server a run, with one migrated database to clone. It is thrown away, so it need not survive a power cut. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'invoice-tests-'));
  const cluster = await startCluster(folder);
  const client = await superClient(cluster);
  for (const setting of throwAway) await client.query(`alter system set ${setting}`);
  await client.query('select pg_reload_conf()');
  await makeLogins(client, { app: password, owner: password });
  await client.query(`create database ${template} owner owner`);
  await migrate(clusterLogin(cluster, 'owner', password, template));
  await client.query(`alter database ${template} allow_connections false`);
  await client.end();
  project.provide('cluster', { socketDir: cluster.socketDir, superPassword: cluster.superPassword, password, template, folder });
  return async () => {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
