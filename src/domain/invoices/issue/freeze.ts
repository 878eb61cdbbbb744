import { addDays, daysBetween } from '../../../core/calendar.ts';
import { type EarlyOffer, earlyOffer, feeDay } from '../../../core/charges.ts';
import type { Installment } from '../../../core/installments.ts';
import { Refusal } from '../../../core/refusal.ts';
import type { Totals } from '../../../core/totals.ts';
import type { Transfer } from '../../ledger/ledger.ts';
import type { Applying } from '../deposits/deposits.ts';
import { type Context, customerOf, onlyProperty } from '../drafts/complete.ts';
import { installmentsAtIssue } from '../installments/installments.ts';
import type { DraftBody, Purpose } from '../invoice.ts';
import { billToOf, type FrozenPart, pricedRows, sellerOf } from './priced-rows.ts';

/** What stands before the rows can be written: which document, as which number, on which day. */
export type Naming = Readonly<{
  business: string;
  documentId: string;
  series: string;
  number: string;
  numberSeq: bigint | null;
  shown: boolean;
  imported: boolean;
  issuedOn: string;
  dueOn: string;
}>;

type Row = Readonly<Record<string, unknown>>;

/** The rows of one issued invoice, by table, and what they do to the books. Written once, never changed. */
export type Frozen = Readonly<{
  naming: Naming;
  body: DraftBody;
  totals: Totals;
  customerName: string;
  early: EarlyOffer | null;
  /** The first day a late fee is judged; null: no fee was agreed. */
  feeNextOn: string | null;
  deposits: readonly Applying[];
  installments: readonly Installment[] | null;
  document_totals: Row;
  document_taxes: readonly Row[];
  document_parts: readonly Row[];
  document_lines: readonly Row[];
  invoices: Row;
  /** Of the total: held back until it is released. */
  heldBackMinor: bigint;
  part_standings: readonly Row[];
  transfers: readonly Transfer[];
}>;

/** The days of an invoice issued on `today` unless the draft says another day; in installments it is wholly due with the last. Refuses `due_before_issue`. */
export function daysOf(body: DraftBody, today: string): { issuedOn: string; dueOn: string } {
  const issuedOn = body.issuedOn ?? today;
  const [first] = body.installments ?? [];
  if (first && daysBetween(issuedOn, first.dueOn) < 0) throw new Refusal('due_before_issue', { field: 'installments[0].dueOn' });
  const dueOn = body.installments?.at(-1)?.dueOn ?? body.dueOn ?? addDays(issuedOn, body.termsDays);
  if (daysBetween(issuedOn, dueOn) < 0) throw new Refusal('due_before_issue', { field: 'dueOn' });
  return { issuedOn, dueOn };
}

/** Names, addresses, words and figures as they are at this moment. `totals` are those just added up. */
export function freeze(body: DraftBody, context: Context, totals: Totals, naming: Naming, deposits: readonly Applying[] = [], heldBackMinor = 0n): Frozen {
  if (body.lines.length === 0) throw new Refusal('no_lines', { field: 'lines' });
  const customer = customerOf(context, body.customerId);
  const head = { business_id: naming.business, document_id: naming.documentId, customer_id: customer.id, shown: naming.shown };
  const whole = { ...head, property_id: onlyProperty(body.lines, body.propertyId) };
  const { parts, ...priced } = pricedRows(body, context, totals, naming);
  const early = naming.imported || heldBackMinor > 0n ? null : earlyOffer(body.earlyDiscount, totals.totalMinor, naming.issuedOn);
  const lateFee = naming.imported ? null : body.lateFee;
  const installments = installmentsAtIssue(body, totals.totalMinor);
  return {
    naming,
    body,
    totals,
    customerName: customer.name,
    early,
    feeNextOn: lateFee && feeDay(lateFee, naming.dueOn, 0),
    deposits,
    installments,
    ...priced,
    invoices: {
      ...invoiceRow(body, context, whole, naming),
      late_fee: lateFee,
      early_discount: early,
      deposits: deposits.map(({ restMinor: _, ...applied }) => applied),
      installments,
      held_back_minor: heldBackMinor,
    },
    heldBackMinor,
    part_standings: parts.map((part) => ({ ...partStanding, ...head, part_id: part.id, property_id: part.part, total_minor: part.totalMinor })),
    transfers: parts.flatMap((part) => [
      ...partTransfers(part, totals.currency, customer.id, naming, body.purpose),
      ...(heldBackMinor > 0n ? [held(part, heldBackMinor, { currency: totals.currency, customerId: customer.id, naming })] : []),
    ]),
  };
}

const partStanding = { credited_minor: 0, paid_minor: 0, canceled_minor: 0, written_off_minor: 0, processing_minor: 0 };

function invoiceRow(body: DraftBody, context: Context, whole: Row, naming: Naming): Row {
  const customer = customerOf(context, body.customerId);
  return {
    ...whole,
    series: naming.series,
    number: naming.number,
    number_seq: naming.numberSeq,
    issued_on: naming.issuedOn,
    due_on: naming.dueOn,
    seller: sellerOf(context),
    bill_to: billToOf(customer),
    customer_kind: customer.kind,
    po_number: body.poNumber,
    work_order_number: body.workOrderNumber,
    terms: body.terms,
    message: body.message,
    internal_note: body.internalNote,
    purpose: body.purpose,
    about_id: body.about?.id ?? null,
    about_number: body.about?.number ?? '',
  };
}

/** Dr receivable, Cr revenue and tax, part by part; a part of credits only moves the other way. A deposit is held: Cr deposits. */
function partTransfers(part: FrozenPart, currency: string, customerId: string, naming: Naming, purpose: Purpose): Transfer[] {
  const common = { currency, customerId, documentId: naming.documentId, partId: part.id, propertyId: part.part, effectiveOn: naming.issuedOn };
  if (purpose === 'deposit') return owed('deposit', 'deposits', part.totalMinor, common);
  const sides = [
    { kind: 'issue' as const, account: 'revenue' as const, amountMinor: part.netMinor },
    { kind: 'tax' as const, account: 'tax_payable' as const, amountMinor: part.taxMinor },
  ];
  return sides.flatMap(({ kind, account, amountMinor }) => owed(kind, account, amountMinor, common));
}

/** What is held back is owed, and not due: Dr retainage, Cr receivable. Such a bill has one part. */
function held(part: FrozenPart, amountMinor: bigint, of: Readonly<{ currency: string; customerId: string; naming: Naming }>): Transfer {
  const { currency, customerId, naming } = of;
  const on = { documentId: naming.documentId, partId: part.id, propertyId: part.part, effectiveOn: naming.issuedOn };
  return { ...on, currency, customerId, kind: 'hold_back', debit: 'retainage', credit: 'receivable', amountMinor };
}

type Common = Pick<Transfer, 'currency' | 'customerId' | 'documentId' | 'partId' | 'propertyId' | 'effectiveOn'>;

/** Raises what is owed by the amount, or lowers it when the amount is below zero; nothing for zero. */
export function owed(kind: Transfer['kind'], account: Transfer['credit'], amountMinor: bigint, common: Common): Transfer[] {
  if (amountMinor > 0n) return [{ ...common, kind, debit: 'receivable', credit: account, amountMinor }];
  if (amountMinor < 0n) return [{ ...common, kind, debit: account, credit: 'receivable', amountMinor: -amountMinor }];
  return [];
}
