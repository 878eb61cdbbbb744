import { z } from '@hono/zod-openapi';
import { limits, textLimits } from '../../../core/limits.ts';
import { operations } from './operation.ts';
import { pageOf, pageQuery } from './page.ts';
import { address, idOf, minor, queryFlag, text, version } from './values.ts';

/** Where the work is done. */

const propertyFields = {
  code: text(textLimits.code, 'LK-07'),
  name: text(textLimits.name, 'Larkspur House'),
  unit: text(textLimits.code, '2B'),
  address,
  ownerName: text(textLimits.name, 'Edgar Finch').openapi({ description: 'Whose it is.' }),
  ownerPersonId: idOf('person').nullable().openapi({ description: 'The owner, when they are one of the customer’s people.' }),
  costCode: text(textLimits.code, 'GL-6200').openapi({ description: 'What the customer books its costs under.' }),
  accessNotes: text(textLimits.message).openapi({ description: 'For the office and crew; for the customer’s people too where `accessNotesShown`.' }),
  accessNotesShown: z.boolean(),
  nteMinor: minor.nullable().openapi({ description: 'Above it whoever looks after this property only recommends, and the owner or the account decides.' }),
  poRequired: z.boolean().nullable().openapi({ description: 'Whether approving asks for a PO number here; null: as the customer.' }),
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
    movedToId: idOf('property').nullable().openapi({ description: 'What it is now, at another customer. What was billed stays here.' }),
    movedFromId: idOf('property').nullable().openapi({ description: 'What it was before, at another customer.' }),
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
  moveProperty: {
    method: 'post',
    path: '/properties/{propertyId}/move',
    tag,
    access: 'customers:write',
    summary: 'A property changes hands: it becomes one of another customer',
    description: 'Answers the property as it is now. What was billed, approved and written stays with the old one, which is archived; each names the other.',
    params: propertyId,
    body: z.strictObject({ customerId: idOf('customer'), version }).openapi('PropertyMove'),
    status: 201,
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
