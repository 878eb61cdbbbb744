import { todayIn } from '../../core/calendar.ts';
import type { Keys } from '../../core/gateways.ts';
import { limits, textLimits } from '../../core/limits.ts';
import type { Locale } from '../../core/locale.ts';
import { Refusal } from '../../core/refusal.ts';
import { canonicalEmail, clean, cleanLines } from '../../core/text.ts';
import type { Scope } from '../../db/scope.ts';
import { recordEvent } from '../events/events.ts';
import { queueMail } from '../mails/mails.ts';
import { freshLink, whoCanOpen } from './links.ts';
import { lockDocument, revokeLinkRow } from './queries.ts';
import { countShares, type SharerRow, selectShare, selectSharer } from './shares/queries.ts';

/** What somebody sends on, to whom and for how long. `byLink`: the link they read it by, whose end is the latest there is. */
export type Sharing = Readonly<{
  documentId: string;
  byLink: string | null;
  name: string;
  email: string;
  language: Locale;
  mayPay: boolean;
  days: number;
  note: string;
}>;

const aDay = { person: 10, business: 200 };

/**
 * A customer's person sends one document to somebody else: a link of its own, to look at it or to pay it, never to approve, ask or share again (rule 11).
 * In a scope of the system with that person as actor. It ends on its day, when either takes it back, and with the sharer's own right. Refuses
 * `not_found` for what the actor does not see, `above_own_rights` without a right to pay, `share_days`, `share_note_link`, `too_many_shares`,
 * `too_many_requests`, and bad fields by name.
 */
export async function shareDocument(scope: Scope, keys: Keys, sharing: Sharing): Promise<{ linkId: string }> {
  const document = await lockDocument(scope, sharing.documentId);
  const personId = scope.actor.id;
  const sharer = await sharerOf(scope, sharing.documentId);
  if (document === undefined || personId === null || !sharer.sees) throw new Refusal('not_found');
  const to = cleaned(sharing, sharer);
  await mustNotBeTooMany(scope, { documentId: document.id, personId });
  const endsAt = await endOf(scope, sharing);
  const linkId = await freshLink(scope, keys, {
    ...{ documentId: document.id, customerId: document.customer_id, personId: null, sentTo: to.email },
    sharing: { by: personId, name: to.name, mayPay: sharing.mayPay, endsAt },
  });
  const facts = { by: scope.actor.name, note: to.note, mayPay: sharing.mayPay, until: todayIn(sharer.zone, endsAt) };
  await queueMail(scope, {
    ...{ kind: 'document_shared', once: `shared:${linkId}`, documentId: document.id, customerId: document.customer_id, linkId, facts },
    to: { address: to.email, name: to.name, locale: sharing.language },
  });
  await recordEvent(scope, {
    ...{ kind: 'link.shared', customerId: document.customer_id, documentId: document.id, propertyId: document.property_id },
    data: { linkId, personId, name: to.name, to: to.email, canPay: sharing.mayPay, endsAt },
  });
  return { linkId };
}

/** Ends a shared link at once: whoever shared it, or, signed in, whoever manages the account's people. Refuses `not_found`. Once more does nothing. */
export async function endShare(scope: Scope, at: Readonly<{ documentId: string; linkId: string; byLink: boolean }>): Promise<void> {
  const personId = scope.actor.id ?? '';
  const share = await selectShare(scope, { ...at, personId });
  if (share === undefined || !(share.mine || (!at.byLink && (await sharerOf(scope, at.documentId)).manages))) throw new Refusal('not_found');
  if (!(await revokeLinkRow(scope, share.id))) return;
  const data = { linkId: share.id, personId: share.sharedBy, name: share.name };
  await recordEvent(scope, { kind: 'link.revoked', customerId: share.customerId, documentId: share.documentId, data });
}

async function sharerOf(scope: Scope, documentId: string): Promise<SharerRow> {
  const { role, actor } = scope;
  const found = role === 'system' && actor.kind === 'person' && actor.id !== null ? await selectSharer(scope, actor.id, documentId) : undefined;
  if (found === undefined) throw new Refusal('not_found');
  return found;
}

/** Web addresses in somebody's words, mailed in the business's name to whoever they like, would be somebody else's mail. */
const webAddress = /:\/\/|\bwww\./i;

function cleaned(sharing: Sharing, sharer: SharerRow): { name: string; email: string; note: string } {
  const name = clean(sharing.name, textLimits.name, 'name');
  if (name === '') throw new Refusal('required', { field: 'name' });
  const email = canonicalEmail(sharing.email);
  if (email === null) throw new Refusal('email_invalid', { field: 'email' });
  if (sharing.mayPay && !sharer.canPay) throw new Refusal('above_own_rights', { field: 'mayPay' });
  if (!Number.isInteger(sharing.days) || sharing.days < 1 || sharing.days > limits.shareDays) throw new Refusal('share_days', { field: 'days' });
  const note = cleanLines(sharing.note, textLimits.reason, 'note');
  if (webAddress.test(note) || webAddress.test(name)) throw new Refusal('share_note_link', { field: webAddress.test(name) ? 'name' : 'note' });
  return { name, email, note };
}

async function mustNotBeTooMany(scope: Scope, of: Readonly<{ documentId: string; personId: string }>): Promise<void> {
  const counts = await countShares(scope, { ...of, since: scope.now.subtract({ hours: 24 }).toString() });
  if (counts.open >= limits.sharesPerDocument) throw new Refusal('too_many_shares');
  if (counts.byPerson >= aDay.person || counts.ofBusiness >= aDay.business) throw new Refusal('too_many_requests');
}

/** So many days from now, and no longer than the link it was read by. */
async function endOf(scope: Scope, { documentId, byLink, days }: Sharing): Promise<string> {
  const asked = scope.now.add({ hours: 24 * days }).toString();
  if (byLink === null) return asked;
  const own = (await whoCanOpen(scope, documentId)).find(({ linkId }) => linkId === byLink);
  if (own === undefined || own.state !== 'open' || own.sharedById !== null) throw new Refusal('not_found');
  return own.worksUntil !== null && Temporal.Instant.compare(Temporal.Instant.from(own.worksUntil), Temporal.Instant.from(asked)) < 0 ? own.worksUntil : asked;
}
