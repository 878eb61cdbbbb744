import { expect, test } from 'vitest';
import { actFits } from './palette-fits.ts';

const act = { title: 'New invoice', words: 'write create bill', often: true };

test.each([
  ['', true],
  ['new inv', true],
  ['create bill', true],
  ['invoice 1042', false],
  ['ew', false],
])('the palette offers an act for “%s”: %s', (typed, fits) => {
  expect(actFits(act, typed)).toBe(fits);
});

test('before anything is typed only what is done often is offered', () => {
  expect(actFits({ ...act, often: false }, '')).toBe(false);
});
