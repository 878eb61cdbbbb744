import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileStore } from '../core/gateways.ts';
import { writeArchive } from '../db/backup/archive.ts';
import { writeSubject } from '../db/backup/subject.ts';
import { allBusinessIds } from '../db/businesses.ts';
import type { Database } from '../db/pool.ts';
import type { TaskInput } from '../db/task-names.ts';
import { type MadeFile, type Making, makeExport, removeOldExports, type SheetKind, sheetHead, sheetRows } from '../domain/exports/exports.ts';
import { type CsvCell, csvFile } from '../outgoing/csv.ts';
import type { Tick } from './schedule.ts';

type ExportDeps = Readonly<{ database: Database; files: FileStore; dataDir: string }>;
const toldEvery = 5_000;

/** Makes a file somebody asked for. */
export function makeExportTask(deps: ExportDeps): (input: TaskInput<'make-export'>) => Promise<void> {
  return ({ businessId, exportId }) =>
    makeExport(deps, { business: businessId, id: exportId }, (making) =>
      making.row.contentType === 'text/csv' ? makeSheet(deps, businessId, making) : makeZip(deps, businessId, making),
    );
}

/** Every hour: files kept for a week are taken away. */
export function endExportsTick(deps: ExportDeps): Tick {
  return {
    name: 'end-exports',
    cron: '23 * * * *',
    run: async () => {
      for (const business of await allBusinessIds(deps.database)) await removeOldExports(deps, business);
    },
  };
}

async function makeSheet({ database, files }: ExportDeps, business: string, { row, progress }: Making): Promise<MadeFile> {
  const kind = row.kind as SheetKind;
  let rows = 0;
  async function* counted(source: AsyncIterable<readonly CsvCell[]>): AsyncGenerator<readonly CsvCell[]> {
    for await (const cells of source) {
      rows += 1;
      if (rows % toldEvery === 0) await progress(rows);
      yield cells;
    }
  }
  const period = { from: row.fromOn, to: row.toOn };
  const stored = await sheetRows(database, { business, kind, period }, (found) => files.putStream(business, encoded(csvFile(sheetHead(kind), counted(found)))));
  return { ...stored, rows };
}

async function* encoded(pieces: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) yield Buffer.from(piece, 'utf8');
}

async function makeZip({ database, files, dataDir }: ExportDeps, business: string, { row, progress }: Making): Promise<MadeFile> {
  const folder = join(dataDir, 'exports');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, randomUUID());
  try {
    const made =
      row.kind === 'archive'
        ? await writeArchive(database, files, { business, path, madeAt: row.askedAt, progress })
        : await writeSubject(database, files, { business, customer: row.customerId ?? '', path, madeAt: row.askedAt });
    const rows = made.tables.reduce((sum, table) => sum + table.rows, 0);
    return { ...(await files.putStream(business, createReadStream(path))), rows };
  } finally {
    await rm(path, { force: true });
  }
}
