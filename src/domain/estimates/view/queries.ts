import { sql } from 'kysely';
import { fixedQuery } from '../../../db/compile.ts';
import type { Scope } from '../../../db/scope.ts';
import { poRequiredAt } from '../../customers/properties.ts';
import { businessFields } from '../../invoices/invoices.ts';
import { changeOrdersJson, contractJson } from '../contract/queries.ts';

const root = sql`coalesce(s.amends_id, e.root_id)`;

/** A standing `s`, with `r` what replaced it. */
export const standingFields = sql`'version', s.version, 'state', s.state, 'number', s.number, 'validUntil', s.valid_until, 'totalMinor', s.total_minor,
  'chosenMinor', s.chosen_minor, 'depositMinor', s.deposit_minor, 'decidedAt', s.decided_at, 'decidedBy', s.decided_by, 'reason', s.reason,
  'approvalWithdrawnAt', s.approval_withdrawn_at, 'recommendedAt', s.recommended_at, 'recommendedBy', s.recommended_by, 'waitingForId', s.waiting_for_id,
  'waitingForName', s.waiting_for_name, 'waitingInsteadOf', s.waiting_instead_of,
  'approverRemindedAt', s.approver_reminded_at, 'firstApprovedAt', s.first_approved_at, 'firstApprovedBy', s.first_approved_by, 'firstApproverId', s.first_approver_id, 'replacedById', s.replaced_by_id, 'replacedByRevision', r.revision, 'invoiceId', s.invoice_id,
  'depositInvoiceId', s.deposit_invoice_id`;

/**
 * Everything of one issued estimate in one JSON text, under any role: its frozen text, where it stands, and what the one who looks may do. No row
 * for a draft, for somebody else's, and for a person of some of its properties.
 */
export const factsQuery = fixedQuery(
  { business: 'uuid', document: 'uuid' },
  ({ business: b, document: d }) => sql`
  select concat('{"now":', to_json(now()), ',"business":', json_build_object(${businessFields}, 'undoHours', p.undo_hours, 'codeThresholdMinor', p.code_threshold_minor),
    ',"standing":', json_build_object(${standingFields}),
    ',"customer":', coalesce((select json_build_object('kind', c.kind, 'poRequired', ${poRequiredAt(b, { document: d, property: sql`f.property_id`, own: sql`c.po_required` })}, 'twoFromMinor', c.two_approvers_from_minor) from customers c where c.business_id = ${b} and c.id = f.customer_id)::text, 'null'),
    ',"viewer":', coalesce((select json_build_object('personId', h.id, 'name', h.name, 'sharedMailbox', h.shared_mailbox,
        'approveLimitMinor', coalesce(max(g.approve_limit_minor), 0), 'canManage', coalesce(bool_or(g.can_manage), false), 'whole', coalesce(bool_or(g.property_id is null), false),
        'nteMinor', max(r.nte_minor), 'owns', coalesce(bool_or(r.owner_person_id = h.id), false),
        'absent', (select coalesce(json_agg(json_build_object('personId', a.person_id, 'name', a.person_name, 'untilOn', a.until_on, 'held', a.rights, 'nteMinor', o.nte_minor,
            'owns', coalesce(o.owner_person_id = a.person_id, false), 'propertyId', f.property_id) order by a.created_at, a.id), '[]')
          from stand_ins a left join property_rules o on o.business_id = ${b} and o.property_id = f.property_id
          where a.business_id = ${b} and a.stand_in_id = h.id and a.customer_id = f.customer_id and a.ended_at is null
            and (now() at time zone u.time_zone)::date between a.from_on and a.until_on))
      from people h left join property_rules r on r.business_id = ${b} and r.property_id = f.property_id left join grants g on g.business_id = ${b} and g.person_id = h.id and g.customer_id = f.customer_id and g.revoked_at is null and g.can_view
        and (g.property_id is null or g.property_id = f.property_id)
      where h.business_id = ${b} and h.id = any (app_people()) group by h.id, h.name, h.shared_mailbox
      order by coalesce(max(g.approve_limit_minor), 0) desc, h.id limit 1)::text, 'null'),
    ',"changes":', coalesce((select (x.data -> 'changes')::text from events x where x.business_id = ${b} and x.document_id = ${d} and x.kind = 'estimate.replaced'
      and x.data ? 'changes' order by x.seq limit 1), 'null'),
    ',"contract":', coalesce(${contractJson(b, root)}::text, 'null'), ',"changeOrders":', ${changeOrdersJson(b, root)}::text,
    ',"frozen":', f.facts, '}')
  from document_facts f
  join estimate_standings s on s.business_id = ${b} and s.document_id = ${d}
  join estimates e on e.business_id = ${b} and e.document_id = ${d}
  left join estimate_standings r on r.business_id = ${b} and r.document_id = s.replaced_by_id
  join businesses u on u.id = ${b}
  join business_profiles p on p.business_id = ${b}
  where f.business_id = ${b} and f.document_id = ${d}`,
);

export type EstimateOfficeFacts = Readonly<{
  internalNote: string;
  shown: boolean;
  sentAt: string | null;
  openedAt: string | null;
  lastMailedAt: string | null;
  delivery: 'none' | 'queued' | 'sent' | 'bounced';
  customerId: string;
  customerName: string;
  propertyId: string | null;
  version: number;
  /** Every version under the number, the first one first. */
  revisions: readonly Readonly<{ id: string; revision: number; issuedOn: string; totalMinor: bigint; state: string }>[];
}>;

/** What only the office knows of an issued estimate. */
export async function selectOfficeFacts(scope: Scope, documentId: string): Promise<EstimateOfficeFacts | null> {
  const row = await scope.tx
    .selectFrom('estimate_standings as s')
    .innerJoin('estimates as e', (join) => join.onRef('e.document_id', '=', 's.document_id').on('e.business_id', '=', scope.business))
    .select(['e.internal_note', 'e.root_id', 's.shown', 's.sent_at', 's.opened_at', 's.last_mailed_at', 's.delivery', 's.customer_id', 's.customer_name'])
    .select(['s.property_id', 's.version'])
    .where('s.business_id', '=', scope.business)
    .where('s.document_id', '=', documentId)
    .executeTakeFirst();
  if (!row) return null;
  const revisions = await scope.tx
    .selectFrom('estimates as e')
    .innerJoin('estimate_standings as s', (join) => join.onRef('s.document_id', '=', 'e.document_id').on('s.business_id', '=', scope.business))
    .select(['e.document_id', 'e.revision', 'e.issued_on', 's.total_minor', 's.state'])
    .where('e.business_id', '=', scope.business)
    .where('e.root_id', '=', row.root_id)
    .orderBy('e.revision')
    .execute();
  return {
    internalNote: row.internal_note,
    shown: row.shown,
    sentAt: row.sent_at,
    openedAt: row.opened_at,
    lastMailedAt: row.last_mailed_at,
    delivery: row.delivery as EstimateOfficeFacts['delivery'],
    customerId: row.customer_id,
    customerName: row.customer_name,
    propertyId: row.property_id,
    version: row.version,
    revisions: revisions.map((each) => ({
      id: each.document_id,
      revision: each.revision,
      issuedOn: each.issued_on,
      totalMinor: each.total_minor,
      state: each.state,
    })),
  };
}
