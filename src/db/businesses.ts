import type { Database } from './pool.ts';
import { asLogin } from './scope.ts';

/** Ids of all businesses, oldest first: the system's work goes business by business, each in a scope of its own. */
export async function allBusinessIds(database: Database): Promise<readonly string[]> {
  const rows = await asLogin(database, (tx) => tx.selectFrom('businesses').select('id').orderBy('id').execute());
  return rows.map((row) => row.id);
}
