import { z } from '@hono/zod-openapi';
import { operations } from './operation.ts';
import { pageQuery } from './page.ts';
import { currency, day, idOf, queryFlag, sumMinor } from './values.ts';

/** What passed on an account, as the books have it. */

const movement = z
  .strictObject({
    id: z.string().openapi({ description: 'Tells movements apart; of nothing else.' }),
    kind: z.enum(['charge', 'canceled', 'payment', 'returned', 'credit_used', 'discount', 'deposit', 'closed', 'refund', 'credit']),
    on: day,
    enteredOn: day.openapi({ description: 'The day it came into the books, which may be after the day it counts for.' }),
    changeMinor: sumMinor.openapi({ description: 'Below zero: in the customer’s favor.' }),
    balanceMinor: sumMinor.openapi({ description: 'What is owed after it.' }),
    invoiceId: idOf('invoice').nullable(),
    number: z.string().nullable(),
    paymentId: idOf('payment').nullable(),
    method: z.enum(['card', 'bank', 'check', 'cash', 'transfer', 'other']).nullable(),
  })
  .openapi('StatementMovement');

export const statement = z
  .strictObject({
    currency,
    currencies: z.array(currency),
    from: day.nullable(),
    to: day.nullable(),
    asOf: day.nullable(),
    openingMinor: sumMinor,
    chargedMinor: sumMinor,
    settledMinor: sumMinor,
    balanceMinor: sumMinor.openapi({ description: '`openingMinor` + `chargedMinor` − `settledMinor`.' }),
    creditMinor: sumMinor.openapi({ description: 'Held beside the bills, and already off the balance.' }),
    ageing: z
      .strictObject({ currentMinor: sumMinor, days30Minor: sumMinor, days60Minor: sumMinor, days90Minor: sumMinor, over90Minor: sumMinor })
      .openapi({ description: 'What is open on bills on the last day, by how late it is then. Together they are the balance and the credit.' }),
    processingMinor: sumMinor.openapi({ description: 'Of the balance, as are the next three; 0 for a day that is over.' }),
    announcedMinor: sumMinor,
    inQuestionMinor: sumMinor,
    heldBackMinor: sumMinor,
    late: z.array(movement).openapi({ description: 'Came into the books after `asOf` for a day of this statement. In no figure of it.' }),
    items: z.array(movement).openapi({ description: 'Newest first.' }),
    nextCursor: z.string().nullable(),
  })
  .openapi('Statement');

const customerId = z.strictObject({ customerId: idOf('customer') });
export const statementAsked = {
  from: day.optional().openapi({ description: 'The first day; from the beginning if left out.' }),
  to: day.optional().openapi({ description: 'The last day; open if left out.' }),
  asOf: day.optional().openapi({ description: 'Only what was in the books at the end of this day.' }),
  currency: currency.optional().openapi({ description: 'The business’s own if left out.' }),
  propertyIds: z.string().min(1).max(4_000).optional().openapi({ description: 'Only these properties, with commas between.' }),
  untied: queryFlag.optional().openapi({ description: 'What is tied to no property: alone, or with `propertyIds`.' }),
};
const common = { method: 'get', tag: 'Customers', access: 'payments:read', params: customerId, status: 200 } as const;

export const statementOperations = operations({
  readStatement: {
    ...common,
    path: '/customers/{customerId}/statement',
    summary: 'Account statement',
    description: 'Every movement of a period with the balance after it, as the ledger has it; of all, or of some properties.',
    query: z.strictObject({ ...statementAsked, ...pageQuery }),
    answer: statement,
  },
  readStatementPdf: {
    ...common,
    path: '/customers/{customerId}/statement/pdf',
    summary: 'Account statement on paper',
    query: z.strictObject(statementAsked),
    answer: { contentType: 'application/pdf', description: 'Up to 3,000 movements, oldest first, in the customer’s language.' },
  },
  downloadStatement: {
    ...common,
    path: '/customers/{customerId}/statement/csv',
    summary: 'Account statement as a file',
    query: z.strictObject(statementAsked),
    answer: { contentType: 'text/csv', description: 'Up to 20,000 movements, oldest first.' },
  },
});
