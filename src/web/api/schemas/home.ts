import { z } from '@hono/zod-openapi';
import { need } from './invoice.ts';
import { operations } from './operation.ts';
import { count, currency, day, idOf, instant, sumMinor } from './values.ts';

/** What needs somebody now, and where the money stands. */

export const needItem = z
  .strictObject({
    kind: need,
    at: instant,
    customer: z.strictObject({ id: idOf('customer'), name: z.string() }),
    invoice: z.strictObject({ id: idOf('invoice'), number: z.string().nullable() }).nullable(),
    threadId: idOf('thread').nullable(),
    paymentId: idOf('payment').nullable(),
    announcementId: z.uuid().nullable(),
    amountMinor: sumMinor.nullable(),
    detail: z.string().openapi({ description: 'The words that help: the question, the address that bounced, the day a check is expected.' }),
  })
  .openapi('NeedItem');
const figure = z.strictObject({ amountMinor: sumMinor, invoices: count });

export const home = z
  .strictObject({
    currency,
    today: day,
    needsYou: z.array(needItem).openapi({ description: 'The most pressing first; at most 20.' }),
    needsYouCount: count,
    notices: z
      .array(z.strictObject({ kind: z.enum(['key_ending', 'webhook_stopped']), at: instant, id: z.string(), name: z.string(), detail: z.string() }))
      .openapi({ description: 'Keys that end within two weeks and webhooks that stopped, for those who may do something about it.' }),
    owed: figure,
    overdue: figure,
    onItsWay: figure,
    comingIn30Days: figure,
    paidThisMonth: z.strictObject({ amountMinor: sumMinor, payments: count, lastMonthMinor: sumMinor }),
    ageing: z.array(z.strictObject({ bucket: z.enum(['not_due', '1_30', '31_60', '61_90', 'over_90']), amountMinor: sumMinor, invoices: count })),
    coming: z
      .array(z.strictObject({ from: day, to: day, amountMinor: sumMinor }))
      .openapi({ description: 'What falls due, week by week, for the next 30 days.' }),
    paidByMonth: z
      .array(z.strictObject({ month: z.string().openapi({ example: '2026-11' }), amountMinor: sumMinor }))
      .openapi({ description: 'The last twelve months, oldest first.' }),
  })
  .openapi('Home');

export const homeOperations = operations({
  readHome: {
    method: 'get',
    path: '/home',
    tag: 'Home',
    access: 'invoices:read',
    summary: 'Needs you, owed, overdue, coming, paid',
    status: 200,
    answer: home,
  },
});
