import { z } from '@hono/zod-openapi';
import { operations } from './operation.ts';
import { listOf } from './page.ts';
import { day, idOf, instant } from './values.ts';

/** Who approves in whose place while they are away. */

export const standIn = z
  .strictObject({
    id: idOf('standIn'),
    customerId: idOf('customer'),
    person: z.strictObject({ id: idOf('person'), name: z.string() }).openapi({ description: 'Who is away.' }),
    standIn: z.strictObject({ id: idOf('person'), name: z.string() }),
    fromOn: day,
    untilOn: day.openapi({ description: 'The last day, included.' }),
    createdBy: z.string(),
    endedAt: instant.nullable(),
  })
  .openapi('StandIn');

const customerId = z.strictObject({ customerId: idOf('customer') });
const tag = 'People';
export const standInOperations = operations({
  listStandIns: {
    method: 'get',
    path: '/customers/{customerId}/stand-ins',
    tag,
    access: 'customers:read',
    summary: 'Who approves in whose place, now or later',
    params: customerId,
    status: 200,
    answer: listOf('StandInList', standIn),
  },
  nameStandIn: {
    method: 'post',
    path: '/customers/{customerId}/stand-ins',
    tag,
    access: 'customers:write',
    summary: 'Say who approves in place of somebody who is away',
    description: 'With the limit of the one who is away as it is at each moment, and never more. Nobody stands in for a stand-in.',
    params: customerId,
    body: z
      .strictObject({ personId: idOf('person').openapi({ description: 'Who is away.' }), standInId: idOf('person'), fromOn: day, untilOn: day })
      .openapi('NameStandIn'),
    status: 201,
    answer: standIn,
  },
  endStandIn: {
    method: 'post',
    path: '/stand-ins/{standInId}/end',
    tag,
    access: 'customers:write',
    summary: 'End it at once; once more changes nothing',
    params: z.strictObject({ standInId: idOf('standIn') }),
    status: 200,
    answer: standIn,
  },
});
