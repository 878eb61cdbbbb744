import { z } from '@hono/zod-openapi';
import { limits, textLimits } from '../../../core/limits.ts';
import { eventPage } from './events.ts';
import { operations } from './operation.ts';
import { listOf, pageOf, pageQuery } from './page.ts';
import { address, count, currency, filledText, idOf, instant, language, minor, queryFlag, sumMinor, text, version } from './values.ts';

/** Whom the business works for, and where. */

export const customerKind = z.enum(['residential', 'commercial', 'property_manager']);
const fields = {
  kind: customerKind,
  name: filledText(textLimits.name, 'Rosa Quill'),
  company: text(textLimits.name),
  billingAddress: address,
  language,
  termsDays: z.int().min(0).max(365).nullable().openapi({ description: 'null: the terms of the business.' }),
  taxExempt: z.boolean(),
  taxExemptNote: text(textLimits.title),
  poRequired: z.boolean(),
  notes: text(textLimits.internalNote).openapi({ description: 'For the office only.' }),
};

/** The six figures of rule 17 and what belongs beside them. Each cent of the balance is in exactly one of the five. */
export const figures = z
  .strictObject({
    currency,
    balanceMinor: sumMinor,
    dueNowMinor: sumMinor,
    dueLaterMinor: sumMinor,
    onItsWayMinor: sumMinor,
    inQuestionMinor: sumMinor,
    heldBackMinor: sumMinor,
    overdueMinor: sumMinor.openapi({ description: 'Of due now; never added to it.' }),
    creditMinor: sumMinor.openapi({ description: 'Money kept for the customer, not on any invoice.' }),
  })
  .openapi('CustomerFigures');

export const customerRow = z
  .strictObject({
    id: idOf('customer'),
    kind: customerKind,
    name: z.string(),
    company: z.string(),
    contact: z.strictObject({ name: z.string(), email: z.string(), phone: z.string() }).nullable(),
    city: z.string(),
    properties: count,
    openInvoices: count,
    balanceMinor: sumMinor,
    overdueMinor: sumMinor,
    currency,
    archived: z.boolean(),
  })
  .openapi('CustomerRow');

export const customer = z
  .strictObject({
    id: idOf('customer'),
    version,
    ...fields,
    figures,
    properties: count,
    people: count,
    openInvoices: count,
    imported: z.boolean(),
    archived: z.boolean(),
    createdAt: instant,
  })
  .openapi('Customer');

export const customerBody = z
  .strictObject({
    id: idOf('customer').optional(),
    ...fields,
    company: fields.company.default(''),
    billingAddress: address.optional(),
    language: language.optional(),
    termsDays: fields.termsDays.default(null),
    taxExempt: z.boolean().default(false),
    taxExemptNote: fields.taxExemptNote.default(''),
    poRequired: z.boolean().default(false),
    notes: fields.notes.default(''),
    contact: z
      .strictObject({ name: text(textLimits.name), email: text(textLimits.email), phone: text(textLimits.phone) })
      .optional()
      .openapi({ description: 'The first person, who receives the invoices.' }),
  })
  .openapi('CustomerBody');
export const customerPatch = z.strictObject({ ...fields, archived: z.boolean() }).partial().openapi('CustomerPatch');

const propertyFields = {
  code: text(textLimits.code, 'LK-07'),
  name: text(textLimits.name, 'Larkspur House'),
  unit: text(textLimits.code, '2B'),
  address,
  accessNotes: text(textLimits.message).openapi({ description: 'For the office and crew only.' }),
  taxRateId: idOf('taxRate').nullable(),
};
export const property = z
  .strictObject({ id: idOf('property'), version, customerId: idOf('customer'), ...propertyFields, title: z.string().openapi({ description: 'Name · code · unit, or the street.' }), archived: z.boolean() })
  .openapi('Property');
export const propertyBody = z.strictObject({ id: idOf('property').optional(), ...z.strictObject(propertyFields).partial().shape }).openapi('PropertyBody');
export const propertyPatch = z.strictObject({ ...propertyFields, archived: z.boolean() }).partial().openapi('PropertyPatch');

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
const propertyId = z.strictObject({ propertyId: idOf('property') });
const personAt = z.strictObject({ customerId: idOf('customer'), personId: idOf('person') });
const customersQuery = z.strictObject({
  q: text(limits.searchQuery).optional().openapi({ description: 'Name, e-mail, phone, address.' }),
  kind: customerKind.optional(),
  owing: queryFlag.optional().openapi({ description: 'Only those who owe something.' }),
  archived: queryFlag.optional(),
  sort: z.enum(['name', 'newest', 'balance']).optional(),
  ...pageQuery,
});

const [people, properties] = ['People', 'Properties'];
export const customerOperations = operations({
  listCustomers: { method: 'get', path: '/customers', tag: 'Customers', access: 'customers:read', summary: 'Customers, with what they owe', query: customersQuery, status: 200, answer: pageOf('CustomerPage', customerRow) },
  addCustomer: { method: 'post', path: '/customers', tag: 'Customers', access: 'customers:write', summary: 'Add a customer', body: customerBody, status: 201, answer: customer },
  readCustomer: { method: 'get', path: '/customers/{customerId}', tag: 'Customers', access: 'customers:read', summary: 'One customer and the six figures', params: customerId, status: 200, answer: customer },
  changeCustomer: { method: 'patch', path: '/customers/{customerId}', tag: 'Customers', access: 'customers:write', ifMatch: true, summary: 'Change or archive a customer', params: customerId, body: customerPatch, status: 200, answer: customer },
  customerTimeline: { method: 'get', path: '/customers/{customerId}/timeline', tag: 'Customers', access: 'customers:read', summary: 'What passed between business and customer, newest first', params: customerId, query: z.strictObject(pageQuery), status: 200, answer: eventPage },
  listProperties: { method: 'get', path: '/customers/{customerId}/properties', tag: properties, access: 'customers:read', summary: 'Properties of a customer', params: customerId, query: z.strictObject({ q: text(limits.searchQuery).optional(), archived: queryFlag.optional(), ...pageQuery }), status: 200, answer: pageOf('PropertyPage', property) },
  addProperty: { method: 'post', path: '/customers/{customerId}/properties', tag: properties, access: 'customers:write', summary: 'Add a property', params: customerId, body: propertyBody, status: 201, answer: property },
  readProperty: { method: 'get', path: '/properties/{propertyId}', tag: properties, access: 'customers:read', summary: 'One property', params: propertyId, status: 200, answer: property },
  changeProperty: { method: 'patch', path: '/properties/{propertyId}', tag: properties, access: 'customers:write', ifMatch: true, summary: 'Change or archive a property', params: propertyId, body: propertyPatch, status: 200, answer: property },
  listPeople: { method: 'get', path: '/customers/{customerId}/people', tag: people, access: 'customers:read', summary: 'People of a customer, with their rights', params: customerId, status: 200, answer: listOf('PersonList', person) },
  addPerson: { method: 'post', path: '/customers/{customerId}/people', tag: people, access: 'customers:write', summary: 'Add a person', params: customerId, body: personBody, status: 201, answer: person },
  changePerson: { method: 'patch', path: '/customers/{customerId}/people/{personId}', tag: people, access: 'customers:write', ifMatch: true, summary: 'Correct a person', params: personAt, body: personPatch, status: 200, answer: person },
  setRights: { method: 'put', path: '/customers/{customerId}/people/{personId}/rights', tag: people, access: 'customers:write', summary: 'Say what a person may do for this customer', params: personAt, body: rights, status: 200, answer: person },
  removePerson: { method: 'delete', path: '/customers/{customerId}/people/{personId}', tag: people, access: 'customers:write', summary: 'Remove a person; their links end at once', params: personAt, status: 204, answer: null },
});
