import type { PricedDocument, Totals } from '../../../core/totals.ts';
import { newId } from '../../../db/fresh.ts';
import type { FrozenInvoice, FrozenNote } from './queries.ts';

type Naming = Readonly<{ id: string; business: string; number: string; seq: bigint; issuedOn: string; reason: string; freedMinor: bigint; by: string }>;

/** What page and paper show of a credit note. Amounts in minor units of `currency`, as numbers in JSON. */
export type CreditNoteFacts = Readonly<{
  number: string;
  invoiceNumber: string;
  issuedOn: string;
  reason: string;
  language: string;
  currency: string;
  billTo: unknown;
  lines: readonly Readonly<{ name: string; description: string; quantityMilli: bigint; unit: string; amountMinor: bigint }>[];
  taxes: readonly Readonly<{ name: string; ratePpm: bigint; taxMinor: bigint }>[];
  netMinor: bigint;
  taxMinor: bigint;
  totalMinor: bigint;
  freedMinor: bigint;
}>;

/** The rows of a credit note, written once: names and words as they stand on the invoice, figures as they were just added up. */
export function frozenNote(
  invoice: FrozenInvoice,
  invoiceId: string,
  document: PricedDocument & { from: ReadonlyMap<string, string> },
  totals: Totals,
  naming: Naming,
): FrozenNote {
  const head = { business_id: naming.business, document_id: naming.id, customer_id: invoice.customerId, shown: invoice.shown };
  const whole = { ...head, property_id: invoice.propertyId };
  const figures = {
    subtotal_minor: totals.subtotalMinor,
    discount_minor: totals.discountMinor,
    net_minor: totals.netMinor,
    tax_minor: totals.taxMinor,
    total_minor: totals.totalMinor,
  };
  const parts = totals.parts.map((part) => ({ id: newId(), ...part }));
  const lines = linesOf(invoice, document, totals);
  return {
    documents: { id: naming.id, customer_id: invoice.customerId, property_id: invoice.propertyId, language: invoice.language, shown: invoice.shown },
    document_totals: {
      ...{
        ...whole,
        currency: totals.currency,
        prices_include_tax: document.pricesIncludeTax,
        tax_exempt: document.taxExempt,
        discount: plain(document.discount),
      },
      ...figures,
    },
    document_taxes: totals.taxes.map((tax, position) => ({
      ...{ ...whole, position, rate_id: tax.rateId, name: tax.name, rate_ppm: tax.ratePpm },
      ...{ taxable_minor: tax.taxableMinor, tax_minor: tax.taxMinor, components: plain(tax.components) },
    })),
    document_parts: parts.map((part, position) => partRow(invoice, part, position, head, totals, naming)),
    document_lines: lines.map((line, position) => ({
      ...{ ...head, ...line.row, position, part_id: parts.find(({ part }) => part === line.row.property_id)?.id },
    })),
    credit_notes: {
      ...{
        ...whole,
        invoice_id: invoiceId,
        invoice_number: invoice.number,
        series: 'credit',
        number: naming.number,
        number_seq: naming.seq,
        issued_on: naming.issuedOn,
      },
      ...{ currency: totals.currency, net_minor: totals.netMinor, tax_minor: totals.taxMinor, total_minor: totals.totalMinor },
      ...{ lowered_minor: totals.totalMinor - naming.freedMinor, freed_minor: naming.freedMinor, reason: naming.reason, created_by: naming.by },
      facts: JSON.stringify(plain(factsOf(invoice, lines, totals, naming))),
    },
  };
}

/** Amounts of JSON are integers. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value, (_key, each: unknown) => (typeof each === 'bigint' ? Number(each) : each)));

type Line = Readonly<{ row: Readonly<Record<string, unknown>>; shown: CreditNoteFacts['lines'][number] }>;

function linesOf(invoice: FrozenInvoice, document: PricedDocument & { from: ReadonlyMap<string, string> }, totals: Totals): Line[] {
  return document.lines.map((line, at) => {
    const figures = totals.lines[at];
    if (figures?.id !== line.id) throw new Error('totals and lines stand in the same order');
    const original = invoice.lines.find(({ id }) => id === document.from.get(line.id));
    const tax = invoice.taxes.find(({ rateId }) => rateId === line.taxRateId);
    const name = original?.name ?? `${invoice.number}${tax ? ` · ${tax.name}` : ''}`;
    const row = {
      ...{
        id: line.id,
        property_id: line.part,
        item_id: original?.itemId ?? null,
        name,
        description: original?.description ?? '',
        service_on: original?.serviceOn ?? null,
      },
      ...{ quantity_milli: line.quantityMilli, unit: original?.unit ?? '', unit_price_milli: line.unitPriceMilli, discount: plain(line.discount) },
      ...{
        gross_minor: figures.grossMinor,
        discount_minor: figures.discountMinor,
        net_minor: figures.netMinor,
        document_discount_minor: figures.documentDiscountMinor,
      },
      ...{ tax_rate_id: figures.taxRateId, tax_name: figures.taxRateId === null ? '' : (tax?.name ?? '') },
    };
    return { row, shown: { name, description: row.description, quantityMilli: line.quantityMilli, unit: row.unit, amountMinor: figures.netMinor } };
  });
}

type Part = Totals['parts'][number] & { id: string };

function partRow(invoice: FrozenInvoice, part: Part, position: number, head: object, totals: Totals, naming: Naming): Record<string, unknown> {
  const original = invoice.parts.find(({ propertyId }) => propertyId === part.part);
  const names = new Map(totals.taxes.map((tax) => [tax.rateId, { name: tax.name, ratePpm: tax.ratePpm }]));
  return {
    ...{ ...head, id: part.id, position, property_id: part.part, title: original?.title ?? '', address: plain(original?.address ?? {}) },
    ...{ number: naming.number, currency: totals.currency, issued_on: naming.issuedOn, due_on: naming.issuedOn },
    ...{
      subtotal_minor: part.subtotalMinor,
      discount_minor: part.discountMinor,
      net_minor: part.netMinor,
      tax_minor: part.taxMinor,
      total_minor: part.totalMinor,
    },
    taxes: plain(part.taxes.map((tax) => ({ ...tax, ...names.get(tax.rateId) }))),
  };
}

function factsOf(invoice: FrozenInvoice, lines: readonly Line[], totals: Totals, naming: Naming): CreditNoteFacts {
  return {
    ...{ number: naming.number, invoiceNumber: invoice.number, issuedOn: naming.issuedOn, reason: naming.reason, language: invoice.language },
    ...{ currency: totals.currency, billTo: invoice.billTo, lines: lines.map(({ shown }) => shown) },
    taxes: totals.taxes.map(({ name, ratePpm, taxMinor }) => ({ name, ratePpm, taxMinor })),
    ...{ netMinor: totals.netMinor, taxMinor: totals.taxMinor, totalMinor: totals.totalMinor, freedMinor: naming.freedMinor },
  };
}
