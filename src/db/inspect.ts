import type pg from 'pg';

/** Tables that belong to no business, and why each may. */
export const sharedTables: Readonly<Record<string, string>> = {
  businesses: 'its id is the business',
  identities: 'one per address, read by the login before any scope',
  sessions: 'found by their token before any scope',
  sign_in_codes: 'found by their nonce before any scope',
  throttles: 'counts by address and network',
  passkeys: 'belong to an identity, read before any scope',
  authenticator_apps: 'belong to an identity, read before any scope',
  recovery_codes: 'belong to an identity, read before any scope',
  ceremonies: 'found by their nonce before any scope',
  known_devices: 'belong to an identity, read before any scope',
  host_checks: 'what the host is told: times and counts',
  host_alerts: 'what the host is told: conditions and times',
  removed_businesses: 'certificates of what is gone: counts and times',
  migrations: 'what was applied',
};

/** Tables of a business whose row-level security is not forced on everybody. Empty is the only good answer. */
export async function unguardedTables(client: pg.ClientBase): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname::text as name from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
        and not (c.relrowsecurity and c.relforcerowsecurity)
        and (c.relname = 'businesses' or not c.relname = any ($1))
      order by 1`,
    [Object.keys(sharedTables)],
  );
  return rows.map((row) => row.name);
}
