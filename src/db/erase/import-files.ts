import type pg from 'pg';
import type { FileStore } from '../../core/gateways.ts';

/**
 * The imports whose file names the erased, or brought them. A file is one piece: it goes whole, with what was told of its rows; what it
 * brought of others stays.
 */
export async function importsNaming(
  client: pg.Client,
  files: FileStore,
  { business, customer }: Readonly<{ business: string; customer: string }>,
  words: readonly string[],
): Promise<string[]> {
  const { rows } = await client.query<{ id: string; hex: (string | null)[]; brought: boolean; failed: string }>(
    `select i.id, array[encode(i.file_sha256, 'hex'), encode(i.rejected_sha256, 'hex')] as hex,
       exists (select from customers c where c.business_id = $1 and c.id = $2 and c.import_id = i.id)
       or exists (select from imported_things t where t.business_id = $1 and t.customer_id = $2 and t.import_id = i.id) as brought
     from imports i where i.business_id = $1`,
    [business, customer],
  );
  const found: string[] = [];
  for (const { id, hex, brought } of rows) {
    const stored = hex.filter((each) => each !== null);
    if (brought || (await anyNames(files, business, stored, words))) found.push(id);
  }
  return found;
}

async function anyNames(files: FileStore, business: string, stored: readonly string[], words: readonly string[]): Promise<boolean> {
  for (const sha256 of stored) {
    const source = await files.stream(business, sha256);
    if (source !== null && (await names(source, words))) return true;
  }
  return false;
}

/** Read piece by piece, each with the end of the one before, so that a word cut in two is found; in both writings tables come in. */
async function names(source: AsyncIterable<Uint8Array>, words: readonly string[]): Promise<boolean> {
  const sought = words.map((word) => word.toLowerCase());
  const overlap = 4 * Math.max(0, ...sought.map((word) => word.length));
  let end = Buffer.alloc(0);
  for await (const piece of source) {
    const bytes = Buffer.concat([end, piece]);
    const texts = [bytes.toString('utf8').toLowerCase(), bytes.toString('latin1').toLowerCase(), bytes.toString('utf16le').toLowerCase()];
    if (sought.some((word) => texts.some((text) => text.includes(word)))) return true;
    end = Buffer.from(bytes.subarray(Math.max(0, bytes.length - overlap)));
  }
  return false;
}
