import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll } from 'vitest';
import type { FileStore } from '../src/core/gateways.ts';
import { type Scope, systemActor } from '../src/db/scope.ts';
import { beginImport, goOn, type ImportKind, type ImportRow, listProblems, readImport } from '../src/domain/imports/imports.ts';
import { localFileStore } from '../src/outside/storage/file-store.ts';
import { type Books, makeBooks } from './books.ts';
import { type TestDatabase, testDatabase } from './db.ts';

export async function* bytesOf(text: string | Uint8Array, size = 1 << 16): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text as string);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Everything a test of imports needs, in a database of its own: what a file becomes, and what is there afterwards. */
export type ImportDesk = Readonly<{
  test: TestDatabase;
  books: Books;
  files: FileStore;
  /** As the office of the business. */
  office: <T>(work: (scope: Scope) => Promise<T>) => Promise<T>;
  begin: (text: string | Uint8Array, more?: Readonly<{ kind?: ImportKind | null; mode?: 'check' | 'import'; name?: string }>) => Promise<string>;
  work: (id: string, mayGoOn?: () => boolean) => Promise<ImportRow>;
  bring: (kind: ImportKind | null, text: string | Uint8Array) => Promise<ImportRow>;
  read: (id: string) => Promise<ImportRow>;
  problems: (id: string) => Promise<string[]>;
  /** How many rows the office sees. */
  seen: (what: string) => Promise<number>;
}>;

export function importDesk(): () => ImportDesk {
  const test = testDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'imports-'));
  let desk: ImportDesk | null = null;
  beforeAll(async () => {
    const books = await makeBooks(test().database);
    desk = deskOf(test(), books, localFileStore(folder));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return () => {
    if (desk === null) throw new Error('the desk exists inside tests only');
    return desk;
  };
}

function deskOf(test: TestDatabase, books: Books, files: FileStore): ImportDesk {
  const { business } = books;
  const deps = { database: test.database, files };
  // The office's view of the rows, with the system's right to all verbs.
  const office: ImportDesk['office'] = (work) => books.office((scope) => work({ ...scope, actor: systemActor }));
  const read = (id: string): Promise<ImportRow> => office((scope) => readImport(scope, id));
  const begin: ImportDesk['begin'] = (text, { kind = null, mode = 'check', name = 'file.csv' } = {}) =>
    beginImport(deps, { business, actor: systemActor, kind, fileName: name, mode, source: bytesOf(text) });
  const work: ImportDesk['work'] = async (id, mayGoOn = () => true) => {
    await goOn(deps, business, id, mayGoOn);
    return read(id);
  };
  return {
    ...{ test, books, files, office, begin, work, read },
    bring: async (kind, text) => work(await begin(text, { kind, mode: 'import' })),
    problems: async (id) =>
      (await office((scope) => listProblems(scope, id, { limit: 1000 }))).items.map(({ row, column, code }) => `${row} ${column} ${code}`.replace('  ', ' ')),
    seen: (what) =>
      office(async ({ tx }) => {
        const { rows } = await sql<{ n: bigint }>`select count(*) as n from ${sql.raw(what)}`.execute(tx);
        return Number(rows[0]?.n ?? 0);
      }),
  };
}
