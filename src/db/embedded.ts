import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { EmbeddedError, ownFiles, runPostgres } from './embedded-run.ts';

/** Where a running cluster answers, and the login that may make others. */
export type Cluster = Readonly<{
  socketDir: string;
  superPassword: string;
  /** True when a server left behind by a killed process was taken over. */
  adopted: boolean;
  /** Fast stop: open transactions are rolled back, everything acknowledged is on disk. */
  stop: () => Promise<void>;
}>;

/** 107 bytes is the system's limit for a socket's path, the file in the folder included. */
const longestSocketDir = 80;
const startTries = 20;
const startPauseMs = 250;

const settings = (socketDir: string): string => `# Written at each start.
unix_socket_directories = '${socketDir}'
unix_socket_permissions = 0700
listen_addresses = ''
password_encryption = 'scram-sha-256'
max_connections = 100
shared_buffers = '128MB'
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
log_min_messages = warning
log_checkpoints = off
log_min_error_statement = panic
idle_in_transaction_session_timeout = '60s'
`;

function socketFolder(dataDir: string): string {
  const inside = join(dataDir, 'run');
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  const folder = Buffer.byteLength(inside) <= longestSocketDir && !/['\\]/.test(inside) ? inside : join(tmpdir(), `sip-${name}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const info = statSync(folder);
  if (info.uid !== (process.getuid?.() ?? info.uid) || (info.mode & 0o077) !== 0) {
    throw new EmbeddedError(`The folder ${folder} must belong to you alone (mode 0700): remove it or set DATA_DIR to a shorter path.`);
  }
  return folder;
}

/** Makes the cluster beside its place and moves it in whole, so that a start cut short leaves nothing half made. */
async function initialise(dataDir: string): Promise<void> {
  const place = join(dataDir, 'postgres');
  if (existsSync(join(place, 'PG_VERSION'))) return;
  const made = join(dataDir, `postgres.${randomBytes(4).toString('hex')}`);
  const password = randomBytes(24).toString('base64url');
  const passwordFile = join(dataDir, 'initdb.secret');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  ownFiles(passwordFile);
  const locale = ['--encoding=UTF8', '--no-locale', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const access = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  const result = await runPostgres('initdb', ['-D', made, ...locale, ...access, '--no-instructions']);
  rmSync(passwordFile, { force: true });
  if (!result.ok) {
    rmSync(made, { recursive: true, force: true });
    throw new EmbeddedError(`PostgreSQL's files could not be made under ${dataDir}: ${lastLine(result.output)}`);
  }
  writeFileSync(join(made, 'service.conf'), '');
  writeFileSync(join(made, 'superuser.secret'), password, { mode: 0o600 });
  writeFileSync(join(made, 'postgresql.conf'), `${readFileSync(join(made, 'postgresql.conf'), 'utf8')}\ninclude = 'service.conf'\n`);
  renameSync(made, place);
}

const lastLine = (output: string): string =>
  output
    .trim()
    .split('\n')
    .filter((line) => !line.startsWith('Examine the log'))
    .at(-1) ?? '';

/** The socket folder a running server was started with: it differs from ours when the data folder was reached by another path. */
function runningSocketDir(place: string): string | null {
  const file = join(place, 'postmaster.pid');
  return existsSync(file) ? (readFileSync(file, 'utf8').split('\n')[4] ?? null) : null;
}

/**
 * A server killed outright stays in the process table until its parent collects it, and PostgreSQL then takes it for a living one.
 * Its lock file may go once it is such a leaving and none of its children works in the folder any more.
 */
function dropLockOfDead(place: string): void {
  const file = join(place, 'postmaster.pid');
  if (process.platform !== 'linux' || !existsSync(file)) return;
  const pid = readFileSync(file, 'utf8').split('\n')[0]?.trim();
  const stat = `/proc/${pid}/stat`;
  if (!pid || !existsSync(stat) || !/\) Z /.test(readFileSync(stat, 'utf8'))) return;
  const busy = readdirSync('/proc').some((entry) => /^\d+$/.test(entry) && workingFolder(entry) === place);
  if (!busy) rmSync(file, { force: true });
}

function workingFolder(pid: string): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null; // Gone meanwhile, or another user's.
  }
}

/** PostgreSQL's question whether a connection may be sealed: any living server answers it with one byte, before any login. */
const sealedQuestion = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);
const answerMs = 3_000;

/** True when a server answers there. One that is being killed still lets callers in, and says nothing. */
function answers(socketDir: string): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(join(socketDir, '.s.PGSQL.5432'), () => socket.write(sealedQuestion));
    const finish = (answered: boolean) => () => {
      socket.destroy();
      done(answered);
    };
    socket.setTimeout(answerMs, finish(false)).once('data', finish(true)).once('error', finish(false)).once('close', finish(false));
  });
}

/** The socket folder of a server that is running already, or null. One that was killed counts as running until it is reaped: we wait. */
async function findRunning(place: string): Promise<string | null> {
  for (let tries = 0; tries < startTries; tries += 1) {
    if ((await runPostgres('pg_ctl', ['-D', place, 'status'])).code !== 0) return null;
    const socketDir = runningSocketDir(place);
    if (socketDir && (await answers(socketDir))) return socketDir;
    await wait(startPauseMs);
    dropLockOfDead(place);
  }
  return null;
}

async function startServer(place: string, logFile: string): Promise<void> {
  let output = '';
  ownFiles(logFile);
  for (let attempt = 0; attempt < startTries; attempt += 1) {
    const result = await runPostgres('pg_ctl', ['-D', place, '-l', logFile, '-w', '-t', '60', '-s', 'start']);
    if (result.ok) return;
    output = result.output;
    await wait(startPauseMs);
    dropLockOfDead(place);
  }
  throw new EmbeddedError(`PostgreSQL did not start: ${lastLine(output)} (see ${logFile}).`);
}

/** Level by level: the system's own recursive form never ends on folders that cannot hold one, such as /proc. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}

/** Makes the data folder with room for secrets. Throws EmbeddedError when it cannot be written. */
export function prepareDataDir(dataDir: string): void {
  try {
    makeFolder(dataDir);
    const probe = join(dataDir, `.probe-${process.pid}`);
    writeFileSync(probe, '');
    rmSync(probe);
  } catch {
    throw new EmbeddedError(`DATA_DIR must be a folder that can be written, and ${dataDir} cannot: choose another or change its rights.`);
  }
}

/**
 * Starts the cluster under `dataDir`, making it at first, or takes over one that is still running.
 * Who owns it is settled afterwards, by a lock inside the database (`ownership.ts`).
 */
export async function startCluster(dataDir: string): Promise<Cluster> {
  prepareDataDir(dataDir);
  const place = join(dataDir, 'postgres');
  await initialise(dataDir);
  ownFiles(place);
  const running = await findRunning(place);
  const socketDir = running ?? socketFolder(dataDir);
  if (!running) {
    writeFileSync(join(place, 'service.conf'), settings(socketDir));
    await startServer(place, join(dataDir, 'postgres.log'));
  }
  const superPassword = readFileSync(join(place, 'superuser.secret'), 'utf8');
  const stop = async (): Promise<void> => {
    await runPostgres('pg_ctl', ['-D', place, '-m', 'fast', '-w', '-t', '25', '-s', 'stop']);
  };
  return { socketDir, superPassword, adopted: running !== null, stop };
}
