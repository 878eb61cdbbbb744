import { sql } from 'kysely';
import type { Scope } from '../../db/scope.ts';
import { poRequiredAt } from '../customers/properties.ts';
import type { StandingJson } from '../invoices/view/facts-json.ts';
import type { InvoiceDesk } from './desk.ts';

/** What only the office sees of a document, draft or issued, in one JSON text; null when there is none. Amounts as JSON integers. */
export async function selectDesk(scope: Scope, documentId: string): Promise<string | null> {
  const b = sql`${scope.business}::uuid`;
  const d = sql`${documentId}::uuid`;
  const { rows } = await sql<{ json: string }>`select json_build_object(
      'id', d.id, 'state', s.state, 'version', s.version, 'number', s.number, 'language', d.language, 'currency', s.currency, 'issuedOn', s.issued_on, 'dueOn', s.due_on,
      'createdAt', d.created_at, 'imported', s.imported, 'shown', s.shown, 'delivery', s.delivery, 'sentAt', s.sent_at, 'lastMailedAt', s.last_mailed_at,
      'openedAt', s.opened_at, 'canceledAt', d.canceled_at, 'cancelReason', d.cancel_reason, 'timeZone', u.time_zone,
      'customer', json_build_object('id', c.id, 'name', c.name, 'company', c.company, 'kind', c.kind, 'poRequired', ${poRequiredAt(b, { document: d, property: sql`s.property_id`, own: sql`c.po_required` })}, 'taxExempt', c.tax_exempt),
      'purpose', s.purpose, 'about', coalesce((select json_build_object('id', i.about_id, 'number', i.about_number) from invoices i
        where i.business_id = ${b} and i.document_id = ${d} and i.about_id is not null), (select json_build_object('id', w.body #>> '{about,id}', 'number', w.body #>> '{about,number}')
        from drafts w where w.business_id = ${b} and w.document_id = ${d} and w.body #>> '{about,id}' is not null)),
      'nextFeeOn', s.fee_next_on, 'lateFees', (select coalesce(json_agg(json_build_object('id', f.fee_id, 'number', t.number, 'amountMinor', f.amount_minor,
          'chargedOn', f.judged_on, 'state', case when t.document_id is null then 'thrown_away' when t.canceled_at is not null then 'canceled'
            when t.state <> 'issued' then 'draft' when t.balance_minor = 0 then 'paid' else 'open' end) order by f.period), '[]')
        from late_fees f left join invoice_standings t on t.business_id = ${b} and t.document_id = f.fee_id where f.business_id = ${b} and f.document_id = ${d}),
      'replacedBy', (select json_build_object('id', o.document_id, 'number', o.number) from invoice_standings o where o.business_id = ${b} and o.document_id = d.replaced_by),
      'replaces', (select json_build_object('id', o.document_id, 'number', o.number) from invoice_standings o where o.business_id = ${b} and o.document_id = d.replaces),
      'standing', json_build_object('version', s.version, 'totalMinor', s.total_minor, 'creditedMinor', s.credited_minor, 'paidMinor', s.paid_minor,
        'processingMinor', s.processing_minor, 'unknownMinor', s.unknown_minor, 'announcedMinor', s.announced_minor, 'announcedFor', s.announced_for,
        'inQuestionMinor', s.in_question_minor, 'heldBackMinor', s.held_back_minor, 'installments', s.installments, 'startedOn', s.started_on,
        'canceledAt', s.canceled_at, 'replacedBy', s.replaced_by_number, 'closedAt', s.closed_at, 'returned', s.returned, 'purpose', s.purpose,
        'discountedMinor', s.discounted_minor, 'depositMinor', s.deposit_minor, 'earlyMinor', s.early_minor, 'earlyUntil', s.early_until),
      'updated', coalesce((select json_build_object('at', e.at, 'by', e.actor_name) from events e where e.business_id = ${b} and e.document_id = ${d} order by e.seq desc limit 1),
        json_build_object('at', d.created_at, 'by', '')),
      'internalNote', coalesce((select i.internal_note from invoices i where i.business_id = ${b} and i.document_id = ${d}), ''),
      'question', exists (select from threads t where t.business_id = ${b} and t.document_id = ${d} and t.waiting_for = 'office'),
      'partNets', coalesce((select json_object_agg(p.id, p.net_minor) from document_parts p where p.business_id = ${b} and p.document_id = ${d}), '{}'),
      'lineItems', coalesce((select json_object_agg(l.id, l.item_id) from document_lines l where l.business_id = ${b} and l.document_id = ${d} and l.item_id is not null), '{}'),
      'payments', (select coalesce(json_agg(json_build_object('id', p.id, 'day', coalesce(p.received_on, p.cleared_on, p.started_on), 'method', p.method,
          'methodLabel', p.method_label, 'state', p.state, 'receiptNumber', p.receipt_number, 'amountMinor', x.amount) order by p.created_at, p.id), '[]')
        from (select h.payment_id, sum(coalesce(h.applied_minor, h.amount_minor))::bigint as amount from payment_shares h
            where h.business_id = ${b} and h.document_id = ${d} and h.applied_minor is distinct from 0 group by h.payment_id) x
          join payments p on p.business_id = ${b} and p.id = x.payment_id where p.state <> all (array['initiated', 'expired', 'failed'])),
      'attachments', (select coalesce(json_agg(json_build_object('id', r.id, 'name', r.name, 'mediaType', f.mime, 'bytes', f.bytes) order by r.created_at, r.id), '[]')
        from file_refs r join files f on f.business_id = ${b} and f.sha256 = r.sha256
        where r.business_id = ${b} and r.document_id = ${d} and r.purpose = 'attachment' and r.removed_at is null)
    )::text as json
    from documents d join invoice_standings s on s.business_id = ${b} and s.document_id = d.id
    join customers c on c.business_id = ${b} and c.id = d.customer_id join businesses u on u.id = ${b}
    where d.business_id = ${b} and d.id = ${d}`.execute(scope.tx);
  return rows[0]?.json ?? null;
}

export type DeskJson = Omit<InvoiceDesk, 'standing' | 'today' | 'needs' | 'acts'> & Readonly<{ standing: StandingJson; timeZone: string; question: boolean }>;

/** Which of these documents have a question that waits for the office. */
export async function selectQuestioned(scope: Scope, documentIds: readonly string[]): Promise<Set<string>> {
  if (documentIds.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`select distinct t.document_id as id from threads t
    where t.business_id = ${scope.business} and t.waiting_for = 'office' and t.document_id = any (${[...documentIds]}::uuid[])`.execute(scope.tx);
  return new Set(rows.map((row) => row.id));
}

export type PropertyName = Readonly<{ id: string; name: string; code: string; unit: string; street: string }>;

export async function selectPropertyNames(scope: Scope, ids: readonly string[]): Promise<PropertyName[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<PropertyName>`select p.id, p.name, p.code, p.unit, coalesce(p.address ->> 'street', '') as street from properties p
    where p.business_id = ${scope.business} and p.id = any (${[...ids]}::uuid[])`.execute(scope.tx);
  return rows;
}
