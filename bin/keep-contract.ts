// What breaks between the kept contract of the API and today's. `node bin/keep-contract.ts --accept` keeps today's from now on: for a release,
// or for a break that is meant and stands in the CHANGELOG.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApiDocument } from '../src/web/api/schemas/document.ts';
import { breaking } from '../test/contract/breaking.ts';

const root = join(import.meta.dirname, '..');
const target = join(root, 'test/contract/openapi.kept.json');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
/** Words of explanation are no part of a contract. */
const told = new Set(['description', 'summary', 'example', 'examples', 'tags']);
const bare = (_: string, value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).filter(([key, inner]) => !(told.has(key) && (typeof inner !== 'object' || Array.isArray(inner)))))
    : value;

const today = JSON.parse(JSON.stringify(openApiDocument('', version)));
const found = breaking(JSON.parse(readFileSync(target, 'utf8')), today);
process.stdout.write(found.length === 0 ? 'Nothing breaks.\n' : `${found.join('\n')}\n`);
if (process.argv.includes('--accept')) writeFileSync(target, `${JSON.stringify(today, bare, 1)}\n`);
else if (found.length > 0) process.exit(1);
