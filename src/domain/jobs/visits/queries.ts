import { type RawBuilder, sql } from 'kysely';
import type { Address } from '../../../core/address.ts';
import type { VisitState } from '../../../core/visit-state.ts';
import type { Scope } from '../../../db/scope.ts';
import type { CrewName, Visit, VisitPhoto } from '../job.ts';
import { placeSql } from '../queries.ts';

/** What a visit itself says; everything else is of what stands around it. */
export type VisitRow = Omit<Visit, 'jobNumber' | 'customerName' | 'place' | 'address' | 'crew' | 'invoice' | 'photos'> &
  Readonly<{ crew: readonly string[]; crewNames: readonly string[]; invoiceId: string | null }>;

const ownColumns = sql`v.id, v.version, v.sequence, v.job_id as "jobId", v.customer_id as "customerId", v.property_id as "propertyId", v.title,
  v.customer_note as "customerNote", v.day, v.from_time as "from", v.until_time as "until", v.state, v.shown, v.done_note as "doneNote", v.reason,
  v.on_the_way_at as "onTheWayAt", v.started_at as "startedAt", v.ended_at as "endedAt"`;

export async function insertVisit(scope: Scope, visit: VisitRow): Promise<boolean> {
  const { id, jobId, customerId, propertyId, title, customerNote, day, from, until, crew, shown } = visit;
  const { numInsertedOrUpdatedRows } = await scope.tx
    .insertInto('visits')
    .values({
      ...{ business_id: scope.business, id, job_id: jobId, customer_id: customerId, property_id: propertyId, title, customer_note: customerNote },
      ...{ day, from_time: from, until_time: until, crew: [...crew], crew_names: [...visit.crewNames], shown, created_at: scope.now.toString() },
    })
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** The job a visit is of: locked first, so that everything done with one job has an order. */
export async function selectJobOf(scope: Scope, visitId: string): Promise<string | undefined> {
  const row = await scope.tx.selectFrom('visits').select('job_id').where('business_id', '=', scope.business).where('id', '=', visitId).executeTakeFirst();
  return row?.job_id;
}

export async function lockVisit(scope: Scope, id: string): Promise<VisitRow | undefined> {
  const { rows } = await sql<VisitRow>`select ${ownColumns}, v.crew, v.crew_names as "crewNames", v.invoice_id as "invoiceId" from visits v
    where v.business_id = ${scope.business} and v.id = ${id} for no key update`.execute(scope.tx);
  return rows[0];
}

/** Photos are seen with their visit. */
export async function updateVisit(scope: Scope, before: VisitRow, after: VisitRow): Promise<void> {
  await scope.tx
    .updateTable('visits')
    .set((eb) => ({
      ...{
        title: after.title,
        customer_note: after.customerNote,
        day: after.day,
        from_time: after.from,
        until_time: after.until,
        crew: [...after.crew],
        crew_names: [...after.crewNames],
      },
      ...{ sequence: after.sequence, state: after.state, shown: after.shown, done_note: after.doneNote, reason: after.reason },
      ...{ on_the_way_at: after.onTheWayAt, started_at: after.startedAt, ended_at: after.endedAt, version: eb('version', '+', 1) },
    }))
    .where('business_id', '=', scope.business)
    .where('id', '=', after.id)
    .execute();
  if (before.shown === after.shown) return;
  await scope.tx
    .updateTable('file_refs')
    .set({ shown: after.shown })
    .where('business_id', '=', scope.business)
    .where('visit_id', '=', after.id)
    .where('purpose', '=', 'photo')
    .execute();
}

/** What a job says goes on to its visits that said the same and are not over. */
export async function passOnWords(
  scope: Scope,
  jobId: string,
  before: Readonly<{ title: string; customerNotes: string }>,
  after: Readonly<{ title: string; customerNotes: string }>,
): Promise<void> {
  await sql`update visits set version = version + 1,
      title = case when title = ${before.title} then ${after.title} else title end,
      customer_note = case when customer_note = ${before.customerNotes} then ${after.customerNotes} else customer_note end
    where business_id = ${scope.business} and job_id = ${jobId} and state in ('planned', 'on_the_way', 'started')
      and (title = ${before.title} or customer_note = ${before.customerNotes})`.execute(scope.tx);
}

export async function selectStates(scope: Scope, jobId: string): Promise<VisitState[]> {
  const rows = await scope.tx.selectFrom('visits').select('state').where('business_id', '=', scope.business).where('job_id', '=', jobId).execute();
  return rows.map((row) => row.state as VisitState);
}

export async function selectVisitDays(scope: Scope, jobId: string): Promise<{ id: string; day: string; state: VisitState }[]> {
  const rows = await scope.tx
    .selectFrom('visits')
    .select(['id', 'day', 'state'])
    .where('business_id', '=', scope.business)
    .where('job_id', '=', jobId)
    .execute();
  return rows.map((row) => ({ ...row, state: row.state as VisitState }));
}

/** Visits of a job that are still ahead, when the whole job is called off. */
export async function cancelOpen(scope: Scope, jobId: string, reason: string): Promise<void> {
  await sql`update visits set state = 'canceled', reason = ${reason}, ended_at = ${scope.now.toString()}, sequence = sequence + 1, version = version + 1
    where business_id = ${scope.business} and job_id = ${jobId} and state in ('planned', 'on_the_way', 'started')`.execute(scope.tx);
}

/** Those of the ids who work here. */
export async function selectCrew(scope: Scope, ids: readonly string[]): Promise<CrewName[]> {
  const { rows } = await sql<CrewName>`select s.id, s.name from staff s
    where s.business_id = ${scope.business} and s.id = any (${[...ids]}::uuid[]) and s.removed_at is null order by s.name, s.id`.execute(scope.tx);
  return rows;
}

const crewSql = (b: string): RawBuilder<unknown> => sql`coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name) order by s.name, s.id)
  from staff s where s.business_id = ${b} and s.id = any (v.crew)), '[]')`;
const photosSql = (b: string): RawBuilder<unknown> => sql`(select count(*)::int from file_refs f
  where f.business_id = ${b} and f.visit_id = v.id and f.purpose = 'photo' and f.removed_at is null)`;

/** A visit with what stands around it. */
const fullColumns = (b: string): RawBuilder<unknown> => sql`${ownColumns}, j.number as "jobNumber", c.name as "customerName", ${placeSql} as place,
  coalesce(p.address, c.billing_address) as address, ${crewSql(b)} as crew, ${photosSql(b)} as photos,
  case when i.document_id is not null then jsonb_build_object('id', i.document_id, 'number', i.number) end as invoice`;
const fullJoins = (b: string): RawBuilder<unknown> => sql`join jobs j on j.business_id = ${b} and j.id = v.job_id
  join customers c on c.business_id = ${b} and c.id = v.customer_id
  left join properties p on p.business_id = ${b} and p.id = v.property_id
  left join invoice_standings i on i.business_id = ${b} and i.document_id = v.invoice_id`;

export type VisitQuestion = Readonly<{
  from: string | null;
  to: string | null;
  staffId: string | null;
  unassigned: boolean;
  customerId: string | null;
  propertyId: string | null;
  jobId: string | null;
  newestFirst: boolean;
  after: Readonly<{ day: string; from: string; id: string }> | null;
  limit: number;
}>;

/** By day, those of any time first, from after the last of the page before. */
export async function selectVisits(scope: Scope, question: VisitQuestion): Promise<Visit[]> {
  const b = scope.business;
  const { from, to, staffId, unassigned, customerId, propertyId, jobId, newestFirst, after, limit } = question;
  const parts: RawBuilder<unknown>[] = [sql`v.business_id = ${b}`];
  if (from !== null) parts.push(sql`v.day >= ${from}::date`);
  if (to !== null) parts.push(sql`v.day <= ${to}::date`);
  if (staffId !== null) parts.push(sql`${staffId}::uuid = any (v.crew)`);
  if (unassigned) parts.push(sql`v.crew = '{}'`);
  if (customerId !== null) parts.push(sql`v.customer_id = ${customerId}::uuid`);
  if (propertyId !== null) parts.push(sql`v.property_id = ${propertyId}::uuid`);
  if (jobId !== null) parts.push(sql`v.job_id = ${jobId}::uuid`);
  const way = sql.raw(newestFirst ? 'desc' : 'asc');
  if (after !== null) {
    const beyond = sql.raw(newestFirst ? '<' : '>');
    parts.push(sql`(v.day, coalesce(v.from_time, ''), v.id) ${beyond} (${after.day}::date, ${after.from}::text, ${after.id}::uuid)`);
  }
  const { rows } = await sql<Visit>`select ${fullColumns(b)} from visits v ${fullJoins(b)} where ${sql.join(parts, sql` and `)}
    order by v.day ${way}, coalesce(v.from_time, '') ${way}, v.id ${way} limit ${limit}`.execute(scope.tx);
  return rows;
}

export type AroundRow = Readonly<{ accessNotes: string; crewNotes: string; contactName: string; contactPhone: string; address: Partial<Address> }>;

/** What whoever makes a visit is told beside it. */
export async function selectVisit(scope: Scope, id: string): Promise<(Visit & AroundRow) | undefined> {
  const b = scope.business;
  const { rows } = await sql<Visit & AroundRow>`select ${fullColumns(b)}, coalesce(p.access_notes, '') as "accessNotes", j.crew_notes as "crewNotes",
      coalesce(h.name, '') as "contactName", coalesce(h.phone, '') as "contactPhone"
    from visits v ${fullJoins(b)}
    left join lateral (select q.name, q.phone from people q join grants g on g.business_id = ${b} and g.person_id = q.id and g.revoked_at is null
      where q.business_id = ${b} and g.customer_id = v.customer_id and q.removed_at is null
      order by (q.phone <> '') desc, (g.property_id is not distinct from v.property_id) desc, g.bills desc, q.created_at, q.id limit 1) h on true
    where v.business_id = ${b} and v.id = ${id}`.execute(scope.tx);
  return rows[0];
}

export async function selectPhotos(scope: Scope, visitId: string): Promise<VisitPhoto[]> {
  const b = scope.business;
  const { rows } = await sql<VisitPhoto>`select f.id, f.name, k.mime as "mediaType", k.bytes, encode(f.sha256, 'hex') as sha256
    from file_refs f join files k on k.business_id = ${b} and k.sha256 = f.sha256
    where f.business_id = ${b} and f.visit_id = ${visitId} and f.purpose = 'photo' and f.removed_at is null order by f.created_at, f.id limit 100`.execute(
    scope.tx,
  );
  return rows;
}

/** The bytes are in the file store already. */
export async function insertPhoto(scope: Scope, visit: VisitRow, id: string, file: Omit<VisitPhoto, 'id'>): Promise<void> {
  const [b, now, sha256] = [scope.business, scope.now.toString(), Buffer.from(file.sha256, 'hex')];
  await sql`insert into files (business_id, sha256, bytes, mime, created_at) values (${b}, ${sha256}, ${file.bytes}, ${file.mediaType}, ${now})
    on conflict do nothing`.execute(scope.tx);
  await sql`insert into file_refs (business_id, id, sha256, purpose, name, document_id, customer_id, property_id, visit_id, shown, created_at)
    values (${b}, ${id}, ${sha256}, 'photo', ${file.name}, null, ${visit.customerId}, ${visit.propertyId}, ${visit.id}, ${visit.shown}, ${now})`.execute(
    scope.tx,
  );
}

export async function removePhotoRow(scope: Scope, visitId: string, fileId: string): Promise<boolean> {
  const { numUpdatedRows } = await scope.tx
    .updateTable('file_refs')
    .set({ removed_at: scope.now.toString() })
    .where('business_id', '=', scope.business)
    .where('visit_id', '=', visitId)
    .where('id', '=', fileId)
    .where('purpose', '=', 'photo')
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
