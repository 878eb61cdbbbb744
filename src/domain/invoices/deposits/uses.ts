import type { Scope } from '../../../db/scope.ts';
import { insertUses, selectUses, type Use, type UseRow } from './queries.ts';

export type { Use, UseRow };

/** Keeps what was done with money of deposits, and moves their running figures. The caller holds them and writes the same transfers. */
export const keepUses = (scope: Scope, uses: readonly Use[]): Promise<void> => insertUses(scope, uses);

/** What was done with the money of a deposit, oldest first. */
export const usesOf = (scope: Scope, depositId: string): Promise<UseRow[]> => selectUses(scope, depositId);
