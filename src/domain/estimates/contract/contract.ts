import { contractMinor } from '../../../core/contract.ts';
import { type EstimateNow, estimateNow } from '../../../core/estimate-state.ts';
import { Refusal } from '../../../core/refusal.ts';
import type { Compiled } from '../../../db/read.ts';
import type { Scope } from '../../../db/scope.ts';
import { parseStored } from '../../invoices/stored.ts';
import { detailsOf } from '../issue/details.ts';
import type { StandingRow } from '../issue/queries.ts';
import { type ChangeOrderJson, type ContractJson, type ContractRow, changeOrdersQuery, lockContractRow, moveChanges, standAt, standDown } from './queries.ts';

/** Contract to date, as pages show it. Amounts in minor units. */
export type Contract = Readonly<{
  /** The version that was approved last. */
  estimateId: string;
  number: string;
  currency: string;
  /** False once its approval was taken back: no change order is decided on until it stands again. */
  stands: boolean;
  originalMinor: bigint;
  /** Of the change orders that stand approved, and how many they are. */
  changesMinor: bigint;
  changeCount: number;
  contractMinor: bigint;
  /** Issued, less what credit notes took back; and what that leaves. */
  billedMinor: bigint;
  leftMinor: bigint;
  /** Of the next invoices: the share that is held back until it is released. */
  retainagePpm: number;
}>;

export type ChangeOrder = Omit<ChangeOrderJson, 'state'> & Readonly<{ now: EstimateNow }>;

export function contractOf(row: ContractJson | null): Contract | null {
  if (row === null) return null;
  const { estimateId, number, currency, stands, changeCount } = row;
  const agreed = { originalMinor: BigInt(row.originalMinor), changesMinor: BigInt(row.changesMinor) };
  const whole = contractMinor(agreed);
  const billedMinor = BigInt(row.billedMinor);
  return {
    estimateId,
    number,
    currency,
    stands,
    changeCount,
    ...agreed,
    contractMinor: whole,
    billedMinor,
    leftMinor: whole - billedMinor,
    retainagePpm: Number(row.retainagePpm),
  };
}

export const changeOrdersOf = (rows: readonly ChangeOrderJson[], today: string): ChangeOrder[] =>
  rows.map(({ state, ...row }) => ({ ...row, now: estimateNow(state, row.validUntil, today) }));

/** Change orders beside this paper that whoever is signed in may see, as a query for `readPage` and what its text says. */
export const besideQuery = (business: string, document: string): Compiled => changeOrdersQuery({ business, document });
export const besideOf = (json: string | null, today: string): ChangeOrder[] =>
  json === null ? [] : changeOrdersOf(parseStored<ChangeOrderJson[]>(json), today);

/** The contract a change order is about, locked. Refuses `change_needs_contract` where nothing stands approved that it could change. */
export async function lockStandingContract(scope: Scope, contractId: string): Promise<ContractRow> {
  const contract = await lockContractRow(scope, contractId);
  if (!contract?.stands) throw new Refusal('change_needs_contract');
  return contract;
}

/** The contract a change order changes, as it stood at the press; null of an estimate. Locks it, so that of two presses one comes after the other. */
export async function contractAtPress(
  scope: Scope,
  { amendsId }: StandingRow,
): Promise<Readonly<{ number: string; originalMinor: bigint; changesMinor: bigint }> | null> {
  if (amendsId === null) return null;
  const contract = await lockContractRow(scope, amendsId);
  return contract ? { number: contract.number, originalMinor: contract.originalMinor, changesMinor: contract.changesMinor } : null;
}

/** Something was approved: an estimate makes its contract stand, a change order changes it. Refuses `change_needs_contract`. */
export async function agree(scope: Scope, standing: StandingRow, totalMinor: bigint): Promise<void> {
  const { id: documentId, amendsId, rootId, customerId, propertyId, currency } = standing;
  if (amendsId === null)
    return standAt(scope, { id: rootId, documentId, customerId, propertyId, currency, number: standing.number ?? '', originalMinor: totalMinor });
  await lockStandingContract(scope, amendsId);
  await moveChanges(scope, amendsId, totalMinor, 1);
}

/** An approval is taken back. Refuses `undo_over` for an estimate whose contract was changed since, and for a change that was billed. */
export async function disagree(scope: Scope, standing: StandingRow, totalMinor: bigint): Promise<void> {
  const contract = await lockContractRow(scope, standing.amendsId ?? standing.rootId);
  if (!contract) throw new Error('what is approved has its contract');
  if (standing.amendsId !== null) {
    // What was billed of the change stays billed.
    if (totalMinor > 0n && contractMinor(contract) - totalMinor < contract.billedMinor) throw new Refusal('undo_over', detailsOf(standing));
    return moveChanges(scope, contract.id, -totalMinor, -1);
  }
  if (contract.changeCount > 0) throw new Refusal('undo_over', detailsOf(standing));
  await standDown(scope, contract.id);
}
