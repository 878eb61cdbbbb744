import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type DemoFile, demoLines, readDemoFile, writeDemoFile } from './demo-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'demo-file-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const demo: DemoFile = {
  office: { url: 'http://localhost:3000/office/', email: 'ida@example.com', password: 'secret-of-the-demo' },
  apiKey: 'sip_key',
  customerLink: 'http://localhost:3000/paper-otter/l/abc?x=1',
  mailbox: 'http://localhost:3000/demo/mailbox',
};

test('before the first seed there is none', () => {
  expect(readDemoFile(folder, 'http://localhost:3000')).toBeNull();
});

test('it is for its owner alone, and comes back as it was', () => {
  writeDemoFile(folder, demo);
  expect(statSync(join(folder, 'demo.json')).mode & 0o777).toBe(0o600);
  expect(readDemoFile(folder, 'http://localhost:3000')).toEqual(demo);
});

test('its addresses follow the address the product is served at', () => {
  const moved = readDemoFile(folder, 'https://demo.example.com');
  expect(moved?.customerLink).toBe('https://demo.example.com/paper-otter/l/abc?x=1');
  expect(readDemoFile(folder, 'https://demo.example.com')).toEqual(moved);
});

test('the banner shows the office with its sign-in, a customer link and the mailbox, and never the key', () => {
  const text = demoLines(demo).join('\n');
  for (const part of [demo.office.url, demo.office.email, demo.office.password, demo.customerLink, demo.mailbox]) expect(text).toContain(part);
  expect(text).not.toContain(demo.apiKey);
});
