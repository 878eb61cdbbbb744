import { once } from 'node:events';
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningServer, runVerb, startServer } from '../running-server.ts';
import { signedUp } from '../signed-up.ts';

const folder = mkdtempSync(join(tmpdir(), 'import-large-'));
const env = { DATA_DIR: join(folder, 'data'), DEMO: '0' };
let server: RunningServer;
let slug = '';

beforeAll(async () => {
  server = await startServer(env);
  slug = (await signedUp(server)).business.slug;
});
afterAll(async () => {
  await server.end('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

const customers = 500;
const linesEach = 200;
const rows = customers * linesEach;

async function write(name: string, lines: Iterable<string>): Promise<string> {
  const path = join(folder, name);
  const out = createWriteStream(path);
  for (const line of lines) if (!out.write(`${line}\n`)) await once(out, 'drain');
  out.end();
  await once(out, 'finish');
  return path;
}

function* customerLines(): Generator<string> {
  yield 'Name,Email';
  for (let n = 1; n <= customers; n += 1) yield `Customer ${n},customer${n}@example.com`;
}

function* invoiceLines(): Generator<string> {
  yield 'Invoice No,Customer,Invoice Date,Item,Qty,Unit Price,Tax Rate';
  for (let n = 1; n <= customers; n += 1)
    for (let line = 1; line <= linesEach; line += 1) yield `L-${n},Customer ${n},2026-01-${String(1 + (n % 28)).padStart(2, '0')},Visit ${line},1,12.34,8.25`;
}

describe('the importer', { timeout: 300_000 }, () => {
  test('takes 100,000 rows under --max-old-space-size=256', async () => {
    const people = runVerb(['import', 'customers', await write('customers.csv', customerLines()), '--business', slug], env);
    expect(await people.ended, people.said()).toBe(0);
    const bills = runVerb(['import', 'invoices', await write('invoices.csv', invoiceLines()), '--business', slug], {
      ...env,
      NODE_OPTIONS: '--max-old-space-size=256',
    });
    expect(await bills.ended, bills.said()).toBe(0);
    expect(bills.said()).toContain(`${rows} rows read, ${rows} added, 0 known already, 0 rejected`);
    const verify = runVerb(['verify'], env);
    expect(await verify.ended, verify.said()).toBe(0);
    expect(verify.said()).toContain('0 differences');
  });

  test('writes the rejected rows beside the file', async () => {
    const path = await write('bad.csv', ['Invoice No,Customer,Invoice Date,Item,Qty,Unit Price', 'B-1,Nobody We Know,2026-01-02,Visit,1,10.00']);
    const run = runVerb(['import', 'invoices', path, '--business', slug], env);
    expect(await run.ended, run.said()).toBe(0);
    expect(run.said()).toContain('row 2, Customer: No customer has this name.');
    expect(readFileSync(join(folder, 'bad.rejected.csv'), 'utf8')).toContain('B-1,Nobody We Know,2026-01-02,Visit,1,10.00,');
  });
});
