import { sql } from 'kysely';
import type { Choices } from '../../../core/choices.ts';
import type { ContractBillKind } from '../../../core/progress.ts';
import type { Scope } from '../../../db/scope.ts';

/** Drafts begun for a contract that is locked: what they would bill. */
export async function selectDrafted(scope: Scope, contractId: string): Promise<bigint> {
  const b = scope.business;
  const { rows } = await sql<{ minor: bigint }>`select coalesce(sum(s.total_minor), 0)::bigint as minor from contract_invoices i
    join invoice_standings s on s.business_id = ${b} and s.document_id = i.invoice_id and s.state <> 'issued'
    where i.business_id = ${b} and i.contract_id = ${contractId}`.execute(scope.tx);
  return rows[0]?.minor ?? 0n;
}

/** The invoice of a stage that stands, if there is one. */
export async function selectStageInvoice(scope: Scope, contractId: string, stage: number): Promise<string | null> {
  const b = scope.business;
  const { rows } = await sql<{ id: string }>`select i.invoice_id as id from contract_invoices i
    join invoice_standings s on s.business_id = ${b} and s.document_id = i.invoice_id and s.canceled_at is null
    where i.business_id = ${b} and i.contract_id = ${contractId} and i.stage = ${stage} limit 1`.execute(scope.tx);
  return rows[0]?.id ?? null;
}

/** The change orders of a contract that stand approved, with what was chosen of each. */
export async function selectApprovedChanges(scope: Scope, contractId: string): Promise<{ documentId: string; choices: Choices }[]> {
  const b = scope.business;
  const { rows } = await sql<{ documentId: string; choices: Choices }>`select s.document_id as "documentId", a.choices from estimate_standings s
    cross join lateral (select a.choices from approvals a where a.business_id = ${b} and a.document_id = s.document_id and a.kind = 'approved'
      order by a.seq desc limit 1) a
    where s.business_id = ${b} and s.amends_id = ${contractId} and s.state = 'approved' order by s.document_id`.execute(scope.tx);
  return [...rows];
}

type Billing = Readonly<{ invoiceId: string; contractId: string; sourceId: string; bill: ContractBillKind; stage: number | null }>;

/** From now on the invoice, a draft still, bills so much of the contract, and holds back the share that was agreed. */
export async function insertBilling(scope: Scope, { invoiceId, contractId, sourceId, bill, stage }: Billing): Promise<void> {
  const b = scope.business;
  await sql`insert into contract_invoices (business_id, invoice_id, contract_id, source_id, bill, stage, retainage_ppm)
    select ${b}::uuid, ${invoiceId}::uuid, k.id, ${sourceId}::uuid, ${bill}, ${stage}, k.retainage_ppm from contracts k
    where k.business_id = ${b} and k.id = ${contractId}`.execute(scope.tx);
}

export async function setRetainage(scope: Scope, contractId: string, ratePpm: number): Promise<void> {
  await scope.tx
    .updateTable('contracts')
    .set((eb) => ({ retainage_ppm: ratePpm, version: eb('version', '+', 1) }))
    .where('business_id', '=', scope.business)
    .where('id', '=', contractId)
    .execute();
}
