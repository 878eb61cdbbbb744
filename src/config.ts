import { isAbsolute, resolve } from 'node:path';
import { type Network, readNetworks } from './core/networks.ts';

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
  /** Where a mail that cannot be delivered is sent back to. */
  bounceAddress: string;
  /** What one business may keep: bytes and files. */
  storage: Readonly<{ bytes: number; files: number }>;
  /** Connections to the mail server, and how many mails a second it takes; 0: as many as it will. */
  mailLimits: Readonly<{ connections: number; perSecond: number }>;
  /** Null: made at first start and kept under `dataDir`. */
  appSecret: string | null;
  /** Null: Stripe itself. Another place is for trying things out. */
  stripeApiBase: string | null;
  demo: boolean;
  /** Requests a minute an API key has; a session has twice as many, a business five times, a network that proves nothing half. */
  apiRatePerMinute: number;
  /** Lets webhooks go to plain http on this machine: for trying things out on one's own machine only. */
  webhooksToLoopback: boolean;
  logLevel: 'info' | 'warn' | 'error' | 'silent';
  /** Null: nothing is counted and nothing more is listened on. */
  metrics: Readonly<{ host: string; port: number }> | null;
  /** Proxies of the host's own: from these alone X-Forwarded-For is read. */
  trustedProxies: readonly Network[];
  /** How long a stopping server says "not ready" and still answers, so that whoever hands out requests looks elsewhere. */
  drainDelayMs: number;
  /** Who is written to when something needs the host. */
  alertTo: string | null;
  /** Connections to the database for requests. */
  databasePool: number;
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

function readWhole(env: Environment, name: string, otherwise: number, [least, most]: readonly [number, number]): number {
  const text = value(env, name) ?? String(otherwise);
  const number = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new ConfigError(`${name} must be a whole number from ${least} to ${most}, for example ${otherwise}; it is "${text}".`);
}

function readAppUrl(env: Environment, host: string, port: number): string {
  const url = readUrl(env, 'APP_URL', ['http:', 'https:'], 'https://billing.example.com');
  if (url === null) return `http://${host === '0.0.0.0' || host === '::' || host === '127.0.0.1' ? 'localhost' : host}:${port}`;
  if (url.pathname === '/' && !url.search && !url.hash && !url.username) return url.origin;
  throw new ConfigError('APP_URL must be an origin without a path, for example https://billing.example.com.');
}

/** Over plain http anyone on the way can read a bill and the cookie that opens it: only where nobody is on the way, or the host says so. */
function mustBeSafe(env: Environment, appUrl: string): void {
  if (appUrl.startsWith('https:') || isLoopback(appUrl) || readFlag(env, 'ALLOW_HTTP', false)) return;
  throw new ConfigError('APP_URL must begin with https, for example https://billing.example.com; ALLOW_HTTP=1 accepts that others can read along.');
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

function readAddress(env: Environment, name: string, example: string): string | null {
  const text = value(env, name);
  if (text === null || /^[^\s@<>"]+@[^\s@<>"]+$/.test(text)) return text;
  throw new ConfigError(`${name} must be one e-mail address, for example ${example}.`);
}

/** What stands on a public host must not be made to talk to the machine it runs on. */
function readLoopbackFlag(env: Environment, appUrl: string): boolean {
  const wanted = readFlag(env, 'WEBHOOKS_TO_LOOPBACK', false);
  if (wanted && !isLoopback(appUrl))
    throw new ConfigError('WEBHOOKS_TO_LOOPBACK is for trying things out on this machine; leave it out when APP_URL is public.');
  return wanted;
}

/** Keys of businesses are sent there: in the clear to this machine only. */
function readStripeBase(env: Environment): string | null {
  const url = readUrl(env, 'STRIPE_API_BASE', ['http:', 'https:'], 'https://api.stripe.com');
  if (url === null) return null;
  if (url.pathname !== '/' || url.search || url.hash || url.username) throw new ConfigError('STRIPE_API_BASE must be an origin without a path.');
  if (url.protocol === 'http:' && !isLoopback(url.href)) throw new ConfigError('STRIPE_API_BASE must begin with https; plain http is for this machine alone.');
  return url.origin;
}

const logLevels = ['info', 'warn', 'error', 'silent'] as const;
/** Who tries the demo in a terminal wants to see where to go, not a line for each request. */
function readLogLevel(env: Environment, demo: boolean): Config['logLevel'] {
  const text = value(env, 'LOG_LEVEL') ?? (demo ? 'warn' : 'info');
  const level = logLevels.find((known) => known === text);
  if (level) return level;
  throw new ConfigError(`LOG_LEVEL must be one of ${logLevels.join(', ')}; it is "${text}".`);
}

function readProxies(env: Environment): readonly Network[] {
  const networks = readNetworks(value(env, 'TRUSTED_PROXIES') ?? '');
  if (networks) return networks;
  throw new ConfigError('TRUSTED_PROXIES must be addresses or networks of your own proxies, for example 127.0.0.1, 10.0.0.0/8.');
}

const hostPattern = /^[\w.:-]+$/;
function readMetrics(env: Environment): Config['metrics'] {
  if (value(env, 'METRICS_PORT') === null) return null;
  const host = value(env, 'METRICS_HOST') ?? '127.0.0.1';
  if (!hostPattern.test(host)) throw new ConfigError('METRICS_HOST must be an address to listen on, for example 127.0.0.1.');
  return { host, port: readWhole(env, 'METRICS_PORT', 9464, [0, 65_535]) };
}

/** Reads the environment into one frozen value. Throws ConfigError with one sentence naming the variable and what is expected. */
export function readConfig(env: Environment): Config {
  if ((value(env, 'NODE_ENV') ?? 'production') !== 'production') throw new ConfigError('NODE_ENV must be production or absent: nothing here has a debug mode.');
  const port = readWhole(env, 'PORT', 3000, [0, 65_535]);
  const host = value(env, 'HOST') ?? '127.0.0.1';
  if (!hostPattern.test(host)) throw new ConfigError('HOST must be an address to listen on, for example 127.0.0.1 or 0.0.0.0.');
  const appUrl = readAppUrl(env, host, port);
  mustBeSafe(env, appUrl);
  const folder = value(env, 'DATA_DIR') ?? '.data';
  const database = readUrl(env, 'DATABASE_URL', ['postgres:', 'postgresql:'], 'postgres://app:password@db.example.com/invoices');
  const owner = readUrl(env, 'DATABASE_OWNER_URL', ['postgres:', 'postgresql:'], 'postgres://owner:password@db.example.com/invoices');
  if (owner && !database) throw new ConfigError('DATABASE_OWNER_URL must come with DATABASE_URL, the login the server works with.');
  const smtp = readUrl(env, 'SMTP_URL', ['smtp:', 'smtps:'], 'smtp://user:password@mail.example.com:587');
  const demo = readFlag(env, 'DEMO', database === null);
  const mailFrom = readAddress(env, 'MAIL_FROM', 'billing@example.com') ?? 'billing@example.com';
  return Object.freeze({
    port,
    host,
    appUrl,
    secureCookies: appUrl.startsWith('https:'),
    dataDir: isAbsolute(folder) ? folder : resolve(folder),
    databaseUrl: database?.href ?? null,
    databaseOwnerUrl: owner?.href ?? null,
    smtpUrl: smtp?.href ?? null,
    mailFrom,
    bounceAddress: readAddress(env, 'BOUNCE_ADDRESS', 'bounces@example.com') ?? mailFrom,
    storage: {
      bytes: readWhole(env, 'STORAGE_MB', 10_240, [1, 99_999]) * 1024 * 1024,
      files: readWhole(env, 'STORAGE_FILES', 99_999, [1, 99_999]),
    },
    mailLimits: { connections: readWhole(env, 'MAIL_CONNECTIONS', 4, [1, 50]), perSecond: readWhole(env, 'MAIL_PER_SECOND', 0, [0, 1_000]) },
    stripeApiBase: readStripeBase(env),
    appSecret: readSecret(env, database?.href ?? null),
    demo,
    apiRatePerMinute: readWhole(env, 'API_RATE', 600, [10, 99_999]),
    webhooksToLoopback: readLoopbackFlag(env, appUrl),
    logLevel: readLogLevel(env, demo),
    metrics: readMetrics(env),
    trustedProxies: readProxies(env),
    drainDelayMs: readWhole(env, 'DRAIN_SECONDS', 0, [0, 20]) * 1000,
    alertTo: readAddress(env, 'ALERT_TO', 'host@example.com'),
    databasePool: readWhole(env, 'DATABASE_POOL', 10, [2, 200]),
  });
}
