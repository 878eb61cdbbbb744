import { describe, expect, it } from 'vitest';
import fc from '../../test/chance.ts';
import { type IdKind, idPrefixes, isUuid, publicId, readId, uuidV7 } from './ids.ts';

const sample = '0192f0c1-2345-7abc-8def-0123456789ab';

describe('public ids', () => {
  it('are the prefix and 26 small Crockford digits', () => {
    expect(publicId('invoice', sample)).toMatch(/^inv_[0-9a-hjkmnp-tv-z]{26}$/);
    expect(publicId('invoice', '00000000-0000-0000-0000-000000000000')).toBe(`inv_${'0'.repeat(26)}`);
    expect(publicId('property', 'ffffffff-ffff-ffff-ffff-ffffffffffff')).toBe(`prop_7${'z'.repeat(25)}`);
  });

  it('come back as the same UUID, of their own kind only', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.constantFrom(...(Object.keys(idPrefixes) as IdKind[])), (uuid, kind) => {
        expect(readId(kind, publicId(kind, uuid))).toBe(uuid);
        expect(readId(kind === 'invoice' ? 'payment' : 'invoice', publicId(kind, uuid))).toBeNull();
      }),
    );
  });

  it.each([
    '',
    'inv_',
    sample,
    publicId('invoice', sample).toUpperCase(),
    `${publicId('invoice', sample)}0`,
    `inv_8${'0'.repeat(25)}`,
    `inv_${'u'.repeat(26)}`,
    `inv_${'é'.repeat(26)}`,
  ])('reads nothing out of %j', (text) => {
    expect(readId('invoice', text)).toBeNull();
  });

  it('have one prefix per kind', () => {
    expect(new Set(Object.values(idPrefixes)).size).toBe(Object.keys(idPrefixes).length);
  });

  it('are never made from something that is not a UUID', () => {
    expect(() => publicId('invoice', 'x')).toThrow(RangeError);
  });
});

describe('new ids', () => {
  it('carry the time, the version and the variant, and sort by time', () => {
    const random = new Uint8Array(10).fill(255);
    const id = uuidV7(1_765_000_000_123, random);
    expect(isUuid(id)).toBe(true);
    expect(id).toBe('019af232-b27b-7fff-bfff-ffffffffffff');
    expect(uuidV7(1_765_000_000_124, new Uint8Array(10)) > id).toBe(true);
    expect(() => uuidV7(-1, random)).toThrow(RangeError);
    expect(() => uuidV7(1, new Uint8Array(9))).toThrow(RangeError);
  });
});
