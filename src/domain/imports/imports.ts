import { readCursor, writeCursor } from '../../core/cursor.ts';
import { textLimits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import { clean } from '../../core/text.ts';
import { newId } from '../../db/fresh.ts';
import { enqueue } from '../../db/queue.ts';
import { type Actor, inTransaction, type Scope } from '../../db/scope.ts';
import { mustBeAllowed } from '../people/rights.ts';
import { type FirstLook, firstLook } from './begin.ts';
import { type Remembered, selectMapping } from './edits/queries.ts';
import { type ImportKind, missingFrom } from './meanings.ts';
import {
  countProblems,
  type ImportRow,
  type ImportState,
  type ImportStep,
  insertImport,
  isWriting,
  type ProblemCount,
  type StoredProblem,
  selectImports,
  selectProblems,
} from './queries.ts';
import { goOn, type ImportDeps } from './run.ts';
import { countThings } from './things/queries.ts';

export { sentenceOf } from './cells.ts';
export { importKinds, isKind, meaningsOf, missingFrom } from './meanings.ts';
export { addOpening, listOpenings, type NewOpening } from './open-account.ts';
export {
  cancelImport,
  changeImport,
  commitImport,
  type EditInput,
  editImport,
  type ImportChange,
  type LookedAgain,
  lookAgain,
  undoBlockers,
  undoImport,
} from './prepare.ts';
export { type PreviewRow, previewImport } from './preview.ts';
export type { OpeningRow } from './queries.ts';
export { dateOrders, decimalSigns, delimiters, encodings, type Reading } from './reading.ts';
export { rejectedFile } from './rejected-rows.ts';
export { reviveImports } from './revive.ts';
export { goOn } from './run.ts';
export { ownTemplates, programOf, templateFile } from './templates.ts';
export type { Blocker as UndoBlocker } from './undo/queries.ts';
export type { ImportDeps, ImportKind, ImportRow, ImportState, ImportStep, ProblemCount, StoredProblem };

/** A file to bring in. `kind` null: whatever it looks like. `mode` 'check' adds nothing. */
export type ImportOrder = Readonly<{
  business: string;
  actor: Actor;
  kind: ImportKind | null;
  fileName: string;
  mode: 'check' | 'import';
  source: AsyncIterable<Uint8Array>;
}>;

/**
 * Keeps a file and begins with it: recognizes whose export it is, what its columns mean and how its days and amounts are written, as the
 * business said of the same header before. A file that misses a column waits to be told; every other is ready to be gone on with.
 * Refuses `import_unreadable`, `import_workbook`, `not_allowed`; `import_columns_missing` when it was to come in without a check;
 * `import_running`. `later`: a task goes on, unless somebody was faster.
 */
export async function beginImport(deps: ImportDeps, order: ImportOrder, later = true): Promise<string> {
  const inScope = <T>(work: (scope: Scope) => Promise<T>): Promise<T> =>
    inTransaction(deps.database, { role: 'office', business: order.business, actor: order.actor }, work);
  await inScope((scope) => mustBeAllowed(scope, 'imports:write'));
  const { sha256, size } = await deps.files.putStream(order.business, order.source);
  const look = await firstLook(deps.files, order.business, sha256, order.kind ?? undefined);
  return inScope(async (scope) => {
    const id = await keepLook(scope, order, look, { sha256, size });
    if (later) await enqueue(scope, 'run-import', { importId: id }, { key: id, priority: 20, runAt: scope.now.add({ seconds: 20 }) });
    return id;
  });
}

async function keepLook(scope: Scope, order: ImportOrder, look: FirstLook, file: Readonly<{ sha256: string; size: number }>): Promise<string> {
  await mustBeAllowed(scope, 'imports:write');
  const { header, guessed, recognized } = look;
  const said = await saidBefore(scope, order, look);
  const kind = said?.kind ?? recognized.kind;
  const mapping = said?.mapping ?? recognized.mapping;
  const missing = missingFrom(kind, mapping);
  if (order.mode === 'import') {
    if (missing.length > 0) throw new Refusal('import_columns_missing', { missing, found: header.slice(0, 50) });
    if (await isWriting(scope)) throw new Refusal('import_running');
  }
  const id = newId();
  await insertImport(scope, {
    ...{ id, kind, mapping, header, guessed, fileSha256: file.sha256, fileBytes: file.size, step: order.mode },
    fileName: clean(order.fileName, textLimits.fileName, 'fileName') || 'file.csv',
    state: missing.length > 0 ? 'waiting' : 'running',
    template: recognized.kind === kind ? (recognized.template?.id ?? null) : null,
    reading: said === null ? guessed : { ...said.reading, encoding: guessed.encoding, delimiter: guessed.delimiter },
  });
  return id;
}

/** What the business said of this header the last time, unless it says otherwise now. */
async function saidBefore(scope: Scope, { kind }: ImportOrder, { header, headerHash }: FirstLook): Promise<Remembered | null> {
  const known = await selectMapping(scope, headerHash);
  return known !== undefined && (kind === null || kind === known.kind) && known.mapping.length === header.length ? known : null;
}

/** The whole way in one go, as the command line goes it. */
export async function runImport(deps: ImportDeps, order: ImportOrder): Promise<ImportRow> {
  const id = await beginImport(deps, order, false);
  await goOn(deps, order.business, id, () => true);
  return inTransaction(deps.database, { role: 'office', business: order.business, actor: order.actor }, (scope) => readImport(scope, id));
}

/** One import. Refuses `not_found`. */
export async function readImport(scope: Scope, id: string): Promise<ImportRow> {
  await mustBeAllowed(scope, 'imports:read');
  const [found] = await selectImports(scope, { id, limit: 1 });
  if (!found) throw new Refusal('not_found');
  return found;
}

/** What is wrong with it, summed up, and what of it is still here to be taken back. */
export async function readImportDetails(scope: Scope, id: string): Promise<{ problemCounts: ProblemCount[]; things: Readonly<Record<string, number>> }> {
  await mustBeAllowed(scope, 'imports:read');
  return { problemCounts: await countProblems(scope, id), things: await countThings(scope, id) };
}

type Page = Readonly<{ cursor?: string | null; limit: number }>;

/** Imports, newest first. */
export async function listImports(scope: Scope, page: Page): Promise<{ items: ImportRow[]; nextCursor: string | null }> {
  await mustBeAllowed(scope, 'imports:read');
  const [before] = readCursor('imports', page.cursor, 1) ?? [];
  const rows = await selectImports(scope, { ...(before === undefined ? {} : { before }), limit: page.limit + 1 });
  const items = rows.slice(0, page.limit);
  return { items, nextCursor: rows.length > page.limit ? writeCursor('imports', [items.at(-1)?.id ?? '']) : null };
}

/** Every problem by row and column, in the order of the file. `keeps`: only those whose rows come in all the same, or only the others. */
export async function listProblems(
  scope: Scope,
  importId: string,
  page: Page & Readonly<{ code?: string; except?: string; keeps?: boolean }>,
): Promise<{ items: StoredProblem[]; nextCursor: string | null }> {
  await readImport(scope, importId);
  const after = readCursor('import-problems', page.cursor, 3);
  if (after !== null && !after.slice(0, 2).every((part) => /^-?\d{1,9}$/.test(part))) throw new Refusal('cursor_invalid');
  const { code, except, keeps } = page;
  const rows = await selectProblems(scope, importId, { after, limit: page.limit + 1, code, except, keeps });
  const items = rows.slice(0, page.limit);
  const last = items.at(-1);
  const nextCursor = rows.length > page.limit && last ? writeCursor('import-problems', [String(last.row), String(last.position), last.code]) : null;
  return { items, nextCursor };
}
