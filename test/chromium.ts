import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const remembered = new URL('../node_modules/.cache/service-invoice-pro/chromium', import.meta.url);

/** The Chromium that setup found or fetched. Throws with what to do when there is none. */
export function chromiumPath(): string {
  const path = existsSync(remembered) ? readFileSync(remembered, 'utf8') : '';
  if (path && existsSync(path)) return path;
  execFileSync(process.execPath, [join(import.meta.dirname, '../bin/setup.mjs'), '--test'], { stdio: 'inherit' });
  return readFileSync(remembered, 'utf8');
}

/** What Chromium is started with: no sandbox for root, and no traffic of its own. */
export const chromiumArgs: readonly string[] = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-dev-shm-usage',
  '--disable-sync',
  '--no-first-run',
];
