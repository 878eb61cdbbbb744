import { sql } from 'kysely';
import type { Scope } from '../../../db/scope.ts';

export type SharerRow = Readonly<{ sees: boolean; canPay: boolean; manages: boolean; zone: string }>;

/** What somebody may do with a document, by any contact of theirs, as it stands now. */
export async function selectSharer(scope: Scope, personId: string, documentId: string): Promise<SharerRow | undefined> {
  const b = sql`${scope.business}::uuid`;
  const { rows } = await sql<SharerRow>`select coalesce(bool_or(x.here), false) as sees, coalesce(bool_or(x.here and g.can_pay), false) as "canPay",
      coalesce(bool_or(g.can_manage and g.property_id is null), false) as manages, u.time_zone as zone
    from documents d
    join businesses u on u.id = ${b}
    join people own on own.business_id = ${b} and own.id = ${personId} and own.removed_at is null
    join people p on p.business_id = ${b} and p.removed_at is null and (p.id = own.id or p.identity_id = own.identity_id)
    join grants g on g.business_id = ${b} and g.person_id = p.id and g.customer_id = d.customer_id and g.revoked_at is null and g.can_view
    cross join lateral (select g.property_id is null or g.property_id = d.property_id or exists (select from document_parts dp
      where dp.business_id = ${b} and dp.document_id = d.id and dp.property_id = g.property_id) as here) x
    where d.business_id = ${b} and d.id = ${documentId} and d.shown group by u.time_zone`.execute(scope.tx);
  return rows[0];
}

export type ShareCounts = Readonly<{ open: number; byPerson: number; ofBusiness: number }>;

/** How many shared links of a document still work, and how many this person and this business sent since an instant. */
export async function countShares(scope: Scope, of: Readonly<{ documentId: string; personId: string; since: string }>): Promise<ShareCounts> {
  const b = sql`${scope.business}::uuid`;
  const { rows } = await sql<ShareCounts>`select
      count(*) filter (where l.document_id = ${of.documentId} and l.revoked_at is null and l.ends_at > ${scope.now.toString()}::timestamptz)::int as open,
      count(*) filter (where l.shared_by = ${of.personId} and l.created_at > ${of.since}::timestamptz)::int as "byPerson",
      count(*) filter (where l.created_at > ${of.since}::timestamptz)::int as "ofBusiness"
    from links l where l.business_id = ${b} and l.shared_by is not null
      and (l.created_at > ${of.since}::timestamptz or l.document_id = ${of.documentId})`.execute(scope.tx);
  return rows[0] ?? { open: 0, byPerson: 0, ofBusiness: 0 };
}

export type ShareRow = Readonly<{ id: string; documentId: string; customerId: string; sharedBy: string; name: string; mine: boolean }>;

/** A shared link of a document, and whether it was this person who shared it, by any contact of theirs. */
export async function selectShare(scope: Scope, of: Readonly<{ linkId: string; documentId: string; personId: string }>): Promise<ShareRow | undefined> {
  const b = sql`${scope.business}::uuid`;
  const { rows } =
    await sql<ShareRow>`select l.id, l.document_id as "documentId", l.customer_id as "customerId", l.shared_by as "sharedBy", l.shared_name as name,
      exists (select from people own join people p on p.business_id = ${b} and (p.id = own.id or p.identity_id = own.identity_id)
        where own.business_id = ${b} and own.id = ${of.personId} and p.id = l.shared_by) as mine
    from links l where l.business_id = ${b} and l.id = ${of.linkId} and l.document_id = ${of.documentId} and l.shared_by is not null`.execute(scope.tx);
  return rows[0];
}
