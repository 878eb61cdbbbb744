import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ask, done, type Json } from '../../../test/api-client.ts';
import { aLine, testWorld } from '../../../test/world.ts';
import { publicId } from '../../core/ids.ts';
import { newId } from '../../db/fresh.ts';

const world = testWorld();
const lineId = (): string => publicId('line', newId());

async function sent(more: Json = {}): Promise<Json> {
  const { web, otter } = world();
  const [work, seal] = [lineId(), lineId()];
  const lines = [
    aLine({ id: work, name: 'Work', quantityMilli: 1000, unitPriceMilli: 10_000_000 }),
    aLine({ id: seal, name: 'Sealing', quantityMilli: 1000, unitPriceMilli: 2_000_000, choice: { kind: 'optional', chosen: false } }),
  ];
  const draft = await done(web, otter.owner, 'createEstimate', { body: { customerId: otter.ids.customerId, lines, ...more } });
  const answer = await done(web, otter.owner, 'sendEstimate', {
    params: { estimateId: draft.id },
    body: { personIds: [otter.ids.personId], note: 'As we spoke' },
  });
  return { ...answer.estimate, mails: answer.mails, work, seal };
}

const at = ({ id }: Json) => ({ params: { estimateId: id } });
const said = () => ({ personId: world().otter.ids.personId, typedName: 'Rosa Quill' });

describe('sending and deciding in the API', () => {
  it('sends a draft, and answers who got which mail', async () => {
    const estimate = await sent();
    expect(estimate).toMatchObject({ status: 'sent', shown: true, number: expect.stringMatching(/^E-/), delivery: 'queued' });
    expect(estimate.mails).toMatchObject([{ personId: world().otter.ids.personId, state: 'queued' }]);
  });

  it('records an approval by phone with its evidence, turns it into an invoice, and asks for the deposit once', async () => {
    const { web, otter } = world();
    const estimate = await sent({ deposit: { kind: 'percent', ratePpm: 500_000 } });
    const body = { ...said(), choices: { options: [estimate.seal] } };
    const wrong = await ask(web, otter.owner, 'approveEstimate', { ...at(estimate), body: { ...body, totalMinor: 10_000 } });
    expect([wrong.status, wrong.json.code]).toEqual([409, 'estimate_changed']);
    const approved = await done(web, otter.owner, 'approveEstimate', { ...at(estimate), body: { ...body, totalMinor: 12_000 } });
    expect(approved).toMatchObject({ status: 'approved', standing: { chosenMinor: 12_000, depositMinor: 6_000, decidedBy: 'Rosa Quill' } });
    const again = await ask(web, otter.owner, 'declineEstimate', { ...at(estimate), body: {} });
    expect([again.status, again.json.code]).toEqual([409, 'already_decided']);

    const { items } = await done(web, otter.owner, 'listApprovals', { query: { estimateId: estimate.id, kind: 'approved' } });
    expect(items).toMatchObject([{ kind: 'approved', totalMinor: 12_000, identifiedBy: 'office', typedName: 'Rosa Quill', estimateId: estimate.id }]);
    const { facts, factsSha256 } = await done(web, otter.owner, 'readApproval', { params: { approvalId: items[0].id } });
    expect(createHash('sha256').update(facts).digest('hex')).toBe(factsSha256);
    expect(await done(web, otter.owner, 'checkApprovals', {})).toEqual({ broken: null });
    const paper = await ask(web, otter.owner, 'readApprovalRecord', { params: { approvalId: items[0].id } });
    expect([paper.status, paper.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(items[0].code).toMatch(/^\d+(-[0-9A-F]{4}){5}$/);

    const asked = await done(web, otter.owner, 'askEstimateDeposit', at(estimate));
    expect((await done(web, otter.owner, 'askEstimateDeposit', at(estimate))).depositInvoice).toEqual(asked.depositInvoice);
    const invoice = await done(web, otter.owner, 'invoiceEstimate', at(estimate));
    expect(invoice).toMatchObject({ status: 'draft', totals: { totalMinor: 12_000 } });
    const twice = await ask(web, otter.owner, 'invoiceEstimate', at(estimate));
    expect([twice.status, twice.json.code]).toEqual([409, 'estimate_invoiced']);
    const late = await ask(web, otter.owner, 'undoEstimateApproval', { ...at(estimate), body: said() });
    expect([late.status, late.json.code]).toEqual([409, 'undo_over']);
    const { items: events } = await done(web, otter.owner, 'estimateTimeline', at(estimate));
    expect(events.map(({ kind }: Json) => kind)).toEqual(
      expect.arrayContaining(['estimate.sent', 'estimate.approved', 'estimate.deposit_asked', 'estimate.invoiced']),
    );
  });

  it('records what is to be changed, line by line, and takes an approval back at the word of the customer', async () => {
    const { web, otter } = world();
    const first = await sent();
    const lineReasons = [{ lineId: first.work, reason: 'Only half of it' }];
    const changed = await done(web, otter.owner, 'requestEstimateChanges', { ...at(first), body: { ...said(), lineReasons } });
    expect(changed.status).toBe('changes_requested');
    const { items } = await done(web, otter.owner, 'listApprovals', { query: { estimateId: first.id } });
    expect(items[0].lineReasons).toEqual([{ lineId: first.work, name: 'Work', reason: 'Only half of it' }]);
    const second = await sent();
    await done(web, otter.owner, 'approveEstimate', { ...at(second), body: { ...said(), totalMinor: 10_000 } });
    const undone = await done(web, otter.owner, 'undoEstimateApproval', { ...at(second), body: { reason: 'Called back' } });
    expect(undone).toMatchObject({ status: 'sent', standing: { approvalWithdrawnAt: expect.any(String), chosenMinor: null } });
  });

  it('pages what was decided, newest first, and refuses a cursor of another list', async () => {
    const { web, otter } = world();
    for (let count = 0; count < 3; count += 1) await done(web, otter.owner, 'declineEstimate', { ...at(await sent()), body: { reason: 'No' } });
    const page = await done(web, otter.owner, 'listApprovals', { query: { kind: 'declined', limit: '2' } });
    const rest = await done(web, otter.owner, 'listApprovals', { query: { kind: 'declined', limit: '2', cursor: page.nextCursor } });
    const seqs = [...page.items, ...rest.items].map(({ seq }: Json) => seq);
    expect(seqs.length).toBeGreaterThanOrEqual(3);
    expect(seqs).toEqual(seqs.toSorted((a: number, b: number) => b - a));
    const foreign = await ask(web, otter.owner, 'listApprovals', { query: { kind: 'approved', cursor: page.nextCursor } });
    expect([foreign.status, foreign.json.code]).toEqual([400, 'cursor_invalid']);
  });

  it('begins a change order of what was approved, which is sent and decided on as an estimate, and says the contract to date', async () => {
    const { web, otter } = world();
    const first = await sent();
    const body = { estimateId: first.id, lines: [aLine({ name: 'No sealing', quantityMilli: 1000, unitPriceMilli: -1_500_000 })] };
    const early = await ask(web, otter.owner, 'createChangeOrder', { body });
    expect([early.status, early.json.code]).toEqual([409, 'estimate_not_approved']);
    const approved = await done(web, otter.owner, 'approveEstimate', { ...at(first), body: { ...said(), totalMinor: 10_000 } });
    expect(approved).toMatchObject({ amends: null, changeOrders: [], contract: { number: first.number, originalMinor: 10_000, contractMinor: 10_000 } });
    expect(approved.acts).toContain('amend');
    const draft = await done(web, otter.owner, 'createChangeOrder', { body });
    expect(draft).toMatchObject({ status: 'draft', amends: { id: first.id, number: first.number }, totals: { totalMinor: -1500 }, draft: { plan: null } });
    const previewed = { customerId: otter.ids.customerId, pricesIncludeTax: false, discount: null, lines: body.lines };
    expect(await done(web, otter.owner, 'previewEstimate', { body: { ...previewed, changeOrder: true } })).toMatchObject({ totalMinor: -1500 });
    expect((await ask(web, otter.owner, 'previewEstimate', { body: previewed })).json.code).toBe('total_negative');
    await done(web, otter.owner, 'sendEstimate', { ...at(draft), body: { personIds: [otter.ids.personId], note: '' } });
    const decided = await done(web, otter.owner, 'approveEstimate', { ...at(draft), body: { ...said(), totalMinor: -1500 } });
    const contract = { originalMinor: 10_000, changesMinor: -1500, changeCount: 1, contractMinor: 8500, stands: true };
    expect(decided).toMatchObject({ number: `${first.number}-CO1`, contract, changeOrders: [{ id: draft.id, status: 'approved', chosenMinor: -1500 }] });
    const { items } = await done(web, otter.owner, 'listChangeOrders', { query: { estimateId: first.id } });
    expect(items).toMatchObject([{ id: draft.id, amends: { id: first.id, number: first.number } }]);
    expect(await done(web, otter.owner, 'readChangeOrder', { params: { estimateId: draft.id } })).toMatchObject({ id: draft.id });
    expect((await ask(web, otter.owner, 'readChangeOrder', { params: { estimateId: first.id } })).status).toBe(404);
    const { items: events } = await done(web, otter.owner, 'estimateTimeline', at(draft));
    expect(events.find(({ kind }: Json) => kind === 'estimate.issued')).toMatchObject({ estimateId: draft.id, data: { changes: first.number } });
  });

  it('bills a contract by stage, percent and the rest, and says what was billed and what is left', async () => {
    const { web, otter } = world();
    const plan = [
      { label: 'Begin', ratePpm: 600_000 },
      { label: 'Done', ratePpm: 400_000 },
    ];
    const estimate = await sent({ plan });
    await done(web, otter.owner, 'approveEstimate', { ...at(estimate), body: { ...said(), totalMinor: 10_000 } });
    const draft = await done(web, otter.owner, 'billContract', { ...at(estimate), body: { bill: { kind: 'stage', stage: 0 } } });
    expect(draft).toMatchObject({ status: 'draft', totals: { totalMinor: 6000 } });
    const twice = await ask(web, otter.owner, 'billContract', { ...at(estimate), body: { bill: { kind: 'stage', stage: 0 } } });
    expect([twice.status, twice.json.code]).toEqual([409, 'stage_invoiced']);
    const over = await ask(web, otter.owner, 'billContract', { ...at(estimate), body: { bill: { kind: 'percent', ratePpm: 500_000 } } });
    expect([over.status, over.json.code]).toEqual([409, 'over_contract']);
    await done(web, otter.owner, 'issueInvoice', { params: { invoiceId: draft.id }, version: draft.version, body: {} });
    const rest = await done(web, otter.owner, 'billContract', { ...at(estimate), body: { bill: { kind: 'rest' } } });
    const read = await done(web, otter.owner, 'readEstimate', at(estimate));
    expect(read).toMatchObject({
      contract: { contractMinor: 10_000, billedMinor: 6000, leftMinor: 4000 },
      billing: { draftedMinor: 4000, openMinor: 0, stages: [{ label: 'Begin', amountMinor: 6000, invoiceId: draft.id }, { invoiceId: null }] },
    });
    expect(read.billing.invoices).toMatchObject([
      { id: draft.id, bill: 'stage', stage: 0, status: 'issued' },
      { id: rest.id, bill: 'rest', status: 'draft' },
    ]);
    expect(read.acts).not.toContain('bill');
  });

  it('says who approves in place of somebody who is away, and ends it', async () => {
    const { web, otter } = world();
    const at = { params: { customerId: otter.ids.customerId } };
    const person = await done(web, otter.owner, 'addPerson', { ...at, body: { name: 'Gil Marlowe', email: 'gil@example.com' } });
    const body = { personId: otter.ids.personId, standInId: person.id, fromOn: '2099-01-01', untilOn: '2099-01-08' };
    const named = await done(web, otter.owner, 'nameStandIn', { ...at, body });
    expect(named).toMatchObject({ standIn: { id: person.id, name: 'Gil Marlowe' }, fromOn: '2099-01-01', endedAt: null });
    const again = await ask(web, otter.owner, 'nameStandIn', { ...at, body });
    expect([again.status, again.json.code]).toEqual([409, 'stand_in_overlaps']);
    expect((await done(web, otter.owner, 'listStandIns', at)).items).toMatchObject([{ id: named.id }]);
    expect(await done(web, otter.owner, 'endStandIn', { params: { standInId: named.id } })).toMatchObject({ endedAt: expect.any(String) });
    expect((await done(web, otter.owner, 'listStandIns', at)).items).toEqual([]);
  });

  it('T5 needs the right to invoices to make one', async () => {
    const { web, otter } = world();
    const estimate = await sent();
    await done(web, otter.owner, 'approveEstimate', { ...at(estimate), body: { ...said(), totalMinor: 10_000 } });
    const { key } = await done(web, otter.owner, 'makeApiKey', { body: { name: 'Estimates only', scopes: ['estimates:read', 'estimates:write'] } });
    const answer = await ask(web, { key }, 'invoiceEstimate', at(estimate));
    expect([answer.status, answer.json.code]).toEqual([403, 'api_key_scope']);
  });
});
