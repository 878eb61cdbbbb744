import fc from 'fast-check';

/**
 * Where a test leaves something to chance, the chance is the same in every run, so that a run tells what the change under it did.
 * `SEED=…` in the environment takes another look; a failure prints the seed it was found with.
 */
export function seedOr(byDefault: number): number {
  const asked = process.env['SEED'];
  if (asked === undefined) return byDefault;
  if (!/^-?\d{1,10}$/.test(asked) || Number(asked) !== (Number(asked) | 0)) throw new Error(`SEED is a whole number of 32 bits, not "${asked}"`);
  return Number(asked);
}

/** The seed of every property of this run. */
export const seed = seedOr(20_261_123);

fc.configureGlobal({ seed });

export default fc;
