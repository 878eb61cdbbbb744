import { type CronItem, parseCronItems, run, type TaskList } from 'graphile-worker';
import { type Login, libraryConfig, makePool } from '../db/pool.ts';
import { holdPoolLock, type PoolLock } from '../db/pool-lock.ts';
import { freeDeadTasks } from '../db/queue.ts';
import { quietTaskLogger } from '../db/task-logger.ts';
import type { TaskInput, TaskName } from '../db/task-names.ts';
import { errorFields, log } from '../log.ts';
import { countTask } from '../metrics.ts';
import type { Tick } from './schedule.ts';

/** One function per task. It may run twice and at the same time as itself, and must then have one effect. */
export type TaskHandlers = Readonly<{ [Name in TaskName]: (input: TaskInput<Name>, signal: AbortSignal) => Promise<void> }>;
type AnyHandler = (input: never, signal: AbortSignal) => Promise<void>;

export type WorkerOptions = Readonly<{
  login: Login;
  handlers: Readonly<Record<string, AnyHandler>>;
  ticks?: readonly Tick[];
  /** Tasks at once. */
  concurrency?: number;
  /** How often tasks of dead workers are looked for. */
  healEveryMs?: number;
  /** A task that takes longer counts as failed and is tried again later. */
  taskLimitMs?: number;
}>;

export type Worker = Readonly<{
  /** Takes no more tasks and waits for the running ones, at most 15 seconds; what is not finished by then is given back. */
  stop: () => Promise<void>;
}>;

const stopLimitMs = 15_000;

/** Tasks that mostly wait for somebody else's server. They have a lane of their own, so that none of our own work ever stands behind one. */
const waiting: readonly string[] = ['deliver-webhooks'] satisfies TaskName[];
const waitingAtOnce = 12;

/** Starts working on the queue as the role `system`. Resolves once it listens. */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const handlers = Object.entries(options.handlers);
  const own = Object.fromEntries(handlers.filter(([name]) => !waiting.includes(name)));
  const foreign = Object.fromEntries(handlers.filter(([name]) => waiting.includes(name)));
  const lanes = [await startLane({ ...options, handlers: own }, 1_000)];
  if (Object.keys(foreign).length > 0) lanes.push(await startLane({ ...options, handlers: foreign, ticks: [], concurrency: waitingAtOnce }, 3_000));
  return { stop: async () => void (await Promise.all(lanes.map((lane) => lane.stop()))) };
}

async function startLane(options: WorkerOptions, pollMs: number): Promise<Worker> {
  const { login, handlers, ticks = [], concurrency = 4, healEveryMs = 15_000, taskLimitMs = 300_000 } = options;
  // One for each task at once, so that none waits to be taken or ended, and two for listening and healing.
  const pool = makePool(libraryConfig(login, 'service-invoice-pro worker', '-c role=system'), concurrency + 2);
  let lock: Promise<PoolLock> | null = null;
  await freeDeadTasks(pool);
  const runner = await run({
    pgPool: pool,
    taskList: { ...wrap(handlers, taskLimitMs), ...wrapTicks(ticks) },
    parsedCronItems: parseCronItems(ticks.map(scheduled)),
    concurrency,
    noHandleSignals: true,
    logger: quietTaskLogger,
    pollInterval: pollMs,
    preset: {
      plugins: [
        {
          name: 'PoolLockPlugin',
          version: '1.0.0',
          worker: {
            hooks: {
              // Awaited before the first task is taken: nothing is ever locked by a pool that does not hold its lock.
              startWorker: async (_context, event) => {
                lock ??= holdPoolLock(login, event.worker.workerPool.id);
                await lock;
              },
            },
          },
        },
      ],
    },
  });
  const heal = setInterval(() => {
    freeDeadTasks(pool).then(
      (freed) => freed > 0 && log.warn('tasks of a dead worker freed', { freed }),
      (error: unknown) => log.error('dead workers not looked for', errorFields(error)),
    );
  }, healEveryMs);
  runner.promise.catch((error: unknown) => log.error('worker ended', errorFields(error)));
  const stop = async (): Promise<void> => {
    clearInterval(heal);
    const late = setTimeout(() => void runner.kill('still running'), stopLimitMs);
    await runner.stop();
    clearTimeout(late);
    await (await lock)?.release();
    await pool.end();
  };
  return { stop };
}

function wrap(handlers: Readonly<Record<string, AnyHandler>>, limitMs: number): TaskList {
  const entries = Object.entries(handlers).map(([name, handler]) => {
    const task = async (payload: unknown, helpers: { abortSignal?: AbortSignal; job: { attempts: number; max_attempts: number } }): Promise<void> => {
      const limit = AbortSignal.timeout(limitMs);
      const signal = helpers.abortSignal ? AbortSignal.any([limit, helpers.abortSignal]) : limit;
      try {
        await within(limit, handler(payload as never, signal));
        countTask(name, 'done');
      } catch (error) {
        const { attempts, max_attempts: most } = helpers.job;
        countTask(name, attempts >= most ? 'dead' : 'failed');
        log[attempts >= most ? 'error' : 'warn']('task failed', { task: name, attempt: attempts, last: attempts >= most, ...errorFields(error) });
        throw error;
      }
    };
    return [name, task] as const;
  });
  return Object.fromEntries(entries);
}

/** A promise that fails when the signal fires first. */
function within(signal: AbortSignal, work: Promise<void>): Promise<void> {
  return new Promise((done, fail) => {
    const onAbort = (): void => fail(new Error('the task took too long'));
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(done, fail).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

const tickName = (tick: Tick): string => `tick ${tick.name}`;

/**
 * However many schedulers there are, the queue lets the first of them add a moment. One waits at most and they run one after the other, so
 * that a clock that jumps days ahead does not repeat days of minutes: a tick looks at the facts, and finds all that is due.
 */
function scheduled(tick: Tick): CronItem {
  const name = tickName(tick);
  return { task: name, match: tick.cron, options: { queueName: name, jobKey: name, jobKeyMode: 'preserve_run_at', maxAttempts: 3, priority: -20 } };
}

function wrapTicks(ticks: readonly Tick[]): TaskList {
  const entries = ticks.map((tick) => {
    const run = async (): Promise<void> => {
      try {
        await tick.run();
        countTask(tickName(tick), 'done');
      } catch (error) {
        countTask(tickName(tick), 'failed');
        log.error('tick failed', { tick: tick.name, ...errorFields(error) });
        throw error;
      }
    };
    return [tickName(tick), run] as const;
  });
  return Object.fromEntries(entries);
}
