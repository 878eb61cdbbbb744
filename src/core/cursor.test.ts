import { describe, expect, it } from 'vitest';
import fc from '../../test/chance.ts';
import { readCursor, writeCursor } from './cursor.ts';

describe('A5 a cursor', () => {
  it('gives back what was put in, for any text', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 4 }), (values) => {
        expect(readCursor('customers:name', writeCursor('customers:name', values), values.length)).toEqual(values);
      }),
    );
  });

  it('begins a list when there is none', () => {
    expect([readCursor('items', null, 2), readCursor('items', undefined, 2)]).toEqual([null, null]);
  });

  it.each([
    ['of another list', writeCursor('items', ['a', 'b'])],
    ['with too few values', writeCursor('customers:name', ['a'])],
    ['with too many values', writeCursor('customers:name', ['a', 'b', 'c'])],
    ['in another spelling', `${writeCursor('customers:name', ['a', 'b'])}=`],
    ['with a value that is no text', Buffer.from('["customers:name","a",1]').toString('base64url')],
    ['that is no list', Buffer.from('{"a":1}').toString('base64url')],
    ['that is nothing', ''],
    ['of half a letter', Buffer.from([0xff, 0xfe]).toString('base64url')],
  ])('%s is refused', (_, cursor) => {
    expect(() => readCursor('customers:name', cursor, 2)).toThrow(expect.objectContaining({ code: 'cursor_invalid' }));
  });
});
