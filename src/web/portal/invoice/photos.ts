import type { Deps } from '../../context.ts';

const side = 240;
const kept = new Map<string, Uint8Array>();
const mostKept = 200;

const types: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp']);

/** Whether a file is a picture of a kind that was drawn anew before it was kept. */
export function isPhoto(mediaType: string): boolean {
  return types.has(mediaType);
}

/**
 * A kept picture at most 240 pixels long: about twice the size pages show it in, for dense screens. Who may see it is settled before. Null when it is
 * not here or cannot be drawn. The last ones are remembered by content, some kilobytes each, so that a busy page draws each once.
 */
export async function smallPhoto(deps: Pick<Deps, 'files' | 'images'>, business: string, sha256: string): Promise<Uint8Array | null> {
  const key = `${business}/${sha256}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const bytes = await deps.files.get(business, sha256);
  const drawn = bytes === null ? null : await deps.images.reencode(bytes, { format: 'webp', maxSide: side });
  if (drawn === null || drawn.kind === 'refused') return null;
  const [oldest] = kept.keys();
  if (kept.size >= mostKept && oldest !== undefined) kept.delete(oldest);
  kept.set(key, drawn.bytes);
  return drawn.bytes;
}
