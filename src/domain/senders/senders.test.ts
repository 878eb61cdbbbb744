import { createHash, createPublicKey, createVerify } from 'node:crypto';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { sql } from 'kysely';
import { SMTPServer } from 'smtp-server';
import { afterAll, describe, expect, it } from 'vitest';
import { type Books, ida, makeBooks } from '../../../test/books.ts';
import { testDatabase } from '../../../test/db.ts';
import { nameServer } from '../../../test/name-server.ts';
import { testKeys } from '../../../test/small-business.ts';
import { newId } from '../../db/fresh.ts';
import { textRecords } from '../../outside/dns/text-records.ts';
import { makeDkimPair } from '../../outside/mail/dkim.ts';
import { smtpGateway } from '../../outside/mail/smtp.ts';
import { sendMailTask } from '../../tasks/send-mail.ts';
import { queueMail } from '../mails/mails.ts';
import { listRefusing, takeReports, trustAddress } from '../mails/returned/returned.ts';
import { checkSendingDomain, readSendingDomain, setSendingDomain } from './senders.ts';

const db = testDatabase();
const closing: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of closing.reverse()) await close();
});

async function founded(): Promise<Books> {
  const books = await makeBooks(db().database);
  await books.office(async ({ tx, now }) => {
    await sql`insert into staff (business_id, id, identity_id, name, email, role, created_at)
      values (${books.business}, ${ida.id}, ${newId()}, ${ida.name}, 'ida@example.com', 'owner', ${now.toString()})`.execute(tx);
  });
  return books;
}

/** A mail server that keeps what it is given, and the task that sends through it. */
async function postOffice() {
  const received: { from: string; text: string }[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      buffer(stream).then((source) => {
        const from = session.envelope.mailFrom;
        received.push({ from: from ? from.address : '', text: source.toString('utf8') });
        done();
      }, done);
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const mail = smtpGateway(`smtp://127.0.0.1:${(server.server.address() as { port: number }).port}`);
  closing.push(
    () => new Promise<void>((resolve) => server.close(resolve)),
    () => mail.close(),
  );
  const send = sendMailTask({
    database: db().database,
    keys: testKeys,
    mail,
    appUrl: 'https://pay.example.com',
    mailFrom: 'billing@host.example',
    bounceAddress: 'bounces@host.example',
  });
  return { received, send };
}

async function writeTo(books: Books, send: (input: { businessId: string; mailId: string }) => Promise<void>, once: string): Promise<string> {
  const facts = { code: '123456' };
  const id = await books.system((scope) => queueMail(scope, { kind: 'sign_in_code', once, personId: books.person, facts }));
  if (id === null) throw new Error('nobody to write to');
  await send({ businessId: books.business, mailId: id });
  return id;
}

/** Checks a DKIM signature by RFC 6376, relaxed/relaxed, against the key of the TXT record. */
function isSigned(text: string, record: string): boolean {
  const [head = '', body = ''] = [text.slice(0, text.indexOf('\r\n\r\n')), text.slice(text.indexOf('\r\n\r\n') + 4)];
  const headers = head.split(/\r\n(?![ \t])/);
  const relaxed = (line: string): string =>
    `${line.slice(0, line.indexOf(':')).toLowerCase().trim()}:${line
      .slice(line.indexOf(':') + 1)
      .replace(/\r\n/g, '')
      .replace(/[ \t]+/g, ' ')
      .trim()}`;
  const signature = headers.find((line) => /^dkim-signature:/i.test(line)) ?? '';
  const tag = (name: string): string =>
    (new RegExp(`(?:^|[;\\s])${name}=([^;]*)`).exec(signature.slice(signature.indexOf(':') + 1))?.[1] ?? '').replace(/\s+/g, '');
  const plainBody = `${body
    .replace(/[ \t]+/g, ' ')
    .replace(/ \r\n/g, '\r\n')
    .replace(/(\r\n)*$/, '')}\r\n`;
  if (createHash('sha256').update(plainBody).digest('base64') !== tag('bh')) return false;
  const left = [...headers];
  const taken = tag('h')
    .split(':')
    .flatMap((name) => {
      const at = left.findLastIndex((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`));
      return at < 0 ? [] : [relaxed(left.splice(at, 1)[0] ?? '')];
    });
  const own = relaxed(signature).replace(/([;\s]b=)[^;]*/, '$1');
  const key = createPublicKey({ key: Buffer.from(/p=(.*)$/.exec(record)?.[1] ?? '', 'base64'), format: 'der', type: 'spki' });
  return createVerify('sha256')
    .update([...taken, own].join('\r\n'))
    .verify(key, tag('b'), 'base64');
}

describe('a sending domain of one’s own', () => {
  it('mails come from it, signed, once the record stands in the DNS, and from the host again when it goes', async () => {
    const books = await founded();
    const { received, send } = await postOffice();
    const texts = new Map<string, readonly string[]>();
    const names = await nameServer(texts);
    closing.push(names.close);
    const dns = textRecords([names.address]);
    const pair = await makeDkimPair();
    const set = await books.office((scope) => setSendingDomain(scope, testKeys, { address: 'Billing@Otter.example', pair }));
    expect(set).toMatchObject({ address: 'billing@otter.example', domain: 'otter.example', state: 'waiting', checkedAt: null });
    const [dkim] = set.records;

    await writeTo(books, send, 'before');
    expect(received[0]?.text).toMatch(/^From: .*<billing@host\.example>/m);
    expect(received[0]?.text).not.toMatch(/^DKIM-Signature/im);

    expect((await checkSendingDomain(db().database, dns, books.business))?.records.map(({ found }) => found)).toEqual(['missing', 'missing']);
    texts.set(dkim?.name ?? '', [`v=DKIM1; p=${(await makeDkimPair()).publicKey}`]);
    expect((await checkSendingDomain(db().database, dns, books.business))?.records[0]?.found).toBe('different');
    texts.set(dkim?.name ?? '', [dkim?.text ?? '']).set('_dmarc.otter.example', ['v=DMARC1; p=reject']);
    expect(await checkSendingDomain(db().database, dns, books.business)).toMatchObject({
      state: 'verified',
      records: [{ found: 'right' }, { found: 'right' }],
    });

    await writeTo(books, send, 'after');
    const own = received[1];
    expect(own?.from).toBe('bounces@host.example');
    expect(own?.text).toMatch(/^From: .*<billing@otter\.example>/m);
    expect(isSigned(own?.text ?? '', dkim?.text ?? '')).toBe(true);
    expect(isSigned(`${own?.text}and one line more\r\n`, dkim?.text ?? '')).toBe(false);

    texts.clear();
    expect(await checkSendingDomain(db().database, dns, books.business)).toMatchObject({ state: 'lost' });
    await writeTo(books, send, 'lost');
    expect(received[2]?.text).toMatch(/^From: .*<billing@host\.example>/m);
  });

  it("nobody's answer of the DNS takes nothing away, and a domain of everybody is refused", async () => {
    const books = await founded();
    const pair = await makeDkimPair();
    await books.office((scope) => setSendingDomain(scope, testKeys, { address: 'a@otter.example', pair }));
    const right = async (name: string) => ({ kind: 'found' as const, texts: name.includes('_domainkey') ? [`p=${pair.publicKey}`] : [] });
    expect(await checkSendingDomain(db().database, right, books.business)).toMatchObject({ state: 'verified' });
    expect(await checkSendingDomain(db().database, async () => ({ kind: 'unknown' }), books.business)).toMatchObject({ state: 'verified' });
    await books.office(async (scope) => {
      await expect(setSendingDomain(scope, testKeys, { address: 'otter@gmail.com', pair })).rejects.toMatchObject({ code: 'domain_is_everybodys' });
      expect(await readSendingDomain(scope)).toMatchObject({ address: 'a@otter.example' });
    });
  });

  it('L1 the private key stands in no column, and opens for this business alone', async () => {
    const books = await founded();
    const pair = await makeDkimPair();
    await books.office((scope) => setSendingDomain(scope, testKeys, { address: 'a@otter.example', pair }));
    const [row] = await books.office(
      async ({ tx, business }) =>
        (
          await sql<{
            text: string;
            sealed: string;
          }>`select d::text as text, d.sealed_key as sealed from sending_domains d where d.business_id = ${business}`.execute(tx)
        ).rows,
    );
    expect(row?.text).not.toContain(pair.privateKey.split('\n')[1]);
    expect(testKeys.unseal(row?.sealed ?? '', `dkim:${newId()}:${newId()}`)).toBeNull();
  });
});

describe('J6 mail that came back', () => {
  it('stops what is sent there, is told once, and starts again when the office says so', async () => {
    const books = await founded();
    const { received, send } = await postOffice();
    const mailId = await writeTo(books, send, 'first');
    const messageId = /^Message-ID:\s*<([^>]+)>/im.exec(received[0]?.text ?? '')?.[1] ?? '';
    expect(messageId).toBe(`${mailId}.${books.business}@host.example`);
    const report = { what: 'bounced', messageId, recipient: 'dana@example.com', reason: '550 no such user' } as const;
    expect(await takeReports(db().database, [{ ...report, recipient: 'other@example.com' }])).toBe(0);
    expect(await takeReports(db().database, [{ ...report, messageId: `${mailId}.${newId()}@host.example` }])).toBe(0);
    expect(await takeReports(db().database, [report, report])).toBe(1);
    const again = () => books.system((scope) => queueMail(scope, { kind: 'receipt', once: 'second', personId: books.person }));
    expect(await again()).toBeNull();
    const told = await books.office(async ({ tx, business }) => {
      const { rows } = await sql<{ kind: string }>`select kind from events e where e.business_id = ${business} and e.kind like 'mail.%' order by e.seq`.execute(
        tx,
      );
      return rows.map(({ kind }) => kind);
    });
    expect(told).toEqual(['mail.bounced']);
    await books.office(async (scope) => {
      expect(await listRefusing(scope)).toMatchObject([{ personId: books.person, email: 'dana@example.com', what: 'bounced', reason: '550 no such user' }]);
      await trustAddress(scope, books.person);
      expect(await listRefusing(scope)).toEqual([]);
      await expect(trustAddress(scope, books.person)).rejects.toMatchObject({ code: 'not_found' });
    });
    expect(await again()).not.toBeNull();
  });

  it('a complaint stops it as well', async () => {
    const books = await founded();
    const { received, send } = await postOffice();
    await writeTo(books, send, 'first');
    const messageId = /^Message-ID:\s*<([^>]+)>/im.exec(received[0]?.text ?? '')?.[1] ?? '';
    expect(await takeReports(db().database, [{ what: 'complained', messageId, recipient: 'dana@example.com', reason: 'abuse' }])).toBe(1);
    expect(await books.system((scope) => queueMail(scope, { kind: 'receipt', once: 'second', personId: books.person }))).toBeNull();
  });
});
