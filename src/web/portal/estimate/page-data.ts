import type { Choices } from '../../../core/choices.ts';
import type { Absent, EstimateView } from '../../../domain/estimates/estimate.ts';
import type { FormProblem } from '../../ui/form.tsx';
import type { HistoryRow, MessageFact, ReaderGrant } from '../invoice/page-data.ts';
import type { Choosing } from './choices.ts';

/** The newest record of what was decided, with what proves it. */
export type DecisionFact = Readonly<{
  id: string;
  seq: number;
  kind: 'approved' | 'first_approved' | 'recommended' | 'declined' | 'changes_requested' | 'withdrawn_approval';
  at: string;
  typedName: string;
  recordedName: string;
  personId: string | null;
  identifiedBy: 'link' | 'code' | 'session' | 'office';
  identifiedAs: string;
  totalMinor: bigint;
  depositMinor: bigint;
  poNumber: string;
  reason: string;
  lineReasons: readonly Readonly<{ lineId: string; name: string; reason: string }>[];
  choices: Choices;
  hash: string;
  factsSha256: string;
  /** Of an approval by two: who approved first. */
  further: Readonly<{ first?: Readonly<{ personId: string; typedName: string; recordedName: string; at: string }>; instead?: Absent }>;
}>;

/** The first yes of two while it waits for the second: to what. */
export type FirstFact = Readonly<{ personId: string; typedName: string; at: string; totalMinor: bigint; choices: Choices }>;

/** What the page shows beside the estimate itself. */
export type EstimateExtras = Readonly<{
  zone: string;
  closingOn: string | null;
  /** Newest first. */
  history: readonly HistoryRow[];
  /** Oldest first. */
  messages: readonly MessageFact[];
  decision: DecisionFact | null;
  first: FirstFact | null;
  /** Of the job: from then on the approval is not taken back here. */
  workStarted: boolean;
  /** The bill for the deposit; its figures only for whoever may see that bill here. */
  deposit: Readonly<{ id: string; number: string | null; balanceMinor: bigint | null; canceled: boolean }> | null;
  seq: number;
}>;

export type EstimatePageData = Readonly<{
  view: EstimateView;
  extras: EstimateExtras;
  choosing: Choosing;
  grant: ReaderGrant;
  /** What a press that came too late was refused for. */
  news?: FormProblem;
  /** How long the approval can still be taken back here; null: not any more, or not by this reader. */
  undoUntil: string | null;
}>;
