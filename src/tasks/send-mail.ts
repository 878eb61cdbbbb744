import type { Keys, MailGateway } from '../core/gateways.ts';
import { messageIdOf } from '../core/message-id.ts';
import { maskEmail } from '../core/text.ts';
import type { Database } from '../db/pool.ts';
import { inTransaction, type Scope, systemActor } from '../db/scope.ts';
import { beginTry, endMailTry, type MailRow, type Try } from '../domain/mails/mails.ts';
import { type Letter, letterOf } from '../domain/outbox/outbox.ts';
import { dropReminder, endReminder, lastLook } from '../domain/reminders/reminders.ts';
import { signatureOf } from '../domain/senders/senders.ts';
import { say } from '../log.ts';
import { countMail } from '../metrics.ts';
import { mailPlaces } from '../outgoing/mails/mail-places.ts';
import { type RenderedMail, renderMail } from '../outgoing/mails/render-mail.ts';

export type MailDeps = Readonly<{ database: Database; keys: Keys; mail: MailGateway; appUrl: string; mailFrom: string; bounceAddress: string }>;

/** Sends one queued mail. Run twice, or at the same time, it leaves once; when it may have left, it goes once more with the same Message-ID. */
export function sendMailTask(deps: MailDeps): (input: { businessId: string; mailId: string }) => Promise<void> {
  return async ({ businessId, mailId }) => {
    const as = { role: 'system', business: businessId, actor: systemActor } as const;
    const ready = await inTransaction(deps.database, as, async (scope) => {
      const taken = await beginTry(scope, mailId);
      const begun = 'mail' in taken && taken.mail.kind === 'reminder' ? await looked(scope, taken) : taken;
      if (begun.kind !== 'send') return begun;
      const letter = await letterOf(scope, { keys: deps.keys, places: mailPlaces(deps.appUrl) }, begun.mail);
      return { ...begun, letter, signature: await signatureOf(scope, deps.keys) };
    });
    if (ready.kind === 'busy') throw new Error('another try of this mail is running');
    if (ready.kind !== 'send') return;
    const { mail, letter, signature } = ready;
    const rendered = await renderMail(letter.kind, letter.facts as never, letter.locale);
    const outcome = await deps.mail.send({ ...outgoing(mail, rendered, letter), ...senderOf(deps, businessId, mail, letter, signature) });
    countMail(outcome.kind);
    if (outcome.kind === 'kept') sayCode(mail, letter.facts);
    const end = await inTransaction(deps.database, as, async (scope) => {
      const ended = await endMailTry(scope, mail, outcome, rendered.subject);
      if (mail.kind === 'reminder' && ended === 'done') await endReminder(scope, mail, outcome.kind);
      return ended;
    });
    if (end === 'again') throw new Error('the mail server asks to try again later');
  };
}

/** A reminder is decided at the second it leaves: what is settled or asked about by then is not in it. */
async function looked(scope: Scope, taken: Extract<Try, { mail: MailRow }>): Promise<Try> {
  if (taken.kind === 'skip') {
    await dropReminder(scope, taken.mail, taken.reason);
    return taken;
  }
  const mail = await lastLook(scope, taken.mail);
  return mail === null ? { kind: 'ended' } : { ...taken, mail };
}

/** Without a mail server the host reads a staff member's code where the server was started: a first sign-up needs nothing else. */
function sayCode(mail: MailRow, facts: object): void {
  if (mail.kind === 'staff_code' && 'code' in facts && typeof facts.code === 'string') say(`  Code for ${maskEmail(mail.to_address)}: ${facts.code}`);
}

/** Its own domain where the DNS says so, else the host's address. What comes back goes to the host in either case, and its Message-ID says whose it is. */
function senderOf(deps: MailDeps, business: string, mail: MailRow, { from }: Pick<Letter, 'from'>, signature: Awaited<ReturnType<typeof signatureOf>>) {
  return {
    from: { name: from.name, address: signature?.address ?? deps.mailFrom },
    signWith: signature?.key ?? null,
    returnPath: deps.bounceAddress,
    messageId: messageIdOf(mail.message_id, business, deps.mailFrom.split('@')[1] ?? 'localhost'),
  };
}

/** Mail one may do without says how to end it, in one press of the mail program (RFC 8058). Bills, receipts and codes say nothing of the kind. */
function stopHeaders({ facts }: Letter): Record<string, string> {
  return 'stopUrl' in facts ? { 'List-Unsubscribe': `<${facts.stopUrl}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } : {};
}

function outgoing(mail: MailRow, rendered: RenderedMail, letter: Letter) {
  return {
    replyTo: letter.replyTo,
    to: { name: mail.to_name, address: mail.to_address },
    subject: rendered.subject,
    text: rendered.text,
    html: rendered.html,
    headers: { 'Auto-Submitted': 'auto-generated', ...stopHeaders(letter) },
    attachments: [],
  };
}
