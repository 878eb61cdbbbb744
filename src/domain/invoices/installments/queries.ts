import { sql } from 'kysely';
import type { LateFee } from '../../../core/charges.ts';
import type { Installment } from '../../../core/installments.ts';
import type { Scope } from '../../../db/scope.ts';
import { parseStored, toStored } from '../stored.ts';

export type Plan = Readonly<{
  issuedOn: string;
  installments: readonly Installment[] | null;
  lateFee: LateFee | null;
  feeNextOn: string | null;
  feesCharged: number;
}>;

/** How an issued invoice is to be paid as it stands; undefined: it is not issued. */
export async function selectPlan(scope: Scope, documentId: string): Promise<Plan | undefined> {
  const b = scope.business;
  const { rows } = await sql<{ plan: string }>`select json_build_object('issuedOn', s.issued_on, 'installments', s.installments, 'lateFee', i.late_fee,
      'feeNextOn', s.fee_next_on, 'feesCharged', (select count(*) from late_fees f where f.business_id = ${b} and f.document_id = s.document_id))::text as plan
    from invoice_standings s join invoices i on i.business_id = ${b} and i.document_id = s.document_id
    where s.business_id = ${b} and s.document_id = ${documentId} and s.state = 'issued'`.execute(scope.tx);
  return rows[0] && parseStored<Plan>(rows[0].plan);
}

/** The due day of the invoice follows by itself. */
export async function updatePlan(
  scope: Scope,
  documentId: string,
  { installments, feeNextOn }: Readonly<{ installments: readonly Installment[]; feeNextOn: string | null }>,
): Promise<void> {
  await scope.tx
    .updateTable('invoice_standings')
    .set((eb) => ({ installments: toStored(installments), fee_next_on: feeNextOn, version: eb('version', '+', 1) }))
    .where('business_id', '=', scope.business)
    .where('document_id', '=', documentId)
    .execute();
}
