import { readId } from '../../../core/ids.ts';
import { Refusal } from '../../../core/refusal.ts';
import { cut } from '../../../core/text.ts';
import { inTransaction } from '../../../db/scope.ts';
import { attachmentQuery } from '../../../domain/front/front.ts';
import { invoiceFactsQuery, invoiceViewOf } from '../../../domain/invoices/invoices.ts';
import { markDownloaded } from '../../../domain/links/links.ts';
import { creditNotePaper } from '../../../domain/papers/credit-note.ts';
import { letterheadOf, type Press, paperToRead, partsPaper } from '../../../domain/papers/papers.ts';
import { receiptFactsQuery, receiptOf } from '../../../domain/payments/payments.ts';
import { errorFields, log } from '../../../log.ts';
import { drawings } from '../../../outgoing/pdf/press.ts';
import type { Deps, WebContext } from '../../context.ts';
import { portalHeaders } from '../answer.ts';
import { actorOf, isStaffBrowser, type Visitor, visitDocument } from '../visit.ts';
import { elsewhere } from './invoice.tsx';
import { isPhoto, smallPhoto } from './photos.ts';

/** Everything papers are drawn with, from what the web was given. */
export function pressOf(deps: Deps): Press & ReturnType<typeof drawings> {
  return { database: deps.database, files: deps.files, pdf: deps.pdf, ...drawings(deps.config.appUrl) };
}

/** The stored PDF of the invoice, or one of the reader's parts: through the same gate as the page. `?inline=1` shows it instead of saving it. */
export async function sendPdf(c: WebContext, deps: Deps): Promise<Response> {
  const visit = await visitDocument(c, deps, { page: invoiceFactsQuery });
  if (visit.kind !== 'open') return elsewhere(c, deps, visit);
  const view = invoiceViewOf(visit.json);
  const bytes = view.whole ? await paperToRead(pressOf(deps), visit.business, visit.document) : await partsPaper(pressOf(deps), visit.business, view.facts);
  if (bytes === null) throw new Refusal('busy');
  if (c.req.method === 'GET' && !isStaffBrowser(c, deps)) noteDownload(deps, visit.business, visit.document, visit.visitor);
  return sendFile(c, bytes, { name: `${view.facts.document.number}.pdf`, mime: 'application/pdf', inline: c.req.query('inline') === '1' });
}

/** Off the request's way: the paper does not wait for the timeline. */
export function noteDownload(deps: Deps, business: string, document: string, visitor: Visitor): void {
  inTransaction(deps.database, { role: 'system', business, actor: actorOf(visitor) }, (scope) => markDownloaded(scope, document)).catch((error: unknown) =>
    log.warn('download not noted', errorFields(error)),
  );
}

/** The receipt of one payment, as this reader may see it. */
export async function sendReceiptPdf(c: WebContext, deps: Deps): Promise<Response> {
  const payment = readId('payment', c.req.param('payment') ?? '');
  if (payment === null) throw new Refusal('not_found');
  const visit = await visitDocument(c, deps, { page: (business) => receiptFactsQuery(business, payment) });
  if (visit.kind !== 'open') return elsewhere(c, deps, visit);
  return drawReceipt(c, deps, visit.business, visit.json);
}

/** A credit note of the invoice, for whoever sees the invoice whole. */
export async function sendCreditNotePdf(c: WebContext, deps: Deps): Promise<Response> {
  const note = readId('creditNote', c.req.param('note') ?? '');
  if (note === null) throw new Refusal('not_found');
  const visit = await visitDocument(c, deps, { page: invoiceFactsQuery });
  if (visit.kind !== 'open') return elsewhere(c, deps, visit);
  if (!invoiceViewOf(visit.json).whole) throw new Refusal('not_found');
  const { bytes, number } = await creditNotePaper(pressOf(deps), visit.business, note, visit.document);
  return sendFile(c, bytes, { name: `${number}.pdf`, mime: 'application/pdf', inline: c.req.query('inline') === '1' });
}

export async function drawReceipt(c: WebContext, deps: Deps, business: string, json: string | null): Promise<Response> {
  const facts = receiptOf(json);
  const press = pressOf(deps);
  const made = await deps.pdf.render(press.drawReceipt(facts, await letterheadOf(press, business)));
  if (made.kind === 'failed') throw new Refusal('busy');
  return sendFile(c, made.bytes, { name: `${facts.number || 'receipt'}.pdf`, mime: 'application/pdf', inline: c.req.query('inline') === '1' });
}

/** A file the business attached; `?small=1` is a photo at the size of the page. Photos open in the browser: they were drawn anew. */
export async function sendAttachment(c: WebContext, deps: Deps): Promise<Response> {
  const file = readId('file', c.req.param('file') ?? '');
  if (file === null) throw new Refusal('not_found');
  const visit = await visitDocument(c, deps, { page: (business, document) => attachmentQuery(business, document, file) });
  if (visit.kind !== 'open') return elsewhere(c, deps, visit);
  const { sha256, name, mime } = JSON.parse(visit.json) as { sha256: string; name: string; mime: string };
  if (c.req.query('small') === '1') {
    const small = isPhoto(mime) ? await smallPhoto(deps, visit.business, sha256) : null;
    if (small === null) throw new Refusal('not_found');
    return sendFile(c, small, { name: `${name}.webp`, mime: 'image/webp', inline: true });
  }
  const bytes = await deps.files.get(visit.business, sha256);
  if (bytes === null) throw new Refusal('not_found');
  return sendFile(c, bytes, { name, mime, inline: isPhoto(mime) });
}

/** Bytes as a download: nothing in them may run, and the name is only a name (RFC 6266). */
export function sendFile(c: WebContext, bytes: Uint8Array, file: { name: string; mime: string; inline: boolean }): Response {
  portalHeaders(c);
  const plain = file.name.replace(/[^\w.-]+/g, '_').slice(0, 100);
  c.header('Content-Type', file.mime);
  c.header('Content-Disposition', `${file.inline ? 'inline' : 'attachment'}; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(cut(file.name, 100))}`);
  c.header('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox");
  return c.body(new Uint8Array(bytes));
}
