import { type Address, cleanAddress, noAddress } from '../../core/address.ts';
import { limits, textLimits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import { clean, cleanLines } from '../../core/text.ts';

/** A place where work is done for a customer. */
export type PropertyFields = Readonly<{
  code: string;
  name: string;
  unit: string;
  address: Address;
  /** Whose it is, as the customer's people know them. */
  ownerName: string;
  /** The owner, when they are one of the customer's people. */
  ownerPersonId: string | null;
  /** What the customer books its costs under. */
  costCode: string;
  /** For the office and crew; for the customer's people too where `accessNotesShown`. */
  accessNotes: string;
  accessNotesShown: boolean;
  /** Above it whoever looks after this property only recommends; null: no limit of its own. In minor units of the business's currency. */
  nteMinor: bigint | null;
  /** null: as the customer. */
  poRequired: boolean | null;
  /** null: the rate of the business. */
  taxRateId: string | null;
}>;
export type PropertyChanges = Readonly<Partial<Omit<PropertyFields, 'address'>> & { address?: Partial<Address>; archived?: boolean }>;
export type NewProperty = Readonly<Omit<PropertyChanges, 'archived'> & { id?: string; customerId: string; importKey?: string | null }>;
export type Property = PropertyFields &
  Readonly<{
    id: string;
    version: number;
    customerId: string;
    title: string;
    archivedAt: string | null;
    createdAt: string;
    /** Where it is now, after it changed hands, and what it was before. */
    movedTo: string | null;
    movedFrom: string | null;
  }>;

const fresh: PropertyFields = {
  ...{ code: '', name: '', unit: '', address: noAddress, ownerName: '', ownerPersonId: null, costCode: '', accessNotes: '', accessNotesShown: false },
  ...{ nteMinor: null, poRequired: null, taxRateId: null },
};

export function cleanProperty(input: PropertyChanges, before: PropertyFields = fresh): PropertyFields {
  const nteMinor = input.nteMinor === undefined ? before.nteMinor : input.nteMinor;
  if (nteMinor !== null && (nteMinor < 0n || nteMinor > limits.documentMaxMinor)) throw new Refusal('amount_too_large', { field: 'nteMinor' });
  return {
    code: input.code === undefined ? before.code : clean(input.code, textLimits.code, 'code'),
    name: input.name === undefined ? before.name : clean(input.name, textLimits.name, 'name'),
    unit: input.unit === undefined ? before.unit : clean(input.unit, textLimits.code, 'unit'),
    address: input.address === undefined ? before.address : cleanAddress(input.address, 'address'),
    ownerName: input.ownerName === undefined ? before.ownerName : clean(input.ownerName, textLimits.name, 'ownerName'),
    ownerPersonId: input.ownerPersonId === undefined ? before.ownerPersonId : input.ownerPersonId,
    costCode: input.costCode === undefined ? before.costCode : clean(input.costCode, textLimits.code, 'costCode'),
    accessNotes: input.accessNotes === undefined ? before.accessNotes : cleanLines(input.accessNotes, textLimits.message, 'accessNotes'),
    accessNotesShown: input.accessNotesShown ?? before.accessNotesShown,
    nteMinor,
    poRequired: input.poRequired === undefined ? before.poRequired : input.poRequired,
    taxRateId: input.taxRateId === undefined ? before.taxRateId : input.taxRateId,
  };
}

/** Name · code · unit; the street when it has none of them. */
export function propertyTitle(property: Pick<PropertyFields, 'name' | 'code' | 'unit'> & { address: { street?: string } }): string {
  const title = [property.name, property.code, property.unit].filter((part) => part !== '').join(' · ');
  return title === '' ? (property.address.street ?? '') : title;
}
