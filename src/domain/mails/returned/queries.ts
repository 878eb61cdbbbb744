import { sql } from 'kysely';
import type { Scope } from '../../../db/scope.ts';

/** Marks a mail as come back and its person as not to be written to; false when that was known, or the mail went to another address. */
export async function markReturned(scope: Scope, of: Readonly<{ mailId: string; recipient: string; what: string; reason: string }>): Promise<boolean> {
  const { rows } = await sql<{ id: string; person_id: string | null }>`update mails set reason = ${of.reason}, state = 'bounced'
    where business_id = ${scope.business} and id = ${of.mailId} and lower(to_address) = ${of.recipient} and state in ('sent', 'sending', 'failed')
    returning id, person_id`.execute(scope.tx);
  const [mail] = rows;
  if (mail === undefined) return false;
  await sql`update people set bounced_at = coalesce(bounced_at, ${scope.now.toString()}), bounce_kind = ${of.what}, bounce_reason = ${of.reason}
    where business_id = ${scope.business} and id = ${mail.person_id} and lower(email) = ${of.recipient}`.execute(scope.tx);
  return true;
}

export type RefusingRow = Readonly<{
  personId: string;
  name: string;
  email: string;
  what: string;
  reason: string;
  at: string;
  customerId: string | null;
  customerName: string | null;
}>;

/** People whose address refuses mail, the newest first, each with one of their customers. */
export async function selectRefusing(scope: Scope, limit: number): Promise<RefusingRow[]> {
  const { rows } =
    await sql<RefusingRow>`select p.id as "personId", p.name, p.email, coalesce(p.bounce_kind, 'bounced') as what, p.bounce_reason as reason, p.bounced_at as at,
      c.id as "customerId", c.name as "customerName"
    from people p
    left join lateral (select g.customer_id from grants g where g.business_id = ${scope.business} and g.person_id = p.id and g.revoked_at is null
      order by g.created_at limit 1) g on true
    left join customers c on c.business_id = ${scope.business} and c.id = g.customer_id
    where p.business_id = ${scope.business} and p.bounced_at is not null and p.removed_at is null
    order by p.bounced_at desc, p.id limit ${limit}`.execute(scope.tx);
  return rows;
}

/** True when the address was refusing mail until now. */
export async function clearRefusing(scope: Scope, personId: string): Promise<boolean> {
  const { rows } = await sql`update people set bounced_at = null, bounce_kind = null, bounce_reason = '', version = version + 1
    where business_id = ${scope.business} and id = ${personId} and bounced_at is not null and removed_at is null returning 1`.execute(scope.tx);
  return rows.length > 0;
}
