import pg from 'pg';
import { clientConfig, type Login } from './pool.ts';

/**
 * Removes whole businesses with everything that is theirs, as the owner of the tables: for the demo, which is thrown away and told anew.
 * Books cannot be unwritten any other way. All or nothing; it waits for no longer than the lock limit.
 */
export async function forgetBusinesses(owner: Login, businesses: readonly string[]): Promise<void> {
  if (businesses.length === 0) return;
  const client = new pg.Client(clientConfig(owner, 'service-invoice-pro reset', '-c lock_timeout=20s -c statement_timeout=120s'));
  await client.connect();
  try {
    await client.query('begin');
    await unguarded(client, async (tables) => {
      await removeAll(client, tables, businesses);
      await client.query('delete from businesses where id = any ($1::uuid[])', [businesses]);
    });
    await client.query('commit');
  } finally {
    await client.end();
  }
}

/** The same for one business inside a transaction of the owner. Answers how many rows of which table went, and its address name. */
export function forgetIn(client: pg.Client, business: string): Promise<{ rows: Record<string, number>; slug: string }> {
  return unguarded(client, async (tables) => {
    const rows: Record<string, number> = {};
    await removeAll(client, tables, [business], (table, count) => {
      rows[table] = count;
    });
    const { rows: gone } = await client.query<{ slug: string }>('delete from businesses where id = $1 returning slug', [business]);
    rows['businesses'] = gone.length;
    return { rows: Object.fromEntries(Object.entries(rows).sort(([a], [b]) => (a < b ? -1 : 1))), slug: gone[0]?.slug ?? '' };
  });
}

/** The owner is bound by row-level security and by what never may be deleted, like everybody else; for this one transaction it is not. */
async function unguarded<T>(client: pg.Client, work: (tables: readonly Table[]) => Promise<T>): Promise<T> {
  const { rows } = await client.query<Table>(
    `select c.relname as name, c.relforcerowsecurity as forced from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
        and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'business_id' and not a.attisdropped) order by c.oid desc`,
  );
  for (const table of [...rows, root]) await client.query(`alter table ${nameOf(table)} no force row level security, disable trigger user`);
  const result = await work(rows);
  for (const table of [...rows, root])
    await client.query(`alter table ${nameOf(table)} ${table.forced ? '' : 'no '}force row level security, enable trigger user`);
  return result;
}

type Table = Readonly<{ name: string; forced: boolean }>;
const root: Table = { name: 'businesses', forced: true };
const nameOf = ({ name }: Table): string => pg.escapeIdentifier(name);

/** Newer tables point at older ones, but not all of them: what is still pointed at waits for the next round. */
async function removeAll(
  client: pg.Client,
  tables: readonly Table[],
  businesses: readonly string[],
  onTable: (table: string, rows: number) => void = () => {},
): Promise<void> {
  let left = tables;
  while (left.length > 0) {
    const waiting: Table[] = [];
    for (const table of left) {
      await client.query('savepoint one_table');
      try {
        const { rowCount } = await client.query(`delete from ${nameOf(table)} where business_id = any ($1::uuid[])`, [businesses]);
        onTable(table.name, rowCount ?? 0);
      } catch (error) {
        if (!(error instanceof pg.DatabaseError) || error.code !== '23503') throw error;
        await client.query('rollback to savepoint one_table');
        waiting.push(table);
      }
    }
    if (waiting.length === left.length) throw new Error(`rows of a business that cannot be removed: ${waiting.map(({ name }) => name).join(', ')}`);
    left = waiting;
  }
}
