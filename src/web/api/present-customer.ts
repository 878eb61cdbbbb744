import type { z } from '@hono/zod-openapi';
import { noAddress } from '../../core/address.ts';
import { publicId } from '../../core/ids.ts';
import type { CustomerFigures, CustomerRow, CustomerView } from '../../domain/customers/customers.ts';
import type { Property } from '../../domain/customers/properties.ts';
import type { Person, Rights } from '../../domain/people/people.ts';
import { idOrNull, plain, plainOrNull } from './present.ts';
import type { customer, customerRow, figures } from './schemas/customers.ts';
import type { person, rights } from './schemas/people.ts';
import type { property } from './schemas/properties.ts';

export function presentCustomerRow(row: CustomerRow): z.input<typeof customerRow> {
  return { ...row, id: publicId('customer', row.id), balanceMinor: plain(row.balanceMinor), overdueMinor: plain(row.overdueMinor) };
}

export function presentCustomer(of: CustomerView): z.input<typeof customer> {
  const { kind, name, company, language, termsDays, taxExempt, taxExemptNote, poRequired, notes, properties, people, openInvoices, imported, createdAt } = of;
  return {
    id: publicId('customer', of.id),
    version: of.version,
    ...{ kind, name, company, language, termsDays, taxExempt, taxExemptNote, poRequired, notes, properties, people, openInvoices, imported, createdAt },
    billingAddress: { ...noAddress, ...of.billingAddress },
    twoApproversFromMinor: plainOrNull(of.twoApproversFromMinor),
    figures: presentFigures(of.figures),
    archived: of.archivedAt !== null,
    erased: of.erasedAt !== null,
  };
}

export function presentFigures(of: CustomerFigures): z.input<typeof figures> {
  return {
    currency: of.currency,
    balanceMinor: plain(of.balanceMinor),
    dueNowMinor: plain(of.dueNowMinor),
    dueLaterMinor: plain(of.dueLaterMinor),
    onItsWayMinor: plain(of.onItsWayMinor),
    inQuestionMinor: plain(of.inQuestionMinor),
    heldBackMinor: plain(of.heldBackMinor),
    overdueMinor: plain(of.overdueMinor),
    creditMinor: plain(of.creditMinor),
  };
}

export function presentProperty(of: Property): z.input<typeof property> {
  const { code, name, unit, address, ownerName, costCode, accessNotes, accessNotesShown, poRequired, title } = of;
  return {
    id: publicId('property', of.id),
    version: of.version,
    customerId: publicId('customer', of.customerId),
    ...{ code, name, unit, ownerName, costCode, accessNotes, accessNotesShown, poRequired, title },
    ownerPersonId: idOrNull('person', of.ownerPersonId),
    nteMinor: of.nteMinor === null ? null : plain(of.nteMinor),
    address: { ...noAddress, ...address },
    taxRateId: idOrNull('taxRate', of.taxRateId),
    archived: of.archivedAt !== null,
    movedToId: idOrNull('property', of.movedTo),
    movedFromId: idOrNull('property', of.movedFrom),
  };
}

export function presentRights(of: Rights): z.input<typeof rights> {
  return {
    ...of,
    propertyIds: of.propertyIds === null ? null : of.propertyIds.map((id) => publicId('property', id)),
    approveLimitMinor: plain(of.approveLimitMinor),
  };
}

export function presentPerson(of: Person): z.input<typeof person> {
  const { name, email, phone, language, sharedMailbox, verified, bouncedAt, createdAt } = of;
  return {
    id: publicId('person', of.id),
    version: of.version,
    ...{ name, email, phone, language, sharedMailbox, verified, bouncedAt, createdAt },
    rights: presentRights(of.rights),
  };
}
