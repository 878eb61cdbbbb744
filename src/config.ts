import { isAbsolute, resolve } from 'node:path';

/** The process's environment; read here and nowhere else. Libraries that ask for NODE_ENV get the fast answer unless told otherwise. */
export const environment: Environment = process.env;
process.env['NODE_ENV'] ??= 'production';

/** Everything the environment decides, checked once. */
export type Config = Readonly<{
  port: number;
  host: string;
  /** Origin of every mailed link, without a trailing slash. */
  appUrl: string;
  /** True on https: cookies carry Secure and the `__Host-` or `__Secure-` prefix. */
  secureCookies: boolean;
  dataDir: string;
  /** Null: the embedded server under `dataDir`. */
  databaseUrl: string | null;
  /** Needed by migrate, doctor and seed only; null with a foreign database whose owner is elsewhere. */
  databaseOwnerUrl: string | null;
  smtpUrl: string | null;
  mailFrom: string;
  /** Null: made at first start and kept under `dataDir`. */
  appSecret: string | null;
  demo: boolean;
}>;

/** A variable that cannot be used. Its message is the whole sentence the host reads. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

export type Environment = Readonly<Record<string, string | undefined>>;
const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/** True where plain http cannot be overheard. */
export function isLoopback(url: string): boolean {
  return loopback.has(new URL(url).hostname);
}

function value(env: Environment, name: string): string | null {
  const text = env[name]?.trim();
  return text ? text : null;
}

function readUrl(env: Environment, name: string, protocols: readonly string[], example: string): URL | null {
  const text = value(env, name);
  if (text === null) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && protocols.includes(url.protocol)) return url;
  throw new ConfigError(`${name} must be an address like ${example}.`);
}

function readPort(env: Environment): number {
  const text = value(env, 'PORT') ?? '3000';
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port >= 0 && port <= 65535) return port;
  throw new ConfigError(`PORT must be a whole number from 0 to 65535, for example 3000; it is "${text}".`);
}

function readAppUrl(env: Environment, host: string, port: number): string {
  const url = readUrl(env, 'APP_URL', ['http:', 'https:'], 'https://billing.example.com');
  if (url === null) return `http://${host === '0.0.0.0' || host === '::' || host === '127.0.0.1' ? 'localhost' : host}:${port}`;
  if (url.pathname === '/' && !url.search && !url.hash && !url.username) return url.origin;
  throw new ConfigError('APP_URL must be an origin without a path, for example https://billing.example.com.');
}

function readSecret(env: Environment, databaseUrl: string | null): string | null {
  const secret = value(env, 'APP_SECRET');
  if (secret === null && databaseUrl === null) return null;
  if (secret === null) throw new ConfigError('APP_SECRET must be set when DATABASE_URL is: at least 32 random characters, the same for every process.');
  if (secret.length >= 32 && new Set(secret).size >= 10) return secret;
  throw new ConfigError('APP_SECRET must be at least 32 random characters, for example the output of "openssl rand -hex 32".');
}

function readFlag(env: Environment, name: string, otherwise: boolean): boolean {
  const text = value(env, name);
  if (text === null) return otherwise;
  if (text === '0' || text === '1') return text === '1';
  throw new ConfigError(`${name} must be 0 or 1; it is "${text}".`);
}

function readMailFrom(env: Environment): string {
  const text = value(env, 'MAIL_FROM') ?? 'billing@example.com';
  if (/^[^\s@<>"]+@[^\s@<>"]+$/.test(text)) return text;
  throw new ConfigError('MAIL_FROM must be one e-mail address, for example billing@example.com.');
}

/** Reads the environment into one frozen value. Throws ConfigError with one sentence naming the variable and what is expected. */
export function readConfig(env: Environment): Config {
  const port = readPort(env);
  const host = value(env, 'HOST') ?? '127.0.0.1';
  if (!/^[\w.:-]+$/.test(host)) throw new ConfigError('HOST must be an address to listen on, for example 127.0.0.1 or 0.0.0.0.');
  const appUrl = readAppUrl(env, host, port);
  const folder = value(env, 'DATA_DIR') ?? '.data';
  const database = readUrl(env, 'DATABASE_URL', ['postgres:', 'postgresql:'], 'postgres://app:password@db.example.com/invoices');
  const owner = readUrl(env, 'DATABASE_OWNER_URL', ['postgres:', 'postgresql:'], 'postgres://owner:password@db.example.com/invoices');
  if (owner && !database) throw new ConfigError('DATABASE_OWNER_URL must come with DATABASE_URL, the login the server works with.');
  const smtp = readUrl(env, 'SMTP_URL', ['smtp:', 'smtps:'], 'smtp://user:password@mail.example.com:587');
  return Object.freeze({
    port,
    host,
    appUrl,
    secureCookies: appUrl.startsWith('https:'),
    dataDir: isAbsolute(folder) ? folder : resolve(folder),
    databaseUrl: database?.href ?? null,
    databaseOwnerUrl: owner?.href ?? null,
    smtpUrl: smtp?.href ?? null,
    mailFrom: readMailFrom(env),
    appSecret: readSecret(env, database?.href ?? null),
    demo: readFlag(env, 'DEMO', database === null),
  });
}
