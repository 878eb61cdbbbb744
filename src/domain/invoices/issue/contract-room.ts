import { Refusal } from '../../../core/refusal.ts';
import type { Scope } from '../../../db/scope.ts';
import type { Draft } from '../invoice.ts';
import { selectContractRoom } from './queries.ts';

/** Locks the contracts that drafts bill; together they never come to more than is left of one. Refuses `over_contract` naming what is left. */
export async function refuseOverContract(scope: Scope, drafts: readonly Draft[], totalOf: (at: number) => bigint): Promise<void> {
  const rooms = new Map(
    (
      await selectContractRoom(
        scope,
        drafts.map(({ id }) => id),
      )
    ).map((room) => [room.invoiceId, room]),
  );
  if (rooms.size === 0) return;
  const taken = new Map<string, bigint>();
  for (const [at, draft] of drafts.entries()) {
    const room = rooms.get(draft.id);
    if (!room) continue;
    const before = taken.get(room.contractId) ?? 0n;
    const totalMinor = totalOf(at);
    if (totalMinor > room.leftMinor - before) throw new Refusal('over_contract', { leftMinor: room.leftMinor - before, currency: draft.currency });
    taken.set(room.contractId, before + totalMinor);
  }
}
