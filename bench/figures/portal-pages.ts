import { idOf } from '../fill.ts';
import { requestsPerSecond } from '../load.ts';
import { type Result, short, spreadOf } from '../result.ts';
import { startHelper } from '../stand.ts';
import { pagesOf, world } from '../world.ts';

const rounds = 3;
const seconds = 5;
type Requests = readonly { path: string; headers?: Record<string, string> }[];

/** Ours and the bare server in turns, A-B-A-B, so that both meet the same machine. */
export async function against(
  name: string,
  ours: { url: string; requests: Requests },
  bare: { url: string; requests: Requests },
  limit: number,
): Promise<Result[]> {
  await requestsPerSecond(ours.url, ours.requests, 3);
  await requestsPerSecond(bare.url, bare.requests, 2);
  const own: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    own.push(await requestsPerSecond(ours.url, ours.requests, seconds));
    theirs.push(await requestsPerSecond(bare.url, bare.requests, seconds));
  }
  const mine = spreadOf(own);
  const base = spreadOf(theirs);
  const ratio = mine.median / base.median;
  return [
    {
      name: `${name}, share of the bare server`,
      value: ratio,
      ratio,
      unit: '×',
      limit,
      atMost: false,
      spread: `${short(mine.median)} (${mine.text}) against ${short(base.median)} (${base.text}) requests/s`,
    },
    { name: `${name}, one process, 32 connections`, value: mine.median, unit: 'requests/s', limit: null, atMost: false },
  ];
}

export async function bareServer(kind: 'page' | 'list', bytes: number): Promise<{ url: string; stop: () => Promise<void> }> {
  const { stand, grown } = await world();
  const { said, stop } = await startHelper('bare.ts', [stand.cluster.socketDir, stand.cluster.superPassword, grown.id, String(bytes), kind]);
  return { url: `http://127.0.0.1:${(JSON.parse(said) as { port: number }).port}`, stop };
}

export async function portalPages(): Promise<Result[]> {
  const of = await world();
  const { url } = of.stand;
  const pages = await pagesOf(of, of.grown, 2_000, 50_000);
  const first = pages[0];
  if (!first) throw new Error('no page to measure');
  const invoice = await (await fetch(url + first.path, { headers: { cookie: first.cookie } })).text();
  const barePage = await bareServer('page', Buffer.byteLength(invoice));
  const found = await against(
    'portal invoice page',
    { url, requests: pages.map(({ path, cookie }) => ({ path, headers: { cookie } })) },
    { url: barePage.url, requests: pages.map(({ documentId }) => ({ path: `/${documentId}` })) },
    0.4,
  );
  await barePage.stop();

  const headers = { cookie: `portal=${of.tokens.grown.portal}` };
  const path = `/${of.grown.slug}/invoices`;
  const list = await (await fetch(url + path, { headers })).text();
  if (list.split('B-').length < 25) throw new Error('the list page shows fewer than 25 invoices');
  const bareList = await bareServer('list', Buffer.byteLength(list));
  const customer = await idOf(of.stand.client, of.grown, 'customer', 1);
  found.push(...(await against('portal list page', { url, requests: [{ path, headers }] }, { url: bareList.url, requests: [{ path: `/${customer}` }] }, 0.3)));
  await bareList.stop();
  return found;
}
