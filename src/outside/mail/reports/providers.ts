import type { MailReport } from '../../../core/gateways.ts';
import { at, listAt, reportOf } from './report.ts';

/**
 * What mail providers tell about a mail that came back, each in its own words. Only what is final counts: a full mailbox or a slow server
 * (a "soft" or "transient" bounce) is the provider's to try again. Fields after the providers' webhook references.
 */
export const providers: Readonly<Record<string, (json: unknown) => (MailReport | null)[]>> = { ses, mailgun, sendgrid, postmark };

/** Amazon SES by SNS: the notice is JSON inside the JSON of an envelope. */
function ses(json: unknown): (MailReport | null)[] {
  const envelope = at(json);
  const notice: unknown = typeof envelope['Message'] === 'string' ? parsed(envelope['Message']) : json;
  const kind = at(notice)['notificationType'] ?? at(notice)['eventType'];
  // SES writes a Message-ID of its own; ours stands among the original headers.
  const headers = listAt(notice, 'mail', 'headers').map((header) => at(header));
  const messageId =
    headers.find((header) => String(header['name']).toLowerCase() === 'message-id')?.['value'] ?? at(notice, 'mail', 'commonHeaders')['messageId'];
  if (kind === 'Bounce' && at(notice, 'bounce')['bounceType'] === 'Permanent') {
    return listAt(notice, 'bounce', 'bouncedRecipients').map((to) => reportOf('bounced', messageId, at(to)['emailAddress'], at(to)['diagnosticCode']));
  }
  if (kind === 'Complaint') {
    return listAt(notice, 'complaint', 'complainedRecipients').map((to) =>
      reportOf('complained', messageId, at(to)['emailAddress'], at(notice, 'complaint')['complaintFeedbackType']),
    );
  }
  return [];
}

function mailgun(json: unknown): (MailReport | null)[] {
  const data = at(json, 'event-data');
  const messageId = at(data, 'message', 'headers')['message-id'];
  if (data['event'] === 'failed' && data['severity'] === 'permanent') {
    const status = at(data, 'delivery-status');
    return [reportOf('bounced', messageId, data['recipient'], status['description'] || status['message'])];
  }
  return data['event'] === 'complained' ? [reportOf('complained', messageId, data['recipient'], '')] : [];
}

function sendgrid(json: unknown): (MailReport | null)[] {
  return listAt(json).map((each) => {
    const event = at(each);
    if (event['event'] === 'bounce' && event['type'] !== 'blocked') return reportOf('bounced', event['smtp-id'], event['email'], event['reason']);
    return event['event'] === 'spamreport' ? reportOf('complained', event['smtp-id'], event['email'], '') : null;
  });
}

/** Postmark numbers mails itself; ours comes back in the metadata it was given. */
function postmark(json: unknown): (MailReport | null)[] {
  const record = at(json);
  const messageId = at(record, 'Metadata')['message'];
  if (record['RecordType'] === 'Bounce' && ['HardBounce', 'BadEmailAddress', 'ManuallyDeactivated'].includes(String(record['Type']))) {
    return [reportOf('bounced', messageId, record['Email'], record['Description'])];
  }
  return record['RecordType'] === 'SpamComplaint' ? [reportOf('complained', messageId, record['Email'], '')] : [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
