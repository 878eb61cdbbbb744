import { expect, test } from 'vitest';
import { fillIn } from './fill-in.ts';

test('a kept answer names the customer and the invoice, letter by letter', () => {
  expect(fillIn('Hello {customer}, {number} is right, {customer}. {other}', 'A $& B', '1042')).toBe('Hello A $& B, 1042 is right, A $& B. {other}');
});
