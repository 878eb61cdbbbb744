import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { TextItem } from 'pdfjs-dist/types/src/display/api.js';
import sharp from 'sharp';
import { afterAll, expect, test } from 'vitest';
import { type FactsInput, invoiceFacts, otter } from '../../../test/invoice-facts.ts';
import type { PdfRequest } from '../../core/gateways.ts';
import { goldenInvoices } from '../../core/golden/golden.ts';
import { formatMoney } from '../../core/money-format.ts';
import { startPdfRenderer } from '../../outside/pdf/renderer.ts';
import { partsOf } from '../invoice-facts.ts';
import { invoicePdf } from './invoice-page.ts';
import type { Paper } from './paper-page.ts';
import { partsPdf } from './parts-page.ts';
import { receiptPdf } from './receipt-page.ts';
import { pdfTemplates } from './templates.ts';

const renderer = startPdfRenderer(pdfTemplates);
afterAll(() => renderer.close());

const paper: Paper = { logo: null, frontDoorUrl: 'https://pay.example.com/paper-otter' };
const drain = { name: 'Kitchen drain cleared', serviceOn: '2026-11-18', unitPriceMilli: 17182_000n, taxRateId: 'tx' };

async function draw(request: PdfRequest) {
  const made = await renderer.render(request);
  if (made.kind === 'failed') throw new Error(made.reason);
  return made;
}

const drawn = async (input: FactsInput) => (await draw(invoicePdf(invoiceFacts(input), paper))).bytes;

async function opened(bytes: Uint8Array) {
  return getDocument({ data: bytes.slice(), verbosity: 0, useSystemFonts: false, disableFontFace: true }).promise;
}

/** All words of all pages, blanks as one space. */
const textOf = async (bytes: Uint8Array) => (await pagesOf(bytes)).join(' ');

async function pagesOf(bytes: Uint8Array): Promise<string[]> {
  const pdf = await opened(bytes);
  const pages: string[] = [];
  for (let n = 1; n <= pdf.numPages; n++) {
    const { items } = await (await pdf.getPage(n)).getTextContent();
    pages.push(squeezed(items.map((item) => (item as TextItem).str).join(' ')));
  }
  return pages;
}

const squeezed = (text: string) => text.replace(/\s+/g, ' ');

test('F7 the same facts are the same bytes, from another process too', async () => {
  const logo = new Uint8Array(
    await sharp({ create: { width: 400, height: 120, channels: 3, background: '#0f766e' } })
      .png()
      .toBuffer(),
  );
  const request = invoicePdf(invoiceFacts({ lines: [drain] }), { ...paper, logo });
  const [first, again] = [await draw(request), await draw(request)];
  const other = startPdfRenderer(pdfTemplates);
  const elsewhere = await other.render(request);
  await other.close();
  expect(Buffer.from(again.bytes).equals(first.bytes)).toBe(true);
  expect(elsewhere.kind === 'rendered' && Buffer.from(elsewhere.bytes).equals(first.bytes)).toBe(true);
});

test('F7 what happens after issue does not reach the issued PDF', async () => {
  const facts = invoiceFacts({ lines: [drain] });
  const payment = { id: 'p', day: '2026-11-22', method: 'card', amountMinor: 18600n, state: 'cleared', receiptNumber: 'R-1' } as const;
  const standing = { ...facts.standing, status: 'paid', balanceMinor: 0n } as const;
  const canceled = { ...facts.document, canceled: { on: '2026-11-22', reason: null }, replacedBy: { id: 'x', number: '1043' } };
  const later = { ...facts, payments: [payment], standing, document: canceled };
  expect(invoicePdf(later, paper)).toEqual(invoicePdf(facts, paper));
});

test('M7 every golden invoice prints its own figures', async () => {
  for (const golden of goldenInvoices()) {
    const { lines, currency, taxRates, discount, pricesIncludeTax, taxExempt } = golden.document;
    const ids = [...new Set(lines.map((line) => line.part))].filter((part) => part !== null);
    const parts = ids.map((id) => ({ id, title: `Property ${id}` }));
    const named = lines.map(({ id, ...line }) => ({ ...line, name: id }));
    const facts = invoiceFacts({ lines: named, parts, currency, taxRates, discount, pricesIncludeTax, taxExempt });
    const text = await textOf((await draw(invoicePdf(facts, paper))).bytes);
    const money = (amountMinor: bigint) => squeezed(formatMoney(amountMinor, currency, 'en'));
    const want = [golden.expected.totalMinor, ...facts.lines.map((line) => line.netMinor), ...facts.taxes.map((tax) => tax.taxMinor)];
    if (facts.taxes.length > 0) want.push(golden.expected.subtotalMinor, ...facts.taxes.flatMap((tax) => tax.components.map((one) => one.taxMinor)));
    if (ids.length > 1) want.push(...(golden.expected.parts ?? []).map(([, subtotal]) => subtotal));
    for (const amountMinor of want) expect(text, `${golden.name}: ${golden.why}`).toContain(money(amountMinor));
  }
}, 60_000);

test('the PDF is tagged PDF/UA-1 with title, language, headings, a table with headers, and words for pictures', async () => {
  const bytes = await drawn({ language: 'es', lines: [drain], document: { terms: 'Neto 14' } });
  const pdf = await opened(bytes);
  const about = await pdf.getMetadata();
  expect(about.info).toMatchObject({ Title: 'Factura 1042 · Paper Otter Plumbing (demo)', Language: expect.stringMatching(/^es/) });
  expect(Buffer.from(bytes).toString('latin1')).toMatch(/<pdfuaid:part>1<\/pdfuaid:part>/);
  const tree = JSON.stringify(await (await pdf.getPage(1)).getStructTree());
  for (const role of ['H1', 'H2', 'Table', 'TH', 'TD', 'Figure']) expect(tree).toContain(`"role":"${role}"`);
  expect(tree).toContain('Código QR que abre pay.example.com/paper-otter');
});

test('500 lines fill pages with the headings on each and page numbers at the foot', async () => {
  const lines = Array.from({ length: 500 }, (_, i) => ({ name: `Visit ${i + 1}`, unitPriceMilli: 4500_000n }));
  const bytes = await drawn({ lines });
  const pages = await pagesOf(bytes);
  expect(pages.length).toBeGreaterThan(8);
  for (const [at, page] of pages.entries()) {
    if (page.includes('Visit ')) expect(page).toContain('Description');
    expect(page).toContain(`Page ${at + 1} of ${pages.length}`);
  }
  const text = pages.join(' ');
  expect(text).toContain('Visit 500');
});

test('letters the fonts lack are replaced and listed, all others are kept', async () => {
  const facts = invoiceFacts({ lines: [{ ...drain, name: 'Ñandú 😀 日本語 שלום\u0007' }], billTo: { name: 'Zoë O’Brien', company: null, addressLines: [] } });
  const made = await draw(invoicePdf(facts, paper));
  expect(made.replaced).toEqual(['U+05D5', 'U+05DC', 'U+05DD', 'U+05E9']);
  const text = await textOf(made.bytes);
  expect(text).toContain('Ñandú 😀 日本語 □□□□');
  expect(text).toContain('Zoë O’Brien');
});

const hostile = [
  '#read("/etc/passwd")',
  '#import "@preview/cetz:0.3.0": *',
  '*bold* _it_ `raw` $x^2$ @ref <label> [c] \\ // c /* c */',
  '= Heading',
  '#{panic()}',
  '"; panic("',
  'https://thief.example.net',
  '<script>alert(1)</script>',
  '-- --- ~ ...',
  '\'quotes\' "twice"',
];
test.each(hostile)('I1 %j is printed letter by letter', async (text) => {
  const bytes = await drawn({ lines: [{ ...drain, name: text, description: text }], document: { message: text, terms: text, poNumber: text } });
  const found = await textOf(bytes);
  const glued = (one: string) => one.replace(/[\s\u200b]+/g, '');
  expect(glued(found).split(glued(text)).length - 1).toBe(5);
  expect(found).not.toContain('root:');
  const [page] = [await (await opened(bytes)).getPage(1)];
  expect(await page.getAnnotations()).toEqual([]);
});

test('a word of 60 letters and the largest amount stay on the sheet', async () => {
  const name = 'W'.repeat(60);
  const bytes = await drawn({ lines: [{ ...drain, name, taxRateId: null, unitPriceMilli: 99_999_999_999_000n }], business: { name } });
  const page = await (await opened(bytes)).getPage(1);
  const { items } = await page.getTextContent();
  const edge = Math.max(...(items as TextItem[]).map((item) => (item.transform[4] as number) + item.width));
  expect(edge).toBeLessThanOrEqual(page.view[2] as number);
  expect(await textOf(bytes)).toContain('$999,999,999.99');
});

test('the paper is Letter in the United States and Canada, A4 elsewhere', async () => {
  const width = async (country: string) => (await (await opened(await drawn({ lines: [drain], business: { country } }))).getPage(1)).view[2];
  expect([await width('US'), await width('CA')]).toEqual([612, 612]);
  expect(await width('FR')).toBeCloseTo(595.28, 1);
});

test('the code on paper leads to the front door, never to a personal link', () => {
  const request = JSON.stringify(invoicePdf(invoiceFacts({ lines: [drain] }), paper).data);
  expect(request).toContain('pay.example.com/paper-otter and enter invoice number 1042');
  expect(request).not.toContain('/l/');
});

const parts = [
  { id: 'lk1', title: 'Willow Court · LK-01', address: '1 Mill Street' },
  { id: 'lk2', title: 'Bell House · LK-02', address: '2 Mill Street' },
];
const spanning: FactsInput = {
  parts,
  lines: [
    { name: 'Windows', part: 'lk1', unitPriceMilli: 10000_000n, taxRateId: 'tx' },
    { name: 'Carpet', part: 'lk2', unitPriceMilli: 7700_000n, taxRateId: 'tx' },
  ],
};

test('sections stand under their property with a subtotal', async () => {
  const text = await textOf(await drawn(spanning));
  expect(text).toMatch(/Willow Court · LK-01 1 Mill Street Windows .* Subtotal \$100\.00 Bell House · LK-02 2 Mill Street Carpet .* Subtotal \$77\.00/);
});

test('rule 29: the PDF of a part shows its section and nothing of the whole or the others', async () => {
  const made = await draw(partsPdf(partsOf(invoiceFacts(spanning), ['lk2']), paper));
  const text = await textOf(made.bytes);
  expect(text).toContain('Your part of invoice 1042');
  for (const own of ['Bell House · LK-02', 'Carpet', '$77.00', '$6.35', '$83.35']) expect(text).toContain(own);
  for (const others of ['Willow', 'LK-01', 'Windows', '$100.00', '$177.00', '$191.60', 'Mill Street 1', '1 Mill']) expect(text).not.toContain(others);
});

test('a receipt says what was paid, how, for what, and what is left', async () => {
  const money = { language: 'en', currency: 'USD', homeCurrency: 'USD', amountMinor: 10000n, creditMinor: 0n, leftMinor: 8600n } as const;
  const how = { method: 'card', reference: 'Visa •••• 4242', state: 'cleared', stateOn: null, paidBy: 'Rosa Quill' } as const;
  const paidFor = [{ documentId: 'x', number: '1042', amountMinor: 10000n, leftMinor: 8600n }];
  const text = await textOf((await draw(receiptPdf({ business: otter, number: 'R-7', day: '2026-11-23', ...how, ...money, paidFor }, paper))).bytes);
  for (const word of ['Receipt R-7', '$100.00', 'Nov 23, 2026', 'Card', 'Visa •••• 4242', 'Invoice 1042', 'Left to pay', '$86.00'])
    expect(text).toContain(word);
});

test('rule 42 a tip stands on a receipt on a line of its own, in the language of its reader', async () => {
  const money = { currency: 'USD', homeCurrency: 'USD', amountMinor: 11_500n, tipMinor: 1_500n, creditMinor: 0n, leftMinor: 0n } as const;
  const how = { method: 'card', reference: '', state: 'cleared', stateOn: null, paidBy: 'Rosa Quill' } as const;
  const paidFor = [{ documentId: 'x', number: '1042', amountMinor: 10_000n, leftMinor: 0n }];
  for (const [language, line] of [
    ['en', 'Invoice 1042 $100.00 Left to pay $0.00 Tip $15.00'],
    ['es', 'Propina $15.00'],
    ['fr', 'Pourboire 15,00 $'],
  ] as const) {
    const text = await textOf(
      (await draw(receiptPdf({ business: otter, number: 'R-7', day: '2026-11-23', language, ...how, ...money, paidFor }, paper))).bytes,
    );
    expect(text.replaceAll('\u00a0', ' ')).toContain(line);
  }
});
