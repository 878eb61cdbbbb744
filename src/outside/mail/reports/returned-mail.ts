import PostalMime, { type Email } from 'postal-mime';
import type { MailReport } from '../../../core/gateways.ts';
import { reportOf } from './report.ts';

/**
 * A mail that says another one came back: a delivery report (RFC 3464) or a complaint (RFC 5965), as a mail server or a mailbox's filter hands
 * it over. Only what failed for good counts; what is merely late does not.
 */
export async function readReturnedMail(raw: Uint8Array): Promise<(MailReport | null)[]> {
  const mail = await PostalMime.parse(raw, { attachmentEncoding: 'utf8', maxNestingDepth: 8 });
  const text = (type: string): string => attachmentText(mail, type);
  // The headers of the mail that came back: whole or alone, as the report likes.
  const original = text('message/rfc822') || text('text/rfc822-headers');
  const messageId = field(original, 'message-id');
  const feedback = text('message/feedback-report');
  if (feedback !== '') {
    const recipient = field(feedback, 'original-rcpt-to') || field(feedback, 'final-recipient') || field(original, 'to');
    return [reportOf('complained', messageId, recipient, field(feedback, 'feedback-type'))];
  }
  const groups = text('message/delivery-status').split(/\r?\n\r?\n/);
  return groups
    .filter((group) => /^failed$/i.test(field(group, 'action')) && field(group, 'status').startsWith('5'))
    .map((group) => reportOf('bounced', messageId, field(group, 'original-recipient') || field(group, 'final-recipient'), field(group, 'diagnostic-code')));
}

function attachmentText(mail: Email, type: string): string {
  const content = mail.attachments.find((attachment) => attachment.mimeType === type)?.content;
  if (content === undefined) return '';
  return typeof content === 'string' ? content : new TextDecoder().decode(content);
}

/** The value of a header, its folded lines joined; '' where there is none. */
function field(block: string, name: string): string {
  const lines = block.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  const line = lines.find((each) => each.slice(0, name.length + 1).toLowerCase() === `${name}:`);
  return line === undefined ? '' : line.slice(name.length + 1).trim();
}
