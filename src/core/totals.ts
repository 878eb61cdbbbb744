import { limits } from './limits.ts';
import { divideHalfUp, exponentOf, shareOut } from './money.ts';
import { Refusal } from './refusal.ts';

export type Discount = { kind: 'percent'; ratePpm: bigint } | { kind: 'amount'; amountMinor: bigint };

/** One rate as the customer meets it. Its components (state, county) are one combined rate that rounds once. */
export type TaxRate = { id: string; name: string; components: readonly { name: string; ratePpm: bigint }[] };

export type PricedLine = {
  id: string;
  /** The property this line is for; null for a line of the whole document. */
  part: string | null;
  quantityMilli: bigint;
  unitPriceMilli: bigint;
  discount: Discount | null;
  taxRateId: string | null;
};

export type PricedDocument = {
  currency: string;
  pricesIncludeTax: boolean;
  taxExempt: boolean;
  lines: readonly PricedLine[];
  discount: Discount | null;
  taxRates: readonly TaxRate[];
  /** A change order, which may take away more than it adds. */
  mayLower?: boolean;
};

export type LineTotals = {
  id: string;
  part: string | null;
  /** Unit price × quantity. */
  grossMinor: bigint;
  discountMinor: bigint;
  /** After the line's own discount, as shown: with tax when prices include it. */
  netMinor: bigint;
  /** This line's share of the document's discount. */
  documentDiscountMinor: bigint;
  /** null too when the customer is exempt. */
  taxRateId: string | null;
};

export type TaxTotals = {
  rateId: string;
  name: string;
  ratePpm: bigint;
  taxableMinor: bigint;
  taxMinor: bigint;
  components: { name: string; ratePpm: bigint; taxMinor: bigint }[];
};

export type PartTotals = {
  part: string | null;
  subtotalMinor: bigint;
  discountMinor: bigint;
  netMinor: bigint;
  taxMinor: bigint;
  totalMinor: bigint;
  taxes: { rateId: string; taxableMinor: bigint; taxMinor: bigint }[];
};

export type Totals = {
  currency: string;
  lines: LineTotals[];
  /** Sum of the lines as shown. */
  subtotalMinor: bigint;
  /** The document's own discount. */
  discountMinor: bigint;
  /** Taxed and untaxed, without tax. */
  netMinor: bigint;
  taxMinor: bigint;
  totalMinor: bigint;
  taxes: TaxTotals[];
  parts: PartTotals[];
};

/**
 * Adds up a priced document; the only function that does. A line rounds half-up; tax is taken per rate over the sum of
 * what is taxable after discounts and rounds once (EN 16931 BR-CO-10…17); a combined rate splits by largest remainder;
 * the document's discount spreads over lines, and every figure of the parts sums to the document's. Lines in another
 * order give the same figures. Refuses amounts beyond the limits, discounts beyond what they are taken from, unknown rates.
 */
export function addUp(document: PricedDocument): Totals {
  exponentOf(document.currency);
  if (document.lines.length > limits.linesPerDocument) throw new Refusal('too_many_lines', { field: 'lines', limit: limits.linesPerDocument });
  const rates = new Map(document.taxRates.map((rate) => [rate.id, { rate, ratePpm: combinedPpm(rate) }]));
  const lines = document.lines.map((line, at) => addUpLine(line, at, document.taxExempt, rates));

  const subtotalMinor = sum(lines, (line) => line.netMinor);
  const discountMinor = discountOf(document.discount, subtotalMinor, 'discount');
  spreadDiscount(lines, discountMinor);

  const shares = taxShares(lines, document, rates);
  const taxes = shares.map((share) => share.totals);
  const taxMinor = sum(taxes, (tax) => tax.taxMinor);
  const shown = subtotalMinor - discountMinor;
  const totalMinor = document.pricesIncludeTax ? shown : shown + taxMinor;
  if (totalMinor < 0n && !document.mayLower) throw new Refusal('total_negative', { totalMinor });
  if (magnitude(totalMinor) > limits.documentMaxMinor || magnitude(subtotalMinor) > limits.documentMaxMinor)
    throw new Refusal('document_too_large', { totalMinor });
  const parts = addUpParts(lines, shares, document.pricesIncludeTax);
  return { currency: document.currency, lines, subtotalMinor, discountMinor, netMinor: totalMinor - taxMinor, taxMinor, totalMinor, taxes, parts };
}

/** Each line by itself, before any discount of the document: what a line shows that is not among those added up. */
export function linesAlone(document: PricedDocument): LineTotals[] {
  const rates = new Map(document.taxRates.map((rate) => [rate.id, { rate, ratePpm: combinedPpm(rate) }]));
  return document.lines.map((line, at) => addUpLine(line, at, document.taxExempt, rates));
}

type Rates = ReadonlyMap<string, { rate: TaxRate; ratePpm: bigint }>;
type TaxShare = { totals: TaxTotals; byPart: Map<string | null, { taxableMinor: bigint; taxMinor: bigint }> };

const million = 1_000_000n;

function combinedPpm(rate: TaxRate): bigint {
  if (rate.components.length === 0 || rate.components.length > limits.componentsPerTaxRate) throw new Refusal('rate_invalid', { taxRateId: rate.id });
  for (const component of rate.components) {
    if (component.ratePpm < 0n || component.ratePpm > limits.ratePpmMax) throw new Refusal('rate_invalid', { taxRateId: rate.id });
  }
  return sum(rate.components, (component) => component.ratePpm);
}

function addUpLine(line: PricedLine, at: number, taxExempt: boolean, rates: Rates): LineTotals {
  const field = `lines[${at}]`;
  if (magnitude(line.quantityMilli) > limits.quantityMaxMilli) throw new Refusal('quantity_invalid', { field: `${field}.quantity` });
  if (magnitude(line.unitPriceMilli) > limits.unitPriceMaxMilli) throw new Refusal('line_too_large', { field: `${field}.unitPrice` });
  if (line.taxRateId !== null && !rates.has(line.taxRateId)) throw new Refusal('tax_rate_unknown', { field: `${field}.taxRate` });
  const grossMinor = divideHalfUp(line.unitPriceMilli * line.quantityMilli, million);
  if (magnitude(grossMinor) > limits.documentMaxMinor) throw new Refusal('line_too_large', { field });
  const discountMinor = discountOf(line.discount, grossMinor, `${field}.discount`);
  return {
    id: line.id,
    part: line.part,
    grossMinor,
    discountMinor,
    netMinor: grossMinor - discountMinor,
    documentDiscountMinor: 0n,
    taxRateId: taxExempt ? null : line.taxRateId,
  };
}

function discountOf(discount: Discount | null, from: bigint, field: string): bigint {
  if (discount === null) return 0n;
  if (discount.kind === 'percent') {
    if (discount.ratePpm < 0n || discount.ratePpm > limits.ratePpmMax) throw new Refusal('rate_invalid', { field });
    return divideHalfUp(from * discount.ratePpm, million);
  }
  if (discount.amountMinor < 0n) throw new Refusal('amount_too_small', { field });
  // On a credit line, or where nothing is billed, there is nothing an amount could be taken from.
  if (discount.amountMinor > (from > 0n ? from : 0n)) throw new Refusal('discount_too_large', { field });
  return discount.amountMinor;
}

/**
 * Ties go by rate, then size, then property, never by place: two lines that compete for the last cent under different
 * rates would otherwise make the tax depend on the order of lines.
 */
function spreadDiscount(lines: LineTotals[], discountMinor: bigint): void {
  if (discountMinor === 0n) return;
  const ranked = lines.toSorted(
    (a, b) =>
      compare(a.taxRateId ?? '', b.taxRateId ?? '') || (a.netMinor > b.netMinor ? -1 : a.netMinor < b.netMinor ? 1 : 0) || compare(a.part ?? '', b.part ?? ''),
  );
  const shares = shareOut(
    discountMinor,
    ranked.map((line) => line.netMinor),
  );
  ranked.forEach((line, at) => {
    line.documentDiscountMinor = shares[at] ?? 0n;
  });
}

/** One entry per rate in use, in the order of the document's rates, with its split over the parts. */
function taxShares(lines: readonly LineTotals[], document: PricedDocument, rates: Rates): TaxShare[] {
  const bases = new Map<string, Map<string | null, bigint>>();
  for (const line of lines) {
    if (line.taxRateId === null) continue;
    const base = bases.get(line.taxRateId) ?? new Map<string | null, bigint>();
    bases.set(line.taxRateId, base.set(line.part, (base.get(line.part) ?? 0n) + line.netMinor - line.documentDiscountMinor));
  }
  const shares: TaxShare[] = [];
  for (const [id, { rate, ratePpm }] of rates) {
    const base = bases.get(id);
    if (base !== undefined) shares.push(taxShare(rate, ratePpm, base, document.pricesIncludeTax));
  }
  return shares;
}

function taxShare(rate: TaxRate, ratePpm: bigint, base: ReadonlyMap<string | null, bigint>, inclusive: boolean): TaxShare {
  const byId = [...base].sort(([a], [b]) => compare(a ?? '', b ?? ''));
  const shown = sum(byId, ([, amount]) => amount);
  const taxMinor = divideHalfUp(shown * ratePpm, inclusive ? million + ratePpm : million);
  const partTaxes = shareOut(
    taxMinor,
    byId.map(([, amount]) => amount),
  );
  const componentTaxes = shareOut(
    taxMinor,
    rate.components.map((component) => component.ratePpm),
  );
  const byPart = new Map(
    byId.map(([part, amount], at) => {
      const tax = partTaxes[at] ?? 0n;
      return [part, { taxableMinor: inclusive ? amount - tax : amount, taxMinor: tax }] as const;
    }),
  );
  const components = rate.components.map((component, at) => ({ ...component, taxMinor: componentTaxes[at] ?? 0n }));
  const taxableMinor = inclusive ? shown - taxMinor : shown;
  return { totals: { rateId: rate.id, name: rate.name, ratePpm, taxableMinor, taxMinor, components }, byPart };
}

/** In the order the properties first appear. */
function addUpParts(lines: readonly LineTotals[], shares: readonly TaxShare[], inclusive: boolean): PartTotals[] {
  const parts = [...new Set(lines.map((line) => line.part))];
  return parts.map((part) => {
    const own = lines.filter((line) => line.part === part);
    const subtotalMinor = sum(own, (line) => line.netMinor);
    const discountMinor = sum(own, (line) => line.documentDiscountMinor);
    const taxes = shares.flatMap(({ totals, byPart }) => {
      const share = byPart.get(part);
      return share === undefined ? [] : [{ rateId: totals.rateId, ...share }];
    });
    const taxMinor = sum(taxes, (tax) => tax.taxMinor);
    const totalMinor = subtotalMinor - discountMinor + (inclusive ? 0n : taxMinor);
    return { part, subtotalMinor, discountMinor, netMinor: totalMinor - taxMinor, taxMinor, totalMinor, taxes };
  });
}

function sum<T>(items: readonly T[], amount: (item: T) => bigint): bigint {
  return items.reduce((total, item) => total + amount(item), 0n);
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
