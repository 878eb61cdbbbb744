import { ChildFailure, childPool, type PoolOptions } from '../children/pool.ts';

export type ImageWork = { make: 'logo' | 'same'; bytes: Uint8Array };

export type ImageFile = { bytes: Uint8Array; mediaType: 'image/png' | 'image/jpeg' | 'image/webp'; width: number; height: number };

export type ImageMade =
  | { make: 'logo'; /** ≤ 4 KB where the picture allows it */ page: ImageFile; /** PNG for PDFs and mails */ print: ImageFile }
  | { make: 'same'; image: ImageFile };

export type ImageRefused = 'not_an_image' | 'too_large' | 'too_many_pixels' | 'damaged' | 'unavailable';

export type ImageMaker = {
  /** A logo in its two sizes. */
  logo(bytes: Uint8Array): Promise<Extract<ImageMade, { make: 'logo' }> | { refused: ImageRefused }>;
  /** The same picture, drawn anew in its own format: nothing but pixels survives. */
  redraw(bytes: Uint8Array): Promise<{ image: ImageFile } | { refused: ImageRefused }>;
  close(): Promise<void>;
};

/** Re-encodes PNG, JPEG and WebP (≤ 10 MB, ≤ 25 megapixels) in one child process: uploads are hostile until drawn anew. */
export function startImageMaker(changes: Partial<PoolOptions> = {}): ImageMaker {
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

  async function made(work: ImageWork): Promise<ImageMade | { refused: ImageRefused }> {
    try {
      return await pool.run(work);
    } catch (error) {
      if (!(error instanceof ChildFailure)) throw error;
      return { refused: error.reason === 'refused' ? (error.message as ImageRefused) : 'unavailable' };
    }
  }

  return {
    async logo(bytes) {
      const answer = await made({ make: 'logo', bytes });
      return 'make' in answer && answer.make === 'same' ? { refused: 'unavailable' } : answer;
    },
    async redraw(bytes) {
      const answer = await made({ make: 'same', bytes });
      if ('refused' in answer) return answer;
      return answer.make === 'same' ? { image: answer.image } : { refused: 'unavailable' };
    },
    close: () => pool.close(),
  };
}
