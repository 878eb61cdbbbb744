import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** A large upload on disk while it is worked through, so that a slow sender holds no transaction and memory holds no file. */
export type Spooled = Readonly<{ source: () => AsyncIterable<Uint8Array>; remove: () => Promise<void> }>;

/** Writes the upload under the data folder, for this user's eyes only. Removed again when it breaks off. */
export async function spool(dataDir: string, upload: AsyncIterable<Uint8Array>): Promise<Spooled> {
  const folder = join(dataDir, 'uploads');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, randomUUID());
  const remove = (): Promise<void> => rm(path, { force: true });
  try {
    await pipeline(Readable.from(upload), createWriteStream(path, { mode: 0o600 }));
  } catch (error) {
    await remove();
    throw error;
  }
  return { source: () => createReadStream(path), remove };
}
