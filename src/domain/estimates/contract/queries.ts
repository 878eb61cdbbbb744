import { type RawBuilder, sql } from 'kysely';
import type { EstimateState } from '../../../core/estimate-state.ts';
import type { ContractBillKind } from '../../../core/progress.ts';
import { fixedQuery } from '../../../db/compile.ts';
import type { Scope } from '../../../db/scope.ts';

/** What was agreed on one piece of work, under the id of the first version of its estimate. */
export type ContractRow = Readonly<{
  id: string;
  customerId: string;
  estimateId: string;
  number: string;
  currency: string;
  stands: boolean;
  originalMinor: bigint;
  changesMinor: bigint;
  /** Change orders that stand approved. */
  changeCount: number;
  /** Issued, less what credit notes took back; what was canceled bills nothing. */
  billedMinor: bigint;
  /** Of the next invoices: the share that is held back. */
  retainagePpm: number;
}>;

/** Locked until the transaction ends: whoever decides on one of its documents, or bills it, comes here after the document. */
export async function lockContractRow(scope: Scope, contractId: string): Promise<ContractRow | undefined> {
  const row = await scope.tx
    .selectFrom('contracts')
    .select([
      'id',
      'customer_id',
      'estimate_id',
      'number',
      'currency',
      'stands',
      'original_minor',
      'changes_minor',
      'change_count',
      'billed_minor',
      'retainage_ppm',
    ])
    .where('business_id', '=', scope.business)
    .where('id', '=', contractId)
    .forUpdate()
    .executeTakeFirst();
  return (
    row && {
      ...{ id: row.id, customerId: row.customer_id, estimateId: row.estimate_id, number: row.number, currency: row.currency, stands: row.stands },
      ...{
        originalMinor: row.original_minor,
        changesMinor: row.changes_minor,
        changeCount: row.change_count,
        billedMinor: row.billed_minor,
        retainagePpm: row.retainage_ppm,
      },
    }
  );
}

export type Agreeing = Readonly<{
  id: string;
  customerId: string;
  propertyId: string | null;
  documentId: string;
  number: string;
  currency: string;
  originalMinor: bigint;
}>;

/** The estimate is approved: from now on, or again, the contract stands at it. */
export async function standAt(scope: Scope, { id, customerId, propertyId, documentId, number, currency, originalMinor }: Agreeing): Promise<void> {
  await sql`insert into contracts (business_id, id, customer_id, property_id, documents, estimate_id, number, currency, stands, original_minor)
    values (${scope.business}, ${id}, ${customerId}, ${propertyId}, ${[documentId]}::uuid[], ${documentId}, ${number}, ${currency}, true, ${originalMinor})
    on conflict (business_id, id) do update set estimate_id = excluded.estimate_id, stands = true, original_minor = excluded.original_minor,
      version = contracts.version + 1`.execute(scope.tx);
}

export async function standDown(scope: Scope, contractId: string): Promise<void> {
  await scope.tx
    .updateTable('contracts')
    .set((eb) => ({ stands: false, original_minor: 0n, version: eb('version', '+', 1) }))
    .where('business_id', '=', scope.business)
    .where('id', '=', contractId)
    .execute();
}

/** A change order is approved (1), or its approval was taken back (−1). */
export async function moveChanges(scope: Scope, contractId: string, amountMinor: bigint, count: 1 | -1): Promise<void> {
  await scope.tx
    .updateTable('contracts')
    .set((eb) => ({
      changes_minor: eb('changes_minor', '+', amountMinor),
      change_count: eb('change_count', '+', count),
      version: eb('version', '+', 1),
    }))
    .where('business_id', '=', scope.business)
    .where('id', '=', contractId)
    .execute();
}

/** A later version, or a change order, is a document of the contract from now on. Nothing where there is none yet. */
export async function joinContract(scope: Scope, contractId: string, documentId: string): Promise<void> {
  await sql`update contracts set documents = array_append(documents, ${documentId}::uuid)
    where business_id = ${scope.business} and id = ${contractId} and not ${documentId}::uuid = any (documents)`.execute(scope.tx);
}

/** The next change order of the contract; holds the contract until the transaction ends. */
export async function takeChange(scope: Scope, contractId: string): Promise<number> {
  const row = await scope.tx
    .updateTable('contracts')
    .set((eb) => ({ last_change: eb('last_change', '+', 1) }))
    .where('business_id', '=', scope.business)
    .where('id', '=', contractId)
    .returning('last_change')
    .executeTakeFirstOrThrow();
  return row.last_change;
}

/** A contract and its change orders as JSON, for queries of pages. */
export type ContractJson = Omit<ContractRow, 'id' | 'customerId'>;
export type ChangeOrderJson = Readonly<{
  id: string;
  number: string | null;
  revision: number;
  state: EstimateState;
  validUntil: string | null;
  totalMinor: bigint;
  chosenMinor: bigint | null;
}>;

/** The contract of the estimate whose first version is `root`; null before anything was approved. */
export const contractJson = (
  b: RawBuilder<unknown>,
  root: RawBuilder<unknown>,
) => sql`(select json_build_object('estimateId', k.estimate_id, 'number', k.number,
    'currency', k.currency, 'stands', k.stands, 'originalMinor', k.original_minor, 'changesMinor', k.changes_minor, 'changeCount', k.change_count, 'billedMinor', k.billed_minor, 'retainagePpm', k.retainage_ppm)
  from contracts k where k.business_id = ${b} and k.id = ${root})`;

/** Its change orders in the order of their numbers; drafts, which have none yet, last. Whoever may not see one is not told of it. */
export const changeOrdersJson = (b: RawBuilder<unknown>, root: RawBuilder<unknown>) => sql`(select coalesce(json_agg(json_build_object('id', c.document_id,
    'number', c.number, 'revision', c.revision, 'state', c.state, 'validUntil', c.valid_until, 'totalMinor', c.total_minor, 'chosenMinor', c.chosen_minor)
    order by c.number is null, length(c.number), c.number, c.document_id), '[]')
  from estimate_standings c where c.business_id = ${b} and c.amends_id = ${root} and c.state <> 'replaced')`;

/** The same for whoever sees more than one paper: as the text of a page's query. */
export const changeOrdersQuery = fixedQuery(
  { business: 'uuid', document: 'uuid' },
  ({ business: b, document: d }) => sql`select ${changeOrdersJson(b, sql`coalesce(e.amends_id, e.root_id)`)}::text from estimates e
    where e.business_id = ${b} and e.document_id = ${d}`,
);

/** What an invoice bills of the contract, for the office. */
export type ContractInvoiceJson = Readonly<{
  id: string;
  number: string | null;
  bill: ContractBillKind;
  stage: number | null;
  totalMinor: bigint;
  state: 'draft' | 'scheduled' | 'issued';
  canceled: boolean;
  /** Still held back of it. */
  heldBackMinor: bigint;
}>;

/** Every invoice of a contract, the first one first. */
export const contractInvoicesJson = (b: RawBuilder<unknown>, root: RawBuilder<unknown>) => sql`(select coalesce(json_agg(json_build_object('id', i.invoice_id,
    'number', v.number, 'bill', i.bill, 'stage', i.stage, 'totalMinor', v.total_minor - v.noted_minor, 'state', v.state, 'canceled', v.canceled_at is not null, 'heldBackMinor', least(v.held_back_minor, v.balance_minor))
    order by i.invoice_id), '[]')
  from contract_invoices i join invoice_standings v on v.business_id = ${b} and v.document_id = i.invoice_id
  where i.business_id = ${b} and i.contract_id = ${root})`;
