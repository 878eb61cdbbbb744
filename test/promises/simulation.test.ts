import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { setLogLevel } from '../../src/log.ts';
import { seedOr } from '../chance.ts';
import { createTestDatabase } from '../db.ts';
import { live, type Stage, type Story } from '../simulation/business.ts';
import { Chosen, chooseTime } from '../simulation/chosen.ts';
import { chooseDatabaseTime } from '../simulation/database.ts';

vi.mock('node:crypto', async (real) => (await import('../simulation/chosen.ts')).chosenCrypto(await real()));
vi.mock('node:timers/promises', async (real) => (await import('../simulation/chosen.ts')).chosenTimers(await real<object>()));
vi.mock('../../src/db/businesses.ts', async (real) => (await import('../simulation/database.ts')).chosenBusinesses(await real()));

setLogLevel('silent');
/** SEEDS=500 for the long look, SEED for where it begins, TRACE=1 to read the first one. */
const first = seedOr(1);
const seeds = Number(process.env['SEEDS'] ?? 20);
const again = (seed: number): string => `seed ${seed}: SEED=${seed} SEEDS=1 bin/test test/promises/simulation.test.ts`;

type Place = Readonly<{ stage: Stage; close: () => Promise<void> }>;

/** A database whose clock the stories move. */
async function place(): Promise<Place> {
  const db = await createTestDatabase(2);
  const clock = await chooseDatabaseTime(db.owner as never);
  const close = async (): Promise<void> => {
    await clock.close();
    await db.close();
  };
  return { stage: { database: db.database, setClock: clock.set }, close };
}

let usual: Place;
let putBack: () => void;
beforeAll(async () => {
  usual = await place();
  putBack = chooseTime();
});
afterAll(async () => {
  putBack();
  await usual.close();
});

async function story(seed: number, { stage }: Place = usual): Promise<Story> {
  const told = await live(stage, new Chosen(seed)).catch((error: unknown) => {
    throw new Error(again(seed), { cause: error });
  });
  if (told.wrongs.length > 0 && process.env['TRACE'] !== undefined) process.stdout.write(told.trace);
  expect(told.wrongs, again(seed)).toEqual([]);
  return told;
}

/** What must have happened to somebody: a run in which nothing of it did proves nothing. */
const happens = [
  ...['invoice.sent', 'invoice.credited', 'reminder.sent', 'autopay.planned', 'charge.questioned', 'payment.cleared', 'payment.checking'],
  ...['payment.declined', 'payment.returned', 'payment.reversed', 'payment.refunded', 'payment.refund_failed', 'payment.disputed'],
];

describe('C6 some weeks of a business', { timeout: 180_000 + seeds * 20_000 }, () => {
  let last = '';

  test(`C6 end with books that add up and no payment in between, for ${seeds} seeds from ${first}`, async () => {
    const days: number[] = [];
    const kinds = new Set<string>();
    for (let seed = first; seed < first + seeds; seed += 1) {
      const told = await story(seed);
      days.push(told.days);
      for (const [, kind = ''] of told.trace.matchAll(/^ {2}\d+ \d+ \w+ ([\w.]+)/gm)) kinds.add(kind);
      last = told.trace;
    }
    if (process.env['TRACE'] !== undefined) process.stdout.write(`${last}\n${[...kinds].sort().join(' ')}\n${days.join(' ')}\n`);
    if (seeds < 10) return;
    expect(days.reduce((sum, each) => sum + each, 0)).toBeGreaterThan(10 * seeds);
    expect(happens.filter((each) => !kinds.has(each))).toEqual([]);
  });

  test('C6 are the same to the letter for the same seed, in a database of their own as well, and others for another seed', async () => {
    const apart = await place();
    const once = await story(first + seeds - 1, apart);
    expect(once.trace).toBe(last);
    expect((await story(first + seeds, apart)).trace).not.toBe(last);
    expect(last.split('\n').length).toBeGreaterThan(100);
    await apart.close();
  });
});
