import type pg from 'pg';
import { type Database, poolsOf } from './pool.ts';
import type { Compiled } from './read.ts';
import type { ScopeRole } from './scope.ts';

type Whose = Readonly<{ role: ScopeRole; business: string }>;
const rowsAtOnce = 1_000;

/**
 * Looks at one business for as long as it takes, as it stood when the looking began: one snapshot, nothing written. For files that leave;
 * everything else has a time limit.
 */
export async function inSnapshot<T>(database: Database, { role, business }: Whose, work: (client: pg.ClientBase) => Promise<T>): Promise<T> {
  const client = await poolsOf(database).streams.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    await client.query('set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0');
    await client.query('select enter_scope($1, $2)', [role, business]);
    const result = await work(client);
    await client.query('commit');
    client.release();
    return result;
  } catch (error) {
    // Whatever it was in the middle of is not worth finding out.
    client.release(true);
    throw error;
  }
}

/** The rows of a query through a cursor, a thousand at a time: memory stays level however many there are. */
export async function* cursorRows<T extends pg.QueryResultRow>(client: pg.ClientBase, name: string, { sql, parameters }: Compiled): AsyncGenerator<T> {
  await client.query({ text: `declare ${name} no scroll cursor for ${sql}`, values: [...parameters] });
  for (;;) {
    const { rows } = await client.query<T>(`fetch ${rowsAtOnce} from ${name}`);
    yield* rows;
    if (rows.length < rowsAtOnce) break;
  }
  await client.query(`close ${name}`);
}
