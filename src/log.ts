import { environment } from './config.ts';

/** One event a line, as JSON on standard error. Never pass a secret or a token: what is logged is what the caller names. */
export type Fields = Readonly<Record<string, string | number | boolean | null | undefined>>;
export type LogLevel = 'info' | 'warn' | 'error' | 'silent';

const ranks = { info: 0, warn: 1, error: 2, silent: 3 } as const satisfies Record<LogLevel, number>;
const asked = environment['LOG_LEVEL'] ?? '';
let threshold: LogLevel = Object.hasOwn(ranks, asked) ? (asked as LogLevel) : 'info';

/** What is below this level is dropped. */
export function setLogLevel(level: LogLevel): void {
  threshold = level;
}

/** Lines of requests wait a moment for each other: one write for many. Anything worse than news is written at once, with what waited before it. */
const waitMs = 50;
const waitingMost = 256;
let waiting: string[] = [];
let timer: NodeJS.Timeout | null = null;

function flush(): void {
  if (timer !== null) clearTimeout(timer);
  timer = null;
  if (waiting.length === 0) return;
  const text = waiting.join('');
  waiting = [];
  process.stderr.write(text);
}
process.on('exit', flush);

function write(level: Exclude<LogLevel, 'silent'>, event: string, fields: Fields): void {
  if (ranks[level] < ranks[threshold]) return;
  // JSON escapes line breaks, so a value can never forge a second line.
  waiting.push(`${JSON.stringify({ at: Temporal.Now.instant().toString(), level, event, ...fields })}\n`);
  if (level !== 'info' || waiting.length >= waitingMost) flush();
  else timer ??= setTimeout(flush, waitMs).unref();
}

/** What may be said of an error in a log: its kind, code and message, and where it came from; never the values of a query. */
export function errorFields(error: unknown): Fields {
  if (!(error instanceof Error)) return { error: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return { error: error.message, errorName: error.name, errorCode: code, stack: error.stack };
}

export const log = {
  info: (event: string, fields: Fields = {}): void => write('info', event, fields),
  warn: (event: string, fields: Fields = {}): void => write('warn', event, fields),
  error: (event: string, fields: Fields = {}): void => write('error', event, fields),
};

/** Words for the person at the terminal: start steps, the banner, reports. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
