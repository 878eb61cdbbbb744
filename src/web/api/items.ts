import { publicId } from '../../core/ids.ts';
import { changeItem, createItem, type Item, listItems, readItem } from '../../domain/items/items.ts';
import { changeTaxRate, createTaxRate, listTaxRates, type TaxRate } from '../../domain/items/tax-rates.ts';
import { type AnswerOf, type HandlersOf, uuidOf } from './call.ts';
import { given } from './given.ts';
import { idOrNull, plain, readRef } from './present.ts';
import type { itemOperations } from './schemas/items.ts';

type Operations = typeof itemOperations;

export const itemHandlers: HandlersOf<Operations> = {
  listItems: async (call) => {
    const { items, nextCursor } = await call.read((scope) => listItems(scope, given(call.query)));
    return call.answer({ items: items.map(presentItem), nextCursor });
  },

  addItem: (call) =>
    call.act(async (scope) => {
      const { id, taxRateId, unitPriceMilli, ...fields } = call.body;
      const refs = given({ id: readRef('item', id, 'id'), taxRateId: readRef('taxRate', taxRateId, 'taxRateId') });
      return presentItem(await createItem(scope, { ...fields, ...refs, unitPriceMilli: BigInt(unitPriceMilli) }));
    }),

  readItem: async (call) => {
    const id = uuidOf('item', call.params.itemId);
    return call.answer(presentItem(await call.read((scope) => readItem(scope, id))));
  },

  changeItem: (call) =>
    call.act(async (scope) => {
      const { taxRateId, unitPriceMilli, ...fields } = call.body;
      const amounts = { unitPriceMilli: unitPriceMilli === undefined ? undefined : BigInt(unitPriceMilli) };
      const changes = given({ ...fields, ...amounts, taxRateId: readRef('taxRate', taxRateId, 'taxRateId') });
      return presentItem(await changeItem(scope, { id: uuidOf('item', call.params.itemId), version: call.version, changes }));
    }),

  listTaxRates: async (call) => {
    const rates = await call.read((scope) => listTaxRates(scope, given(call.query)));
    return call.answer({ items: rates.map(presentTaxRate) });
  },

  addTaxRate: (call) =>
    call.act(async (scope) => {
      const { id, name, components } = call.body;
      return presentTaxRate(await createTaxRate(scope, { name, components: components.map(readComponent), ...given({ id: readRef('taxRate', id, 'id') }) }));
    }),

  changeTaxRate: (call) =>
    call.act(async (scope) => {
      const changes = given({ ...call.body, components: call.body.components?.map(readComponent) });
      return presentTaxRate(await changeTaxRate(scope, { id: uuidOf('taxRate', call.params.taxRateId), changes }));
    }),
};

function readComponent({ name, ratePpm }: { name: string; ratePpm: number }): { name: string; ratePpm: bigint } {
  return { name, ratePpm: BigInt(ratePpm) };
}

function presentItem(of: Item): AnswerOf<Operations['readItem']> {
  const { version, name, description, unit } = of;
  return {
    id: publicId('item', of.id),
    ...{ version, name, description, unit },
    unitPriceMilli: plain(of.unitPriceMilli),
    taxRateId: idOrNull('taxRate', of.taxRateId),
    taxable: of.taxable,
    archived: of.archivedAt !== null,
  };
}

function presentTaxRate(of: TaxRate): AnswerOf<Operations['addTaxRate']> {
  const components = of.components.map(({ name, ratePpm }) => ({ name, ratePpm: plain(ratePpm) }));
  return { id: publicId('taxRate', of.id), name: of.name, components, ratePpm: plain(of.ratePpm), archived: of.archivedAt !== null };
}
