// Writes src/db/tables.ts from the migrations, on a throw-away server.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startCluster } from '../src/db/embedded.ts';
import { embeddedLogins } from '../src/db/logins.ts';
import { migrate } from '../src/db/migrator.ts';
import { clientConfig } from '../src/db/pool.ts';
import { tableTypes } from './table-types.ts';

const folder = mkdtempSync(join(tmpdir(), 'types-'));
const cluster = await startCluster(folder);
try {
  const { owner } = await embeddedLogins(cluster, folder);
  if (!owner) throw new Error('the embedded server has an owner');
  await migrate(owner);
  const client = new pg.Client(clientConfig(owner, 'types'));
  await client.connect();
  writeFileSync(new URL('../src/db/tables.ts', import.meta.url), await tableTypes(client));
  await client.end();
} finally {
  await cluster.stop();
  rmSync(folder, { recursive: true, force: true });
}
