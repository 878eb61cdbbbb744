import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import fc from '../../test/chance.ts';
import { csvFile, csvRow } from './csv.ts';

const read = (text: string): string[][] => parse(text, { relax_column_count: true, bom: true });
const cellOf = (cell: string | readonly string[]) => read(csvRow(['x', cell, 'y']))[0]?.[1];

const runnable = [
  '=1+1',
  '+1+1',
  '-1+1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\n=1',
  '\0=1',
  ' =1',
  '  -cmd',
  '"=1',
  "'=1",
  '`=1',
  '＝1',
  '＋1',
  '－1',
  '＠x',
  '−2+3',
  '\u00a0=1',
  '\u200b=1',
  '\ufeff=1',
  '-2+3+cmd|" /C calc"!A0',
  '=HYPERLINK("https://thief.example.net","x")',
  '+1 (512) 555-0100',
  '-',
  '=',
  '- a',
  '\tplain',
  '-1e5',
  '--5',
];
test.each(runnable)('F8 the cell %j is not run by a spreadsheet', (cell) => {
  expect(cellOf(cell)?.startsWith("'")).toBe(true);
});

test('F8 every item of a joined list is made harmless', () => {
  expect(cellOf(['office@example.com', '=1+1', '@x'])).toBe("office@example.com; '=1+1; '@x");
});

test('numbers stay numbers, also below zero', () => {
  expect(csvRow(['-20.00', '18.5', -3, 99_999_999_999n, null])).toBe('-20.00,18.5,-3,99999999999,\r\n');
});

test('F8 any text reads back as it was, apart from the apostrophe', () => {
  const cell = fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\0', '').toWellFormed());
  fc.assert(
    fc.property(fc.array(cell, { minLength: 2, maxLength: 6 }), (cells) => {
      const [back] = read(csvRow(['first', ...cells]));
      expect(back?.slice(1)).toEqual(cells.map((one, at) => (back?.[at + 1] === `'${one}` ? `'${one}` : one)));
    }),
    { numRuns: 1000 },
  );
});

test('a separator of another country inside a cell does not split it', () => {
  expect(csvRow(['a;=1'])).toBe('"a;=1"\r\n');
});

test('a file is written in pieces, starting with its mark', async () => {
  const rows = Array.from({ length: 5000 }, (_, i) => [`Invoice ${i}`, '18.60']);
  const pieces: string[] = [];
  for await (const piece of csvFile(['Number', 'Total'], rows)) pieces.push(piece);
  expect(pieces.length).toBeGreaterThan(4);
  expect(pieces[0]?.startsWith('\ufeffNumber,Total\r\n')).toBe(true);
  expect(read(pieces.join(''))).toHaveLength(5001);
});
