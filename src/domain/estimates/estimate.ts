import type { Held } from '../../core/authority.ts';
import type { Choice, DepositRule, PlanStage, QuantityBounds, StageDue } from '../../core/choices.ts';
import type { EstimateNow, EstimateState } from '../../core/estimate-state.ts';
import type { Locale } from '../../core/locale.ts';
import type { Discount, Totals } from '../../core/totals.ts';
import type { EstimateFacts } from '../../outgoing/estimate-facts.ts';
import type { Change, DraftLine } from '../invoices/invoice.ts';
import type { ChangeOrder, Contract } from './contract/contract.ts';

/** A line as the office writes it; `choice` and `bounds` null: it is part of the estimate as it stands. */
export type EstimateLine = DraftLine & Readonly<{ choice: Choice | null; bounds: QuantityBounds | null }>;

/** What a draft says. Lines stand in the order of their sections. */
export type EstimateBody = Readonly<{
  customerId: string;
  propertyId: string | null;
  lines: readonly EstimateLine[];
  discount: Discount | null;
  pricesIncludeTax: boolean;
  poNumber: string;
  /** Days it is valid after issue, unless `validUntil` says the last day itself. */
  validDays: number;
  validUntil: string | null;
  scope: string;
  exclusions: string;
  terms: string;
  deposit: DepositRule | null;
  plan: readonly PlanStage[] | null;
  message: string;
  internalNote: string;
  language: Locale;
  recipients: readonly string[];
}>;

export type EstimateRef = Readonly<{ id: string; number: string; revision: number }>;

/** What a change order changes: its contract, by the first version of the estimate, and the number it goes by. */
export type ContractRef = Readonly<{ id: string; number: string }>;

export type EstimateDraft = Readonly<{
  id: string;
  version: number;
  customerId: string;
  body: EstimateBody;
  /** Of what is suggested, as added up at the last save; every line is there, those not suggested with what they would come to. */
  totals: Totals;
  currency: string;
  depositMinor: bigint;
  stages: readonly StageDue[] | null;
  /** 1, or the next one after the version it will take the place of. */
  revision: number;
  replaces: EstimateRef | null;
  amends: ContractRef | null;
  createdAt: string;
  updatedAt: string;
  updatedBy: string;
}>;

export type EstimateWarning = 'po_number_missing' | 'no_recipients';

export type IssuedEstimate = EstimateRef &
  Readonly<{ issuedOn: string; validUntil: string; totalMinor: bigint; currency: string; depositMinor: bigint; warnings: readonly EstimateWarning[] }>;

/** What certain choices come to: only shown, until they are signed. */
export type Chosen = Readonly<{
  currency: string;
  /** Lines that are billed, with the quantities chosen and what each comes to. */
  lines: readonly Readonly<{ id: string; name: string; quantityMilli: bigint; netMinor: bigint }>[];
  totals: Totals;
  depositMinor: bigint;
  plan: readonly StageDue[] | null;
}>;

/** One difference between two versions, in the order a reader meets them. */
export type EstimateChange =
  | Exclude<Change, { what: 'due_on' | 'po_number' | 'work_order_number' | 'terms' | 'message' }>
  | Readonly<{ what: 'valid_until' | 'po_number' | 'terms' | 'message' | 'scope' | 'exclusions'; from: string; to: string }>;

/** Where an estimate stands on a day. */
export type EstimateStanding = Readonly<{
  version: number;
  state: EstimateState;
  /** The same with `expired` where it waited too long. */
  now: EstimateNow;
  validUntil: string | null;
  totalMinor: bigint;
  chosenMinor: bigint | null;
  depositMinor: bigint | null;
  decidedAt: string | null;
  decidedBy: string;
  reason: string;
  /** Set once an approval was taken back; it waits again since. */
  approvalWithdrawnAt: string | null;
  recommendedAt: string | null;
  recommendedBy: string;
  /** Whom it was handed on to; `insteadOf`: who is away, in whose place, or ''. `remindedAt`: when they were reminded of it last. */
  waitingFor: Readonly<{ id: string; name: string; insteadOf: string; remindedAt: string | null }> | null;
  /** The first yes of two, while it waits for the second person. */
  firstApproval: Readonly<{ at: string; by: string; personId: string }> | null;
  replacedBy: EstimateRef | null;
  invoiceId: string | null;
  depositInvoiceId: string | null;
}>;

/** Somebody who is away, and until when. */
export type Absent = Readonly<{ personId: string; name: string; untilOn: string }>;

export type EstimateView = Readonly<{
  facts: EstimateFacts;
  standing: EstimateStanding;
  changes: readonly EstimateChange[] | null;
  /** Contract to date: of the estimate, or of the one a change order changes. Null before anything was approved. */
  contract: Contract | null;
  /** Change orders of the contract that whoever looks may see. */
  changeOrders: readonly ChangeOrder[];
  today: string;
  /** What the one who looks may do; null in the office, and for whoever holds a link the office handed over. */
  viewer: Readonly<{
    personId: string;
    name: string;
    sharedMailbox: boolean;
    approveLimitMinor: bigint;
    canManage: boolean;
    whole: boolean;
    /** What the property lets those approve who look after it; null: no limit of its own. */
    nteMinor: bigint | null;
    /** The property is theirs. */
    owns: boolean;
    /** Those who are away today, in whose place they approve. */
    absent: readonly (Absent & Readonly<{ held: readonly Held[]; nteMinor: bigint | null; owns: boolean; propertyId: string | null }>)[];
  }> | null;
  /** What approving will ask for. */
  asks: Readonly<{ poRequired: boolean; twoFromMinor: bigint | null; commercial: boolean; codeThresholdMinor: bigint | null; undoHours: number }>;
}>;

export const estimateTabs = ['waiting', 'expiring', 'draft', 'approved', 'changes_requested', 'declined', 'expired', 'withdrawn', 'all'] as const;
export type EstimateTab = (typeof estimateTabs)[number];

export type EstimateFilter = Readonly<{
  tab: EstimateTab;
  customerId?: string | undefined;
  propertyId?: string | undefined;
  /** Only change orders: of this estimate, or any. */
  changesOf?: string | undefined;
  /** Number, customer, PO number, amount: every word must begin one of the estimate's words. */
  search?: string | undefined;
  /** First and last day it is listed on, both included. */
  from?: string | undefined;
  to?: string | undefined;
  sort?: 'newest' | 'oldest' | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
}>;

export type ListedEstimate = Readonly<{
  id: string;
  number: string | null;
  revision: number;
  customerId: string;
  customerName: string;
  propertyId: string | null;
  poNumber: string;
  currency: string;
  listedOn: string;
  issuedOn: string | null;
  shown: boolean;
  sentAt: string | null;
  openedAt: string | null;
  delivery: 'none' | 'queued' | 'sent' | 'bounced';
  /** Of a change order: the number of what it changes. */
  amends: ContractRef | null;
  standing: EstimateStanding;
}>;

/** `today`: the day they stand so, in the zone of the business. */
export type EstimatePage = Readonly<{ rows: readonly ListedEstimate[]; next: string | null; today: string }>;

/** Over the whole business, in its currency. Rates and days over what was decided within the last 90 days; null when nothing was. */
export type EstimateTotals = Readonly<{
  currency: string;
  waitingCount: number;
  waitingMinor: bigint;
  /** Within seven days. */
  expiringCount: number;
  expiringMinor: bigint;
  approvedThisMonthCount: number;
  approvedThisMonthMinor: bigint;
  winRatePpm: bigint | null;
  daysToDecide: number | null;
}>;

/** What a business may call an estimate, everywhere a customer reads it. */
export const estimateNames = ['estimate', 'quote', 'proposal'] as const;
export type EstimateName = (typeof estimateNames)[number];

/** What a business has set for its estimates. */
export type EstimateRules = Readonly<{
  word: EstimateName;
  validDays: number;
  terms: string;
  remindDays: number;
  undoHours: number;
  /** From above this amount approving asks for a code; null: never for the amount alone. */
  codeThresholdMinor: bigint | null;
}>;
