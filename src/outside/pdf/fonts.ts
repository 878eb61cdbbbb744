import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { lettersOf } from './letters.ts';

// Only the files used: what is on the machine must not change the bytes.
const FILES = [
  '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf',
  '@expo-google-fonts/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf',
  '@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf',
  '@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf',
];

export type Fonts = { blobs: Buffer[]; known: (codePoint: number) => boolean };

/** The fonts of every PDF, and which letters they have between them. */
export function loadFonts(): Fonts {
  const require = createRequire(import.meta.url);
  const blobs = FILES.map((file) => readFileSync(require.resolve(file)));
  const letters = blobs.map(lettersOf);
  // Text is asked for letter by letter, thousands of times a page: the answer for one letter never changes.
  const seen = new Map<number, boolean>();
  const known = (codePoint: number): boolean => {
    const before = seen.get(codePoint);
    if (before !== undefined) return before;
    const now = letters.some((has) => has(codePoint));
    seen.set(codePoint, now);
    return now;
  };
  return { blobs, known };
}
