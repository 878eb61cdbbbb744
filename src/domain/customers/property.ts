import { type Address, cleanAddress, noAddress } from '../../core/address.ts';
import { textLimits } from '../../core/limits.ts';
import { clean, cleanLines } from '../../core/text.ts';

/** A place where work is done for a customer. */
export type PropertyFields = Readonly<{
  code: string;
  name: string;
  unit: string;
  address: Address;
  /** For the office and crew only. */
  accessNotes: string;
  /** null: the rate of the business. */
  taxRateId: string | null;
}>;
export type PropertyChanges = Readonly<Partial<Omit<PropertyFields, 'address'>> & { address?: Partial<Address>; archived?: boolean }>;
export type NewProperty = Readonly<Omit<PropertyChanges, 'archived'> & { id?: string; customerId: string; importKey?: string | null }>;
export type Property = PropertyFields &
  Readonly<{ id: string; version: number; customerId: string; title: string; archivedAt: string | null; createdAt: string }>;

const fresh: PropertyFields = { code: '', name: '', unit: '', address: noAddress, accessNotes: '', taxRateId: null };

export function cleanProperty(input: PropertyChanges, before: PropertyFields = fresh): PropertyFields {
  return {
    code: input.code === undefined ? before.code : clean(input.code, textLimits.code, 'code'),
    name: input.name === undefined ? before.name : clean(input.name, textLimits.name, 'name'),
    unit: input.unit === undefined ? before.unit : clean(input.unit, textLimits.code, 'unit'),
    address: input.address === undefined ? before.address : cleanAddress(input.address, 'address'),
    accessNotes: input.accessNotes === undefined ? before.accessNotes : cleanLines(input.accessNotes, textLimits.message, 'accessNotes'),
    taxRateId: input.taxRateId === undefined ? before.taxRateId : input.taxRateId,
  };
}

/** Name · code · unit; the street when it has none of them. */
export function propertyTitle(property: Pick<PropertyFields, 'name' | 'code' | 'unit'> & { address: { street?: string } }): string {
  const title = [property.name, property.code, property.unit].filter((part) => part !== '').join(' · ');
  return title === '' ? (property.address.street ?? '') : title;
}
