import { z } from '@hono/zod-openapi';
import { operations } from './operation.ts';
import { count, currency, idOf, instant, orNull, paymentMinor, sumMinor } from './values.ts';

/** How customers pay by card and bank: the account a business connected, and what it offers. */

const account = {
  accountId: z.string().openapi({ example: 'acct_1A2b3C' }),
  accountName: z.string(),
  live: z.boolean().openapi({ description: 'False: test mode, no money moves.' }),
  keyHint: z.string().openapi({ description: 'The last four letters of the key. The key itself is never shown again.' }),
};
const connected = z
  .strictObject({
    ...account,
    secretHint: z.string().nullable().openapi({ description: 'The last four letters of the signing secret; null before there is one.' }),
    secretAt: instant.nullable(),
    oldSecretUntil: instant.nullable().openapi({ description: 'Until when the signing secret before holds as well; null: there is none.' }),
    connectedBy: z.string(),
    connectedAt: instant,
  })
  .openapi('ConnectedProcessor');
const waiting = z
  .strictObject({
    ...account,
    askedBy: z.string(),
    askedAt: instant,
    yours: z.boolean(),
    needs: z.enum(['time', 'second_person']),
    liveAt: instant.nullable(),
  })
  .openapi('WaitingProcessor');
export const processor = z
  .strictObject({
    gateway: z.enum(['sandbox', 'stripe']).nullable().openapi({ description: 'By which processor customers pay; null: none, they see How to pay.' }),
    sandboxAvailable: z.boolean(),
    card: z.boolean(),
    bank: z.boolean(),
    cardFloorMinor: paymentMinor.openapi({ description: 'The least one can pay by card.' }),
    bankFloorMinor: paymentMinor,
    connected: orNull(connected),
    waiting: orNull(waiting),
    movingPayments: z.number().int().openapi({ description: 'Payments under way at the account; while there are any it cannot be left.' }),
    endpointUrl: z.string().openapi({ description: 'Where Stripe is to send its notices.' }),
    events: z.array(z.string()).openapi({ description: 'The events to choose there.' }),
  })
  .openapi('Processor');

const difference = z
  .strictObject({
    what: z.enum(['unknown_here', 'missing_there', 'state', 'amount', 'currency']),
    reference: z.string().openapi({ description: 'The processor’s id of the payment.' }),
    paymentId: idOf('payment').nullable(),
    customer: orNull(z.strictObject({ id: idOf('customer'), name: z.string() })),
    ours: z.string(),
    theirs: z.string(),
    amountMinor: sumMinor,
    currency,
    at: instant,
  })
  .openapi('ProcessorDifference');
export const comparison = z
  .strictObject({
    connected: z.boolean(),
    accountId: z.string().nullable(),
    live: z.boolean(),
    comparedAt: instant.nullable().openapi({ description: 'null: never.' }),
    since: instant.nullable(),
    reached: z.boolean().openapi({ description: 'False: Stripe did not answer when it was last asked.' }),
    ours: count.openapi({ description: 'Payments we have since then that reached Stripe.' }),
    theirs: count.openapi({ description: 'Payments of ours Stripe has since then.' }),
    differences: z.array(difference),
  })
  .openapi('ProcessorComparison');

const tag = 'Payments';
export const processorOperations = operations({
  readProcessor: {
    ...{ method: 'get', path: '/processor', tag, access: 'settings:read', summary: 'How customers pay by card and bank' },
    status: 200,
    answer: processor,
  },
  changeProcessor: {
    ...{ method: 'patch', path: '/processor', tag, access: 'session', summary: 'Choose the processor, the ways to pay and the least amounts' },
    body: z
      .strictObject({
        gateway: z.enum(['sandbox', 'stripe']).nullable(),
        card: z.boolean(),
        bank: z.boolean(),
        cardFloorMinor: paymentMinor,
        bankFloorMinor: paymentMinor,
      })
      .partial()
      .openapi('ProcessorPatch'),
    status: 200,
    answer: processor,
  },
  connectProcessor: {
    ...{ method: 'put', path: '/processor/key', tag, access: 'fresh', summary: 'Connect a Stripe account by a restricted key' },
    description:
      'Stripe is asked what the key opens. Another account for real money than before waits for a second person or for a day. Refuses `processor_key_lacks` with the rights that are missing.',
    body: z.strictObject({ key: z.string().min(1).max(300).openapi({ example: 'rk_live_…' }) }).openapi('ProcessorKeyBody'),
    status: 200,
    answer: processor,
  },
  setSigningSecret: {
    ...{ method: 'put', path: '/processor/signing-secret', tag, access: 'fresh', summary: 'Enter the secret that signs what Stripe sends' },
    description: 'The one before holds for another day, or until it is dropped.',
    body: z.strictObject({ secret: z.string().min(1).max(300).openapi({ example: 'whsec_…' }) }).openapi('SigningSecretBody'),
    status: 200,
    answer: processor,
  },
  dropOldSecret: {
    ...{ method: 'delete', path: '/processor/old-signing-secret', tag, access: 'fresh', summary: 'End the signing secret before, at once' },
    status: 200,
    answer: processor,
  },
  confirmProcessor: {
    ...{ method: 'post', path: '/processor/confirm', tag, access: 'fresh', summary: 'Say yes to the account a colleague asked for' },
    status: 200,
    answer: processor,
  },
  cancelProcessor: {
    ...{ method: 'post', path: '/processor/cancel', tag, access: 'session', summary: 'Stop a change of the account that waits' },
    status: 200,
    answer: processor,
  },
  disconnectProcessor: {
    ...{ method: 'delete', path: '/processor/key', tag, access: 'fresh', summary: 'Forget the Stripe account' },
    description: 'Checkouts that customers left open are ended. Refuses `processor_busy` while payments are under way.',
    status: 200,
    answer: processor,
  },
  readComparison: {
    ...{ method: 'get', path: '/processor/comparison', tag, access: 'payments:read', summary: 'How our payments and Stripe’s agree' },
    description: 'Compared every hour over three days, and once a day over three months.',
    status: 200,
    answer: comparison,
  },
  compareNow: {
    ...{ method: 'post', path: '/processor/comparison', tag, access: 'payments:write', summary: 'Compare with Stripe now, over three months' },
    status: 200,
    answer: comparison,
  },
});
