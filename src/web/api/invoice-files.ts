import { Refusal } from '../../core/refusal.ts';
import { firstText } from '../../db/compile.ts';
import type { Scope } from '../../db/scope.ts';
import { readStanding } from '../../domain/businesses/businesses.ts';
import { readDesk } from '../../domain/desk/desk.ts';
import { besideInvoice } from '../../domain/front/front.ts';
import type { InvoiceView } from '../../domain/invoices/invoice.ts';
import { readInvoice } from '../../domain/invoices/invoices.ts';
import { draftFacts } from '../../domain/outbox/draft-facts.ts';
import { type Press, paperToRead } from '../../domain/papers/papers.ts';
import { parseFacts } from '../../outgoing/invoice-facts.ts';
import { drawings } from '../../outgoing/pdf/press.ts';
import type { Deps } from '../context.ts';
import { invoicePage } from '../portal/invoice/invoice.tsx';
import type { PageExtras } from '../portal/invoice/page-data.ts';
import { answerPreview } from '../preview/answer.ts';
import type { Page } from '../ui/page.tsx';
import type { Call } from './call.ts';
import { sendFile } from './upload.ts';

type Reading = Pick<Call, 'c' | 'deps' | 'grant' | 'read'>;

function pressOf({ database, files, pdf, config }: Deps): Press {
  return { database, files, pdf, ...drawings(config.appUrl) };
}

/** The PDF as it was stored; drawn now when nobody asked before. Refuses `not_issued` for a draft, `busy` when it cannot be drawn now. */
export async function invoicePdf(call: Reading, documentId: string): Promise<Response> {
  const { number } = await call.read((scope) => mustBeIssued(scope, documentId));
  return sendFile(call.c, { bytes: await paperOf(call, documentId), contentType: 'application/pdf', name: `${number}.pdf`, inline: true });
}

export async function paperOf({ deps, grant }: Pick<Reading, 'deps' | 'grant'>, documentId: string): Promise<Uint8Array> {
  const bytes = await paperToRead(pressOf(deps), grant.business ?? '', documentId);
  if (bytes === null) throw new Refusal('busy');
  return bytes;
}

export async function mustBeIssued(scope: Scope, documentId: string): Promise<{ number: string }> {
  const { state, number } = await readDesk(scope, documentId);
  if (state !== 'issued' || number === null) throw new Refusal('not_issued');
  return { number };
}

/** What the customer sees, or would see of a draft: marked, nothing to press, and no trace that anybody looked. */
export async function invoicePreview(call: Reading, documentId: string): Promise<Response> {
  return answerPreview(call.c, await invoicePageOf(call, documentId));
}

/** The customer's page as it is for somebody who may see all of it and presses nothing. */
export async function invoicePageOf({ read }: Pick<Reading, 'read'>, documentId: string): Promise<Page> {
  const { view, extras } = await read(async (scope) => {
    const standing = await readStanding(scope);
    const beside = await firstText(scope, besideInvoice(scope.business, documentId));
    return { view: await viewOf(scope, documentId, standing.today), extras: parseFacts<PageExtras>(beside ?? '{}') };
  });
  const grant = { person: null, name: '', sentTo: null, canPay: true, canAsk: true, preview: true };
  return invoicePage({ view, extras, grant }, view.facts.document.language, '');
}

async function viewOf(scope: Scope, documentId: string, today: string): Promise<InvoiceView> {
  const desk = await readDesk(scope, documentId);
  if (desk.state === 'issued') return readInvoice(scope, documentId);
  const facts = await draftFacts(scope, documentId);
  if (facts === null) throw new Refusal('not_found');
  return { whole: true, facts, parts: [], changes: null, today, version: desk.version };
}
