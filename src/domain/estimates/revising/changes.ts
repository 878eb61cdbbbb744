import { canonicalJson } from '../../../core/canonical.ts';
import type { Choice, DepositRule, PlanStage, QuantityBounds } from '../../../core/choices.ts';
import type { Locale } from '../../../core/locale.ts';
import { Refusal } from '../../../core/refusal.ts';
import type { Discount, TaxRate } from '../../../core/totals.ts';
import type { Scope } from '../../../db/scope.ts';
import { type Change, type DraftLine, whatChanged } from '../../invoices/invoice.ts';
import type { EstimateChange } from '../estimate.ts';
import { selectContent, selectStanding } from '../issue/queries.ts';

export type ContentLine = Omit<DraftLine, 'taxFrom'> &
  Readonly<{ netMinor: bigint; chosen: Readonly<{ choice: Choice | null; bounds: QuantityBounds | null }> | null }>;

/** An issued estimate as it was written. */
export type EstimateContent = Readonly<{
  customerId: string;
  propertyId: string | null;
  language: Locale;
  issuedOn: string;
  validUntil: string;
  poNumber: string;
  scope: string;
  exclusions: string;
  terms: string;
  message: string;
  internalNote: string;
  deposit: DepositRule | null;
  plan: readonly PlanStage[] | null;
  discount: Discount | null;
  pricesIncludeTax: boolean;
  taxExempt: boolean;
  currency: string;
  discountMinor: bigint;
  taxMinor: bigint;
  totalMinor: bigint;
  taxRates: readonly TaxRate[];
  recipients: readonly string[];
  lines: readonly ContentLine[];
}>;

/** Refuses `estimate_not_sent` for a draft, `not_found`. */
export async function contentOf(scope: Scope, documentId: string): Promise<EstimateContent> {
  const content = await selectContent(scope, documentId);
  if (!content) throw new Refusal((await selectStanding(scope, documentId)) ? 'estimate_not_sent' : 'not_found');
  return content as unknown as EstimateContent;
}

/** What is different in `after`: lines and figures, then the words, as with an invoice that takes another's place; then what may be chosen. */
export function changesBetween(before: EstimateContent, after: EstimateContent): EstimateChange[] {
  const asInvoice = (content: EstimateContent) => ({ ...content, dueOn: content.validUntil, workOrderNumber: '' });
  const changes = whatChanged(asInvoice(before), asInvoice(after)).map(renamed);
  const texts = (['scope', 'exclusions'] as const).flatMap((what): EstimateChange[] =>
    before[what] === after[what] ? [] : [{ what, from: before[what], to: after[what] }],
  );
  return [...changes, ...choicesChanged(before, after, changes), ...texts];
}

function renamed(change: Change): EstimateChange {
  if (change.what === 'due_on') return { ...change, what: 'valid_until' };
  if (change.what === 'work_order_number') throw new Error('estimates have no work order number');
  return change as EstimateChange;
}

/** Lines that cost the same and are chosen otherwise. */
function choicesChanged(before: EstimateContent, after: EstimateContent, told: readonly EstimateChange[]): EstimateChange[] {
  const old = new Map(before.lines.map((line) => [line.id, line]));
  return after.lines.flatMap((line): EstimateChange[] => {
    const was = old.get(line.id);
    if (!was || canonicalJson(was.chosen) === canonicalJson(line.chosen)) return [];
    if (told.some((change) => change.what === 'line_changed' && change.name === line.name)) return [];
    return [{ what: 'line_changed', name: line.name, fromMinor: was.netMinor, toMinor: line.netMinor, fields: ['choice'] }];
  });
}
