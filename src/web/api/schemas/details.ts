import { z } from '@hono/zod-openapi';
import { textLimits } from '../../../core/limits.ts';
import { operations } from './operation.ts';
import { pageOf, pageQuery } from './page.ts';
import { address, filledText, idOf, instant, language, orNull, text } from './values.ts';

/** What customers change of their billing details in the portal. */

const details = z
  .strictObject({
    name: filledText(textLimits.name, 'Rosa Quill'),
    company: text(textLimits.name),
    billingAddress: address,
    language,
    poRequired: z.boolean(),
    taxExempt: z.boolean(),
    taxExemptNote: text(textLimits.title),
  })
  .partial()
  .openapi('BillingDetails', { description: 'Only what is different.' });
const state = z.enum(['waiting', 'taken', 'accepted', 'refused', 'replaced']).openapi({
  description: 'taken: counted at once; replaced: the customer asked for something else instead.',
});

export const detailChange = z
  .strictObject({
    id: idOf('detailChange'),
    customer: z.strictObject({ id: idOf('customer'), name: z.string() }),
    person: orNull(z.strictObject({ id: idOf('person'), name: z.string() })),
    asked: details,
    before: details,
    state,
    askedAt: instant,
    decidedAt: orNull(instant),
    decidedBy: z.string(),
    words: z.string(),
  })
  .openapi('DetailChange');
export const detailRules = z
  .strictObject({ review: z.boolean().openapi({ description: 'Names and addresses that customers change wait for a look. An exemption of tax always does.' }) })
  .openapi('DetailRules');

const changeId = z.strictObject({ changeId: idOf('detailChange') });
const tag = 'Customers';
export const detailOperations = operations({
  listDetailChanges: {
    method: 'get',
    path: '/detail-changes',
    tag,
    access: 'customers:read',
    summary: 'What customers changed of their billing details, or want changed; the latest first',
    query: z.strictObject({ state: state.optional(), customerId: idOf('customer').optional(), ...pageQuery }),
    status: 200,
    answer: pageOf('DetailChangePage', detailChange),
  },
  acceptDetailChange: {
    method: 'post',
    path: '/detail-changes/{changeId}/accept',
    tag,
    access: 'customers:write',
    summary: 'Take what a customer asked for, or with other values; they are told by mail',
    params: changeId,
    body: z.strictObject({ changes: details.optional() }).openapi('AcceptDetailChange'),
    status: 200,
    answer: detailChange,
  },
  refuseDetailChange: {
    method: 'post',
    path: '/detail-changes/{changeId}/refuse',
    tag,
    access: 'customers:write',
    summary: 'Leave everything as it is and say why; they are told by mail',
    params: changeId,
    body: z.strictObject({ words: filledText(textLimits.reason, 'The address is not in our city.') }).openapi('RefuseDetailChange'),
    status: 200,
    answer: detailChange,
  },
  readDetailRules: {
    method: 'get',
    path: '/settings/detail-changes',
    tag: 'Settings',
    access: 'settings:read',
    summary: 'Whether changes of billing details wait for a look',
    status: 200,
    answer: detailRules,
  },
  changeDetailRules: {
    method: 'put',
    path: '/settings/detail-changes',
    tag: 'Settings',
    access: 'settings:write',
    summary: 'Say whether changes of billing details wait for a look',
    body: detailRules,
    status: 200,
    answer: detailRules,
  },
});
