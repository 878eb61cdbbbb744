import { isWithin, needsCode } from '../../../core/authority.ts';
import { textLimits } from '../../../core/limits.ts';
import { Refusal } from '../../../core/refusal.ts';
import { clean, cleanLines } from '../../../core/text.ts';
import { enqueue } from '../../../db/queue.ts';
import type { Scope } from '../../../db/scope.ts';
import { agree, detailsOf, disagree, type Made, readRules, refuseUnless } from '../../estimates/estimates.ts';
import type { Approval, Approving, Decided, Refusing, Undoing } from '../approval.ts';
import { selectApprovals, selectDepositMoney, setDecision, setRecommended } from '../queries.ts';
import { countYes, firstOf, firstYesOf, signFirst, takeBackFirst } from './first.ts';
import { begin, byRight, madeOf, type Press, record } from './press.ts';
import { tell } from './tell.ts';

/**
 * The press on Approve. Everything is read while the estimate is locked, so of many presses one decides and the others are told the newer state.
 * Above the signer's limit, and that of whoever is away in whose place they are, it becomes a recommendation (rule 38). Where the customer wants two persons, the first yes waits for the second.
 */
export async function approve(scope: Scope, input: Approving): Promise<Decided> {
  const begun = await begin(scope, input.documentId, input);
  const { standing, signer, account } = begun;
  refuseUnless(standing, 'approve', standing.today);
  if (signer === null || signer.sharedMailbox) throw new Refusal('named_person_needed');
  const made = await madeOf(scope, standing.id, input.choices);
  if (made.lines.length === 0) throw new Refusal('nothing_chosen', { field: 'choices' });
  const { totalMinor } = made.totals;
  if (totalMinor !== input.totalMinor) throw new Refusal('estimate_changed', { ...detailsOf(standing), totalMinor });
  const press = await byRight(scope, begun, totalMinor);
  const { limitMinor } = press;
  const { undoHours, codeThresholdMinor: thresholdMinor } = await readRules(scope);
  const { kind: customerKind, twoFromMinor } = account;
  if (needsCode(input.identifiedBy, { customerKind, limitMinor: signer.limitMinor, totalMinor, thresholdMinor, twoFromMinor }))
    throw new Refusal('code_needed', { totalMinor });
  if (press.typedName === '') throw new Refusal('name_needed', { field: 'typedName' });
  if (!input.acceptTerms) throw new Refusal('terms_not_accepted', { field: 'acceptTerms' });
  // Advice is for whoever may ask or approve here; a right to look alone is none to speak.
  if (!isWithin(limitMinor, totalMinor) && !signer.canAsk && signer.limitMinor === 0n) throw new Refusal('approving_not_allowed');
  if (!isWithin(limitMinor, totalMinor)) return recommend(scope, press, made, input.reason ?? '');
  const counted = await countYes(scope, press, made);
  const poNumber = clean(input.poNumber ?? '', textLimits.poNumber, 'poNumber') || (counted.first?.poNumber ?? '') || standing.poNumber;
  if (account.poRequired && poNumber === '') throw new Refusal('po_needed', { field: 'poNumber' });
  if (!counted.approves) return signFirst(scope, press, made, { ...counted, poNumber });
  return sign(scope, press, made, { poNumber, undoHours, first: counted.first });
}

type Signing = Readonly<{ poNumber: string; undoHours: number; first: Approval | null }>;

async function sign(scope: Scope, press: Press, made: Made, { poNumber, undoHours, first }: Signing): Promise<Decided> {
  const { standing, typedName } = press;
  const { totalMinor } = made.totals;
  const { id, seq } = await record(scope, press, { kind: 'approved', made, poNumber, ...(first && { further: { first: firstYesOf(first) } }) });
  await setDecision(scope, standing.id, {
    ...{ state: 'approved', chosenMinor: totalMinor, depositMinor: made.depositMinor, poNumber, reason: '', approvalWithdrawnAt: null },
    ...{ decidedAt: scope.now.toString(), decidedBy: typedName },
  });
  await agree(scope, standing, totalMinor);
  await enqueue(scope, 'draw-record', { approvalId: id });
  await tell(scope, press, 'estimate.approved', { id, seq, totalMinor, currency: made.currency, depositMinor: made.depositMinor });
  const undoUntil = undoHours === 0 ? null : scope.now.add({ hours: undoHours }).toString();
  return { kind: 'approved', approvalId: id, seq, totalMinor, currency: made.currency, depositMinor: made.depositMinor, undoUntil };
}

/** The same person's same advice twice is one record. */
async function recommend(scope: Scope, press: Press, made: Made, reason: string): Promise<Decided> {
  const { standing, signer, typedName } = press;
  const { totalMinor } = made.totals;
  const answer = { kind: 'recommended' as const, totalMinor, currency: made.currency, depositMinor: made.depositMinor, undoUntil: null };
  const [last] = await selectApprovals(scope, { documentId: standing.id, limit: 1 });
  if (last?.kind === 'recommended' && last.personId === signer?.id && last.totalMinor === totalMinor) return { ...answer, approvalId: last.id, seq: last.seq };
  const { id, seq } = await record(scope, press, { kind: 'recommended', made, reason });
  await setRecommended(scope, standing.id, typedName);
  await tell(scope, press, 'estimate.recommended', { id, seq, totalMinor, currency: made.currency, reason });
  return { ...answer, approvalId: id, seq };
}

/** Declines, or asks for changes: the version stands decided, and the office may write another. */
export async function turnDown(scope: Scope, kind: 'declined' | 'changes_requested', input: Refusing): Promise<Decided> {
  const press = await begin(scope, input.documentId, input);
  const { standing, signer } = press;
  refuseUnless(standing, kind === 'declined' ? 'decline' : 'ask_for_changes', standing.today);
  if (signer !== null && !signer.canAsk) throw new Refusal('approving_not_allowed');
  const reason = cleanLines(input.reason ?? '', textLimits.reason, 'reason');
  const lineReasons = input.lineReasons ?? [];
  if (kind === 'changes_requested' && reason === '' && lineReasons.length === 0) throw new Refusal('reason_required', { field: 'reason' });
  const made = await madeOf(scope, standing.id, {});
  const { totalMinor } = made.totals;
  const { id, seq } = await record(scope, press, { kind, made, reason, lineReasons });
  await setDecision(scope, standing.id, {
    ...{ state: kind, chosenMinor: null, depositMinor: null, poNumber: standing.poNumber, reason, approvalWithdrawnAt: null },
    ...{ decidedAt: scope.now.toString(), decidedBy: press.typedName || (signer?.name ?? '') },
  });
  await tell(scope, press, kind === 'declined' ? 'estimate.declined' : 'estimate.changes_requested', { id, seq, reason, totalMinor, currency: made.currency });
  return { kind, approvalId: id, seq, totalMinor, currency: made.currency, depositMinor: 0n, undoUntil: null };
}

/**
 * Takes an approval back (rule 36), or the first yes of two: adds a record, removes none, and the estimate waits again. Open for the business's window,
 * until work starts, an invoice is made or a deposit is on its way; the office may do it later too, at the customer's word.
 */
export async function undo(scope: Scope, input: Undoing): Promise<Decided> {
  const press = await begin(scope, input.documentId, input);
  const { standing, signer, limitMinor } = press;
  const first = standing.state === 'sent' ? await firstOf(scope, standing.id) : null;
  if (first !== null) return takeBackFirst(scope, press, first, input);
  refuseUnless(standing, 'undo', standing.today);
  const [approved] = await selectApprovals(scope, { documentId: standing.id, kinds: ['approved'], limit: 1 });
  if (!approved) throw new Error('what is approved has its record');
  const byOffice = input.identifiedBy === 'office';
  if (
    !byOffice &&
    (signer === null || (signer.id !== approved.personId && signer.id !== approved.further.first?.personId && !isWithin(limitMinor, approved.totalMinor)))
  )
    throw new Refusal('approving_not_allowed');
  const { undoHours } = await readRules(scope);
  const open = Temporal.Instant.compare(scope.now, Temporal.Instant.from(approved.at).add({ hours: undoHours })) <= 0;
  if (standing.invoiceId !== null || (!byOffice && (!open || standing.workStartedAt !== null)) || (await depositMoved(scope, standing.depositInvoiceId)))
    throw new Refusal('undo_over', detailsOf(standing));
  const made = await madeOf(scope, standing.id, approved.choices);
  const { id, seq } = await record(scope, press, {
    kind: 'withdrawn_approval',
    made,
    poNumber: approved.poNumber,
    reason: input.reason ?? '',
    undoes: approved.id,
  });
  await setDecision(scope, standing.id, {
    ...{ state: 'sent', chosenMinor: null, depositMinor: null, poNumber: standing.poNumber, reason: '' },
    ...{ decidedAt: null, decidedBy: '', approvalWithdrawnAt: scope.now.toString() },
  });
  await disagree(scope, standing, approved.totalMinor);
  const { totalMinor } = made.totals;
  await tell(scope, press, 'estimate.approval_withdrawn', { id, seq, undoes: approved.id, reason: input.reason ?? '', totalMinor, currency: made.currency });
  return { kind: 'withdrawn_approval', approvalId: id, seq, totalMinor, currency: made.currency, depositMinor: 0n, undoUntil: null };
}

/** Whether money of the deposit came or is on its way. By a link to the estimate alone the bill is not seen: then it was asked for, and that is enough. */
async function depositMoved(scope: Scope, invoiceId: string | null): Promise<boolean> {
  if (invoiceId === null) return false;
  const money = await selectDepositMoney(scope, invoiceId);
  return money === null || money.movedMinor > 0n;
}
