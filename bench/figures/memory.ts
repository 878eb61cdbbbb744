import { readFileSync } from 'node:fs';
import { requestsPerSecond } from '../load.ts';
import type { Result } from '../result.ts';
import { pagesOf, world } from '../world.ts';

/** What the server process holds after a burst of pages, as the kernel counts it. */
export async function memory(): Promise<Result[]> {
  const of = await world();
  const pages = await pagesOf(of, of.grown, 500, 50_000);
  await requestsPerSecond(
    of.stand.url,
    pages.map(({ path, cookie }) => ({ path, headers: { cookie } })),
    5,
  );
  const kilobytes = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${of.stand.pid}/status`, 'utf8'))?.[1] ?? Number.NaN);
  return [{ name: 'memory of the server after load', value: kilobytes / 1024, unit: 'MB', limit: 200, atMost: true }];
}
