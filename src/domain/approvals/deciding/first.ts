import { needsTwo } from '../../../core/authority.ts';
import { canonicalJson } from '../../../core/canonical.ts';
import { Refusal } from '../../../core/refusal.ts';
import type { Scope } from '../../../db/scope.ts';
import type { Made } from '../../estimates/estimates.ts';
import type { Approval, Decided, FirstYes, Undoing } from '../approval.ts';
import { selectApprovals, selectAreOne, setFirst } from '../queries.ts';
import { madeOf, type Press, record } from './press.ts';
import { tell } from './tell.ts';

/** The first yes that stands: the newest of what decides, when nothing was decided since. Advice of others leaves it as it is. */
export async function firstOf(scope: Scope, documentId: string): Promise<Approval | null> {
  const kinds = ['first_approved', 'approved', 'declined', 'changes_requested', 'withdrawn_approval'] as const;
  const [last] = await selectApprovals(scope, { documentId, kinds, limit: 1 });
  return last?.kind === 'first_approved' ? last : null;
}

/** How a yes counts where two may be needed: whether it approves, and the first one it follows on. */
export type Counted = Readonly<{ approves: boolean; first: Approval | null }>;

/** It approves alone where one is enough, and as the second of two different persons who said yes to the same. */
export async function countYes(scope: Scope, press: Press, made: Made): Promise<Counted> {
  const { standing, signer, account } = press;
  if (!needsTwo(account.twoFromMinor, made.totals.totalMinor)) return { approves: true, first: null };
  const first = await firstOf(scope, standing.id);
  if (first === null || !isSame(first, made) || signer === null || first.personId === null) return { approves: false, first };
  return { approves: !(await isOneWord(scope, first, press)), first };
}

/** Whether the first yes and this press are one person's word: the same one, or one in the place of the other. */
async function isOneWord(scope: Scope, first: Approval, { signer, instead }: Press): Promise<boolean> {
  if (first.personId === null || signer === null) return false;
  if (instead?.personId === first.personId || first.further.instead?.personId === signer.id) return true;
  if (instead !== null && instead.personId === first.further.instead?.personId) return true;
  return selectAreOne(scope, first.personId, signer.id);
}

const isSame = (first: Approval, { totals, choices }: Made): boolean =>
  first.totalMinor === totals.totalMinor && canonicalJson(first.choices) === canonicalJson(choices);

/** The first yes of two: kept, and it waits for a second person. The same once more is the same record; other choices take its place. */
export async function signFirst(scope: Scope, press: Press, made: Made, { first, poNumber }: Counted & { poNumber: string }): Promise<Decided> {
  const { standing, signer, typedName } = press;
  const { totalMinor } = made.totals;
  const answer = { kind: 'first_approved' as const, totalMinor, currency: made.currency, depositMinor: made.depositMinor, undoUntil: null };
  if (first !== null && isSame(first, made) && (await isOneWord(scope, first, press))) return { ...answer, approvalId: first.id, seq: first.seq };
  const { id, seq } = await record(scope, press, { kind: 'first_approved', made, poNumber });
  await setFirst(scope, standing.id, { approvalId: id, personId: signer?.id ?? '', by: typedName });
  await tell(scope, press, 'estimate.first_approved', { id, seq, totalMinor, currency: made.currency });
  return { ...answer, approvalId: id, seq };
}

/** The first person takes theirs back while it waits for the second; or the office, at their word. */
export async function takeBackFirst(scope: Scope, press: Press, first: Approval, { identifiedBy, reason = '' }: Undoing): Promise<Decided> {
  const { standing, signer } = press;
  if (identifiedBy !== 'office' && (signer === null || signer.id !== first.personId)) throw new Refusal('approving_not_allowed');
  const made = await madeOf(scope, standing.id, first.choices);
  const { totalMinor } = made.totals;
  const { id, seq } = await record(scope, press, { kind: 'withdrawn_approval', made, poNumber: first.poNumber, reason, undoes: first.id });
  await setFirst(scope, standing.id, null);
  await tell(scope, press, 'estimate.approval_withdrawn', { id, seq, undoes: first.id, first: true, reason, totalMinor, currency: made.currency });
  return { kind: 'withdrawn_approval', approvalId: id, seq, totalMinor, currency: made.currency, depositMinor: 0n, undoUntil: null };
}

/** What the record of the second approval says of the first. */
export function firstYesOf({ id, personId, typedName, recordedName, identifiedBy, identifiedAs, at, hash }: Approval): FirstYes {
  return { approvalId: id, personId: personId ?? '', typedName, recordedName, identifiedBy, identifiedAs, at, hash };
}
