import { openChromium } from '../chromium.ts';
import type { Result } from '../result.ts';
import { world } from '../world.ts';

/** All script that Chromium fetches for the office's home with an empty cache, as it came over the wire. */
export async function officeScript(): Promise<Result[]> {
  const of = await world();
  const browser = await openChromium();
  try {
    const context = await browser.newContext();
    await context.addCookies([{ name: 'office', value: of.tokens.small.office, url: of.stand.url }]);
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    await cdp.send('Network.enable');
    const scripts = new Map<string, number>();
    cdp.on('Network.responseReceived', ({ requestId, type }) => {
      if (type === 'Script') scripts.set(requestId, 0);
    });
    cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      if (scripts.has(requestId)) scripts.set(requestId, encodedDataLength);
    });
    await page.goto(`${of.stand.url}/office/`);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await page.waitForTimeout(1_000);
    const bytes = [...scripts.values()].reduce((sum, size) => sum + size, 0);
    return [{ name: 'office first load, script', value: bytes / 1024, unit: 'KB', limit: 220, atMost: true }];
  } finally {
    await browser.close();
  }
}
