import type { z } from '@hono/zod-openapi';
import { publicId } from '../../core/ids.ts';
import { limits } from '../../core/limits.ts';
import {
  askPayoutFile,
  type ListedPayout,
  listPayoutEntries,
  listPayouts,
  type PayoutEntry,
  payoutFileHead,
  payoutFileRows,
  readPayout,
} from '../../domain/payments/payments.ts';
import { type HandlersOf, uuidOf } from './call.ts';
import { given } from './given.ts';
import { plain } from './present.ts';
import type { payout, payoutEntry, payoutOperations } from './schemas/payouts.ts';
import { sendRows } from './upload.ts';

export const payoutHandlers: HandlersOf<typeof payoutOperations> = {
  listPayouts: async (call) => {
    const { cursor, limit = limits.pageSize } = call.query;
    const { rows, next } = await call.read((scope) => listPayouts(scope, { limit, ...given({ cursor }) }));
    return call.answer({ items: rows.map(presentPayout), nextCursor: next });
  },

  readPayout: async (call) => call.answer(presentPayout(await call.read((scope) => readPayout(scope, uuidOf('payout', call.params.payoutId))))),

  listPayoutEntries: async (call) => {
    const { cursor, limit = limits.pageSize } = call.query;
    const id = uuidOf('payout', call.params.payoutId);
    const { rows, next } = await call.read((scope) => listPayoutEntries(scope, id, { limit, ...given({ cursor }) }));
    return call.answer({ items: rows.map(presentEntry), nextCursor: next });
  },

  downloadPayout: async (call) => {
    const { database } = call.deps;
    const id = uuidOf('payout', call.params.payoutId);
    const name = await call.read((scope) => askPayoutFile(scope, id));
    const business = call.grant.business ?? '';
    return sendRows(call.c, { name, head: payoutFileHead, rows: (take) => payoutFileRows(database, { business, id }, take) });
  },
};

function presentPayout(of: ListedPayout): z.input<typeof payout> {
  const { gateway, reference, state, currency, arrivesOn, madeAt, failure, manual, listed, sums } = of;
  return {
    ...{ id: publicId('payout', of.id), gateway, reference, state, amountMinor: plain(of.amountMinor) },
    ...{ currency, arrivesOn, madeAt, failure, manual, listed, movements: sums.count, strangers: sums.strangers, differing: sums.differing },
    ...{ paymentsMinor: plain(sums.paymentsMinor), refundsMinor: plain(sums.refundsMinor), disputesMinor: plain(sums.disputesMinor) },
    ...{ feesMinor: plain(sums.feesMinor), otherMinor: plain(sums.otherMinor), missingMinor: listed ? plain(of.amountMinor - sums.foundMinor) : 0 },
  };
}

function presentEntry(of: PayoutEntry): z.input<typeof payoutEntry> {
  const { id, kind, reference, currency, happenedAt, amountMinor, feeMinor, ourMinor } = of;
  const payment =
    of.paymentId === null ? null : { id: publicId('payment', of.paymentId), customerName: of.customerName ?? '', receiptNumber: of.receiptNumber };
  const differs = kind === 'payment' && amountMinor > 0n && ourMinor !== null && ourMinor !== amountMinor;
  const money = { amountMinor: plain(amountMinor), feeMinor: plain(feeMinor), netMinor: plain(amountMinor - feeMinor) };
  return { id, kind, reference, payment, differs, ...money, currency, happenedAt };
}
