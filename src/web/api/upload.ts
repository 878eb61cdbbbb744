import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { limits, textLimits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import { clean } from '../../core/text.ts';
import { log } from '../../log.ts';
import { type CsvCell, csvFile } from '../../outgoing/csv.ts';
import type { WebContext } from '../context.ts';

/** The bytes of an upload, read as they come and no further than `maxBytes`. Refuses `file_too_large`. */
export async function readUpload(c: WebContext, maxBytes: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of streamOf(c)) {
    size += piece.length;
    if (size > maxBytes) throw new Refusal('file_too_large', { max: maxBytes });
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** The same piece by piece, for files larger than memory should hold. Refuses `import_too_large`. */
export async function* uploadStream(c: WebContext): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const piece of streamOf(c)) {
    size += piece.length;
    if (size > limits.importBodyBytes) throw new Refusal('import_too_large');
    yield piece;
  }
}

function streamOf(c: WebContext): AsyncIterable<Uint8Array> {
  return (c.req.raw.body ?? new Blob([]).stream()) as unknown as AsyncIterable<Uint8Array>;
}

type Sent = Readonly<{ bytes: Uint8Array; contentType: string; name: string; inline?: boolean }>;
type Streamed = Readonly<{ source: Readable; contentType: string; name: string }>;

/** Answers a file piece by piece, as a download. */
export function sendStream(c: WebContext, { source, contentType, name }: Streamed): Response {
  c.header('Content-Type', contentType);
  c.header('Content-Disposition', `attachment; ${fileNameFields(name)}`);
  c.header('Content-Security-Policy', "default-src 'none'; sandbox");
  c.header('Cache-Control', 'private, no-store');
  return c.body(Readable.toWeb(source) as ReadableStream);
}

type Rows = Readonly<{
  name: string;
  head: readonly string[];
  /** Runs `take` over the rows for as long as they are being read. */
  rows: (take: (rows: AsyncIterable<readonly CsvCell[]>) => Promise<void>) => Promise<void>;
}>;

/** Answers a CSV file row by row as they are read: however long it is, memory stays level. A reader who leaves ends the reading. */
export function sendRows(c: WebContext, { name, head, rows }: Rows): Response {
  const out = new PassThrough();
  rows((found) => pipeline(Readable.from(csvFile(head, found)), out)).catch((error: Error) => {
    if (!out.destroyed) log.error('file not finished', { name, error: error.message });
    out.destroy(error);
  });
  return sendStream(c, { source: out, contentType: 'text/csv; charset=utf-8', name });
}

/** Answers a file: as a download unless it is ours to show, never to be guessed at, and never as a page of this origin. */
export function sendFile(c: WebContext, file: Sent): Response {
  c.header('Content-Type', file.contentType);
  c.header('Content-Disposition', `${file.inline === true ? 'inline' : 'attachment'}; ${fileNameFields(file.name)}`);
  c.header('Content-Security-Policy', "default-src 'none'; sandbox");
  c.header('Cache-Control', 'private, no-store');
  return c.body(new Uint8Array(file.bytes));
}

/** RFC 6266: a plain name for every client, and the true one for those that read it. */
function fileNameFields(name: string): string {
  const cleaned = clean(name, textLimits.fileName * 2).replace(/[/\\:*?"<>|]/g, '_') || 'file';
  const ascii =
    cleaned
      .normalize('NFKD')
      .replace(/[^\x20-\x7e]/g, '')
      .replace(/["%]/g, '_') || 'file';
  const encoded = encodeURIComponent(cleaned).replace(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
  return `filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
