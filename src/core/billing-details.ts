import type { Address } from './address.ts';
import type { Locale } from './locale.ts';

/** What a customer's people may change of their account themselves. */
export type BillingDetails = Readonly<{
  name: string;
  company: string;
  billingAddress: Address;
  language: Locale;
  poRequired: boolean;
  taxExempt: boolean;
  /** The number of the exemption. */
  taxExemptNote: string;
}>;
export type DetailField = keyof BillingDetails;
export const detailFields: readonly DetailField[] = ['name', 'company', 'billingAddress', 'language', 'poRequired', 'taxExempt', 'taxExemptNote'];

const reviewed: ReadonlySet<DetailField> = new Set(['name', 'company', 'billingAddress']);
/** What decides how much tax is billed is looked at by the office always. */
const alwaysReviewed: ReadonlySet<DetailField> = new Set(['taxExempt', 'taxExemptNote']);

export type DetailDifference = Readonly<{ now: Partial<BillingDetails>; waiting: Partial<BillingDetails>; before: Partial<BillingDetails> }>;

/** What differs, told apart into what counts at once and what waits for the office's look. `before`: what all of it was. */
export function differenceOf(before: BillingDetails, after: BillingDetails, review: boolean): DetailDifference {
  const found: Record<'now' | 'waiting' | 'before', Record<string, unknown>> = { now: {}, waiting: {}, before: {} };
  for (const field of detailFields) {
    if (JSON.stringify(before[field]) === JSON.stringify(after[field])) continue;
    const waits = alwaysReviewed.has(field) || (review && reviewed.has(field));
    found[waits ? 'waiting' : 'now'][field] = after[field];
    found.before[field] = before[field];
  }
  return found as DetailDifference;
}

/** The part of `all` that goes by the names of `some`. */
export function sameNames(all: Partial<BillingDetails>, some: Partial<BillingDetails>): Partial<BillingDetails> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => Object.hasOwn(some, name)));
}
