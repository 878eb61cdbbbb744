// Where a Chromium for the tests is found, and how one is fetched when there is none.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const applications = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];
const insidePlaywright = [
  'chrome-linux64/chrome',
  'chrome-linux/chrome',
  'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
  'chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
  'chrome-mac-x64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
  'chrome-win64/chrome.exe',
  'chrome-win/chrome.exe',
];

function playwrightFolders() {
  const caches = [
    process.env.PLAYWRIGHT_BROWSERS_PATH,
    join(homedir(), '.cache', 'ms-playwright'),
    join(homedir(), 'Library', 'Caches', 'ms-playwright'),
    join(homedir(), 'AppData', 'Local', 'ms-playwright'),
  ];
  return caches
    .filter((folder) => folder && existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => /^chromium-\d+$/.test(name))
        .sort()
        .reverse()
        .map((name) => join(folder, name)),
    );
}

/** The path of a Chromium on this machine, or null. */
export function findChromium() {
  const onPath = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  const fetched = playwrightFolders().flatMap((folder) => insidePlaywright.map((inside) => join(folder, inside)));
  const candidates = [process.env.CHROMIUM_PATH, ...onPath, ...applications, ...fetched];
  return candidates.find((path) => path && existsSync(path)) ?? null;
}

/** Fetches one: Playwright's own build, else the distribution's where that is allowed. The caller looks again afterwards. */
export function installChromium(root) {
  const show = { cwd: root, stdio: 'inherit' };
  const cli = join(root, 'node_modules', 'playwright-core', 'cli.js');
  if (existsSync(cli)) spawnSync(process.execPath, [cli, 'install', 'chromium'], show);
  if (findChromium() || process.platform !== 'linux' || process.getuid?.() !== 0) return;
  spawnSync('apt-get', ['update', '-q'], show);
  spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], show);
}
