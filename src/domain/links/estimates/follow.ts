import type { Keys } from '../../../core/gateways.ts';
import type { Scope } from '../../../db/scope.ts';
import type { Approval } from '../../approvals/approval.ts';
import { askDeposit, dropDeposit, listApprovals, type NextPerson, passOn } from '../../approvals/approvals.ts';
import { lockStanding } from '../../estimates/estimates.ts';
import { officeAddress, queueMail } from '../../mails/mails.ts';
import { ensureLink, freshLink } from '../links.ts';
import { selectAddress } from '../queries.ts';

/** What follows a decision: the next person after advice, the deposit after an approval and after its end, and mails. Safe to run twice. */
export async function followDecision(scope: Scope, keys: Keys, of: Readonly<{ documentId: string; approvalId: string }>): Promise<void> {
  await lockStanding(scope, of.documentId);
  const { rows } = await listApprovals(scope, { documentId: of.documentId, limit: 1 });
  const [record] = rows;
  // What was decided since has a task of its own.
  if (record?.id !== of.approvalId) return;
  if (record.identifiedBy !== 'office') await tellOffice(scope, record);
  await tellSigner(scope, keys, record);
  if (record.kind === 'recommended' || record.kind === 'first_approved') await askNext(scope, keys, record);
  if (record.kind === 'approved') await askDeposit(scope, of.documentId);
  if (record.kind === 'withdrawn_approval') await dropDeposit(scope, of.documentId);
}

const said = ({ kind, typedName, recordedName, reason, lineReasons, totalMinor }: Approval) => ({
  ...{ what: kind, name: typedName || recordedName, totalMinor },
  reason: [reason, ...lineReasons.map((each) => `${each.name}: ${each.reason}`)].filter((text) => text !== '').join('\n'),
});

async function tellOffice(scope: Scope, record: Approval): Promise<void> {
  const to = await officeAddress(scope);
  if (to === null) return;
  const { id, documentId, customerId } = record;
  await queueMail(scope, { kind: 'estimate_for_office', once: `estimate_for_office:${id}`, documentId, customerId, to, facts: said(record) });
}

/** Whoever signed has it in their mailbox; who declined knows. */
async function tellSigner(scope: Scope, keys: Keys, record: Approval): Promise<void> {
  const { id, kind, documentId, customerId, personId } = record;
  if (personId === null || kind === 'declined' || kind === 'changes_requested') return;
  const sentTo = await selectAddress(scope, personId);
  if (sentTo === null) return;
  const linkId = await ensureLink(scope, keys, { documentId, customerId, personId, sentTo });
  const { what, totalMinor } = said(record);
  await queueMail(scope, { kind: 'estimate_decided', once: `estimate_decided:${id}`, documentId, customerId, personId, linkId, facts: { what, totalMinor } });
}

/** Asks whoever it waits for now, once for each record; `again`: the how-many-eth reminder of it. Answers whether a mail was queued. */
export async function askNext(scope: Scope, keys: Keys, record: Approval, again = 0): Promise<NextPerson | null> {
  const { id, documentId, customerId } = record;
  const next = await passOn(scope, documentId);
  if (next === null || next.email === '') return null;
  const linkId = await freshLink(scope, keys, { documentId, customerId, personId: next.id, sentTo: next.email });
  const queued = await queueMail(scope, {
    kind: 'estimate_to_approve',
    once: again === 0 ? `estimate_to_approve:${id}:${next.id}` : `estimate_to_approve:${id}:${next.id}:${again}`,
    ...{ documentId, customerId, personId: next.id, linkId },
    facts: said(record),
  });
  return queued === null ? null : next;
}
