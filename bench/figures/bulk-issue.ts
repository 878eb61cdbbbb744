import { closeDatabase, openDatabase } from '../../src/db/pool.ts';
import { createDraft, issueMany } from '../../src/domain/invoices/invoices.ts';
import { makeBooks, oneOf } from '../../test/books.ts';
import { type Result, spreadOf } from '../result.ts';
import { openStand } from '../stand.ts';

const drafts = 1_000;
const atOnce = 50;

/** Drafts made before; then number, frozen rows, ledger, events and the task of each, in transactions of fifty. The worker is off: no PDF is drawn meanwhile. */
export async function bulkIssue(): Promise<Result[]> {
  const stand = await openStand(['--no-worker']);
  const database = openDatabase(stand.appLogin);
  try {
    const books = await makeBooks(database, { slug: 'bulk' });
    const ids: string[] = [];
    for (let at = 0; at < drafts; at += 100) {
      ids.push(
        ...(await books.office(async (scope) => {
          const made: string[] = [];
          for (let n = 0; n < 100; n += 1)
            made.push((await createDraft(scope, { customerId: books.customer, lines: [oneOf(10_000n), oneOf(2_550n), oneOf(99n)] })).id);
          return made;
        })),
      );
    }
    const rates: number[] = [];
    for (let from = 0; from < drafts; from += 250) {
      const started = performance.now();
      for (let at = from; at < from + 250; at += atOnce) await books.office((scope) => issueMany(scope, ids.slice(at, at + atOnce)));
      rates.push(250 / ((performance.now() - started) / 1000));
    }
    const { median, text } = spreadOf(rates);
    return [{ name: 'invoices issued in bulk', value: median, unit: 'a second', limit: 500, atMost: false, spread: text }];
  } finally {
    await closeDatabase(database);
    await stand.stop();
  }
}
