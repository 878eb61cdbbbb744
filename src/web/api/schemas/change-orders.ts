import { z } from '@hono/zod-openapi';
import { estimate, estimateRow } from './estimate.ts';
import { estimatePatch } from './estimate-drafts.ts';
import { operations } from './operation.ts';
import { pageOf, pageQuery } from './page.ts';
import { idOf } from './values.ts';

/** Change orders: estimates that change what was agreed with another. Begun and found here; all that can be done with an estimate can be done with one. */

const tag = 'Change orders';
const { customerId, plan, ...amending } = estimatePatch.shape;
const changeOrderBody = z
  .strictObject({
    id: idOf('estimate').optional().openapi({ description: 'Made by the caller: the same id twice is the same draft, once.' }),
    estimateId: idOf('estimate').openapi({ description: 'An approved estimate.' }),
    ...amending,
  })
  .openapi('ChangeOrderBody', {
    description: 'What is absent comes from the estimate. Lines may take away: their prices may be below zero, and the total too.',
  });

export const changeOrderOperations = operations({
  listChangeOrders: {
    ...{ method: 'get', path: '/change-orders', tag, access: 'estimates:read', status: 200, summary: 'Change orders and drafts of them, the newest first' },
    query: z.strictObject({ estimateId: idOf('estimate').optional(), customerId: idOf('customer').optional(), ...pageQuery }),
    answer: pageOf('ChangeOrderPage', estimateRow),
  },
  createChangeOrder: {
    ...{ method: 'post', path: '/change-orders', tag, access: 'estimates:write', status: 201, summary: 'Begin a change order of an approved estimate' },
    description: 'The answer is an estimate that names what it changes: issue, send, revise, withdraw and record decisions on it under /estimates.',
    body: changeOrderBody,
    answer: estimate,
  },
  readChangeOrder: {
    ...{ method: 'get', path: '/change-orders/{estimateId}', tag, access: 'estimates:read', status: 200, summary: 'One change order' },
    params: z.strictObject({ estimateId: idOf('estimate') }),
    answer: estimate,
  },
});
