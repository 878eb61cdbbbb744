import { sql } from 'kysely';
import type { Scope } from '../../../db/scope.ts';

/** When it was sent first; null: never. */
export async function selectEstimateSent(scope: Scope, documentId: string): Promise<string | null> {
  const row = await scope.tx
    .selectFrom('estimate_standings')
    .select('sent_at')
    .where('business_id', '=', scope.business)
    .where('document_id', '=', documentId)
    .executeTakeFirst();
  return row?.sent_at ?? null;
}

/** What sending leaves on the standing. */
export async function markEstimateSent(scope: Scope, documentId: string): Promise<void> {
  const at = scope.now.toString();
  await sql`update estimate_standings set sent_at = coalesce(sent_at, ${at}), last_mailed_at = ${at}, delivery = 'queued', version = version + 1
    where business_id = ${scope.business} and document_id = ${documentId}`.execute(scope.tx);
}

export type Ending = Readonly<{
  documentId: string;
  customerId: string;
  propertyId: string | null;
  number: string;
  revision: number;
  validUntil: string;
  waitingForId: string | null;
}>;

/** Estimates that were sent, wait, and end within the days the business reminds ahead; each last day is reminded of once. In the day's hours only. */
export async function selectEnding(scope: Scope, limit: number): Promise<Ending[]> {
  const b = scope.business;
  const now = scope.now.toString();
  const { rows } = await sql<Ending>`select s.document_id as "documentId", s.customer_id as "customerId", s.property_id as "propertyId", s.number, s.revision,
      s.valid_until as "validUntil", s.waiting_for_id as "waitingForId"
    from estimate_standings s
    join businesses u on u.id = ${b}
    join business_profiles p on p.business_id = ${b}
    where s.business_id = ${b} and s.state = 'sent' and s.shown and s.sent_at is not null and p.estimate_remind_days > 0
      and extract(hour from ${now}::timestamptz at time zone u.time_zone) between 9 and 17
      and s.valid_until between (${now}::timestamptz at time zone u.time_zone)::date and (${now}::timestamptz at time zone u.time_zone)::date + p.estimate_remind_days
      and s.reminded_on is distinct from s.valid_until and s.last_mailed_at < ${scope.now.subtract({ hours: 24 }).toString()}::timestamptz
    order by s.document_id limit ${limit}`.execute(scope.tx);
  return rows;
}

export async function markReminded(scope: Scope, documentId: string, validUntil: string): Promise<void> {
  await scope.tx
    .updateTable('estimate_standings')
    .set({ reminded_on: validUntil, last_mailed_at: scope.now.toString() })
    .where('business_id', '=', scope.business)
    .where('document_id', '=', documentId)
    .execute();
}
