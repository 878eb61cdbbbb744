import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { offer } from '../../../../test/estimate-world.ts';
import { type Browser, type PortalWorld, portalWorld, type SentInvoice } from '../../../../test/portal-world.ts';
import { testKeys } from '../../../../test/small-business.ts';
import { testWeb } from '../../../../test/web.ts';
import { portalSession } from '../../../../test/world.ts';
import { publicId, readId } from '../../../core/ids.ts';
import { newId } from '../../../db/fresh.ts';
import { markUsed, revokeLink, whoCanOpen } from '../../../domain/links/links.ts';
import { addPerson, type Rights, removePerson, setRights } from '../../../domain/people/people.ts';
import { paths } from '../../../routes.ts';

const web = testWeb();
let world: PortalWorld;
let bill: SentInvoice;
beforeAll(async () => {
  world = await portalWorld(web());
  bill = await world.send([world.people.dana.id]);
});

async function signedIn(personId: string): Promise<Browser> {
  const { rows } = await world.house.office(({ tx }) =>
    sql<{ id: string }>`select identity_id as id from people where business_id = ${world.house.id} and id = ${personId}`.execute(tx),
  );
  const { cookies } = await portalSession(web(), rows[0]?.id ?? '');
  return world.browser({ cookie: `portal=${cookies?.['portal']}` });
}
const rights = (personId: string, given: Partial<Rights>): Promise<void> =>
  world.house.office((scope) => setRights(scope, { personId, customerId: world.customer, rights: given }));
type Fields = Readonly<Record<string, string>>;
const to = (more: Fields = {}): Fields => ({
  act: newId(),
  name: 'Olive Owner',
  email: 'olive@example.com',
  language: 'es',
  mayPay: '0',
  days: '30',
  note: '',
  ...more,
});
const sharesOf = async (documentId: string) =>
  (await world.house.office((scope) => whoCanOpen(scope, documentId))).filter(({ sharedById }) => sharedById !== null);

/** Sends a document on, and opens it as whoever it was sent to. */
async function share(from: Browser, sent: Pick<SentInvoice, 'id' | 'path'>, more: Fields = {}): Promise<{ browser: Browser; linkId: string }> {
  const answer = await from.post(`${sent.path}/share`, to(more));
  expect([answer.status, answer.headers.get('location')]).toEqual([303, `${sent.path}/people?told=sent`]);
  const linkId = (await sharesOf(sent.id))[0]?.linkId ?? '';
  const browser = world.browser();
  expect(await browser.open(world.house.slug, testKeys.linkToken(world.house.id, linkId))).toBe(sent.path);
  return { browser, linkId };
}

describe('a document sent on to somebody else', () => {
  test('opens that document alone, to look at: no paying, approving, asking, sending on, and nothing of the one who sent it', async () => {
    const dana = await signedIn(world.people.dana.id);
    const { browser } = await share(dana, bill, { note: 'For your records' });
    const page = await (await browser.go(bill.path)).text();
    expect([page.includes('Dana Whitlock sent you this link'), page.includes('$186.00'), page.includes(world.people.dana.email)]).toEqual([true, true, false]);
    for (const word of ['See all my invoices', 'Ask a question', 'Send to somebody else', 'Who can open this', 'Pay $'])
      expect([word, page.includes(word)]).toEqual([word, false]);
    expect((await browser.go(`${bill.path}/pdf`)).status).toBe(200);
    const shut = [paths.ask, paths.announce, paths.questionCharge, paths.documentPeople, paths.documentShare].map(
      (path) => bill.path + path.slice('/:business/d/:document'.length),
    );
    for (const path of shut) expect([path, (await browser.go(path)).status, (await browser.post(path, { act: newId() })).status]).toEqual([path, 404, 404]);
    expect((await browser.go(`${bill.path}/pay`)).status).not.toBe(200);
    expect((await browser.post(`${bill.path}/pay`, { act: newId(), method: 'card', amountMinor: '18600' })).status).not.toBe(303);
    expect((await browser.go(`${bill.path}/confirm`)).status).not.toBe(200);
    const other = await world.send([world.people.dana.id]);
    expect((await browser.go(other.path)).status).not.toBe(200);
  });

  test('an estimate is looked at and neither approved, declined nor sent back', async () => {
    const quote = await offer(world, [world.people.dana]);
    const { browser } = await share(await signedIn(world.people.dana.id), quote);
    const page = await (await browser.go(quote.path)).text();
    expect([page.includes('Review and approve'), page.includes('Decline')]).toEqual([false, false]);
    for (const path of ['/approve', '/decline', '/changes', '/undo', '/ask'])
      expect([path, (await browser.go(quote.path + path)).status, (await browser.post(quote.path + path, { act: newId() })).status]).toEqual([path, 404, 404]);
    const { rows } = await world.house.office(({ tx }) =>
      sql<{ state: string }>`select state from estimate_standings where business_id = ${world.house.id} and document_id = ${quote.id}`.execute(tx),
    );
    expect(rows).toEqual([{ state: 'sent' }]);
  });

  test('with the right to pay it is paid, and only as long as the one who sent it may pay', async () => {
    const mine = await world.send([world.people.dana.id]);
    const { browser } = await share(await signedIn(world.people.dana.id), mine, { mayPay: '1' });
    expect(await (await browser.go(mine.path)).text()).toContain('Pay $186.00');
    expect((await browser.go(`${mine.path}/pay`)).status).toBe(200);
    await rights(world.people.dana.id, { canPay: false });
    expect((await browser.go(mine.path)).status).toBe(200);
    expect((await browser.go(`${mine.path}/pay`)).status).not.toBe(200);
    expect((await (await signedIn(world.people.dana.id)).post(`${mine.path}/share`, to({ mayPay: '1' }))).status).toBe(422);
    await rights(world.people.dana.id, { canPay: true });
  });

  test('is that person’s part of a bill over several properties, and ends with their right to it', async () => {
    const spread = await world.send([world.people.edgar.id], { spread: true });
    const { browser } = await share(await signedIn(world.people.edgar.id), spread);
    const page = await (await browser.go(spread.path)).text();
    expect([page.includes('Your part of invoice'), page.includes('$186.00'), page.includes('LK-02')]).toEqual([true, false, false]);
    await rights(world.people.edgar.id, { propertyIds: [world.properties[2] ?? ''] });
    expect((await browser.go(spread.path)).status).not.toBe(200);
    await rights(world.people.edgar.id, { propertyIds: [world.properties[0] ?? ''] });
    expect((await browser.go(spread.path)).status).toBe(200);
  });

  test('is shown to its sender with each use, ended by them, by who manages people and by the office, and then offers no new link', async () => {
    const mine = await world.send([world.people.dana.id]);
    const dana = await signedIn(world.people.dana.id);
    const { browser, linkId } = await share(dana, mine);
    await world.house.system((scope) => markUsed(scope, [linkId]));
    await world.house.system(({ tx }) =>
      sql`update links set last_used_at = now() - interval '61 minutes' where business_id = ${world.house.id} and id = ${linkId}`.execute(tx),
    );
    expect((await browser.post(`${mine.path}/seen`)).status).toBe(204);
    expect((await sharesOf(mine.id))[0]?.uses).toHaveLength(2);
    const seen = await (await dana.go(`${mine.path}/people`)).text();
    expect([seen.includes('Olive Owner'), seen.includes('Sent by you'), seen.includes('Opened ')]).toEqual([true, true, true]);
    const link = publicId('link', linkId);
    const tess = await world.house.office(async (scope) => {
      return (await addPerson(scope, { name: 'Tess', email: `tess.${newId().slice(-6)}@example.com`, customerId: world.customer })).id;
    });
    const other = await signedIn(tess);
    const theirs = await (await other.go(`${mine.path}/people`)).text();
    expect([theirs.includes('o•••@example.com'), theirs.includes('Olive'), theirs.includes('End this link')]).toEqual([true, false, false]);
    expect((await other.post(`${mine.path}/people`, { link })).status).toBe(404);
    expect((await browser.go(mine.path)).status).toBe(200);
    expect((await dana.post(`${mine.path}/people`, { link })).headers.get('location')).toBe(`${mine.path}/people?told=ended`);
    const ended = await browser.go(mine.path);
    expect([ended.status, (await ended.text()).includes('Send me a new link')]).toEqual([410, false]);
    const again = await share(dana, mine);
    await rights(tess, { canManage: true });
    expect((await other.post(`${mine.path}/people`, { link: publicId('link', again.linkId) })).status).toBe(303);
    expect((await again.browser.go(mine.path)).status).toBe(410);
    const third = await share(dana, mine);
    await world.house.office((scope) => revokeLink(scope, third.linkId));
    expect((await third.browser.go(mine.path)).status).toBe(410);
    const { rows } = await world.house.office(({ tx }) =>
      sql<{
        kind: string;
      }>`select kind from events where business_id = ${world.house.id} and document_id = ${mine.id} and kind like 'link.%' order by seq`.execute(tx),
    );
    expect(rows.map(({ kind }) => kind)).toEqual(['link.shared', 'link.revoked', 'link.shared', 'link.revoked', 'link.shared', 'link.revoked']);
  });

  test('ends on its day, and with the person who sent it', async () => {
    const mine = await world.send([world.people.rosa.id], { customer: world.other });
    const { browser, linkId } = await share(await signedIn(world.people.rosa.id), mine, { days: '3' });
    await world.house.system(({ tx }) =>
      sql`update links set last_mailed_at = last_mailed_at where business_id = ${world.house.id} and id = ${linkId}`.execute(tx),
    );
    const [opener] = await sharesOf(mine.id);
    expect(
      Math.round(
        Temporal.Instant.from(opener?.worksUntil ?? '')
          .since(Temporal.Now.instant())
          .total('hours') / 24,
      ),
    ).toBe(3);
    await world.house.office((scope) => removePerson(scope, { personId: world.people.rosa.id, customerId: world.other }));
    expect((await browser.go(mine.path)).status).toBe(410);
  });

  test('I8 L8 is one plain mail without web addresses in it, ten a day from one person', async () => {
    const dana = await signedIn(world.people.dana.id);
    const mine = await world.send([world.people.dana.id]);
    for (const [fields, words] of [
      [{ email: 'a@example.com, b@example.com' }, 'does not look like an e-mail address'],
      [{ note: 'Look: https://evil.example' }, 'leave web addresses out'],
      [{ name: 'www.evil.example' }, 'leave web addresses out'],
      [{ days: '91' }, 'between 1 and 90 days'],
      [{ name: ' ' }, 'Please fill this in'],
    ] as const) {
      const answer = await dana.post(`${mine.path}/share`, to(fields));
      expect([fields, answer.status, (await answer.text()).includes(words)]).toEqual([fields, 422, true]);
    }
    let answer = await dana.post(`${mine.path}/share`, to());
    for (let at = 0; at < 12 && answer.status === 303; at += 1) answer = await dana.post(`${mine.path}/share`, to());
    expect([answer.status, (await answer.text()).includes('too many tries')]).toEqual([422, true]);
    const { rows } = await world.house.office(({ tx }) =>
      sql<{
        to: string;
        link: string;
      }>`select to_address as to, link_id as link from mails where business_id = ${world.house.id} and kind = 'document_shared'`.execute(tx),
    );
    expect(new Set(rows.map((row) => row.to))).toEqual(new Set(['olive@example.com']));
    expect(new Set(rows.map((row) => row.link)).size).toBe(rows.length);
    expect(readId('link', publicId('link', rows[0]?.link ?? ''))).toBe(rows[0]?.link);
  });
});
