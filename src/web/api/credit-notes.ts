import type { z } from '@hono/zod-openapi';
import type { CreditChoice } from '../../core/credit-note.ts';
import { publicId } from '../../core/ids.ts';
import { newId } from '../../db/fresh.ts';
import { creditNotePaper } from '../../domain/papers/credit-note.ts';
import { type CreditNote, creditNoteOf, listCreditNotes, previewCreditNote, writeCreditNote } from '../../domain/payments/payments.ts';
import { drawings } from '../../outgoing/pdf/press.ts';
import { type HandlersOf, uuidOf } from './call.ts';
import { plain, readRef } from './present.ts';
import type { CreditChoiceBody, creditNote, creditNoteOperations } from './schemas/credit-notes.ts';
import { sendFile } from './upload.ts';

export const creditNoteHandlers: HandlersOf<typeof creditNoteOperations> = {
  listCreditNotes: async (call) => {
    const notes = await call.read((scope) => listCreditNotes(scope, uuidOf('invoice', call.params.invoiceId)));
    return call.answer({ items: notes.map(presentNote) });
  },
  previewCreditNote: async (call) => {
    const asked = { documentId: uuidOf('invoice', call.params.invoiceId), choice: choiceOf(call.body.choice) };
    const { totals, ...of } = await call.read((scope) => previewCreditNote(scope, asked));
    const { currency, netMinor, taxMinor, totalMinor } = totals;
    const figures = { netMinor: plain(netMinor), taxMinor: plain(taxMinor), totalMinor: plain(totalMinor) };
    return call.answer({ currency, ...figures, loweredMinor: plain(of.loweredMinor), freedMinor: plain(of.freedMinor), leftMinor: plain(of.leftMinor) });
  },
  writeCreditNote: (call) =>
    call.act(async (scope) => {
      const id = readRef('creditNote', call.body.id, 'id') ?? newId();
      const documentId = uuidOf('invoice', call.params.invoiceId);
      return presentNote(await writeCreditNote(scope, { id, documentId, choice: choiceOf(call.body.choice), reason: call.body.reason }));
    }),
  readCreditNotePdf: async (call) => {
    const id = uuidOf('creditNote', call.params.creditNoteId);
    await call.read((scope) => creditNoteOf(scope, id));
    const { bytes, number } = await creditNotePaper({ ...call.deps, ...drawings(call.deps.config.appUrl) }, call.grant.business ?? '', id, null);
    return sendFile(call.c, { bytes, contentType: 'application/pdf', name: `${number}.pdf`, inline: true });
  },
};

function choiceOf(body: CreditChoiceBody): CreditChoice {
  if (body.kind === 'rest') return body;
  if (body.kind === 'amount') return { kind: 'amount', amountMinor: BigInt(body.amountMinor) };
  const lines = body.lines.map((line, at) => ({ lineId: readRef('line', line.lineId, `lines[${at}].lineId`), quantityMilli: BigInt(line.quantityMilli) }));
  return { kind: 'lines', lines };
}

function presentNote(of: CreditNote): z.input<typeof creditNote> {
  const { number, invoiceNumber, issuedOn, currency, reason, createdBy } = of;
  return {
    ...{ id: publicId('creditNote', of.id), invoiceId: publicId('invoice', of.invoiceId), number, invoiceNumber, issuedOn, currency, reason, createdBy },
    ...{ netMinor: plain(of.netMinor), taxMinor: plain(of.taxMinor), totalMinor: plain(of.totalMinor) },
    ...{ loweredMinor: plain(of.loweredMinor), freedMinor: plain(of.freedMinor) },
  };
}
