import pg from 'pg';
import type { OutgoingMail } from '../src/core/gateways.ts';
import { clientConfig } from '../src/db/pool.ts';
import { startWorker } from '../src/tasks/worker.ts';
import type { Deps } from '../src/web/context.ts';
import { tasksOf } from '../src/wire.ts';
import type { TestWeb } from './web.ts';

/** The real worker with every real task, and each mail that leaves it kept where a test can read it. */
export type PostRoom = Readonly<{
  letters: OutgoingMail[];
  deps: Deps;
  /** Resolves once no task is waiting any more. */
  drain: () => Promise<void>;
  close: () => Promise<void>;
}>;

export async function openPostRoom(web: TestWeb, changes: Partial<Deps> = {}): Promise<PostRoom> {
  const letters: OutgoingMail[] = [];
  const mail: Deps['mail'] = {
    send: async (letter) => {
      letters.push(letter);
      return { kind: 'kept' };
    },
  };
  const deps = { ...web.deps, mail, ...changes };
  const worker = await startWorker({ login: web.login, handlers: tasksOf(deps).handlers });
  const client = new pg.Client(clientConfig(web.login, 'test', '-c role=system'));
  await client.connect();
  const waiting = async (): Promise<number> => {
    const { rows } = await client.query<{ count: number }>(
      'select count(*)::int as count from graphile_worker._private_jobs where attempts < max_attempts and (run_at <= now() or locked_at is not null)',
    );
    return rows[0]?.count ?? 0;
  };
  return {
    letters,
    deps,
    drain: async () => {
      for (let tries = 0; (await waiting()) > 0; tries += 1) {
        if (tries > 600) throw new Error('tasks are still waiting after 30 seconds');
        await new Promise((done) => setTimeout(done, 50));
      }
    },
    close: async () => {
      await client.end();
      await worker.stop();
    },
  };
}
