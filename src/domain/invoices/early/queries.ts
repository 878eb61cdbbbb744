import { sql } from 'kysely';
import type { Scope } from '../../../db/scope.ts';

export type BilledPart = Readonly<{ partId: string; propertyId: string | null; netMinor: bigint; taxes: readonly { rateId: string; taxMinor: bigint }[] }>;

/** What each part of an invoice billed: its net and the tax of each rate, as frozen. */
export async function selectBilled(scope: Scope, documentId: string): Promise<BilledPart[]> {
  const rows = await scope.tx
    .selectFrom('document_parts')
    .select(['id', 'property_id', 'net_minor', 'taxes'])
    .where('business_id', '=', scope.business)
    .where('document_id', '=', documentId)
    .orderBy('position')
    .execute();
  return rows.map((row) => ({
    partId: row.id,
    propertyId: row.property_id,
    netMinor: row.net_minor,
    taxes: (row.taxes as { rateId: string; taxMinor: number }[]).map(({ rateId, taxMinor }) => ({ rateId, taxMinor: BigInt(taxMinor) })),
  }));
}

/** The last day on which a payment that stands on the invoice was started, or credit used on it. */
export async function selectLastStart(scope: Scope, documentId: string): Promise<string | null> {
  const { rows } = await sql<{ day: string | null }>`select max(day) as day from (
      select day from payment_shares where business_id = ${scope.business} and document_id = ${documentId} and state = 'cleared' and applied_minor is distinct from 0
      union all
      select s.day from credit_use_shares s join credit_uses u on u.business_id = ${scope.business} and u.id = s.use_id
      where s.business_id = ${scope.business} and s.document_id = ${documentId} and u.state = 'done' and s.taken_back_minor < s.amount_minor) x`.execute(
    scope.tx,
  );
  return rows[0]?.day ?? null;
}
