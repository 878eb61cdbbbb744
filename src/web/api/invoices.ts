import { Refusal } from '../../core/refusal.ts';
import { needsOfRows, propertyTitles, readDesk } from '../../domain/desk/desk.ts';
import {
  closeInvoice,
  countTabs,
  createDraft,
  discardDraft,
  duplicateInvoice,
  issueInvoice,
  listInvoices,
  previewTotals,
  readDraft,
  reopenInvoice,
  replaceInvoice,
  saveDraft,
  showInPortal,
  sumList,
  voidInvoice,
} from '../../domain/invoices/invoices.ts';
import { lockInvoices } from '../../domain/ledger/standings.ts';
import { attachmentHandlers } from './attachments.ts';
import { type HandlersOf, uuidOf } from './call.ts';
import { invoicePdf, invoicePreview } from './invoice-files.ts';
import { invoiceShown } from './invoice-shown.ts';
import { plain, readRef } from './present.ts';
import { presentRow, presentTotals } from './present-invoice.ts';
import { patched, readPatch, readPreview } from './read-draft.ts';
import type { invoiceOperations } from './schemas/invoices.ts';
import { timelineOf } from './timeline.ts';

type At = Readonly<{ params: Readonly<{ invoiceId: string }> }>;
const idOf = ({ params }: At): string => uuidOf('invoice', params.invoiceId);

export const invoiceHandlers: HandlersOf<typeof invoiceOperations> = {
  ...attachmentHandlers,

  listInvoices: async (call) => {
    const { sort, cursor, limit, ...filters } = call.query;
    const answer = await call.read(async (scope) => {
      const { rows, next } = await listInvoices(scope, { ...filterOf(filters), sort, cursor, limit });
      const needs = await needsOfRows(scope, rows);
      return { items: rows.map((row) => presentRow(row, needs.get(row.id) ?? [])), nextCursor: next };
    });
    return call.answer(answer);
  },

  totalInvoices: async (call) => {
    const { tab: _tab, ...everyTab } = filterOf(call.query);
    const { sums, tabs } = await call.read(async (scope) => ({ sums: await sumList(scope, filterOf(call.query)), tabs: await countTabs(scope, everyTab) }));
    const { currency, count, totalMinor, balanceMinor, overdueMinor, onItsWayMinor } = sums;
    const amounts = {
      totalMinor: plain(totalMinor),
      balanceMinor: plain(balanceMinor),
      overdueMinor: plain(overdueMinor),
      onItsWayMinor: plain(onItsWayMinor),
    };
    return call.answer({ currency, count, ...amounts, tabs });
  },

  createDraft: (call) =>
    call.act(async (scope) => {
      const { id, ...body } = call.body;
      const draft = await createDraft(scope, readPatch(body), readRef('invoice', id, 'id'));
      return invoiceShown(scope, draft.id);
    }),

  previewTotals: async (call) => {
    const answer = await call.read(async (scope) => {
      const { totals, currency } = await previewTotals(scope, readPreview(call.body));
      const parts = totals.parts.map((part) => part.part);
      return presentTotals(totals, currency, await propertyTitles(scope, parts));
    });
    return call.answer(answer);
  },

  readInvoice: async (call) => call.answer(await call.read((scope) => invoiceShown(scope, idOf(call)))),

  saveDraft: (call) =>
    call.act(async (scope) => {
      const { body } = await readDraft(scope, idOf(call));
      await saveDraft(scope, { documentId: idOf(call), version: call.version, body: patched(body, call.body) });
      return invoiceShown(scope, idOf(call));
    }),

  discardDraft: (call) =>
    call.act(async (scope) => {
      await discardDraft(scope, idOf(call));
      return null;
    }),

  previewInvoice: (call) => invoicePreview(call, idOf(call)),

  issueInvoice: (call) =>
    call.act(async (scope) => {
      await lockInvoices(scope, [idOf(call)]);
      const { version } = await readDraft(scope, idOf(call));
      if (version !== call.version) throw new Refusal('stale_version');
      await issueInvoice(scope, idOf(call), { show: call.body.show });
      return invoiceShown(scope, idOf(call));
    }),

  showInvoice: (call) =>
    call.act(async (scope) => {
      await showInPortal(scope, [idOf(call)]);
      return invoiceShown(scope, idOf(call));
    }),

  closeInvoice: (call) =>
    call.act(async (scope) => {
      await closeInvoice(scope, { documentId: idOf(call), reason: call.body.reason });
      return invoiceShown(scope, idOf(call));
    }),

  reopenInvoice: (call) =>
    call.act(async (scope) => {
      await reopenInvoice(scope, idOf(call));
      return invoiceShown(scope, idOf(call));
    }),

  voidInvoice: (call) =>
    call.act(async (scope) => {
      await voidInvoice(scope, { documentId: idOf(call), reason: call.body.reason });
      return invoiceShown(scope, idOf(call));
    }),

  replaceInvoice: (call) =>
    call.act(async (scope) => {
      const { id } = await replaceInvoice(scope, idOf(call), call.body.reason);
      return invoiceShown(scope, id);
    }),

  duplicateInvoice: (call) =>
    call.act(async (scope) => {
      const { id } = await duplicateInvoice(scope, idOf(call));
      return invoiceShown(scope, id);
    }),

  readPdf: (call) => invoicePdf(call, idOf(call)),

  invoiceTimeline: async (call) => {
    const documentId = idOf(call);
    const answer = await call.read(async (scope) => {
      await readDesk(scope, documentId);
      return timelineOf(scope, { documentId }, call.query);
    });
    return call.answer(answer);
  },
};

type Filters = Readonly<{ tab?: Tab; q?: string; customerId?: string; propertyId?: string; from?: string; to?: string; post?: boolean }>;
type Tab = 'needs_you' | 'draft' | 'scheduled' | 'unpaid' | 'overdue' | 'in_question' | 'paid' | 'all';

export function filterOf({ tab = 'all', q, customerId, propertyId, from, to, post }: { [Name in keyof Filters]?: Filters[Name] | undefined }) {
  const refs = { customerId: readRef('customer', customerId, 'customerId'), propertyId: readRef('property', propertyId, 'propertyId') };
  return { tab, search: q, ...refs, from, to, byPost: post };
}
