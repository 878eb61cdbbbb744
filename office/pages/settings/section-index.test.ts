import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sectionFits, sectionIndex } from './section-index.ts';

test('every section of the settings can be found by its words, and everything found is there', () => {
  const page = readFileSync(new URL('./settings.tsx', import.meta.url), 'utf8');
  const shown = [...page.matchAll(/\{ key: '([\w-]+)', label: '([^']+)', show:/g)].map(([, key, label]) => `${key} ${label}`);
  expect(shown.length).toBeGreaterThan(10);
  expect(sectionIndex.map(({ key, label }) => `${key} ${label}`).sort()).toEqual(shown.sort());
});

test('a section fits when every word typed begins one of its words', () => {
  expect(sectionFits('taxes', 'Taxes', 'sal tax')).toBe(true);
  expect(sectionFits('taxes', 'Taxes', 'sales webhook')).toBe(false);
});
