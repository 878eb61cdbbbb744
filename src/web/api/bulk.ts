import { Refusal } from '../../core/refusal.ts';
import { attempt } from '../../db/attempt.ts';
import { newId } from '../../db/fresh.ts';
import type { Scope } from '../../db/scope.ts';
import { readStanding } from '../../domain/businesses/businesses.ts';
import { readDesk } from '../../domain/desk/desk.ts';
import { chosenRecipients } from '../../domain/desk/recipients.ts';
import { issueInvoice, readInvoice } from '../../domain/invoices/invoices.ts';
import { lockInvoices } from '../../domain/ledger/standings.ts';
import { sendInvoice } from '../../domain/links/links.ts';
import { letterheadOf } from '../../domain/papers/papers.ts';
import { recordPayment } from '../../domain/payments/payments.ts';
import type { InvoiceFacts } from '../../outgoing/invoice-facts.ts';
import { drawings } from '../../outgoing/pdf/press.ts';
import { zip } from '../../outgoing/zip.ts';
import { answerPrint } from '../preview/print.ts';
import { type AnswerOf, type HandlersOf, uuidOf } from './call.ts';
import { invoicePageOf, mustBeIssued, paperOf } from './invoice-files.ts';
import { readRef } from './present.ts';
import type { bulkOperations } from './schemas/bulk.ts';
import { sendFile } from './upload.ts';

type Operations = typeof bulkOperations;
type Result = AnswerOf<Operations['issueMany']>;

export const bulkHandlers: HandlersOf<Operations> = {
  issueMany: (call) => call.act((scope) => each(scope, call.body.ids, (id) => issueInvoice(scope, id))),

  sendMany: (call) =>
    call.act((scope) =>
      each(scope, call.body.ids, async (documentId) => {
        const personIds = await chosenRecipients(scope, documentId);
        await sendInvoice(scope, call.deps.keys, { documentId, personIds });
      }),
    ),

  markPaid: (call) =>
    call.act((scope) => {
      const { ids, ...how } = call.body;
      return each(scope, ids, async (documentId) => {
        const { customer, currency, standing } = await readDesk(scope, documentId);
        const amountMinor = standing.balanceMinor;
        await recordPayment(scope, { ...how, id: newId(), customerId: customer.id, currency, amountMinor, targets: [{ documentId, amountMinor }] });
      });
    }),

  downloadMany: async (call) => {
    const files: { name: string; bytes: Uint8Array }[] = [];
    for (const documentId of idsIn(call.query.ids)) {
      const { number } = await call.read((scope) => mustBeIssued(scope, documentId));
      files.push({ name: `${number}.pdf`, bytes: await paperOf(call, documentId) });
    }
    return sendFile(call.c, { bytes: zip(files), contentType: 'application/zip', name: 'invoices.zip' });
  },

  printEnvelopes: async (call) => {
    const { facts, today } = await call.read(async (scope) => {
      const all = [];
      for (const documentId of idsIn(call.query.ids)) all.push(await wholeInvoice(scope, documentId));
      return { facts: all, today: (await readStanding(scope)).today };
    });
    const { deps, grant } = call;
    const sheet = await letterheadOf(deps, grant.business ?? '');
    const made = await deps.pdf.render(drawings(deps.config.appUrl).drawPost(facts, sheet, today));
    if (made.kind === 'failed') throw new Refusal('busy');
    return sendFile(call.c, { bytes: made.bytes, contentType: 'application/pdf', name: 'to-post.pdf', inline: true });
  },

  printMany: async (call) => {
    const pages = [];
    for (const documentId of idsIn(call.query.ids)) pages.push(await invoicePageOf(call, documentId));
    return answerPrint(call.c, pages);
  },
};

async function wholeInvoice(scope: Scope, documentId: string): Promise<InvoiceFacts> {
  await mustBeIssued(scope, documentId);
  const view = await readInvoice(scope, documentId);
  if (!view.whole) throw new Refusal('not_found');
  return view.facts;
}

function idsIn(list: string): string[] {
  return [...new Set(list.split(','))].map((id) => uuidOf('invoice', id));
}

/** Does each for itself. All are locked first, in one order, so that two bulk acts never wait for each other. */
async function each(scope: Scope, ids: readonly string[], act: (documentId: string) => Promise<unknown>): Promise<Result> {
  const wanted = [...new Set(ids)].map((id, at) => ({ id, documentId: readRef('invoice', id, `ids[${at}]`) }));
  await lockInvoices(
    scope,
    wanted.map(({ documentId }) => documentId),
  );
  const results: Result['results'] = [];
  for (const { id, documentId } of wanted) {
    const done = await attempt(scope, async () => {
      await act(documentId);
      return (await readDesk(scope, documentId)).number;
    });
    if (done.ok) results.push({ id, ok: true, number: done.value, code: null, message: null });
    else results.push({ id, ok: false, number: null, code: done.refusal.code, message: done.refusal.message });
  }
  const refused = results.filter(({ ok }) => !ok).length;
  return { done: results.length - refused, refused, results };
}
