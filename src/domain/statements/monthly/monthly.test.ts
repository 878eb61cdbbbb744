import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { oneOf } from '../../../../test/books.ts';
import { signedIn } from '../../../../test/portal-till.ts';
import { type PortalWorld, portalWorld } from '../../../../test/portal-world.ts';
import { testKeys } from '../../../../test/small-business.ts';
import { testWeb } from '../../../../test/web.ts';
import { addMonths, todayIn } from '../../../core/calendar.ts';
import type { MailOutcome, OutgoingMail } from '../../../core/gateways.ts';
import { sendMailTask } from '../../../tasks/send-mail.ts';
import { createDraft, issueInvoice } from '../../invoices/invoices.ts';
import { mailStatements } from './monthly.ts';

const web = testWeb();
let world: PortalWorld;
let at = '';
let month = '';

beforeAll(async () => {
  world = await portalWorld(web(), { gateway: false });
  at = `/${world.house.slug}/account`;
  month = `${todayIn('America/Chicago', Temporal.Now.instant()).slice(0, 7)}-01`;
  // Billed two months ago and in the books since then; Edgar sees a part of it, Rosa is billed nothing.
  const day = addMonths(month, -2);
  const now = Temporal.Instant.from(`${day}T18:00:00Z`);
  await world.house.office(async (scope) => {
    const lines = [10_000, 8_600].map((amount, place) => oneOf(amount, { taxRateId: null, propertyId: world.properties[place] }));
    const then = { ...scope, now };
    await issueInvoice(then, (await createDraft(then, { customerId: world.customer, lines, issuedOn: day, dueOn: day })).id, { show: true });
  });
  for (const who of [world.people.dana, world.people.edgar, world.people.rosa]) {
    const browser = await signedIn(world, who.id);
    expect(await (await browser.go(at)).text()).toContain('Mail me a statement each month');
    expect((await browser.post(`${at}/monthly`, { want: 'on' })).status).toBe(303);
    expect((await browser.post(`${at}/monthly`, { want: 'on' })).status).toBe(303);
    expect(await (await browser.go(at)).text()).toContain('Stop monthly statements');
  }
});

type Row = Readonly<{ id: string; name: string; once: string; facts: Readonly<Record<string, unknown>> }>;
const mails = async (): Promise<Row[]> => {
  const { rows } = await world.house.office(({ tx }) =>
    sql<Row>`select id, to_name as name, once, facts from mails where business_id = ${world.house.id} and kind = 'statement' order by once, to_name`.execute(
      tx,
    ),
  );
  return rows;
};
/** As if it had been asked for so many months ago. */
const asIfDue = (months: number) =>
  world.house.office(({ tx }) => sql`update statement_mails set next_on = ${addMonths(month, 1 - months)} where business_id = ${world.house.id}`.execute(tx));
const run = () => mailStatements(web().database, world.house.id);

describe('monthly statements by mail', () => {
  test('J5 nothing leaves before the first of the month; then each month once, however many workers look, the oldest first after a stop', async () => {
    expect([await run(), await mails()]).toEqual([0, []]);
    await asIfDue(2);
    await Promise.all([run(), run(), run()]);
    await run();
    const told = await mails();
    expect(new Set(told.map(({ once }) => once)).size).toBe(told.length);
    const { rows } = await world.house.office(({ tx }) =>
      sql<{ next: string }>`select distinct next_on::text as next from statement_mails where business_id = ${world.house.id}`.execute(tx),
    );
    expect(rows).toEqual([{ next: addMonths(month, 1) }]);
  });

  test('rule 33 each reads what is theirs, the oldest month first, and who owes nothing and moved nothing reads nothing', async () => {
    const told = (await mails()).map(({ name, facts }) => [name, facts['from'], facts['openingMinor'], facts['chargedMinor'], facts['balanceMinor']]);
    const [first, second] = [addMonths(month, -2), addMonths(month, -1)];
    const [dana, edgar] = ['Dana Whitlock', 'Edgar Finch'].map((name) => told.filter(([whose]) => whose === name));
    expect(dana).toEqual([
      ['Dana Whitlock', first, 0, 18_600, 18_600],
      ['Dana Whitlock', second, 18_600, 0, 18_600],
    ]);
    expect(edgar).toEqual([
      ['Edgar Finch', first, 0, 10_000, 10_000],
      ['Edgar Finch', second, 10_000, 0, 10_000],
    ]);
    expect(told).toHaveLength(4);
  });

  test('J9 says how to end it in one press; looking at that page ends nothing, and ended it tells no more months', async () => {
    const got: OutgoingMail[] = [];
    const keep = async (mail: OutgoingMail): Promise<MailOutcome> => {
      got.push(mail);
      return { kind: 'sent', providerId: null };
    };
    const places = { appUrl: 'https://pay.example.com', mailFrom: 'billing@example.com', bounceAddress: 'b@example.com' };
    const send = sendMailTask({ ...places, database: web().database, keys: testKeys, mail: { send: keep } });
    for (const { id } of await mails()) await send({ businessId: world.house.id, mailId: id });
    const danas = got.filter(({ to }) => to.address === world.people.dana.email);
    expect(danas[0]?.subject).toMatch(/^Your statement from .+: \w+ \d+, \d+ to /);
    for (const words of ['$186.00', 'See every movement', `${at}?from=`]) expect(danas[0]?.text).toContain(words);
    const stop = new URL(danas[0]?.headers?.['List-Unsubscribe']?.slice(1, -1) ?? '').pathname;
    expect(await (await world.browser().go(stop)).text()).toContain('Monthly statements');
    await asIfDue(1);
    expect(await run()).toBe(0);
    const dana = await signedIn(world, world.people.dana.id);
    expect(await (await dana.go(at)).text()).toContain('Stop monthly statements');
    expect((await world.browser().post(stop, { 'List-Unsubscribe': 'One-Click' })).status).toBe(204);
    expect(await (await dana.go(at)).text()).toContain('Mail me a statement each month');
    await world.house.office(({ tx }) =>
      sql`delete from statement_mails where business_id = ${world.house.id} and person_id <> ${world.people.dana.id}`.execute(tx),
    );
    await asIfDue(4);
    expect(await run()).toBe(0);
  });
});
