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

/** Playwright's own list of what is switched off: Chromium hears the last such list alone, so ours begins with it. */
const offByPlaywright = [
  ...['AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'HttpsUpgrades', 'HttpsFirstBalancedModeAutoEnable', 'LensOverlay'],
  ...['MediaRouter', 'PaintHolding', 'ThirdPartyStoragePartitioning', 'AvoidCorsURLLoaderRestartOnRedirect', 'TcpPortRandomizationWin'],
  ...['OptimizationHints', 'NetworkTimeServiceQuerying', 'AimEnabled', 'PreconnectToSearch', 'msForceBrowserSignIn'],
  'msEdgeUpdateLaunchServicesPreferredVersion',
];
/** The address bar's suggestions, two pages of their own which each new window loads and nobody here sees: half of a visit's work. */
const suggestions = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup'];

/** What Chromium is started with: no sandbox for root, no traffic of its own, and no work for a window that has no screen. */
export const chromiumArgs: readonly string[] = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-dev-shm-usage',
  `--disable-features=${[...offByPlaywright, ...suggestions].join(',')}`,
  '--disable-sync',
  '--no-first-run',
];
