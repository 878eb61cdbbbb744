import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { testWeb } from '../../../test/web.ts';
import { newId } from '../../db/fresh.ts';
import { windowSeconds } from '../../domain/quotas/quotas.ts';
import { type Asked, type Meter, startMeter } from './meter.ts';

const web = testWeb();
const key = (): Asked => ({ name: 'key', subject: newId() });
const noted = { header: () => undefined } as never;
const isTaken = (meter: Meter, asked: Asked): Promise<boolean> =>
  meter.take(noted, [asked]).then(
    () => true,
    () => false,
  );

/** A window must not end while a test counts in it. */
async function withinOneWindow(): Promise<void> {
  const leftMs = windowSeconds * 1000 - (Date.now() % (windowSeconds * 1000));
  if (leftMs < 5_000) await wait(leftMs + 100);
}

test('fifty processes that each die after one request do not use up a large limit', async () => {
  await withinOneWindow();
  const asked = key();
  for (let at = 0; at < 50; at += 1) expect([at, await isTaken(startMeter(web().database, 99_999), asked)]).toEqual([at, true]);
});

test('A7 two processes together let through no more than the limit, and nearly all of it', async () => {
  await withinOneWindow();
  const [asked, limit] = [key(), 40];
  const meters = [startMeter(web().database, limit), startMeter(web().database, limit)];
  const answers = await Promise.all(Array.from({ length: 120 }, (_, at) => isTaken(meters[at % 2] as Meter, asked)));
  const taken = answers.filter(Boolean).length;
  expect(taken).toBeLessThanOrEqual(limit);
  expect(taken).toBeGreaterThanOrEqual(limit * 0.8);
}, 30_000);
