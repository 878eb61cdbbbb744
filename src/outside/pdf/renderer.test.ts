import { afterEach, expect, test } from 'vitest';
import { childPool, type PoolOptions } from '../children/pool.ts';
import { loadFonts } from './fonts.ts';
import { cleanText } from './letters.ts';
import { startPdfRenderer } from './renderer.ts';

const page = `#let d = json("data.json")
#set document(title: d.title, date: auto)
#set text(font: ("Noto Sans", "Noto Emoji", "Noto Sans JP"), fallback: false)
#d.title`;
const templates = {
  page,
  endless: `#set document(title: "x")\n#let i = 0\n#while i >= 0 { i = i + 1; if calc.rem(i, 9000) == 0 { while i < 100000000 { i = i + 1 } } }`,
  passwd: '#read("/etc/passwd")',
  climb: '#read("../../../../../etc/passwd")',
  url: '#read("file:///etc/passwd")',
  package: '#import "@preview/cetz:0.3.0"',
  split: '#import "@" + "preview" + "/cetz:0.3.0"',
};
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

function started(changes: Partial<PoolOptions> = {}) {
  const renderer = startPdfRenderer(templates, changes);
  open.push(renderer);
  return (template: string, title = 'Hello') => renderer.render({ template, data: { title }, images: {}, createdUnixS: 1_795_000_000 });
}

test('F6 a template reads no file of the machine', async () => {
  const render = started();
  for (const name of ['passwd', 'climb', 'url']) expect(await render(name)).toMatchObject({ kind: 'failed' });
});

test('F6 nothing is fetched from a network, not even a package', async () => {
  const render = started();
  expect(await render('package')).toEqual({ kind: 'failed', reason: expect.stringContaining('may not import packages') });
  // Put together at run time it is asked for, and finds the door closed.
  expect(await render('split')).toEqual({ kind: 'failed', reason: expect.stringContaining('failed to download package') });
});

test('F6 a page that never ends is cut off at the limit, and the next one is drawn', async () => {
  const render = started({ timeoutMs: 1500, children: 1 });
  expect(await render('endless')).toMatchObject({ kind: 'failed' });
  expect(await render('page')).toMatchObject({ kind: 'rendered' });
}, 20_000);

test('a child that is killed in the middle fails its page only', async () => {
  const pool = childPool<object, { pid: number }>({
    module: new URL('./child', import.meta.url),
    children: 1,
    recycleAfter: 10,
    timeoutMs: 10_000,
    maxQueued: 10,
    maxResidentBytes: 1e9,
    maxOldSpaceMb: 128,
  });
  open.push(pool);
  // Without data the child meets a bug and dies; whoever waits behind it is served by the next.
  const results = await Promise.allSettled([pool.run({}), pool.run({ source: page, data: { title: 'x' }, images: {}, createdUnixS: 1 })]);
  expect(results.map((one) => one.status)).toEqual(['rejected', 'fulfilled']);
}, 20_000);

test('children are renewed after their share of pages and nothing is lost', async () => {
  const render = started({ recycleAfter: 5 });
  const made = await Promise.all(Array.from({ length: 23 }, (_, i) => render('page', `Page ${i}`)));
  expect(made.every((one) => one.kind === 'rendered')).toBe(true);
}, 30_000);

test('a template nobody wrote is a clear no', async () => {
  expect(await started()('nothing')).toEqual({ kind: 'failed', reason: 'there is no template nothing' });
});

test('after closing, a page is refused at once', async () => {
  const renderer = startPdfRenderer(templates);
  await renderer.close();
  const outcome = await renderer.render({ template: 'page', data: { title: 'x' }, images: {}, createdUnixS: 1 });
  expect(outcome).toEqual({ kind: 'failed', reason: 'the server is stopping' });
});

test('I9 controls and direction marks are dropped, decomposed letters are joined, lone surrogates replaced', () => {
  const { known } = loadFonts();
  expect(cleanText('a\u0000b\u202ec\u200bd\u0007', known)).toEqual({ text: 'abcd', replaced: [] });
  expect(cleanText('n\u0303', known).text).toBe('ñ');
  expect(cleanText('x\ud800y', known).text).toBe('x□y');
  expect(cleanText('two\tcolumns\nnext', known).text).toBe('two columns\nnext');
  expect(cleanText('𓀀 ☃', known).replaced).toContain('U+13000');
});
