import type { FileStore } from '../../core/gateways.ts';
import { Refusal } from '../../core/refusal.ts';
import { crashPoint } from '../../db/crash-point.ts';
import type { Database } from '../../db/pool.ts';
import { enqueue } from '../../db/queue.ts';
import { inTransaction, type Scope, sqlState, systemActor } from '../../db/scope.ts';
import { recordEvent } from '../events/events.ts';
import { mustBeAllowed } from '../people/rights.ts';
import { corrected } from './edits/edits.ts';
import { selectEdits } from './edits/queries.ts';
import { intakeOf } from './intakes.ts';
import type { Intake, Judged, Unit } from './judged.ts';
import { advance, type Counts, type ImportRow, selectImports, updateImport } from './queries.ts';
import { readTable } from './table.ts';
import { insertThings } from './things/queries.ts';
import { undoOn } from './undo/undo.ts';

export type ImportDeps = Readonly<{ database: Database; files: FileStore }>;
export type Outcome = 'finished' | 'paused';
type InScope = <T>(work: (scope: Scope) => Promise<T>) => Promise<T>;

/** Undoes a part that was only tried. */
class OnlyChecked extends Error {
  readonly judged: readonly Judged[];
  constructor(judged: readonly Judged[]) {
    super('only checked');
    this.judged = judged;
  }
}

/** Somebody else moved this import on, or ended it: there is nothing left to do here. */
class Overtaken extends Error {}

/** Somebody wants it to stop. What was brought in so far stays; it can be undone. */
class Canceled extends Error {}

/**
 * Goes on with an import, from the row where it stands: part by part, each in one transaction with the count of what it did. So it can be
 * cut off anywhere and taken up again, by whoever, and twice at once has one effect. Stops when `mayGoOn` says no, and answers whether
 * there is more. What fails for good is written on the import; what may pass (a lost connection) is thrown, to be tried again.
 */
export async function goOn(deps: ImportDeps, business: string, importId: string, mayGoOn: () => boolean): Promise<Outcome> {
  const found = await inTransaction(deps.database, { role: 'system', business, actor: systemActor }, (scope) =>
    selectImports(scope, { id: importId, limit: 1 }),
  );
  const [of] = found;
  if (of?.state !== 'running') return 'finished';
  const role = of.step === 'undo' ? 'system' : 'office';
  const inScope: InScope = (work) => inTransaction(deps.database, { role, business, actor: of.actor }, work);
  try {
    return of.step === 'undo' ? await undoOn(inScope, of, mayGoOn) : await new Run(deps, of, inScope).goOn(business, mayGoOn);
  } catch (error) {
    if (error instanceof Overtaken) return 'finished';
    if (error instanceof Canceled) {
      await end(deps, business, of, 'canceled', '');
      return 'finished';
    }
    if (mayPass(error)) throw error;
    await end(deps, business, of, 'failed', error instanceof Refusal ? error.code : 'unexpected');
    if (error instanceof Refusal) return 'finished';
    throw error;
  }
}

/** Connection lost, server going down or full, a deadlock: the next try may go well. */
const mayPass = (error: unknown): boolean =>
  /^(08|40|53|55P|57)/.test(sqlState(error) ?? '') || (error instanceof Error && /connection|ECONN/i.test(error.message));

async function end(deps: ImportDeps, business: string, of: ImportRow, state: 'canceled' | 'failed', failure: string): Promise<void> {
  await inTransaction(deps.database, { role: 'system', business, actor: of.actor }, async (scope) => {
    const [now] = await selectImports(scope, { id: of.id, limit: 1, lock: true });
    if (now?.state !== 'running' || now.step !== of.step) return;
    await updateImport(scope, of.id, { state, failure, cancelAsked: false, finishedAt: scope.now.toString() });
    await tellFinished(scope, now, state);
  });
}

/** One file on its way in, or on trial. */
class Run {
  readonly #deps: ImportDeps;
  readonly #of: ImportRow;
  readonly #inScope: InScope;
  /** Where the import stands as far as we moved it. */
  #rowsRead: number;

  constructor(deps: ImportDeps, of: ImportRow, inScope: InScope) {
    this.#deps = deps;
    this.#of = of;
    this.#inScope = inScope;
    this.#rowsRead = of.rowsRead;
  }

  async goOn(business: string, mayGoOn: () => boolean): Promise<Outcome> {
    const source = this.#of.fileSha256 === null ? null : await this.#deps.files.stream(business, this.#of.fileSha256);
    if (source === null) throw new Refusal('import_unreadable', { why: 'the file is not here any more' });
    const table = await readTable(source, this.#of.reading);
    const { intake, edits } = await this.#inScope(async (scope) => {
      await mustBeAllowed(scope, 'imports:write');
      return { intake: await intakeOf(scope, this.#of), edits: await selectEdits(scope, this.#of.id) };
    });
    let passed = 0;
    let waiting: Unit[] = [];
    for await (const unit of intake.units(corrected(table.rows, edits))) {
      if (passed < this.#of.rowsRead) {
        passed += unit.rows.length;
        intake.skip(unit);
        continue;
      }
      waiting.push(unit);
      if (waiting.length < intake.unitsAtOnce) continue;
      await this.#part(intake, waiting);
      waiting = [];
      if (!mayGoOn()) return this.#pause();
    }
    if (waiting.length > 0) await this.#part(intake, waiting);
    await this.#finish();
    return 'finished';
  }

  /** The task that goes on is queued before this one lets go. */
  async #pause(): Promise<Outcome> {
    await this.#inScope((scope) => enqueue(scope, 'run-import', { importId: this.#of.id }, { key: this.#of.id, priority: 20 }));
    return 'paused';
  }

  async #part(intake: Intake<Unit>, units: readonly Unit[]): Promise<void> {
    const out = units.filter(({ rows }) => rows.some(({ leftOut }) => leftOut === true));
    const add = async (scope: Scope): Promise<Judged[]> => {
      const left = out.map(({ rows }): Judged => ({ state: 'left_out', rows, problems: [], things: [] }));
      return [
        ...left,
        ...(await intake.add(
          scope,
          units.filter((unit) => !out.includes(unit)),
        )),
      ];
    };
    const judged = this.#of.step === 'check' ? await this.#try(add) : await this.#bringIn(add);
    intake.learn(judged);
  }

  async #bringIn(add: (scope: Scope) => Promise<Judged[]>): Promise<Judged[]> {
    const { judged, counts } = await this.#inScope(async (scope) => {
      await this.#hold(scope);
      const judged = await add(scope);
      await insertThings(
        scope,
        this.#of.id,
        judged.flatMap(({ things }) => things),
      );
      const counts = countsOf(judged);
      await advance(scope, this.#of.id, counts, problemsOf(judged));
      crashPoint('import.part-done');
      return { judged, counts };
    });
    crashPoint('import.part-kept');
    this.#rowsRead += counts.rowsRead;
    return judged;
  }

  async #try(add: (scope: Scope) => Promise<Judged[]>): Promise<readonly Judged[]> {
    const judged = await this.#inScope(async (scope): Promise<readonly Judged[]> => {
      throw new OnlyChecked(await add(scope));
    }).catch((error: unknown) => {
      if (error instanceof OnlyChecked) return error.judged;
      throw error;
    });
    const counts = countsOf(judged);
    await this.#inScope(async (scope) => {
      await this.#hold(scope);
      await advance(scope, this.#of.id, counts, problemsOf(judged));
    });
    this.#rowsRead += counts.rowsRead;
    return judged;
  }

  /** The import is ours as long as it stands where we left it. A wish to stop is heard here, between two parts. */
  async #hold(scope: Scope): Promise<ImportRow> {
    const [now] = await selectImports(scope, { id: this.#of.id, limit: 1, lock: true });
    if (now?.state !== 'running' || now.step !== this.#of.step || now.version !== this.#of.version || now.rowsRead !== this.#rowsRead) throw new Overtaken();
    if (now.cancelAsked) throw new Canceled();
    return now;
  }

  async #finish(): Promise<void> {
    await this.#inScope(async (scope) => {
      const now = await this.#hold(scope);
      const done = this.#of.step === 'check' ? 'checked' : 'done';
      await updateImport(scope, this.#of.id, { state: done, rowsTotal: now.rowsRead, finishedAt: scope.now.toString() });
      await tellFinished(scope, now, done);
    });
  }
}

export async function tellFinished(scope: Scope, of: ImportRow, state: 'checked' | 'done' | 'failed' | 'canceled'): Promise<void> {
  const { kind, rowsRead, added, unchanged, rejected } = of;
  await recordEvent(scope, { kind: 'import.finished', data: { kind, state, rowsRead, added, unchanged, rejected, checkOnly: of.step === 'check' } });
}

function countsOf(judged: readonly Judged[]): Counts {
  const count = (state?: Judged['state']): number =>
    judged.filter((each) => state === undefined || each.state === state).reduce((sum, { rows }) => sum + rows.length, 0);
  return { rowsRead: count(), added: count('added'), unchanged: count('unchanged'), rejected: count('rejected'), leftOut: count('left_out') };
}

const problemsOf = (judged: readonly Judged[]) => judged.flatMap(({ problems }) => problems);
