import { formatDay } from '../../core/calendar.ts';
import type { PdfRequest } from '../../core/gateways.ts';
import { formatMoney } from '../../core/money-format.ts';
import type { InvoiceFacts } from '../invoice-facts.ts';
import { invoicePage } from './invoice-page.ts';
import { type Paper, paperRequest } from './paper-page.ts';

/** Invoices to be put into window envelopes, one print for all; the first sheet says what lies behind it. For the office, in English. */
export function postPdf(invoices: readonly InvoiceFacts[], paper: Paper, today: string): PdfRequest {
  const sheets = invoices.map((facts) => invoicePage(facts, paper));
  const [first] = sheets;
  const count = sheets.length === 1 ? '1 invoice' : `${sheets.length} invoices`;
  const page = {
    title: `${count} to post`,
    author: first?.author ?? '',
    paper: first?.paper ?? 'us-letter',
    lead: `${first?.author ?? ''} · printed ${formatDay(today, 'en')} · fold in three, address outward, for a #10 or DL window envelope`,
    columns: ['', 'Number', 'To', 'Address', 'Total'],
    rows: invoices.map((facts) => rowOf(facts)),
    sheets,
  };
  const { images, createdUnixS } = paperRequest({ ...(first ?? {}), logo: null } as never, paper, today);
  return { template: 'post', data: page, images, createdUnixS };
}

function rowOf({ document, billTo, totalMinor }: InvoiceFacts): string[] {
  const { currency, number } = document;
  const address = billTo.addressLines.length === 0 ? 'No address' : billTo.addressLines.join(', ');
  return [number, billTo.company || billTo.name, address, formatMoney(totalMinor, currency, 'en')];
}
