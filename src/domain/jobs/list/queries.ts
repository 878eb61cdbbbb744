import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '../../../db/scope.ts';
import type { JobTab, ListedJob } from '../job.ts';
import { jobColumns, jobJoins } from '../queries.ts';

export type JobQuestion = Readonly<{
  tab: JobTab;
  customerId: string | null;
  propertyId: string | null;
  found: { jobs: readonly string[]; customers: readonly string[] } | null;
  before: number | null;
  limit: number;
}>;

const unbilled = (b: string): RawBuilder<unknown> =>
  sql`exists (select from job_lines l where l.business_id = ${b} and l.job_id = j.id and l.invoice_id is null)`;

function inTab(b: string, tab: JobTab): RawBuilder<unknown> {
  if (tab === 'open') return sql`j.state in ('planned', 'under_way')`;
  if (tab === 'to_invoice') return sql`j.state = 'done' and ${unbilled(b)}`;
  if (tab === 'all') return sql`true`;
  return sql`j.state = ${tab}`;
}

/** The newest number first, from below the last of the page before. */
export async function selectJobs(scope: Scope, question: JobQuestion): Promise<ListedJob[]> {
  const b = scope.business;
  const { tab, customerId, propertyId, found, before, limit } = question;
  const parts: RawBuilder<unknown>[] = [sql`j.business_id = ${b}`, inTab(b, tab)];
  if (customerId !== null) parts.push(sql`j.customer_id = ${customerId}::uuid`);
  if (propertyId !== null) parts.push(sql`j.property_id = ${propertyId}::uuid`);
  if (found !== null) parts.push(sql`(j.id = any (${[...found.jobs]}::uuid[]) or j.customer_id = any (${[...found.customers]}::uuid[]))`);
  if (before !== null) parts.push(sql`j.number < ${before}`);
  const { rows } = await sql<ListedJob>`select ${jobColumns}, ${unbilled(b)} as "toInvoice",
      (select jsonb_build_object('day', v.day, 'from', v.from_time, 'until', v.until_time) from visits v where v.business_id = ${b} and v.job_id = j.id
        and v.state in ('planned', 'on_the_way', 'started') order by v.day, coalesce(v.from_time, ''), v.id limit 1) as "nextVisit",
      (select max(v.day)::text from visits v where v.business_id = ${b} and v.job_id = j.id and v.state = 'done') as "lastVisitOn",
      (select count(*)::int from visits v where v.business_id = ${b} and v.job_id = j.id and v.state not in ('skipped', 'canceled')) as visits,
      (select count(*)::int from visits v where v.business_id = ${b} and v.job_id = j.id and v.state = 'done') as "visitsDone"
    from jobs j ${jobJoins(b)} where ${sql.join(parts, sql` and `)} order by j.number desc limit ${limit}`.execute(scope.tx);
  return rows;
}
