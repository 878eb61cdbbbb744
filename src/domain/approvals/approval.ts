import type { Identification } from '../../core/authority.ts';
import type { Choices } from '../../core/choices.ts';

export const approvalKinds = ['approved', 'first_approved', 'recommended', 'declined', 'changes_requested', 'withdrawn_approval'] as const;
export type ApprovalKind = (typeof approvalKinds)[number];

/** What is wrong with a record: one before it is gone, it does not follow on it, what was on screen or anything else of it is not what it was, or the end was cut off. */
export const breaks = ['missing', 'link', 'facts', 'record', 'head'] as const;
export type Broken = (typeof breaks)[number];

/** Who presses, and how that is known. */
export type Presser = Readonly<{
  /** A person of the customer; null for the holder of a link the office handed over. */
  personId: string | null;
  identifiedBy: Identification;
  /** The address the link or code was sent to, masked; of the office: left out. */
  identifiedAs?: string;
  typedName?: string;
  /** Network address and browser, as the request says them. */
  address?: string;
  browser?: string;
}>;

export type Approving = Presser &
  Readonly<{
    documentId: string;
    /** As `computeChoice` takes them; what is left out is as suggested. */
    choices?: unknown;
    /** The total that was on screen: another one signs nothing. */
    totalMinor: bigint;
    acceptTerms: boolean;
    poNumber?: string;
    /** With a recommendation: why. */
    reason?: string;
  }>;

export type Refusing = Presser &
  Readonly<{
    documentId: string;
    reason?: string;
    lineReasons?: readonly Readonly<{ lineId: string; reason: string }>[];
  }>;

export type Undoing = Presser & Readonly<{ documentId: string; reason?: string }>;

/** Who approved first, on the record of the second approval. */
export type FirstYes = Readonly<{
  approvalId: string;
  personId: string;
  typedName: string;
  recordedName: string;
  identifiedBy: Identification;
  identifiedAs: string;
  at: string;
  hash: string;
}>;

/** In whose place somebody pressed, who is away until that day. */
export type InsteadOf = Readonly<{ personId: string; name: string; untilOn: string }>;

/** What else belongs to a record. */
export type Further = Readonly<{ first?: FirstYes; instead?: InsteadOf }>;

/** One record of what was decided. `facts` is what was on screen, as canonical JSON. */
export type Approval = Readonly<{
  id: string;
  seq: bigint;
  kind: ApprovalKind;
  documentId: string;
  customerId: string;
  propertyId: string | null;
  number: string;
  revision: number;
  choices: Choices;
  currency: string;
  totalMinor: bigint;
  taxMinor: bigint;
  depositMinor: bigint;
  poNumber: string;
  reason: string;
  lineReasons: readonly Readonly<{ lineId: string; name: string; reason: string }>[];
  personId: string | null;
  typedName: string;
  recordedName: string;
  role: string;
  /** The limit that applied, in minor units; null: none. */
  limitMinor: bigint | null;
  identifiedBy: Identification;
  identifiedAs: string;
  at: string;
  timeZone: string;
  address: string;
  browser: string;
  undoes: string | null;
  further: Further;
  termsSha256: string;
  factsSha256: string;
  previousHash: string;
  hash: string;
}>;

export type Evidence = Approval & Readonly<{ facts: string }>;

/** What a press came to. `recommended`: it was above the limit, and waits for somebody else. `first_approved`: it waits for a second person. */
export type Decided = Readonly<{
  kind: ApprovalKind;
  approvalId: string;
  seq: bigint;
  totalMinor: bigint;
  currency: string;
  depositMinor: bigint;
  /** Until when it can be taken back by the same press; null where it cannot. */
  undoUntil: string | null;
}>;
