import { beforeAll, describe, expect, it } from 'vitest';
import { type Books, makeBooks, oneOf } from '../../../test/books.ts';
import { testDatabase } from '../../../test/db.ts';
import { Refusal } from '../../core/refusal.ts';
import { newId } from '../../db/fresh.ts';
import { createChangeOrder, createDraft, issueEstimate, readEstimate, readEstimateDesk } from '../estimates/estimates.ts';
import { discardDraft, issueInvoice, readInvoice, releaseRetainage, replaceInvoice, saveDraft, voidInvoice } from '../invoices/invoices.ts';
import { verifyBooks } from '../ledger/ledger.ts';
import { writeCreditNote } from '../payments/payments.ts';
import { approveEstimate, billContract, makeInvoice, undoApproval } from './approvals.ts';

const database = testDatabase(12);
let books: Books;
beforeAll(async () => {
  books = await makeBooks(database().database);
  await books.system(({ tx, business }) =>
    tx.updateTable('grants').set({ can_manage: true }).where('business_id', '=', business).where('person_id', '=', books.person).execute(),
  );
});

const refusal = (work: Promise<unknown>): Promise<Refusal> =>
  work.then(
    () => Promise.reject(new Error('nothing was refused')),
    (error: unknown) => (error instanceof Refusal ? error : Promise.reject(error)),
  );
const refusalOf = async (work: Promise<unknown>): Promise<string> => (await refusal(work)).code;
const by = () => ({ personId: books.person, identifiedBy: 'office' as const, typedName: 'Dana Whitlock' });
const approve = (documentId: string, totalMinor: bigint) =>
  books.system((scope) => approveEstimate(scope, { ...by(), documentId, totalMinor, acceptTerms: true }));
const plan = [
  { label: 'Cabinets in', ratePpm: 400_000n },
  { label: 'Counters in', ratePpm: 350_000n },
  { label: 'Done', ratePpm: 250_000n },
];
/** Approved, $1,000.00 taxed and $333.33 not: $1,415.83 in all. */
const agreed = async (more: object = {}): Promise<{ id: string; number: string }> => {
  const lines = [oneOf(100_000, { name: 'Cabinets' }), oneOf(33_333, { name: 'Permit', taxRateId: null })];
  const draft = await books.office((scope) => createDraft(scope, { customerId: books.customer, lines, plan, ...more }));
  const { id, number, totalMinor } = await books.office((scope) => issueEstimate(scope, draft.id, { show: true }));
  await approve(id, totalMinor);
  return { id, number };
};
const changed = async (estimateId: string, amountMinor: number): Promise<string> => {
  const lines = [oneOf(amountMinor, { taxRateId: null, name: 'Change' })];
  const draft = await books.office((scope) => createChangeOrder(scope, estimateId, { lines }));
  await books.office((scope) => issueEstimate(scope, draft.id, { show: true }));
  await approve(draft.id, BigInt(amountMinor));
  return draft.id;
};
const bill = (id: string, what: object) => books.system((scope) => billContract(scope, id, what));
const issue = (id: string) => books.office((scope) => issueInvoice(scope, id, { show: true }));
const desk = (id: string) => books.office((scope) => readEstimateDesk(scope, id));
const verified = async () => expect(await books.office((scope) => verifyBooks(scope))).toEqual([]);

describe('billing a contract', () => {
  it('M6 M7 stage by stage comes to the contract to the cent, tax included, and a stage is billed once', async () => {
    const { id } = await agreed();
    expect((await desk(id)).billing).toMatchObject({ openMinor: 141_583n, stages: [{ label: 'Cabinets in', amountMinor: 56_633n, invoiceId: null }, {}, {}] });
    let billed = 0n;
    for (const stage of [0, 1, 2]) {
      const draft = await bill(id, { kind: 'stage', stage });
      const { totalMinor } = await issue(draft.id);
      billed += totalMinor;
      expect((await refusal(bill(id, { kind: 'stage', stage }))).details).toMatchObject({ invoiceId: draft.id });
      expect((await desk(id)).contract).toMatchObject({ billedMinor: billed, leftMinor: 141_583n - billed });
    }
    expect(billed).toBe(141_583n);
    expect(await refusalOf(bill(id, { kind: 'rest' }))).toBe('nothing_left_to_bill');
    const { contract, billing } = await desk(id);
    expect(contract).toMatchObject({ billedMinor: 141_583n, leftMinor: 0n });
    expect(billing.invoices.map((each) => [each.bill, each.stage, each.state])).toEqual([0, 1, 2].map((stage) => ['stage', stage, 'issued']));
    const seen = await books.portal({ customers: [books.customer], document: id }, (scope) => readEstimate(scope, id));
    expect(seen.contract).toMatchObject({ billedMinor: 141_583n, leftMinor: 0n });
    await verified();
  });

  it('by percent, amount and the rest, with approved changes, each line with its rate and the contract to date in words', async () => {
    const { id, number } = await agreed();
    await changed(id, 8_417);
    const third = await bill(id, { kind: 'percent', ratePpm: 300_000 });
    expect(third.totals.totalMinor).toBe(45_000n);
    expect(third.body.lines[0]).toMatchObject({ name: `30% of ${number}`, description: 'Contract to date $1,500.00, billed before $0.00' });
    expect(third.body).toMatchObject({ pricesIncludeTax: true, poNumber: '' });
    const more = await refusal(bill(id, { kind: 'amount', amountMinor: 105_001 }));
    expect([more.code, more.details['leftMinor']]).toEqual(['over_contract', 105_000n]);
    await bill(id, { kind: 'amount', amountMinor: 5_000 });
    const rest = await bill(id, { kind: 'rest' });
    expect(rest.totals.totalMinor).toBe(100_000n);
    expect(await refusalOf(bill(id, { kind: 'stage', stage: 3 }))).toBe('stage_unknown');
    expect(await refusalOf(bill(id, { kind: 'half' }))).toBe('wrong_choice');
    for (const { id: invoice } of (await desk(id)).billing.invoices) await issue(invoice);
    expect((await desk(id)).contract).toMatchObject({ contractMinor: 150_000n, billedMinor: 150_000n });
    await verified();
  });

  it('a change order is billed whole, line by line; one that takes away lowers what is left', async () => {
    const { id } = await agreed();
    const change = await changed(id, 20_000);
    expect(await refusalOf(bill(change, { kind: 'rest' }))).toBe('change_billed_whole');
    const draft = await bill(change, { kind: 'whole' });
    expect(draft.body.lines).toMatchObject([{ name: 'Change' }]);
    expect(await refusalOf(bill(change, { kind: 'whole' }))).toBe('estimate_invoiced');
    const less = await changed(id, -1_583);
    expect(await refusalOf(bill(less, { kind: 'whole' }))).toBe('nothing_left_to_bill');
    await issue(draft.id);
    expect((await bill(id, { kind: 'rest' })).totals.totalMinor).toBe(140_000n);
    expect((await refusal(books.system((scope) => makeInvoice(scope, id)))).code).toBe('estimate_invoiced');
    await verified();
  });

  it('C5 C10 of fifty parallel presses no more is billed than the contract', async () => {
    const { id } = await agreed();
    const presses = Array.from({ length: 50 }, (_, at) => (at % 2 === 0 ? { kind: 'percent', ratePpm: 300_000 } : { kind: 'stage', stage: 0 }));
    const all = await Promise.allSettled(presses.map((what) => bill(id, what)));
    for (const each of all)
      if (each.status === 'rejected') expect(['over_contract', 'stage_invoiced', 'nothing_left_to_bill']).toContain((each.reason as Refusal).code);
    const { billing } = await desk(id);
    expect(billing.draftedMinor).toBeLessThanOrEqual(141_583n);
    expect(billing.draftedMinor).toBeGreaterThan(141_583n / 2n);
    const issued = await Promise.all(billing.invoices.map((each) => issue(each.id)));
    expect((await desk(id)).contract?.billedMinor).toBe(issued.reduce((sum, { totalMinor }) => sum + totalMinor, 0n));
    await verified();
  });

  it('a draft that was raised is refused as it is issued; thrown away or canceled, its part is free again', async () => {
    const { id } = await agreed();
    const draft = await bill(id, { kind: 'stage', stage: 0 });
    const raised = { ...draft.body, lines: [{ ...draft.body.lines[0], unitPriceMilli: 200_000_000n }] };
    await books.office((scope) => saveDraft(scope, { documentId: draft.id, version: draft.version, body: raised }));
    expect(await refusalOf(issue(draft.id))).toBe('over_contract');
    await books.office((scope) => discardDraft(scope, draft.id));
    expect((await desk(id)).billing).toMatchObject({ invoices: [], openMinor: 141_583n });
    const again = await bill(id, { kind: 'stage', stage: 0 });
    await issue(again.id);
    await books.office((scope) => voidInvoice(scope, { documentId: again.id, reason: 'Wrong stage' }));
    expect(await desk(id)).toMatchObject({ invoice: null, contract: { billedMinor: 0n }, billing: { stages: [{ invoiceId: null }, {}, {}] } });
    // Canceled, not thrown away, it does not stand in the way of another, nor of taking the approval back.
    const whole = await books.system((scope) => makeInvoice(scope, id));
    expect(whole.totals.totalMinor).toBe(141_583n);
    await issue(whole.id);
    await books.office((scope) => voidInvoice(scope, { documentId: whole.id, reason: 'Not agreed' }));
    await books.system((scope) => undoApproval(scope, { ...by(), documentId: id }));
    await verified();
  });

  it('what is corrected and replaced bills the same once, and what a credit note takes back may be billed again', async () => {
    const { id } = await agreed();
    const first = await issue((await bill(id, { kind: 'stage', stage: 0 })).id);
    const fresh = await books.office((scope) => replaceInvoice(scope, first.id));
    await issue(fresh.id);
    expect(await desk(id)).toMatchObject({ invoice: { id: fresh.id }, contract: { billedMinor: 56_633n } });
    expect(await refusalOf(bill(id, { kind: 'stage', stage: 0 }))).toBe('stage_invoiced');
    await books.system((scope) =>
      writeCreditNote(scope, { id: newId(), documentId: fresh.id, choice: { kind: 'amount', amountMinor: 6_633n }, reason: 'Smaller' }),
    );
    expect((await desk(id)).contract).toMatchObject({ billedMinor: 50_000n, leftMinor: 91_583n });
    await verified();
  });

  it('T5 a contract of somebody else is nothing to bill', async () => {
    const { id } = await agreed();
    const other = await makeBooks(database().database);
    expect(await refusalOf(other.system((scope) => billContract(scope, id, { kind: 'rest' })))).toBe('not_found');
  });
});

describe('retainage', () => {
  const figures = async (id: string) => {
    const { facts } = await books.office((scope) => readInvoice(scope, id));
    if (!('standing' in facts)) throw new Error('the office sees whole invoices');
    const { balanceMinor, dueNowMinor, dueLaterMinor, heldBackMinor, payableMinor } = facts.standing;
    return { balanceMinor, dueNowMinor, dueLaterMinor, heldBackMinor, payableMinor };
  };
  const rowsOf = async (id: string) => {
    const { facts } = await books.office((scope) => readInvoice(scope, id));
    return 'standing' in facts ? facts.standing.installments?.map(({ amountMinor }) => amountMinor) : null;
  };
  const held = async (id: string) => issue((await books.system((scope) => billContract(scope, id, { kind: 'stage', stage: 0 }, 100_000))).id);
  const release = (documentId: string, amountMinor: bigint | null, dueOn: string) =>
    books.system((scope) => releaseRetainage(scope, { documentId, amountMinor, dueOn }));

  it('rule 21: a share of each invoice from then on is owed and not due, and the books hold it apart', async () => {
    const { id } = await agreed();
    const bill0 = await held(id);
    expect(await figures(bill0.id)).toEqual({ balanceMinor: 56_633n, dueNowMinor: 50_970n, dueLaterMinor: 0n, heldBackMinor: 5_663n, payableMinor: 50_970n });
    const next = await issue((await bill(id, { kind: 'stage', stage: 1 })).id);
    expect((await figures(next.id)).heldBackMinor).toBe(4_955n);
    const { contract, billing } = await desk(id);
    expect(contract?.retainagePpm).toBe(100_000);
    expect(billing.invoices.map(({ heldBackMinor }) => heldBackMinor)).toEqual([5_663n, 4_955n]);
    const seen = await books.portal({ customers: [books.customer] }, (scope) => readInvoice(scope, bill0.id));
    expect(seen.facts).toMatchObject({ standing: { heldBackMinor: 5_663n }, document: { heldBackMinor: 5_663n } });
    await verified();
  });

  it('released in parts it is due on days of its own, while the rest of the bill keeps its day; never more than is held', async () => {
    const { id } = await agreed();
    const { id: invoice } = await held(id);
    const tooMuch = await refusal(release(invoice, 5_664n, '2099-01-31'));
    expect([tooMuch.code, tooMuch.details['heldBackMinor']]).toEqual(['more_than_held_back', 5_663n]);
    await release(invoice, 2_000n, '2099-01-31');
    // A bill in parts is due by their days: the first keeps that of the bill.
    expect(await figures(invoice)).toMatchObject({ dueNowMinor: 0n, dueLaterMinor: 52_970n, heldBackMinor: 3_663n, payableMinor: 52_970n });
    await verified();
    await release(invoice, null, '2099-03-31');
    expect(await rowsOf(invoice)).toEqual([50_970n, 2_000n, 3_663n]);
    expect(await figures(invoice)).toMatchObject({ dueNowMinor: 0n, dueLaterMinor: 56_633n, heldBackMinor: 0n });
    expect(await refusalOf(release(invoice, null, '2099-03-31'))).toBe('nothing_held_back');
    expect(await refusalOf(release(invoice, 1n, '2020-01-01'))).toBe('nothing_held_back');
    await verified();
  });

  it('C5 C10 of twenty parallel releases no more than is held becomes due; a canceled bill holds nothing', async () => {
    const { id } = await agreed();
    const { id: invoice } = await held(id);
    const all = await Promise.allSettled(Array.from({ length: 20 }, () => release(invoice, 2_000n, '2099-01-31')));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    expect(await figures(invoice)).toMatchObject({ dueLaterMinor: 54_970n, heldBackMinor: 1_663n });
    const { id: other } = await issue((await bill(id, { kind: 'stage', stage: 1 })).id);
    await books.office((scope) => voidInvoice(scope, { documentId: other, reason: 'Wrong' }));
    expect(await figures(other)).toMatchObject({ balanceMinor: 0n, heldBackMinor: 0n });
    expect(await refusalOf(books.system((scope) => billContract(scope, id, { kind: 'rest' }, 500_001)))).toBe('retainage_rule');
    await verified();
  });
});
