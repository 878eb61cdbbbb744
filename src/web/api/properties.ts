import type { z } from '@hono/zod-openapi';
import { readCustomer } from '../../domain/customers/customers.ts';
import { changeProperty, createProperty, listProperties, moveProperty, readProperty } from '../../domain/customers/properties.ts';
import { type HandlersOf, uuidOf } from './call.ts';
import { given } from './given.ts';
import { readRef } from './present.ts';
import { presentProperty } from './present-customer.ts';
import type { propertyOperations, propertyPatch } from './schemas/properties.ts';

export const propertyHandlers: HandlersOf<typeof propertyOperations> = {
  listProperties: async (call) => {
    const customerId = uuidOf('customer', call.params.customerId);
    const { items, nextCursor } = await call.read(async (scope) => {
      await readCustomer(scope, customerId);
      return listProperties(scope, { customerId, ...given(call.query) });
    });
    return call.answer({ items: items.map(presentProperty), nextCursor });
  },

  addProperty: (call) =>
    call.act(async (scope) => {
      const customerId = uuidOf('customer', call.params.customerId);
      await readCustomer(scope, customerId);
      const { id, ...fields } = call.body;
      return presentProperty(await createProperty(scope, { customerId, ...fieldsOf(fields), ...given({ id: readRef('property', id, 'id') }) }));
    }),

  readProperty: async (call) => {
    const id = uuidOf('property', call.params.propertyId);
    return call.answer(presentProperty(await call.read((scope) => readProperty(scope, id))));
  },

  moveProperty: (call) =>
    call.act(async (scope) => {
      const { customerId, version } = call.body;
      const to = readRef('customer', customerId, 'customerId');
      return presentProperty(await moveProperty(scope, { id: uuidOf('property', call.params.propertyId), version, customerId: to }));
    }),

  changeProperty: (call) =>
    call.act(async (scope) => {
      const { archived, ...fields } = call.body;
      const changes = { ...fieldsOf(fields), ...given({ archived }) };
      return presentProperty(await changeProperty(scope, { id: uuidOf('property', call.params.propertyId), version: call.version, changes }));
    }),
};

function fieldsOf({ taxRateId, ownerPersonId, nteMinor, ...fields }: Omit<z.output<typeof propertyPatch>, 'archived'>) {
  return given({
    ...fields,
    taxRateId: readRef('taxRate', taxRateId, 'taxRateId'),
    ownerPersonId: readRef('person', ownerPersonId, 'ownerPersonId'),
    nteMinor: typeof nteMinor === 'number' ? BigInt(nteMinor) : nteMinor,
  });
}
