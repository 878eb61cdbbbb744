import { describe, expect, it } from 'vitest';
import { preferredLocale } from './locale.ts';

describe('the language of the reader', () => {
  it.each([
    ['fr-CA,fr;q=0.9,en;q=0.8', 'fr'],
    ['de,es;q=0.5,en;q=0.4', 'es'],
    ['en;q=0.1,es;q=0.9', 'es'],
    ['de', 'en'],
    ['es;q=0', 'en'],
    ['', 'en'],
    [null, 'en'],
    ['*', 'en'],
    [',;q=,,=;', 'en'],
    ['fr;q=abc', 'en'],
  ])('of %j is %s', (header, locale) => {
    expect(preferredLocale(header, 'en')).toBe(locale);
  });
});
