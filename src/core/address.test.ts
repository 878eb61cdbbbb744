import { describe, expect, it } from 'vitest';
import { addressLines, cleanAddress, noAddress } from './address.ts';

describe('an address', () => {
  it('is stored with every part, cleaned, the country in capitals', () => {
    expect(cleanAddress({ street: ' 12  Ferry\nStreet ', country: 'us' }, 'address')).toEqual({ ...noAddress, street: '12 Ferry Street', country: 'US' });
  });

  it('is empty when nothing is given', () => {
    expect(cleanAddress(undefined, 'address')).toEqual(noAddress);
  });

  it('names the part at fault', () => {
    expect(() => cleanAddress({ postalCode: 'x'.repeat(21) }, 'address')).toThrow(
      expect.objectContaining({ code: 'text_too_long', details: { field: 'address.postalCode', max: 20 } }),
    );
    expect(() => cleanAddress({ country: 'Texas' }, 'address')).toThrow(expect.objectContaining({ code: 'wrong_choice' }));
  });

  it('reads as on an envelope', () => {
    expect(addressLines({ street: '12 Ferry Street', unit: '2B', city: 'Sampleton', region: 'TX', postalCode: '00000', country: 'US' })).toEqual([
      '12 Ferry Street, 2B',
      'Sampleton, TX 00000',
    ]);
    expect(addressLines({ ...noAddress, city: 'Sampleton' })).toEqual(['Sampleton']);
    expect(addressLines(noAddress)).toEqual([]);
  });
});
