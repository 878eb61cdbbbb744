import { addUp, type Discount, type PricedDocument } from '../../../core/totals.ts';
import type { Scope } from '../../../db/scope.ts';
import { verifyChain } from '../../events/events.ts';
import { estimateChecks } from './approved/approved.ts';
import {
  type DifferenceRow,
  type FrozenJson,
  selectBackDifferences,
  selectBalanceDifferences,
  selectBesideDifferences,
  selectCustomersAfter,
  selectDepositDifferences,
  selectFeeDifferences,
  selectFrozenAfter,
  selectNumberDifferences,
  selectPaymentDifferences,
  selectStandingDifferences,
} from './queries.ts';

export type Difference = DifferenceRow;

const batch = 500;
/** More differences than this are one disaster, not a list. */
const mostTold = 1_000;
const beforeAll = '00000000-0000-0000-0000-000000000000';

/** Everything of one business, in batches: nothing is ever held that grows with the books. */
export async function verify(scope: Scope): Promise<Difference[]> {
  const found: Difference[] = [];
  for await (const differences of checks(scope)) {
    found.push(...differences);
    if (found.length >= mostTold) return found.slice(0, mostTold);
  }
  return found;
}

async function* checks(scope: Scope): AsyncGenerator<Difference[]> {
  for (let after = beforeAll; ; ) {
    const invoices = await selectFrozenAfter(scope, after, batch);
    const last = invoices.at(-1);
    if (!last) break;
    after = last.id;
    yield invoices.flatMap(readd);
    yield await selectStandingDifferences(
      scope,
      invoices.map((invoice) => invoice.id),
    );
  }
  for (let after = beforeAll; ; ) {
    const customers = await selectCustomersAfter(scope, after, batch);
    const last = customers.at(-1);
    if (last === undefined) break;
    after = last;
    yield await selectBalanceDifferences(scope, customers);
  }
  yield await selectDepositDifferences(scope);
  yield await selectBackDifferences(scope);
  yield await selectPaymentDifferences(scope);
  yield await selectFeeDifferences(scope);
  yield await selectBesideDifferences(scope);
  yield await selectNumberDifferences(scope);
  yield* estimateChecks(scope);
  const broken = await verifyChain(scope);
  if (broken)
    yield [
      { what: 'chain of events', id: 'seq' in broken ? String(broken.seq) : 'head', stored: 'head' in broken ? String(broken.head) : null, recomputed: null },
    ];
}

type Pair = readonly [what: string, id: string, stored: string, recomputed: bigint | undefined];

/** The lines once more through the one function that adds up, against every figure stored when the invoice was issued. */
function readd(invoice: FrozenJson): Difference[] {
  const totals = addUp({ ...pricedOf(invoice), mayLower: true });
  const pairs: Pair[] = [
    ['subtotal', invoice.id, invoice.subtotalMinor, totals.subtotalMinor],
    ['discount', invoice.id, invoice.discountMinor, totals.discountMinor],
    ['net', invoice.id, invoice.netMinor, totals.netMinor],
    ['tax', invoice.id, invoice.taxMinor, totals.taxMinor],
    ['total', invoice.id, invoice.totalMinor, totals.totalMinor],
  ];
  for (const [at, line] of invoice.lines.entries()) {
    const again = totals.lines[at];
    pairs.push(['gross of a line', line.id, line.grossMinor, again?.grossMinor], ['discount of a line', line.id, line.discountMinor, again?.discountMinor]);
    pairs.push(['net of a line', line.id, line.netMinor, again?.netMinor]);
    pairs.push(['share of the discount of a line', line.id, line.documentDiscountMinor, again?.documentDiscountMinor]);
  }
  for (const tax of invoice.taxes) {
    const again = totals.taxes.find((each) => each.rateId === tax.rateId);
    pairs.push(['taxable', invoice.id, tax.taxableMinor, again?.taxableMinor], ['tax of a rate', invoice.id, tax.taxMinor, again?.taxMinor]);
  }
  for (const part of invoice.parts) {
    // Of an estimate, a part may hold nothing that is chosen.
    const again = totals.parts.find((each) => each.part === part.propertyId) ?? (isBilled(invoice, part.propertyId) ? undefined : nothing);
    pairs.push(['net of a part', part.id, part.netMinor, again?.netMinor], ['tax of a part', part.id, part.taxMinor, again?.taxMinor]);
    pairs.push(['total of a part', part.id, part.totalMinor, again?.totalMinor]);
  }
  return pairs.flatMap(([what, id, stored, recomputed]) =>
    BigInt(stored) === recomputed ? [] : [{ what, id, stored, recomputed: recomputed?.toString() ?? null }],
  );
}

const nothing = { netMinor: 0n, taxMinor: 0n, totalMinor: 0n };

function isBilled({ lines }: FrozenJson, propertyId: string | null): boolean {
  return lines.some((line) => line.propertyId === propertyId);
}

function pricedOf(invoice: FrozenJson): PricedDocument {
  return {
    currency: invoice.currency,
    pricesIncludeTax: invoice.pricesIncludeTax,
    taxExempt: invoice.taxExempt,
    discount: discountOf(invoice.discount),
    lines: invoice.lines.map((line) => ({
      id: line.id,
      part: line.propertyId,
      quantityMilli: BigInt(line.quantityMilli),
      unitPriceMilli: BigInt(line.unitPriceMilli),
      discount: discountOf(line.discount),
      taxRateId: line.taxRateId,
    })),
    taxRates: invoice.taxes.map(({ rateId, name, components }) => ({
      id: rateId,
      name,
      components: components.map((component) => ({ name: component.name, ratePpm: BigInt(component.ratePpm) })),
    })),
  };
}

function discountOf(discount: FrozenJson['discount']): Discount | null {
  if (discount === null) return null;
  return discount.kind === 'percent' ? { kind: 'percent', ratePpm: BigInt(discount.ratePpm) } : { kind: 'amount', amountMinor: BigInt(discount.amountMinor) };
}
