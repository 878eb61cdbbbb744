import { Readable } from 'node:stream';
import { changeCustomer, createCustomer, listCustomers, readCustomerView } from '../../domain/customers/customers.ts';
import { readCustomerSplit } from '../../domain/front/split/split.ts';
import { addPerson } from '../../domain/people/people.ts';
import { splitCells, splitHead } from '../../outgoing/split-csv.ts';
import { type HandlersOf, uuidOf } from './call.ts';
import { given } from './given.ts';
import { readRef } from './present.ts';
import { presentCustomer, presentCustomerRow } from './present-customer.ts';
import type { customerOperations } from './schemas/customers.ts';
import { timelineOf } from './timeline.ts';
import { sendRows } from './upload.ts';

export const customerHandlers: HandlersOf<typeof customerOperations> = {
  listCustomers: async (call) => {
    const { items, nextCursor } = await call.read((scope) => listCustomers(scope, given(call.query)));
    return call.answer({ items: items.map(presentCustomerRow), nextCursor });
  },

  addCustomer: (call) =>
    call.act(async (scope) => {
      const { id, contact, twoApproversFromMinor: from, ...fields } = call.body;
      const added = await createCustomer(
        scope,
        given({ ...fields, id: readRef('customer', id, 'id'), twoApproversFromMinor: from === null ? null : BigInt(from) }),
      );
      if (contact !== undefined) await addPerson(scope, { ...contact, language: added.language, customerId: added.id });
      return presentCustomer(await readCustomerView(scope, added.id));
    }),

  readCustomer: async (call) => {
    const id = uuidOf('customer', call.params.customerId);
    return call.answer(presentCustomer(await call.read((scope) => readCustomerView(scope, id))));
  },

  changeCustomer: (call) =>
    call.act(async (scope) => {
      const id = uuidOf('customer', call.params.customerId);
      const { twoApproversFromMinor: from, ...fields } = given(call.body);
      const changes = { ...fields, ...(from === undefined ? {} : { twoApproversFromMinor: from === null ? null : BigInt(from) }) };
      await changeCustomer(scope, { id, version: call.version, changes });
      return presentCustomer(await readCustomerView(scope, id));
    }),

  downloadCustomerMonth: async (call) => {
    const { month = '' } = call.query;
    const { rows } = await call.read((scope) => readCustomerSplit(scope, uuidOf('customer', call.params.customerId), { month }));
    return sendRows(call.c, { name: `lines-${month}.csv`, head: splitHead, rows: (take) => take(Readable.from(rows.map(splitCells))) });
  },

  customerTimeline: async (call) => {
    const customerId = uuidOf('customer', call.params.customerId);
    return call.answer(
      await call.read(async (scope) => {
        await readCustomerView(scope, customerId);
        return timelineOf(scope, { customerId }, call.query);
      }),
    );
  },
};
