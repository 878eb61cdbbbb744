import { z } from '@hono/zod-openapi';
import { limits, textLimits } from '../../../core/limits.ts';
import { operations } from './operation.ts';
import { pageOf, pageQuery } from './page.ts';
import { address, idOf, queryFlag, text, version } from './values.ts';

/** Where the work is done. */

const propertyFields = {
  code: text(textLimits.code, 'LK-07'),
  name: text(textLimits.name, 'Larkspur House'),
  unit: text(textLimits.code, '2B'),
  address,
  accessNotes: text(textLimits.message).openapi({ description: 'For the office and crew only.' }),
  taxRateId: idOf('taxRate').nullable(),
};
export const property = z
  .strictObject({
    id: idOf('property'),
    version,
    customerId: idOf('customer'),
    ...propertyFields,
    title: z.string().openapi({ description: 'Name · code · unit, or the street.' }),
    archived: z.boolean(),
  })
  .openapi('Property');
export const propertyBody = z.strictObject({ id: idOf('property').optional(), ...z.strictObject(propertyFields).partial().shape }).openapi('PropertyBody');
export const propertyPatch = z
  .strictObject({ ...propertyFields, archived: z.boolean() })
  .partial()
  .openapi('PropertyPatch');

const customerId = z.strictObject({ customerId: idOf('customer') });
const propertyId = z.strictObject({ propertyId: idOf('property') });

const tag = 'Properties';
export const propertyOperations = operations({
  listProperties: {
    method: 'get',
    path: '/customers/{customerId}/properties',
    tag,
    access: 'customers:read',
    summary: 'Properties of a customer',
    params: customerId,
    query: z.strictObject({ q: text(limits.searchQuery).optional(), archived: queryFlag.optional(), ...pageQuery }),
    status: 200,
    answer: pageOf('PropertyPage', property),
  },
  addProperty: {
    method: 'post',
    path: '/customers/{customerId}/properties',
    tag,
    access: 'customers:write',
    summary: 'Add a property',
    params: customerId,
    body: propertyBody,
    status: 201,
    answer: property,
  },
  readProperty: {
    method: 'get',
    path: '/properties/{propertyId}',
    tag,
    access: 'customers:read',
    summary: 'One property',
    params: propertyId,
    status: 200,
    answer: property,
  },
  changeProperty: {
    method: 'patch',
    path: '/properties/{propertyId}',
    tag,
    access: 'customers:write',
    ifMatch: true,
    summary: 'Change or archive a property',
    params: propertyId,
    body: propertyPatch,
    status: 200,
    answer: property,
  },
});
