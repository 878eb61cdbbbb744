import { Refusal } from '../../core/refusal.ts';
import { createChangeOrder, listEstimates, readEstimateDesk } from '../../domain/estimates/estimates.ts';
import { type HandlersOf, uuidOf } from './call.ts';
import { estimateShown } from './estimate-shown.ts';
import { readRef } from './present.ts';
import { presentEstimateRow } from './present-estimate.ts';
import { readEstimatePatch } from './read-estimate.ts';
import type { changeOrderOperations } from './schemas/change-orders.ts';

export const changeOrderHandlers: HandlersOf<typeof changeOrderOperations> = {
  listChangeOrders: async (call) => {
    const { estimateId, customerId, cursor, limit } = call.query;
    const changesOf = readRef('estimate', estimateId, 'estimateId') ?? 'any';
    const of = { tab: 'all', changesOf, customerId: readRef('customer', customerId, 'customerId'), cursor, limit } as const;
    const { rows, next, today } = await call.read(async (scope) => {
      if (changesOf !== 'any') await readEstimateDesk(scope, changesOf);
      return listEstimates(scope, of);
    });
    return call.answer({ items: rows.map((row) => presentEstimateRow(row, today)), nextCursor: next });
  },

  createChangeOrder: (call) =>
    call.act(async (scope) => {
      const { id, estimateId, ...body } = call.body;
      const draft = await createChangeOrder(scope, uuidOf('estimate', estimateId), readEstimatePatch(body), readRef('estimate', id, 'id'));
      return estimateShown(scope, draft.id);
    }),

  readChangeOrder: async (call) => {
    const documentId = uuidOf('estimate', call.params.estimateId);
    const shown = await call.read((scope) => estimateShown(scope, documentId));
    if (shown.amends === null) throw new Refusal('not_found');
    return call.answer(shown);
  },
};
