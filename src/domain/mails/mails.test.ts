import { beforeAll, describe, expect, test } from 'vitest';
import { type PortalWorld, portalWorld } from '../../../test/portal-world.ts';
import { testKeys } from '../../../test/small-business.ts';
import { testWeb } from '../../../test/web.ts';
import type { MailGateway, MailOutcome, OutgoingMail } from '../../core/gateways.ts';
import { sendMailTask } from '../../tasks/send-mail.ts';
import { listEvents } from '../events/events.ts';
import { listInvoices, voidInvoice } from '../invoices/invoices.ts';
import { revokeLink, sendInvoice } from '../links/links.ts';
import { listMails } from './mails.ts';

const web = testWeb();
let world: PortalWorld;
beforeAll(async () => {
  world = await portalWorld(web());
});

/** A mail server that answers as told and keeps what it got. */
function server(...answers: MailOutcome[]): MailGateway & { got: OutgoingMail[] } {
  const got: OutgoingMail[] = [];
  return {
    got,
    send: async (mail) => {
      got.push(mail);
      return answers.shift() ?? { kind: 'sent', providerId: null };
    },
  };
}

const worker = (mail: MailGateway) =>
  sendMailTask({
    database: web().database,
    keys: testKeys,
    mail,
    appUrl: 'https://pay.example.com',
    mailFrom: 'billing@example.com',
    bounceAddress: 'bounces@example.com',
  });
const mailsOf = (documentId: string) => world.house.office((scope) => listMails(scope, { documentId, limit: 50 }));
const run = async (mail: MailGateway, documentId: string) => {
  const [row] = await mailsOf(documentId);
  return worker(mail)({ businessId: world.house.id, mailId: row?.id ?? '' });
};

describe('J6 one mail per document, kind, recipient and step', () => {
  test('sending twice while the first still waits queues no second mail', async () => {
    const sent = await world.send([world.people.dana.id]);
    await world.house.office((scope) => sendInvoice(scope, testKeys, { documentId: sent.id, personIds: [world.people.dana.id] }));
    expect(await mailsOf(sent.id)).toHaveLength(1);
  });

  test('J2 run five times at once, a mail leaves once', async () => {
    const sent = await world.send([world.people.dana.id]);
    const mail = server();
    await Promise.allSettled(Array.from({ length: 5 }, () => run(mail, sent.id)));
    await run(mail, sent.id);
    expect(mail.got).toHaveLength(1);
    expect((await mailsOf(sent.id))[0]?.state).toBe('sent');
  });

  test('a lost reply is tried once more with the same Message-ID and then counts as sent', async () => {
    const sent = await world.send([world.people.dana.id]);
    const mail = server({ kind: 'unknown' }, { kind: 'unknown' });
    await expect(run(mail, sent.id)).rejects.toThrow();
    await run(mail, sent.id);
    await run(mail, sent.id);
    expect(mail.got).toHaveLength(2);
    expect(new Set(mail.got.map((each) => each.messageId)).size).toBe(1);
  });

  test('a server that asks to wait is asked again', async () => {
    const sent = await world.send([world.people.dana.id]);
    const mail = server({ kind: 'retry', reason: '421' });
    await expect(run(mail, sent.id)).rejects.toThrow();
    await run(mail, sent.id);
    expect((await mailsOf(sent.id))[0]?.state).toBe('sent');
  });
});

describe('a mail looks again before it leaves', () => {
  test('of a canceled invoice nothing leaves', async () => {
    const sent = await world.send([world.people.dana.id]);
    await world.house.office((scope) => voidInvoice(scope, { documentId: sent.id, reason: 'Billed twice' }));
    const mail = server();
    await run(mail, sent.id);
    expect([mail.got.length, (await mailsOf(sent.id))[0]?.reason]).toEqual([0, 'canceled']);
  });

  test('with a link taken back meanwhile nothing leaves', async () => {
    const sent = await world.send([world.people.dana.id]);
    await world.house.office((scope) => revokeLink(scope, sent.links[0] ?? ''));
    const mail = server();
    await run(mail, sent.id);
    expect(mail.got).toEqual([]);
  });

  test('a bounce is kept on the person, the invoice and the timeline, and nothing more is sent there', async () => {
    const own = await portalWorld(web());
    const sent = await own.send([own.people.dana.id]);
    const [row] = await own.house.office((scope) => listMails(scope, { documentId: sent.id, limit: 5 }));
    await worker(server({ kind: 'bounced', reason: '550 no such user' }))({ businessId: own.house.id, mailId: row?.id ?? '' });
    const { rows } = await own.house.office((scope) => listInvoices(scope, { tab: 'all' }));
    expect(rows.map((each) => each.delivery)).toEqual(['bounced']);
    const events = await own.house.office((scope) => listEvents(scope, { documentId: sent.id, kinds: ['mail.bounced'], limit: 5 }));
    expect(events).toHaveLength(1);
    const again = own.house.office((scope) => sendInvoice(scope, testKeys, { documentId: sent.id, personIds: [own.people.dana.id] }));
    await expect(again).rejects.toMatchObject({ code: 'mail_undeliverable' });
  });
});

describe('what a mail says', () => {
  test('L9 its addresses begin with the configured origin, it goes to one recipient and names the others', async () => {
    const sent = await world.send([world.people.dana.id, world.people.edgar.id], { spread: true });
    const mail = server();
    for (const row of await mailsOf(sent.id)) await worker(mail)({ businessId: world.house.id, mailId: row.id });
    for (const each of mail.got) {
      const links = [...each.text.matchAll(/https?:\/\/\S+/g)].map(([link]) => link);
      expect(links.length).toBeGreaterThan(0);
      for (const link of links) expect(link.startsWith('https://pay.example.com/')).toBe(true);
    }
    const dana = mail.got.find((each) => each.to.address === world.people.dana.email);
    expect(dana?.text).toContain('Edgar Finch');
    expect(dana?.text).toContain(sent.tokens[0]);
    expect(dana?.text).not.toContain(sent.tokens[1]);
  });

  test('rule 29 a person of one property reads no total of a spanning invoice', async () => {
    const sent = await world.send([world.people.edgar.id], { amounts: [10_000, 20_000, 30_000], spread: true });
    const mail = server();
    await run(mail, sent.id);
    const [got] = mail.got;
    for (const hidden of ['600.00', '200.00', 'LK-02']) expect(`${got?.subject} ${got?.text} ${got?.html}`).not.toContain(hidden);
  });
});
