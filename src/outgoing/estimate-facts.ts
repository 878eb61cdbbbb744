import type { Choice, DepositRule, PlanStage, QuantityBounds, StageDue } from '../core/choices.ts';
import type { Locale } from '../core/locale.ts';
import type { Discount } from '../core/totals.ts';
import type { AttachmentFact, BillToFact, BusinessFact, LineFact, PartFact, TaxFact } from './invoice-facts.ts';

/**
 * Everything the page, the PDF and the mail of one estimate show, as it was frozen when it was issued. Amounts are minor units of
 * `document.currency`; figures are those of what the business suggests. What was chosen in the end stands in the approval.
 */
export type EstimateFacts = {
  business: BusinessFact;
  document: EstimateDocumentFact;
  billTo: BillToFact;
  parts: readonly PartFact[];
  /** Every line, also what is not suggested. */
  lines: readonly EstimateLineFact[];
  subtotalMinor: bigint;
  discountMinor: bigint;
  discount: Discount | null;
  netMinor: bigint;
  taxes: readonly TaxFact[];
  taxMinor: bigint;
  totalMinor: bigint;
  pricesIncludeTax: boolean;
  taxExempt: boolean;
  deposit: DepositRule | null;
  depositMinor: bigint;
  plan: readonly PlanStage[] | null;
  stages: readonly StageDue[] | null;
};

/** `choice` and `bounds` null: part of the estimate as it stands. */
export type EstimateLineFact = LineFact & { choice: Choice | null; bounds: QuantityBounds | null };

export type EstimateDocumentFact = {
  id: string;
  rootId: string;
  kind: 'estimate';
  number: string;
  revision: number;
  issuedOn: string;
  /** The last day it can be approved, as it stands today. */
  validUntil: string;
  /** The same as it was issued: what the paper says for good. */
  firstValidUntil: string;
  language: Locale;
  currency: string;
  homeCurrency: string;
  poNumber: string | null;
  message: string | null;
  scope: string | null;
  exclusions: string | null;
  terms: string | null;
  /** SHA-256 of the terms, hex: what an approval names. */
  termsSha256: string;
  /** What the business calls it: estimate, quote or proposal. */
  word: string;
  /** Of a change order: the number of what it changes. */
  amends: string | null;
  attachments: readonly AttachmentFact[];
};
