import type { EarlyDiscount, LateFee } from '../../../core/charges.ts';
import { isLocale, type Locale } from '../../../core/locale.ts';
import { Refusal } from '../../../core/refusal.ts';
import { addUp, type PricedDocument, type TaxRate, type Totals } from '../../../core/totals.ts';
import type { DraftBody, DraftLine } from '../invoice.ts';
import type { Written, WrittenLine } from './draft-body.ts';

export type CustomerFacts = Readonly<{
  id: string;
  kind: string;
  name: string;
  company: string;
  billingAddress: unknown;
  language: string;
  termsDays: number | null;
  taxExempt: boolean;
  poRequired: boolean;
  archived: boolean;
  /** What was agreed with this customer: 'off', a rule, or as usual (null). */
  lateFee: LateFee | 'off' | null;
  earlyDiscount: EarlyDiscount | 'off' | null;
}>;
export type PropertyFacts = Readonly<{
  id: string;
  customerId: string;
  code: string;
  name: string;
  unit: string;
  address: unknown;
  taxRateId: string | null;
  /** null: as the customer. */
  poRequired: boolean | null;
}>;
export type BusinessFacts = Readonly<{
  name: string;
  timeZone: string;
  currency: string;
  country: string;
  legalName: string;
  phone: string;
  email: string;
  website: string;
  address: unknown;
  licenseLine: string;
  numberPrefix: string;
  termsDays: number;
  termsText: string;
  message: string;
  pricesIncludeTax: boolean;
  defaultTaxRateId: string | null;
  lateFee: LateFee | null;
  earlyDiscount: EarlyDiscount | null;
}>;

/** What a draft rests on: read once per act, however many drafts it is about. */
export type Context = Readonly<{
  business: BusinessFacts;
  customers: ReadonlyMap<string, CustomerFacts>;
  properties: ReadonlyMap<string, PropertyFacts>;
  items: ReadonlyMap<string, { id: string; taxRateId: string | null; taxable: boolean }>;
  /** People with a right at the customer: customer id + person id. */
  people: ReadonlySet<string>;
  taxRates: readonly TaxRate[];
}>;

/** The customer of a draft, or `not_found`. */
export function customerOf(context: Context, customerId: string): CustomerFacts {
  const customer = context.customers.get(customerId);
  if (!customer) throw new Refusal('not_found', { field: 'customerId' });
  return customer;
}

type Placed = Readonly<{ customerId: string; propertyId: string | null; lines: readonly Readonly<{ propertyId: string | null }>[] }>;

/** Whether a PO number is asked for: by one of the properties the work is for, else by the customer. */
export function asksForPo({ customerId, propertyId, lines }: Placed, context: Context): boolean {
  const own = customerOf(context, customerId).poRequired;
  const places = lines.length === 0 ? [propertyId] : lines.map((line) => line.propertyId);
  return places.some((id) => (id === null ? own : (context.properties.get(id)?.poRequired ?? own)));
}

/** Fills in what was left out, puts the lines in the order of their sections, and refuses what does not belong to this customer. */
export function complete(written: Written, context: Context): DraftBody {
  const customer = customerOf(context, written.customerId);
  if (written.propertyId !== null) refuseForeign(written.propertyId, 'propertyId', customer.id, context);
  const bill = written.purpose === 'bill';
  const lines = written.lines.map((line, at): DraftLine => completeLine(line, `lines[${at}]`, written, context));
  written.recipients.forEach((person, at) => {
    if (!context.people.has(`${customer.id} ${person}`)) throw new Refusal('not_found', { field: `recipients[${at}]` });
  });
  const { sections, ...rest } = written;
  return {
    ...rest,
    lines: inSections(lines, sections),
    pricesIncludeTax: written.pricesIncludeTax ?? context.business.pricesIncludeTax,
    termsDays: written.termsDays ?? customer.termsDays ?? context.business.termsDays,
    terms: written.terms ?? context.business.termsText,
    message: written.message ?? context.business.message,
    lateFee: bill ? agreed(written.lateFee, customer.lateFee, context.business.lateFee) : null,
    earlyDiscount: bill ? agreed(written.earlyDiscount, customer.earlyDiscount, context.business.earlyDiscount) : null,
    depositIds: bill ? written.depositIds : [],
    installments: bill ? written.installments : null,
    language: written.language ?? languageOf(customer),
  };
}

/** What the invoice says itself, else what was agreed with the customer, else what is usual. */
function agreed<T>(own: T | null | undefined, customers: T | 'off' | null, usual: T | null): T | null {
  if (own !== undefined) return own;
  return customers === 'off' ? null : (customers ?? usual);
}

function completeLine(line: WrittenLine, field: string, { customerId, purpose }: Written, context: Context): DraftLine {
  if (line.propertyId !== null) refuseForeign(line.propertyId, `${field}.propertyId`, customerId, context);
  const item = line.itemId === null ? null : context.items.get(line.itemId);
  if (item === undefined) throw new Refusal('not_found', { field: `${field}.itemId` });
  const usual = usualTaxOf(line, item, context);
  // Money held is no revenue yet, so a deposit carries no tax; nor does a fee unless the office writes one on it.
  const own = line.taxRateId === undefined && purpose === 'bill' ? undefined : (line.taxRateId ?? null);
  const { taxRateId, taxFrom } = own === undefined ? usual : { taxRateId: purpose === 'deposit' ? null : own, taxFrom: 'line' as const };
  if (taxRateId !== null && !context.taxRates.some((rate) => rate.id === taxRateId)) throw new Refusal('tax_rate_unknown', { field: `${field}.taxRateId` });
  return { ...line, taxRateId, taxFrom };
}

/** An item that is never taxed stays so everywhere; else the property's rate, the item's own, the business's. */
function usualTaxOf(
  line: WrittenLine,
  item: { taxRateId: string | null; taxable: boolean } | null,
  context: Context,
): Pick<DraftLine, 'taxRateId' | 'taxFrom'> {
  if (item && !item.taxable) return { taxRateId: null, taxFrom: 'item' };
  const property = line.propertyId === null ? null : context.properties.get(line.propertyId);
  if (property?.taxRateId) return { taxRateId: property.taxRateId, taxFrom: 'property' };
  return item?.taxRateId ? { taxRateId: item.taxRateId, taxFrom: 'item' } : { taxRateId: context.business.defaultTaxRateId, taxFrom: 'business' };
}

function refuseForeign(propertyId: string, field: string, customerId: string, context: Context): void {
  const property = context.properties.get(propertyId);
  if (!property) throw new Refusal('not_found', { field });
  if (property.customerId !== customerId) throw new Refusal('property_of_other_customer', { field });
}

/** Sections in the order asked for, the others as they first appear; lines keep their order within. */
function inSections(lines: readonly DraftLine[], sections: readonly (string | null)[]): DraftLine[] {
  const order = [...new Set([...sections, ...lines.map((line) => line.propertyId)])];
  return order.flatMap((property) => lines.filter((line) => line.propertyId === property));
}

function languageOf(customer: CustomerFacts): Locale {
  return isLocale(customer.language) ? customer.language : 'en';
}

/** A draft as `addUp` takes it. An exempt customer pays no tax, whatever the lines say. */
export function pricedOf(body: DraftBody, context: Context): PricedDocument {
  const used = new Set(body.lines.map((line) => line.taxRateId));
  return {
    currency: context.business.currency,
    pricesIncludeTax: body.pricesIncludeTax,
    taxExempt: customerOf(context, body.customerId).taxExempt,
    lines: body.lines.map((line) => ({
      id: line.id,
      part: line.propertyId,
      quantityMilli: line.quantityMilli,
      unitPriceMilli: line.unitPriceMilli,
      discount: line.discount,
      taxRateId: line.taxRateId,
    })),
    discount: body.discount,
    taxRates: context.taxRates.filter((rate) => used.has(rate.id)),
  };
}

/** What a draft comes to. With `addUp` at issue and at verify, the only places where an invoice is added up. */
export function draftTotals(body: DraftBody, context: Context, mayLower = false): Totals {
  return addUp({ ...pricedOf(body, context), mayLower });
}

/** The one property of a document, or null when it has none or several. */
export function onlyProperty(lines: readonly { propertyId: string | null }[], whole: string | null): string | null {
  const properties = [...new Set(lines.map((line) => line.propertyId))];
  if (properties.length === 0) return whole;
  return properties.length === 1 ? (properties[0] ?? null) : null;
}
