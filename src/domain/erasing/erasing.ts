import { Refusal } from '../../core/refusal.ts';
import { newId } from '../../db/fresh.ts';
import { enqueue } from '../../db/queue.ts';
import type { Scope } from '../../db/scope.ts';
import { recordEvent } from '../events/events.ts';
import { discardDraft } from '../invoices/invoices.ts';
import { mayErase } from './policy.ts';
import {
  blankRows,
  closeDoors,
  insertErasure,
  lockCustomer,
  type Standing,
  selectDrafts,
  selectOpen,
  selectPeopleAlone,
  selectStanding,
  selectWords,
} from './queries.ts';

/** What an erased customer is called from then on; the papers that the law keeps keep their own words. */
export const erasedName = 'Erased customer';

/** `state`: nothing was asked yet, the rest is still being looked for, or nothing is left. `blocked`: what must be settled before. */
export type ErasureView = Readonly<{
  state: 'none' | 'finishing' | 'done';
  blocked: readonly ('owed' | 'credit' | 'moving' | 'scheduled')[];
  standing: Standing;
}>;

/** What erasing this customer would do, would leave, and what stands in its way. Refuses `not_found`, `not_allowed`. */
export async function readErasure(scope: Scope, customerId: string): Promise<ErasureView> {
  await mayErase(scope);
  const standing = await selectStanding(scope, customerId);
  if (standing === undefined) throw new Refusal('not_found');
  const state = standing.erasedAt === null ? 'none' : standing.doneAt === null ? 'finishing' : 'done';
  return { state, blocked: state === 'none' ? blockers(standing) : [], standing };
}

function blockers({ owedMinor, creditMinor, depositMinor, moving, scheduled }: Standing): ErasureView['blocked'] {
  return [
    ...(owedMinor > 0n ? (['owed'] as const) : []),
    ...(creditMinor > 0n || depositMinor > 0n ? (['credit'] as const) : []),
    ...(moving > 0 ? (['moving'] as const) : []),
    ...(scheduled > 0 ? (['scheduled'] as const) : []),
  ];
}

/**
 * Erases what is known of a customer as a person. At once: names, addresses and notes go, nobody of theirs gets in, drafts are discarded and
 * nothing queued leaves. The rest, events and frozen rows among it, is done by a task as the owner of the tables. Issued invoices, payments
 * and the ledger stay as they were. `name` is typed to confirm. Refuses `export_name_differs`, `erase_refused_open`,
 * `erase_refused_credit`, `erase_refused_scheduled`, `already_erased`, `not_found`, `not_allowed`.
 */
export async function eraseCustomer(scope: Scope, input: Readonly<{ customerId: string; name: string }>): Promise<ErasureView> {
  const { customerId } = input;
  await mayErase(scope);
  await lockCustomer(scope, customerId);
  const { standing, state, blocked } = await readErasure(scope, customerId);
  if (state !== 'none') throw new Refusal('already_erased');
  if (blocked.includes('owed') || blocked.includes('moving')) throw new Refusal('erase_refused_open');
  if (blocked.includes('credit')) throw new Refusal('erase_refused_credit');
  if (blocked.includes('scheduled')) throw new Refusal('erase_refused_scheduled');
  if (input.name.trim() !== standing.name.trim()) throw new Refusal('export_name_differs', { field: 'name' });
  for (const draft of await selectDrafts(scope, customerId)) await discardDraft(scope, draft);
  const people = await selectPeopleAlone(scope, customerId);
  const id = newId();
  await insertErasure(scope, { id, customerId, people, words: await selectWords(scope, customerId, people) });
  await closeDoors(scope, customerId, people);
  await blankRows(scope, customerId, people, erasedName);
  await enqueue(scope, 'erase-rest', { erasureId: id }, { key: id, maxAttempts: 5 });
  await recordEvent(scope, { kind: 'customer.erased', customerId, data: { erasureId: id, people: people.length } });
  return readErasure(scope, customerId);
}

/** Erasures of this business that are not done yet. */
export function openErasures(scope: Scope): Promise<string[]> {
  return selectOpen(scope);
}
