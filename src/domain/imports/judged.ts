import { Refusal } from '../../core/refusal.ts';
import type { Scope } from '../../db/scope.ts';
import type { Problem } from './cells.ts';
import type { TableRow } from './table.ts';
import { rollbackTo, savepoint } from './things/queries.ts';

/** Something an import added, by what its file calls it. */
export type Thing = Readonly<{
  kind: 'customer' | 'property' | 'person' | 'invoice' | 'item' | 'opening' | 'credit';
  key: string;
  id: string;
  customerId: string | null;
}>;

/** What became of a row, or of all rows of one invoice. `things`: what was added by it. */
export type Judged = Readonly<{
  state: 'added' | 'unchanged' | 'rejected' | 'left_out';
  rows: readonly TableRow[];
  problems: readonly Problem[];
  things: readonly Thing[];
}>;

/** What comes in whole or not at all: a row, or the rows of one invoice. */
export type Unit = Readonly<{ rows: readonly TableRow[] }>;

/** One kind of file on its way in. Whatever it remembers from part to part it learns by `learn`, after the part is safe. */
export type Intake<U extends Unit> = Readonly<{
  unitsAtOnce: number;
  units: (rows: AsyncIterable<TableRow>) => AsyncIterable<U>;
  /** Adds what is new, in the scope's transaction, which may be thrown away and tried again. */
  add: (scope: Scope, units: readonly U[]) => Promise<Judged[]>;
  learn: (judged: readonly Judged[]) => void;
  /** A unit of a part that was done before an interruption. */
  skip: (unit: U) => void;
}>;

export const isRefused = (problems: readonly Problem[]): boolean => problems.some(({ keeps }) => !keeps);

/** Adds things together; a refused lot is taken back and cut in two, and again, until only what is at fault stays out. */
export async function sifted<T>(
  scope: Scope,
  things: readonly T[],
  add: (some: readonly T[]) => Promise<Judged[]>,
  refused: (thing: T, refusal: Refusal) => Judged,
): Promise<Judged[]> {
  if (things.length === 0) return [];
  await savepoint(scope);
  try {
    return await add(things);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await rollbackTo(scope);
    const [only] = things;
    if (things.length === 1 && only !== undefined) return [refused(only, error)];
    const half = things.length >> 1;
    const first = await sifted(scope, things.slice(0, half), add, refused);
    return [...first, ...(await sifted(scope, things.slice(half), add, refused))];
  }
}
