import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Knobs, Thing } from './model.ts';
import type { Held } from './notices.ts';

/** The stand-in as a process of its own, with hands on what a payer and a bank do there. */
export type StandIn = Readonly<{
  url: string;
  pid: number;
  knobs: (knobs: Partial<Knobs>) => Promise<void>;
  pay: (session: string, number?: string) => Promise<string>;
  decide: (intent: string, decision: string) => Promise<void>;
  endpoint: (account: string, url: string, secret: string, live?: boolean) => Promise<void>;
  /** Anything else a person or a bank does: `dispute`, `end-dispute`, `end-refund`, `payout`. */
  does: (what: string, of: Readonly<Record<string, string>>) => Promise<void>;
  held: () => Promise<Held[]>;
  things: (object: string) => Promise<Thing[]>;
  close: () => Promise<void>;
}>;

export async function startStandIn(port = 0): Promise<StandIn> {
  const child = fork(fileURLToPath(new URL('./child.ts', import.meta.url)), [String(port)], { env: {}, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const url = await new Promise<string>((done, fail) => {
    child.once('message', (told) => done((told as { url: string }).url));
    child.once('exit', (code) => fail(new Error(`the stand-in ended with ${code}`)));
  });
  const ask = async <T>(what: string, of: unknown = {}): Promise<T> => {
    const answer = await fetch(`${url}/_test/${what}`, { method: 'POST', body: JSON.stringify(of) });
    return (await answer.json()) as T;
  };
  return {
    url,
    pid: child.pid ?? 0,
    knobs: async (knobs) => void (await ask('knobs', knobs)),
    pay: async (session, number) => (await ask<{ paid: string }>('pay', { session, ...(number === undefined ? {} : { number }) })).paid,
    decide: async (intent, decision) => void (await ask('decide', { intent, decision })),
    endpoint: async (account, target, secret, live = false) => void (await ask('endpoint', { account, url: target, secret, live: live ? 'yes' : 'no' })),
    does: async (what, of) => void (await ask(what, of)),
    held: () => ask('held'),
    things: (object) => ask('things', { object }),
    close: async () => {
      const ended = new Promise((done) => child.once('exit', done));
      child.kill('SIGTERM');
      await ended;
    },
  };
}
