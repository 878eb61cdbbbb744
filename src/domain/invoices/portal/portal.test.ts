import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Books, makeBooks, oneOf } from '../../../../test/books.ts';
import fc from '../../../../test/chance.ts';
import { testDatabase } from '../../../../test/db.ts';
import { Refusal } from '../../../core/refusal.ts';
import { firstText } from '../../../db/compile.ts';
import type { Scope } from '../../../db/scope.ts';
import { type LockedInvoice, lockInvoices, moveMoney, setAnnounced, spreadOver } from '../../ledger/standings.ts';
import {
  createDraft,
  issueMany,
  listTotals,
  type PortalFilter,
  type PortalHome,
  type PortalPage,
  portalHomeOf,
  portalHomeQuery,
  portalInvoicesOf,
  portalInvoicesQuery,
  showInPortal,
  voidInvoice,
} from '../invoices.ts';

const database = testDatabase();
let books: Books;
let ids: string[];

type Granted = Parameters<Books['portal']>[0];
const list = (granted: Granted, filter: PortalFilter = {}): Promise<PortalPage> =>
  books.portal(granted, async (scope) => portalInvoicesOf(await firstText(scope, portalInvoicesQuery(books.business, filter)), books.business, filter));
const home = (granted: Granted): Promise<PortalHome> =>
  books.portal(granted, async (scope) => portalHomeOf(await firstText(scope, portalHomeQuery(books.business, null))));

/** The first twelve paid, the next processing or being checked, the others announced: all of it or a part, believed or not. */
async function putMoney(scope: Scope, invoice: LockedInvoice, at: number): Promise<void> {
  const place = at < 12 ? 'paid' : at < 18 ? 'processing' : at < 20 ? 'unknown' : null;
  const whole = at % 2 === 0;
  if (place === null) return setAnnounced(scope, invoice.documentId, 5_000n, whole ? '2099-01-01' : '2026-01-01');
  const shares = spreadOver(invoice.parts, whole ? invoice.totalMinor : 300n).map((share) => ({ ...share, documentId: invoice.documentId }));
  await moveMoney(scope, shares, 'outside', place, { startedOn: '2026-11-01' });
}

beforeAll(async () => {
  books = await makeBooks(database().database);
  const [first, second] = books.properties;
  ids = await books.office(async (scope) => {
    const drafts: string[] = [];
    for (let at = 0; at < 60; at += 1) {
      const lines =
        at % 3 === 0
          ? [oneOf(1000 + at, { propertyId: first }), oneOf(500, { propertyId: second })]
          : [oneOf(1000 + at, { propertyId: at % 3 === 1 ? first : second })];
      const issuedOn = `2026-0${1 + (at % 9)}-15`;
      drafts.push(
        (await createDraft(scope, { customerId: books.customer, lines, issuedOn, dueOn: `2026-0${1 + (at % 9)}-${20 + (at % 8)}`, poNumber: `PO-${at}` })).id,
      );
    }
    return (await issueMany(scope, drafts)).map((each) => each.id);
  });
  await books.office((scope) => showInPortal(scope, ids.slice(0, 55)));
  await books.system(async (scope) => {
    for (const invoice of await lockInvoices(scope, ids.slice(0, 30))) await putMoney(scope, invoice, ids.indexOf(invoice.documentId));
  });
  await books.office((scope) => voidInvoice(scope, { documentId: ids[40] ?? '', reason: 'Twice' }));
});

describe('the list of a customer', () => {
  it('pages through what was shown, what is owed first, each once', async () => {
    const seen: string[] = [];
    const opens: boolean[] = [];
    let cursor: string | undefined;
    do {
      const page = await list({ customers: [books.customer] }, { cursor });
      seen.push(...page.rows.map((row) => row.id));
      opens.push(...page.rows.map((row) => row.totalMinor - row.paidMinor > 0n && row.standing.status !== 'canceled'));
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(seen.toSorted()).toEqual(ids.slice(0, 55).toSorted());
    expect(opens.indexOf(false)).toBe(opens.filter((open) => open).length);
  });

  it('says the same in its short form, which those who see whole accounts read, as in its long one', async () => {
    for (const tab of ['all', 'open', 'overdue', 'paid'] as const) {
      const { otherwise, ...short } = portalInvoicesQuery(books.business, { tab });
      if (!otherwise) throw new Error('the usual list has two forms');
      const texts = await books.portal({ customers: [books.customer] }, async (scope) => [await firstText(scope, short), await firstText(scope, otherwise)]);
      const [one, other] = texts.map((text) => portalInvoicesOf(text, books.business, { tab }));
      expect(one?.rows).toEqual(other?.rows);
      expect(one?.next).toBe(other?.next);
      expect(await books.portal({ properties: [books.properties[0]] }, (scope) => firstText(scope, short))).toBeNull();
    }
  });

  it('filters by what is open, overdue or paid, by property and by text', async () => {
    const all = { customers: [books.customer] };
    expect((await list(all, { tab: 'paid' })).rows.every((row) => row.standing.status === 'paid')).toBe(true);
    expect((await list(all, { tab: 'paid' })).rows).toHaveLength(6);
    expect((await list(all, { tab: 'overdue' })).rows.every((row) => row.dueOn < '2026-11-23')).toBe(true);
    expect((await list(all, { search: 'po-33' })).rows.map((row) => row.id)).toEqual([ids[33]]);
    expect((await list(all, { search: 'elm court', propertyId: books.properties[0], from: '2026-02-01', to: '2026-02-28' })).rows.length).toBeGreaterThan(0);
    expect((await list({}, {})).rows).toEqual([]);
  });

  it('rule 29 shows parts only, with their own amounts, to a person of some properties', async () => {
    const page = await list({ properties: [books.properties[1]] }, { search: 'po-', tab: 'open' });
    expect(page.rows.every((row) => row.whole)).toBe(true);
    const parts = (await list({ properties: [books.properties[1]] }, { tab: 'open' })).rows.filter((row) => !row.whole);
    expect(parts.length).toBeGreaterThan(0);
    expect(parts.every((row) => row.totalMinor === 525n && row.property === 'Oak Row · LK-02')).toBe(true);
  });

  it('A5 refuses a forged cursor and one of another list', async () => {
    const { next } = await list({ customers: [books.customer] });
    for (const [cursor, filter] of [
      [`${next}x`, {}],
      ['AAAA', {}],
      [next ?? '', { tab: 'paid' as const }],
    ] as const) {
      expect(() => portalInvoicesQuery(books.business, { ...filter, cursor })).toThrow(Refusal);
    }
  });
});

/** Half of it was due long ago, the rest is due later. */
const planned = (laterMinor: number) => [
  { dueOn: '2026-01-05', amountMinor: laterMinor },
  { dueOn: '2098-01-01', amountMinor: laterMinor },
  { dueOn: '2099-01-01', amountMinor: 1 },
];

describe('the six figures', () => {
  it('rule 17 are the sum of where each invoice stands, to the cent', async () => {
    const rows: PortalPage['rows'][number][] = [];
    let cursor: string | undefined;
    do {
      const page: PortalPage = await list({ customers: [books.customer] }, { tab: 'open', cursor });
      rows.push(...page.rows);
      cursor = page.next ?? undefined;
    } while (cursor);
    const sum = (pick: (row: PortalPage['rows'][number]) => bigint): bigint => rows.reduce((total, row) => total + pick(row), 0n);
    const { figures } = await home({ customers: [books.customer] });
    expect(figures).toMatchObject({
      count: rows.length,
      balanceMinor: sum((row) => row.standing.balanceMinor),
      dueNowMinor: sum((row) => row.standing.dueNowMinor),
      onItsWayMinor: sum((row) => row.standing.onItsWayMinor),
      inQuestionMinor: sum((row) => row.standing.inQuestionMinor),
      overdueMinor: sum((row) => row.standing.overdueMinor),
    });
    expect(figures.totalMinor - figures.creditedMinor - figures.paidMinor).toBe(figures.balanceMinor);
    const spread = figures.dueNowMinor + figures.dueLaterMinor + figures.onItsWayMinor + figures.inQuestionMinor + figures.heldBackMinor;
    expect(spread).toBe(figures.balanceMinor);
    expect(figures.onItsWayMinor).toBeGreaterThan(figures.processingMinor);
  });

  it('add up whatever the standings hold', async () => {
    const amounts = fc.tuple(...Array.from({ length: 6 }, () => fc.integer({ min: 0, max: 1_500 })));
    const id = ids[21] ?? '';
    await fc.assert(
      fc.asyncProperty(amounts, async ([processing, unknown, announced, question, held, later]) => {
        await books.system(({ tx }) =>
          sql`update invoice_standings set processing_minor = ${processing}, unknown_minor = ${unknown}, announced_minor = ${announced}, announced_for = '2099-01-01',
            in_question_minor = ${question}, held_back_minor = ${held}, installments = ${JSON.stringify(planned(later ?? 0))} where document_id = ${id}`.execute(
            tx,
          ),
        );
        const { figures } = await home({ customers: [books.customer], document: id });
        const [row] = (await list({ customers: [books.customer], document: id })).rows;
        const { balanceMinor, dueNowMinor, dueLaterMinor, onItsWayMinor, inQuestionMinor, heldBackMinor, overdueMinor } = row?.standing ?? {};
        expect(figures).toMatchObject({ balanceMinor, dueNowMinor, dueLaterMinor, onItsWayMinor, inQuestionMinor, heldBackMinor, overdueMinor });
      }),
      { numRuns: 60 },
    );
  });

  it('of the office agree with the customer’s', async () => {
    await books.office((scope) => showInPortal(scope, ids));
    const { figures } = await home({ customers: [books.customer] });
    const totals = await books.office((scope) => listTotals(scope));
    expect(totals).toMatchObject({ owedMinor: figures.balanceMinor, overdueMinor: figures.overdueMinor, onItsWayMinor: figures.onItsWayMinor });
  });
});
