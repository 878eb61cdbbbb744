import { describe, expect, it } from 'vitest';
import { readMailReports } from './reports.ts';

const id = '019ab000-0000-7000-8000-000000000001.019ab000-0000-7000-8000-00000000000b@example.com';
const bytes = (value: unknown): Uint8Array => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
const bounced = { what: 'bounced', messageId: id, recipient: 'dana@example.com' };

const returned = (status: string, type = 'delivery-status'): string =>
  [
    'From: MAILER-DAEMON@mx.example.com',
    'To: bounces@example.com',
    'Subject: Undelivered Mail Returned to Sender',
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=${type}; boundary="b1"`,
    '',
    '--b1',
    'Content-Type: text/plain',
    '',
    'I could not deliver it.',
    '--b1',
    `Content-Type: message/${type}`,
    '',
    status,
    '--b1',
    'Content-Type: text/rfc822-headers',
    '',
    'From: billing@example.com',
    'To: dana@example.com',
    `Message-ID: <${id}>`,
    '',
    '--b1--',
    '',
  ].join('\r\n');
const failed = [
  'Reporting-MTA: dns; mx.example.com',
  '',
  'Final-Recipient: rfc822; Dana@example.com',
  'Action: failed',
  'Status: 5.1.1',
  'Diagnostic-Code: smtp; 550 no such',
  '  user',
];

describe('what says that a mail came back', () => {
  it('a delivery report of a mail server names the mail, the address and why', async () => {
    expect(await readMailReports('returned-mail', bytes(returned(failed.join('\r\n'))))).toEqual([{ ...bounced, reason: 'smtp; 550 no such user' }]);
  });

  it('a mail that is only late, or an answer of a person, is no report', async () => {
    const late = failed.join('\r\n').replace('Action: failed', 'Action: delayed').replace('5.1.1', '4.4.7');
    expect(await readMailReports('returned-mail', bytes(returned(late)))).toEqual([]);
    expect(await readMailReports('returned-mail', bytes('From: dana@example.com\r\nSubject: Re: Invoice\r\n\r\nThank you.\r\n'))).toEqual([]);
  });

  it('a complaint of a mailbox is one', async () => {
    const feedback = ['Feedback-Type: abuse', 'User-Agent: x', 'Version: 1', 'Original-Rcpt-To: <dana@example.com>'].join('\r\n');
    expect(await readMailReports('returned-mail', bytes(returned(feedback, 'feedback-report')))).toEqual([{ ...bounced, what: 'complained', reason: 'abuse' }]);
  });

  const mail = { headers: [{ name: 'Message-ID', value: `<${id}>` }] };
  const to = [{ emailAddress: 'Dana@example.com', diagnosticCode: 'no such user' }];
  const ses = { notificationType: 'Bounce', mail, bounce: { bounceType: 'Permanent', bouncedRecipients: to } };
  const gun = {
    event: 'failed',
    severity: 'permanent',
    recipient: 'dana@example.com',
    message: { headers: { 'message-id': id } },
    'delivery-status': { message: 'no such user' },
  };
  const grid = { event: 'bounce', type: 'bounce', email: 'dana@example.com', 'smtp-id': `<${id}>`, reason: 'no such user' };
  const mark = { RecordType: 'Bounce', Type: 'HardBounce', Email: 'dana@example.com', Description: 'no such user', Metadata: { message: id } };
  it.each([
    ['ses', { Type: 'Notification', Message: JSON.stringify(ses) }],
    ['ses', ses],
    ['mailgun', { 'event-data': gun }],
    ['sendgrid', [grid, { event: 'delivered' }]],
    ['postmark', mark],
  ])('%s says it in its own words', async (from, notice) => {
    expect(await readMailReports(from, bytes(notice))).toEqual([{ ...bounced, reason: 'no such user' }]);
  });

  it.each([
    ['ses', { notificationType: 'Complaint', mail, complaint: { complainedRecipients: to } }],
    ['mailgun', { 'event-data': { ...gun, event: 'complained' } }],
    ['sendgrid', [{ ...grid, event: 'spamreport' }]],
    ['postmark', { ...mark, RecordType: 'SpamComplaint' }],
  ])('%s tells complaints apart', async (from, notice) => {
    expect(await readMailReports(from, bytes(notice))).toMatchObject([{ what: 'complained', messageId: id, recipient: 'dana@example.com' }]);
  });

  it.each([
    ['ses', { ...ses, bounce: { bounceType: 'Transient', bouncedRecipients: to } }],
    ['mailgun', { 'event-data': { ...gun, severity: 'temporary' } }],
    ['sendgrid', [{ ...grid, type: 'blocked' }]],
    ['postmark', { ...mark, Type: 'SoftBounce' }],
  ])('%s: what may still arrive stops nothing', async (from, notice) => {
    expect(await readMailReports(from, bytes(notice))).toEqual([]);
  });

  it('what cannot be read is said to be so, and nothing throws', async () => {
    for (const [from, body] of [
      ['ses', '{'],
      ['nobody', '{}'],
      ['constructor', '{}'],
      ['mailgun', '[1]'],
      ['sendgrid', 'null'],
      ['ses', '"x"'],
    ] as const) {
      expect(['null', '[]']).toContain(JSON.stringify(await readMailReports(from, bytes(body))));
    }
    expect(await readMailReports('nobody', bytes({}))).toBeNull();
    expect(await readMailReports('mailgun', bytes({ 'event-data': { ...gun, message: { headers: { 'message-id': 'a\r\nb' } } } }))).toEqual([]);
  });
});
