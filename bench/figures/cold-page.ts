import type { Browser } from 'playwright-core';
import { openChromium } from '../chromium.ts';
import { type Result, short, spreadOf } from '../result.ts';
import { startHelper } from '../stand.ts';
import { pagesOf, world } from '../world.ts';

export type Visit = Readonly<{ bytes: number; requests: number; lcpMs: number; shift: number }>;
const visits = 5;
const phone = { width: 390, height: 844 };
const network = { offline: false, latency: 150, downloadThroughput: (1.6 * 1024 * 1024) / 8, uploadThroughput: (0.75 * 1024 * 1024) / 8 };

/** One visit with an empty cache on a slow phone: what came over the wire, when the largest thing stood, and how much moved. */
export async function visit(browser: Browser, url: string, cookie: string | null): Promise<Visit> {
  const context = await browser.newContext({ viewport: phone, deviceScaleFactor: 2, isMobile: true, extraHTTPHeaders: cookie === null ? {} : { cookie } });
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Network.enable');
  await cdp.send('Network.emulateNetworkConditions', network);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  let bytes = 0;
  let requests = 0;
  cdp.on('Network.requestWillBeSent', ({ request }) => {
    if (request.url.startsWith('http')) requests += 1;
  });
  cdp.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await page.addInitScript(() => {
    const seen = { lcp: 0, shift: 0 };
    Object.assign(globalThis, { seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.lcp = entry.startTime;
    }).observe({
      type: 'largest-contentful-paint',
      buffered: true,
    });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.shift += (entry as PerformanceEntry & { value: number }).value;
    }).observe({
      type: 'layout-shift',
      buffered: true,
    });
  });
  await page.goto(url, { waitUntil: 'load' });
  await page.waitForTimeout(600);
  const { lcp, shift } = await page.evaluate(() => (globalThis as unknown as { seen: { lcp: number; shift: number } }).seen);
  await context.close();
  return { bytes, requests, lcpMs: lcp, shift };
}

export async function coldPage(): Promise<Result[]> {
  const of = await world();
  const [page] = await pagesOf(of, of.grown, 1, 50_000);
  if (!page) throw new Error('no page to measure');
  const browser = await openChromium();
  try {
    const body = await (await fetch(of.stand.url + page.path, { headers: { cookie: page.cookie } })).text();
    const { said, stop } = await startHelper('bare.ts', [
      of.stand.cluster.socketDir,
      of.stand.cluster.superPassword,
      of.grown.id,
      String(Buffer.byteLength(body)),
      'page',
    ]);
    const bareUrl = `http://127.0.0.1:${(JSON.parse(said) as { port: number }).port}/${page.documentId}`;
    const own: Visit[] = [];
    const bare: Visit[] = [];
    for (let at = 0; at < visits; at += 1) {
      own.push(await visit(browser, of.stand.url + page.path, page.cookie));
      bare.push(await visit(browser, bareUrl, null));
    }
    await stop();
    const lcp = spreadOf(own.map(({ lcpMs }) => lcpMs));
    const bareLcp = spreadOf(bare.map(({ lcpMs }) => lcpMs));
    const ratio = lcp.median / bareLcp.median;
    return [
      { name: 'cold portal page over the wire', value: Math.max(...own.map(({ bytes }) => bytes)) / 1024, unit: 'KB', limit: 14.6, atMost: true },
      { name: 'requests of a cold portal page', value: Math.max(...own.map(({ requests }) => requests)), unit: 'requests', limit: 3, atMost: true },
      {
        name: 'LCP on a slow phone, of the bare page’s',
        value: ratio,
        ratio,
        unit: '×',
        limit: 1.5,
        atMost: true,
        spread: `${short(lcp.median)} (${lcp.text}) against ${short(bareLcp.median)} (${bareLcp.text}) ms`,
      },
      { name: 'layout shift of the portal page', value: Math.max(...own.map(({ shift }) => shift)), unit: '', limit: 0, atMost: true },
    ];
  } finally {
    await browser.close();
  }
}
