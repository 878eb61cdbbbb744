import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The compiled product in a process of its own, as a host runs it. */
export type RunningServer = Readonly<{
  url: string;
  child: ChildProcess;
  /** Everything it has said so far, on both streams. */
  said: () => string;
  /** Sends a signal and resolves with the exit code once it has ended; null when a signal ended it. */
  end: (signal: NodeJS.Signals) => Promise<number | null>;
}>;

let built = false;
/** Builds what changed since the last build; a fraction of a second when nothing did. */
function build(): void {
  if (!built) execFileSync(process.execPath, ['bin/setup.mjs'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  built = true;
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return address.port;
}

/** What `npm start` tells Node about memory: measured and tried is what a host runs. */
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: { start: string } };
const nodeFlags = scripts.start.split(' ').filter((word) => word.startsWith('--'));

type Run = Readonly<{ child: ChildProcess; said: () => string; ended: Promise<number | null> }>;

/** Runs one verb of the compiled product with only the given environment; `entry` may be a file that does something first. */
export function runVerb(args: readonly string[], env: Readonly<Record<string, string>>, entry = 'dist/main.js'): Run {
  build();
  const child = spawn(process.execPath, [...nodeFlags, entry, ...args], {
    cwd: root,
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...env },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (piece: string) => (text += piece));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return { child, said: () => text, ended };
}

/** Starts `serve` and resolves once its doors are open. Throws with what it said when it ends before. */
export async function startServer(env: Readonly<Record<string, string>>, args: readonly string[] = [], entry?: string): Promise<RunningServer> {
  const port = env['PORT'] ?? String(await freePort());
  const run = runVerb(['serve', ...args], { ...env, PORT: port }, entry);
  const url = `http://127.0.0.1:${port}`;
  let over = false;
  void run.ended.then(() => {
    over = true;
  });
  for (let tries = 0; tries < 1_200 && !over; tries += 1) {
    const live = await fetch(`${url}/health/live`).catch(() => null);
    if (live?.ok) {
      const end = async (signal: NodeJS.Signals): Promise<number | null> => {
        run.child.kill(signal);
        return run.ended;
      };
      return { url, child: run.child, said: run.said, end };
    }
    await new Promise((done) => setTimeout(done, 50));
  }
  run.child.kill('SIGKILL');
  throw new Error(`the server did not open its doors:\n${run.said()}`);
}
