import type { Choice, DepositRule, PlanStage, QuantityBounds } from '../../../core/choices.ts';
import type { EstimateState } from '../../../core/estimate-state.ts';
import type { AttachmentFact, TaxFact } from '../../../outgoing/invoice-facts.ts';
import type { BusinessJson, FactsJson, PartJson } from '../../invoices/view/facts-json.ts';
import type { ChangeOrderJson, ContractJson } from '../contract/queries.ts';
import type { EstimateChange, EstimateView } from '../estimate.ts';

/** A standing as queries tell it. */
export type StandingJson = Readonly<{
  version: number;
  state: EstimateState;
  number: string | null;
  validUntil: string | null;
  totalMinor: bigint;
  chosenMinor: bigint | null;
  depositMinor: bigint | null;
  decidedAt: string | null;
  decidedBy: string;
  reason: string;
  approvalWithdrawnAt: string | null;
  recommendedAt: string | null;
  recommendedBy: string;
  waitingForId: string | null;
  waitingForName: string;
  waitingInsteadOf: string;
  approverRemindedAt: string | null;
  firstApprovedAt: string | null;
  firstApprovedBy: string;
  firstApproverId: string | null;
  replacedById: string | null;
  replacedByRevision: number | null;
  invoiceId: string | null;
  depositInvoiceId: string | null;
}>;

type LineJson = FactsJson['lines'][number] & { chosen: { choice: Choice | null; bounds: QuantityBounds | null } | null };
type Whole<T> = NonNullable<T>;

/** What was frozen when it was issued. */
export type FrozenJson = Readonly<{
  language: string;
  estimate: Readonly<{
    rootId: string;
    revision: number;
    series: string;
    number: string;
    issuedOn: string;
    validUntil: string;
    seller: Whole<FactsJson['invoice']>['seller'];
    billTo: Whole<FactsJson['invoice']>['billTo'];
    customerKind: string;
    poNumber: string;
    scope: string;
    exclusions: string;
    terms: string;
    termsSha256: string;
    deposit: DepositRule | null;
    plan: readonly PlanStage[] | null;
    message: string;
    word: string;
    /** Of a change order: the number of what it changes. */
    amends?: string | null;
  }>;
  totals: Whole<FactsJson['totals']>;
  taxes: readonly TaxFact[];
  parts: readonly Omit<PartJson, 'paidMinor' | 'processingMinor' | 'balanceMinor'>[];
  lines: readonly LineJson[];
  attachments: readonly AttachmentFact[];
}>;

/** What the facts query answers. */
export type EstimateJson = Readonly<{
  now: string;
  business: BusinessJson & { undoHours: number; codeThresholdMinor: bigint | null };
  standing: StandingJson;
  customer: Readonly<{ kind: string; poRequired: boolean; twoFromMinor: bigint | null }> | null;
  viewer: EstimateView['viewer'];
  changes: readonly EstimateChange[] | null;
  contract: ContractJson | null;
  changeOrders: readonly ChangeOrderJson[];
  frozen: FrozenJson;
}>;
