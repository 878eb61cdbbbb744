import { sql } from 'kysely';
import { Refusal } from '../core/refusal.ts';
import type { Scope } from './scope.ts';

/**
 * Does one of several acts within a transaction: a refusal undoes this act alone and is answered, so that the others stand. Any other
 * error is thrown on and undoes all.
 */
export async function attempt<T>(scope: Scope, work: () => Promise<T>): Promise<{ ok: true; value: T } | { ok: false; refusal: Refusal }> {
  await sql`savepoint attempt`.execute(scope.tx);
  try {
    const value = await work();
    await sql`release savepoint attempt`.execute(scope.tx);
    return { ok: true, value };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await sql`rollback to savepoint attempt`.execute(scope.tx);
    await sql`release savepoint attempt`.execute(scope.tx);
    return { ok: false, refusal: error };
  }
}
