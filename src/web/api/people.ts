import type { z } from '@hono/zod-openapi';
import { readCustomer } from '../../domain/customers/customers.ts';
import { addPerson, changePerson, listPeople, type Rights, readPerson, removePerson, setRights } from '../../domain/people/people.ts';
import { type HandlersOf, uuidOf } from './call.ts';
import { given } from './given.ts';
import { readRef } from './present.ts';
import { presentPerson } from './present-customer.ts';
import type { peopleOperations, rights } from './schemas/people.ts';

export const peopleHandlers: HandlersOf<typeof peopleOperations> = {
  listPeople: async (call) => {
    const customerId = uuidOf('customer', call.params.customerId);
    const people = await call.read(async (scope) => {
      await readCustomer(scope, customerId);
      return listPeople(scope, customerId);
    });
    return call.answer({ items: people.map(presentPerson) });
  },

  addPerson: (call) =>
    call.act(async (scope) => {
      const customerId = uuidOf('customer', call.params.customerId);
      const { language } = await readCustomer(scope, customerId);
      const { id, rights: wanted, ...fields } = call.body;
      const person = { language, ...given(fields), ...given({ id: readRef('person', id, 'id') }), rights: rightsIn(wanted ?? {}), customerId };
      return presentPerson(await addPerson(scope, person));
    }),

  changePerson: (call) =>
    call.act(async (scope) => {
      const at = personAt(call.params);
      await readPerson(scope, at);
      await changePerson(scope, { id: at.personId, version: call.version, changes: given(call.body) });
      return presentPerson(await readPerson(scope, at));
    }),

  setRights: (call) =>
    call.act(async (scope) => {
      const at = personAt(call.params);
      await readCustomer(scope, at.customerId);
      await setRights(scope, { ...at, rights: rightsIn(call.body) });
      return presentPerson(await readPerson(scope, at));
    }),

  removePerson: (call) =>
    call.act(async (scope) => {
      const at = personAt(call.params);
      await readCustomer(scope, at.customerId);
      await removePerson(scope, at);
      return null;
    }),
};

function personAt(params: Readonly<{ customerId: string; personId: string }>): { customerId: string; personId: string } {
  return { customerId: uuidOf('customer', params.customerId), personId: uuidOf('person', params.personId) };
}

type WrittenRights = { [Field in keyof z.output<typeof rights>]?: z.output<typeof rights>[Field] | undefined };

function rightsIn(body: WrittenRights): Partial<Rights> {
  const { propertyIds, approveLimitMinor, ...flags } = body;
  return given({
    ...flags,
    propertyIds: propertyIds?.map((id, at) => readRef('property', id, `rights.propertyIds[${at}]`)) ?? (propertyIds === null ? null : undefined),
    approveLimitMinor: approveLimitMinor === undefined ? undefined : BigInt(approveLimitMinor),
  });
}
