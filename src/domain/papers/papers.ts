import { createHash } from 'node:crypto';
import type { FileStore, PdfRenderer, PdfRequest } from '../../core/gateways.ts';
import { isStorageFailure } from '../../core/storage-failure.ts';
import type { Database } from '../../db/pool.ts';
import { inTransaction, type Scope, systemActor } from '../../db/scope.ts';
import type { EstimateFacts } from '../../outgoing/estimate-facts.ts';
import type { InvoiceFacts, PartsFacts } from '../../outgoing/invoice-facts.ts';
import { readEstimate } from '../estimates/estimates.ts';
import { recordEvent } from '../events/events.ts';
import { readInvoice } from '../invoices/invoices.ts';
import { insertPaper, selectKind, selectLetterhead, selectPaper } from './queries.ts';

/** What paper is drawn with. `draw…` come from outgoing, which knows how a sheet looks. */
export type Press = Readonly<{
  database: Database;
  files: FileStore;
  pdf: PdfRenderer;
  drawInvoice: (facts: InvoiceFacts, sheet: Sheet) => PdfRequest;
  drawEstimate: (facts: EstimateFacts, sheet: Sheet) => PdfRequest;
  drawParts: (facts: PartsFacts, sheet: Sheet) => PdfRequest;
}>;

/** The business's logo for paper, and its address for the code on the sheet. */
export type Sheet = Readonly<{ logo: Uint8Array | null; slug: string }>;

/** What is drawn of a document, and under which name it is kept. */
type Drawing = Readonly<{ kind: 'invoice' | 'estimate'; name: string; draw: (sheet: Sheet) => PdfRequest }>;

async function drawingOf(press: Press, scope: Scope, documentId: string): Promise<Drawing> {
  if ((await selectKind(scope, documentId)) === 'estimate') {
    const { facts } = await readEstimate(scope, documentId);
    const { number, revision } = facts.document;
    return { kind: 'estimate', name: `${number}-${revision}.pdf`, draw: (sheet) => press.drawEstimate(facts, sheet) };
  }
  const view = await readInvoice(scope, documentId);
  if (!view.whole) throw new Error('the system sees whole invoices');
  return { kind: 'invoice', name: `${view.facts.document.number}.pdf`, draw: (sheet) => press.drawInvoice(view.facts, sheet) };
}

/**
 * The PDF of an issued invoice or estimate, the same bytes for ever: drawn at the first call, stored with its SHA-256, and read back from then
 * on. No connection is held while it is drawn. Null when the renderer fails; trying again may help. Refuses `not_found`.
 */
export async function documentPaper(press: Press, business: string, documentId: string): Promise<Uint8Array | null> {
  const as = { role: 'system', business, actor: systemActor } as const;
  const found = await inTransaction(press.database, as, async (scope) => {
    const stored = await selectPaper(scope, documentId);
    return stored === null ? { stored, drawing: await drawingOf(press, scope, documentId), letterhead: await selectLetterhead(scope) } : { stored };
  });
  if (found.stored !== null) return press.files.get(business, found.stored);
  const { drawing, letterhead } = found;
  const made = await press.pdf.render(drawing.draw(await sheetOf(press, business, letterhead)));
  if (made.kind === 'failed') return null;
  const { sha256, size } = await press.files.put(business, made.bytes);
  const kept = await inTransaction(press.database, as, (scope) => keep(scope, drawing.kind, { documentId, sha256, bytes: size, name: drawing.name }));
  return kept === sha256 ? made.bytes : press.files.get(business, kept);
}

/**
 * The same for a reader. While files can be neither read nor written, the very bytes are drawn for this reader and not kept; null too when
 * they would be others than those kept.
 */
export async function paperToRead(press: Press, business: string, documentId: string): Promise<Uint8Array | null> {
  try {
    return await documentPaper(press, business, documentId);
  } catch (error) {
    if (!isStorageFailure(error)) throw error;
    return unkeptPaper(press, business, documentId);
  }
}

async function unkeptPaper(press: Press, business: string, documentId: string): Promise<Uint8Array | null> {
  const { stored, drawing, letterhead } = await inTransaction(press.database, { role: 'system', business, actor: systemActor }, async (scope) => ({
    stored: await selectPaper(scope, documentId),
    drawing: await drawingOf(press, scope, documentId),
    letterhead: await selectLetterhead(scope),
  }));
  const made = await press.pdf.render(drawing.draw(await sheetOf(press, business, letterhead)));
  if (made.kind === 'failed') return null;
  return stored === null || createHash('sha256').update(made.bytes).digest('hex') === stored ? made.bytes : null;
}

/** The first one drawn stays, whoever drew it. */
async function keep(scope: Scope, kind: Drawing['kind'], paper: { documentId: string; sha256: string; bytes: number; name: string }): Promise<string> {
  if (!(await insertPaper(scope, paper))) return (await selectPaper(scope, paper.documentId)) ?? paper.sha256;
  await recordEvent(scope, { kind: `${kind}.pdf_stored`, documentId: paper.documentId, data: { sha256: paper.sha256 } });
  return paper.sha256;
}

/** Some parts of a spanning invoice, drawn for this reader and not kept. Null when the renderer fails. */
export async function partsPaper(press: Press, business: string, facts: PartsFacts): Promise<Uint8Array | null> {
  const letterhead = await inTransaction(press.database, { role: 'system', business, actor: systemActor }, selectLetterhead);
  const made = await press.pdf.render(press.drawParts(facts, await sheetOf(press, business, letterhead)));
  return made.kind === 'rendered' ? made.bytes : null;
}

/** The letterhead for papers that are drawn each time, such as receipts. */
export async function letterheadOf(press: Pick<Press, 'database' | 'files'>, business: string): Promise<Sheet> {
  return sheetOf(press, business, await inTransaction(press.database, { role: 'system', business, actor: systemActor }, selectLetterhead));
}

async function sheetOf(press: Pick<Press, 'files'>, business: string, { slug, logo }: { slug: string; logo: string | null }): Promise<Sheet> {
  return { slug, logo: logo === null ? null : await press.files.get(business, logo) };
}
