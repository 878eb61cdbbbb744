/**
 * `npm run bench [-- name …]`: measures every figure that has a budget, prints a table, writes bench/results.json. `grown` (a million invoices), `import` and
 * `soak` (an hour, or so many minutes as SOAK_MINUTES says) are measured when they are named, and write files of their own.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { closeWorld, figures } from './figures.ts';
import { isMet, type Result, short } from './result.ts';

const wanted = process.argv.slice(2);
const chosen = figures.filter(({ name, apart }) => (wanted.length === 0 ? !apart : wanted.some((word) => name.includes(word) && (!apart || name === word))));
if (chosen.length === 0) {
  process.stdout.write(`No figure is called ${wanted.join(', ')}. There are: ${figures.map(({ name }) => name).join(', ')}\n`);
  process.exit(1);
}
const results: Result[] = [];
const started = performance.now();
for (const { name, measure } of chosen) {
  const before = performance.now();
  process.stdout.write(`  ${name} …\n`);
  const found = await measure();
  results.push(...found);
  for (const result of found) process.stdout.write(`    ${line(result)}\n`);
  process.stdout.write(`    (${short((performance.now() - before) / 1000)} s)\n`);
}
process.stdout.write(
  `\n${results.map((result) => `  ${line(result)}`).join('\n')}\n\n  ${results.filter(isMet).length} of ${results.length} within budget, ${short((performance.now() - started) / 1000)} s in all\n`,
);
await closeWorld();
if (wanted.length === 0 || chosen.every(({ apart }) => apart)) {
  const rows = results.map((result) => ({
    name: result.name,
    value: result.value,
    unit: result.unit,
    limit: result.limit,
    ratio: result.ratio ?? null,
    met: isMet(result),
  }));
  writeFileSync(
    join(import.meta.dirname, wanted.length === 0 ? 'results.json' : `results-${chosen.map(({ name }) => name).join('-')}.json`),
    `${JSON.stringify(rows, null, 2)}\n`,
  );
}

function line(result: Result): string {
  const limit = result.limit === null ? 'for information' : `${result.atMost ? '≤' : '≥'} ${short(result.limit)}`;
  return `${isMet(result) ? '✓' : '✗'} ${result.name.padEnd(46)} ${`${short(result.value)} ${result.unit}`.padStart(18)}   ${limit.padEnd(16)} ${result.spread ?? ''}`;
}
