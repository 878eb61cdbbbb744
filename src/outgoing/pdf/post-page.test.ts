import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { TextItem } from 'pdfjs-dist/types/src/display/api.js';
import { afterAll, expect, test } from 'vitest';
import { invoiceFacts } from '../../../test/invoice-facts.ts';
import { startPdfRenderer } from '../../outside/pdf/renderer.ts';
import { postPdf } from './post-page.ts';
import { pdfTemplates } from './templates.ts';

const renderer = startPdfRenderer(pdfTemplates);
afterAll(() => renderer.close());

const mm = (points: number): number => (points / 72) * 25.4;

test('one print for all: a checklist, then each invoice on its own sheets with its address where the window of an envelope is', async () => {
  const line = { name: 'Drain cleaning', unitPriceMilli: 18_600_000n, taxRateId: null };
  const long = Array.from({ length: 60 }, (_, n) => ({ ...line, name: `Visit ${n}` }));
  const facts = [invoiceFacts({ lines: [line] }), invoiceFacts({ lines: long }), invoiceFacts({ lines: [line] })];
  const made = await renderer.render(postPdf(facts, { logo: null, frontDoorUrl: 'https://pay.example.com/otter' }, '2026-11-23'));
  if (made.kind === 'failed') throw new Error(made.reason);
  const pdf = await getDocument({ data: made.bytes.slice(), verbosity: 0, useSystemFonts: false, disableFontFace: true }).promise;
  const pages = [];
  for (let n = 1; n <= pdf.numPages; n += 1) {
    const page = await pdf.getPage(n);
    const height = page.getViewport({ scale: 1 }).height;
    const items = (await page.getTextContent()).items as TextItem[];
    pages.push({
      text: items
        .map(({ str }) => str)
        .join(' ')
        .replace(/\s+/g, ' '),
      words: items.map(({ str, transform }) => ({ str, x: mm(transform[4]), y: mm(height - transform[5]) })),
    });
  }
  expect(pages[0]?.text).toContain('3 invoices to post');
  const firsts = pages.filter(({ text }) => /Page 1 of \d|1 \/ \d|1 of \d/.test(text));
  expect(firsts).toHaveLength(3);
  expect(pages.length).toBeGreaterThanOrEqual(5);
  const [name = ''] = [facts[0]?.billTo.company ?? facts[0]?.billTo.name ?? ''].filter(Boolean);
  for (const { words } of firsts) {
    const found = words.filter(({ str, y }) => str.startsWith(name.slice(0, 6)) && y > 55);
    expect(found.length).toBeGreaterThan(0);
    expect(found[0]?.y).toBeGreaterThan(63.5);
    expect(found[0]?.y).toBeLessThan(70);
    expect(found[0]?.x).toBeGreaterThan(22.2);
    expect(found[0]?.x).toBeLessThan(30);
  }
});
