import { once } from 'node:events';
import { Readable } from 'node:stream';
import type pg from 'pg';

/** The part of the driver's connection that carries a COPY; its published types leave it out. */
type Wire = Readonly<{
  stream: NodeJS.ReadWriteStream & { writableNeedDrain: boolean };
  query: (text: string) => void;
  sendCopyFromChunk: (chunk: Uint8Array) => void;
  endCopyFrom: () => void;
  sendCopyFail: (reason: string) => void;
}>;
const wireOf = (connection: pg.Connection): Wire => connection as unknown as Wire;

/** Rows of a `copy … to stdout`, one piece of bytes each, no faster than they are read. */
class CopyOut extends Readable implements pg.Submittable {
  private readonly text: string;
  private wire: Wire | null = null;

  constructor(text: string) {
    super({ highWaterMark: 256 * 1024 });
    this.text = text;
  }

  submit(connection: pg.Connection): void {
    this.wire = wireOf(connection);
    this.wire.query(this.text);
  }

  override _read(): void {
    this.wire?.stream.resume();
  }

  handleCopyData({ chunk }: { chunk: Buffer }): void {
    // The driver reads the next message into the same memory.
    if (!this.push(Buffer.from(chunk))) this.wire?.stream.pause();
  }

  handleRowDescription(): void {}
  handleDataRow(): void {}
  handleEmptyQuery(): void {}
  handleCommandComplete(): void {}

  handleError(error: Error): void {
    this.wire?.stream.resume();
    this.destroy(error);
  }

  handleReadyForQuery(): void {
    if (!this.destroyed) this.push(null);
  }
}

/** Bytes that become the rows of a `copy … from stdin`. */
class CopyIn implements pg.Submittable {
  private readonly text: string;
  private readonly source: AsyncIterable<Uint8Array>;
  private readonly done: (rows: number) => void;
  private readonly failed: (error: Error) => void;
  private error: Error | null = null;
  private rows = 0;

  constructor(text: string, source: AsyncIterable<Uint8Array>, done: (rows: number) => void, failed: (error: Error) => void) {
    this.text = text;
    this.source = source;
    this.done = done;
    this.failed = failed;
  }

  submit(connection: pg.Connection): void {
    wireOf(connection).query(this.text);
  }

  handleCopyInResponse(connection: pg.Connection): void {
    const wire = wireOf(connection);
    this.send(wire).catch((error: Error) => {
      this.error ??= error;
      wire.sendCopyFail('the source broke off');
    });
  }

  private async send(wire: Wire): Promise<void> {
    for await (const piece of this.source) {
      if (this.error !== null) break;
      wire.sendCopyFromChunk(piece);
      if (wire.stream.writableNeedDrain) await once(wire.stream, 'drain');
    }
    if (this.error === null) wire.endCopyFrom();
  }

  handleRowDescription(): void {}
  handleDataRow(): void {}
  handleEmptyQuery(): void {}

  handleCommandComplete({ text }: { text: string }): void {
    this.rows = Number(/^COPY (\d+)$/.exec(text)?.[1] ?? 0);
  }

  handleError(error: Error): void {
    this.error ??= error;
  }

  handleReadyForQuery(): void {
    if (this.error === null) this.done(this.rows);
    else this.failed(this.error);
  }
}

/** Runs a `copy … to stdout`. What is not read to its end closes the connection. */
export function copyOut(client: pg.ClientBase, text: string): Readable {
  return client.query(new CopyOut(text));
}

/** Runs a `copy … from stdin` and answers how many rows it took. */
export function copyIn(client: pg.ClientBase, text: string, source: AsyncIterable<Uint8Array>): Promise<number> {
  return new Promise((done, failed) => {
    client.query(new CopyIn(text, source, done, failed));
  });
}
