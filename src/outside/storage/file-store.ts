import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileStore } from '../../core/gateways.ts';

const BUSINESS = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const SHA256 = /^[0-9a-f]{64}$/;

/**
 * Files by what is in them, under `folder/files/{business}/{first two of the hash}/{hash}`. A file is durable when `put` returns and can
 * never change under its name; another business's file, or a name that is no hash, is simply not there.
 */
export function localFileStore(folder: string): FileStore {
  const root = join(folder, 'files');

  // Only these two shapes ever become a path: nothing a person typed can climb out of the folder.
  function pathOf(businessId: string, sha256: string): string | null {
    if (!BUSINESS.test(businessId) || !SHA256.test(sha256)) return null;
    return join(root, businessId, sha256.slice(0, 2), sha256);
  }

  return {
    async put(businessId, bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const path = pathOf(businessId, sha256);
      if (!path) throw new Error('not the id of a business');
      const there = await sizeOf(path);
      if (there !== bytes.byteLength) await writeDurably(path, bytes);
      return { sha256, size: bytes.byteLength };
    },
    async get(businessId, sha256) {
      const path = pathOf(businessId, sha256);
      return path ? absentAsNull(readFile(path)) : null;
    },
    async has(businessId, sha256) {
      const path = pathOf(businessId, sha256);
      return path !== null && (await sizeOf(path)) !== null;
    },
    putStream: (businessId, source) => keepStream(root, (sha256) => pathOf(businessId, sha256), source),
    async stream(businessId, sha256) {
      const path = pathOf(businessId, sha256);
      return path !== null && (await sizeOf(path)) !== null ? createReadStream(path) : null;
    },
    async remove(businessId, sha256) {
      const path = pathOf(businessId, sha256);
      if (path !== null) await rm(path, { force: true });
    },
    async removeAll(businessId) {
      if (BUSINESS.test(businessId)) await rm(join(root, businessId), { recursive: true, force: true });
    },
  };
}

async function sizeOf(path: string): Promise<number | null> {
  return (await absentAsNull(stat(path)))?.size ?? null;
}

async function absentAsNull<T>(found: Promise<T>): Promise<T | null> {
  try {
    return await found;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

// Written beside and moved into place, file and folder both flushed: after a power cut there is the whole file or none.
async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomUUID()}.part`;
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  await syncFolder(folder);
}

/** Its name is known only once the last byte was read, so it is written aside and moved. */
async function keepStream(
  root: string,
  pathOf: (sha256: string) => string | null,
  source: AsyncIterable<Uint8Array>,
): Promise<{ sha256: string; size: number }> {
  await mkdir(root, { recursive: true, mode: 0o700 });
  const aside = join(root, `${randomUUID()}.part`);
  const hash = createHash('sha256');
  let size = 0;
  try {
    const file = await open(aside, 'wx', 0o600);
    try {
      for await (const piece of source) {
        hash.update(piece);
        size += piece.byteLength;
        await file.write(piece);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    const sha256 = hash.digest('hex');
    const path = pathOf(sha256);
    if (path === null) throw new Error('not the id of a business');
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await rename(aside, path);
    await syncFolder(dirname(path));
    return { sha256, size };
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
}

// Windows cannot open a folder to flush it; it writes its directory entries through by itself.
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
