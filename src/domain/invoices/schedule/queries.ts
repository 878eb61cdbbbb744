import { sql } from 'kysely';
import type { Scope } from '../../../db/scope.ts';

/** A draft that leaves by itself. `failure`: the code of the refusal that kept it here. */
export type Scheduled = Readonly<{
  documentId: string;
  customerId: string;
  customerName: string;
  totalMinor: bigint;
  currency: string;
  sendOn: string;
  sendHour: number;
  sendAt: string;
  personIds: readonly string[];
  note: string;
  scheduledBy: string;
  failedAt: string | null;
  failure: string;
}>;

const columns = sql`x.document_id as "documentId", x.customer_id as "customerId", s.customer_name as "customerName", s.total_minor as "totalMinor", s.currency,
  x.send_on as "sendOn", x.send_hour as "sendHour", x.send_at as "sendAt", x.person_ids as "personIds", x.note, x.scheduled_by as "scheduledBy",
  x.failed_at as "failedAt", x.failure`;

export async function selectScheduled(scope: Scope, documentId: string | null, limit: number): Promise<Scheduled[]> {
  const { rows } = await sql<Scheduled>`select ${columns} from invoice_schedules x
    join invoice_standings s on s.business_id = ${scope.business} and s.document_id = x.document_id
    where x.business_id = ${scope.business} and (${documentId}::uuid is null or x.document_id = ${documentId}::uuid)
    order by x.send_at, x.document_id limit ${limit}`.execute(scope.tx);
  return rows;
}

/** The one whose time came first, locked: whoever else asks waits, and then finds it gone. */
export async function lockDue(scope: Scope): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`select x.document_id as id from invoice_schedules x
    where x.business_id = ${scope.business} and x.failed_at is null and x.send_at <= ${scope.now.toString()}
    order by x.send_at, x.document_id limit 1 for update`.execute(scope.tx);
  return rows[0]?.id ?? null;
}

export type NewSchedule = Readonly<{
  documentId: string;
  customerId: string;
  sendOn: string;
  sendHour: number;
  sendAt: string;
  personIds: readonly string[];
  note: string;
}>;

export async function upsertSchedule(scope: Scope, schedule: NewSchedule): Promise<void> {
  const { documentId, customerId, sendOn, sendHour, sendAt, personIds, note } = schedule;
  await sql`insert into invoice_schedules (business_id, document_id, customer_id, send_on, send_hour, send_at, person_ids, note, scheduled_by, created_at)
    values (${scope.business}, ${documentId}, ${customerId}, ${sendOn}::date, ${sendHour}, ${sendAt}, ${[...personIds]}::uuid[], ${note}, ${scope.actor.name}, ${scope.now.toString()})
    on conflict (business_id, document_id) do update set customer_id = excluded.customer_id, send_on = excluded.send_on, send_hour = excluded.send_hour,
      send_at = excluded.send_at, person_ids = excluded.person_ids, note = excluded.note, scheduled_by = excluded.scheduled_by, created_at = excluded.created_at,
      failed_at = null, failure = ''`.execute(scope.tx);
}

/** False when it is no longer due, or failed before. */
export async function markFailed(scope: Scope, documentId: string, failure: string): Promise<boolean> {
  const { rows } = await sql`update invoice_schedules x set failed_at = ${scope.now.toString()}, failure = ${failure}
    where x.business_id = ${scope.business} and x.document_id = ${documentId} and x.failed_at is null and x.send_at <= ${scope.now.toString()}
    returning 1`.execute(scope.tx);
  return rows.length > 0;
}

export async function deleteSchedules(scope: Scope, documentIds: readonly string[]): Promise<void> {
  await scope.tx
    .deleteFrom('invoice_schedules')
    .where('business_id', '=', scope.business)
    .where('document_id', '=', sql<string>`any (${[...documentIds]}::uuid[])`)
    .execute();
}

export async function setState(scope: Scope, documentId: string, state: 'draft' | 'scheduled'): Promise<void> {
  await sql`update invoice_standings set state = ${state}, version = version + 1
    where business_id = ${scope.business} and document_id = ${documentId} and state <> 'issued'`.execute(scope.tx);
}

/** What the customer of a draft, or one of the properties it is for, asks for, and whether they are still one. */
export async function selectAskedFor(
  scope: Scope,
  documentId: string,
  places: readonly (string | null)[],
): Promise<{ poRequired: boolean; archived: boolean } | undefined> {
  const { rows } = await sql<{ poRequired: boolean; archived: boolean }>`select c.archived_at is not null as archived,
      (select bool_or(coalesce(r.po_required, c.po_required)) from unnest(${[...places]}::uuid[]) w (id)
        left join property_rules r on r.business_id = ${scope.business} and r.property_id = w.id) as "poRequired"
    from documents d join customers c on c.business_id = ${scope.business} and c.id = d.customer_id
    where d.business_id = ${scope.business} and d.id = ${documentId}`.execute(scope.tx);
  return rows[0];
}

export async function selectZone(scope: Scope): Promise<string> {
  const row = await scope.tx.selectFrom('businesses').select('time_zone').where('id', '=', scope.business).executeTakeFirstOrThrow();
  return row.time_zone;
}

export async function isInvoice(scope: Scope, documentId: string): Promise<boolean> {
  const { rows } = await sql`select from documents d where d.business_id = ${scope.business} and d.id = ${documentId}`.execute(scope.tx);
  return rows.length > 0;
}
