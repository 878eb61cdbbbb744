import type { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { MailGateway, MailOutcome, OutgoingMail } from '../../core/gateways.ts';
import { headerAddress, headerText } from './addresses.ts';
import { signed } from './dkim.ts';

export type SmtpLimits = { connectMs: number; replyMs: number; connections: number /** 0: as fast as the server takes them. */; perSecond: number };

const LIMITS: SmtpLimits = { connectMs: 10_000, replyMs: 30_000, connections: 4, perSecond: 0 };
const OWN_HEADER = /^[A-Za-z][A-Za-z-]{0,60}$/;
const MESSAGE_ID = /^<[A-Za-z0-9._-]+@[A-Za-z0-9.-]+>$/;

/**
 * Mail through one SMTP server, each to exactly one recipient. What became of a mail is the outcome, never an exception.
 * A server that went silent after it had the whole text may have sent it: that is `unknown`, everything before it `retry`.
 */
export function smtpGateway(url: string, changes: Partial<SmtpLimits> = {}): MailGateway & { close(): void } {
  const limits = { ...LIMITS, ...changes };
  // Postmark numbers mails itself and hands back only what it was given as metadata.
  const namesInMetadata = new URL(url).hostname.endsWith('.postmarkapp.com');
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: limits.connections,
    ...(limits.perSecond > 0 ? { rateLimit: limits.perSecond, rateDelta: 1_000 } : {}),
    connectionTimeout: limits.connectMs,
    greetingTimeout: limits.connectMs,
    dnsTimeout: limits.connectMs,
    socketTimeout: limits.replyMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  // The stream the server is fed from; read to its end, the server may have the whole text.
  const feeds = new WeakMap<Buffer, Readable>();
  transport.use('stream', (mail, done) => {
    const raw = mail.data.raw as Buffer;
    const original = mail.message.createReadStream.bind(mail.message);
    mail.message.createReadStream = (options) => {
      const feed = original(options);
      feeds.set(raw, feed);
      return feed;
    };
    done();
  });
  return {
    async send(mail) {
      const to = headerAddress(mail.to);
      if (!to) return { kind: 'bounced', reason: 'not one plain e-mail address' };
      const plain = await composed(namesInMetadata ? withMetadata(mail) : mail);
      const raw = mail.signWith ? await signed(plain, mail.signWith) : plain;
      try {
        const info = await transport.sendMail({ envelope: { from: mail.returnPath ?? mail.from.address, to: [to.address] }, raw });
        return { kind: 'sent', providerId: headerText(info.response ?? '') || null };
      } catch (error) {
        return outcomeOf(error as SmtpError, feeds.get(raw)?.readableEnded === true);
      }
    },
    close: () => transport.close(),
  };
}

function withMetadata(mail: OutgoingMail): OutgoingMail {
  return { ...mail, headers: { ...mail.headers, 'X-PM-Metadata-message': mail.messageId.slice(1, -1) } };
}

/** No mail server is set: mails stay in the outbox, where the host reads them on screen. */
export const keptGateway: MailGateway = { send: async () => ({ kind: 'kept' }) };

type SmtpError = Error & { code?: string; command?: string; responseCode?: number };

function outcomeOf(error: SmtpError, wholeTextSent: boolean): MailOutcome {
  const reason = headerText(error.message);
  const reply = error.responseCode;
  // Only a no to the recipient or to the text itself is about this mail; one to us (sign-in, sender) will pass once we are let in.
  if (reply !== undefined && reply >= 500 && (error.command === 'RCPT TO' || error.command === 'DATA')) return { kind: 'bounced', reason };
  if (reply === undefined && wholeTextSent) return { kind: 'unknown' };
  return { kind: 'retry', reason };
}

async function composed(mail: OutgoingMail): Promise<Buffer> {
  if (!MESSAGE_ID.test(mail.messageId)) throw new Error('a Message-ID of our own making is needed');
  const from = headerAddress(mail.from);
  const to = headerAddress(mail.to);
  if (!from || !to) throw new Error('a mail needs a plain sender and recipient');
  const replyTo = mail.replyTo && headerAddress(mail.replyTo);
  const composer = new MailComposer({
    from,
    to,
    ...(replyTo ? { replyTo } : {}),
    subject: headerText(mail.subject),
    text: mail.text,
    html: mail.html,
    messageId: mail.messageId,
    headers: { 'Auto-Submitted': 'auto-generated', ...ownHeaders(mail.headers) },
    attachments: mail.attachments.map((file) => ({
      filename: headerText(file.name),
      contentType: file.contentType,
      content: Buffer.from(file.bytes),
    })),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

function ownHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => OWN_HEADER.test(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, headerText(value)]));
}
