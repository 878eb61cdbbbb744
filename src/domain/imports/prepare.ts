import type { FileStore } from '../../core/gateways.ts';
import { limits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import { cut } from '../../core/text.ts';
import { enqueue } from '../../db/queue.ts';
import type { Scope } from '../../db/scope.ts';
import { mustBeAllowed } from '../people/rights.ts';
import { type FirstLook, firstLook, writingOf } from './begin.ts';
import { longestValue } from './cells.ts';
import { cleanMapping } from './columns.ts';
import { type Edit, longestEdit, mostEdits } from './edits/edits.ts';
import { countEdits, deleteAllEdits, deleteEdits, upsertEdits, upsertMapping } from './edits/queries.ts';
import { type ImportKind, missingFrom } from './meanings.ts';
import { type ImportRow, isWriting, resetProgress, selectImports, updateImport } from './queries.ts';
import type { Reading } from './reading.ts';
import { type Blocker, selectBlockers } from './undo/queries.ts';

/** What somebody says of a file instead of what was recognized. */
export type ImportChange = Readonly<{ kind?: ImportKind; mapping?: readonly (string | null)[]; reading?: Partial<Reading> }>;
export type LookedAgain = FirstLook & Readonly<{ cutAnew: boolean }>;

/** The file as it looks with this change; read outside of a transaction. */
export async function lookAgain(files: FileStore, business: string, of: ImportRow, change: ImportChange): Promise<LookedAgain> {
  if (of.fileSha256 === null) throw new Refusal('import_changed');
  const { encoding = of.reading.encoding, delimiter = of.reading.delimiter } = change.reading ?? {};
  const look = await firstLook(files, business, of.fileSha256, change.kind ?? of.kind, { encoding, delimiter });
  return { ...look, cutAnew: encoding !== of.reading.encoding || delimiter !== of.reading.delimiter };
}

/** Takes what was said, remembers it for the next file with this header, and has the file checked again. Refuses `stale_version`. */
export async function changeImport(scope: Scope, id: string, version: number, change: ImportChange, look: LookedAgain): Promise<void> {
  const of = await lockOpen(scope, id);
  if (of.version !== version) throw new Refusal('stale_version');
  const kind = change.kind ?? of.kind;
  const recognized = change.kind !== undefined || look.cutAnew;
  const chosen = change.mapping ?? (recognized ? look.recognized.mapping : of.mapping);
  const mapping = cleanMapping(kind, look.header.length, chosen);
  // Days and amounts in other columns than before may be written otherwise, unless somebody said how.
  const writing = recognized || change.mapping ? writingOf(look.sample, mapping) : {};
  const guessed = { ...of.guessed, ...writing };
  const told: Partial<Reading> = Object.fromEntries(Object.entries(of.reading).filter(([part, value]) => of.guessed[part as keyof Reading] !== value));
  const reading = { ...guessed, ...told, ...change.reading } as Reading;
  if (look.cutAnew) await deleteAllEdits(scope, id);
  await upsertMapping(scope, look.headerHash, { kind, mapping, reading });
  const template = look.recognized.kind === kind ? (look.recognized.template?.id ?? null) : null;
  await checkAgain(scope, id, { kind, mapping, reading, guessed, header: look.header, template });
}

/** A cell of a row; every cell of a column that says `was`; or a row, left out or taken in again. `value` null takes a correction back. */
export type EditInput = Readonly<{ row?: number; position?: number; was?: string; value?: string | null; leaveOut?: boolean }>;

/** Corrects cells beside the file, and has it checked again. Refuses `import_edits_full`, `wrong_choice` for places that are not there. */
export async function editImport(scope: Scope, id: string, edits: readonly EditInput[]): Promise<void> {
  const of = await lockOpen(scope, id);
  const kept: Edit[] = [];
  for (const edit of edits) {
    const { row = 0, position = -1 } = edit;
    if (row < 0 || row === 1 || row > limits.importRows + 1 || position >= of.header.length) throw new Refusal('wrong_choice', { field: 'edits' });
    const correction = correctionOf(edit);
    if (correction === null) await deleteEdits(scope, id, [row], edit.leaveOut === false ? -1 : position);
    else kept.push(correction);
  }
  await upsertEdits(scope, id, kept);
  if ((await countEdits(scope, id)) > mostEdits) throw new Refusal('import_edits_full');
  await checkAgain(scope, id, {});
}

/** null: what was corrected there before is taken back. */
function correctionOf({ row = 0, position = -1, was = '', value = null, leaveOut }: EditInput): Edit | null {
  if (leaveOut === true && row > 1) return { row, position: -1, was: '', value: '' };
  if (leaveOut === false) return null;
  if (position < 0) throw new Refusal('wrong_choice', { field: 'edits' });
  return value === null ? null : { row, position, was: row === 0 ? cut(was, longestValue) : '', value: cut(value, longestEdit) };
}

/** An import that is still being made ready: nothing of it was added. */
async function lockOpen(scope: Scope, id: string): Promise<ImportRow> {
  const of = await lock(scope, id);
  const open = of.step === 'check' && ['waiting', 'running', 'checked', 'failed', 'canceled'].includes(of.state) && of.fileSha256 !== null;
  if (!open) throw new Refusal('import_changed');
  return of;
}

async function lock(scope: Scope, id: string): Promise<ImportRow> {
  await mustBeAllowed(scope, 'imports:write');
  const [of] = await selectImports(scope, { id, limit: 1, lock: true });
  if (!of) throw new Refusal('not_found');
  return of;
}

async function checkAgain(scope: Scope, id: string, changes: Parameters<typeof updateImport>[2]): Promise<void> {
  await resetProgress(scope, id);
  const of = await lock(scope, id);
  const ready = missingFrom(changes.kind ?? of.kind, changes.mapping ?? of.mapping).length === 0;
  await updateImport(scope, id, { ...changes, state: ready ? 'running' : 'waiting', step: 'check', actor: scope.actor }, true);
  if (ready) await runLater(scope, id);
}

const runLater = (scope: Scope, id: string): Promise<void> => enqueue(scope, 'run-import', { importId: id }, { key: id, priority: 10 });

/** Brings a checked file in, by a task. Once more does nothing. Refuses `import_not_ready`, `import_running`. */
export async function commitImport(scope: Scope, id: string): Promise<void> {
  const of = await lock(scope, id);
  if (of.step === 'import' && ['running', 'done'].includes(of.state)) return;
  if (of.step !== 'check' || of.state !== 'checked') throw new Refusal('import_not_ready');
  if (await isWriting(scope)) throw new Refusal('import_running');
  await resetProgress(scope, id);
  await updateImport(scope, id, { state: 'running', step: 'import', checkOnly: false, actor: scope.actor }, true);
  await runLater(scope, id);
}

/** Stops a check or an import at the end of the part it is in. Refuses `import_changed` when nothing is running. */
export async function cancelImport(scope: Scope, id: string): Promise<void> {
  const of = await lock(scope, id);
  if (of.state === 'canceled') return;
  if (of.state !== 'running' || of.step === 'undo') throw new Refusal('import_changed');
  await updateImport(scope, id, { cancelAsked: true });
  await runLater(scope, id);
}

/** Why an import cannot be undone: none, when it can. Refuses `not_found`. */
export async function undoBlockers(scope: Scope, id: string): Promise<Blocker[]> {
  await mustBeAllowed(scope, 'imports:read');
  if ((await selectImports(scope, { id, limit: 1 })).length === 0) throw new Refusal('not_found');
  return selectBlockers(scope, id);
}

/** Takes back all an import added, by a task, as long as nothing was sent, shown or paid of it. Refuses `import_undo_blocked` naming what stands in the way. */
export async function undoImport(scope: Scope, id: string): Promise<void> {
  const of = await lock(scope, id);
  if (of.state === 'undone' || (of.state === 'running' && of.step === 'undo')) return;
  if (of.step !== 'import' || !['done', 'canceled', 'failed'].includes(of.state)) throw new Refusal('import_changed');
  if (await isWriting(scope)) throw new Refusal('import_running');
  const blockers = await selectBlockers(scope, id);
  if (blockers.length > 0) throw new Refusal('import_undo_blocked', { blockers });
  await updateImport(scope, id, { state: 'running', step: 'undo', failure: '', actor: scope.actor }, true);
  await runLater(scope, id);
}
