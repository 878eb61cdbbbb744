import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Books, makeBooks, oneOf } from '../../test/books.ts';
import { testDatabase } from '../../test/db.ts';
import { createDraft, issueInvoice, readInvoice } from '../domain/invoices/invoices.ts';
import { verifyBooks } from '../domain/ledger/ledger.ts';
import { pdfTemplates } from '../outgoing/pdf/templates.ts';
import { startPdfRenderer } from '../outside/pdf/renderer.ts';
import { localFileStore } from '../outside/storage/file-store.ts';
import { issuedPdfs, type PdfDeps, renderPdfTask } from './render-pdf.ts';

const database = testDatabase();
const folder = mkdtempSync(join(tmpdir(), 'render-pdf-'));
const renderer = startPdfRenderer(pdfTemplates);
let books: Books;
let deps: PdfDeps;

beforeAll(async () => {
  books = await makeBooks(database().database);
  deps = { database: database().database, files: localFileStore(folder), renderer, appUrl: 'http://localhost:3000' };
});
afterAll(async () => {
  await renderer.close();
  rmSync(folder, { recursive: true, force: true });
});

const issueOne = (lines: readonly unknown[]) =>
  books.office(async (scope) => issueInvoice(scope, (await createDraft(scope, { customerId: books.customer, lines })).id));

it('F7 J2 draws an issued invoice once, however many ask at the same time, and gives the same bytes ever after', { timeout: 60_000 }, async () => {
  const { id, number } = await issueOne([oneOf(10_000)]);
  const pdfs = issuedPdfs(deps);
  const task = renderPdfTask(deps);
  const answers = await Promise.all([pdfs.whole(books.business, id), pdfs.whole(books.business, id), task({ businessId: books.business, documentId: id })]);
  const [first, second] = answers;
  expect(first.name).toBe(`${number}.pdf`);
  expect(Buffer.from(first.bytes).subarray(0, 5).toString()).toBe('%PDF-');
  expect(second.sha256).toBe(first.sha256);
  const later = await pdfs.whole(books.business, id);
  expect(Buffer.compare(later.bytes, first.bytes)).toBe(0);
  const stored = await books.office(({ tx }) => tx.selectFrom('file_refs').select('purpose').where('document_id', '=', id).execute());
  expect(stored).toEqual([{ purpose: 'pdf' }]);
  expect(await books.office((scope) => verifyBooks(scope))).toEqual([]);
});

it('draws a part for whoever may see that part, and several parts without keeping them', { timeout: 60_000 }, async () => {
  const [first, second, third] = books.properties;
  const { id } = await issueOne([oneOf(100, { propertyId: first }), oneOf(200, { propertyId: second }), oneOf(300, { propertyId: third })]);
  const { facts } = await books.office((scope) => readInvoice(scope, id));
  const parts = facts.parts.map((part) => part.id);
  const pdfs = issuedPdfs(deps);
  const one = await pdfs.parts(books.business, id, parts.slice(0, 1));
  expect((await pdfs.parts(books.business, id, parts.slice(0, 1))).sha256).toBe(one.sha256);
  expect((await pdfs.parts(books.business, id, parts.slice(0, 2))).bytes.byteLength).toBeGreaterThan(1000);
  await expect(pdfs.parts(books.business, id, ['01920000-0000-7000-8000-0000000000ff'])).rejects.toMatchObject({ code: 'not_found' });
  const stored = await books.office(({ tx }) => tx.selectFrom('file_refs').select(['purpose', 'property_id']).where('document_id', '=', id).execute());
  expect(stored).toEqual([{ purpose: 'part_pdf', property_id: first }]);
});

it('says it is busy when nothing can be drawn, and keeps nothing', async () => {
  const { id } = await issueOne([oneOf(100)]);
  const broken = { ...deps, renderer: { render: async () => ({ kind: 'failed' as const, reason: 'no memory' }) } };
  await expect(issuedPdfs(broken).whole(books.business, id)).rejects.toMatchObject({ code: 'busy' });
  expect(await books.office(({ tx }) => tx.selectFrom('file_refs').select('id').where('document_id', '=', id).execute())).toEqual([]);
});
