import { textLimits } from './limits.ts';
import { Refusal } from './refusal.ts';
import { clean } from './text.ts';

/** A postal address; parts that are not known are ''. `country` is ISO 3166-1 alpha-2 or ''. */
export type Address = Readonly<{ street: string; unit: string; city: string; region: string; postalCode: string; country: string }>;

export const noAddress: Address = { street: '', unit: '', city: '', region: '', postalCode: '', country: '' };

/** The address as it is stored. Refuses a part that is too long, or a country that is not two letters, naming `field`. */
export function cleanAddress(input: Partial<Address> | null | undefined, field: string): Address {
  const part = (name: keyof Address, max: number): string => clean(input?.[name] ?? '', max, `${field}.${name}`);
  const country = part('country', 60).toUpperCase();
  if (!/^([A-Z]{2})?$/.test(country)) throw new Refusal('wrong_choice', { field: `${field}.country` });
  return {
    street: part('street', textLimits.addressLine),
    unit: part('unit', textLimits.addressLine),
    city: part('city', textLimits.addressLine),
    region: part('region', textLimits.addressLine),
    postalCode: part('postalCode', textLimits.postalCode),
    country,
  };
}

/** As written on an envelope, without the country: street and unit, then town. Empty lines are left out. */
export function addressLines(address: Address): string[] {
  const street = [address.street, address.unit].filter((part) => part !== '').join(', ');
  const town = [address.city, [address.region, address.postalCode].filter((part) => part !== '').join(' ')].filter((part) => part !== '').join(', ');
  return [street, town].filter((line) => line !== '');
}
