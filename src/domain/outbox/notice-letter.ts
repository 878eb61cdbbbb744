import type { MailFacts } from '../../outgoing/mails/mail-facts.ts';
import type { Writing } from './outbox.ts';

/** What of the office's own machinery needs somebody, and where. */
export async function noticeLetter({ frame, mail, places }: Writing): Promise<MailFacts['office_notice']> {
  const said = (name: string): string => (typeof mail.facts[name] === 'string' ? mail.facts[name] : '');
  const notice = said('notice') === 'key_ending' ? 'key_ending' : 'webhook_stopped';
  const url = places.officeSettings(notice === 'key_ending' ? 'keys' : 'webhooks');
  return { ...frame, notice, name: said('name'), detail: said('detail'), url };
}
