import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyToldDemo } from '../test/told-demo.ts';
import { type Base, boot } from './boot.ts';
import { readConfig } from './config.ts';
import type { Database } from './db/pool.ts';
import { readPage } from './db/read.ts';
import { inTransaction, type Scope, systemActor } from './db/scope.ts';
import type { DemoFile } from './demo-file.ts';
import { demoBusinesses } from './domain/businesses/businesses.ts';
import { verifyChain } from './domain/events/events.ts';
import { openByLink, openBySession } from './domain/front/front.ts';
import { portalHomeOf, portalHomeQuery, readInvoice } from './domain/invoices/invoices.ts';
import { verifyBooks } from './domain/ledger/ledger.ts';
import { signInAsPerson } from './domain/people/demo-entry.ts';
import { passwordSignIn, workplacesOf } from './domain/people/sign-in.ts';
import { prepareDemo, readGuide, resetDemo } from './prepare-demo.ts';
import type { Deps } from './web/context.ts';
import { type Wired, wire } from './wire.ts';

const home = mkdtempSync(join(tmpdir(), 'prepare-demo-'));
const folder = join(home, 'data');
const asker = { address: '127.0.0.1', device: 'a browser', token: null };
let wired: Wired;
let parts: { base: Base; deps: Deps };
const db = (): { database: Database } => parts.base;

/** The demo as the product's own `seed` told it, opened as the product opens it. */
beforeAll(async () => {
  await copyToldDemo(folder);
  const { port } = new URL((JSON.parse(readFileSync(join(folder, 'demo.json'), 'utf8')) as DemoFile).office.url);
  const base = await boot({ DATA_DIR: folder, DEMO: '1', PORT: port, LOG_LEVEL: 'error' }, 'join', 4);
  wired = await wire(base);
  parts = { base, deps: wired.deps };
}, 300_000);

afterAll(async () => {
  await wired.close();
  await parts.base.close();
  rmSync(home, { recursive: true, force: true });
});

const inBusiness = <T>(business: string, work: (scope: Scope) => Promise<T>): Promise<T> =>
  inTransaction(db().database, { role: 'system', business, actor: systemActor }, work);
const guide = () => {
  const found = readGuide(folder);
  if (found === null) throw new Error('the demo is prepared');
  return found;
};
const entry = (what: string) => {
  const found = guide().entries.find((each) => each.what === what);
  if (found === undefined) throw new Error(`"${what}" is missing`);
  return found;
};
const viewOf = (what: string) => {
  const { business, document } = entry(what);
  return inBusiness(business, (scope) => readInvoice(scope, document ?? ''));
};
const factsOf = async (what: string) => {
  const view = await viewOf(what);
  if (!view.whole) throw new Error('the system sees all');
  return view.facts;
};

async function homeOf(email: string, slug: string) {
  const business = (await demoBusinesses(db().database)).find((each) => each.slug === slug)?.id ?? '';
  const { token } = await signInAsPerson(db().database, { business, email, asker });
  const { json } = await readPage(db().database, openBySession(slug, token), portalHomeQuery(business, null));
  return portalHomeOf(json);
}

describe('the demo', () => {
  test('has books that add up and whole chains in all four businesses, told in the order of time', async () => {
    const houses = await demoBusinesses(db().database);
    expect(houses.map(({ slug }) => slug).sort()).toEqual(['left-boot-lawn', 'moonbeam-mop', 'paper-otter', 'purple-ladder']);
    for (const { id } of houses) {
      expect(await inBusiness(id, verifyBooks)).toEqual([]);
      expect(await inBusiness(id, verifyChain)).toBeNull();
      const unruly = await inBusiness(id, ({ tx }) =>
        sql<{
          seq: bigint;
        }>`select seq from (select seq, at, lag(at) over (order by seq) as before from events where business_id = ${id}) e where at < before`.execute(tx),
      );
      expect(unruly.rows).toEqual([]);
    }
  });

  test('looks lived in: two years, about nineteen of twenty bills paid, half of them no more than nine days late', async () => {
    for (const { id } of await demoBusinesses(db().database)) {
      const { rows } = await inBusiness(id, ({ tx }) =>
        sql<{
          bills: number;
          paid: number;
          late: number;
          oldest: number;
        }>`select count(*)::int as bills, (count(*) filter (where balance_minor = 0))::int as paid,
          coalesce(percentile_disc(0.5) within group (order by started_on - due_on) filter (where balance_minor = 0 and started_on is not null), 0)::int as late,
          (current_date - min(issued_on))::int as oldest from invoice_standings where business_id = ${id} and state = 'issued'`.execute(tx),
      );
      const found = rows[0] ?? { bills: 0, paid: 0, late: 99, oldest: 0 };
      expect(found.bills).toBeGreaterThan(40);
      expect(found.paid / found.bills).toBeGreaterThan(0.88);
      expect(found.late).toBeLessThanOrEqual(9);
      expect(found.oldest).toBeGreaterThan(600);
    }
  });

  test('shows the property manager what the story says, in the portal itself', async () => {
    const { figures, creditMinor } = await homeOf('dana.whitlock@example.com', 'paper-otter');
    expect(figures).toMatchObject({
      dueNowMinor: 481_240n,
      overdueMinor: 64_000n,
      processingMinor: 125_000n,
      onItsWayMinor: 125_000n,
      inQuestionMinor: 9_000n,
      balanceMinor: 615_240n,
    });
    expect(creditMinor).toBe(7_500n);
    const edgar = await homeOf('edgar.finch@example.com', 'paper-otter');
    expect(edgar.rows.map(({ whole, totalMinor }) => ({ whole, totalMinor }))).toEqual([{ whole: false, totalMinor: 51_100n }]);
    expect(edgar.creditMinor).toBe(0n);
  });

  test.each([
    ['Sent, not opened', 'due'],
    ['Opened', 'due'],
    ['Partly paid', 'partly_paid'],
    ['Bank payment processing', 'processing'],
    ['Payment returned by the bank', 'returned'],
    ['Overdue for 12 days', 'overdue'],
    ['Overdue for 75 days', 'overdue'],
    ['A check is announced', 'due'],
    ['Paid by card', 'paid'],
    ['Paid by check', 'paid'],
    ['Paid in cash', 'paid'],
    ['Canceled', 'canceled'],
    ['Replaced', 'replaced'],
    ['Paid too much, kept as credit', 'paid'],
    ['Total of zero', 'paid'],
    ['The link has ended', 'paid'],
  ])('holds one that is: %s', async (what, status) => {
    const { standing } = await factsOf(what);
    expect(standing.status).toBe(status);
    if (what.startsWith('Overdue')) expect(standing.daysLate).toBe(Number(/\d+/.exec(what)?.[0]));
  });

  test('holds a 60-character name, an emoji, a zero-total invoice, 60 lines and a 1-cent remainder', async () => {
    expect([...(await factsOf('A name of sixty letters')).billTo.name]).toHaveLength(60);
    const sixty = await factsOf('Sixty lines');
    expect(sixty.lines).toHaveLength(60);
    expect(sixty.billTo.name).toContain('🌻');
    expect((await factsOf('Total of zero')).totalMinor).toBe(0n);
    const { parts } = await factsOf('A discount that leaves one cent over');
    expect(parts.map((part) => part.discountMinor).sort()).toEqual([3_333n, 3_333n, 3_334n]);
    expect((await factsOf('A price of a fraction of a cent')).lines[0]).toMatchObject({ unitPriceMilli: 12_345n, netMinor: 29_628n });
    expect((await factsOf('One bill over five properties')).parts).toHaveLength(5);
    expect((await factsOf('Takes the place of another')).document.replaces?.number).toBe(entry('Replaced').number);
  });

  test('waits with a question, a bounced mail and an announced check, and a link that has ended', async () => {
    const { business } = entry('A question waits');
    const { rows } = await inBusiness(business, ({ tx }) =>
      sql<{
        questions: number;
        bounced: number;
        announced: bigint;
      }>`select (select count(*)::int from threads where business_id = ${business} and waiting_for = 'office') as questions,
        (select count(*)::int from mails where business_id = ${business} and state = 'bounced') as bounced,
        (select sum(announced_minor)::bigint from invoice_standings where business_id = ${business}) as announced`.execute(tx),
    );
    expect(rows[0]).toMatchObject({ questions: 2, bounced: 1 });
    expect(rows[0]?.announced).toBeGreaterThan(0n);
    const token = entry('The link has ended').link?.split('/').at(-1) ?? '';
    expect((await readPage<{ state: string }>(db().database, openByLink('paper-otter', token, null), portalHomeQuery(business, null))).grant.state).toBe(
      'ended',
    );
  });

  test("leads to Rosa's kitchen drain: $186.00, due in five days, in Spanish, with a photo", async () => {
    const { document, standing, lines, totalMinor } = await factsOf('In Spanish, with a photo');
    expect(totalMinor).toBe(18_600n);
    expect(standing.daysLeft).toBe(5);
    expect(document).toMatchObject({ language: 'es', attachments: [{ mediaType: 'image/jpeg' }] });
    expect(lines[0]?.serviceOn).not.toBeNull();
    expect((JSON.parse(readFileSync(join(folder, 'demo.json'), 'utf8')) as DemoFile).customerLink).toContain(guide().rosa.link);
  });

  test('keeps its secrets to whoever runs it; one sign-in of the owner sees all four businesses', async () => {
    for (const name of ['demo.json', 'demo-guide.json']) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    const { office } = JSON.parse(readFileSync(join(folder, 'demo.json'), 'utf8')) as DemoFile;
    const signedIn = await passwordSignIn(db().database, parts.deps.keys, { email: office.email, password: office.password, asker });
    expect(signedIn.kind).toBe('signed_in');
    const { rows } = await inBusiness(guide().rosa.business, ({ tx }) =>
      sql<{ identity: string }>`select identity_id as identity from staff where business_id = ${guide().rosa.business} and email = ${office.email}`.execute(tx),
    );
    expect(await workplacesOf(db().database, rows[0]?.identity ?? '')).toHaveLength(4);
  });

  test('is found by a second start, and told anew by a reset: new dates, the same sign-in, nothing of before', async () => {
    const before = guide();
    await prepareDemo(parts);
    expect(guide()).toEqual(before);
    const { office } = JSON.parse(readFileSync(join(folder, 'demo.json'), 'utf8')) as DemoFile;
    await resetDemo(parts);
    expect(guide().rosa.business).not.toBe(before.rosa.business);
    expect((await demoBusinesses(db().database)).map(({ id }) => id)).not.toContain(before.rosa.business);
    expect((JSON.parse(readFileSync(join(folder, 'demo.json'), 'utf8')) as DemoFile).office).toEqual(office);
    expect((await homeOf('dana.whitlock@example.com', 'paper-otter')).figures.dueNowMinor).toBe(481_240n);
    const { rows } = await inBusiness(before.rosa.business, ({ tx }) =>
      sql<{ count: number }>`select count(*)::int as count from ledger where business_id = ${before.rosa.business}`.execute(tx),
    );
    expect(rows[0]?.count).toBe(0);
  }, 300_000);
});

test('with DEMO=0 nothing is prepared', async () => {
  const config = readConfig({ DATA_DIR: join(folder, 'empty'), DEMO: '0' });
  await prepareDemo({ base: { ...parts.base, config }, deps: { ...parts.deps, config } });
  expect(readGuide(config.dataDir)).toBeNull();
});
