import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import { startCluster } from '../src/db/embedded.ts';
import { superClient } from '../src/db/logins.ts';
import type { Login } from '../src/db/pool.ts';

/** A running server with an empty install of its own, and a superuser's client of its database for filling it. */
export type Stand = {
  readonly url: string;
  readonly pid: number;
  readonly client: pg.Client;
  readonly socketDir: string;
  readonly superPassword: string;
  readonly startSeconds: number;
  /** The login the server itself works with. */
  readonly appLogin: Login;
  stop: () => Promise<void>;
  restart: () => Promise<number>;
};

export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

const home = join(import.meta.dirname, '..');

/** Starts the built server as `npm start` does, on a folder of its own, and waits until it answers. */
export async function openStand(args: readonly string[] = []): Promise<Stand> {
  const dataDir = mkdtempSync(join(tmpdir(), 'sip-bench-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = { ...process.env, DATA_DIR: dataDir, PORT: String(port), HOST: '127.0.0.1', APP_URL: url, DEMO: '0' };
  let child = launch(env, args);
  const startSeconds = await ready(url, child);
  const cluster = await startCluster(dataDir);
  const connect = async (): Promise<pg.Client> => {
    const client = await superClient(cluster);
    await client.end();
    const { default: postgres } = await import('pg');
    const own = new postgres.Client({ host: cluster.socketDir, port: 5432, user: 'postgres', password: cluster.superPassword, database: 'invoices' });
    own.on('error', () => {});
    await own.connect();
    return own;
  };
  let client = await connect();
  const { app } = JSON.parse(readFileSync(join(dataDir, 'logins.secret'), 'utf8')) as { app: string };
  return {
    url,
    socketDir: cluster.socketDir,
    superPassword: cluster.superPassword,
    startSeconds,
    appLogin: { host: cluster.socketDir, port: 5432, user: 'app', password: app, database: 'invoices' },
    get pid() {
      return child.pid ?? 0;
    },
    get client() {
      return client;
    },
    restart: async () => {
      await client.end();
      await end(child);
      child = launch(env, args);
      const seconds = await ready(url, child);
      client = await connect();
      return seconds;
    },
    stop: async () => {
      await client.end();
      await end(child);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function launch(env: NodeJS.ProcessEnv, args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [join(home, 'dist', 'main.js'), 'serve', ...args], { cwd: home, env, stdio: ['ignore', 'ignore', 'inherit'] });
}

async function ready(url: string, child: ChildProcess): Promise<number> {
  const started = performance.now();
  for (let tries = 0; tries < 1200; tries += 1) {
    if (child.exitCode !== null) throw new Error(`the server ended with code ${child.exitCode}`);
    const answer = await fetch(`${url}/health/live`).catch(() => null);
    if (answer?.ok) return (performance.now() - started) / 1000;
    await wait(50);
  }
  throw new Error('the server did not answer within a minute');
}

async function end(child: ChildProcess): Promise<void> {
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  await gone;
}

/** A module of the bench run as a process of its own; `ready` when it prints its first line, which is JSON. */
export async function startHelper(module: string, args: readonly string[]): Promise<{ said: string; stop: () => Promise<void> }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, module), ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (bytes: Buffer) => resolve(bytes.toString().trim()));
    child.once('exit', (code) => reject(new Error(`${module} ended with code ${code}`)));
  });
  return { said, stop: () => end(child) };
}
