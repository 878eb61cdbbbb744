import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { inSystemRole } from '../host.ts';
import type { Database } from '../pool.ts';

/** What was removed: says how much of what there was, and nothing of what it said. `sha256` is of `record`, letter for letter. */
export type Certificate = Readonly<{ id: string; removedAt: string; record: string; sha256: string }>;
export type Extent = Readonly<{ rows: Readonly<Record<string, number>>; files: { count: number; bytes: number }; identities: number }>;

export function certify(id: string, now: Temporal.Instant, { rows, files, identities }: Extent): Certificate {
  const removedAt = now.toString();
  const total = Object.values(rows).reduce((sum, count) => sum + count, 0);
  const record = JSON.stringify({ certificate: 'of deletion', business: id, removedAt, rows: { total, ...rows }, files, identities });
  return { id, removedAt, record, sha256: createHash('sha256').update(record).digest('hex') };
}

/** Certificates of all businesses that were removed from this install, oldest first. */
export function listCertificates(database: Database): Promise<Certificate[]> {
  return inSystemRole(database, async (tx) => {
    const { rows } = await sql<Certificate>`select id, removed_at as "removedAt", record, encode(sha256, 'hex') as sha256
      from removed_businesses order by removed_at, id`.execute(tx);
    return rows;
  });
}
