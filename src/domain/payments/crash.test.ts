import { fork } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { ida } from '../../../test/books.ts';
import { testDatabase } from '../../../test/db.ts';
import { payThrough, type Story } from '../../../test/paying-story.ts';
import { booksWithTill, issued, paymentOf, type SandboxTill, sandboxTill, standingOf } from '../../../test/till.ts';
import { type CrashPoint, moneyPoints } from '../../db/crash-point.ts';
import { newId } from '../../db/fresh.ts';
import { setLogLevel } from '../../log.ts';
import { verifyBooks } from '../ledger/ledger.ts';

setLogLevel('silent');
const database = testDatabase(6);
let desk: SandboxTill;

beforeAll(async () => {
  desk = await sandboxTill(database().database);
});
afterAll(() => desk.close());

/** How the process ended that was to die at a point: the signal, or what it said. */
function dieAt(point: CrashPoint, story: Story): Promise<string> {
  const script = fileURLToPath(new URL('../../../test/paying-process.ts', import.meta.url));
  const env = { ...process.env, NODE_COMPILE_CACHE: join(inject('cluster').folder, 'compiled') };
  const child = fork(script, [], { env, execArgv: ['--disable-warning=ExperimentalWarning'], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  child.send({ login: database().login, point, story, sandboxUrl: desk.process.url });
  return new Promise((done) => {
    let said = 'nothing';
    child.on('message', (message) => {
      said = JSON.stringify(message);
    });
    child.on('exit', (_code, signal) => done(signal ?? said));
  });
}

describe('a power cut on the way of money', () => {
  it.each(moneyPoints)('C1 dying at %s charges once, loses nothing, and goes on from there', async (point) => {
    const books = await booksWithTill(database().database);
    const invoice = await issued(books, [10_000]);
    const { business, customer, person } = books;
    const story: Story = { business, customer, person, staff: ida.id ?? '', document: invoice.id, older: newId(), attempt: newId(), check: newId() };
    expect(await dieAt(point, story)).toBe('SIGKILL');
    expect(await books.system((scope) => verifyBooks(scope))).toEqual([]);
    await payThrough(database().database, desk.process.url, story);
    expect([(await paymentOf(books, story.attempt))?.state, (await paymentOf(books, story.check))?.state]).toEqual(['cleared', 'reversed']);
    expect(await standingOf(books, invoice.id)).toMatchObject({ paid: 6_000n, balance: 4_000n, processing: 0n, unknown: 0n });
    const { rows } = await books.system(({ tx }) =>
      sql<{
        kind: string;
        count: number;
      }>`select kind, count(*)::int as count from ledger where business_id = ${business} and kind in ('clear', 'reverse', 'return')
        group by kind order by kind`.execute(tx),
    );
    expect(rows).toEqual([
      { kind: 'clear', count: 2 },
      { kind: 'reverse', count: 1 },
    ]);
    expect(await books.system((scope) => verifyBooks(scope))).toEqual([]);
  });
});
