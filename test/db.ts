import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import { closeDatabase, type Database, type Login, openDatabase } from '../src/db/pool.ts';

/** A migrated database of one test file, reached as `app`, never as a superuser. */
export type TestDatabase = {
  readonly database: Database;
  readonly login: Login;
  /** For tests about migrations and grants only: the login that owns the tables (row-level security binds it too). */
  readonly owner: Login;
  close: () => Promise<void>;
};

async function asSuperuser(work: (client: pg.Client) => Promise<void>): Promise<void> {
  const { socketDir, superPassword } = inject('cluster');
  const client = new pg.Client({ host: socketDir, port: 5432, user: 'postgres', password: superPassword, database: 'postgres' });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

/** Every row of every table of a test database, the task queue too, past all of its rules: what a thief of the disk would read. */
export async function everythingKept(name: string): Promise<{ place: string; row: Record<string, unknown> }[]> {
  const { socketDir, superPassword } = inject('cluster');
  const client = new pg.Client({ host: socketDir, port: 5432, user: 'postgres', password: superPassword, database: name });
  await client.connect();
  try {
    const tables = await client.query<{ schema: string; name: string }>(
      `select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and n.nspname in ('public', 'graphile_worker') order by 1, 2`,
    );
    const found = [];
    for (const { schema, name: table } of tables.rows) {
      const { rows } = await client.query<{ row: Record<string, unknown> }>(`select to_jsonb(t) as row from ${schema}.${pg.escapeIdentifier(table)} t`);
      found.push(...rows.map(({ row }) => ({ place: schema === 'public' ? table : `${schema}.${table}`, row })));
    }
    return found;
  } finally {
    await client.end();
  }
}

/** Connections still open once a file has closed its own are a leak, and fail it. The server's own vacuuming is none of them. */
async function dropAndCheckLeaks(name: string): Promise<void> {
  await asSuperuser(async (client) => {
    const left = async (): Promise<string[]> => {
      const { rows } = await client.query<{ what: string }>(
        `select application_name || ' (' || state || '): ' || left(query, 80) as what from pg_stat_activity where datname = $1 and backend_type = 'client backend'`,
        [name],
      );
      return rows.map((row) => row.what);
    };
    for (let tries = 0; tries < 100 && (await left()).length > 0; tries += 1) await new Promise((done) => setTimeout(done, 50));
    const leaks = await left();
    await client.query(`drop database ${name} with (force)`);
    if (leaks.length > 0) throw new Error(`connections left open by this test file: ${leaks.join('; ')}`);
  });
}

/** Clones the migrated template. `size` is the number of connections for transactions and pages. The caller closes it. */
export async function createTestDatabase(size = 4): Promise<TestDatabase> {
  const { socketDir, password, template } = inject('cluster');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asSuperuser(async (client) => {
    await client.query(`create database ${name} template ${template} owner owner strategy file_copy`);
  });
  const loginOf = (user: string): Login => ({ host: socketDir, port: 5432, user, password, database: name });
  const login = loginOf('app');
  const database = openDatabase(login, size);
  const close = async (): Promise<void> => {
    await closeDatabase(database);
    await dropAndCheckLeaks(name);
  };
  return { database, login, owner: loginOf('owner'), close };
}

/** One database for the whole test file, made before its first test and checked for leaks after its last. */
export function testDatabase(size = 4): () => TestDatabase {
  let made: TestDatabase | null = null;
  beforeAll(async () => {
    made = await createTestDatabase(size);
  });
  afterAll(async () => {
    await made?.close();
  });
  return () => {
    if (!made) throw new Error('the test database exists inside tests only');
    return made;
  };
}
