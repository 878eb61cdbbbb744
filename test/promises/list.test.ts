import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { figures } from '../../bench/figures.ts';

const root = join(import.meta.dirname, '../..');

it('every promise of docs/promises.md has a test that carries its code', () => {
  const codes = [...readFileSync(join(root, 'docs/promises.md'), 'utf8').matchAll(/^- \*\*([A-Z]\d+)\*\*/gm)].map((match) => match[1] ?? '');
  expect(new Set(codes).size).toBe(codes.length);
  const files = globSync(['src/**/*.test.{ts,tsx}', 'test/**/*.test.ts'], { cwd: root });
  const titles = files
    .flatMap((file) => [...readFileSync(join(root, file), 'utf8').matchAll(/\b(?:it|test|describe)(?:\.each\([\s\S]*?\))?\(\s*(['"`])([\s\S]*?)\1/g)])
    .map((match) => match[2] ?? '');
  const tried = new Set(titles.flatMap((title) => title.match(/\b[A-Z]\d{1,2}\b/g) ?? []));
  // What is measured is not tried: its code stands in the bench.
  for (const { keeps } of figures) if (keeps !== undefined) tried.add(keeps);
  expect(codes.filter((code) => !tried.has(code))).toEqual([]);
});
