import type { Result } from '../result.ts';
import { world } from '../world.ts';

/** Installed, built, with data: from the command to the first answer. */
export async function startUp(): Promise<Result[]> {
  const of = await world();
  const seconds = [await of.stand.restart(), await of.stand.restart(), await of.stand.restart()];
  return [{ name: 'start to ready, data there', value: Math.max(...seconds), unit: 's', limit: 3, atMost: true }];
}
