import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Work that may crash, leak or hang runs in child processes behind one queue. A child gets one piece of work at a time, is killed
 * when it takes longer than the limit, and is replaced after so many pieces or when it has grown too large.
 */
export type PoolOptions = {
  /** Module to fork, without its extension: sources and the compiled server use the same line. */
  module: URL;
  children: number;
  recycleAfter: number;
  timeoutMs: number;
  maxQueued: number;
  maxResidentBytes: number;
  maxOldSpaceMb: number;
  env?: Record<string, string>;
};

export type ChildPool<In, Out> = {
  /** Answers with what the child made. Throws ChildFailure: the work was refused, timed out, or its child died. */
  run(work: In): Promise<Out>;
  /** Refuses what waits, ends the children. */
  close(): Promise<void>;
};

/** `refused`: the child said no; `timeout`, `crashed`: it had to be ended or died; `busy`: too much is waiting; `closed`. */
export class ChildFailure extends Error {
  readonly reason: 'refused' | 'timeout' | 'crashed' | 'busy' | 'closed';
  constructor(reason: ChildFailure['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

type Answer<Out> = { value: Out; residentBytes: number } | { refused: string; residentBytes: number };
type Waiting<In, Out> = { work: In; resolve: (value: Out) => void; reject: (error: ChildFailure) => void };
type Seat<In, Out> = { child: ChildProcess; done: number; current: Waiting<In, Out> | null; timer: NodeJS.Timeout | null };

const IDLE_MS = 300_000;

/** Starts nothing yet: children are hired when there is work. */
export function childPool<In, Out>(options: PoolOptions): ChildPool<In, Out> {
  const pool = new Seats<In, Out>(options);
  return { run: (work) => pool.run(work), close: () => pool.close() };
}

class Seats<In, Out> {
  private readonly waiting: Waiting<In, Out>[] = [];
  private readonly seats = new Set<Seat<In, Out>>();
  private readonly options: PoolOptions;
  private closed = false;

  constructor(options: PoolOptions) {
    this.options = options;
  }

  run(work: In): Promise<Out> {
    if (this.closed) return Promise.reject(new ChildFailure('closed', 'the pool is closed'));
    if (this.waiting.length >= this.options.maxQueued) return Promise.reject(new ChildFailure('busy', 'too much is waiting'));
    return new Promise((resolve, reject) => {
      this.waiting.push({ work, resolve, reject });
      this.next();
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const item of this.waiting.splice(0)) item.reject(new ChildFailure('closed', 'the pool is closed'));
    await Promise.all([...this.seats].map((seat) => this.farewell(seat)));
  }

  private next(): void {
    if (this.waiting.length === 0) return;
    const free = [...this.seats].find((seat) => seat.current === null) ?? (this.seats.size < this.options.children ? this.hire() : null);
    const item = free && this.waiting.shift();
    if (!free || !item) return;
    if (free.timer) clearTimeout(free.timer);
    free.current = item;
    free.timer = setTimeout(() => this.end(free, 'timeout'), this.options.timeoutMs);
    free.child.ref();
    free.child.channel?.ref();
    free.child.send(item.work as object, (error) => error && this.end(free, 'crashed'));
  }

  private hire(): Seat<In, Out> {
    const child = fork(scriptOf(this.options.module), [], {
      serialization: 'advanced',
      execArgv: [`--max-old-space-size=${this.options.maxOldSpaceMb}`],
      // The child sees none of the server's environment, so none of its secrets.
      env: { NODE_ENV: 'production', ...this.options.env },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const seat: Seat<In, Out> = { child, done: 0, current: null, timer: null };
    this.seats.add(seat);
    child.on('message', (answer) => this.finish(seat, answer as Answer<Out>));
    child.on('error', () => this.end(seat, 'crashed'));
    child.on('exit', () => this.end(seat, 'crashed'));
    return seat;
  }

  private finish(seat: Seat<In, Out>, answer: Answer<Out>): void {
    const item = seat.current;
    if (!item) return;
    if (seat.timer) clearTimeout(seat.timer);
    seat.current = null;
    seat.done += 1;
    if (seat.done >= this.options.recycleAfter || answer.residentBytes > this.options.maxResidentBytes) this.dismiss(seat);
    else this.rest(seat);
    if ('refused' in answer) item.reject(new ChildFailure('refused', answer.refused));
    else item.resolve(answer.value);
    this.next();
  }

  // An idle child must not keep the server from ending, nor keep its memory for ever.
  private rest(seat: Seat<In, Out>): void {
    seat.child.unref();
    seat.child.channel?.unref();
    seat.timer = setTimeout(() => this.dismiss(seat), IDLE_MS);
    seat.timer.unref();
  }

  private dismiss(seat: Seat<In, Out>): void {
    if (seat.timer) clearTimeout(seat.timer);
    this.seats.delete(seat);
    seat.child.kill('SIGKILL');
  }

  private end(seat: Seat<In, Out>, reason: 'timeout' | 'crashed'): void {
    if (!this.seats.has(seat)) return;
    this.dismiss(seat);
    const words = reason === 'timeout' ? `took longer than ${this.options.timeoutMs} ms` : 'its process died';
    seat.current?.reject(new ChildFailure(reason, words));
    seat.current = null;
    if (!this.closed) this.next();
  }

  private farewell(seat: Seat<In, Out>): Promise<void> {
    return new Promise((resolve) => {
      seat.child.ref();
      seat.child.once('exit', () => resolve());
      seat.current?.reject(new ChildFailure('closed', 'the pool is closed'));
      seat.current = null;
      this.dismiss(seat);
      if (seat.child.exitCode !== null || seat.child.signalCode !== null) resolve();
    });
  }
}

function scriptOf(module: URL): string {
  return fileURLToPath(module) + (import.meta.url.endsWith('.ts') ? '.ts' : '.js');
}
