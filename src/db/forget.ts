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
    const { rows } = await client.query<Table>(
      `select c.relname as name, c.relforcerowsecurity as forced from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
          and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'business_id' and not a.attisdropped) order by c.oid desc`,
    );
    // The owner is bound by row-level security and by what never may be deleted, like everybody else; for this one transaction it is not.
    for (const table of [...rows, root]) await client.query(`alter table ${nameOf(table)} no force row level security, disable trigger user`);
    await removeAll(client, rows, businesses);
    await client.query('delete from businesses where id = any ($1::uuid[])', [businesses]);
    for (const table of [...rows, root])
      await client.query(`alter table ${nameOf(table)} ${table.forced ? '' : 'no '}force row level security, enable trigger user`);
    await client.query('commit');
  } finally {
    await client.end();
  }
}

type Table = Readonly<{ name: string; forced: boolean }>;
const root: Table = { name: 'businesses', forced: true };
const nameOf = ({ name }: Table): string => pg.escapeIdentifier(name);

/** Newer tables point at older ones, but not all of them: what is still pointed at waits for the next round. */
async function removeAll(client: pg.Client, tables: readonly Table[], businesses: readonly string[]): Promise<void> {
  let left = tables;
  while (left.length > 0) {
    const waiting: Table[] = [];
    for (const table of left) {
      await client.query('savepoint one_table');
      try {
        await client.query(`delete from ${nameOf(table)} where business_id = any ($1::uuid[])`, [businesses]);
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
