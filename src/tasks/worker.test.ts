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
import { deadTasks, listDeadTasks, replayTasks } from '../db/queue.ts';
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

  test('J4 runs again from its first try what failed for good, when somebody asks', async () => {
    let broken = true;
    const done: string[] = [];
    const handler = async (input: Note): Promise<void> => {
      if (broken) throw new Error('the printer is off');
      done.push(input.note);
    };
    await work({ mended: handler });
    await inScope((scope) => add(scope, 'mended', 'again', 1));
    const mine = async () => (await listDeadTasks(db().database)).filter(({ task }) => task === 'mended');
    await expect.poll(mine).toMatchObject([{ lastError: expect.stringContaining('the printer is off') }]);
    broken = false;
    expect(await replayTasks(db().database, ['999999999'])).toBe(0);
    expect(
      await replayTasks(
        db().database,
        (await mine()).map(({ id }) => id),
      ),
    ).toBe(1);
    await expect.poll(() => done).toEqual(['again']);
    expect(await mine()).toEqual([]);
  });

  test('J4 two thousand tasks of one business delay another’s by a few, and its own people’s codes by none', async () => {
    const order: string[] = [];
    const other = newId();
    const queue = (whose: string, count: number, note: string, priority: number) =>
      inTransaction(db().database, { role: 'office', business: whose, actor: systemActor }, (scope) =>
        sql`select enqueue_task('fair', jsonb_build_object('note', ${note}::text), null, null, 25, ${priority}) from generate_series(1, ${count}::int)`.execute(
          scope.tx,
        ),
      );
    await queue(business, 2_000, 'many', 10);
    await queue(other, 5, 'few', 10);
    await queue(business, 1, 'code', -10);
    await work({ fair: async (input: Note) => void order.push(input.note) }, { concurrency: 1 });
    await expect.poll(() => order.length, { timeout: 15_000 }).toBeGreaterThan(400);
    // Counted, not timed: whoever has less waiting goes before the rest of whoever has much.
    expect(order.lastIndexOf('few')).toBeLessThan(40);
    expect(order.indexOf('code')).toBeLessThan(150);
    expect(order.filter((note) => note === 'few')).toHaveLength(5);
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

type Scheduler = { said: string[]; begin: (shiftMs: number) => void; end: () => void };

/** A scheduler in a process of its own that has loaded all it needs; it begins by a clock shifted as told, and says each run of its tick. */
async function scheduler(jumpMs = 0): Promise<Scheduler> {
  const order = JSON.stringify({ login: db().login, jumpMs });
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../test/shifted-scheduler.ts'), order], { stdio: ['pipe', 'pipe', 'inherit'] });
  const said: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => said.push(...text.split('\n').filter(Boolean)));
  while (!said.includes('loaded') && child.exitCode === null) await wait(10);
  return { said, begin: (shiftMs) => void child.stdin.write(String(shiftMs)), end: () => child.kill('SIGKILL') };
}

describe('J5 the schedule', () => {
  test('runs each moment once with two schedulers, and never once for each minute missed: not after three days down, not when a clock jumps six hours', {
    timeout: 40_000,
  }, async () => {
    const minute = 60_000;
    const hours = 60 * minute;
    /** So long ago, three seconds before a full minute: time enough to log in to the database. */
    const ago = (ms: number): number => -(Temporal.Now.instant().epochMilliseconds % minute) - ms - 3_000;
    const [one, other] = await Promise.all([scheduler(), scheduler()]);
    const shiftMs = ago(72 * hours);
    one.begin(shiftMs);
    other.begin(shiftMs);
    const ran = (): string[] => [...one.said, ...other.said].filter((line) => line === 'ran');
    let jumping: Scheduler | null = null;
    try {
      await expect.poll(ran, { timeout: 15_000 }).toHaveLength(1);
      await expect.poll(() => [one, other].map(({ said }) => said.includes('minute passed')), { timeout: 15_000 }).toEqual([true, true]);
      expect(ran()).toHaveLength(1);
      one.end();
      other.end();
      jumping = await scheduler(6 * hours);
      jumping.begin(ago(6 * hours));
      const { said } = jumping;
      await expect.poll(() => said, { timeout: 15_000 }).toContain('caught up');
      const runs = said.filter((line) => line === 'ran').length;
      expect(runs).toBeGreaterThanOrEqual(1);
      expect(runs, 'not one for each of the 360 minutes').toBeLessThan(100);
      expect(said).not.toContain('two at once');
    } finally {
      one.end();
      other.end();
      jumping?.end();
    }
  });
});
