import { sql } from 'kysely';
import type { Scope } from '../../db/scope.ts';

export type DomainRow = Readonly<{
  id: string;
  address: string;
  domain: string;
  selector: string;
  publicKey: string;
  sealedKey: string;
  state: 'waiting' | 'verified' | 'lost';
  findings: readonly Finding[];
  checkedAt: string | null;
  verifiedAt: string | null;
}>;

/** What a look at one record found. */
export type Finding = Readonly<{ record: 'dkim' | 'dmarc'; found: 'right' | 'missing' | 'different' | 'unknown' }>;

export async function selectDomain(scope: Scope): Promise<DomainRow | undefined> {
  const { rows } =
    await sql<DomainRow>`select d.id, d.address, d.domain, d.selector, d.public_key as "publicKey", d.sealed_key as "sealedKey", d.state, d.findings,
      d.checked_at as "checkedAt", d.verified_at as "verifiedAt"
    from sending_domains d where d.business_id = ${scope.business}`.execute(scope.tx);
  return rows[0];
}

export async function replaceDomain(
  scope: Scope,
  row: Readonly<Pick<DomainRow, 'id' | 'address' | 'domain' | 'selector' | 'publicKey' | 'sealedKey'>>,
): Promise<void> {
  await deleteDomain(scope);
  await sql`insert into sending_domains (business_id, id, address, domain, selector, public_key, sealed_key, created_at)
    values (${scope.business}, ${row.id}, ${row.address}, ${row.domain}, ${row.selector}, ${row.publicKey}, ${row.sealedKey}, ${scope.now.toString()})`.execute(
    scope.tx,
  );
}

export async function deleteDomain(scope: Scope): Promise<boolean> {
  const { rows } = await sql`delete from sending_domains where business_id = ${scope.business} returning 1`.execute(scope.tx);
  return rows.length > 0;
}

/** Keeps a look, unless the domain was changed while somebody looked. */
export async function keepFindings(scope: Scope, id: string, state: DomainRow['state'], findings: readonly Finding[]): Promise<boolean> {
  const at = scope.now.toString();
  const { rows } = await sql`update sending_domains set state = ${state}, findings = ${JSON.stringify(findings)}::jsonb, checked_at = ${at},
      verified_at = case when ${state} = 'verified' then coalesce(verified_at, ${at}) else verified_at end
    where business_id = ${scope.business} and id = ${id} returning 1`.execute(scope.tx);
  return rows.length > 0;
}
