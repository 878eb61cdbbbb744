import type { ImageReencoder, Picture, PictureRefused } from '../../core/gateways.ts';
import { ChildFailure, childPool, type PoolOptions } from '../children/pool.ts';

export type ImageWork = { make: 'logo'; bytes: Uint8Array } | { make: 'picture'; bytes: Uint8Array; format: 'png' | 'jpeg' | 'webp' | 'same'; maxSide: number };

/** One picture, or the two of a logo. */
export type ImageMade = { picture: Picture } | { page: Picture; print: Picture };

/** Re-encodes PNG, JPEG and WebP (≤ 10 MB, ≤ 25 megapixels) in one child process: uploads are hostile until drawn anew. */
export function startImageMaker(changes: Partial<PoolOptions> = {}): ImageReencoder & { close(): Promise<void> } {
  const pool = childPool<ImageWork, ImageMade>({
    module: new URL('./child', import.meta.url),
    children: 1,
    recycleAfter: 200,
    timeoutMs: 30_000,
    maxQueued: 200,
    maxResidentBytes: 400_000_000,
    maxOldSpaceMb: 128,
    ...changes,
  });
  return {
    async reencode(bytes, as) {
      const made = await settled(pool.run({ make: 'picture', bytes, ...as }));
      return 'picture' in made ? { kind: 'encoded', ...made.picture } : refusedOr(made);
    },
    async logo(bytes) {
      const made = await settled(pool.run({ make: 'logo', bytes }));
      return 'page' in made ? { kind: 'logo', page: made.page, print: made.print } : refusedOr(made);
    },
    close: () => pool.close(),
  };
}

async function settled(running: Promise<ImageMade>): Promise<ImageMade | PictureRefused> {
  try {
    return await running;
  } catch (error) {
    if (!(error instanceof ChildFailure)) throw error;
    const reason = error.reason === 'refused' ? (error.message as PictureRefused['reason']) : 'unavailable';
    return { kind: 'refused', reason };
  }
}

// A child that answers with something else than it was asked for is as good as none.
function refusedOr(made: ImageMade | PictureRefused): PictureRefused {
  return 'kind' in made ? made : { kind: 'refused', reason: 'unavailable' };
}
