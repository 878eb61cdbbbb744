import type { FileStore, PdfRenderer, PdfRequest } from '../core/gateways.ts';
import { Refusal } from '../core/refusal.ts';
import type { Database } from '../db/pool.ts';
import { inTransaction, type Scope, systemActor } from '../db/scope.ts';
import { findPdf, keepPdf, readInvoice, readLetterhead } from '../domain/invoices/invoices.ts';
import { type InvoiceFacts, partsOf } from '../outgoing/invoice-facts.ts';
import { invoicePdf } from '../outgoing/pdf/invoice-page.ts';
import type { Paper } from '../outgoing/pdf/paper-page.ts';
import { partsPdf } from '../outgoing/pdf/parts-page.ts';
import { href } from '../routes.ts';

export type PdfDeps = Readonly<{ database: Database; files: FileStore; renderer: PdfRenderer; appUrl: string }>;
export type Pdf = Readonly<{ bytes: Uint8Array; sha256: string; name: string }>;

/**
 * PDFs of issued invoices, for whoever was let in before: drawn once, by the task or by whoever asks first, and the same bytes ever after.
 * Several parts together are drawn when asked for and not kept. Refuses `not_found`, and `busy` when nothing could be drawn now.
 */
export type IssuedPdfs = Readonly<{
  whole(business: string, documentId: string): Promise<Pdf>;
  parts(business: string, documentId: string, partIds: readonly string[]): Promise<Pdf>;
}>;

export function renderPdfTask(deps: PdfDeps): (input: { businessId: string; documentId: string }) => Promise<void> {
  const pdfs = issuedPdfs(deps);
  return async ({ businessId, documentId }) => {
    await pdfs.whole(businessId, documentId);
  };
}

export function issuedPdfs(deps: PdfDeps): IssuedPdfs {
  return {
    whole: (business, documentId) =>
      once(deps, business, documentId, null, (facts, paper) => ({ request: invoicePdf(facts, paper), name: `${facts.document.number}.pdf` })),
    parts: async (business, documentId, partIds) => {
      const draw = (facts: InvoiceFacts, paper: Paper): Drawing => {
        const parts = partsOf(facts, partIds);
        if (parts.parts.length === 0) throw new Refusal('not_found');
        return { request: partsPdf(parts, paper), name: `${facts.document.number}-part.pdf` };
      };
      const { facts } = await inTransaction(deps.database, entry(business), (scope) => readInvoice(scope, documentId));
      const only = partIds.length === 1 ? facts.parts.find((part) => part.id === partIds[0])?.propertyId : null;
      return only ? once(deps, business, documentId, only, draw) : drawn(deps, business, documentId, draw);
    },
  };
}

type Drawing = Readonly<{ request: PdfRequest; name: string }>;
type Draw = (facts: InvoiceFacts, paper: Paper) => Drawing;

const entry = (business: string) => ({ role: 'system', business, actor: systemActor }) as const;

/** Nothing is drawn inside a transaction: look, draw, store the bytes, then remember them unless somebody was faster. */
async function once(deps: PdfDeps, business: string, documentId: string, propertyId: string | null, draw: Draw): Promise<Pdf> {
  const stored = await inTransaction(deps.database, entry(business), (scope) => findPdf(scope, documentId, propertyId));
  if (stored) return { ...stored, bytes: await bytesOf(deps, business, stored.sha256) };
  const { bytes, name } = await drawn(deps, business, documentId, draw);
  const { sha256, size } = await deps.files.put(business, bytes);
  const kept = await inTransaction(deps.database, entry(business), (scope) => keepPdf(scope, { documentId, propertyId, sha256, name, bytes: size }));
  return { ...kept, bytes: kept.sha256 === sha256 ? bytes : await bytesOf(deps, business, kept.sha256) };
}

async function drawn(deps: PdfDeps, business: string, documentId: string, draw: Draw): Promise<Pdf> {
  const { facts, logo, slug } = await inTransaction(deps.database, entry(business), (scope) => material(scope, documentId));
  const paper: Paper = {
    logo: logo === null ? null : await deps.files.get(business, logo),
    frontDoorUrl: deps.appUrl + href('frontDoor', { business: slug }),
  };
  const { request, name } = draw(facts, paper);
  const outcome = await deps.renderer.render(request);
  if (outcome.kind !== 'rendered') throw new Refusal('busy', { reason: outcome.reason });
  return { bytes: outcome.bytes, sha256: '', name };
}

async function material(scope: Scope, documentId: string): Promise<{ facts: InvoiceFacts; logo: string | null; slug: string }> {
  const view = await readInvoice(scope, documentId);
  if (!view.whole) throw new Error('the system sees an invoice whole');
  const { slug, logoSha256 } = await readLetterhead(scope);
  return { facts: view.facts, logo: logoSha256, slug };
}

async function bytesOf(deps: PdfDeps, business: string, sha256: string): Promise<Uint8Array> {
  const bytes = await deps.files.get(business, sha256);
  if (!bytes) throw new Error('a stored PDF is gone from the file store');
  return bytes;
}
