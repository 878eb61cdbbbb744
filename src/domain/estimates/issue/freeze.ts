import { createHash } from 'node:crypto';
import { choose, suggestedChoices } from '../../../core/choices.ts';
import { Refusal } from '../../../core/refusal.ts';
import { addUp, type Totals } from '../../../core/totals.ts';
import { type Context, customerOf, onlyProperty, pricedOf } from '../../invoices/drafts/complete.ts';
import { billToOf, pricedRows, sellerOf } from '../../invoices/issue/priced-rows.ts';
import { asInvoiceBody } from '../drafts/drafts.ts';
import { everyLine } from '../drafts/every-line.ts';
import type { EstimateBody } from '../estimate.ts';

export type EstimateNaming = Readonly<{
  business: string;
  documentId: string;
  rootId: string;
  /** Of a change order: the contract it changes. */
  amendsId: string | null;
  revision: number;
  series: string;
  number: string;
  numberSeq: bigint;
  shown: boolean;
  issuedOn: string;
  validUntil: string;
}>;

type Row = Readonly<Record<string, unknown>>;

/** The rows of one issued estimate, by table. Written once, never changed. */
export type FrozenEstimate = Readonly<{
  naming: EstimateNaming;
  body: EstimateBody;
  /** Of what is suggested. */
  totals: Totals;
  customerName: string;
  document_totals: Row;
  document_taxes: readonly Row[];
  document_parts: readonly Row[];
  document_lines: readonly Row[];
  estimates: Row;
}>;

/** Names, addresses, words and figures as they are at this moment. Refuses `no_lines`. */
export function freeze(body: EstimateBody, context: Context, naming: EstimateNaming): FrozenEstimate {
  if (body.lines.length === 0) throw new Refusal('no_lines', { field: 'lines' });
  const customer = customerOf(context, body.customerId);
  const priced = pricedOf(asInvoiceBody(body, body.lines), context);
  const { lines } = pricedOf(asInvoiceBody(body, choose(body.lines, suggestedChoices(body.lines))), context);
  const totals = addUp({ ...priced, lines, mayLower: naming.amendsId !== null });
  const rows = pricedRows(asInvoiceBody(body, body.lines), context, everyLine(totals, priced), { ...naming, dueOn: naming.validUntil });
  const head = { business_id: naming.business, document_id: naming.documentId, customer_id: customer.id, shown: naming.shown };
  return {
    naming,
    body,
    totals,
    customerName: customer.name,
    document_totals: rows.document_totals,
    document_taxes: rows.document_taxes,
    document_parts: rows.document_parts,
    document_lines: rows.document_lines.map((row, at) => ({ ...row, choice: chosenOf(body, at) })),
    estimates: {
      ...head,
      property_id: onlyProperty(body.lines, body.propertyId),
      root_id: naming.rootId,
      amends_id: naming.amendsId,
      revision: naming.revision,
      series: naming.series,
      number: naming.number,
      number_seq: naming.numberSeq,
      issued_on: naming.issuedOn,
      valid_until: naming.validUntil,
      seller: sellerOf(context),
      bill_to: billToOf(customer),
      customer_kind: customer.kind,
      po_number: body.poNumber,
      scope: body.scope,
      exclusions: body.exclusions,
      terms: body.terms,
      terms_sha256: `\\x${createHash('sha256').update(body.terms).digest('hex')}`,
      deposit: body.deposit,
      plan: body.plan,
      tax_rates: priced.taxRates,
      message: body.message,
      internal_note: body.internalNote,
    },
  };
}

function chosenOf({ lines }: EstimateBody, at: number): Row | null {
  const { choice = null, bounds = null } = lines[at] ?? {};
  return choice === null && bounds === null ? null : { choice, bounds };
}
