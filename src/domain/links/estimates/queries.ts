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

/** Whom an estimate waits for after it was handed on, and the record it waits after. */
export type Handed = Readonly<{ documentId: string; approvalId: string }>;

const lastRecord = (b: string) => sql`cross join lateral (select a.id, a.kind from approvals a where a.business_id = ${b} and a.document_id = s.document_id
      order by a.seq desc limit 1) l`;

/** What waits for somebody who is away today, or for a stand-in whose days are over. */
export async function selectMisplaced(scope: Scope, limit: number): Promise<Handed[]> {
  const b = scope.business;
  const today = sql`(${scope.now.toString()}::timestamptz at time zone u.time_zone)::date`;
  const { rows } =
    await sql<Handed>`select s.document_id as "documentId", l.id as "approvalId" from estimate_standings s join businesses u on u.id = ${b} ${lastRecord(b)}
    where s.business_id = ${b} and s.state = 'sent' and s.waiting_for_id is not null and l.kind in ('recommended', 'first_approved') and (
      (s.waiting_instead_of_id is null and exists (select from stand_ins i where i.business_id = ${b} and i.person_id = s.waiting_for_id
        and i.customer_id = s.customer_id and i.ended_at is null and ${today} between i.from_on and i.until_on))
      or (s.waiting_instead_of_id is not null and not exists (select from stand_ins i where i.business_id = ${b} and i.person_id = s.waiting_instead_of_id
        and i.stand_in_id = s.waiting_for_id and i.customer_id = s.customer_id and i.ended_at is null and ${today} between i.from_on and i.until_on)))
    order by s.document_id limit ${limit}`.execute(scope.tx);
  return [...rows];
}

/** How long an approver is left alone before, and between, reminders; and how many there are. */
const quietHours = 48;
const remindersAtMost = 3;

/** What has waited for an approver for two days, and two days since the last reminder, in the day's hours; nobody who had a mail of it within a day. */
export async function selectUnanswered(scope: Scope, limit: number, documentId: string | null = null): Promise<Handed[]> {
  const b = scope.business;
  const now = sql`${scope.now.toString()}::timestamptz`;
  const quiet = scope.now.subtract({ hours: quietHours }).toString();
  const aDayAgo = scope.now.subtract({ hours: 24 }).toString();
  const { rows } =
    await sql<Handed>`select s.document_id as "documentId", l.id as "approvalId" from estimate_standings s join businesses u on u.id = ${b} ${lastRecord(b)}
    where s.business_id = ${b} and s.state = 'sent' and s.shown and s.waiting_for_id is not null and l.kind in ('recommended', 'first_approved')
      and (${documentId}::uuid is null or s.document_id = ${documentId}::uuid) and s.valid_until >= (${now} at time zone u.time_zone)::date
      and extract(hour from ${now} at time zone u.time_zone) between 9 and 17 and s.approver_reminders < ${remindersAtMost}
      and greatest(s.waiting_since, s.approver_reminded_at) < ${quiet}::timestamptz
      and not exists (select from mails m where m.business_id = ${b} and m.document_id = s.document_id and m.person_id = s.waiting_for_id and m.created_at > ${aDayAgo}::timestamptz)
    order by s.document_id limit ${limit}`.execute(scope.tx);
  return [...rows];
}

/** Answers how many there were with this one. */
export async function countApproverReminder(scope: Scope, documentId: string): Promise<number> {
  const row = await scope.tx
    .updateTable('estimate_standings')
    .set((eb) => ({ approver_reminded_at: scope.now.toString(), approver_reminders: eb('approver_reminders', '+', 1), version: eb('version', '+', 1) }))
    .where('business_id', '=', scope.business)
    .where('document_id', '=', documentId)
    .returning('approver_reminders')
    .executeTakeFirst();
  return row?.approver_reminders ?? 0;
}
