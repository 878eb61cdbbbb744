import { randomUUID } from 'node:crypto';
import { percentile, type Result, short } from '../result.ts';
import { pagesOf, type World, world } from '../world.ts';

const perSecond = 100;
const seconds = 30;

/** How long each of so many requests took, in ms; they leave by the clock, however slow the answers. */
export async function underLoad(of: World, forSeconds: number): Promise<{ times: number[]; failed: number }> {
  const { url } = of.stand;
  const pages = await pagesOf(of, of.grown, 500, 50_000);
  const office = { authorization: `Bearer ${of.tokens.grown.key}` };
  const portal = { cookie: `portal=${of.tokens.grown.portal}` };
  const write = (): Promise<Response> =>
    fetch(`${url}/api/v1/items`, {
      method: 'POST',
      headers: { ...office, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      body: JSON.stringify({ name: `Item ${randomUUID()}`, unitPriceMilli: 1000 }),
    });
  // Of twenty: ten invoice pages, three lists of a customer, four of the office, a search, the dashboard, a write.
  const ask = (at: number): Promise<Response> => {
    const turn = at % 20;
    const page = pages[at % pages.length] as (typeof pages)[number];
    if (turn < 10) return fetch(url + page.path, { headers: { cookie: page.cookie } });
    if (turn < 13) return fetch(`${url}/${of.grown.slug}/invoices`, { headers: portal });
    if (turn < 17) return fetch(`${url}/api/v1/invoices?tab=${turn % 2 === 0 ? 'all' : 'unpaid'}&limit=50`, { headers: office });
    if (turn === 17) return fetch(`${url}/api/v1/search?q=B-${at % 900}`, { headers: office });
    return turn === 18 ? fetch(`${url}/api/v1/home`, { headers: office }) : write();
  };
  const times: number[] = [];
  let failed = 0;
  const one = async (at: number): Promise<void> => {
    const started = performance.now();
    try {
      const answer = await ask(at);
      await answer.arrayBuffer();
      if (!answer.ok) failed += 1;
    } catch {
      failed += 1;
    }
    times.push(performance.now() - started);
  };
  const going: Promise<void>[] = [];
  const began = performance.now();
  let sent = 0;
  while (performance.now() - began < forSeconds * 1000) {
    for (const due = ((performance.now() - began) / 1000) * perSecond; sent < due; sent += 1) going.push(one(sent));
    await new Promise((later) => setTimeout(later, 5));
  }
  await Promise.all(going);
  return { times: times.sort((a, b) => a - b), failed };
}

/** Pages, lists, searches and writes together at 100 a second. */
export async function mixed(): Promise<Result[]> {
  const of = await world();
  await underLoad(of, 3);
  const { times, failed } = await underLoad(of, seconds);
  const name = `${perSecond} requests a second, mixed`;
  return [
    { name: `${name}, p95`, value: percentile(times, 95), unit: 'ms', limit: 200, atMost: true, spread: `median ${short(percentile(times, 50))}` },
    { name: `${name}, p99`, value: percentile(times, 99), unit: 'ms', limit: 500, atMost: true },
    { name: `${name}, failed`, value: failed, unit: 'requests', limit: 0, atMost: true, spread: `of ${times.length}` },
  ];
}
