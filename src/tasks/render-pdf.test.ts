import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Books, makeBooks, oneOf } from '../../test/books.ts';
import { testDatabase } from '../../test/db.ts';
import { createDraft, issueInvoice, showInPortal } from '../domain/invoices/invoices.ts';
import { verifyBooks } from '../domain/ledger/ledger.ts';
import { documentPaper, type Press } from '../domain/papers/papers.ts';
import { drawings } from '../outgoing/pdf/press.ts';
import { pdfTemplates } from '../outgoing/pdf/templates.ts';
import { startPdfRenderer } from '../outside/pdf/renderer.ts';
import { localFileStore } from '../outside/storage/file-store.ts';
import { type PdfDeps, renderPdfTask } from './render-pdf.ts';

const database = testDatabase();
const folder = mkdtempSync(join(tmpdir(), 'render-pdf-'));
const renderer = startPdfRenderer(pdfTemplates);
let books: Books;
let deps: PdfDeps;
let press: Press;

beforeAll(async () => {
  books = await makeBooks(database().database);
  const files = localFileStore(folder);
  deps = { database: database().database, files, renderer, appUrl: 'http://localhost:3000' };
  press = { database: database().database, files, pdf: renderer, ...drawings('http://localhost:3000') };
});
afterAll(async () => {
  await renderer.close();
  rmSync(folder, { recursive: true, force: true });
});

const issueOne = () =>
  books.office(async (scope) => issueInvoice(scope, (await createDraft(scope, { customerId: books.customer, lines: [oneOf(10_000)] })).id));
const stored = (id: string) =>
  books.office(({ tx }) =>
    tx.selectFrom('file_refs').select(['purpose', 'shown']).where('business_id', '=', books.business).where('document_id', '=', id).execute(),
  );

it('F7 J2 draws an issued invoice once, however many ask at the same time, and gives the same bytes ever after', { timeout: 60_000 }, async () => {
  const { id } = await issueOne();
  const task = renderPdfTask(deps);
  const input = { businessId: books.business, documentId: id };
  const [first, second] = await Promise.all([documentPaper(press, books.business, id), documentPaper(press, books.business, id), task(input), task(input)]);
  expect(
    Buffer.from(first ?? [])
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-');
  expect(Buffer.compare(first ?? new Uint8Array(), second ?? new Uint8Array())).toBe(0);
  await books.office(({ tx }) => tx.updateTable('business_profiles').set({ brand_color: '#ff0000' }).where('business_id', '=', books.business).execute());
  const later = await documentPaper(press, books.business, id);
  expect(Buffer.compare(first ?? new Uint8Array(), later ?? new Uint8Array())).toBe(0);
  expect(await stored(id)).toEqual([{ purpose: 'pdf', shown: false }]);
  await books.office((scope) => showInPortal(scope, [id]));
  expect(await stored(id)).toEqual([{ purpose: 'pdf', shown: true }]);
  expect(await books.office((scope) => verifyBooks(scope))).toEqual([]);
});

it('keeps nothing when nothing can be drawn, and is tried again', async () => {
  const { id } = await issueOne();
  const broken: PdfDeps = { ...deps, renderer: { render: async () => ({ kind: 'failed', reason: 'no memory' }) } };
  await expect(renderPdfTask(broken)({ businessId: books.business, documentId: id })).rejects.toThrow('could not be drawn');
  expect(await stored(id)).toEqual([]);
});
