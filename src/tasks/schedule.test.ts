import { readdirSync, readFileSync } from 'node:fs';
import { parseCronItems } from 'graphile-worker';
import { expect, it } from 'vitest';

it('every moment of the schedule is written as the queue reads it', () => {
  const folder = new URL('./', import.meta.url);
  const sources = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.includes('.test.'));
  const written = sources.flatMap((name) => [...readFileSync(new URL(name, folder), 'utf8').matchAll(/cron: '([^']+)'/g)].map(([, match = '']) => match));
  expect(written.length).toBeGreaterThan(10);
  for (const match of written) expect(() => parseCronItems([{ task: 'any', match }]), match).not.toThrow();
});
