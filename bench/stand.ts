import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type Cluster, startCluster } from '../src/db/embedded.ts';
import type { Login } from '../src/db/pool.ts';
import { type RunningServer, startServer } from '../test/running-server.ts';

/** A running server with an empty install of its own, and a superuser's client of its database for filling it. */
export type Stand = {
  readonly url: string;
  readonly pid: number;
  readonly client: pg.Client;
  readonly cluster: Cluster;
  /** The login the server itself works with. */
  readonly appLogin: Login;
  readonly appSecret: string;
  /** Stops the server and starts it again on the same data; answers the seconds until it served. */
  restart: () => Promise<number>;
  stop: () => Promise<void>;
};

/** Starts the built server as `npm start` does, on a folder of its own, and waits until it answers. */
export async function openStand(args: readonly string[] = [], more: Readonly<Record<string, string>> = {}): Promise<Stand> {
  const dataDir = mkdtempSync(join(tmpdir(), 'sip-bench-'));
  // A line per request would be measured here on both sides of the pipe; the bare server writes none.
  // All calls come with one key from one network here; how fast they are is asked, not how many are allowed.
  const env = { DATA_DIR: dataDir, DEMO: '0', LOG_LEVEL: 'warn', API_RATE: '99999', ...more };
  let server: RunningServer = await startServer(env, args);
  const cluster = await startCluster(dataDir);
  const { app } = JSON.parse(readFileSync(join(dataDir, 'logins.secret'), 'utf8')) as { app: string };
  let client = await superClientOf(cluster);
  return {
    get url() {
      return server.url;
    },
    get pid() {
      return server.child.pid ?? 0;
    },
    get client() {
      return client;
    },
    cluster,
    appSecret: readFileSync(join(dataDir, 'app.secret'), 'utf8').trim(),
    appLogin: { host: cluster.socketDir, port: 5432, user: 'app', password: app, database: 'invoices' },
    restart: async () => {
      await client.end();
      await server.end('SIGTERM');
      const started = performance.now();
      server = await startServer(env, args);
      const seconds = (performance.now() - started) / 1000;
      client = await superClientOf(cluster);
      return seconds;
    },
    stop: async () => {
      await client.end();
      await server.end('SIGTERM');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function superClientOf(cluster: Cluster): Promise<pg.Client> {
  const client = new pg.Client({ host: cluster.socketDir, port: 5432, user: 'postgres', password: cluster.superPassword, database: 'invoices' });
  client.on('error', () => {});
  await client.connect();
  return client;
}

/** A module of the bench as a process of its own; `said` is its first line, which it prints when it is ready. */
export async function startHelper(module: string, args: readonly string[]): Promise<{ said: string; stop: () => Promise<void> }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, module), ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (bytes: Buffer) => resolve(bytes.toString().trim()));
    child.once('exit', (code) => reject(new Error(`${module} ended with code ${code}`)));
  });
  const stop = async (): Promise<void> => {
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGTERM');
    await gone;
  };
  return { said, stop };
}
