import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely';
import type { Scope } from '../../../db/scope.ts';
import type { DB } from '../../../db/tables.ts';
import type { EstimateTab, EstimateTotals } from '../estimate.ts';
import type { StandingJson } from '../view/facts-json.ts';

export type EstimateListRow = StandingJson &
  Readonly<{
    id: string;
    number: string | null;
    revision: number;
    customerId: string;
    customerName: string;
    propertyId: string | null;
    poNumber: string;
    currency: string;
    listedOn: string;
    issuedOn: string | null;
    shown: boolean;
    sentAt: string | null;
    openedAt: string | null;
    delivery: 'none' | 'queued' | 'sent' | 'bounced';
    contractId: string | null;
    contractNumber: string | null;
  }>;

export type ListQuestion = Readonly<{
  tab: EstimateTab;
  today: string;
  /** The last day of "expiring". */
  soon: string;
  customerId: string | null;
  propertyId: string | null;
  /** Change orders of this estimate, or `any`. */
  changesOf: string | null;
  found: { documents: readonly string[]; customers: readonly string[] } | null;
  from: string | null;
  to: string | null;
  sort: 'newest' | 'oldest';
  after: { day: string; id: string } | null;
  limit: number;
}>;

type Standings = SelectQueryBuilder<DB & { s: DB['estimate_standings'] }, 's', Record<never, never>>;
const uuids = (ids: readonly string[]): RawBuilder<string> => sql<string>`any (${[...ids]}::uuid[])`;

/** Said in the words of the indexes. Versions that were replaced are found by their newest alone. */
function inTab(tab: EstimateTab, today: string, soon: string): RawBuilder<boolean> {
  if (tab === 'waiting') return sql`s.state = 'sent' and s.valid_until >= ${today}::date`;
  if (tab === 'expiring') return sql`s.state = 'sent' and s.valid_until between ${today}::date and ${soon}::date`;
  if (tab === 'expired') return sql`s.state = 'sent' and s.valid_until < ${today}::date`;
  if (tab === 'all') return sql`s.state <> 'replaced'`;
  return sql`s.state = ${tab}`;
}

function filtered(scope: Scope, question: Omit<ListQuestion, 'sort' | 'after' | 'limit'>): Standings {
  const { tab, today, soon, customerId, propertyId, changesOf, found, from, to } = question;
  let query = scope.tx.selectFrom('estimate_standings as s').where('s.business_id', '=', scope.business) as unknown as Standings;
  query = query.where(inTab(tab, today, soon));
  if (customerId !== null) query = query.where('s.customer_id', '=', customerId);
  if (propertyId !== null) {
    query = query.where(sql<boolean>`(s.property_id = ${propertyId}::uuid or s.document_id in
      (select p.document_id from document_parts p where p.business_id = ${scope.business} and p.property_id = ${propertyId}::uuid))`);
  }
  if (changesOf === 'any') query = query.where('s.amends_id', 'is not', null);
  else if (changesOf !== null) {
    query =
      query.where(sql<boolean>`s.amends_id = (select coalesce(o.amends_id, e.root_id) from estimate_standings o join estimates e on e.business_id = ${scope.business}
      and e.document_id = o.document_id where o.business_id = ${scope.business} and o.document_id = ${changesOf}::uuid)`);
  }
  if (found !== null) query = query.where((eb) => eb.or([eb('s.document_id', '=', uuids(found.documents)), eb('s.customer_id', '=', uuids(found.customers))]));
  if (from !== null) query = query.where('s.listed_on', '>=', from);
  if (to !== null) query = query.where('s.listed_on', '<=', to);
  return query;
}

/** One page, in the order of an index, from after the last row of the page before. */
export async function selectPage(scope: Scope, question: ListQuestion): Promise<EstimateListRow[]> {
  const { sort, after, limit } = question;
  const way = sort === 'newest' ? 'desc' : 'asc';
  let query = filtered(scope, question);
  if (after !== null)
    query = query.where(sql<boolean>`(s.listed_on, s.document_id) ${sql.raw(sort === 'newest' ? '<' : '>')} (${after.day}::date, ${after.id}::uuid)`);
  const rows = await query
    .leftJoin('estimate_standings as r', (join) => join.onRef('r.document_id', '=', 's.replaced_by_id').on('r.business_id', '=', scope.business))
    .select(['s.document_id as id', 's.version', 's.state', 's.number', 's.revision', 's.customer_id as customerId', 's.customer_name as customerName'])
    .select(['s.property_id as propertyId', 's.po_number as poNumber', 's.currency', 's.listed_on as listedOn', 's.issued_on as issuedOn', 's.shown'])
    .select(['s.sent_at as sentAt', 's.opened_at as openedAt', 's.delivery', 's.valid_until as validUntil', 's.total_minor as totalMinor'])
    .select(['s.chosen_minor as chosenMinor', 's.deposit_minor as depositMinor', 's.decided_at as decidedAt', 's.decided_by as decidedBy', 's.reason'])
    .select(['s.approval_withdrawn_at as approvalWithdrawnAt', 's.recommended_at as recommendedAt', 's.recommended_by as recommendedBy'])
    .select([
      's.waiting_for_id as waitingForId',
      's.waiting_for_name as waitingForName',
      's.waiting_instead_of as waitingInsteadOf',
      's.approver_reminded_at as approverRemindedAt',
      's.first_approved_at as firstApprovedAt',
      's.first_approved_by as firstApprovedBy',
      's.first_approver_id as firstApproverId',
      's.replaced_by_id as replacedById',
      'r.revision as replacedByRevision',
    ])
    .leftJoin('contracts as k', (join) => join.onRef('k.id', '=', 's.amends_id').on('k.business_id', '=', scope.business))
    .select(['k.estimate_id as contractId', 'k.number as contractNumber'])
    .select(['s.invoice_id as invoiceId', 's.deposit_invoice_id as depositInvoiceId'])
    .orderBy('s.listed_on', way)
    .orderBy('s.document_id', way)
    .limit(limit)
    .execute();
  return rows as EstimateListRow[];
}

/** How many there are, counted no further than `most`. */
export async function countUpTo(scope: Scope, question: Omit<ListQuestion, 'sort' | 'after' | 'limit'>, most: number): Promise<number> {
  const rows = filtered(scope, question).select('s.document_id').limit(most);
  const { rows: answer } = await sql<{ count: number }>`select count(*)::int as count from (${rows}) c`.execute(scope.tx);
  return answer[0]?.count ?? 0;
}

export async function selectBusinessDay(scope: Scope): Promise<{ timeZone: string; currency: string }> {
  const row = await scope.tx.selectFrom('businesses').select(['time_zone', 'currency']).where('id', '=', scope.business).executeTakeFirstOrThrow();
  return { timeZone: row.time_zone, currency: row.currency };
}

type Days = Readonly<{ today: string; soon: string; monthBegan: string; since: string; currency: string; timeZone: string }>;

/** Over what waits (one narrow index) and what was decided within 90 days (another). A version that was replaced was not lost. */
export async function selectTotals(scope: Scope, { today, soon, monthBegan, since, currency, timeZone }: Days): Promise<Omit<EstimateTotals, 'currency'>> {
  const b = scope.business;
  const { rows } = await sql<Omit<EstimateTotals, 'currency'>>`select w.*, d.* from (
      select count(*)::int as "waitingCount", coalesce(sum(s.total_minor), 0)::bigint as "waitingMinor",
        (count(*) filter (where s.valid_until <= ${soon}::date))::int as "expiringCount",
        coalesce(sum(s.total_minor) filter (where s.valid_until <= ${soon}::date), 0)::bigint as "expiringMinor"
      from estimate_standings s where s.business_id = ${b} and s.state = 'sent' and s.valid_until >= ${today}::date and s.currency = ${currency}) w,
    (select (count(*) filter (where s.state = 'approved' and s.day >= ${monthBegan}::date))::int as "approvedThisMonthCount",
        coalesce(sum(s.chosen_minor) filter (where s.state = 'approved' and s.day >= ${monthBegan}::date), 0)::bigint as "approvedThisMonthMinor",
        (1000000 * count(*) filter (where s.state = 'approved') / nullif(count(*) filter (where s.state in ('approved', 'declined')), 0))::bigint as "winRatePpm",
        (percentile_cont(0.5) within group (order by extract(epoch from s.decided_at - s.sent_at) / 86400)
          filter (where s.state in ('approved', 'declined') and s.sent_at is not null))::float8 as "daysToDecide"
      from (select e.*, (e.decided_at at time zone ${timeZone})::date as day from estimate_standings e
        where e.business_id = ${b} and e.decided_at >= ${since}::date and e.currency = ${currency}) s) d`.execute(scope.tx);
  const row = rows[0];
  if (!row) throw new Error('sums answer one row');
  return row;
}
