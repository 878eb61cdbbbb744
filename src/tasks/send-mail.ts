import type { Keys, MailGateway } from '../core/gateways.ts';
import { maskEmail } from '../core/text.ts';
import type { Database } from '../db/pool.ts';
import { inTransaction, systemActor } from '../db/scope.ts';
import { beginTry, endMailTry, type MailRow } from '../domain/mails/mails.ts';
import { letterOf } from '../domain/outbox/outbox.ts';
import { say } from '../log.ts';
import { countMail } from '../metrics.ts';
import { mailPlaces } from '../outgoing/mails/mail-places.ts';
import { type RenderedMail, renderMail } from '../outgoing/mails/render-mail.ts';

export type MailDeps = Readonly<{ database: Database; keys: Keys; mail: MailGateway; appUrl: string; mailFrom: string }>;

/** Sends one queued mail. Run twice, or at the same time, it leaves once; when it may have left, it goes once more with the same Message-ID. */
export function sendMailTask(deps: MailDeps): (input: { businessId: string; mailId: string }) => Promise<void> {
  return async ({ businessId, mailId }) => {
    const as = { role: 'system', business: businessId, actor: systemActor } as const;
    const ready = await inTransaction(deps.database, as, async (scope) => {
      const begun = await beginTry(scope, mailId);
      return begun.kind === 'send' ? { ...begun, letter: await letterOf(scope, { keys: deps.keys, places: mailPlaces(deps.appUrl) }, begun.mail) } : begun;
    });
    if (ready.kind === 'busy') throw new Error('another try of this mail is running');
    if (ready.kind !== 'send') return;
    const { mail, letter } = ready;
    const rendered = await renderMail(letter.kind, letter.facts as never, letter.locale);
    const outcome = await deps.mail.send(outgoing(deps, mail, rendered, letter));
    countMail(outcome.kind);
    if (outcome.kind === 'kept') sayCode(mail, letter.facts);
    const end = await inTransaction(deps.database, as, (scope) => endMailTry(scope, mail, outcome, rendered.subject));
    if (end === 'again') throw new Error('the mail server asks to try again later');
  };
}

/** Without a mail server the host reads a staff member's code where the server was started: a first sign-up needs nothing else. */
function sayCode(mail: MailRow, facts: object): void {
  if (mail.kind === 'staff_code' && 'code' in facts && typeof facts.code === 'string') say(`  Code for ${maskEmail(mail.to_address)}: ${facts.code}`);
}

function outgoing(
  deps: MailDeps,
  mail: MailRow,
  rendered: RenderedMail,
  { from, replyTo }: { from: { name: string }; replyTo: { name: string; address: string } | null },
) {
  const host = deps.mailFrom.split('@')[1] ?? 'localhost';
  return {
    from: { name: from.name, address: deps.mailFrom },
    replyTo,
    to: { name: mail.to_name, address: mail.to_address },
    subject: rendered.subject,
    text: rendered.text,
    html: rendered.html,
    messageId: `<${mail.message_id}@${host}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
    attachments: [],
  };
}
