import type pg from 'pg';

/** The part of the driver's connection that speaks the protocol; its published types leave some of it out. */
type Wire = Readonly<{
  stream: { cork: () => void; uncork: () => void };
  parse: (statement: { name: string; text: string }) => void;
  bind: (portal: { statement: string; values: readonly WireValue[] }) => void;
  execute: (portal: object) => void;
  sync: () => void;
}>;

type WireValue = string | Buffer | null;

/** A prepared statement, under a name of its own, with its values. */
export type Statement = Readonly<{ name: string; text: string; values: readonly WireValue[] }>;

/** Which statements a connection knows. A connection on which one failed is closed, so what stands here is true. */
const prepared = new WeakMap<object, Set<string>>();

/**
 * Several prepared statements that travel as one message and are answered as one. Until the one Sync at their end they are one
 * transaction by the protocol itself, so nothing is spent on BEGIN and COMMIT. Of each the first column of the first row is kept, as text.
 */
export class PageRequest implements pg.Submittable {
  /** The first column of the first row of each statement; null where there is none. */
  private readonly found: (string | null)[];
  private at = 0;
  private filled = false;
  private readonly statements: readonly Statement[];
  private readonly done: (found: readonly (string | null)[]) => void;
  private readonly failed: (error: Error) => void;

  constructor(statements: readonly Statement[], done: (found: readonly (string | null)[]) => void, failed: (error: Error) => void) {
    this.statements = statements;
    this.done = done;
    this.failed = failed;
    this.found = statements.map(() => null);
  }

  submit(connection: pg.Connection): void {
    const wire = connection as unknown as Wire;
    const known = prepared.get(connection) ?? new Set<string>();
    prepared.set(connection, known);
    wire.stream.cork();
    for (const { name, text, values } of this.statements) {
      if (!known.has(name)) {
        known.add(name);
        wire.parse({ name, text });
      }
      wire.bind({ statement: name, values });
      wire.execute({});
    }
    wire.sync();
    wire.stream.uncork();
  }

  handleRowDescription(): void {}

  handleDataRow(message: { fields: readonly (string | null)[] }): void {
    if (!this.filled) this.found[this.at] = message.fields[0] ?? null;
    this.filled = true;
  }

  handleCommandComplete(): void {
    this.at += 1;
    this.filled = false;
  }

  handleEmptyQuery(): void {
    this.handleCommandComplete();
  }

  handlePortalSuspended(): void {}

  handleReadyForQuery(): void {
    this.done(this.found);
  }

  handleError(error: Error): void {
    this.failed(error);
  }
}

/** As the protocol carries it. Throws for lists and objects: a page asks with plain values. */
export function wireValue(value: unknown): WireValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || Buffer.isBuffer(value)) return value;
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  throw new TypeError('a page asks with text, numbers, bytes and nothing else');
}
