import { describe, expect, it } from 'vitest';
import { ask, done } from '../../../test/api-client.ts';
import { testWorld } from '../../../test/world.ts';
import type { Operation } from './schemas/operation.ts';
import { apiOperations, type OperationId } from './schemas/operations.ts';

const world = testWorld();
const reads = (Object.entries(apiOperations) as [OperationId, Operation][]).filter(([id, op]) => op.method === 'get' && id !== 'streamEvents');
const queries: Partial<Record<OperationId, (ids: Record<string, string>) => Record<string, string>>> = {
  search: () => ({ q: 'rosa' }),
  previewLook: () => ({ brandColor: '#aa3300' }),
  downloadMany: ({ invoiceId = '' }) => ({ ids: invoiceId }),
  printMany: ({ invoiceId = '' }) => ({ ids: invoiceId }),
  printEnvelopes: ({ invoiceId = '' }) => ({ ids: invoiceId }),
  previewReminder: ({ invoiceId = '' }) => ({ invoiceIds: invoiceId }),
  previewReminderBody: ({ invoiceId = '' }) => ({ invoiceIds: invoiceId }),
  compareEstimates: ({ estimateId = '' }) => ({ from: estimateId }),
  downloadCustomerMonth: () => ({ month: '2026-01' }),
  previewReminderWording: () => ({ offsetDays: '7', tone: 'plain', language: 'en' }),
};
/** What is not there yet says so: a logo nobody chose, a credit note or change order nobody wrote, a photo or file nobody sent, rejected rows of a file without any, a file that is still being made. */
const notYet: Partial<Record<OperationId, number>> = {
  ...{ readRejected: 404, readLogo: 404, downloadExport: 409, readSchedule: 409, readCreditNotePdf: 404 },
  ...{ readChangeOrder: 404, readVisitPhoto: 404, readThreadFile: 404 },
};

describe('A1 every reading of the API', () => {
  it.each(reads.map(([id]) => id))('%s keeps to the document, for the owner of a business with something of everything', async (id) => {
    const { web, otter } = world();
    const query = queries[id]?.(otter.ids) ?? {};
    const crew = apiOperations[id].access === 'field';
    const invoiceId = crew ? otter.ids.crewInvoiceId : id === 'readDeposit' ? otter.ids.depositId : otter.ids.invoiceId;
    const fileId = id === 'readEstimateFile' ? otter.ids.estimateFileId : otter.ids.fileId;
    const { status } = await ask(web, crew ? otter.field : otter.owner, id, { params: { ...otter.ids, invoiceId, fileId }, query });
    expect(status).toBe(notYet[id] ?? 200);
  });
});

describe('what the office reads', () => {
  it('names an invoice, its needs and what may be done with it', async () => {
    const { web, otter } = world();
    const invoice = await done(web, otter.owner, 'readInvoice', { params: otter.ids });
    expect(invoice).toMatchObject({ number: '1001', status: 'partly_paid', shown: true, customer: { name: 'Rosa Quill' }, draft: null });
    expect(invoice.needs).toEqual(['question', 'payment_announced']);
    expect(invoice.acts).toEqual(['resend', 'link', 'duplicate', 'record_payment', 'installments', 'credit']);
    expect(invoice.standing).toMatchObject({ totalMinor: 18600, paidMinor: 100, balanceMinor: 18500, onItsWayMinor: 500 });
    expect(invoice.attachments).toHaveLength(1);
    const draft = await done(web, otter.owner, 'readInvoice', { params: { invoiceId: otter.ids.draftId } });
    expect(draft).toMatchObject({ number: null, status: 'draft', paper: null, totals: { totalMinor: 18600 } });
    expect(draft.acts).toEqual(['edit', 'discard', 'issue', 'send', 'duplicate']);
  });

  it('tells on home what waits and where the money stands', async () => {
    const { web, otter } = world();
    const home = await done(web, otter.owner, 'readHome');
    expect(home.needsYou.map(({ kind }: { kind: string }) => kind)).toEqual(['question', 'question', 'payment_announced', 'not_sent']);
    expect(home).toMatchObject({ currency: 'USD', owed: { amountMinor: 23500, invoices: 2 }, paidThisMonth: { amountMinor: 100, payments: 1 } });
    expect(home.paidByMonth).toHaveLength(12);
  });

  it('answers the same PDF each time, with the name of the invoice', async () => {
    const { web, otter } = world();
    const [first, again] = [await ask(web, otter.owner, 'readPdf', { params: otter.ids }), await ask(web, otter.owner, 'readPdf', { params: otter.ids })];
    expect(first.text.startsWith('%PDF-')).toBe(true);
    expect(first.text).toBe(again.text);
    expect(first.headers.get('content-disposition')).toContain('1001.pdf');
  });

  it('previews without a trace: nothing to press, nothing on the timeline', async () => {
    const { web, otter } = world();
    const before = await done(web, otter.owner, 'invoiceTimeline', { params: otter.ids });
    for (const invoiceId of [otter.ids.invoiceId, otter.ids.draftId]) {
      const { text, headers } = await ask(web, otter.owner, 'previewInvoice', { params: { invoiceId } });
      expect(text).toContain('Rosa Quill');
      expect(text).not.toMatch(/<a\b[^>]*\shref=|<script/);
      expect(headers.get('content-security-policy')).toContain('sandbox');
    }
    expect(await done(web, otter.owner, 'invoiceTimeline', { params: otter.ids })).toEqual(before);
  });
});
