import { beforeAll, describe, expect, it } from 'vitest';
import { type Books, makeBooks, oneOf } from '../../../test/books.ts';
import { testDatabase } from '../../../test/db.ts';
import { Refusal } from '../../core/refusal.ts';
import { newId } from '../../db/fresh.ts';
import { inTransaction, type Scope } from '../../db/scope.ts';
import {
  computeChoice,
  createChangeOrder,
  createDraft,
  duplicateEstimate,
  issueEstimate,
  listEstimates,
  readEstimate,
  readEstimateDesk,
  reviseEstimate,
  withdrawEstimate,
} from '../estimates/estimates.ts';
import { verifyBooks } from '../ledger/ledger.ts';
import { approveEstimate, brokenApproval, declineEstimate, readApproval, undoApproval } from './approvals.ts';

const database = testDatabase(12);
let books: Books;
beforeAll(async () => {
  books = await makeBooks(database().database);
  await books.office(({ tx, business }) =>
    tx.updateTable('grants').set({ can_manage: true }).where('business_id', '=', business).where('person_id', '=', books.person).execute(),
  );
});

const refusalOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing was refused',
    (error: unknown) => (error instanceof Refusal ? error.code : Promise.reject(error)),
  );
const untaxed = (amountMinor: number, more: object = {}) => oneOf(amountMinor, { taxRateId: null, ...more });
const issue = (id: string) => books.office((scope) => issueEstimate(scope, id, { show: true }));
const sent = async (lines: readonly unknown[]) =>
  issue((await books.office((scope) => createDraft(scope, { customerId: books.customer, lines, terms: 'Half on start.' }))).id);
const changed = (estimateId: string, lines: readonly unknown[], more: object = {}) =>
  books.office((scope) => createChangeOrder(scope, estimateId, { lines, ...more }));
const sentChange = async (estimateId: string, lines: readonly unknown[]) => issue((await changed(estimateId, lines)).id);

/** Dana by the link to one paper: she sees that one alone. */
const byLink = <T>(document: string, work: (scope: Scope) => Promise<T>): Promise<T> => {
  const actor = { kind: 'person', id: books.person, name: 'Dana Whitlock' } as const;
  const { business, customer, person } = books;
  return inTransaction(books.database, { role: 'portal', business, actor, customers: [customer], accounts: [customer], people: [person], document }, work);
};
const signed = (documentId: string, totalMinor: bigint) => ({
  ...{ documentId, personId: books.person, totalMinor, identifiedBy: 'code' as const, typedName: 'Dana Whitlock', acceptTerms: true },
});
const approve = (documentId: string, totalMinor: bigint) => byLink(documentId, (scope) => approveEstimate(scope, signed(documentId, totalMinor)));
const undo = (documentId: string) =>
  byLink(documentId, (scope) => undoApproval(scope, { documentId, personId: books.person, identifiedBy: 'code', typedName: 'Dana Whitlock' }));
const contractOf = async (id: string) => (await books.office((scope) => readEstimateDesk(scope, id))).contract;
const agreed = async (): Promise<string> => {
  const { id } = await sent([untaxed(100_000)]);
  await approve(id, 100_000n);
  return id;
};

describe('a change order', () => {
  it('is drafted on an approved estimate only, for its customer, and numbered by the contract', async () => {
    const waiting = await sent([untaxed(100_000)]);
    expect(await refusalOf(changed(waiting.id, [untaxed(100)]))).toBe('estimate_not_approved');
    await approve(waiting.id, 100_000n);
    const draft = await changed(waiting.id, [untaxed(25_000)], { scope: 'A second sink, because the first is too small.' });
    expect(draft).toMatchObject({ amends: { number: waiting.number }, body: { customerId: books.customer, terms: 'Half on start.', plan: null } });
    const first = await issue(draft.id);
    const second = await sentChange(waiting.id, [untaxed(500)]);
    expect([first.number, second.number]).toEqual([`${waiting.number}-CO1`, `${waiting.number}-CO2`]);
    const { facts } = await books.office((scope) => readEstimate(scope, first.id));
    expect(facts.document).toMatchObject({ word: 'change_order', amends: waiting.number });
    const again = await issue((await books.office((scope) => reviseEstimate(scope, first.id))).id);
    expect(again).toMatchObject({ number: first.number, revision: 2 });
    const copy = await books.office((scope) => duplicateEstimate(scope, second.id));
    expect(copy.amends?.number).toBe(waiting.number);
    const { rows } = await books.office((scope) => listEstimates(scope, { tab: 'all', changesOf: waiting.id }));
    expect(rows.map(({ number, amends }) => [number, amends?.number]).sort()).toEqual(
      [
        [null, waiting.number],
        [first.number, waiting.number],
        [second.number, waiting.number],
      ].sort(),
    );
    expect(await books.office((scope) => verifyBooks(scope))).toEqual([]);
  });

  it('M7 approved by its own link moves the contract to date, which both sides read, and the record holds the contract before it', async () => {
    const id = await agreed();
    const more = await sentChange(id, [untaxed(25_000)]);
    const less = await sentChange(id, [untaxed(5_000), oneOf(-20_000, { taxRateId: null, name: 'No island' })]);
    expect(less.totalMinor).toBe(-15_000n);
    const waiting = await byLink(more.id, (scope) => readEstimate(scope, more.id));
    expect(waiting.contract).toMatchObject({ originalMinor: 100_000n, changesMinor: 0n, contractMinor: 100_000n, stands: true });
    // By the link to one paper the others are not seen, nor told of.
    expect(waiting.changeOrders.map((each) => each.id)).toEqual([more.id]);
    const { approvalId } = await approve(more.id, 25_000n);
    await approve(less.id, -15_000n);
    const record = await books.system((scope) => readApproval(scope, approvalId));
    expect(JSON.parse(record.facts)).toMatchObject({ contract: { originalMinor: 100_000, changesMinor: 0 }, chosen: { totalMinor: 25_000 } });
    const expected = { originalMinor: 100_000n, changesMinor: 10_000n, changeCount: 2, contractMinor: 110_000n, estimateId: id };
    expect(await contractOf(id)).toMatchObject(expected);
    expect(await contractOf(less.id)).toMatchObject(expected);
    const seen = await byLink(id, (scope) => readEstimate(scope, id));
    expect(seen.contract).toMatchObject(expected);
    const whole = await books.portal({ customers: [books.customer] }, (scope) => readEstimate(scope, id));
    expect(whole.changeOrders.map(({ number, now, chosenMinor }) => [number, now, chosenMinor])).toEqual([
      [more.number, 'approved', 25_000n],
      [less.number, 'approved', -15_000n],
    ]);
    expect(await books.office((scope) => verifyBooks(scope))).toEqual([]);
    expect(await books.system((scope) => brokenApproval(scope))).toBeNull();
  });

  it('rule 36: is undone by itself, and keeps its estimate from being undone while it stands; on what stands no more nothing is signed', async () => {
    const id = await agreed();
    const change = await sentChange(id, [untaxed(25_000)]);
    await approve(change.id, 25_000n);
    expect(await refusalOf(undo(id))).toBe('undo_over');
    await undo(change.id);
    expect(await contractOf(id)).toMatchObject({ changesMinor: 0n, changeCount: 0, contractMinor: 100_000n });
    await undo(id);
    expect(await contractOf(id)).toMatchObject({ stands: false, contractMinor: 0n });
    expect(await refusalOf(approve(change.id, 25_000n))).toBe('change_needs_contract');
    expect(await refusalOf(changed(id, [untaxed(100)]))).toBe('estimate_not_approved');
    await approve(id, 100_000n);
    await approve(change.id, 25_000n);
    expect(await contractOf(id)).toMatchObject({ stands: true, contractMinor: 125_000n });
    expect(await books.office((scope) => verifyBooks(scope))).toEqual([]);
  });

  it('follows a new version of its estimate that was approved in the place of the first', async () => {
    const id = await agreed();
    const change = await sentChange(id, [untaxed(1_000)]);
    await undo(id);
    const next = await issue((await books.office((scope) => reviseEstimate(scope, id))).id);
    await approve(next.id, 100_000n);
    await approve(change.id, 1_000n);
    expect(await contractOf(change.id)).toMatchObject({ estimateId: next.id, contractMinor: 101_000n });
    expect((await byLink(next.id, (scope) => readEstimate(scope, next.id))).contract).toMatchObject({ contractMinor: 101_000n });
  });

  it('C5 C10 of twenty parallel presses on two change orders each counts once', async () => {
    const id = await agreed();
    const two = [await sentChange(id, [untaxed(1_000)]), await sentChange(id, [untaxed(2_000)])] as const;
    const presses = Array.from({ length: 20 }, (_, at) => two[at % 2 === 0 ? 0 : 1]);
    const all = await Promise.allSettled(presses.map((each) => approve(each.id, each.totalMinor)));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    for (const each of all) if (each.status === 'rejected') expect((each.reason as Refusal).code).toBe('already_decided');
    expect(await contractOf(id)).toMatchObject({ changesMinor: 3_000n, changeCount: 2 });
    expect(await books.office((scope) => verifyBooks(scope))).toEqual([]);
  });

  it('M8 parallel issues of change orders leave no gap in the numbers of their contract', async () => {
    const id = await agreed();
    const drafts = await Promise.all(Array.from({ length: 8 }, () => changed(id, [untaxed(100)])));
    const issued = await Promise.all(drafts.map((draft) => issue(draft.id)));
    const numbers = issued.map(({ number }) => Number(number.split('-CO')[1])).sort((a, b) => a - b);
    expect(numbers).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(await books.office((scope) => verifyBooks(scope))).toEqual([]);
  });

  it('has choices like an estimate, is declined, and is withdrawn, without moving the contract', async () => {
    const id = await agreed();
    const option = newId();
    const change = await sentChange(id, [untaxed(1_000), untaxed(400, { id: option, choice: { kind: 'optional', chosen: false } })]);
    const made = await byLink(change.id, (scope) => computeChoice(scope, change.id, { options: [option] }));
    expect(made.totals.totalMinor).toBe(1_400n);
    await byLink(change.id, (scope) => declineEstimate(scope, { documentId: change.id, personId: books.person, identifiedBy: 'code' }));
    const other = await sentChange(id, [untaxed(7)]);
    await books.office((scope) => withdrawEstimate(scope, { documentId: other.id, reason: '' }));
    expect(await contractOf(id)).toMatchObject({ changesMinor: 0n, changeCount: 0 });
    expect(await books.office((scope) => verifyBooks(scope))).toEqual([]);
  });

  it('T4 T6 a change order of somebody else, and its contract, are nothing at all', async () => {
    const id = await agreed();
    const draft = await changed(id, [untaxed(100)]);
    const stranger = (work: (scope: Scope) => Promise<unknown>) => books.portal({ customers: [books.exempt] }, work);
    expect(await refusalOf(stranger((scope) => readEstimate(scope, id)))).toBe('not_found');
    expect(await stranger(({ tx }) => tx.selectFrom('contracts').selectAll().execute())).toEqual([]);
    expect(await refusalOf(byLink(id, (scope) => readEstimate(scope, draft.id)))).toBe('not_found');
    const other = await makeBooks(database().database);
    expect(await refusalOf(other.office((scope) => createChangeOrder(scope, id, { lines: [untaxed(1)] })))).toBe('not_found');
    expect(await refusalOf(books.portal({ customers: [books.customer] }, async (scope) => createChangeOrder(scope, id, {})))).toBe('not_allowed');
  });

  it('a price below zero is refused of an estimate still', async () => {
    expect(await refusalOf(books.office((scope) => createDraft(scope, { customerId: books.customer, lines: [untaxed(-100)] })))).toBe('total_negative');
  });
});
