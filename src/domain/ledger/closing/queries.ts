import { sql } from 'kysely';
import type { Scope } from '../../../db/scope.ts';

/** Adds to what is given up on each part and its invoice, or takes it off again below zero; closed while any of it is. */
export async function moveGivenUp(scope: Scope, shares: readonly Readonly<{ documentId: string; partId: string; amountMinor: bigint }>[]): Promise<void> {
  const parts = shares.map((share) => share.partId);
  const documents = shares.map((share) => share.documentId);
  const amounts = shares.map((share) => share.amountMinor.toString());
  await sql`update part_standings p set written_off_minor = p.written_off_minor + r.amount
    from unnest(${parts}::uuid[], ${amounts}::bigint[]) r (part_id, amount)
    where p.business_id = ${scope.business} and p.part_id = r.part_id`.execute(scope.tx);
  await sql`update invoice_standings s set version = s.version + 1, written_off_minor = s.written_off_minor + r.amount,
      closed_at = case when s.written_off_minor + r.amount > 0 then coalesce(s.closed_at, ${scope.now.toString()}::timestamptz) end,
      settled_at = case when s.balance_minor - r.amount = 0 then coalesce(s.settled_at, ${scope.now.toString()}::timestamptz) end
    from (select d as document_id, sum(a)::bigint as amount from unnest(${documents}::uuid[], ${amounts}::bigint[]) u (d, a) group by 1) r
    where s.business_id = ${scope.business} and s.document_id = r.document_id`.execute(scope.tx);
}
