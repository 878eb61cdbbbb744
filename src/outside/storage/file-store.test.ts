import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { localFileStore } from './file-store.ts';

const business = '019ab000-0000-7000-8000-000000000001';
const other = '019ab000-0000-7000-8000-000000000002';
const text = (bytes: Uint8Array | null) => bytes && Buffer.from(bytes).toString();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'file-store-'));
  await writeFile(join(folder, 'secret.txt'), 'root:');
});
afterAll(() => rm(folder, { recursive: true }));

test('F7 a file is kept under the hash of its bytes and reads back the same', async () => {
  const store = localFileStore(folder);
  const kept = await store.put(business, Buffer.from('an invoice'));
  expect(kept).toEqual({ sha256: createHash('sha256').update('an invoice').digest('hex'), size: 10 });
  expect(text(await store.get(business, kept.sha256))).toBe('an invoice');
  const path = join(folder, 'files', business, kept.sha256.slice(0, 2), kept.sha256);
  expect(String(await readFile(path))).toBe('an invoice');
});

test('T7 a file of one business is not there for another', async () => {
  const store = localFileStore(folder);
  const { sha256 } = await store.put(business, Buffer.from('only mine'));
  expect(await store.get(other, sha256)).toBeNull();
  expect(await store.has(other, sha256)).toBe(false);
  expect(await store.has(business, sha256)).toBe(true);
});

test('the same bytes written twenty times at once are one file and leave no drafts', async () => {
  const store = localFileStore(folder);
  const many = await Promise.all(Array.from({ length: 20 }, () => store.put(other, Buffer.from('at once'))));
  const sha256 = many[0]?.sha256 ?? '';
  expect(new Set(many.map((one) => one.sha256)).size).toBe(1);
  expect(await readdir(join(folder, 'files', other, sha256.slice(0, 2)))).toEqual([sha256]);
});

test('a file cut short by a crash is written anew', async () => {
  const store = localFileStore(folder);
  const { sha256 } = await store.put(business, Buffer.from('a whole file'));
  await writeFile(join(folder, 'files', business, sha256.slice(0, 2), sha256), 'a wh');
  await store.put(business, Buffer.from('a whole file'));
  expect(text(await store.get(business, sha256))).toBe('a whole file');
});

const climbing = [
  '../../secret.txt',
  '..\\..\\secret.txt',
  '/etc/passwd',
  '%2e%2e%2f%2e%2e%2fsecret.txt',
  '....//....//secret.txt',
  `${'a'.repeat(62)}..`,
  `../${'a'.repeat(61)}`,
  '',
  '.',
  '..',
  `${'a'.repeat(64)}\0`,
  `${'a'.repeat(64)}\n`,
  'A'.repeat(64),
  'CON',
];
test.each(climbing)('F3 the file name %j reaches nothing', async (name) => {
  const store = localFileStore(folder);
  expect(await store.get(business, name)).toBeNull();
  expect(await store.has(business, name)).toBe(false);
  expect(await store.get(name, 'a'.repeat(64))).toBeNull();
  await expect(store.put(name, Buffer.from('x'))).rejects.toThrow('not the id of a business');
});
