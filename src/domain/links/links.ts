import type { Keys } from '../../core/gateways.ts';
import { Refusal } from '../../core/refusal.ts';
import { canonicalEmail, clean, cut, maskEmail } from '../../core/text.ts';
import { hashToken, newId } from '../../db/fresh.ts';
import { enqueue } from '../../db/queue.ts';
import type { Scope } from '../../db/scope.ts';
import { recordEvent, recordEvents } from '../events/events.ts';
import { countMailsSince, queueMail } from '../mails/mails.ts';
import { may, mustBeAllowed } from '../people/rights.ts';
import {
  didSince,
  insertLink,
  lockDocument,
  type MailedRow,
  markOpened,
  type NewLink,
  type OpenerRow,
  revokeLinkRow,
  selectByNumberAndAddress,
  selectLink,
  selectLiveLink,
  selectMailedPeople,
  selectOpeners,
  selectShown,
  touchLink,
  updateUsed,
} from './queries.ts';

export { remindApprovers } from './estimates/approvers.ts';
export { followDecision } from './estimates/follow.ts';
export { remindEstimates } from './estimates/remind.ts';
export { sendEstimate } from './estimates/send.ts';
export { resendInvoice, type Sending, sendInvoice, sendTest } from './send.ts';
export { sendDue } from './send-later.ts';
export { endShare, type Sharing, shareDocument } from './share.ts';

/** Links are of invoices and of estimates, and each has rights of its own; which of them is asked for is said by who calls. */
async function mustHandle(scope: Scope, what: 'read' | 'write'): Promise<void> {
  if (!(await may(scope, `estimates:${what}`))) await mustBeAllowed(scope, `invoices:${what}`);
}

type LinkFor = Omit<NewLink, 'id' | 'tokenHash'>;

/** Makes a new link; its token follows from its id and is kept nowhere. Older links of the same person live out their time. */
export async function freshLink(scope: Scope, keys: Keys, link: LinkFor): Promise<string> {
  const id = newId();
  await insertLink(scope, { id, ...link, tokenHash: hashToken(keys.linkToken(scope.business, id)) });
  return id;
}

/** The newest working link of this person to this document, else a new one. Its life counts from now. */
export async function ensureLink(scope: Scope, keys: Keys, link: LinkFor): Promise<string> {
  const found = await selectLiveLink(scope, link.documentId, link.personId);
  if (found === null) return freshLink(scope, keys, link);
  await touchLink(scope, found);
  return found;
}

/**
 * A link for the office to hand over by itself: a person's own, or one for whoever gets it. Answers the token, for the address.
 * Refuses `not_found`, and `not_shown` while customers cannot see the document.
 */
export async function copyLink(
  scope: Scope,
  keys: Keys,
  input: { documentId: string; person: { id: string; email: string } | null },
): Promise<{ linkId: string; token: string }> {
  await mustHandle(scope, 'write');
  const document = await lockDocument(scope, input.documentId);
  if (document === undefined) throw new Refusal('not_found');
  if (!document.shown) throw new Refusal('not_shown');
  const linkId = await ensureLink(scope, keys, {
    documentId: document.id,
    customerId: document.customer_id,
    personId: input.person?.id ?? null,
    sentTo: input.person?.email ?? '',
  });
  await recordEvent(scope, {
    kind: 'link.copied',
    customerId: document.customer_id,
    documentId: document.id,
    data: { linkId, personId: input.person?.id ?? null },
  });
  return { linkId, token: keys.linkToken(scope.business, linkId) };
}

/** One link of the office's list, with its document. Refuses `not_found`. */
export async function readLink(scope: Scope, linkId: string): Promise<Opener & { documentId: string }> {
  await mustHandle(scope, 'read');
  const documentId = (await selectLink(scope, linkId))?.document_id;
  const opener = documentId === undefined ? undefined : (await whoCanOpen(scope, documentId)).find((each) => each.linkId === linkId);
  if (documentId === undefined || opener === undefined) throw new Refusal('not_found');
  return { ...opener, documentId };
}

/** The token of a link that still opens its document, to hand it over again. Refuses `not_found`, `link_ended`. */
export async function copyAgain(scope: Scope, keys: Keys, linkId: string): Promise<{ token: string }> {
  const { state, documentId, personId } = await readLink(scope, linkId);
  if (state !== 'open') throw new Refusal('link_ended');
  await recordEvent(scope, { kind: 'link.copied', documentId, data: { linkId, personId } });
  return { token: keys.linkToken(scope.business, linkId) };
}

/** Ends a link at once, for every browser that holds it. Refuses `not_found` and `link_revoked`. */
export async function revokeLink(scope: Scope, linkId: string): Promise<void> {
  await mustHandle(scope, 'write');
  const link = await selectLink(scope, linkId);
  if (link === undefined) throw new Refusal('not_found');
  if (!(await revokeLinkRow(scope, linkId))) throw new Refusal('link_revoked');
  await recordEvent(scope, { kind: 'link.revoked', customerId: link.customer_id, documentId: link.document_id, data: { linkId, personId: link.person_id } });
}

export type Opener = Readonly<{
  linkId: string;
  personId: string | null;
  name: string | null;
  /** Masked in the portal. */
  sentTo: string;
  createdAt: string;
  /** '' in the portal. */
  createdBy: string;
  lastMailedAt: string;
  lastUsedAt: string | null;
  worksUntil: string | null;
  /** The person of the customer who sent it to somebody else; null: sent or handed over by the office. */
  sharedById: string | null;
  /** Of a shared one. */
  mayPay: boolean;
  uses: readonly string[];
  /** In the portal: shared, and the reader's to end. */
  theirs: boolean;
  state: OpenerRow['state'];
}>;

/** Who can open a document by link, newest first: the office sees addresses, the customer sees them masked. */
export async function whoCanOpen(scope: Scope, documentId: string): Promise<Opener[]> {
  const rows = await selectOpeners(scope, documentId);
  return rows.map((row) => ({
    linkId: row.link_id,
    personId: row.person_id,
    name: row.name,
    sentTo: scope.role === 'portal' && row.sent_to !== '' ? maskEmail(row.sent_to) : row.sent_to,
    createdAt: row.created_at,
    createdBy: scope.role === 'portal' ? '' : row.created_by,
    lastMailedAt: row.last_mailed_at,
    lastUsedAt: row.last_used_at,
    worksUntil: row.works_until,
    ...{ sharedById: row.shared_by, mayPay: row.may_pay, uses: row.uses, theirs: row.theirs },
    state: row.state,
  }));
}

/**
 * Asks for a new link in place of an ended one, or of a document whose link this browser does not hold. Always answers the
 * same: whom it is mailed to, if anyone, is decided by a task from what is recorded.
 */
export async function askForNewLink(scope: Scope, of: { linkId: string } | { documentId: string }): Promise<void> {
  const payload = { linkId: 'linkId' in of ? of.linkId : null, documentId: 'documentId' in of ? of.documentId : null };
  await enqueue(scope, 'renew-link', payload, { key: payload.linkId ?? payload.documentId ?? '' });
}

/** Asks for the link of an invoice by number and address. Always answers the same, in the same time. */
export async function findMyInvoice(scope: Scope, input: { number: string; email: string }): Promise<void> {
  const email = canonicalEmail(input.email);
  await enqueue(scope, 'find-invoice', { number: cut(clean(input.number, 1_000).replace(/^#/, ''), 40), email: email ?? '' });
}

/** The task behind `askForNewLink`: mails new links to recorded addresses only. Answers how many. */
export async function renewLinks(scope: Scope, keys: Keys, of: { linkId: string | null; documentId: string | null }): Promise<number> {
  if (of.linkId !== null) {
    const link = await selectLink(scope, of.linkId);
    if (link === undefined || (link.revoked_at !== null && !link.address_left) || link.person_id === null) return 0;
    const people = (await selectMailedPeople(scope, link.document_id)).filter((row) => row.person_id === link.person_id);
    return mailNewLinks(scope, keys, people);
  }
  return of.documentId === null ? 0 : mailNewLinks(scope, keys, await selectMailedPeople(scope, of.documentId));
}

/** The task behind `findMyInvoice`. Answers how many mails it queued. */
export async function mailFoundInvoices(scope: Scope, keys: Keys, input: { number: string; email: string }): Promise<number> {
  if (input.email === '' || input.number === '') return 0;
  return mailNewLinks(scope, keys, await selectByNumberAndAddress(scope, input.number, input.email));
}

const newLinksPerDay = 6;
const slotMs = 10 * 60_000;

/** At most one in ten minutes for a person and document, and six a day for a person. */
async function mailNewLinks(scope: Scope, keys: Keys, rows: readonly MailedRow[]): Promise<number> {
  const asked = [];
  for (const row of rows) {
    if (await tooMany(scope, row)) continue;
    const linkId = await freshLink(scope, keys, { documentId: row.document_id, customerId: row.customer_id, personId: row.person_id, sentTo: row.email });
    const mail = await queueMail(scope, {
      kind: 'new_link',
      once: `new_link:${row.document_id}:${row.person_id}:${Math.trunc(scope.now.epochMilliseconds / slotMs)}`,
      documentId: row.document_id,
      customerId: row.customer_id,
      personId: row.person_id,
      linkId,
    });
    if (mail === null) await revokeLinkRow(scope, linkId);
    else asked.push({ kind: 'link.requested' as const, customerId: row.customer_id, documentId: row.document_id, data: { linkId, personId: row.person_id } });
  }
  await recordEvents(scope, asked);
  return asked.length;
}

async function tooMany(scope: Scope, row: MailedRow): Promise<boolean> {
  const of = { kind: 'new_link', personId: row.person_id } as const;
  const today = await countMailsSince(scope, { ...of, since: scope.now.subtract({ hours: 24 }).toString() });
  const lately = await countMailsSince(scope, { ...of, documentId: row.document_id, since: scope.now.subtract({ milliseconds: slotMs }).toString() });
  return today >= newLinksPerDay || lately > 0;
}

/** Keeps when links were last used, at most once an hour each, and that they were visited: by a person or by a mail scanner, nobody knows. */
export async function markUsed(scope: Scope, linkIds: readonly string[]): Promise<number> {
  const used = await updateUsed(scope, linkIds);
  await recordEvents(
    scope,
    used.map((link) => ({
      kind: link.kind === 'estimate' ? ('estimate.visited' as const) : ('invoice.visited' as const),
      customerId: link.customer_id,
      documentId: link.document_id,
      data: { linkId: link.id },
    })),
  );
  return used.length;
}

/**
 * A sign of a person on the page: it was visible for three seconds, or something was pressed (rule 4). Kept once a day for
 * each person; the first of all sets "opened". Previews and staff never come here.
 */
export async function markSeen(scope: Scope, documentId: string): Promise<void> {
  const document = await selectShown(scope, documentId);
  if (document === undefined) return;
  const kind = document.kind === 'estimate' ? 'estimate.opened' : 'invoice.opened';
  const first = await markOpened(scope, documentId);
  if (!first && (await didSince(scope, documentId, kind, dayAgo(scope)))) return;
  await recordEvent(scope, { kind, customerId: document.customer_id, documentId, data: { personId: scope.actor.id, first } });
}

/** The paper was taken by someone who was seen on the page before: a scanner follows links too. Kept once a day for each person. */
export async function markDownloaded(scope: Scope, documentId: string): Promise<void> {
  const document = await selectShown(scope, documentId);
  const noun = document?.kind === 'estimate' ? 'estimate' : 'invoice';
  if (document === undefined || !(await didSince(scope, documentId, `${noun}.opened`, monthAgo(scope)))) return;
  const kind = `${noun}.downloaded` as const;
  if (await didSince(scope, documentId, kind, dayAgo(scope))) return;
  await recordEvent(scope, { kind, customerId: document.customer_id, documentId, shown: true, data: { personId: scope.actor.id } });
}

const dayAgo = (scope: Scope): string => scope.now.subtract({ hours: 24 }).toString();
const monthAgo = (scope: Scope): string => scope.now.subtract({ hours: 30 * 24 }).toString();
