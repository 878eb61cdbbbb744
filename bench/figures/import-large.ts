import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { publicId } from '../../src/core/ids.ts';
import { fill, letIn } from '../fill.ts';
import { percentile, type Result, short } from '../result.ts';
import { openStand } from '../stand.ts';
import { pagesOf, type World } from '../world.ts';

const customers = 500;
const linesEach = 4;
const rows = 100_000;
const pagesPerSecond = 20;

type Place = Pick<World, 'stand' | 'small'> & Readonly<{ tokens: World['tokens']['small'] }>;
type Import = Readonly<{ id: string; state: string; added: number; rowsRead: number; failure: string }>;

const day = (n: number): string => `2025-${String(1 + (n % 12)).padStart(2, '0')}-${String(1 + (n % 28)).padStart(2, '0')}`;

/** Every other invoice is paid in full. */
function invoiceFile(): string {
  const lines = ['Invoice No,Customer,Invoice Date,Item,Qty,Unit Price,Tax Rate,Amount Paid,Payment Date,Payment Method'];
  for (let n = 1; n <= rows / linesEach; n += 1)
    for (let line = 1; line <= linesEach; line += 1)
      lines.push(`L-${n},Taken Over ${1 + (n % customers)},${day(n)},Visit ${line},1,12.34,8.25,${n % 2 === 0 ? `full,${day(n)},Check` : ',,'}`);
  return lines.join('\n');
}

function customerFile(): string {
  return ['Name,Email', ...Array.from({ length: customers }, (_, n) => `Taken Over ${n + 1},taken${n + 1}@example.com`)].join('\n');
}

async function bringIn({ stand, tokens }: Place, kind: string, file: string): Promise<number> {
  const headers = { authorization: `Bearer ${tokens.key}`, 'content-type': 'text/csv', 'idempotency-key': randomUUID() };
  const started = performance.now();
  const answer = await fetch(`${stand.url}/api/v1/imports?kind=${kind}&mode=import&fileName=${kind}.csv`, { method: 'POST', headers, body: file });
  if (!answer.ok) throw new Error(await answer.text());
  let of = (await answer.json()) as Import;
  while (of.state === 'running') {
    await new Promise((later) => setTimeout(later, 1_000));
    of = (await (await fetch(`${stand.url}/api/v1/imports/${of.id}`, { headers: { authorization: headers.authorization } })).json()) as Import;
  }
  if (of.state !== 'done' || of.added !== file.split('\n').length - 1) throw new Error(`the import is ${of.state} with ${of.added} rows: ${of.failure}`);
  return (performance.now() - started) / 1000;
}

/** Pages customers open, by the clock, until told to stop; how long each took. */
async function openPages(of: Place, until: () => boolean): Promise<number[]> {
  const pages = await pagesOf(of, of.small, 200, 5_000);
  const times: number[] = [];
  const one = async (at: number): Promise<void> => {
    const page = pages[at % pages.length] as (typeof pages)[number];
    const started = performance.now();
    const answer = await fetch(of.stand.url + page.path, { headers: { cookie: page.cookie } });
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`a page answered ${answer.status}`);
    times.push(performance.now() - started);
  };
  const going: Promise<void>[] = [];
  for (let at = 0; !until(); at += 1) {
    going.push(one(at));
    await new Promise((later) => setTimeout(later, 1000 / pagesPerSecond));
  }
  await Promise.all(going);
  return times.sort((a, b) => a - b);
}

const megabytes = (pid: number, what: 'VmRSS' | 'VmHWM'): number =>
  Number(new RegExp(`${what}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1024;

/** A hundred thousand rows on their way in, while customers open their invoices. On a server of its own, whose memory it is. */
export async function importLarge(): Promise<Result[]> {
  const stand = await openStand();
  try {
    const small = await fill(stand.client, 'small', 10_000);
    const tokens = await letIn(stand.client, small, publicId('business', small.id));
    return await measured({ stand, small, tokens });
  } finally {
    await stand.stop();
  }
}

async function measured(of: Place): Promise<Result[]> {
  await bringIn(of, 'customers', customerFile());
  const quietUntil = performance.now() + 15_000;
  const quiet = await openPages(of, () => performance.now() > quietUntil);
  const before = megabytes(of.stand.pid, 'VmRSS');
  let over = false;
  const opened = openPages(of, () => over);
  const seconds = await bringIn(of, 'invoices', invoiceFile()).finally(() => {
    over = true;
  });
  const times = await opened;
  const name = `import of ${rows.toLocaleString('en')} rows`;
  const told = `quiet: ${short(percentile(quiet, 95))}; median ${short(percentile(times, 50))} of ${times.length}`;
  return [
    { name, value: seconds, unit: 's', limit: null, atMost: true, spread: `${short(rows / seconds)} rows a second` },
    { name: `${name}, memory at most`, value: megabytes(of.stand.pid, 'VmHWM'), unit: 'MB', limit: 350, atMost: true, spread: `${short(before)} before` },
    { name: `${name}, portal p95 meanwhile`, value: percentile(times, 95), unit: 'ms', limit: 200, atMost: true, spread: told },
  ];
}
