import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { makeBooks } from '../../../test/books.ts';
import { testOrigin, testWeb } from '../../../test/web.ts';
import { messageIdOf } from '../../core/message-id.ts';
import { queueMail } from '../../domain/mails/mails.ts';
import { mailReportsPassword } from './mail-reports.ts';

const web = testWeb();

const basic = (password: string): Record<string, string> => ({ authorization: `Basic ${Buffer.from(`mail:${password}`).toString('base64')}` });
const post = (from: string, body: string, headers: Record<string, string>): Promise<Response> =>
  Promise.resolve(
    web().app.request(new Request(`${testOrigin}/inbound/mail/${from}`, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } })),
  );

/** A mail that left, of a business of its own. */
async function sentMail(): Promise<{ bounce: string; delivery: () => Promise<string | undefined> }> {
  const books = await makeBooks(web().database);
  const id = await books.system(async (scope) => {
    const mail = await queueMail(scope, { kind: 'receipt', once: 'one', personId: books.person });
    await sql`update mails set state = 'sent' where business_id = ${books.business} and id = ${mail}`.execute(scope.tx);
    return mail;
  });
  const messageId = messageIdOf(id ?? '', books.business, 'host.example').slice(1, -1);
  const gun = { event: 'failed', severity: 'permanent', recipient: 'dana@example.com', message: { headers: { 'message-id': messageId } } };
  const delivery = (): Promise<string | undefined> =>
    books.office(
      async ({ tx }) => (await sql<{ state: string }>`select m.state from mails m where m.business_id = ${books.business}`.execute(tx)).rows[0]?.state,
    );
  return { bounce: JSON.stringify({ 'event-data': gun }), delivery };
}

describe('where providers say that mail came back', () => {
  it('nobody, and whoever has another password, is asked to sign in and changes nothing', async () => {
    const { bounce, delivery } = await sentMail();
    for (const headers of [{}, basic('x'), basic(''), { authorization: `Bearer ${mailReportsPassword(web().deps.keys)}` }]) {
      const answer = await post('mailgun', bounce, headers);
      expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Basic realm="mail reports"']);
    }
    expect(await delivery()).toBe('sent');
  });

  it('J6 what is told is taken in before it is acknowledged, and twice is once', async () => {
    const { bounce, delivery } = await sentMail();
    const known = basic(mailReportsPassword(web().deps.keys));
    expect(await (await post('mailgun', bounce, known)).json()).toEqual({ taken: 1 });
    expect(await delivery()).toBe('bounced');
    expect(await (await post('mailgun', bounce, known)).json()).toEqual({ taken: 0 });
  });

  it('what cannot be read is refused in plain words', async () => {
    const known = basic(mailReportsPassword(web().deps.keys));
    for (const [from, body] of [
      ['mailgun', '{'],
      ['elsewhere', '{}'],
    ] as const)
      expect((await post(from, body, known)).status).toBe(400);
  });
});
