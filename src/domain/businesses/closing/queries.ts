import { sql } from 'kysely';
import type { Scope } from '../../../db/scope.ts';

export type ClosingRow = Readonly<{ askedBy: string; askedAt: string; endsAt: string; endsOn: string }>;

export async function selectClosing(scope: Scope): Promise<ClosingRow | undefined> {
  const { rows } =
    await sql<ClosingRow>`select asked_by as "askedBy", asked_at as "askedAt", ends_at as "endsAt", (k.ends_at at time zone u.time_zone)::date::text as "endsOn"
    from closings k join businesses u on u.id = ${scope.business} where k.business_id = ${scope.business}`.execute(scope.tx);
  return rows[0];
}

/** False: it is closing already. */
export async function insertClosing(scope: Scope, endsAt: string): Promise<boolean> {
  const { numAffectedRows } = await sql`insert into closings (business_id, asked_by, asked_at, ends_at)
    values (${scope.business}, ${scope.actor.name}, ${scope.now.toString()}, ${endsAt}) on conflict do nothing`.execute(scope.tx);
  return (numAffectedRows ?? 0n) > 0n;
}

export async function deleteClosing(scope: Scope): Promise<boolean> {
  const { numAffectedRows } = await sql`delete from closings where business_id = ${scope.business}`.execute(scope.tx);
  return (numAffectedRows ?? 0n) > 0n;
}

/** What the page that asks shows: what would go. */
export async function selectExtent(
  scope: Scope,
): Promise<{ name: string; customers: number; invoices: number; owedMinor: bigint; currency: string; moving: number }> {
  const b = scope.business;
  const { rows } = await sql<Awaited<ReturnType<typeof selectExtent>>>`select u.name, u.currency,
      (select count(*)::int from customers c where c.business_id = ${b} and c.erased_at is null) as customers,
      (select count(*)::int from invoice_standings s where s.business_id = ${b} and s.state = 'issued') as invoices,
      (select coalesce(sum(s.balance_minor), 0)::int8 from invoice_standings s where s.business_id = ${b} and s.state = 'issued' and s.balance_minor > 0
        and s.currency = u.currency) as "owedMinor",
      (select count(*)::int from payments p where p.business_id = ${b} and p.state in ('pending', 'unknown')) as moving
    from businesses u where u.id = ${b}`.execute(scope.tx);
  const [row] = rows;
  if (!row) throw new Error('a scope is of a business');
  return row;
}
