import { publicId } from '../../core/ids.ts';
import { type RefusalCode, refusals } from '../../core/refusal.ts';
import { listScheduled, readSchedule, type Scheduled, scheduleInvoice, unscheduleInvoice } from '../../domain/invoices/invoices.ts';
import { type AnswerOf, type HandlersOf, uuidOf } from './call.ts';
import { plain, readRef } from './present.ts';
import type { scheduledOperations } from './schemas/scheduled.ts';

type Operations = typeof scheduledOperations;
type At = Readonly<{ params: Readonly<{ invoiceId: string }> }>;
const idOf = ({ params }: At): string => uuidOf('invoice', params.invoiceId);

export const scheduledHandlers: HandlersOf<Operations> = {
  listScheduled: async (call) => call.answer({ items: (await call.read(listScheduled)).map(presentScheduled) }),

  readSchedule: async (call) => call.answer(presentScheduled(await call.read((scope) => readSchedule(scope, idOf(call))))),

  scheduleInvoice: (call) =>
    call.act(async (scope) => {
      const { sendOn, sendHour, note } = call.body;
      const personIds = call.body.personIds.map((id, at) => readRef('person', id, `personIds[${at}]`));
      return presentScheduled(await scheduleInvoice(scope, { documentId: idOf(call), sendOn, sendHour, personIds, note }));
    }),

  unscheduleInvoice: (call) =>
    call.act(async (scope) => {
      await unscheduleInvoice(scope, idOf(call));
      return null;
    }),
};

function presentScheduled(of: Scheduled): AnswerOf<Operations['readSchedule']> {
  const { currency, sendOn, sendHour, sendAt, note, scheduledBy, failedAt, failure } = of;
  return {
    invoiceId: publicId('invoice', of.documentId),
    customer: { id: publicId('customer', of.customerId), name: of.customerName },
    totalMinor: plain(of.totalMinor),
    ...{ currency, sendOn, sendHour, sendAt, note, scheduledBy },
    personIds: of.personIds.map((id) => publicId('person', id)),
    failure: failedAt === null ? null : { at: failedAt, code: failure, detail: sentenceFor(failure) },
  };
}

/** A refusal that named a person or place says too little once nobody typed it. */
const said: Readonly<Record<string, string>> = {
  not_found: 'Someone it was meant for no longer has a right to it. Choose again who gets it.',
  no_recipients: 'Nobody is left to send it to. Choose again who gets it.',
  contact_email_missing: 'Someone it was meant for has no e-mail address any more.',
};

function sentenceFor(code: string): string {
  return said[code] ?? refusals[code as RefusalCode]?.sentence ?? code;
}
