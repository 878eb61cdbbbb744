import { type RawBuilder, sql } from 'kysely';
import { fixedQuery } from '../../../db/compile.ts';
import type { Scope } from '../../../db/scope.ts';

type Placed = RawBuilder<unknown>;

const propertyTitle = sql`concat_ws(' · ', nullif(o.name, ''), nullif(o.code, ''), nullif(o.unit, ''))`;

/** Whether the office wrote in thread `t` since anybody of this session read it. */
const unread = (b: Placed): Placed => sql`exists (select from messages w where w.business_id = ${b} and w.thread_id = t.id and w.from_office
    and w.at > coalesce((select max(r.read_at) from person_reads r where r.business_id = ${b} and r.thread_id = t.id and r.person_id = any (app_people())), '-infinity'))`;

/** What a thread is about, as this reader may see it: a number of a paper they see a part of, a property of theirs. */
const headOf = (b: Placed): Placed => sql`t.id, t.subject, t.document_id as "documentId", t.last_at as "lastAt", t.waiting_for as "waitingFor",
    (select json_build_object('kind', d.kind, 'number', p.number) from documents d join document_parts p on p.business_id = ${b} and p.document_id = d.id
      where d.business_id = ${b} and d.id = t.document_id order by p.position limit 1) as paper,
    (select p.number from document_parts p where p.business_id = ${b} and p.document_id = t.document_id order by p.position limit 1) as number,
    (select ${propertyTitle} from properties o where o.business_id = ${b} and o.id = t.property_id) as property,
    (select coalesce(nullif(c.company, ''), c.name) from customers c where c.business_id = ${b} and c.id = t.customer_id) as account, ${unread(b)} as unread`;

/** Where this session may write: its whole accounts, and each property it sees. */
const placesOf = (b: Placed): Placed => sql`(select coalesce(json_agg(p order by p.place, p.account, p.title), '[]') from (
      select 0 as place, c.id as "customerId", null::uuid as "propertyId", coalesce(nullif(c.company, ''), c.name) as account, '' as title
      from customers c where c.business_id = ${b} and c.id = any (app_customers())
        and exists (select from grants g where g.business_id = ${b} and g.person_id = any (app_people()) and g.customer_id = c.id and g.property_id is null and g.can_ask and g.revoked_at is null)
      union all
      select * from (select 1, o.customer_id, o.id, '', ${propertyTitle} as title from properties o where o.business_id = ${b}
        and exists (select from grants g where g.business_id = ${b} and g.person_id = any (app_people()) and g.customer_id = o.customer_id
          and (g.property_id is null or g.property_id = o.id) and g.can_ask and g.revoked_at is null) order by title limit 500) o) p)`;

const threadsOf = (b: Placed, { q, unreadAfter, at, id, limit }: Readonly<Record<'q' | 'unreadAfter' | 'at' | 'id' | 'limit', Placed>>): Placed =>
  sql`(select coalesce(json_agg(h order by h.unread desc, h."lastAt" desc, h.id desc), '[]') from (
      select n.*, m.body as "lastBody", m.from_office as "lastFromOffice" from (select ${headOf(b)} from threads t where t.business_id = ${b}) n
      left join lateral (select w.body, w.from_office from messages w where w.business_id = ${b} and w.thread_id = n.id order by w.at desc, w.id desc limit 1) m on true
      where (${at} is null or (n.unread, n."lastAt", n.id) < (${unreadAfter}, ${at}, ${id}))
        and (${q} is null or n.subject ilike ${q} or n.number ilike ${q} or n.property ilike ${q}
          or exists (select from messages w where w.business_id = ${b} and w.thread_id = n.id and w.body ilike ${q}))
      order by n.unread desc, n."lastAt" desc, n.id desc limit ${limit}) h)`;

const messagesOf = (b: Placed, thread: Placed): Placed => sql`(select coalesce(json_agg(json_build_object('id', m.id, 'fromOffice', m.from_office,
      'author', case when m.from_office then '' else m.author_name end, 'body', m.body, 'at', m.at,
      'files', (select coalesce(json_agg(json_build_object('id', r.id, 'name', r.name, 'mime', f.mime, 'bytes', f.bytes) order by r.created_at, r.id), '[]')
        from file_refs r join files f on f.business_id = ${b} and f.sha256 = r.sha256 where r.business_id = ${b} and r.message_id = m.id and r.removed_at is null)) order by m.at, m.id), '[]')
    from messages m where m.business_id = ${b} and m.thread_id = ${thread})`;

/** The page of messages: a page of threads, and the open one with all of its messages. */
export const portalMessagesQuery = fixedQuery(
  { business: 'uuid', thread: 'uuid', q: 'text', unreadAfter: 'boolean', at: 'timestamptz', id: 'uuid', limit: 'int' },
  ({
    business: b,
    thread,
    ...page
  }) => sql`select json_build_object('zone', u.time_zone, 'seq', (select event_seq from business_heads where business_id = ${b}),
      'threads', ${threadsOf(b, page)}, 'places', ${placesOf(b)},
      'open', (select json_build_object('head', to_jsonb(h), 'messages', ${messagesOf(b, thread)}) from (select ${headOf(b)},
          exists (select from grants g where g.business_id = ${b} and g.person_id = any (app_people()) and g.customer_id = t.customer_id
            and (g.property_id is null or g.property_id = t.property_id) and g.can_ask and g.revoked_at is null) as "mayWrite"
        from threads t where t.business_id = ${b} and t.id = ${thread}) h))::text
    from businesses u where u.id = ${b}`,
);

/** Where this session may write, alone. */
export const writablePlacesQuery = fixedQuery({ business: 'uuid' }, ({ business: b }) => sql`select ${placesOf(b)}::text`);

/** A file of a message, where the reader sees the message. */
export const messageFileQuery = fixedQuery(
  { business: 'uuid', thread: 'uuid', file: 'uuid' },
  ({ business: b, thread, file }) => sql`select json_build_object('sha256', encode(r.sha256, 'hex'), 'name', r.name, 'mime', f.mime)::text
    from file_refs r join messages m on m.business_id = ${b} and m.id = r.message_id and m.thread_id = ${thread}
    join files f on f.business_id = ${b} and f.sha256 = r.sha256
    where r.business_id = ${b} and r.id = ${file} and r.purpose = 'message' and r.removed_at is null`,
);

export type OwnThread = Readonly<{
  id: string;
  documentId: string | null;
  customerId: string;
  propertyId: string | null;
  number: string | null;
  subject: string;
}>;

export async function selectOwnThread(scope: Scope, threadId: string): Promise<OwnThread | undefined> {
  const b = scope.business;
  const { rows } = await sql<OwnThread>`select t.id, t.document_id as "documentId", t.customer_id as "customerId", t.property_id as "propertyId", t.subject,
      (select p.number from document_parts p where p.business_id = ${b} and p.document_id = t.document_id order by p.position limit 1) as number
    from threads t where t.business_id = ${b} and t.id = ${threadId}`.execute(scope.tx);
  return rows[0];
}

/** Whether this session may write about the account as a whole (null), or about the property. */
export async function mayWriteAbout(scope: Scope, customerId: string, propertyId: string | null): Promise<boolean> {
  const b = scope.business;
  const { rows } = await sql`select from grants g where g.business_id = ${b} and g.person_id = any (app_people()) and g.customer_id = ${customerId}
      and g.can_ask and g.can_view and g.revoked_at is null
      and (g.property_id is null or g.property_id = ${propertyId}::uuid)
      and (${propertyId}::uuid is null or exists (select from properties o where o.business_id = ${b} and o.id = ${propertyId} and o.customer_id = ${customerId})) limit 1`.execute(
    scope.tx,
  );
  return rows.length > 0;
}

/** Whether a person of this customer may read what is about the account as a whole, or about the property; and has an address. */
export async function selectWritable(
  scope: Scope,
  { customerId, propertyId, personId }: Readonly<{ customerId: string; propertyId: string | null; personId: string }>,
) {
  const b = scope.business;
  const { rows } = await sql`select from grants g join people p on p.business_id = ${b} and p.id = g.person_id and p.removed_at is null
    where g.business_id = ${b} and g.person_id = ${personId} and g.customer_id = ${customerId} and g.can_view and g.revoked_at is null
      and (g.property_id is null or g.property_id = ${propertyId}::uuid)
      and (${propertyId}::uuid is null or exists (select from properties o where o.business_id = ${b} and o.id = ${propertyId} and o.customer_id = ${customerId})) limit 1`.execute(
    scope.tx,
  );
  return rows.length > 0;
}

export async function upsertOwnRead(scope: Scope, threadId: string): Promise<void> {
  const at = scope.now.toString();
  await scope.tx
    .insertInto('person_reads')
    .values({ business_id: scope.business, thread_id: threadId, person_id: scope.actor.id ?? '', read_at: at })
    .onConflict((conflict) => conflict.columns(['business_id', 'thread_id', 'person_id']).doUpdateSet({ read_at: at }))
    .execute();
}

/** The threads of a document count as read by the person of this scope: its page shows them. */
export async function upsertDocumentReads(scope: Scope, documentId: string): Promise<void> {
  const [b, at] = [scope.business, scope.now.toString()];
  await sql`insert into person_reads (business_id, thread_id, person_id, read_at)
    select ${b}::uuid, t.id, ${scope.actor.id}::uuid, ${at}::timestamptz from threads t where t.business_id = ${b} and t.document_id = ${documentId}
    on conflict (business_id, thread_id, person_id) do update set read_at = excluded.read_at`.execute(scope.tx);
}
