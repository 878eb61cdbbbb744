import { describe, expect, it } from 'vitest';
import { ask, done } from '../../../test/api-client.ts';
import { testWorld } from '../../../test/world.ts';

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

  it('T4 another business finds nothing of it', async () => {
    const { web, otter, mop } = world();
    const [note] = (await done(web, otter.owner, 'listCreditNotes', { params: { invoiceId: otter.ids.invoiceId } })).items;
    expect((await ask(web, mop.owner, 'readCreditNotePdf', { params: { creditNoteId: note.id } })).status).toBe(404);
    expect((await ask(web, mop.owner, 'listCreditNotes', { params: { invoiceId: otter.ids.invoiceId } })).status).toBe(404);
  });
});
