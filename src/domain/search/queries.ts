import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '../../db/scope.ts';
import type { SearchKind } from './search.ts';

/** One line of the result list. `title` names it, `detail` tells it from others of that name; amounts for invoices and payments only. */
export type Found = Readonly<{
  kind: SearchKind;
  id: string;
  customerId: string | null;
  title: string;
  detail: string;
  totalMinor: bigint | null;
  currency: string | null;
}>;
export type Match = Readonly<{ kind: SearchKind; id: string; customer_id: string | null }>;
type TermRow = Readonly<{ term: string; kind: string; id: string; customerId: string | null }>;

/** Sorts after every text that begins with the word, byte by byte as the column does. */
const afterAll = '\u{10ffff}';
/** What one word may match before the rest is not looked at: no beginning of a word can hold up the server. Whole words come first. */
const widest = { alone: 4_000, withOthers: 20_000 };
const rowsAStatement = 5000;

export async function insertTerms(scope: Scope, rows: readonly TermRow[]): Promise<void> {
  for (let from = 0; from < rows.length; from += rowsAStatement) {
    const some = rows.slice(from, from + rowsAStatement);
    await sql`insert into search_terms (business_id, term, kind, id, customer_id)
      select ${scope.business}::uuid, t.term, t.kind, t.id, t.customer_id
      from unnest(${some.map((row) => row.term)}::text[], ${some.map((row) => row.kind)}::text[], ${some.map((row) => row.id)}::uuid[],
        ${some.map((row) => row.customerId)}::uuid[]) as t (term, kind, id, customer_id)
      on conflict do nothing`.execute(scope.tx);
  }
}

export async function deleteTerms(scope: Scope, kinds: readonly string[], ids: readonly string[]): Promise<void> {
  await sql`delete from search_terms where business_id = ${scope.business} and kind = any (${[...kinds]}::text[]) and id = any (${[...ids]}::uuid[])`.execute(
    scope.tx,
  );
}

const widestOf = (words: readonly string[]): number => (words.length === 1 ? widest.alone : widest.withOthers);

function matches(scope: Scope, words: readonly string[], kinds: readonly string[], limit: number): RawBuilder<unknown> {
  const each = words.map(
    (word) => sql`(select kind, id, customer_id, max((term = ${word})::int) as exact from
      (select term, kind, id, customer_id from search_terms
        where business_id = ${scope.business} and term >= ${word} and term < ${word + afterAll} and kind = any (${[...kinds]}::text[]) limit ${widestOf(words)}) as near
      group by kind, id, customer_id)`,
  );
  return sql`select kind, id, customer_id, sum(exact) as exact from (${sql.join(each, sql` union all `)}) as every
    group by kind, id, customer_id having count(*) = ${words.length}
    order by sum(exact) desc, array_position(${[...kinds]}::text[], kind), id desc limit ${limit}`;
}

export async function selectMatches(scope: Scope, words: readonly string[], kinds: readonly string[], limit: number): Promise<Match[]> {
  const { rows } = await sql<Match>`select kind, id, customer_id from (${matches(scope, words, kinds, limit)}) as best`.execute(scope.tx);
  return rows;
}

export async function selectFound(scope: Scope, words: readonly string[], kinds: readonly string[], limit: number): Promise<Found[]> {
  const b = scope.business;
  const { rows } = await sql<Found>`
    select m.kind, m.id, m.customer_id as "customerId",
      coalesce(case m.kind when 'customer' then c.name when 'person' then p.name when 'invoice' then s.number when 'estimate' then o.number when 'job' then w.title when 'payment' then nullif(y.receipt_number, '') when 'item' then t.name
        when 'property' then coalesce(nullif(concat_ws(' · ', nullif(r.name, ''), nullif(r.code, ''), nullif(r.unit, '')), ''), r.address ->> 'street') end, '') as title,
      coalesce(case m.kind when 'customer' then nullif(c.company, c.name) when 'person' then concat_ws(' · ', nullif(p.email, ''), c.name)
        when 'invoice' then s.customer_name when 'estimate' then o.customer_name when 'job' then concat_ws(' · ', w.number::text, c.name) when 'payment' then concat_ws(' · ', c.name, nullif(y.method_label, ''), nullif(y.reference, '')) when 'item' then t.description else c.name end, '') as detail,
      coalesce(s.total_minor, o.chosen_minor, o.total_minor, y.amount_minor) as "totalMinor", coalesce(s.currency, o.currency, y.currency) as currency
    from (${matches(scope, words, kinds, limit)}) as m
    left join customers c on c.business_id = ${b} and c.id = m.customer_id
    left join people p on p.business_id = ${b} and m.kind = 'person' and p.id = m.id
    left join properties r on r.business_id = ${b} and m.kind = 'property' and r.id = m.id
    left join invoice_standings s on s.business_id = ${b} and m.kind = 'invoice' and s.document_id = m.id
    left join estimate_standings o on o.business_id = ${b} and m.kind = 'estimate' and o.document_id = m.id
    left join jobs w on w.business_id = ${b} and m.kind = 'job' and w.id = m.id
    left join payments y on y.business_id = ${b} and m.kind = 'payment' and y.id = m.id
    left join items t on t.business_id = ${b} and m.kind = 'item' and t.id = m.id
    order by m.exact desc, array_position(${[...kinds]}::text[], m.kind), m.id desc`.execute(scope.tx);
  return rows;
}
