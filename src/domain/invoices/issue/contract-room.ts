import { shareOfContract } from '../../../core/progress.ts';
import { Refusal } from '../../../core/refusal.ts';
import type { Totals } from '../../../core/totals.ts';
import type { Scope } from '../../../db/scope.ts';
import type { Draft } from '../invoice.ts';
import { selectContractRoom } from './queries.ts';

/**
 * Locks the contracts that drafts bill; together they never come to more than is left of one. Answers what is held back of each draft. Refuses
 * `over_contract` naming what is left, and holding back of a bill over several properties or in installments.
 */
export async function heldOfContracts(scope: Scope, drafts: readonly Draft[], totalsOf: (at: number) => Totals | undefined): Promise<bigint[]> {
  const ids = drafts.map(({ id }) => id);
  const rooms = new Map((await selectContractRoom(scope, ids)).map((room) => [room.invoiceId, room]));
  const taken = new Map<string, bigint>();
  return drafts.map((draft, at) => {
    const room = rooms.get(draft.id);
    const totals = totalsOf(at);
    if (!room || !totals) return 0n;
    const before = taken.get(room.contractId) ?? 0n;
    const leftMinor = room.leftMinor - before;
    if (totals.totalMinor > leftMinor) throw new Refusal('over_contract', { leftMinor, currency: draft.currency });
    taken.set(room.contractId, before + totals.totalMinor);
    if (room.retainagePpm === 0) return 0n;
    if (totals.parts.length > 1) throw new Refusal('retainage_one_property');
    if (draft.body.installments !== null) throw new Refusal('retainage_no_installments', { field: 'installments' });
    return shareOfContract(totals.totalMinor, BigInt(room.retainagePpm));
  });
}
