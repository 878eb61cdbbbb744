import type { z } from '@hono/zod-openapi';
import { limits } from '../../core/limits.ts';
import { newId } from '../../db/fresh.ts';
import type { Scope } from '../../db/scope.ts';
import { readStanding } from '../../domain/businesses/businesses.ts';
import { readCustomer } from '../../domain/customers/customers.ts';
import {
  askPaymentFile,
  endAnnouncement,
  listAnnouncements,
  listPayments,
  movePayment,
  type PaymentFilter,
  paymentFileHead,
  paymentFileRows,
  readPayment,
  recordPayment,
  reversePayment,
  spreadPayment,
} from '../../domain/payments/payments.ts';
import { type HandlersOf, uuidOf } from './call.ts';
import { given } from './given.ts';
import { readRef } from './present.ts';
import { presentAnnouncement, presentPayment, presentSpread } from './present-payment.ts';
import type { paymentOperations } from './schemas/payments.ts';
import { sendRows } from './upload.ts';

export const paymentHandlers: HandlersOf<typeof paymentOperations> = {
  listPayments: async (call) => {
    const { limit = limits.pageSize, cursor, ...asked } = call.query;
    const { rows, next } = await call.read((scope) => listPayments(scope, { limit, ...given({ cursor }), ...choiceIn(asked) }));
    return call.answer({ items: rows.map(presentPayment), nextCursor: next });
  },

  downloadPayments: async (call) => {
    const { database } = call.deps;
    const { name, choice } = await call.read((scope) => askPaymentFile(scope, choiceIn(call.query)));
    const business = call.grant.business ?? '';
    return sendRows(call.c, { name, head: paymentFileHead, rows: (take) => paymentFileRows(database, { business, choice }, take) });
  },

  recordPayment: (call) =>
    call.act(async (scope) => {
      const { customerId, shares, keepRestAsCredit, amountMinor, id, ...rest } = call.body;
      const { currency } = await readStanding(scope);
      const targets = shares.map((share, at) => ({
        documentId: readRef('invoice', share.invoiceId, `shares[${at}].invoiceId`),
        amountMinor: BigInt(share.amountMinor),
      }));
      const ids = { id: readRef('payment', id, 'id') ?? newId(), customerId: readRef('customer', customerId, 'customerId') };
      const recorded = await recordPayment(scope, { ...rest, ...ids, currency, amountMinor: BigInt(amountMinor), targets, keepCredit: keepRestAsCredit });
      return shown(scope, recorded.id);
    }),

  spreadPayment: async (call) => {
    const { customerId, amountMinor, invoiceIds } = call.body;
    const documentIds = invoiceIds?.map((id, at) => readRef('invoice', id, `invoiceIds[${at}]`));
    const spread = await call.read(async (scope) => {
      const customer = await readCustomer(scope, readRef('customer', customerId, 'customerId'));
      const { currency } = await readStanding(scope);
      const asked = { customerId: customer.id, currency, amountMinor: BigInt(amountMinor), ...given({ documentIds }) };
      return presentSpread(currency, await spreadPayment(scope, asked));
    });
    return call.answer(spread);
  },

  readPayment: async (call) => call.answer(await call.read((scope) => shown(scope, uuidOf('payment', call.params.paymentId)))),

  movePayment: (call) =>
    call.act(async (scope) => {
      const paymentId = uuidOf('payment', call.params.paymentId);
      const wanted =
        call.body.shares?.map((share, at) => ({
          documentId: readRef('invoice', share.invoiceId, `shares[${at}].invoiceId`),
          amountMinor: BigInt(share.amountMinor),
        })) ?? null;
      await movePayment(scope, { paymentId, wanted });
      return shown(scope, paymentId);
    }),

  reversePayment: (call) =>
    call.act(async (scope) => {
      const paymentId = uuidOf('payment', call.params.paymentId);
      await reversePayment(scope, { paymentId, reason: call.body.reason });
      return shown(scope, paymentId);
    }),

  listAnnouncements: async (call) => {
    const { customerId, limit = limits.pageSize, cursor } = call.query;
    const filter = { limit, ...given({ cursor, customerId: readRef('customer', customerId, 'customerId') }) };
    const { rows, next } = await call.read((scope) => listAnnouncements(scope, filter));
    return call.answer({ items: rows.map(presentAnnouncement), nextCursor: next });
  },

  endAnnouncement: (call) =>
    call.act(async (scope) => {
      await endAnnouncement(scope, call.params.announcementId);
      return null;
    }),
};

type Asked = Readonly<Omit<z.output<(typeof paymentOperations)['downloadPayments']['query']>, never>>;

function choiceIn({ tab = 'all', q, customerId, invoiceId, minMinor, maxMinor, ...rest }: Asked): PaymentFilter {
  const whose = { customerId: readRef('customer', customerId, 'customerId'), documentId: readRef('invoice', invoiceId, 'invoiceId') };
  const amounts = { minMinor: minMinor === undefined ? undefined : BigInt(minMinor), maxMinor: maxMinor === undefined ? undefined : BigInt(maxMinor) };
  return { tab, ...given({ ...rest, ...whose, ...amounts, search: q }) };
}

async function shown(scope: Scope, paymentId: string) {
  return presentPayment(await readPayment(scope, paymentId));
}
