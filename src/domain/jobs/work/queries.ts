import { sql } from 'kysely';
import type { Scope } from '../../../db/scope.ts';
import type { DraftLine } from '../../invoices/invoice.ts';
import { fromStored, toStored } from '../../invoices/stored.ts';
import type { JobLine } from '../job.ts';

type Priced = Readonly<{ line: DraftLine; netMinor: bigint; visitId: string | null }>;

/** Adds lines after those that are there. */
export async function insertLines(scope: Scope, job: Readonly<{ id: string; customerId: string }>, lines: readonly Priced[], after: number): Promise<void> {
  if (lines.length === 0) return;
  const rows = toStored(lines.map((each, at) => ({ ...each, position: after + at })));
  await sql`insert into job_lines (business_id, job_id, id, position, customer_id, property_id, visit_id, line, net_minor)
    select ${scope.business}::uuid, ${job.id}::uuid, (r.line ->> 'id')::uuid, r.position, ${job.customerId}::uuid, (r.line ->> 'propertyId')::uuid, r."visitId", r.line, r."netMinor"
    from jsonb_to_recordset(${rows}::jsonb) r (line jsonb, "netMinor" bigint, "visitId" uuid, position integer)`.execute(scope.tx);
}

export async function deleteUnbilled(scope: Scope, jobId: string): Promise<void> {
  await scope.tx.deleteFrom('job_lines').where('business_id', '=', scope.business).where('job_id', '=', jobId).where('invoice_id', 'is', null).execute();
}

export async function selectLines(scope: Scope, jobId: string): Promise<(JobLine & { position: number })[]> {
  const rows = await scope.tx
    .selectFrom('job_lines')
    .select(['line', 'net_minor as netMinor', 'visit_id as visitId', 'invoice_id as invoiceId', 'position'])
    .where('business_id', '=', scope.business)
    .where('job_id', '=', jobId)
    .orderBy('position')
    .orderBy('id')
    .execute();
  return rows.map(({ line, ...row }) => ({ ...row, line: fromStored<DraftLine>(line) }));
}

/** Which visit each line belongs to. */
export async function setVisitOf(scope: Scope, jobId: string, lineIds: readonly string[], visitId: string | null): Promise<void> {
  await sql`update job_lines set visit_id = ${visitId}::uuid where business_id = ${scope.business} and job_id = ${jobId} and id = any (${[...lineIds]}::uuid[])`.execute(
    scope.tx,
  );
}

/** These lines stand on this invoice now, and their visits with them. */
export async function markBilled(scope: Scope, jobId: string, lineIds: readonly string[], invoiceId: string): Promise<void> {
  const b = scope.business;
  await sql`update job_lines set invoice_id = ${invoiceId}::uuid where business_id = ${b} and job_id = ${jobId} and id = any (${[...lineIds]}::uuid[])`.execute(
    scope.tx,
  );
  await sql`update visits set invoice_id = ${invoiceId}::uuid where business_id = ${b} and job_id = ${jobId}
    and id in (select l.visit_id from job_lines l where l.business_id = ${b} and l.job_id = ${jobId} and l.invoice_id = ${invoiceId}::uuid)`.execute(scope.tx);
}

/** Photos of the visits an invoice bills become files of the invoice, as many as it may have. */
export async function copyPhotos(scope: Scope, jobId: string, invoiceId: string, most: number, newIds: readonly string[]): Promise<void> {
  const b = scope.business;
  await sql`insert into file_refs (business_id, id, sha256, purpose, name, document_id, customer_id, property_id, visit_id, shown, created_at)
    select ${b}::uuid, n.id, f.sha256, 'attachment', f.name, ${invoiceId}::uuid, f.customer_id, null::uuid, f.visit_id, false, ${scope.now.toString()}::timestamptz
    from (select r.*, row_number() over (order by r.created_at, r.id) as place from file_refs r join visits v on v.business_id = ${b} and v.id = r.visit_id
        where r.business_id = ${b} and r.purpose = 'photo' and r.removed_at is null and v.job_id = ${jobId} and v.invoice_id = ${invoiceId}::uuid and v.shown
        order by r.created_at, r.id limit ${most}) f
    join unnest(${[...newIds]}::uuid[]) with ordinality n (id, place) on n.place = f.place`.execute(scope.tx);
}
