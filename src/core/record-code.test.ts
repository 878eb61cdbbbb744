import { describe, expect, test } from 'vitest';
import fc from '../../test/chance.ts';
import { markIn, readRecordCode, recordCode, recordMark } from './record-code.ts';

const hash = fc.stringMatching(/^[0-9a-f]{64}$/);

describe('the code of a signed record', () => {
  test('says its number and the first eighty bits of its hash', () => {
    expect(recordCode(12n, `9f3a77c20b1d44ae90c5${'0'.repeat(44)}`)).toBe('12-9F3A-77C2-0B1D-44AE-90C5');
  });

  test('is read back however it is typed', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 999_999_999_999n }), hash, fc.constantFrom('', ' ', '-', '–'), (seq, of, between) => {
        const code = recordCode(seq, of);
        const [number = '', ...groups] = code.split('-');
        for (const typed of [code, code.toLowerCase(), ` ${number} ${groups.join(between)} `])
          expect(readRecordCode(typed)).toEqual({ seq, start: of.slice(0, 20) });
      }),
    );
  });

  test.each(['', '12', '12-9F3A', 'x-9F3A-77C2-0B1D-44AE-90C5', '12-9F3A-77C2-0B1D-44AE-90C5-0000', '12-9F3G-77C2-0B1D-44AE-90C5'])('%j is none', (text) => {
    expect(readRecordCode(text)).toBeNull();
  });

  test('is found in the bytes of a file that carries its mark', () => {
    const code = recordCode(3n, 'ab'.repeat(32));
    expect(markIn(Buffer.from(`%PDF-1.7 /Keywords (${recordMark(code)}) \xff\xfe`, 'latin1'))).toBe(code);
    expect(markIn(Buffer.from('%PDF-1.7'))).toBeNull();
  });
});
