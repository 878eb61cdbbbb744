import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

/** What a running server keeps, read past all of its rules: as the superuser of its embedded database. */
export async function withKeptData<T>(dataDir: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const place = join(dataDir, 'postgres');
  const host = readFileSync(join(place, 'postmaster.pid'), 'utf8').split('\n')[4] ?? '';
  const password = readFileSync(join(place, 'superuser.secret'), 'utf8');
  const client = new pg.Client({ host, port: 5432, user: 'postgres', password, database: 'invoices' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** How many sessions of a realm there are. */
export function sessionsKept(dataDir: string, realm: 'office' | 'portal'): Promise<number> {
  return withKeptData(dataDir, async (client) => {
    const { rows } = await client.query<{ count: number }>('select count(*)::int as count from sessions where realm = $1', [realm]);
    return rows[0]?.count ?? 0;
  });
}
