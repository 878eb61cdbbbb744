import { sql } from 'kysely';
import { fixedQuery } from '../../../db/compile.ts';
import type { Scope } from '../../../db/scope.ts';

export type ShelfKind = 'insurance' | 'tax_form' | 'contract' | 'lien_waiver' | 'license' | 'other';
export type ShelfPaper = Readonly<{
  id: string;
  /** Null: for all customers. */
  customerId: string | null;
  propertyId: string | null;
  propertyTitle: string | null;
  kind: ShelfKind;
  title: string;
  sha256: string;
  name: string;
  mediaType: string;
  bytes: number;
  expiresOn: string | null;
  addedAt: string;
  addedBy: string;
}>;

export type NewPaper = Pick<ShelfPaper, 'id' | 'customerId' | 'propertyId' | 'kind' | 'title' | 'sha256' | 'name' | 'mediaType' | 'bytes' | 'expiresOn'>;

export async function insertPaper(scope: Scope, paper: NewPaper): Promise<void> {
  const [b, now, sha256] = [scope.business, scope.now.toString(), Buffer.from(paper.sha256, 'hex')];
  await sql`insert into files (business_id, sha256, bytes, mime, created_at) values (${b}, ${sha256}, ${paper.bytes}, ${paper.mediaType}, ${now})
    on conflict do nothing`.execute(scope.tx);
  await scope.tx
    .insertInto('shelf_papers')
    .values({
      ...{ business_id: b, id: paper.id, customer_id: paper.customerId, property_id: paper.propertyId, kind: paper.kind, title: paper.title, sha256 },
      ...{ name: paper.name, expires_on: paper.expiresOn, added_at: now, added_by: scope.actor.name },
    })
    .execute();
}

/** Those of a customer and those for all, or with null those for all alone. */
export async function selectPapers(scope: Scope, customerId: string | null, paperId: string | null = null): Promise<ShelfPaper[]> {
  const b = scope.business;
  const { rows } =
    await sql<ShelfPaper>`select k.id, k.customer_id as "customerId", k.property_id as "propertyId", k.kind, k.title, encode(k.sha256, 'hex') as sha256, k.name,
      (select concat_ws(' · ', nullif(o.name, ''), nullif(o.code, ''), nullif(o.unit, '')) from properties o where o.business_id = ${b} and o.id = k.property_id) as "propertyTitle",
      f.mime as "mediaType", f.bytes, k.expires_on::text as "expiresOn", k.added_at as "addedAt", k.added_by as "addedBy"
    from shelf_papers k join files f on f.business_id = ${b} and f.sha256 = k.sha256
    where k.business_id = ${b} and k.removed_at is null and (${paperId}::uuid is null or k.id = ${paperId})
      and (${paperId}::uuid is not null or k.customer_id is null or k.customer_id = ${customerId}::uuid)
    order by k.customer_id is null, k.kind, k.added_at desc, k.id limit 500`.execute(scope.tx);
  return rows;
}

export async function markPaperRemoved(scope: Scope, id: string): Promise<void> {
  await scope.tx.updateTable('shelf_papers').set({ removed_at: scope.now.toString() }).where('business_id', '=', scope.business).where('id', '=', id).execute();
}

/** Whether there is such a property of this customer. */
export async function isPropertyOf(scope: Scope, propertyId: string, customerId: string): Promise<boolean> {
  const { rows } = await sql`select from properties where business_id = ${scope.business} and id = ${propertyId} and customer_id = ${customerId}`.execute(
    scope.tx,
  );
  return rows.length > 0;
}

/** What is valid today and this reader may see, one's own before those for all. */
export const portalShelfQuery = fixedQuery(
  { business: 'uuid' },
  ({
    business: b,
  }) => sql`select json_build_object('today', d.today, 'papers', (select coalesce(json_agg(json_build_object('id', k.id, 'kind', k.kind, 'title', k.title,
        'forAll', k.customer_id is null, 'expiresOn', k.expires_on, 'bytes', f.bytes,
        'place', coalesce((select concat_ws(' · ', nullif(o.name, ''), nullif(o.code, ''), nullif(o.unit, '')) from properties o where o.business_id = ${b} and o.id = k.property_id),
          (select coalesce(nullif(c.company, ''), c.name) from customers c where c.business_id = ${b} and c.id = k.customer_id)))
        order by k.customer_id is null, k.kind, k.added_at desc, k.id), '[]')
      from shelf_papers k join files f on f.business_id = ${b} and f.sha256 = k.sha256
      where k.business_id = ${b} and (k.expires_on is null or k.expires_on >= d.today)))::text
    from businesses u cross join lateral (select (now() at time zone u.time_zone)::date as today) d where u.id = ${b}`,
);

export const shelfFileQuery = fixedQuery(
  { business: 'uuid', paper: 'uuid' },
  ({ business: b, paper }) => sql`select json_build_object('sha256', encode(k.sha256, 'hex'), 'name', k.name, 'mime', f.mime)::text
    from shelf_papers k join files f on f.business_id = ${b} and f.sha256 = k.sha256 where k.business_id = ${b} and k.id = ${paper}`,
);
