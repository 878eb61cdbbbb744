import { sql } from 'kysely';
import type { Scope } from '../../../db/scope.ts';
import type { Beside } from '../books.ts';
import type { TipRules } from './tips.ts';

/** How this customer may tip with this bill; null: not at all. A deposit is money held, and a late fee no work done. */
export async function selectTipRules(scope: Scope, customerId: string, documentId: string): Promise<TipRules | null> {
  const b = scope.business;
  const { rows } = await sql<TipRules>`select q.tip_percents as percents, q.tip_cap_percent as "capPercent"
    from business_profiles q
    join customers c on c.business_id = ${b} and c.id = ${customerId} and c.kind = 'residential'
    join invoice_standings i on i.business_id = ${b} and i.document_id = ${documentId} and i.purpose = 'bill'
    where q.business_id = ${b} and q.tips_offered`.execute(scope.tx);
  return rows[0] ?? null;
}

/** What stands beside the amount of an attempt, as far as the scope sees it. */
export async function selectBeside(scope: Scope, attempt: string): Promise<Beside> {
  const known = scope.tx.selectFrom('payments').select(['tip_minor', 'way_minor']).where('business_id', '=', scope.business).where('id', '=', attempt);
  const row = await known.executeTakeFirst();
  return { tipMinor: row?.tip_minor ?? 0n, wayMinor: row?.way_minor ?? 0n };
}
