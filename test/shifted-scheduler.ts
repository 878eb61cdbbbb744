// A worker in a process of its own whose clock is shifted, and may jump ahead before its first tick. It says when it is loaded, takes the shift
// from its input, so that no loading costs time of the shifted clock, and says each run of its one tick.
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { Login } from '../src/db/pool.ts';

type Order = Readonly<{ login: Login; jumpMs: number }>;
const { login, jumpMs } = JSON.parse(process.argv[2] ?? '') as Order;

const RealDate = Date;
let shift = 0;
const shiftedNow = (): number => RealDate.now() + shift;
globalThis.Date = new Proxy(RealDate, {
  construct: (target, args) => Reflect.construct(target, args.length === 0 ? [shiftedNow()] : args) as Date,
  get: (target, name) => (name === 'now' ? shiftedNow : Reflect.get(target, name)),
});

const { startWorker } = await import('../src/tasks/worker.ts');
const { inSystemRole } = await import('../src/db/host.ts');
const { openDatabase } = await import('../src/db/pool.ts');
const { sql } = await import('kysely');
process.stdout.write('loaded\n');
const [shiftMs] = (await once(process.stdin, 'data')) as [Buffer];
shift = Number(shiftMs);
const database = openDatabase(login, 2);
let running = 0;
const run = async (): Promise<void> => {
  running += 1;
  if (running > 1) process.stdout.write('two at once\n');
  await wait(50);
  process.stdout.write('ran\n');
  running -= 1;
};
await startWorker({ login, handlers: {}, ticks: [{ name: 'shifted', cron: '* * * * *', run }] });
process.stdout.write('scheduling\n');

/** The last minute the queue knows to have been scheduled, in milliseconds. */
const lastMs = (): Promise<number> =>
  inSystemRole(database, async (tx) => {
    const { rows } = await sql<{ ms: string | null }>`select trunc(extract(epoch from last_execution) * 1000)::text as ms
      from graphile_worker._private_known_crontabs where identifier = 'tick shifted'`.execute(tx);
    return Number(rows[0]?.ms ?? 0);
  });
if (jumpMs > 0) {
  await wait(300);
  shift += jumpMs;
  while ((await lastMs()) < shiftedNow() - 120_000) await wait(50);
  await wait(500);
  process.stdout.write('caught up\n');
} else {
  const minute = Math.ceil(shiftedNow() / 60_000) * 60_000;
  while (shiftedNow() < minute + 1_000) await wait(50);
  process.stdout.write('minute passed\n');
}
