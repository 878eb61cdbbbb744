import { createHash } from 'node:crypto';
import type { Database } from '../../db/pool.ts';
import { asLogin } from '../../db/scope.ts';
import { addUsed } from './queries.ts';

/** So many acts of one subject in a window of time, counted in the database for all processes together. */
export type Quota = Readonly<{ name: string; subject: string; most: number }>;
/** What was taken in advance: `granted` may be used here until the window ends; `left` is what nobody has taken yet. */
export type Share = Readonly<{ granted: number; left: number; endsInMs: number }>;

export const windowSeconds = 60;

/**
 * Takes `wanted` acts of each quota in advance, fewer when fewer are left. What one process took and does not use is lost to the others until the
 * window ends: together they stay below the limit, never above. Subjects are kept as hashes.
 */
export function takeShares(database: Database, quotas: readonly (Quota & Readonly<{ wanted: number }>)[]): Promise<Share[]> {
  return asLogin(database, async (tx, now) => {
    const nowS = Math.trunc(now.epochMilliseconds / 1000);
    const windowS = nowS - (nowS % windowSeconds);
    const endsInMs = (windowS + windowSeconds) * 1000 - now.epochMilliseconds;
    const start = Temporal.Instant.fromEpochMilliseconds(windowS * 1000).toString();
    const used = await addUsed(
      tx,
      start,
      quotas.map((quota) => ({ key: keyOf(quota), hits: quota.wanted })),
    );
    return quotas.map((quota) => {
      const before = (used.get(keyOf(quota)) ?? quota.wanted) - quota.wanted;
      return { granted: Math.max(0, Math.min(quota.wanted, quota.most - before)), left: Math.max(0, quota.most - before - quota.wanted), endsInMs };
    });
  });
}

function keyOf({ name, subject }: Quota): string {
  return `api.${name}:${createHash('sha256').update(subject).digest('base64url').slice(0, 22)}`;
}
