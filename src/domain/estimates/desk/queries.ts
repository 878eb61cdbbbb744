import { sql } from 'kysely';
import type { PlanStage } from '../../../core/choices.ts';
import { firstText, fixedQuery } from '../../../db/compile.ts';
import type { Scope } from '../../../db/scope.ts';
import { poRequiredAt } from '../../customers/properties.ts';
import {
  type ChangeOrderJson,
  type ContractInvoiceJson,
  type ContractJson,
  changeOrdersJson,
  contractInvoicesJson,
  contractJson,
} from '../contract/queries.ts';
import type { StandingJson } from '../view/facts-json.ts';
import { standingFields } from '../view/queries.ts';

export type DeskJson = Readonly<{
  id: string;
  timeZone: string;
  number: string | null;
  revision: number;
  currency: string;
  language: 'en' | 'es' | 'fr';
  propertyId: string | null;
  issuedOn: string | null;
  createdAt: string;
  updated: Readonly<{ at: string; by: string }>;
  shown: boolean;
  sentAt: string | null;
  openedAt: string | null;
  lastMailedAt: string | null;
  delivery: 'none' | 'queued' | 'sent' | 'bounced';
  internalNote: string;
  customer: Readonly<{
    id: string;
    name: string;
    company: string;
    kind: 'residential' | 'commercial' | 'property_manager';
    poRequired: boolean;
    twoApproversFromMinor: bigint | null;
    taxExempt: boolean;
  }>;
  amends: Readonly<{ id: string; number: string }> | null;
  contract: ContractJson | null;
  changeOrders: readonly ChangeOrderJson[];
  invoices: readonly ContractInvoiceJson[];
  /** Stages as they were issued; null: paid as one. */
  plan: readonly PlanStage[] | null;
  replaces: Readonly<{ id: string; number: string; revision: number }> | null;
  /** The draft of a next version that was begun. */
  nextDraftId: string | null;
  invoice: Readonly<{ id: string; number: string | null }> | null;
  depositInvoice: Readonly<{ id: string; number: string | null }> | null;
  /** The job that carries it out. */
  job: Readonly<{ id: string; number: number }> | null;
  /** Every issued version under the number, the first one first. */
  revisions: readonly Readonly<{ id: string; revision: number; issuedOn: string; totalMinor: bigint; state: string }>[];
  /** Net of each part, and the item of each line that has one, by id. */
  partNets: Readonly<Record<string, number>>;
  lineItems: Readonly<Record<string, string>>;
  attachments: readonly Readonly<{ id: string; name: string; mediaType: string; bytes: number }>[];
  standing: StandingJson;
}>;

/** The first version of the estimate; of a change order, that of the one it changes. */
const root = sql`coalesce(s.amends_id, e.root_id)`;

/** One estimate or draft as the office works with it, beside what it says: one JSON text. */
const query = fixedQuery({ business: 'uuid', document: 'uuid' }, ({ business: b, document: d }) => {
  const invoice = (id: string) => sql`(select json_build_object('id', i.document_id, 'number', i.number) from invoice_standings i
    where i.business_id = ${b} and i.document_id = ${sql.ref(id)})`;
  return sql`select json_build_object('id', d.id, 'timeZone', u.time_zone, 'number', s.number, 'revision', s.revision, 'currency', s.currency, 'language', d.language,
      'propertyId', s.property_id, 'issuedOn', s.issued_on, 'createdAt', d.created_at, 'shown', s.shown, 'sentAt', s.sent_at, 'openedAt', s.opened_at,
      'lastMailedAt', s.last_mailed_at, 'delivery', s.delivery, 'internalNote', coalesce(e.internal_note, ''),
      'updated', coalesce((select json_build_object('at', x.at, 'by', x.actor_name) from events x where x.business_id = ${b} and x.document_id = ${d}
        order by x.seq desc limit 1), json_build_object('at', d.created_at, 'by', '')),
      'customer', json_build_object('id', c.id, 'name', c.name, 'company', c.company, 'kind', c.kind, 'poRequired', ${poRequiredAt(b, { document: d, property: sql`s.property_id`, own: sql`c.po_required` })}, 'twoApproversFromMinor', c.two_approvers_from_minor, 'taxExempt', c.tax_exempt),
      'amends', (select json_build_object('id', k.estimate_id, 'number', k.number) from contracts k where k.business_id = ${b} and k.id = s.amends_id),
      'contract', ${contractJson(b, root)}, 'changeOrders', ${changeOrdersJson(b, root)},
      'invoices', ${contractInvoicesJson(b, root)}, 'plan', e.plan,
      'replaces', (select json_build_object('id', o.document_id, 'number', o.number, 'revision', o.revision) from estimate_standings o
        where o.business_id = ${b} and o.document_id = d.replaces),
      'nextDraftId', (select n.id from documents n where n.business_id = ${b} and n.replaces = d.id and n.issued_at is null limit 1),
      'invoice', ${invoice('s.invoice_id')}, 'depositInvoice', ${invoice('s.deposit_invoice_id')},
      'job', (select json_build_object('id', j.id, 'number', j.number) from jobs j where j.business_id = ${b} and j.estimate_id = d.id and j.state <> 'canceled'),
      'revisions', coalesce((select json_agg(json_build_object('id', v.document_id, 'revision', v.revision, 'issuedOn', v.issued_on, 'totalMinor', t.total_minor,
          'state', t.state) order by v.revision)
        from estimates v join estimate_standings t on t.business_id = ${b} and t.document_id = v.document_id
        where v.business_id = ${b} and v.root_id = e.root_id), '[]'),
      'partNets', coalesce((select json_object_agg(p.id, p.net_minor) from document_parts p where p.business_id = ${b} and p.document_id = ${d}), '{}'),
      'lineItems', coalesce((select json_object_agg(l.id, l.item_id) from document_lines l
        where l.business_id = ${b} and l.document_id = ${d} and l.item_id is not null), '{}'),
      'attachments', coalesce((select json_agg(json_build_object('id', f.id, 'name', f.name, 'mediaType', k.mime, 'bytes', k.bytes) order by f.created_at, f.id)
        from file_refs f join files k on k.business_id = ${b} and k.sha256 = f.sha256
        where f.business_id = ${b} and f.document_id = ${d} and f.purpose = 'attachment' and f.removed_at is null), '[]'),
      'standing', json_build_object(${standingFields}))::text
    from documents d
    join businesses u on u.id = ${b}
    join estimate_standings s on s.business_id = ${b} and s.document_id = d.id
    join customers c on c.business_id = ${b} and c.id = d.customer_id
    left join estimates e on e.business_id = ${b} and e.document_id = d.id
    left join estimate_standings r on r.business_id = ${b} and r.document_id = s.replaced_by_id
    where d.business_id = ${b} and d.id = ${d} and d.kind = 'estimate'`;
});

export function selectDesk(scope: Scope, documentId: string): Promise<string | null> {
  return firstText(scope, query({ business: scope.business, document: documentId }));
}
