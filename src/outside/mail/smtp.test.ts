import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, expect, test } from 'vitest';
import type { OutgoingMail } from '../../core/gateways.ts';
import { keptGateway, smtpGateway } from './smtp.ts';

type Received = { from: string; to: string[]; source: Buffer };
const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

const mail = (changes: Partial<OutgoingMail> = {}): OutgoingMail => ({
  from: { name: 'Paper Otter Plumbing (demo)', address: 'billing@example.com' },
  replyTo: { name: 'Theo Park', address: 'office@example.com' },
  to: { name: 'Rosa Quill', address: 'rosa.quill@example.com' },
  subject: 'Invoice 1042 from Paper Otter: $186.00 due Dec 4, 2026',
  text: 'Pay at the link.\n.\nA line of one dot is text.',
  html: '<p>Pay at the link. ñ 😀</p>',
  messageId: '<019ab000-0000-7000-8000-000000000001@example.com>',
  headers: {},
  attachments: [],
  ...changes,
});

async function mailServer(options: SMTPServerOptions = {}) {
  const received: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      buffer(stream).then((source) => {
        const from = session.envelope.mailFrom;
        received.push({ from: from ? from.address : '', to: session.envelope.rcptTo.map((one) => one.address), source });
        done();
      }, done);
    },
    ...options,
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const gateway = smtpGateway(`smtp://127.0.0.1:${(server.server.address() as { port: number }).port}`, { connectMs: 2000, replyMs: 1500 });
  open.push(
    () => gateway.close(),
    () => new Promise<void>((resolve) => server.close(resolve)),
  );
  return { gateway, received };
}

/** A server that answers as told and closes or falls silent where told. */
async function scriptedServer(answer: (line: string, socket: Socket) => string | null) {
  const server: Server = createServer((socket) => {
    let inText = false;
    socket.on('error', () => {});
    socket.write('220 here\r\n');
    socket.on('data', (chunk) => {
      for (const line of chunk
        .toString()
        .split('\r\n')
        .filter((one) => one !== '')) {
        if (inText && line !== '.') continue;
        const reply = answer(inText ? '.' : line, socket);
        inText = line === 'DATA' && reply?.startsWith('354') === true;
        if (reply) socket.write(`${reply}\r\n`);
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const gateway = smtpGateway(`smtp://127.0.0.1:${(server.address() as { port: number }).port}`, { connectMs: 2000, replyMs: 700 });
  open.push(
    () => gateway.close(),
    () => server.close(),
  );
  return gateway;
}

const polite = (line: string) => (line === 'DATA' ? '354 go on' : '250 fine');
const codeError = (code: number, text: string) => Object.assign(new Error(text), { responseCode: code });

test('a mail arrives whole, from a name the customer knows, with a reply address that works', async () => {
  const { gateway, received } = await mailServer();
  expect(await gateway.send(mail())).toMatchObject({ kind: 'sent' });
  expect(received[0]).toMatchObject({ from: 'billing@example.com', to: ['rosa.quill@example.com'] });
  const read = await simpleParser(received[0]?.source ?? '');
  expect(read.from?.value).toEqual([{ name: 'Paper Otter Plumbing (demo)', address: 'billing@example.com' }]);
  expect(read.replyTo?.value).toEqual([{ name: 'Theo Park', address: 'office@example.com' }]);
  expect(read.text).toContain('A line of one dot is text.');
  expect(read.html).toContain('ñ 😀');
  expect(read.headers.get('auto-submitted')).toBe('auto-generated');
});

test('J6 every try of one mail carries the same Message-ID', async () => {
  const { gateway, received } = await mailServer();
  await gateway.send(mail());
  await gateway.send(mail());
  const ids = await Promise.all(received.map(async (one) => (await simpleParser(one.source)).messageId));
  expect(ids).toEqual([mail().messageId, mail().messageId]);
});

test('forty mails at once go through few connections, each to its own recipient', async () => {
  const { gateway, received } = await mailServer({ maxClients: 4 });
  const tos = Array.from({ length: 40 }, (_, i) => `person${i}@example.com`);
  const outcomes = await Promise.all(tos.map((address) => gateway.send(mail({ to: { name: '', address } }))));
  expect(outcomes.every((one) => one.kind === 'sent')).toBe(true);
  expect(received.flatMap((one) => one.to).sort()).toEqual([...tos].sort());
  expect(received.every((one) => one.to.length === 1)).toBe(true);
});

test('J6 a recipient the server does not know is a bounce', async () => {
  const { gateway } = await mailServer({ onRcptTo: (_address, _session, done) => done(codeError(550, 'no such mailbox')) });
  expect(await gateway.send(mail())).toMatchObject({ kind: 'bounced', reason: expect.stringContaining('no such mailbox') });
});

test('a recipient refused for now is tried again later', async () => {
  const { gateway } = await mailServer({ onRcptTo: (_address, _session, done) => done(codeError(451, 'greylisted')) });
  expect(await gateway.send(mail())).toMatchObject({ kind: 'retry' });
});

test('a server that refuses us, not the recipient, is tried again later', async () => {
  const { gateway } = await mailServer({ onMailFrom: (_address, _session, done) => done(codeError(550, 'you may not send')) });
  expect(await gateway.send(mail())).toMatchObject({ kind: 'retry' });
});

test('a text the server refuses for good is a bounce', async () => {
  const gateway = await scriptedServer((line) => (line === '.' ? '554 looks like spam' : polite(line)));
  expect(await gateway.send(mail())).toMatchObject({ kind: 'bounced' });
});

test('a text the server refuses for now is tried again later', async () => {
  const gateway = await scriptedServer((line) => (line === '.' ? '452 disk full' : polite(line)));
  expect(await gateway.send(mail())).toMatchObject({ kind: 'retry' });
});

test('J6 a connection lost after the whole text was handed over is unknown, and the mail is handed over once', async () => {
  let handedOver = 0;
  const gateway = await scriptedServer((line, socket) => {
    if (line !== '.') return polite(line);
    handedOver += 1;
    socket.destroy();
    return null;
  });
  expect(await gateway.send(mail())).toEqual({ kind: 'unknown' });
  expect(handedOver).toBe(1);
});

test('J6 a server silent after the whole text is unknown', async () => {
  const gateway = await scriptedServer((line) => (line === '.' ? null : polite(line)));
  expect(await gateway.send(mail())).toEqual({ kind: 'unknown' });
});

test('a connection lost before the text is tried again later', async () => {
  const gateway = await scriptedServer((line, socket) => {
    if (line === 'DATA') socket.destroy();
    return line === 'DATA' ? null : polite(line);
  });
  expect(await gateway.send(mail())).toMatchObject({ kind: 'retry' });
});

test('a server that is not there is tried again later', async () => {
  const gateway = smtpGateway('smtp://127.0.0.1:1', { connectMs: 500 });
  open.push(() => gateway.close());
  expect(await gateway.send(mail())).toMatchObject({ kind: 'retry' });
});

test('without a mail server a mail is kept', async () => {
  expect(await keptGateway.send(mail())).toEqual({ kind: 'kept' });
});

const breaks = ['\r\nBcc: thief@example.com', '\nBcc: thief@example.com', '\r\n\r\n<script>', '\0', '\u2028Bcc: thief@example.com', '\u0085Bcc: x'];
test.each(breaks)('I8 the line break %j in names, subject, headers and file names starts no new header', async (evil) => {
  const { gateway, received } = await mailServer();
  const outcome = await gateway.send(
    mail({
      from: { name: `Otter${evil}`, address: 'billing@example.com' },
      replyTo: { name: `Theo${evil}`, address: 'office@example.com' },
      to: { name: `Rosa${evil}`, address: 'rosa.quill@example.com' },
      subject: `Invoice${evil}`,
      headers: { 'X-Kind': `invoice${evil}`, [`X-Evil${evil}`]: 'x' },
      attachments: [{ name: `a${evil}.pdf`, contentType: 'application/pdf', bytes: Buffer.from('x') }],
    }),
  );
  expect(outcome.kind).toBe('sent');
  expect(received[0]?.to).toEqual(['rosa.quill@example.com']);
  const read = await simpleParser(received[0]?.source ?? '');
  expect([...read.headers.keys()].sort()).toEqual(
    ['auto-submitted', 'content-type', 'date', 'from', 'message-id', 'mime-version', 'reply-to', 'subject', 'to', 'x-kind'].sort(),
  );
  expect(read.bcc).toBeUndefined();
});

test('I8 a sender name that looks like an address does not become one', async () => {
  const { gateway, received } = await mailServer();
  await gateway.send(mail({ from: { name: 'support@yourbank.example', address: 'billing@example.com' } }));
  const read = await simpleParser(received[0]?.source ?? '');
  expect(read.from?.value).toEqual([{ name: 'support(at)yourbank.example', address: 'billing@example.com' }]);
});

const lookAlikes = [
  'rosa@example.com,thief@example.net',
  'rosa@example.com;thief@example.net',
  'rosa@example.com thief@example.net',
  'rosa@example.com\nthief@example.net',
  'rosa@example.com\r\nRCPT TO:<thief@example.net>',
  'rosa@example.com\0@example.net',
  '"rosa@example.com"@example.net',
  '"rosa" <thief@example.net>',
  'rosa <thief@example.net>',
  '<thief@example.net>',
  'rosa@example.com>',
  'rosa(@example.net)@example.com',
  'rosa@example.com(comment)',
  '@example.net:rosa@example.com',
  'rosa%example.com@[127.0.0.1]',
  'rosa@@example.com',
  'rosa@exаmple.com',
  'rosa@ｅxample.com',
  'ｒosa@example.com',
  'rosa＠example.com',
  'rosa@example。com',
  'rosa\u200b@example.com',
  'rosa\u202e@example.com',
  'ɾosa@example.com',
  ' rosa@example.com',
  'rosa@example.com ',
  'rosa@exa mple.com',
  'group:rosa@example.com,thief@example.net;',
  '=?utf-8?q?thief=40example.net?=',
  'rosa@-example.com',
  'rosa@',
  '@example.com',
  '',
];
test.each(lookAlikes)('L15 %j is nobody: no mail leaves', async (address) => {
  const { gateway, received } = await mailServer();
  expect(await gateway.send(mail({ to: { name: 'Rosa', address } }))).toMatchObject({ kind: 'bounced' });
  expect(received).toEqual([]);
});
