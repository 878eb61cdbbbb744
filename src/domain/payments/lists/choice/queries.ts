import { type RawBuilder, sql } from 'kysely';
import { compiled } from '../../../../db/compile.ts';
import type { Compiled } from '../../../../db/read.ts';
import type { Scope } from '../../../../db/scope.ts';
import type { Choice, Match } from './choice.ts';

const begun = ['initiated', 'expired'];
const tabs: Readonly<Record<Choice['tab'], readonly string[] | null>> = {
  all: null,
  processing: ['pending', 'unknown'],
  returned: ['returned'],
  cleared: ['cleared'],
  credit: ['cleared', 'refunded', 'disputed'],
};

/** What of a payment that came is on no invoice. */
export const creditOf = (b: RawBuilder<unknown>): RawBuilder<unknown> => sql`(p.amount_minor - p.refunded_minor - p.disputed_minor
  - coalesce((select sum(s.applied_minor) from payment_shares s where s.business_id = ${b} and s.payment_id = p.id), 0))`;

/** As the index has it: under row-level security none is reached through coalesce. */
const day = sql.raw('case when p.received_on is not null then p.received_on when p.cleared_on is not null then p.cleared_on else p.started_on end');

/** Which payments `p` are meant: of a list and of its file alike. Every part of it can be met by an index in the list's order. */
export function chosen(b: RawBuilder<unknown>, of: Choice): RawBuilder<unknown> {
  const where = [sql`p.business_id = ${b}`];
  const states = of.state === undefined ? tabs[of.tab] : [of.state];
  where.push(states === null ? sql`p.state <> all (${begun})` : sql`p.state = any (${[...states]})`);
  if (of.withCredit !== null) where.push(sql`p.customer_id = any (${[...of.withCredit]}::uuid[]) and ${creditOf(b)} > 0`);
  if (of.customerId !== undefined) where.push(sql`p.customer_id = ${of.customerId}::uuid`);
  if (of.documentId !== undefined)
    where.push(sql`p.id in (select s.payment_id from payment_shares s where s.business_id = ${b} and s.document_id = ${of.documentId}::uuid)`);
  if (of.method !== undefined) where.push(sql`p.method = ${of.method}`);
  if (of.minMinor !== undefined) where.push(sql`p.amount_minor >= ${of.minMinor}::bigint`);
  if (of.maxMinor !== undefined) where.push(sql`p.amount_minor <= ${of.maxMinor}::bigint`);
  if (of.from !== undefined) where.push(sql`${day} >= ${of.from}::date`);
  if (of.to !== undefined) where.push(sql`${day} <= ${of.to}::date`);
  if (of.match !== null) where.push(matching(b, of.match));
  return sql.join(where, sql` and `);
}

/** The customers who have credit left: a handful among thousands. Known beforehand, so that the index on customers is chosen for them. */
export async function selectWithCredit(scope: Scope): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select distinct a.customer_id as id from customer_balances a
    where a.business_id = ${scope.business} and a.credit_minor > 0`.execute(scope.tx);
  return rows.map(({ id }) => id);
}

/** What was found by its words, by its customer's, or by an invoice it is for. What very many have in common is asked row by row instead. */
function matching(b: RawBuilder<unknown>, { ids, customerIds, documentIds, common }: Match): RawBuilder<unknown> {
  const found = [sql`select unnest(${[...ids]}::uuid[])`];
  if (customerIds.length > 0) found.push(sql`select o.id from payments o where o.business_id = ${b} and o.customer_id = any (${[...customerIds]}::uuid[])`);
  if (documentIds.length > 0)
    found.push(sql`select s.payment_id from payment_shares s where s.business_id = ${b} and s.document_id = any (${[...documentIds]}::uuid[])`);
  const few = sql`p.id in (${sql.join(found, sql` union `)})`;
  if (common.length === 0) return few;
  const each = common.map(
    (word) => sql`exists (select from search_terms t where t.business_id = ${b} and t.kind = 'payment' and t.id = p.id
      and t.term >= ${word} and t.term < ${word + afterAll})`,
  );
  return sql`((${sql.join(each, sql` and `)}) or ${few})`;
}

/** Sorts after every text that begins with the word, byte by byte as the column does. */
const afterAll = '\u{10ffff}';

/** The rows of the file of a choice, in the list's order; every alias is the name of a column. */
export function fileQuery(business: string, of: Choice): Compiled {
  const b = sql`${business}::uuid`;
  return compiled(sql`select p.id as payment_id, coalesce(p.receipt_number, '') as receipt_number, (${day})::text as day,
      c.name as customer, p.method, p.method_label, p.state, p.reference, p.currency, p.amount_minor as amount, p.refunded_minor as refunded,
      p.disputed_minor as disputed, case when p.state in ('cleared', 'refunded', 'disputed') then ${creditOf(b)} else 0 end::bigint as kept_as_credit,
      array(select distinct i.number from payment_shares s join invoices i on i.business_id = ${b} and i.document_id = s.document_id
        where s.business_id = ${b} and s.payment_id = p.id and coalesce(s.applied_minor, s.amount_minor) > 0 order by i.number) as invoices,
      p.note, p.recorded_by, p.fee_minor as fee, p.amount_minor + p.tip_minor + p.way_minor - p.fee_minor as net, p.tip_minor as tip,
      greatest(p.way_minor, 0) as card_fee, greatest(-p.way_minor, 0) as saving
    from payments p join customers c on c.business_id = ${b} and c.id = p.customer_id
    where ${chosen(b, of)} order by p.created_at desc, p.id desc`);
}
