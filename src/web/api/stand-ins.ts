import type { z } from '@hono/zod-openapi';
import { publicId } from '../../core/ids.ts';
import { endStandIn, listStandIns, nameStandIn, type StandIn } from '../../domain/approvals/approvals.ts';
import { readCustomer } from '../../domain/customers/customers.ts';
import { type HandlersOf, uuidOf } from './call.ts';
import { readRef } from './present.ts';
import type { standIn, standInOperations } from './schemas/stand-ins.ts';

export const standInHandlers: HandlersOf<typeof standInOperations> = {
  listStandIns: async (call) => {
    const customerId = uuidOf('customer', call.params.customerId);
    const rows = await call.read(async (scope) => {
      await readCustomer(scope, customerId);
      return listStandIns(scope, { customerId });
    });
    return call.answer({ items: rows.map(presentStandIn) });
  },

  nameStandIn: (call) =>
    call.act(async (scope) => {
      const customerId = uuidOf('customer', call.params.customerId);
      await readCustomer(scope, customerId);
      const { personId, standInId, ...days } = call.body;
      const who = { personId: readRef('person', personId, 'personId'), standInId: readRef('person', standInId, 'standInId') };
      return presentStandIn(await nameStandIn(scope, { customerId, ...who, ...days }));
    }),

  endStandIn: (call) => call.act(async (scope) => presentStandIn(await endStandIn(scope, uuidOf('standIn', call.params.standInId)))),
};

function presentStandIn({ id, customerId, fromOn, untilOn, createdBy, endedAt, ...of }: StandIn): z.input<typeof standIn> {
  return {
    id: publicId('standIn', id),
    customerId: publicId('customer', customerId),
    person: { id: publicId('person', of.personId), name: of.personName },
    standIn: { id: publicId('person', of.standInId), name: of.standInName },
    ...{ fromOn, untilOn, createdBy, endedAt },
  };
}
