import type { Identification } from '../core/authority.ts';
import type { StageDue } from '../core/choices.ts';
import type { EstimateFacts } from './estimate-facts.ts';
import type { TaxFact } from './invoice-facts.ts';

/** Everything the signed record of an approval shows. Amounts are minor units of the estimate's currency. */
export type RecordFacts = Readonly<{
  /** As it was frozen when it was issued. */
  estimate: EstimateFacts;
  /** What was on screen and signed. */
  chosen: Readonly<{
    lines: readonly Readonly<{ id: string; name: string; quantityMilli: bigint; netMinor: bigint }>[];
    subtotalMinor: bigint;
    discountMinor: bigint;
    taxes: readonly TaxFact[];
    totalMinor: bigint;
    depositMinor: bigint;
    plan: readonly StageDue[] | null;
  }>;
  approval: Readonly<{
    seq: bigint;
    typedName: string;
    recordedName: string;
    role: string;
    limitMinor: bigint | null;
    identifiedBy: Identification;
    identifiedAs: string;
    /** Of an approval by two: who approved first. */
    further: Readonly<{
      instead?: Readonly<{ name: string; untilOn: string }>;
      first?: Readonly<{ typedName: string; recordedName: string; identifiedBy: Identification; identifiedAs: string; at: string; hash: string }>;
    }>;
    poNumber: string;
    at: string;
    address: string;
    browser: string;
    termsSha256: string;
    factsSha256: string;
    previousHash: string;
    hash: string;
  }>;
  code: string;
  /** The day and the moment in words, in the zone it was signed in. */
  signedOn: string;
  signedAt: string;
  /** The moment of the first approval of two; '' with one. */
  firstAt: string;
  originalSha256: string;
}>;
