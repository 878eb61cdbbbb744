import { z } from '@hono/zod-openapi';
import { limits, textLimits } from '../../../core/limits.ts';
import { operations } from './operation.ts';
import { listOf, pageOf, pageQuery } from './page.ts';
import { filledText, idOf, queryFlag, ratePpm, text, unitPriceMilli, version } from './values.ts';

/** The price book and the tax rates. */

const itemFields = {
  name: filledText(textLimits.title, 'Drain cleaning'),
  description: text(textLimits.lineDescription),
  unit: text(textLimits.unit, 'hour'),
  unitPriceMilli,
  taxRateId: idOf('taxRate').nullable().openapi({ description: 'A rate of its own; null: the rate of the property, else of the business.' }),
  taxable: z.boolean().openapi({ description: 'false: never taxed, wherever it is used.' }),
};
export const item = z.strictObject({ id: idOf('item'), version, ...itemFields, archived: z.boolean() }).openapi('Item');
export const itemBody = z
  .strictObject({
    id: idOf('item').optional(),
    ...itemFields,
    description: itemFields.description.default(''),
    unit: itemFields.unit.default(''),
    taxRateId: itemFields.taxRateId.default(null),
    taxable: itemFields.taxable.default(true),
  })
  .openapi('ItemBody');
export const itemPatch = z
  .strictObject({ ...itemFields, archived: z.boolean() })
  .partial()
  .openapi('ItemPatch');

const component = z.strictObject({ name: filledText(60, 'State'), ratePpm });
const rateFields = { name: filledText(60, 'Sales tax'), components: z.array(component).min(1).max(limits.componentsPerTaxRate) };
export const taxRate = z
  .strictObject({ id: idOf('taxRate'), ...rateFields, ratePpm: ratePpm.openapi({ description: 'All components together.' }), archived: z.boolean() })
  .openapi('TaxRate');
export const taxRateBody = z.strictObject({ id: idOf('taxRate').optional(), ...rateFields }).openapi('TaxRateBody');
export const taxRatePatch = z
  .strictObject({ ...rateFields, archived: z.boolean() })
  .partial()
  .openapi('TaxRatePatch');

const itemId = z.strictObject({ itemId: idOf('item') });
const taxRateId = z.strictObject({ taxRateId: idOf('taxRate') });
const archived = queryFlag.optional().openapi({ description: 'Show archived ones instead.' });

export const itemOperations = operations({
  listItems: {
    method: 'get',
    path: '/items',
    tag: 'Items',
    access: 'items:read',
    summary: 'The price book',
    query: z.strictObject({ q: text(limits.searchQuery).optional(), archived, ...pageQuery }),
    status: 200,
    answer: pageOf('ItemPage', item),
  },
  addItem: {
    method: 'post',
    path: '/items',
    tag: 'Items',
    access: 'items:write',
    summary: 'Add an item to the price book',
    body: itemBody,
    status: 201,
    answer: item,
  },
  readItem: { method: 'get', path: '/items/{itemId}', tag: 'Items', access: 'items:read', summary: 'One item', params: itemId, status: 200, answer: item },
  changeItem: {
    method: 'patch',
    path: '/items/{itemId}',
    tag: 'Items',
    access: 'items:write',
    ifMatch: true,
    summary: 'Change or archive an item',
    params: itemId,
    body: itemPatch,
    status: 200,
    answer: item,
  },
  listTaxRates: {
    method: 'get',
    path: '/tax-rates',
    tag: 'Tax rates',
    access: 'items:read',
    summary: 'All tax rates',
    query: z.strictObject({ archived }),
    status: 200,
    answer: listOf('TaxRateList', taxRate),
  },
  addTaxRate: {
    method: 'post',
    path: '/tax-rates',
    tag: 'Tax rates',
    access: 'settings:write',
    summary: 'Add a tax rate',
    body: taxRateBody,
    status: 201,
    answer: taxRate,
  },
  changeTaxRate: {
    method: 'patch',
    path: '/tax-rates/{taxRateId}',
    tag: 'Tax rates',
    access: 'settings:write',
    summary: 'Change or archive a tax rate; issued invoices keep theirs',
    params: taxRateId,
    body: taxRatePatch,
    status: 200,
    answer: taxRate,
  },
});
