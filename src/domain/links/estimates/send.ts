import { estimateNow } from '../../../core/estimate-state.ts';
import type { Keys } from '../../../core/gateways.ts';
import { limits } from '../../../core/limits.ts';
import { Refusal } from '../../../core/refusal.ts';
import type { Scope } from '../../../db/scope.ts';
import { detailsOf, issueEstimate, lockStanding, type StandingRow, showEstimate } from '../../estimates/estimates.ts';
import { recordEvent } from '../../events/events.ts';
import { queueMail } from '../../mails/mails.ts';
import { mustBeAllowed } from '../../people/rights.ts';
import { freshLink } from '../links.ts';
import type { RecipientRow } from '../queries.ts';
import { recipientsOf, type Sending, type Sent } from '../send.ts';
import { markEstimateSent, selectEstimateSent } from './queries.ts';

/**
 * Sends an estimate: issues it when it is a draft, shows it in the portal, makes each person their own link and queues one mail each. Refuses
 * `no_recipients`, `not_found` for someone without a right to it, `contact_email_missing`, `mail_undeliverable`, `estimate_expired`,
 * `estimate_withdrawn`, `estimate_replaced`, and what issuing refuses.
 */
export async function sendEstimate(scope: Scope, keys: Keys, sending: Sending): Promise<Sent> {
  await mustBeAllowed(scope, 'estimates:write');
  const personIds = [...new Set(sending.personIds)];
  if (personIds.length === 0) throw new Refusal('no_recipients', { field: 'personIds' });
  if (personIds.length > limits.recipientsPerSend) throw new Refusal('invalid_input', { field: 'personIds' });
  const standing = await ready(scope, sending.documentId);
  const before = await selectEstimateSent(scope, standing.id);
  const people = await recipientsOf(scope, { id: standing.id, customer_id: standing.customerId }, personIds);
  const mails = [];
  for (const person of people)
    mails.push(await mailTo(scope, keys, standing, person, { others: people.filter((other) => other !== person), note: sending.note ?? '' }));
  await markEstimateSent(scope, standing.id);
  const { id: documentId, customerId, propertyId, number, revision } = standing;
  await recordEvent(scope, {
    kind: before === null ? 'estimate.sent' : 'estimate.resent',
    ...{ customerId, documentId, propertyId, shown: true },
    data: { number, revision, people: people.map((person) => ({ personId: person.id, name: person.name, to: person.email })) },
  });
  return { mails };
}

/** Issues and shows what is to be sent, and answers it as it stands then. */
async function ready(scope: Scope, documentId: string): Promise<StandingRow> {
  const found = await lockStanding(scope, documentId);
  const now = estimateNow(found.state, found.validUntil, found.today);
  if (now === 'expired') throw new Refusal('estimate_expired', detailsOf(found, now));
  if (now === 'withdrawn') throw new Refusal('estimate_withdrawn', detailsOf(found));
  if (now === 'replaced') throw new Refusal('estimate_replaced', detailsOf(found));
  if (found.state === 'draft') await issueEstimate(scope, documentId, { show: true });
  else if (!found.shown) await showEstimate(scope, documentId);
  return lockStanding(scope, documentId);
}

async function mailTo(scope: Scope, keys: Keys, standing: StandingRow, person: RecipientRow, around: { others: readonly RecipientRow[]; note: string }) {
  if (person.queued) return { personId: person.id, mailId: null, linkId: null };
  const of = { documentId: standing.id, customerId: standing.customerId, personId: person.id };
  const linkId = await freshLink(scope, keys, { ...of, sentTo: person.email });
  const mailId = await queueMail(scope, {
    kind: standing.revision > 1 && person.mails === 0 ? 'estimate_replaced' : 'estimate_sent',
    once: `estimate:${standing.id}:${person.id}:${person.mails + 1}`,
    ...of,
    linkId,
    facts: { note: around.note, others: around.others.map((other) => other.name) },
  });
  return { personId: person.id, mailId, linkId };
}
