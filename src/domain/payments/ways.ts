import type { PayMethod } from '../../core/gateways.ts';

/** From which amount each way is offered; null: not at all. */
export type Ways = Readonly<{ cardFloorMinor: bigint | null; bankFloorMinor: bigint | null }>;

/** The ways an amount can be paid through the processor, the usual one first. */
export function waysFor({ cardFloorMinor, bankFloorMinor }: Ways, amountMinor: bigint): readonly PayMethod[] {
  const takes = (floorMinor: bigint | null): boolean => floorMinor !== null && amountMinor >= floorMinor;
  return [...(takes(cardFloorMinor) ? (['card'] as const) : []), ...(takes(bankFloorMinor) ? (['bank'] as const) : [])];
}
