import type { MailGateway, MailOutcome } from '../../core/gateways.ts';

/** What becomes of a mail to an invented person: nothing to @example.com ever leaves, and a dead address sends it back. null: not invented. */
export function invented(address: string, dead: ReadonlySet<string>): MailOutcome | null {
  if (dead.has(address)) return { kind: 'bounced', reason: '550 5.1.1 No such mailbox' };
  return /@([\w-]+\.)*example\.com$/i.test(address) ? { kind: 'kept' } : null;
}

/** In a demo: mails to invented people stay here, all others go the usual way. */
export function demoPost(usual: MailGateway, dead: ReadonlySet<string>): MailGateway {
  return { send: async (mail) => invented(mail.to.address, dead) ?? usual.send(mail) };
}
