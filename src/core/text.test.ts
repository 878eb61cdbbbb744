import { describe, expect, it } from 'vitest';
import fc from '../../test/chance.ts';
import { canonicalEmail, clean, cleanLines, initials, lengthOf, maskEmail } from './text.ts';

describe('one line of text', () => {
  it.each([
    ['I8 a line break in a name', 'Bob\r\nBcc: eve@example.com', 'Bob Bcc: eve@example.com'],
    ['I8 NUL', 'a\u0000b', 'ab'],
    ['I8 line separators', 'a\u2028b\u2029c\u0085d', 'a b c d'],
    ['I9 a direction override', 'invoice\u202excod.exe', 'invoicexcod.exe'],
    ['I9 zero-width letters', 'pay\u200bpal\ufeff', 'paypal'],
    ['I9 decomposed letters', 'Pen\u0303a', 'Peña'],
    ['I9 half an emoji', 'a\ud83d', 'a\ufffd'],
    ['runs of blanks', '  Rosa \t  Quill  ', 'Rosa Quill'],
    ['a blank around something unseen', 'a \u200b b', 'a b'],
    ['an emoji of several people', '👩‍👩‍👧 family', '👩‍👩‍👧 family'],
    ['a joiner between letters', 'a\u200db', 'ab'],
    ['a flag and a skin tone', '🇺🇸 👍🏽', '🇺🇸 👍🏽'],
    ['an apostrophe and a quote', 'O\'Neil "Red" <b>', 'O\'Neil "Red" <b>'],
  ])('%s', (_, text, expected) => {
    expect(clean(text, 100)).toBe(expected);
  });

  it('I9 counts code points and refuses what is longer', () => {
    expect(lengthOf('👍🏽')).toBe(2);
    expect(clean('😀'.repeat(60), 60)).toHaveLength(120);
    expect(() => clean('😀'.repeat(61), 60, 'name')).toThrow(expect.objectContaining({ code: 'text_too_long', details: { field: 'name', max: 60 } }));
  });

  it('I8 never holds a control or a line break, and cleaning twice changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = clean(text, 1_000);
        expect(once).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e]/);
        expect(clean(once, 1_000)).toBe(once);
      }),
    );
  });
});

describe('several lines of text', () => {
  it('keep their breaks, at most two in a row, and nothing unseen', () => {
    expect(cleanLines(' a\r\nb\rc  \n\n\n\nd\u202e ', 100)).toBe('a\nb\nc\n\nd');
    expect(() => cleanLines('abc', 2)).toThrow(expect.objectContaining({ code: 'text_too_long' }));
  });
});

describe('addresses', () => {
  it('have one spelling', () => {
    expect(canonicalEmail('  Dana.Whitlock@Example.COM ')).toBe('dana.whitlock@example.com');
    expect(canonicalEmail("o'neil+tag@mail.example.com")).toBe("o'neil+tag@mail.example.com");
  });

  it.each([
    ...['', 'dana', '@example.com', 'dana@', 'dana@localhost', 'a b@example.com', 'a@b@example.com', '"a b"@example.com', 'dana@example.com,eve@example.com'],
    ...['dana@example..com', '.dana@example.com', 'dana.@example.com', 'da..na@example.com', 'dana@-example.com', 'dana@[127.0.0.1]', 'dana@127.0.0.1'],
    ...['dana@example.com\r\nBcc: eve@example.com', 'dana@example.com\u0000', 'Dana <dana@example.com>', 'dana(comment)@example.com', 'dana@exam\u200bple.com'],
    ...[
      'dаna@example.com',
      'ｄana@example.com',
      '\u212Aim@example.com',
      'dana@ｅxample.com',
      'dana@example。com',
      `${'a'.repeat(65)}@example.com`,
      `a@${'b'.repeat(64)}.com`,
    ],
  ])('L15 %j is none', (text) => {
    expect(canonicalEmail(text)).toBeNull();
  });

  it('are masked so that only their owner knows them', () => {
    expect(maskEmail('dana@example.com')).toBe('d•••@example.com');
    expect(maskEmail('d@example.com')).toBe('d•••@example.com');
    expect(maskEmail('nothing')).toBe('•••');
  });
});

describe('initials', () => {
  it('are one or two letters of the name', () => {
    expect(initials('Paper Otter Plumbing (demo)')).toBe('PP');
    expect(initials('ñandu')).toBe('Ñ');
    expect(initials('  ')).toBe('');
    expect(initials("'Rosa' 9th")).toBe('R9');
  });
});
