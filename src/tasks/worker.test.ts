import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import { afterEach, describe, expect, test } from 'vitest';
import { testDatabase } from '../../test/db.ts';
import { newId } from '../db/fresh.ts';
import { clientConfig } from '../db/pool.ts';
import { deadTasks } from '../db/queue.ts';
import { inTransaction, type Scope, systemActor } from '../db/scope.ts';
import { setLogLevel } from '../log.ts';
import { startWorker, type Worker } from './worker.ts';

const db = testDatabase();
const business = newId();
const running: Worker[] = [];
setLogLevel('silent');
afterEach(async () => {
  for (const worker of running.splice(0)) await worker.stop();
});

type Note = { note: string; businessId: string };
const inScope = <T>(work: (scope: Scope) => Promise<T>): Promise<T> => inTransaction(db().database, { role: 'office', business, actor: systemActor }, work);
const add = (scope: Scope, task: string, note: string, tries = 25) =>
  sql`select enqueue_task(${task}, ${JSON.stringify({ note, businessId: newId() })}::jsonb, null, ${note}, ${tries}, 0)`.execute(scope.tx);

async function work(handlers: Parameters<typeof startWorker>[0]['handlers'], extra: Partial<Parameters<typeof startWorker>[0]> = {}): Promise<void> {
  running.push(await startWorker({ login: db().login, handlers, ...extra }));
}

async function asSystem<T>(question: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(clientConfig(db().login, 'test', '-c role=system'));
  await client.connect();
  try {
    return await question(client);
  } finally {
    await client.end();
  }
}
const waiting = (): Promise<number> =>
  asSystem(async (client) => Number((await client.query('select count(*)::int as n from graphile_worker._private_jobs')).rows[0].n));

describe('a task', () => {
  test('J1 exists if and only if its transaction commits', async () => {
    const before = await waiting();
    await inScope((scope) => add(scope, 'later', 'kept'));
    const failed = inScope(async (scope) => {
      await add(scope, 'later', 'lost');
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(await waiting()).toBe(before + 1);
  });

  test('T7 carries the business of its scope, whatever its payload says', async () => {
    const seen: Note[] = [];
    await work({ stamped: async (input: Note) => void seen.push(input) });
    await inScope((scope) => add(scope, 'stamped', 'one'));
    await expect.poll(() => seen).toEqual([{ note: 'one', businessId: business }]);
  });

  test('cannot be added without a scope', async () => {
    await expect(asSystem((client) => client.query(`select enqueue_task('x', '{}', null, null, 1, 0)`))).rejects.toMatchObject({ code: '42501' });
  });

  test('with the key of a waiting one replaces it', async () => {
    const before = await waiting();
    for (const note of ['same', 'same']) await inScope((scope) => add(scope, 'keyed', note));
    expect(await waiting()).toBe(before + 1);
  });
});

describe('the worker', () => {
  test('J4 goes on with others while one fails, and keeps what failed for good with its reason', async () => {
    const done: string[] = [];
    const poisonous = async (): Promise<void> => {
      throw new Error('this one never works');
    };
    await work({ poison: poisonous, fine: async (input: Note) => void done.push(input.note) });
    await inScope(async (scope) => {
      await add(scope, 'poison', 'bad', 1);
      for (const note of ['a', 'b', 'c']) await add(scope, 'fine', note);
    });
    await expect.poll(() => [...done].sort()).toEqual(['a', 'b', 'c']);
    await expect
      .poll(() => asSystem((client) => deadTasks(client)))
      .toMatchObject([{ task: 'poison', business, attempts: 1, lastError: expect.stringContaining('never works') }]);
  });

  test('a task that hangs counts as failed after its limit', async () => {
    let runs = 0;
    const hang = (): Promise<void> => {
      runs += 1;
      return new Promise(() => {});
    };
    await work({ hang }, { taskLimitMs: 200 });
    await inScope((scope) => add(scope, 'hang', 'x', 1));
    await expect.poll(() => asSystem((client) => deadTasks(client))).toContainEqual(expect.objectContaining({ task: 'hang' }));
    expect(runs).toBe(1);
  });

  test('J3 finishes its running task before it stops', async () => {
    let finished = false;
    const started = Promise.withResolvers<void>();
    const worker = await startWorker({
      login: db().login,
      handlers: {
        slow: async () => {
          started.resolve();
          await wait(400);
          finished = true;
        },
      },
    });
    await inScope((scope) => add(scope, 'slow', 's'));
    await started.promise;
    await worker.stop();
    expect(finished).toBe(true);
  });

  test('J3 killed outright, its task is resumed by another within seconds', async () => {
    const child = spawn(process.execPath, [join(import.meta.dirname, '../../test/hanging-worker.ts'), JSON.stringify(db().login)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await inScope((scope) => add(scope, 'resumed', 'r'));
    await once(child.stdout, 'data');
    const done: string[] = [];
    await work({ resumed: async (input: Note) => void done.push(input.note) }, { healEveryMs: 200 });
    await wait(600);
    expect(done, 'a living worker keeps its task').toEqual([]);
    child.kill('SIGKILL');
    await expect.poll(() => done, { timeout: 5_000 }).toEqual(['r']);
  });
});
