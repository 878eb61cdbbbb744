import { describe, expect, it } from 'vitest';
import { ask, done } from '../../../test/api-client.ts';
import { aLine, testWorld } from '../../../test/world.ts';

const world = testWorld();

describe('credit notes of the API', () => {
  it('M9 one is previewed, written, listed and drawn, and the customer’s page names it with its paper', async () => {
    const { web, otter } = world();
    const at = { params: { invoiceId: otter.ids.invoiceId } };
    const choice = { kind: 'amount', amountMinor: 1_000 };
    const preview = await done(web, otter.owner, 'previewCreditNote', { ...at, body: { choice } });
    expect(preview).toMatchObject({ totalMinor: 1_000, loweredMinor: 1_000, freedMinor: 0, leftMinor: 18_600 });
    const note = await done(web, otter.owner, 'writeCreditNote', { ...at, body: { choice, reason: 'Came late' } });
    expect(note).toMatchObject({ number: 'CN-0001', invoiceNumber: '1001', totalMinor: 1_000 });
    expect((await done(web, otter.owner, 'listCreditNotes', at)).items).toHaveLength(1);
    const paper = await ask(web, otter.owner, 'readCreditNotePdf', { params: { creditNoteId: note.id } });
    expect(paper.status).toBe(200);
    expect((await done(web, otter.owner, 'readInvoice', at)).standing).toMatchObject({ creditedMinor: 1_000, balanceMinor: 17_500 });
  });

  it('what a credit note stands on is not offered to be canceled or replaced, and asked for anyway it is refused in plain words', async () => {
    const { web, otter } = world();
    const draft = await done(web, otter.owner, 'createDraft', { body: { customerId: otter.ids.customerId, lines: [aLine()] } });
    const at = { params: { invoiceId: draft.id } };
    const issued = await done(web, otter.owner, 'issueInvoice', { ...at, version: draft.version, body: {} });
    expect(issued.acts).toEqual(expect.arrayContaining(['void', 'replace']));
    await done(web, otter.owner, 'writeCreditNote', { ...at, body: { choice: { kind: 'amount', amountMinor: 100 }, reason: 'Came late' } });
    const { acts, version } = await done(web, otter.owner, 'readInvoice', at);
    expect(acts.filter((act: string) => ['void', 'replace'].includes(act))).toEqual([]);
    const refused = await ask(web, otter.owner, 'voidInvoice', { ...at, version, body: { reason: 'Mistake' } });
    expect([refused.status, JSON.parse(refused.text).code]).toEqual([409, 'already_credited']);
  });

  it('T4 another business finds nothing of it', async () => {
    const { web, otter, mop } = world();
    const [note] = (await done(web, otter.owner, 'listCreditNotes', { params: { invoiceId: otter.ids.invoiceId } })).items;
    expect((await ask(web, mop.owner, 'readCreditNotePdf', { params: { creditNoteId: note.id } })).status).toBe(404);
    expect((await ask(web, mop.owner, 'listCreditNotes', { params: { invoiceId: otter.ids.invoiceId } })).status).toBe(404);
  });
});
