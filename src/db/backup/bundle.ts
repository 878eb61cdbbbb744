import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { finished } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import yauzl from 'yauzl';
import yazl from 'yazl';

/** A file that cannot be what it says. Its message is the whole sentence for whoever brought it. */
export class BundleError extends Error {
  override name = 'BundleError';
}

export type Part = Readonly<{ bytes: number; lines: number; sha256: string }>;
export type BundleWriter = Readonly<{
  /** Adds one file, piece by piece, and answers what it was. `packed` false: stored as it is, because it is compressed already. */
  add: (name: string, source: AsyncIterable<Uint8Array>, packed?: boolean) => Promise<Part>;
}>;

const manifestName = 'manifest.json';
/** Entry names we write and read; anything else is refused before it is looked at. */
const names = /^(?:manifest\.json|[a-z]+(?:\/[0-9a-z_-]+){1,3}(?:\.(?:jsonl|copy))?)$/;

/** Counts and hashes what passes through. */
function counting(): { stream: Transform; part: () => Part } {
  const hash = createHash('sha256');
  let [bytes, lines] = [0, 0];
  const stream = new Transform({
    transform(piece: Buffer, _encoding, done) {
      hash.update(piece);
      bytes += piece.length;
      for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) lines += 1;
      done(null, piece);
    },
  });
  return { stream, part: () => ({ bytes, lines, sha256: hash.digest('hex') }) };
}

/** Writes a zip of `work`'s parts, its manifest last, beside its place and moves it there whole. A failure leaves nothing behind. */
export async function writeBundle(path: string, work: (writer: BundleWriter) => Promise<object>): Promise<void> {
  const beside = `${path}.part`;
  const zip = new yazl.ZipFile();
  const out = createWriteStream(beside, { mode: 0o600 });
  const written = finished(zip.outputStream.pipe(out));
  // A disk that is full ends the writing before the last part is added.
  written.catch(() => {});
  const mtime = new Date(0);
  const add: BundleWriter['add'] = async (name, source, packed = true) => {
    const { stream, part } = counting();
    const from = Readable.from(source).on('error', (error) => stream.destroy(error));
    zip.addReadStream(from.pipe(stream), name, { mtime, compress: packed });
    await Promise.race([finished(stream), written.then(() => Promise.reject(new BundleError('The file could not be written.')))]);
    return part();
  };
  try {
    const manifest = await work({ add });
    zip.addBuffer(Buffer.from(JSON.stringify(manifest, null, 1)), manifestName, { mtime });
    zip.end();
    await written;
    await rename(beside, path);
  } catch (error) {
    out.destroy();
    await rm(beside, { force: true });
    throw error;
  }
}

/** What a bundle may be at most: nothing is unpacked that could not be ours. */
export type BundleLimits = Readonly<{ entries: number; bytes: number; ratio: number }>;
export const usualLimits: BundleLimits = { entries: 2_000_000, bytes: 256 * 1024 ** 3, ratio: 100 };
/** A short file may well shrink further than a long one ought to. */
const ratioFreeBytes = 1024 * 1024;
const manifestMostBytes = 64 * 1024 * 1024;

export type Bundle = Readonly<{
  manifest: unknown;
  names: readonly string[];
  /** The bytes of one part. Throws for a name that is not there. */
  read: (name: string) => Promise<Readable>;
  /** Reads a part to its end and answers what it was. */
  measure: (name: string) => Promise<Part>;
  close: () => void;
}>;

/** Opens a bundle somebody brought: names, number, sizes and ratio are judged from its directory before any of it is unpacked. */
export async function openBundle(path: string, limits: BundleLimits = usualLimits): Promise<Bundle> {
  const zip = await yauzl.openPromise(path, { lazyEntries: true, autoClose: false, strictFileNames: true, validateEntrySizes: true }).catch(unreadable);
  try {
    const entries = await directory(zip, limits).catch(unreadable);
    const read = async (name: string): Promise<Readable> => {
      const entry = entries.get(name);
      if (!entry) throw new BundleError(`The file lacks ${name}.`);
      return zip.openReadStreamPromise(entry);
    };
    const measure = async (name: string): Promise<Part> => {
      const { stream, part } = counting();
      const from = await read(name);
      from.on('error', (error) => stream.destroy(error));
      stream.resume();
      await finished(from.pipe(stream)).catch(unreadable);
      return part();
    };
    const manifest = await readManifest(read, entries.get(manifestName)).catch(unreadable);
    return { manifest, names: [...entries.keys()].filter((name) => name !== manifestName), read, measure, close: () => zip.close() };
  } catch (error) {
    zip.close();
    throw error;
  }
}

function unreadable(error: unknown): never {
  if (error instanceof BundleError) throw error;
  throw new BundleError(`The file could not be read as an archive: ${error instanceof Error ? error.message : String(error)}.`);
}

async function directory(zip: yauzl.ZipFile, limits: BundleLimits): Promise<Map<string, yauzl.Entry>> {
  if (zip.entryCount > limits.entries) throw new BundleError(`The file holds ${zip.entryCount} entries, more than the ${limits.entries} that are taken.`);
  const entries = new Map<string, yauzl.Entry>();
  let bytes = 0;
  for await (const entry of zip.eachEntry()) {
    const { fileName, compressedSize, uncompressedSize } = entry;
    if (!names.test(fileName)) throw new BundleError(`The file holds a name that does not belong in it: ${JSON.stringify(fileName.slice(0, 80))}.`);
    if (entries.has(fileName)) throw new BundleError(`The file holds ${fileName} twice.`);
    if (entry.isEncrypted() || !entry.canDecodeFileData()) throw new BundleError(`${fileName} is packed in a way that is not read here.`);
    bytes += uncompressedSize;
    if (bytes > limits.bytes) throw new BundleError('Unpacked, the file would be larger than is taken.');
    if (uncompressedSize > ratioFreeBytes && uncompressedSize > compressedSize * limits.ratio) {
      throw new BundleError(`${fileName} is packed more than ${limits.ratio} times, which no archive of ours is.`);
    }
    entries.set(fileName, entry);
  }
  return entries;
}

async function readManifest(read: (name: string) => Promise<Readable>, entry: yauzl.Entry | undefined): Promise<unknown> {
  if (!entry) throw new BundleError('The file has no manifest: it was not made by this program, or not to its end.');
  if (entry.uncompressedSize > manifestMostBytes) throw new BundleError('The manifest is larger than is taken.');
  const pieces: Buffer[] = [];
  for await (const piece of await read(manifestName)) pieces.push(piece as Buffer);
  const bytes = Buffer.concat(pieces);
  // All else is held to the hashes that stand in here.
  if (crc32(bytes) !== entry.crc32) throw new BundleError('The manifest is damaged.');
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new BundleError('The manifest cannot be read.');
  }
}
