/** One event a line, as JSON on standard error. Never pass a secret or a token: what is logged is what the caller names. */
export type Fields = Readonly<Record<string, string | number | boolean | null | undefined>>;
type Level = 'info' | 'warn' | 'error';

const ranks = { info: 0, warn: 1, error: 2, silent: 3 } as const;
let threshold: keyof typeof ranks = 'info';

/** What is below this level is dropped. Tests ask for silence. */
export function setLogLevel(level: keyof typeof ranks): void {
  threshold = level;
}

function write(level: Level, event: string, fields: Fields): void {
  if (ranks[level] < ranks[threshold]) return;
  // JSON escapes line breaks, so a value can never forge a second line.
  process.stderr.write(`${JSON.stringify({ at: Temporal.Now.instant().toString(), level, event, ...fields })}\n`);
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
