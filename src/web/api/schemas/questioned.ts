import { z } from '@hono/zod-openapi';
import { textLimits } from '../../../core/limits.ts';
import { answerKinds, questionReasons } from '../../../domain/questions/questions.ts';
import { operations } from './operation.ts';
import { pageOf, pageQuery } from './page.ts';
import { currency, day, filledText, idOf, instant, minor, orNull } from './values.ts';

/** Charges customers question, and what the office answers. */

const named = (kind: 'invoice' | 'customer') =>
  kind === 'invoice' ? z.strictObject({ id: idOf('invoice'), number: z.string() }) : z.strictObject({ id: idOf('customer'), name: z.string() });

export const questionedCharge = z
  .strictObject({
    id: idOf('question'),
    customer: named('customer'),
    invoice: named('invoice'),
    lineId: idOf('line').nullable().openapi({ description: 'null: the whole of what the person sees.' }),
    line: z.string(),
    threadId: idOf('thread').openapi({ description: 'What was written about it.' }),
    amountMinor: minor.openapi({ description: 'While it is open: in question, and not due now.' }),
    currency,
    reason: z.enum(questionReasons),
    askedBy: z.string(),
    openedAt: instant,
    ending: z
      .enum([...answerKinds, 'withdrawn', 'paid'])
      .nullable()
      .openapi({ description: 'null: it waits for an answer. A customer may take it back, and paying it ends it.' }),
    endedAt: instant.nullable(),
    endedBy: z.string(),
    answer: z.string(),
    answerInvoice: orNull(z.strictObject({ id: idOf('invoice') })).openapi({ description: 'The document the answer is: what took its place.' }),
    remindersFrom: day.nullable().openapi({ description: 'After an answer: no reminder and no late fee before this day.' }),
  })
  .openapi('QuestionedCharge');

const answerBody = z
  .strictObject({
    kind: z.enum(answerKinds).openapi({ description: 'What the answer is. A change or credit is made on the invoice itself; this tells the customer.' }),
    text: filledText(textLimits.question, 'The plumber was there on Tuesday; the photo is on the invoice.'),
  })
  .openapi('ChargeAnswer');
const questionId = z.strictObject({ questionId: idOf('question') });
const tag = 'Messages';

export const questionedOperations = operations({
  listQuestionedCharges: {
    method: 'get',
    path: '/questioned-charges',
    tag,
    access: 'messages:read',
    summary: 'Charges customers question, newest first',
    query: z.strictObject({
      state: z.enum(['open', 'ended']).optional(),
      customerId: idOf('customer').optional(),
      invoiceId: idOf('invoice').optional(),
      ...pageQuery,
    }),
    status: 200,
    answer: pageOf('QuestionedChargePage', questionedCharge),
  },
  readQuestionedCharge: {
    method: 'get',
    path: '/questioned-charges/{questionId}',
    tag,
    access: 'messages:read',
    summary: 'One charge in question',
    params: questionId,
    status: 200,
    answer: questionedCharge,
  },
  answerQuestionedCharge: {
    method: 'post',
    path: '/questioned-charges/{questionId}/answer',
    tag,
    access: 'messages:write',
    summary: 'Answer it: the amount is due again, the customer is told by mail and has five days before reminders',
    params: questionId,
    body: answerBody,
    status: 200,
    answer: questionedCharge,
  },
});
