import { divideHalfUp, shareOut } from './money.ts';
import { Refusal } from './refusal.ts';
import type { Discount, PricedDocument, PricedLine, TaxRate } from './totals.ts';

/** An issued invoice as it can be credited: its lines with their frozen figures, and what each part still takes. */
export type Creditable = Readonly<{
  currency: string;
  pricesIncludeTax: boolean;
  taxExempt: boolean;
  discount: Discount | null;
  taxRates: readonly TaxRate[];
  lines: readonly CreditableLine[];
  parts: readonly CreditablePart[];
}>;
export type CreditableLine = PricedLine & Readonly<{ discountMinor: bigint; documentDiscountMinor: bigint }>;
/** `byRate`: what the part was billed with each rate, tax included; null is untaxed. `leftMinor`: billed and not yet credited. */
export type CreditablePart = Readonly<{ part: string | null; leftMinor: bigint; byRate: readonly Readonly<{ rateId: string | null; grossMinor: bigint }>[] }>;

/** Everything that was billed, lines and how much of each, or an amount with its tax in it. */
export type CreditChoice =
  | Readonly<{ kind: 'lines'; lines: readonly Readonly<{ lineId: string; quantityMilli: bigint }>[] }>
  | Readonly<{ kind: 'amount'; amountMinor: bigint }>
  | Readonly<{ kind: 'rest' }>;

/**
 * The priced document a credit note is: the original rates, and of each line the share that is taken back of its discounts, so that crediting
 * all of an invoice gives its very figures. An amount is spread over the parts by what they still take and over their rates by what was billed
 * with each; the tax is inside it. Refuses `not_found` for a line that is not there, `quantity_invalid` beyond what was billed,
 * `credit_note_too_large`. `newId` names the lines.
 */
export function creditDocument(invoice: Creditable, choice: CreditChoice, newId: () => string): PricedDocument & { from: ReadonlyMap<string, string> } {
  if (choice.kind === 'lines') return ofLines(invoice, choice.lines, newId);
  const leftMinor = invoice.parts.reduce((total, part) => total + positive(part.leftMinor), 0n);
  const amountMinor = choice.kind === 'rest' ? leftMinor : choice.amountMinor;
  if (amountMinor < 1n) throw new Refusal(choice.kind === 'rest' ? 'nothing_to_credit' : 'amount_too_small', { field: 'amountMinor' });
  if (amountMinor > leftMinor) throw new Refusal('credit_note_too_large', { field: 'amountMinor', leftMinor });
  return ofAmount(invoice, amountMinor, newId);
}

function ofLines(invoice: Creditable, chosen: readonly Readonly<{ lineId: string; quantityMilli: bigint }>[], newId: () => string) {
  if (new Set(chosen.map(({ lineId }) => lineId)).size < chosen.length) throw new Refusal('invalid_input', { field: 'lines' });
  const from = new Map<string, string>();
  let documentDiscountMinor = 0n;
  const lines = chosen.map(({ lineId, quantityMilli }, at): PricedLine => {
    const line = invoice.lines.find(({ id }) => id === lineId);
    if (line === undefined) throw new Refusal('not_found', { field: `lines[${at}].lineId` });
    const within =
      line.quantityMilli > 0n ? quantityMilli > 0n && quantityMilli <= line.quantityMilli : quantityMilli < 0n && quantityMilli >= line.quantityMilli;
    if (!within) throw new Refusal('quantity_invalid', { field: `lines[${at}].quantityMilli` });
    const share = (amountMinor: bigint): bigint => divideHalfUp(amountMinor * quantityMilli, line.quantityMilli);
    documentDiscountMinor += share(line.documentDiscountMinor);
    const discount: Discount | null = line.discount?.kind === 'amount' ? { kind: 'amount', amountMinor: share(line.discountMinor) } : line.discount;
    const id = newId();
    from.set(id, lineId);
    return { id, part: line.part, quantityMilli, unitPriceMilli: line.unitPriceMilli, discount, taxRateId: line.taxRateId };
  });
  const discount: Discount | null = invoice.discount?.kind === 'amount' ? { kind: 'amount', amountMinor: documentDiscountMinor } : invoice.discount;
  return { ...headOf(invoice), discount, lines, from };
}

function ofAmount(invoice: Creditable, amountMinor: bigint, newId: () => string) {
  const perPart = shareOut(
    amountMinor,
    invoice.parts.map((part) => positive(part.leftMinor)),
  );
  const lines = invoice.parts.flatMap(({ part, byRate }, at): PricedLine[] => {
    const rates = byRate.filter(({ grossMinor }) => grossMinor > 0n);
    const amounts = shareOut(
      perPart[at] ?? 0n,
      rates.map(({ grossMinor }) => grossMinor),
    );
    return rates.flatMap(({ rateId }, place): PricedLine[] => {
      const amount = amounts[place] ?? 0n;
      return amount > 0n ? [{ id: newId(), part, quantityMilli: 1000n, unitPriceMilli: amount * 1000n, discount: null, taxRateId: rateId }] : [];
    });
  });
  return { ...headOf(invoice), pricesIncludeTax: true, discount: null, lines, from: new Map<string, string>() };
}

const headOf = ({ currency, pricesIncludeTax, taxExempt, taxRates }: Creditable) => ({ currency, pricesIncludeTax, taxExempt, taxRates });
const positive = (amount: bigint): bigint => (amount > 0n ? amount : 0n);
