import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Books, makeBooks, oneOf } from '../../../test/books.ts';
import { testDatabase } from '../../../test/db.ts';
import { addDays, todayIn } from '../../core/calendar.ts';
import { goldenEstimates } from '../../core/golden/estimates.ts';
import { Refusal } from '../../core/refusal.ts';
import { newId } from '../../db/fresh.ts';
import { verifyBooks } from '../ledger/ledger.ts';
import {
  changesOf,
  computeChoice,
  countTabs,
  createDraft,
  discardDraft,
  duplicateEstimate,
  estimateTotals,
  extendEstimate,
  issueEstimate,
  listEstimates,
  readDraft,
  readEstimate,
  readOfficeFacts,
  readRules,
  reviseEstimate,
  saveDraft,
  showEstimate,
  withdrawEstimate,
} from './estimates.ts';

const database = testDatabase(4);
let books: Books;
beforeAll(async () => {
  books = await makeBooks(database().database);
});

const refusalOf = async (work: Promise<unknown>): Promise<Pick<Refusal, 'code' | 'details'>> => {
  const error = await work.then(
    () => null,
    (problem: unknown) => problem,
  );
  if (!(error instanceof Refusal)) throw error ?? new Error('nothing was refused');
  return error;
};

const optional = (chosen: boolean) => ({ kind: 'optional', chosen });
const pack = (name: string, chosen = false) => ({ kind: 'package', group: 'Heater', package: name, chosen });
const today = (): string => todayIn('America/Chicago', new Date(Date.now()).toISOString());

const drafted = (lines: readonly unknown[], more: object = {}) => books.office((scope) => createDraft(scope, { customerId: books.customer, lines, ...more }));
const issued = async (lines: readonly unknown[] = [oneOf(10_000)], more: object = {}) => {
  const draft = await drafted(lines, more);
  return books.office((scope) => issueEstimate(scope, draft.id, { show: true }));
};

describe('a draft of an estimate', () => {
  it('adds up what is suggested, with its deposit, and takes terms and validity from the business', async () => {
    const lines = [oneOf(10_000), oneOf(5_000, { choice: optional(true) }), oneOf(7_000, { choice: optional(false) }), oneOf(900, { choice: pack('a', true) })];
    const draft = await drafted([...lines, oneOf(1_900, { choice: pack('b') })], { deposit: { kind: 'percent', ratePpm: 500_000n } });
    expect(draft.totals.subtotalMinor).toBe(15_900n);
    expect(draft.totals.totalMinor).toBe(17_212n);
    expect(draft).toMatchObject({ depositMinor: 8_606n, revision: 1, replaces: null, version: 1 });
    expect(draft.body).toMatchObject({ validDays: 30, validUntil: null, terms: '', message: '' });
    expect(draft.body.lines.map(({ choice }) => choice?.kind ?? null)).toEqual([null, 'optional', 'optional', 'package', 'package']);
  });

  it('names every field at fault at once, those of choices too', async () => {
    const lines = [{ name: '', quantityMilli: 1000, unitPriceMilli: 1 }, oneOf(5, { choice: { kind: 'maybe' } }), oneOf(5, { bounds: { minMilli: 1 } })];
    const { code, details } = await refusalOf(
      drafted(lines, { validDays: 0, plan: [{ label: 'all', ratePpm: 1_000_000 }], deposit: { kind: 'percent', ratePpm: 0 } }),
    );
    const told = [{ field: details.field, code }, ...((details['others'] ?? []) as { field: string; code: string }[])];
    expect(told).toEqual([
      { field: 'lines[1].choice.kind', code: 'wrong_choice' },
      { field: 'lines[2].bounds.maxMilli', code: 'required' },
      { field: 'lines[0].name', code: 'required' },
      { field: 'validDays', code: 'invalid_input' },
      { field: 'deposit.ratePpm', code: 'deposit_rule' },
      { field: 'plan', code: 'plan_rules' },
    ]);
    expect(await refusalOf(drafted([oneOf(5, { choice: pack('a', true) })]))).toMatchObject({ code: 'choice_rules', details: { field: 'lines[0].choice' } });
  });

  it('is saved over its version only, thrown away, and copied without its days', async () => {
    const draft = await drafted([oneOf(100)]);
    const body = { customerId: books.customer, lines: [oneOf(200)], validUntil: '2027-01-31' };
    const saved = await books.office((scope) => saveDraft(scope, { documentId: draft.id, version: 1, body }));
    expect(saved).toMatchObject({ version: 2, totals: { subtotalMinor: 200n } });
    expect((await refusalOf(books.office((scope) => saveDraft(scope, { documentId: draft.id, version: 1, body })))).code).toBe('stale_version');
    const copy = await books.office((scope) => duplicateEstimate(scope, draft.id));
    expect(copy.body).toMatchObject({ validUntil: null, lines: [{ unitPriceMilli: 200_000n }] });
    await books.office((scope) => discardDraft(scope, draft.id));
    expect((await refusalOf(books.office((scope) => readDraft(scope, draft.id)))).code).toBe('not_found');
  });
});

describe('issuing', () => {
  it('M7 every golden estimate is issued, chosen of and read back to the cent', async () => {
    for (const currency of ['USD', 'GBP']) {
      const own = await makeBooks(database().database, { currency });
      for (const golden of goldenEstimates().filter(({ document }) => document.currency === currency)) {
        const rates = new Map(golden.document.taxRates.map((rate) => [rate.id, newId()]));
        await own.office(async ({ tx, business, now }) => {
          for (const rate of golden.document.taxRates) {
            const components = JSON.stringify(rate.components, (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value));
            await sql`insert into tax_rates (business_id, id, name, components, created_at)
              values (${business}, ${rates.get(rate.id)}, ${rate.name}, ${components}::jsonb, ${now.toString()})`.execute(tx);
          }
        });
        const ids = new Map(golden.document.lines.map((line) => [line.id, newId()]));
        const lines = golden.document.lines.map(({ id, part, taxRateId, ...line }, at) => ({
          ...line,
          ...golden.lines[at],
          ...{ id: ids.get(id), name: 'Work', taxRateId: taxRateId === null ? null : rates.get(taxRateId) },
        }));
        const { pricesIncludeTax, discount } = golden.document;
        const { deposit, plan, expected } = golden;
        const choices = {
          ...golden.choices,
          options: golden.choices.options.map((id) => ids.get(id)),
          quantities: golden.choices.quantities.map(({ lineId, quantityMilli }) => ({ lineId: ids.get(lineId), quantityMilli })),
        };
        const chosen = await own.office(async (scope) => {
          const draft = await createDraft(scope, { customerId: own.customer, lines, pricesIncludeTax, discount, deposit, plan });
          await issueEstimate(scope, draft.id);
          return computeChoice(scope, draft.id, choices);
        });
        const { subtotalMinor, discountMinor, taxMinor, totalMinor } = chosen.totals;
        expect({ name: golden.name, subtotalMinor, discountMinor, taxMinor, totalMinor, depositMinor: chosen.depositMinor }).toEqual({
          name: golden.name,
          subtotalMinor: expected.subtotalMinor,
          discountMinor: expected.discountMinor,
          taxMinor: expected.taxMinor,
          totalMinor: expected.totalMinor,
          depositMinor: expected.depositMinor,
        });
        expect(chosen.lines.map(({ id }) => id)).toEqual(expected.billed.map((id) => ids.get(id)));
        if (expected.plan) expect(chosen.plan?.map(({ amountMinor }) => amountMinor)).toEqual(expected.plan);
      }
      expect(await own.office((scope) => verifyBooks(scope))).toEqual([]);
    }
  });

  it('gives numbers of a series of their own, without a gap, and freezes what was written', async () => {
    const own = await makeBooks(database().database);
    const numbers = [];
    for (const amountMinor of [100, 200]) {
      const draft = await own.office((scope) => createDraft(scope, { customerId: own.customer, lines: [oneOf(amountMinor)], terms: 'Half on start.' }));
      numbers.push((await own.office((scope) => issueEstimate(scope, draft.id))).number);
      expect((await refusalOf(own.office((scope) => issueEstimate(scope, draft.id)))).code).toBe('estimate_issued');
      expect((await refusalOf(own.office((scope) => saveDraft(scope, { documentId: draft.id, version: 1, body: draft.body })))).code).toBe('estimate_issued');
    }
    expect(numbers).toEqual(['E-1001', 'E-1002']);
    const refused = await drafted([]);
    expect((await refusalOf(books.office((scope) => issueEstimate(scope, refused.id)))).code).toBe('no_lines');
    expect(await own.office((scope) => verifyBooks(scope))).toEqual([]);
    const change = (statement: string) => own.office((scope) => sql`${sql.raw(statement)} where business_id = ${own.business}`.execute(scope.tx));
    await expect(change("update estimates set terms = ''")).rejects.toThrow(/permission/);
    await expect(change("update document_lines set name = ''")).rejects.toThrow(/permission/);
    await expect(
      own.office((scope) => sql`update estimate_standings set total_minor = 1 where business_id = ${own.business}`.execute(scope.tx)),
    ).rejects.toThrow(/never changes/);
  });

  it('shows lines that are not suggested with what they come to, and a part with nothing suggested', async () => {
    const [first, second] = books.properties;
    const lines = [oneOf(1_000, { propertyId: first }), oneOf(2_000, { propertyId: second, choice: optional(false) })];
    const { id, totalMinor } = await issued(lines, { scope: 'Two places', exclusions: 'Painting', validUntil: addDays(today(), 5) });
    const { facts, standing } = await books.office((scope) => readEstimate(scope, id));
    expect(totalMinor).toBe(1_083n);
    expect(facts.lines.map(({ netMinor, choice }) => [netMinor, choice?.kind ?? null])).toEqual([
      [1_000n, null],
      [2_000n, 'optional'],
    ]);
    expect(facts.parts.map((part) => part.totalMinor)).toEqual([1_083n, 0n]);
    expect(facts.document).toMatchObject({ number: expect.stringMatching(/^E-\d+$/), revision: 1, scope: 'Two places', exclusions: 'Painting' });
    expect(standing).toMatchObject({ state: 'sent', now: 'sent', totalMinor: 1_083n, chosenMinor: null });
    expect(await books.office((scope) => verifyBooks(scope))).toEqual([]);
  });

  it('T4 the customer sees what is shown to them, and what it comes to as they choose; nobody else, and no draft', async () => {
    const draft = await drafted([oneOf(1_000), oneOf(500, { choice: optional(false) })]);
    const granted = { customers: [books.customer] };
    const see = (who: Parameters<Books['portal']>[0]) => books.portal(who, (scope) => readEstimate(scope, draft.id));
    expect((await refusalOf(see(granted))).code).toBe('not_found');
    await books.office((scope) => issueEstimate(scope, draft.id));
    expect((await refusalOf(see(granted))).code).toBe('not_found');
    await books.office((scope) => showEstimate(scope, draft.id));
    const view = await see(granted);
    expect(view.viewer).toMatchObject({ name: 'Dana Whitlock', approveLimitMinor: 0n, whole: true });
    expect(view.asks).toMatchObject({ commercial: true, codeThresholdMinor: 100_000n, undoHours: 24 });
    const second = view.facts.lines[1]?.id;
    expect((await books.portal(granted, (scope) => computeChoice(scope, draft.id, { options: [second] }))).totals.totalMinor).toBe(1_624n);
    for (const who of [{ customers: [books.exempt] }, { properties: [books.properties[0]] }, { customers: [books.customer], document: newId() }]) {
      expect((await refusalOf(see(who))).code).toBe('not_found');
      expect((await refusalOf(books.portal(who, (scope) => computeChoice(scope, draft.id, {})))).code).toBe('not_found');
    }
    const other = await makeBooks(database().database);
    expect((await refusalOf(other.office((scope) => readEstimate(scope, draft.id)))).code).toBe('not_found');
    for (const act of [withdrawEstimate, extendEstimate] as const)
      expect((await refusalOf(books.portal(granted, async (scope) => act(scope, { documentId: draft.id, reason: '', validUntil: '2030-01-01' })))).code).toBe(
        'not_allowed',
      );
  });
});

describe('a new version', () => {
  it('keeps the number, replaces the one before, and says what changed', async () => {
    const [kept, gone] = [newId(), newId()];
    const first = await issued([oneOf(1_000, { id: kept }), oneOf(500, { id: gone, name: 'Extra', choice: optional(false) })], { exclusions: 'Paint' });
    const draft = await books.office((scope) => reviseEstimate(scope, first.id));
    expect(draft).toMatchObject({ revision: 2, replaces: { id: first.id, number: first.number, revision: 1 } });
    expect(draft.body.lines.map(({ id }) => id)).toEqual([kept, gone]);
    expect(await refusalOf(books.office((scope) => reviseEstimate(scope, first.id)))).toMatchObject({ code: 'revision_waits', details: { draftId: draft.id } });
    const lines = [oneOf(1_200, { id: kept }), oneOf(300, { name: 'Sealing' })];
    const body = { customerId: books.customer, lines, exclusions: '' };
    await books.office((scope) => saveDraft(scope, { documentId: draft.id, version: draft.version, body }));
    const second = await books.office((scope) => issueEstimate(scope, draft.id));
    expect(second).toMatchObject({ number: first.number, revision: 2 });
    const old = await books.portal({ customers: [books.customer] }, (scope) => readEstimate(scope, first.id));
    expect(old.standing).toMatchObject({ now: 'replaced', replacedBy: { id: second.id, number: first.number, revision: 2 } });
    const view = await books.portal({ customers: [books.customer] }, (scope) => readEstimate(scope, second.id));
    expect(view.changes).toEqual([
      { what: 'line_changed', name: 'Drain cleaning', fromMinor: 1_000n, toMinor: 1_200n, fields: ['unitPriceMilli'] },
      { what: 'line_added', name: 'Sealing', amountMinor: 300n },
      { what: 'line_removed', name: 'Extra', amountMinor: 500n },
      { what: 'tax', fromMinor: 83n, toMinor: 124n },
      { what: 'total', fromMinor: 1_083n, toMinor: 1_624n },
      { what: 'exclusions', from: 'Paint', to: '' },
    ]);
    expect(await books.office((scope) => changesOf(scope, first.id, second.id))).toEqual(view.changes);
    const { revisions } = await books.office((scope) => readOfficeFacts(scope, second.id));
    expect(revisions.map(({ revision, state }) => [revision, state])).toEqual([
      [1, 'replaced'],
      [2, 'sent'],
    ]);
    for (const act of [
      () => books.office((scope) => reviseEstimate(scope, first.id)),
      () => books.office((scope) => withdrawEstimate(scope, { documentId: first.id, reason: '' })),
    ])
      expect(await refusalOf(act())).toMatchObject({ code: 'estimate_replaced', details: { replacedBy: second.id } });
    expect(await books.office((scope) => verifyBooks(scope))).toEqual([]);
  });
});

describe('an estimate that waits', () => {
  it('expires after its last day, and is given more time', async () => {
    const { id } = await issued();
    await books.office((scope) =>
      sql`update estimate_standings set valid_until = ${addDays(today(), -1)} where business_id = ${books.business} and document_id = ${id}`.execute(scope.tx),
    );
    expect((await books.office((scope) => readEstimate(scope, id))).standing).toMatchObject({ state: 'sent', now: 'expired' });
    const validUntil = addDays(today(), 10);
    const early = books.office((scope) => extendEstimate(scope, { documentId: id, validUntil: addDays(today(), -1) }));
    expect((await refusalOf(early)).code).toBe('valid_not_later');
    await books.office((scope) => extendEstimate(scope, { documentId: id, validUntil }));
    expect((await books.office((scope) => readEstimate(scope, id))).standing).toMatchObject({ now: 'sent', validUntil });
  });

  it('is withdrawn once, with the reason', async () => {
    const { id } = await issued();
    await books.office((scope) => withdrawEstimate(scope, { documentId: id, reason: 'Wrong house' }));
    expect((await books.office((scope) => readEstimate(scope, id))).standing).toMatchObject({
      now: 'withdrawn',
      reason: 'Wrong house',
      decidedBy: 'Ida Brandt',
    });
    expect((await refusalOf(books.office((scope) => withdrawEstimate(scope, { documentId: id, reason: '' })))).code).toBe('estimate_withdrawn');
  });
});

it('lists estimates by where they stand, page by page, finds them, and sums what waits', async () => {
  const own = await makeBooks(database().database);
  const make = async (amountMinor: number, more: object = {}) => {
    const draft = await own.office((scope) => createDraft(scope, { customerId: own.customer, lines: [oneOf(amountMinor, { taxRateId: null })], ...more }));
    return own.office((scope) => issueEstimate(scope, draft.id, { show: true }));
  };
  const soon = await make(1_000, { validUntil: addDays(today(), 3), poNumber: 'PO-77' });
  const later = await make(2_000);
  const taken = await make(4_000);
  await own.office((scope) => withdrawEstimate(scope, { documentId: taken.id, reason: '' }));
  await own.office((scope) => createDraft(scope, { customerId: own.customer, lines: [oneOf(5)] }));
  const ids = async (filter: Parameters<typeof listEstimates>[1]) => (await own.office((scope) => listEstimates(scope, filter))).rows.map(({ id }) => id);
  expect(await ids({ tab: 'waiting' })).toEqual([later.id, soon.id]);
  expect(await ids({ tab: 'expiring' })).toEqual([soon.id]);
  expect(await ids({ tab: 'withdrawn' })).toEqual([taken.id]);
  expect(await ids({ tab: 'all', search: 'po-77' })).toEqual([soon.id]);
  expect(await ids({ tab: 'all', search: later.number })).toEqual([later.id]);
  expect(await ids({ tab: 'all', customerId: own.exempt })).toEqual([]);
  const first = await own.office((scope) => listEstimates(scope, { tab: 'waiting', limit: 1 }));
  expect(first.rows.map(({ id }) => id)).toEqual([later.id]);
  expect(await ids({ tab: 'waiting', limit: 1, cursor: first.next ?? '' })).toEqual([soon.id]);
  expect((await refusalOf(ids({ tab: 'all', cursor: first.next ?? '' }))).code).toBe('cursor_invalid');
  expect(await own.office((scope) => countTabs(scope, {}))).toMatchObject({ waiting: 2, expiring: 1, draft: 1, withdrawn: 1, all: 4, approved: 0 });
  expect(await own.office((scope) => estimateTotals(scope))).toEqual({
    ...{ currency: 'USD', waitingCount: 2, waitingMinor: 3_000n, expiringCount: 1, expiringMinor: 1_000n },
    ...{ approvedThisMonthCount: 0, approvedThisMonthMinor: 0n, winRatePpm: null, daysToDecide: null },
  });
  expect(await own.office((scope) => readRules(scope))).toEqual({
    ...{ word: 'estimate', validDays: 30, terms: '', remindDays: 3, undoHours: 24, codeThresholdMinor: 100_000n },
  });
});
