import { sql } from 'kysely';
import type { LateFee } from '../../../core/charges.ts';
import type { Scope } from '../../../db/scope.ts';
import { parseStored } from '../../invoices/stored.ts';
import type { StandingJson } from '../../invoices/view/facts-json.ts';

export type Place = Readonly<{ day: string; id: string }>;

/** Bills on which a period of lateness may have begun, in the order of its day. Closed ones are given up, canceled ones owe nothing. */
export async function selectLate(scope: Scope, today: string, after: Place | null, limit: number): Promise<Place[]> {
  const { rows } = await sql<Place>`select s.fee_next_on as day, s.document_id as id from invoice_standings s
    where s.business_id = ${scope.business} and s.fee_next_on is not null and s.balance_minor > 0 and s.fee_next_on <= ${today}::date
      and s.state = 'issued' and s.closed_at is null and s.canceled_at is null
      and (${after === null}::boolean or (s.fee_next_on, s.document_id) > (${after?.day ?? null}::date, ${after?.id ?? null}::uuid))
    order by s.fee_next_on, s.document_id limit ${limit}`.execute(scope.tx);
  return rows;
}

export type LateBill = Readonly<{
  nextOn: string | null;
  dueOn: string;
  number: string;
  currency: string;
  language: 'en' | 'es' | 'fr';
  customerId: string;
  /** null too when it has moved to another customer. */
  propertyId: string | null;
  archived: boolean;
  imported: boolean;
  rule: LateFee | null;
  chargedMinor: bigint;
  standing: StandingJson;
  sendFees: boolean;
  people: readonly string[];
  /** After a questioned charge was answered: no fee before that day. */
  restUntil: string | null;
}>;

/** A bill that is locked, as it is judged. `people`: those it was sent to who can still be written to. */
export async function selectLateBill(scope: Scope, documentId: string): Promise<LateBill | null> {
  const b = scope.business;
  const { rows } = await sql<{
    bill: string;
  }>`select json_build_object('nextOn', s.fee_next_on, 'dueOn', coalesce((s.installments -> -1 ->> 'dueOn')::date, s.due_on), 'number', s.number, 'currency', s.currency,
      'language', d.language, 'customerId', s.customer_id, 'archived', c.archived_at is not null, 'imported', s.imported, 'rule', i.late_fee,
      'propertyId', (select p.id from properties p where p.business_id = ${b} and p.id = s.property_id and p.customer_id = s.customer_id),
      'chargedMinor', (select coalesce(sum(f.amount_minor), 0)::bigint from late_fees f join invoice_standings t on t.business_id = ${b} and t.document_id = f.fee_id
        where f.business_id = ${b} and f.document_id = s.document_id and t.canceled_at is null),
      'standing', json_build_object('version', s.version, 'totalMinor', s.total_minor, 'creditedMinor', s.credited_minor, 'paidMinor', s.paid_minor,
        'processingMinor', s.processing_minor, 'unknownMinor', s.unknown_minor, 'announcedMinor', s.announced_minor, 'announcedFor', s.announced_for,
        'inQuestionMinor', s.in_question_minor, 'heldBackMinor', s.held_back_minor, 'installments', s.installments, 'startedOn', s.started_on,
        'canceledAt', s.canceled_at, 'replacedBy', s.replaced_by_number, 'closedAt', s.closed_at, 'returned', s.returned,
        'earlyMinor', s.early_minor, 'earlyUntil', s.early_until),
      'restUntil', (select max(q.reminders_from) from questioned_charges q where q.business_id = ${b} and q.document_id = s.document_id),
      'sendFees', coalesce((select r.send_fees from charge_rules r where r.business_id = ${b}), false),
      'people', (select coalesce(json_agg(distinct l.person_id), '[]') from links l
        join people p on p.business_id = ${b} and p.id = l.person_id and p.removed_at is null and p.email <> '' and p.bounced_at is null
        join grants g on g.business_id = ${b} and g.person_id = l.person_id and g.customer_id = s.customer_id and g.revoked_at is null and g.can_view
        where l.business_id = ${b} and l.document_id = s.document_id and l.revoked_at is null and (g.property_id is null or g.property_id = s.property_id)))::text as bill
    from invoice_standings s
    join documents d on d.business_id = ${b} and d.id = s.document_id
    join invoices i on i.business_id = ${b} and i.document_id = s.document_id
    join customers c on c.business_id = ${b} and c.id = s.customer_id
    where s.business_id = ${b} and s.document_id = ${documentId}`.execute(scope.tx);
  return rows[0] ? parseStored<LateBill>(rows[0].bill) : null;
}

/** False when this period was charged already. */
export async function insertFee(
  scope: Scope,
  fee: Readonly<{ documentId: string; period: number; feeId: string; baseMinor: bigint; amountMinor: bigint; judgedOn: string }>,
): Promise<boolean> {
  const { rows } = await sql`insert into late_fees (business_id, document_id, period, fee_id, base_minor, amount_minor, judged_on)
    values (${scope.business}, ${fee.documentId}, ${fee.period}, ${fee.feeId}, ${fee.baseMinor}, ${fee.amountMinor}, ${fee.judgedOn}::date)
    on conflict do nothing returning 1`.execute(scope.tx);
  return rows.length === 1;
}

export async function updateNextFee(scope: Scope, documentId: string, nextOn: string | null): Promise<void> {
  await scope.tx
    .updateTable('invoice_standings')
    .set({ fee_next_on: nextOn })
    .where('business_id', '=', scope.business)
    .where('document_id', '=', documentId)
    .execute();
}
