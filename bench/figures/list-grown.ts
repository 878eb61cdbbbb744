import { percentile, type Result, short } from '../result.ts';
import { pagesOf, type World, world } from '../world.ts';

const each = 400;
export type Ask = () => Promise<Response>;

/** The 95th percentile of asking one after the other, in ms. */
export async function p95(ask: Ask): Promise<number> {
  for (let at = 0; at < 40; at += 1) await (await ask()).arrayBuffer();
  const times: number[] = [];
  for (let at = 0; at < each; at += 1) {
    const started = performance.now();
    const answer = await ask();
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}`);
    times.push(performance.now() - started);
  }
  return percentile(
    times.sort((a, b) => a - b),
    95,
  );
}

async function compared(name: string, asks: (size: 'small' | 'grown') => Promise<Ask>): Promise<Result> {
  const [small, grown] = [await asks('small'), await asks('grown')];
  // In turns, twice, and the better of each: a stray pause of the machine is not the size of a table.
  const [smallMs, grownMs] = [Math.min(await p95(small), await p95(small)), Math.min(await p95(grown), await p95(grown))];
  const ratio = grownMs / smallMs;
  return {
    name: `${name}, p95 at 200,000 over 10,000`,
    value: ratio,
    ratio,
    unit: '×',
    limit: 1.3,
    atMost: true,
    spread: `${short(grownMs)} against ${short(smallMs)} ms`,
  };
}

const listOf =
  (of: World, query: string) =>
  async (size: 'small' | 'grown'): Promise<Ask> => {
    const headers = { authorization: `Bearer ${of.tokens[size].key}` };
    return () => fetch(`${of.stand.url}/api/v1/${query}`, { headers });
  };

export async function listGrown(): Promise<Result[]> {
  const of = await world();
  const page = async (size: 'small' | 'grown'): Promise<Ask> => {
    const pages = await pagesOf(of, of[size], 200, 10_000);
    let at = 0;
    return () => {
      const { path, cookie } = pages[at++ % pages.length] as (typeof pages)[number];
      return fetch(of.stand.url + path, { headers: { cookie } });
    };
  };
  return [
    await compared('office list of all invoices', listOf(of, 'invoices?tab=all&limit=50')),
    await compared('office list of unpaid invoices', listOf(of, 'invoices?tab=unpaid&limit=50')),
    await compared('search as you type', listOf(of, 'search?q=B-77')),
    await compared('portal invoice page', page),
  ];
}
