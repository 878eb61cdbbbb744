import { TextInput } from '@mantine/core';
import type { Address } from '../api/types.ts';

export const noAddress: Address = { street: '', unit: '', city: '', region: '', postalCode: '', country: '' };

const labels: readonly (readonly [keyof Address, string, boolean])[] = [
  ['street', 'Street', true],
  ['unit', 'Apartment, suite', false],
  ['city', 'City', false],
  ['region', 'State', false],
  ['postalCode', 'ZIP', false],
];

export function AddressFields({ address, onChange, legend = 'Address' }: { address: Address; onChange: (address: Address) => void; legend?: string }) {
  return (
    <fieldset className="fieldset full">
      <legend>{legend}</legend>
      <div className="fields">
        {labels.map(([name, label, wide]) => (
          <TextInput
            key={name}
            className={wide ? 'full' : ''}
            label={label}
            autoComplete="off"
            maxLength={120}
            value={address[name]}
            onChange={(event) => onChange({ ...address, [name]: event.currentTarget.value })}
          />
        ))}
      </div>
    </fieldset>
  );
}

/** On one line; '' when there is none. */
export function addressText(address: Address): string {
  const street = [address.street, address.unit].filter((part) => part !== '').join(' ');
  const place = [address.city, [address.region, address.postalCode].filter((part) => part !== '').join(' ')].filter((part) => part !== '').join(', ');
  return [street, place].filter((part) => part !== '').join(', ');
}
