import type { PdfRequest } from '../../core/gateways.ts';
import { href } from '../../routes.ts';
import type { EstimateFacts } from '../estimate-facts.ts';
import type { InvoiceFacts, PartsFacts } from '../invoice-facts.ts';
import type { ReceiptFacts } from '../receipt-facts.ts';
import type { RecordFacts } from '../record-facts.ts';
import type { StatementFacts } from '../statement-facts.ts';
import { type CreditNotePaper, creditNotePdf } from './credit-note-page.ts';
import { estimatePdf } from './estimate-page.ts';
import { invoicePdf } from './invoice-page.ts';
import type { Paper } from './paper-page.ts';
import { partsPdf } from './parts-page.ts';
import { postPdf } from './post-page.ts';
import { receiptPdf } from './receipt-page.ts';
import { recordPdf } from './record-page.ts';
import { statementPdf } from './statement-page.ts';

type Sheet = Readonly<{ logo: Uint8Array | null; slug: string }>;

/** How each paper is drawn, with the code that leads back to the business's own page under the configured origin. */
export function drawings(appUrl: string): {
  drawInvoice: (facts: InvoiceFacts, sheet: Sheet) => PdfRequest;
  drawEstimate: (facts: EstimateFacts, sheet: Sheet) => PdfRequest;
  drawParts: (facts: PartsFacts, sheet: Sheet) => PdfRequest;
  drawRecord: (facts: RecordFacts, sheet: Sheet, original: Uint8Array) => PdfRequest;
  drawReceipt: (facts: ReceiptFacts, sheet: Sheet) => PdfRequest;
  drawCreditNote: (facts: CreditNotePaper, sheet: Sheet) => PdfRequest;
  drawStatement: (facts: StatementFacts, sheet: Sheet) => PdfRequest;
  drawPost: (invoices: readonly InvoiceFacts[], sheet: Sheet, today: string) => PdfRequest;
} {
  const paper = ({ logo, slug }: Sheet): Paper => ({ logo, frontDoorUrl: appUrl + href('frontDoor', { business: slug }) });
  return {
    drawInvoice: (facts, sheet) => invoicePdf(facts, paper(sheet)),
    drawEstimate: (facts, sheet) => estimatePdf(facts, paper(sheet)),
    drawParts: (facts, sheet) => partsPdf(facts, paper(sheet)),
    drawRecord: (facts, sheet, original) => recordPdf(facts, { ...paper(sheet), verifyUrl: appUrl + href('verify', { business: sheet.slug }) }, original),
    drawReceipt: (facts, sheet) => receiptPdf(facts, paper(sheet)),
    drawCreditNote: (facts, sheet) => creditNotePdf(facts, paper(sheet)),
    drawStatement: (facts, sheet) => statementPdf(facts, paper(sheet)),
    drawPost: (invoices, sheet, today) => postPdf(invoices, paper(sheet), today),
  };
}
