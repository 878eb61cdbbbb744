import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** What the receiver saw: `valid` says that the `standardwebhooks` package took it with one of the secrets it was told. */
export type Received = Readonly<{ path: string; id: string; valid: boolean; signatures: number; type: string; answered: number }>;
export type Behaviour = Readonly<{ secret?: string; status?: number; headers?: Record<string, string>; body?: string; hang?: boolean }>;

/** Somebody else's program, in a process of its own: an HTTP server that checks every webhook with the `standardwebhooks` package. */
export type Receiver = Readonly<{
  url: (path: string) => string;
  /** How it answers on a path from now on; it waits for nothing that hangs once told otherwise. */
  behave: (path: string, as: Behaviour) => Promise<void>;
  received: (path: string) => Promise<Received[]>;
  close: () => Promise<void>;
}>;

export async function startReceiver(): Promise<Receiver> {
  const child: ChildProcess = spawn(process.execPath, [join(import.meta.dirname, 'webhook-receiver-process.ts')], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  const base = `http://127.0.0.1:${Number(said.toString())}`;
  return {
    url: (path) => `${base}/in/${path}`,
    behave: async (path, as) => void (await fetch(`${base}/control/${path}`, { method: 'PUT', body: JSON.stringify(as) })),
    received: async (path) => (await (await fetch(`${base}/control/${path}`)).json()) as Received[],
    close: async () => {
      child.kill();
      await once(child, 'close');
    },
  };
}
