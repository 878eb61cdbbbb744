import { attempt } from '../../db/attempt.ts';
import { newId } from '../../db/fresh.ts';
import type { Scope } from '../../db/scope.ts';
import { readDesk } from '../../domain/desk/desk.ts';
import { usualRecipients } from '../../domain/desk/recipients.ts';
import { issueInvoice, readDraft } from '../../domain/invoices/invoices.ts';
import { lockInvoices } from '../../domain/ledger/standings.ts';
import { sendInvoice } from '../../domain/links/links.ts';
import { recordPayment } from '../../domain/payments/payments.ts';
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

  printMany: async (call) => {
    const pages = [];
    for (const documentId of idsIn(call.query.ids)) pages.push(await invoicePageOf(call, documentId));
    return answerPrint(call.c, pages);
  },
};

function idsIn(list: string): string[] {
  return [...new Set(list.split(','))].map((id) => uuidOf('invoice', id));
}

/** Whom its draft names, else whoever receives the customer's invoices. */
async function chosenRecipients(scope: Scope, documentId: string): Promise<readonly string[]> {
  const { state } = await readDesk(scope, documentId);
  const chosen = state === 'issued' ? [] : (await readDraft(scope, documentId)).body.recipients;
  return chosen.length > 0 ? chosen : usualRecipients(scope, documentId);
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
