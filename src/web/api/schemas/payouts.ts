import { z } from '@hono/zod-openapi';
import { operations } from './operation.ts';
import { pageOf, pageQuery } from './page.ts';
import { count, currency, day, idOf, instant, signedMinor, sumMinor } from './values.ts';

/** What a processor sent to the business's bank, and what each transfer is made of. */

export const payout = z
  .strictObject({
    id: idOf('payout'),
    gateway: z.string(),
    reference: z.string().openapi({ description: 'The processor’s own id of it.' }),
    state: z.enum(['pending', 'paid', 'failed', 'canceled']).openapi({ description: '`pending`: on its way to the bank.' }),
    amountMinor: sumMinor.openapi({ description: 'Below zero: taken from the bank.' }),
    currency,
    arrivesOn: day,
    madeAt: instant,
    failure: z.string(),
    manual: z.boolean().openapi({ description: 'Made by hand at the processor: what it is made of is not told.' }),
    listed: z.boolean().openapi({ description: 'Its movements are here.' }),
    movements: count,
    paymentsMinor: sumMinor,
    refundsMinor: sumMinor,
    disputesMinor: sumMinor,
    feesMinor: sumMinor,
    otherMinor: sumMinor,
    missingMinor: sumMinor.openapi({ description: 'The amount less what its movements come to after fees: zero when all of it is explained.' }),
    strangers: count.openapi({ description: 'Movements about payments that were not made here.' }),
    differing: count.openapi({ description: 'Payments of another amount than here.' }),
  })
  .openapi('Payout');

export const payoutEntry = z
  .strictObject({
    id: z.uuid(),
    kind: z.enum(['payment', 'refund', 'dispute', 'fee', 'payout', 'other']),
    reference: z.string(),
    payment: z.strictObject({ id: idOf('payment'), customerName: z.string(), receiptNumber: z.string().nullable() }).nullable(),
    differs: z.boolean().openapi({ description: 'The payment has another amount here.' }),
    amountMinor: signedMinor,
    feeMinor: signedMinor,
    netMinor: signedMinor,
    currency,
    happenedAt: instant,
  })
  .openapi('PayoutEntry');

const payoutId = z.strictObject({ payoutId: idOf('payout') });
const common = { method: 'get', tag: 'Payments', access: 'payments:read', status: 200 } as const;
export const payoutOperations = operations({
  listPayouts: {
    ...common,
    path: '/payouts',
    summary: 'Transfers of processors to the bank, newest first',
    query: z.strictObject(pageQuery),
    answer: pageOf('PayoutPage', payout),
  },
  readPayout: { ...common, path: '/payouts/{payoutId}', summary: 'One payout, and whether it adds up', params: payoutId, answer: payout },
  listPayoutEntries: {
    ...common,
    path: '/payouts/{payoutId}/entries',
    summary: 'What a payout is made of, oldest first',
    params: payoutId,
    query: z.strictObject(pageQuery),
    answer: pageOf('PayoutEntryPage', payoutEntry),
  },
  downloadPayout: {
    ...common,
    access: 'fresh',
    path: '/payouts/{payoutId}/csv',
    summary: 'What a payout is made of, as a CSV file',
    description: 'Amounts are plain decimals with `currency` beside. Each download stands in the events.',
    params: payoutId,
    answer: { contentType: 'text/csv', description: 'One row for each movement, oldest first.' },
  },
});
