import { z } from '@hono/zod-openapi';
import { textLimits } from '../../../core/limits.ts';
import { operations } from './operation.ts';
import { listOf } from './page.ts';
import { filledText, idOf, instant, language, minor, text, version } from './values.ts';

/** The people of a customer, and what each of them may do. */

const rightFields = {
  propertyIds: z.array(idOf('property')).max(1000).nullable().openapi({ description: 'null: all properties of the customer, also later ones.' }),
  canView: z.boolean(),
  canAsk: z.boolean(),
  canPay: z.boolean(),
  canManage: z.boolean(),
  approveLimitMinor: minor,
  bills: z.boolean().openapi({ description: 'Receives invoices unless chosen otherwise.' }),
};
export const rights = z.strictObject(rightFields).openapi('Rights');
const personFields = {
  name: filledText(textLimits.name, 'Dana Whitlock'),
  email: text(textLimits.email, 'dana@example.com'),
  phone: text(textLimits.phone, '(512) 555-0120'),
  language,
  sharedMailbox: z.boolean().openapi({ description: 'One address, several people: may view, ask and pay, not approve.' }),
};
export const person = z
  .strictObject({
    id: idOf('person'),
    version,
    ...personFields,
    verified: z.boolean().openapi({ description: 'The address was proven by a code.' }),
    bouncedAt: instant.nullable(),
    rights: rights.openapi({ description: 'At the customer asked about.' }),
    createdAt: instant,
  })
  .openapi('Person');
export const personBody = z
  .strictObject({
    id: idOf('person').optional(),
    ...personFields,
    email: personFields.email.default(''),
    phone: personFields.phone.default(''),
    language: language.optional(),
    sharedMailbox: z.boolean().default(false),
    rights: rights.partial().optional(),
  })
  .openapi('PersonBody');
export const personPatch = z.strictObject(personFields).partial().openapi('PersonPatch');

const customerId = z.strictObject({ customerId: idOf('customer') });
const personAt = z.strictObject({ customerId: idOf('customer'), personId: idOf('person') });

const tag = 'People';
export const peopleOperations = operations({
  listPeople: {
    method: 'get',
    path: '/customers/{customerId}/people',
    tag,
    access: 'customers:read',
    summary: 'People of a customer, with their rights',
    params: customerId,
    status: 200,
    answer: listOf('PersonList', person),
  },
  addPerson: {
    method: 'post',
    path: '/customers/{customerId}/people',
    tag,
    access: 'customers:write',
    summary: 'Add a person',
    params: customerId,
    body: personBody,
    status: 201,
    answer: person,
  },
  changePerson: {
    method: 'patch',
    path: '/customers/{customerId}/people/{personId}',
    tag,
    access: 'customers:write',
    ifMatch: true,
    summary: 'Correct a person',
    params: personAt,
    body: personPatch,
    status: 200,
    answer: person,
  },
  setRights: {
    method: 'put',
    path: '/customers/{customerId}/people/{personId}/rights',
    tag,
    access: 'customers:write',
    summary: 'Say what a person may do for this customer',
    params: personAt,
    body: rights,
    status: 200,
    answer: person,
  },
  removePerson: {
    method: 'delete',
    path: '/customers/{customerId}/people/{personId}',
    tag,
    access: 'customers:write',
    summary: 'Remove a person; their links end at once',
    params: personAt,
    status: 204,
    answer: null,
  },
});
