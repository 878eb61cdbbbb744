import pg from 'pg';
import type { FileStore } from '../../core/gateways.ts';
import { forgetIn } from '../forget.ts';
import { clientConfig, type Login } from '../pool.ts';
import { eraseIdentities } from './around.ts';
import { type Certificate, certify } from './certificates.ts';

/**
 * Removes a business whose closing is over: every row of every table, every file, its tasks, and identities that are nobody's any more. Leaves
 * a certificate. Null when it is not closing or its last day has not passed. Files go before the commit: cut off, it is done again.
 */
export async function removeBusiness(owner: Login, files: FileStore, business: string, now: Temporal.Instant): Promise<Certificate | null> {
  const client = new pg.Client(clientConfig(owner, 'service-invoice-pro remove', '-c lock_timeout=20s -c statement_timeout=0'));
  await client.connect();
  try {
    await client.query('begin');
    await client.query(`set local app.business = ${pg.escapeLiteral(business)}`);
    const { rows: due } = await client.query('select ends_at from closings where business_id = $1 and ends_at <= $2 for update', [business, now.toString()]);
    if (due.length === 0) return null;
    const identities = await identitiesOf(client, business);
    const stored = await filesOf(client, business);
    const { rows, slug } = await forgetIn(client, business);
    await client.query(`delete from graphile_worker._private_jobs where payload ->> 'businessId' = $1`, [business]);
    await client.query('update sessions set active_business = null where active_business = $1', [business]);
    await client.query('delete from sign_in_codes where for_business = $1', [business]);
    const identitiesRemoved = await eraseIdentities(client, identities);
    const certificate = certify(business, now, { rows, files: stored, identities: identitiesRemoved });
    await client.query("insert into removed_businesses (id, removed_at, record, sha256, slug_hash) values ($1, $2, $3, $4, sha256(convert_to($5, 'UTF8')))", [
      business,
      certificate.removedAt,
      certificate.record,
      Buffer.from(certificate.sha256, 'hex'),
      slug,
    ]);
    await files.removeAll(business);
    await client.query('commit');
    return certificate;
  } finally {
    await client.end();
  }
}

async function identitiesOf(client: pg.Client, business: string): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `select identity_id as id from memberships where business_id = $1 union select identity_id from invitations where business_id = $1`,
    [business],
  );
  return rows.map(({ id }) => id);
}

async function filesOf(client: pg.Client, business: string): Promise<{ count: number; bytes: number }> {
  const { rows } = await client.query<{ count: number; bytes: number }>(
    `select count(*)::int as count, coalesce(sum(f.bytes), 0)::float8 as bytes from (
       select sha256, bytes::int8 from files where business_id = $1
       union select sha256, bytes from exports where business_id = $1 and sha256 is not null) f`,
    [business],
  );
  return rows[0] ?? { count: 0, bytes: 0 };
}
