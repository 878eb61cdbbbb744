import { addDays, daysBetween } from '../../../core/calendar.ts';
import { type EarlyOffer, earlyOffer, feeDay } from '../../../core/charges.ts';
import type { Installment } from '../../../core/installments.ts';
import { Refusal } from '../../../core/refusal.ts';
import type { Totals } from '../../../core/totals.ts';
import { newId } from '../../../db/fresh.ts';
import { propertyTitle } from '../../customers/property.ts';
import type { Transfer } from '../../ledger/ledger.ts';
import type { Applying } from '../deposits/deposits.ts';
import { type Context, customerOf, onlyProperty } from '../drafts/complete.ts';
import { installmentsAtIssue } from '../installments/installments.ts';
import type { DraftBody, Purpose } from '../invoice.ts';

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
export function freeze(body: DraftBody, context: Context, totals: Totals, naming: Naming, deposits: readonly Applying[] = []): Frozen {
  if (body.lines.length === 0) throw new Refusal('no_lines', { field: 'lines' });
  const customer = customerOf(context, body.customerId);
  const head = { business_id: naming.business, document_id: naming.documentId, customer_id: customer.id, shown: naming.shown };
  const whole = { ...head, property_id: onlyProperty(body.lines, body.propertyId) };
  const parts = totals.parts.map((part) => ({ id: newId(), ...part }));
  const partIds = new Map(parts.map((part) => [part.part, part.id]));
  const early = naming.imported ? null : earlyOffer(body.earlyDiscount, totals.totalMinor, naming.issuedOn);
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
    document_totals: {
      ...whole,
      currency: totals.currency,
      prices_include_tax: body.pricesIncludeTax,
      tax_exempt: customer.taxExempt,
      discount: body.discount,
      subtotal_minor: totals.subtotalMinor,
      discount_minor: totals.discountMinor,
      net_minor: totals.netMinor,
      tax_minor: totals.taxMinor,
      total_minor: totals.totalMinor,
    },
    document_taxes: totals.taxes.map((tax, position) => ({
      ...whole,
      position,
      rate_id: tax.rateId,
      name: tax.name,
      rate_ppm: tax.ratePpm,
      taxable_minor: tax.taxableMinor,
      tax_minor: tax.taxMinor,
      components: tax.components,
    })),
    document_parts: parts.map((part, position) => partRow(part, position, head, context, totals, naming)),
    document_lines: linesOf(body, totals, partIds, head, context),
    invoices: {
      ...invoiceRow(body, context, whole, naming),
      late_fee: lateFee,
      early_discount: early,
      deposits: deposits.map(({ restMinor: _, ...applied }) => applied),
      installments,
    },
    part_standings: parts.map((part) => ({ ...partStanding, ...head, part_id: part.id, property_id: part.part, total_minor: part.totalMinor })),
    transfers: parts.flatMap((part) => partTransfers(part, totals.currency, customer.id, naming, body.purpose)),
  };
}

const partStanding = { credited_minor: 0, paid_minor: 0, canceled_minor: 0, written_off_minor: 0, processing_minor: 0 };

type Part = Totals['parts'][number] & { id: string };

function partRow(part: Part, position: number, head: Row, context: Context, totals: Totals, naming: Naming): Row {
  const property = part.part === null ? null : context.properties.get(part.part);
  const names = new Map(totals.taxes.map((tax) => [tax.rateId, { name: tax.name, ratePpm: tax.ratePpm }]));
  return {
    ...head,
    id: part.id,
    position,
    property_id: part.part,
    title: property ? propertyTitle({ ...property, address: (property.address ?? {}) as { street?: string } }) : '',
    address: property?.address ?? {},
    number: naming.number,
    currency: totals.currency,
    issued_on: naming.issuedOn,
    due_on: naming.dueOn,
    subtotal_minor: part.subtotalMinor,
    discount_minor: part.discountMinor,
    net_minor: part.netMinor,
    tax_minor: part.taxMinor,
    total_minor: part.totalMinor,
    taxes: part.taxes.map((tax) => ({ ...tax, ...names.get(tax.rateId) })),
  };
}

function linesOf(body: DraftBody, totals: Totals, partIds: ReadonlyMap<string | null, string>, head: Row, context: Context): Row[] {
  const names = new Map(context.taxRates.map((rate) => [rate.id, rate.name]));
  return body.lines.map((line, position) => {
    const figures = totals.lines[position];
    if (figures?.id !== line.id) throw new Error('totals and lines stand in the same order');
    return {
      ...head,
      id: line.id,
      part_id: partIds.get(line.propertyId),
      position,
      property_id: line.propertyId,
      item_id: line.itemId,
      name: line.name,
      description: line.description,
      service_on: line.serviceOn,
      quantity_milli: line.quantityMilli,
      unit: line.unit,
      unit_price_milli: line.unitPriceMilli,
      discount: line.discount,
      gross_minor: figures.grossMinor,
      discount_minor: figures.discountMinor,
      net_minor: figures.netMinor,
      document_discount_minor: figures.documentDiscountMinor,
      tax_rate_id: figures.taxRateId,
      tax_name: figures.taxRateId === null ? '' : (names.get(figures.taxRateId) ?? ''),
    };
  });
}

function invoiceRow(body: DraftBody, context: Context, whole: Row, naming: Naming): Row {
  const { business } = context;
  const customer = customerOf(context, body.customerId);
  return {
    ...whole,
    series: naming.series,
    number: naming.number,
    number_seq: naming.numberSeq,
    issued_on: naming.issuedOn,
    due_on: naming.dueOn,
    seller: {
      name: business.name,
      legalName: business.legalName,
      phone: business.phone,
      email: business.email,
      website: business.website,
      address: business.address,
      country: business.country,
      licenseLine: business.licenseLine,
    },
    bill_to: { name: customer.name, company: customer.company, address: customer.billingAddress },
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
function partTransfers(part: Part, currency: string, customerId: string, naming: Naming, purpose: Purpose): Transfer[] {
  const common = { currency, customerId, documentId: naming.documentId, partId: part.id, propertyId: part.part, effectiveOn: naming.issuedOn };
  if (purpose === 'deposit') return owed('deposit', 'deposits', part.totalMinor, common);
  const sides = [
    { kind: 'issue' as const, account: 'revenue' as const, amountMinor: part.netMinor },
    { kind: 'tax' as const, account: 'tax_payable' as const, amountMinor: part.taxMinor },
  ];
  return sides.flatMap(({ kind, account, amountMinor }) => owed(kind, account, amountMinor, common));
}

type Common = Pick<Transfer, 'currency' | 'customerId' | 'documentId' | 'partId' | 'propertyId' | 'effectiveOn'>;

/** Raises what is owed by the amount, or lowers it when the amount is below zero; nothing for zero. */
export function owed(kind: Transfer['kind'], account: Transfer['credit'], amountMinor: bigint, common: Common): Transfer[] {
  if (amountMinor > 0n) return [{ ...common, kind, debit: 'receivable', credit: account, amountMinor }];
  if (amountMinor < 0n) return [{ ...common, kind, debit: account, credit: 'receivable', amountMinor: -amountMinor }];
  return [];
}
