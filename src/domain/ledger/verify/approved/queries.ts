import { sql } from 'kysely';
import type { Scope } from '../../../../db/scope.ts';
import type { DifferenceRow, FrozenJson } from '../queries.ts';

type Discount = FrozenJson['discount'];

/** One record of what was decided, with the estimate it is about; amounts as text. */
export type ApprovedJson = Readonly<{
  seq: string;
  id: string;
  currency: string;
  totalMinor: string;
  taxMinor: string;
  choices: Readonly<{
    options: readonly string[];
    packages: readonly { group: string; package: string }[];
    quantities: readonly { lineId: string; quantityMilli: number }[];
  }>;
  pricesIncludeTax: boolean;
  taxExempt: boolean;
  mayLower: boolean;
  discount: Discount;
  taxRates: readonly { id: string; name: string; components: readonly { name: string; ratePpm: number }[] }[];
  lines: readonly Readonly<{
    id: string;
    propertyId: string | null;
    quantityMilli: string;
    unitPriceMilli: string;
    discount: Discount;
    taxRateId: string | null;
    chosen: Readonly<{
      choice: { kind: 'optional'; chosen: boolean } | { kind: 'package'; group: string; package: string; chosen: boolean } | null;
      bounds: { minMilli: number; maxMilli: number; stepMilli?: number | null } | null;
    }> | null;
  }>[];
}>;

export async function selectApprovedAfter(scope: Scope, after: bigint, limit: number): Promise<ApprovedJson[]> {
  const b = scope.business;
  const { rows } = await sql<{
    record: ApprovedJson;
  }>`select json_build_object('seq', a.seq::text, 'id', a.id, 'currency', a.currency, 'totalMinor', a.total_minor::text,
      'taxMinor', a.tax_minor::text, 'choices', a.choices, 'pricesIncludeTax', t.prices_include_tax, 'taxExempt', t.tax_exempt, 'discount', t.discount, 'taxRates', e.tax_rates, 'mayLower', e.amends_id is not null,
      'lines', (select coalesce(json_agg(json_build_object('id', l.id, 'propertyId', l.property_id, 'quantityMilli', l.quantity_milli::text,
          'unitPriceMilli', l.unit_price_milli::text, 'discount', l.discount, 'taxRateId', l.tax_rate_id, 'chosen', l.choice) order by l.position), '[]')
        from document_lines l where l.business_id = ${b} and l.document_id = a.document_id)) as record
    from approvals a
    join estimates e on e.business_id = ${b} and e.document_id = a.document_id
    join document_totals t on t.business_id = ${b} and t.document_id = a.document_id
    where a.business_id = ${b} and a.seq > ${after} order by a.seq limit ${limit}`.execute(scope.tx);
  return rows.map(({ record }) => record);
}

/** The first break of the chain of approvals, and estimates whose standing is at odds with their totals or with what was signed last. */
export async function selectEstimateDifferences(scope: Scope): Promise<DifferenceRow[]> {
  const b = scope.business;
  const { rows } = await sql<DifferenceRow>`
    select concat('chain of approvals: ', k.what) as what, k.seq::text as id, k.seq::text as stored, null as recomputed from broken_approval(${b}) k
    union all
    select c.what, c.id::text, c.stored::text, c.recomputed::text from estimate_standings s
      left join document_totals t on t.business_id = ${b} and t.document_id = s.document_id
      left join lateral (select a.total_minor, a.deposit_minor from approvals a where a.business_id = ${b} and a.document_id = s.document_id
        and a.kind = 'approved' order by a.seq desc limit 1) a on s.state = 'approved'
      cross join lateral (values ('total of an estimate', s.document_id, s.total_minor, case when s.state = 'draft' then s.total_minor else t.total_minor end),
        ('approved of an estimate', s.document_id, s.chosen_minor, a.total_minor), ('deposit of an estimate', s.document_id, s.deposit_minor, a.deposit_minor))
        c (what, id, stored, recomputed)
    where s.business_id = ${b} and c.stored is distinct from c.recomputed
    union all
    select 'first approval of an estimate', s.document_id::text, s.first_approval_id::text, f.id::text from estimate_standings s
      left join lateral (select l.id, l.kind from approvals l where l.business_id = ${b} and l.document_id = s.document_id and l.kind <> 'recommended'
        order by l.seq desc limit 1) l on s.state = 'sent'
      left join lateral (select l.id where l.kind = 'first_approved') f on true
    where s.business_id = ${b} and s.state = 'sent' and s.first_approval_id is distinct from f.id
    union all
    select c.what, k.id::text, c.stored::text, c.recomputed::text from contracts k
      left join estimate_standings s on s.business_id = ${b} and s.document_id = k.estimate_id and s.state = 'approved'
      cross join lateral (select coalesce(sum(o.chosen_minor) filter (where o.state = 'approved'), 0)::bigint as minor,
          count(*) filter (where o.state = 'approved') as approved,
          case when count(distinct e.number_seq) = coalesce(max(e.number_seq), 0) then count(distinct e.number_seq) end as last
        from estimate_standings o left join estimates e on e.business_id = ${b} and e.document_id = o.document_id
        where o.business_id = ${b} and o.amends_id = k.id) o
      cross join lateral (select coalesce(sum(billed_of(v)), 0)::bigint as minor from contract_invoices i
        join invoice_standings v on v.business_id = ${b} and v.document_id = i.invoice_id and v.state = 'issued'
        where i.business_id = ${b} and i.contract_id = k.id) v
      cross join lateral (values ('agreed first of a contract', k.original_minor, coalesce(s.chosen_minor, 0)), ('changes of a contract', k.changes_minor, o.minor),
        ('approved changes of a contract', k.change_count::bigint, o.approved), ('change orders of a contract', k.last_change::bigint, o.last), ('billed of a contract', k.billed_minor, v.minor))
        c (what, stored, recomputed)
    where k.business_id = ${b} and c.stored is distinct from c.recomputed
    union all
    select 'rights of a stand-in', s.id::text, s.rights::text, k.rights::text from stand_ins s
      cross join lateral (select rights_to_stand_in_for(${b}, s.person_id, s.customer_id) as rights) k
    where s.business_id = ${b} and s.ended_at is null and s.rights is distinct from k.rights limit 1000`.execute(scope.tx);
  return [...rows];
}
