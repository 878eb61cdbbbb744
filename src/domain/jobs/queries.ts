import { type RawBuilder, sql } from 'kysely';
import { Refusal } from '../../core/refusal.ts';
import type { JobState } from '../../core/visit-state.ts';
import { type Scope, sqlState } from '../../db/scope.ts';
import { fromStored } from '../invoices/stored.ts';
import type { Job, JobFields, JobInvoice } from './job.ts';

export type JobRow = Omit<Job, 'customerName' | 'place' | 'estimate'> & Readonly<{ estimateId: string | null }>;

/** How a place is called: its name and code, else its street. */
export const placeSql = sql`coalesce(nullif(concat_ws(' · ', nullif(p.name, ''), nullif(p.code, ''), nullif(p.unit, '')), ''), p.address ->> 'street', '')`;

/** The next number of the series of jobs. Locks its counter until the transaction ends. */
export async function takeJobNumber(scope: Scope): Promise<number> {
  const { rows } = await sql<{ given: bigint }>`insert into counters (business_id, series, next) values (${scope.business}, 'job', 2)
    on conflict (business_id, series) do update set next = counters.next + 1 returning next - 1 as given`.execute(scope.tx);
  return Number(rows[0]?.given ?? 1n);
}

export async function insertJob(scope: Scope, job: JobRow): Promise<void> {
  await scope.tx
    .insertInto('jobs')
    .values({
      ...{ business_id: scope.business, id: job.id, number: job.number, customer_id: job.customerId, property_id: job.propertyId },
      ...fieldsOf(job),
      ...{ estimate_id: job.estimateId, currency: job.currency, total_minor: job.totalMinor, created_by: job.createdBy, created_at: job.createdAt },
    })
    .execute()
    .catch(refuseReference);
}

function refuseReference(error: unknown): never {
  const constraint = error instanceof Error && 'constraint' in error ? error.constraint : '';
  if (sqlState(error) === '23505') throw constraint === 'jobs_estimate' ? new Refusal('job_exists') : new Refusal('id_taken', { field: 'id' });
  if (sqlState(error) === '23503') throw new Refusal('not_found', { field: constraint === 'jobs_property' ? 'propertyId' : 'customerId' });
  throw error;
}

const fieldsOf = ({ title, crewNotes, customerNotes, poNumber }: JobFields) => ({
  title,
  crew_notes: crewNotes,
  customer_notes: customerNotes,
  po_number: poNumber,
});

/** Whether there is such a customer to work for, and who. */
export async function selectCustomer(scope: Scope, id: string): Promise<{ archived: boolean; erased: boolean } | undefined> {
  const { rows } = await sql<{ archived: boolean; erased: boolean }>`select c.archived_at is not null as archived, c.erased_at is not null as erased
    from customers c where c.business_id = ${scope.business} and c.id = ${id}`.execute(scope.tx);
  return rows[0];
}

/** A job, locked: whatever is done with it or one of its visits waits for whoever is first. */
export async function lockJob(scope: Scope, id: string): Promise<JobRow | undefined> {
  const { rows } = await sql<JobRow>`select j.id, j.version, j.number, j.customer_id as "customerId", j.property_id as "propertyId", j.title,
      j.crew_notes as "crewNotes", j.customer_notes as "customerNotes", j.po_number as "poNumber", j.estimate_id as "estimateId", j.state, j.reason, j.currency,
      j.total_minor as "totalMinor", j.created_by as "createdBy", j.created_at as "createdAt", j.ended_at as "endedAt"
    from jobs j where j.business_id = ${scope.business} and j.id = ${id} for no key update`.execute(scope.tx);
  return rows[0];
}

export async function updateJob(scope: Scope, id: string, set: JobFields & Readonly<{ totalMinor: bigint }>): Promise<void> {
  await scope.tx
    .updateTable('jobs')
    .set((eb) => ({ ...fieldsOf(set), total_minor: set.totalMinor, version: eb('version', '+', 1) }))
    .where('business_id', '=', scope.business)
    .where('id', '=', id)
    .execute();
}

export async function setJobState(scope: Scope, id: string, state: JobState, reason = ''): Promise<void> {
  const ended = state === 'done' || state === 'canceled';
  await scope.tx
    .updateTable('jobs')
    .set((eb) => ({ state, reason, ended_at: ended ? scope.now.toString() : null, version: eb('version', '+', 1) }))
    .where('business_id', '=', scope.business)
    .where('id', '=', id)
    .execute();
}

/** What a job is in every list and on its page. Joins `customers c`, `properties p` and the estimate `e`. */
export const jobColumns = sql`j.id, j.version, j.number, j.customer_id as "customerId", c.name as "customerName", j.property_id as "propertyId", ${placeSql} as place,
  j.title, j.po_number as "poNumber", case when e.document_id is not null then jsonb_build_object('id', e.document_id, 'number', e.number) end as estimate,
  j.state, j.reason, j.currency, j.total_minor as "totalMinor", j.created_by as "createdBy", j.created_at as "createdAt", j.ended_at as "endedAt"`;

export const jobJoins = (b: string): RawBuilder<unknown> => sql`join customers c on c.business_id = ${b} and c.id = j.customer_id
  left join properties p on p.business_id = ${b} and p.id = j.property_id
  left join estimate_standings e on e.business_id = ${b} and e.document_id = j.estimate_id`;

export async function selectJob(scope: Scope, id: string): Promise<Job | undefined> {
  const b = scope.business;
  const { rows } = await sql<Job>`select ${jobColumns}, j.crew_notes as "crewNotes", j.customer_notes as "customerNotes"
    from jobs j ${jobJoins(b)} where j.business_id = ${b} and j.id = ${id}`.execute(scope.tx);
  return rows[0];
}

/** The invoices that bill some of a job, newest first. */
export async function selectJobInvoices(scope: Scope, jobId: string): Promise<JobInvoice[]> {
  const b = scope.business;
  const { rows } = await sql<{ row: unknown }>`select jsonb_build_object('id', s.document_id, 'number', s.number, 'draft', s.state <> 'issued',
      'totalMinor', s.total_minor, 'balanceMinor', s.balance_minor, 'currency', s.currency) as row
    from invoice_standings s where s.business_id = ${b}
      and s.document_id in (select l.invoice_id from job_lines l where l.business_id = ${b} and l.job_id = ${jobId} and l.invoice_id is not null)
    order by s.document_id desc limit 100`.execute(scope.tx);
  return rows.map(({ row }) => fromStored<JobInvoice>(row));
}

export async function selectEstimateJob(scope: Scope, estimateId: string): Promise<{ id: string; number: number } | undefined> {
  const { rows } = await sql<{ id: string; number: number }>`select j.id, j.number from jobs j
    where j.business_id = ${scope.business} and j.estimate_id = ${estimateId} and j.state <> 'canceled'`.execute(scope.tx);
  return rows[0];
}
