import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { figures } from './figures.ts';

const root = join(import.meta.dirname, '..');

it('every promise about load names a figure of the bench that carries its code, and every such figure is promised', () => {
  const section =
    readFileSync(join(root, 'docs/promises.md'), 'utf8')
      .split('\n## ')
      .find((each) => each.startsWith('Load, measured')) ?? '';
  const promised = [...section.matchAll(/^- \*\*(S\d+)\*\* .*?\(figure `(\w+)`/gm)].map(([, code, name]) => `${code} ${name}`);
  expect(promised.length).toBe(section.split('\n- ').length - 1);
  expect(promised.sort()).toEqual(figures.flatMap(({ name, keeps }) => (keeps === undefined ? [] : [`${keeps} ${name}`])).sort());
});

it('every figure has a name of its own, and a file that measures it', () => {
  expect(new Set(figures.map(({ name }) => name)).size).toBe(figures.length);
  const imported = [...readFileSync(join(root, 'bench/figures.ts'), 'utf8').matchAll(/from '\.\/(figures\/[\w-]+\.ts)'/g)].map((match) => match[1] ?? '');
  expect(imported.length).toBe(figures.length);
  expect(imported.filter((path) => !existsSync(join(root, 'bench', path)))).toEqual([]);
});
