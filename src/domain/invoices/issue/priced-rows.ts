import type { Totals } from '../../../core/totals.ts';
import { newId } from '../../../db/fresh.ts';
import { propertyTitle } from '../../customers/property.ts';
import { type Context, type CustomerFacts, customerOf, onlyProperty } from '../drafts/complete.ts';
import type { DraftBody } from '../invoice.ts';

type Row = Readonly<Record<string, unknown>>;
export type FrozenPart = Totals['parts'][number] & { id: string };
export type PricedBody = Pick<DraftBody, 'customerId' | 'propertyId' | 'lines' | 'pricesIncludeTax' | 'discount'>;
export type PaperName = Readonly<{ business: string; documentId: string; shown: boolean; number: string; issuedOn: string; dueOn: string }>;

/** The rows of any priced document as it is frozen: totals, taxes, parts and lines, as they are at this moment. */
export function pricedRows(body: PricedBody, context: Context, totals: Totals, naming: PaperName) {
  const customer = customerOf(context, body.customerId);
  const head = { business_id: naming.business, document_id: naming.documentId, customer_id: customer.id, shown: naming.shown };
  const whole = { ...head, property_id: onlyProperty(body.lines, body.propertyId) };
  const parts = totals.parts.map((part): FrozenPart => ({ id: newId(), ...part }));
  const partIds = new Map(parts.map((part) => [part.part, part.id]));
  return {
    parts,
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
  };
}

function partRow(part: FrozenPart, position: number, head: Row, context: Context, totals: Totals, naming: PaperName): Row {
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

function linesOf(body: PricedBody, totals: Totals, partIds: ReadonlyMap<string | null, string>, head: Row, context: Context): Row[] {
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

/** The business as it was, for a paper that never changes. */
export function sellerOf({ business }: Context): Row {
  const { name, legalName, phone, email, website, address, country, licenseLine } = business;
  return { name, legalName, phone, email, website, address, country, licenseLine };
}

export function billToOf({ name, company, billingAddress }: CustomerFacts): Row {
  return { name, company, address: billingAddress };
}
