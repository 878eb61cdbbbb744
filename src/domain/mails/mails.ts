import type { MailOutcome } from '../../core/gateways.ts';
import { isLocale, type Locale } from '../../core/locale.ts';
import { Refusal } from '../../core/refusal.ts';
import { newId } from '../../db/fresh.ts';
import { enqueue } from '../../db/queue.ts';
import type { Scope } from '../../db/scope.ts';
import { recordEvent } from '../events/events.ts';
import {
  claimMail,
  countSince,
  endTry,
  insertMail,
  keepFacts,
  keepSubject,
  type ListedMail,
  type MailRow,
  markBounced,
  type Sender,
  type SendState,
  selectMail,
  selectMails,
  selectOfficeAddress,
  selectRecipient,
  selectSender,
  selectSendState,
  setDelivery,
} from './queries.ts';

export type { ListedMail, MailRow, Sender };

export const mailKinds = [
  'invoice_sent',
  'invoice_replaced',
  'invoice_canceled',
  'invoice_test',
  'new_link',
  'estimate_sent',
  'estimate_replaced',
  'estimate_reminder',
  'estimate_to_approve',
  'estimate_decided',
  'estimate_for_office',
  'reminder',
  'statement',
  'receipt',
  'payment_processing',
  'payment_returned',
  'payment_failed',
  'autopay',
  'payment_refunded',
  'question_received',
  'question_answered',
  'question_for_office',
  'message_for_customer',
  'message_for_office',
  'details_decided',
  'announcement_for_office',
  'sign_in_code',
  'access',
  'document_shared',
  'staff_code',
  'staff_invite',
  'staff_notice',
  'office_notice',
] as const;
export type MailKind = (typeof mailKinds)[number];

export type NewMail = Readonly<{
  kind: MailKind;
  /** One mail per `once` and business, however often it is asked for: name the document, recipient and step. */
  once: string;
  documentId?: string | null;
  customerId?: string | null;
  /** The recorded address of this person is used, never a typed one. */
  personId?: string | null;
  linkId?: string | null;
  /** For staff and the office itself; ignored when `personId` is given. */
  to?: { address: string; name: string; locale?: Locale };
  /** JSON the template needs. Never a token or a code: those are derived when it is sent. */
  facts?: Readonly<Record<string, unknown>>;
}>;

/**
 * Writes the mail and its task in the scope's transaction. Answers its id, or null when it was written before or the
 * person is gone, has no address, or mail to them came back.
 */
export async function queueMail(scope: Scope, mail: NewMail): Promise<string | null> {
  const to = await recipientOf(scope, mail);
  if (to === null) return null;
  const id = newId();
  const added = await insertMail(scope, {
    id,
    kind: mail.kind,
    once: mail.once,
    customerId: mail.customerId ?? null,
    documentId: mail.documentId ?? null,
    personId: mail.personId ?? null,
    linkId: mail.linkId ?? null,
    toAddress: to.address,
    toName: to.name,
    locale: to.locale,
    facts: JSON.stringify(mail.facts ?? {}, (_, value) => (typeof value === 'bigint' ? Number(value) : value)),
  });
  if (!added) return null;
  await enqueue(scope, 'send-mail', { mailId: id }, { key: id, priority: mail.kind === 'sign_in_code' || mail.kind === 'staff_code' ? -10 : 0 });
  return id;
}

async function recipientOf(scope: Scope, mail: NewMail): Promise<{ address: string; name: string; locale: Locale } | null> {
  if (mail.personId === undefined || mail.personId === null) {
    return mail.to ? { address: mail.to.address, name: mail.to.name, locale: mail.to.locale ?? 'en' } : null;
  }
  const person = await selectRecipient(scope, mail.personId);
  if (person === undefined || person.email === '' || person.removed_at !== null || person.bounced_at !== null) return null;
  return { address: person.email, name: person.name, locale: isLocale(person.language) ? person.language : 'en' };
}

/** One try of one mail. `skip`: it may not leave any more, and `reason` was kept. */
export type Try = { kind: 'send'; mail: MailRow; sender: Sender } | { kind: 'skip'; mail: MailRow; reason: string } | { kind: 'ended' } | { kind: 'busy' };

/** Takes the mail for one try and looks again whether it may still leave. */
export async function beginTry(scope: Scope, mailId: string): Promise<Try> {
  const mail = await claimMail(scope, mailId);
  if (mail === null) {
    const found = await selectMail(scope, mailId);
    return found?.state === 'sending' ? { kind: 'busy' } : { kind: 'ended' };
  }
  const reason = await whyNot(scope, mail);
  if (reason !== null) {
    await endTry(scope, mail.id, { state: 'failed', reason, sentAt: null });
    return { kind: 'skip', mail, reason };
  }
  return { kind: 'send', mail, sender: await selectSender(scope) };
}

/** Ends a try before anything left: there is nothing more to say. */
export async function dropMail(scope: Scope, mailId: string, reason: string): Promise<void> {
  await endTry(scope, mailId, { state: 'failed', reason, sentAt: null });
}

/** What a mail says, as it stands at the second it leaves. */
export async function rewriteFacts(scope: Scope, mailId: string, facts: Readonly<Record<string, unknown>>): Promise<void> {
  await keepFacts(
    scope,
    mailId,
    JSON.stringify(facts, (_, value) => (typeof value === 'bigint' ? Number(value) : value)),
  );
}

async function whyNot(scope: Scope, mail: MailRow): Promise<string | null> {
  if (mail.person_id !== null) {
    const person = await selectRecipient(scope, mail.person_id);
    if (person === undefined || person.removed_at !== null) return 'person_removed';
    if (person.bounced_at !== null) return 'bounced_before';
    if (person.email !== mail.to_address) return 'address_changed';
  }
  if (mail.document_id === null || mail.kind === 'invoice_test') return null;
  const state: SendState = await selectSendState(scope, mail.document_id, mail.link_id);
  if (state.link_revoked) return 'link_revoked';
  if (!state.shown && mail.kind !== 'question_for_office' && mail.kind !== 'estimate_for_office') return 'not_shown';
  if (state.estimate_over && overWith.has(mail.kind)) return 'canceled';
  if (mail.kind === 'estimate_to_approve' && state.waiting_for !== mail.person_id) return 'decided';
  if (state.canceled && mail.kind === 'invoice_sent') return 'canceled';
  return null;
}

/** What nobody needs any more once the estimate was replaced or withdrawn. */
const overWith: ReadonlySet<string> = new Set(['estimate_sent', 'estimate_replaced', 'estimate_reminder', 'estimate_to_approve']);

/** Mails that carry a code, for the eyes of one person. */
const codeKinds: readonly string[] = ['sign_in_code', 'staff_code'];

/** Codes and tests belong to nobody's timeline. */
const untold = new Set<string>([
  'sign_in_code',
  'staff_code',
  'staff_invite',
  'staff_notice',
  'office_notice',
  'invoice_test',
  'reminder',
  'estimate_for_office',
]);

/** How the try ended. `again`: the task should be tried later. */
export async function endMailTry(scope: Scope, mail: MailRow, outcome: MailOutcome, subject: string): Promise<'done' | 'again'> {
  // The subject of a code's mail is the code: it is not kept.
  if (!codeKinds.includes(mail.kind)) await keepSubject(scope, mail.id, subject);
  if (outcome.kind === 'retry' || (outcome.kind === 'unknown' && mail.tries <= 1)) {
    const reason = outcome.kind === 'retry' ? outcome.reason : 'unknown';
    const over = mail.tries >= 20;
    await endTry(scope, mail.id, { state: over ? 'failed' : 'queued', reason, sentAt: null });
    if (over) await recordEvent(scope, eventOf(mail, 'mail.failed', reason));
    return over ? 'done' : 'again';
  }
  if (outcome.kind === 'bounced') await bounced(scope, mail, outcome.reason);
  else await left(scope, mail, outcome.kind === 'kept' ? 'kept' : 'sent', outcome.kind === 'unknown' ? 'unknown' : '');
  return 'done';
}

async function bounced(scope: Scope, mail: MailRow, reason: string): Promise<void> {
  await endTry(scope, mail.id, { state: 'bounced', reason, sentAt: null });
  if (mail.person_id !== null) await markBounced(scope, mail.person_id, mail.to_address, reason);
  if (mail.document_id !== null) await setDelivery(scope, mail.document_id, 'bounced');
  await recordEvent(scope, eventOf(mail, 'mail.bounced', reason));
}

/** After a second broken connection it most likely left twice: better one mail too many than one more. */
async function left(scope: Scope, mail: MailRow, state: 'kept' | 'sent', reason: string): Promise<void> {
  await endTry(scope, mail.id, { state, reason, sentAt: scope.now.toString() });
  if (mail.document_id !== null && carriesPaper(mail.kind)) await setDelivery(scope, mail.document_id, 'sent');
  if (!untold.has(mail.kind)) await recordEvent(scope, eventOf(mail, 'mail.sent', ''));
}

/** The paper itself went out with it, so that its delivery is told on the list. */
function carriesPaper(kind: string): boolean {
  return (kind.startsWith('invoice_') && kind !== 'invoice_test') || kind === 'estimate_sent' || kind === 'estimate_replaced';
}

function eventOf(mail: MailRow, kind: 'mail.sent' | 'mail.bounced' | 'mail.failed', reason: string) {
  const data = { mailId: mail.id, kind: mail.kind, personId: mail.person_id, to: mail.to_address, name: mail.to_name, reason };
  return { kind, customerId: mail.customer_id, documentId: mail.document_id, shown: false, data };
}

type MailsAsked = Readonly<{
  before?: string;
  documentId?: string;
  customerId?: string;
  to?: string;
  states?: readonly string[];
  /** Also mails that carry a code; for the mailbox of a demo only. */
  codes?: boolean;
  search?: string;
  limit: number;
}>;

/** The newest mails first; `before` is the last id of the page before. */
export function listMails(scope: Scope, filter: MailsAsked): Promise<ListedMail[]> {
  const { before = null, documentId = null, customerId = null, to = null, states = null, search = '', codes = false, limit } = filter;
  return selectMails(scope, {
    before,
    documentId,
    customerId,
    to,
    states,
    search: search.trim() === '' ? null : search.trim(),
    except: codes ? [] : codeKinds,
    limit,
  });
}

/** One mail with its sender, to be rendered again exactly as it leaves. Refuses `not_found`, for a code too unless `codes` is said. */
export async function readMail(scope: Scope, mailId: string, options: { codes?: boolean } = {}): Promise<{ mail: MailRow; sender: Sender }> {
  const mail = await selectMail(scope, mailId);
  if (mail === undefined || (options.codes !== true && codeKinds.includes(mail.kind))) throw new Refusal('not_found');
  return { mail, sender: await selectSender(scope) };
}

/** Where mail for the office goes; null when the business has no address at all. */
export function officeAddress(scope: Scope): Promise<{ address: string; name: string } | null> {
  return selectOfficeAddress(scope);
}

/** How many mails of a kind a person got since an instant: what limits asked-for mails. */
export function countMailsSince(scope: Scope, filter: { kind: MailKind; personId: string; documentId?: string; since: string }): Promise<number> {
  return countSince(scope, filter);
}
