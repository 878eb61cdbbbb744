import type { Address } from '../../core/address.ts';
import { textLimits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import { clean, cleanLines } from '../../core/text.ts';
import type { JobState, VisitAct, VisitState } from '../../core/visit-state.ts';
import type { DraftLine } from '../invoices/invoice.ts';

/** What the office writes about a job. `crewNotes` are for those who do it, `customerNotes` are said with each visit. */
export type JobFields = Readonly<{ title: string; crewNotes: string; customerNotes: string; poNumber: string }>;
export type NewJob = Readonly<
  Partial<JobFields> & {
    id?: string;
    title: string;
    customerId: string;
    propertyId?: string | null;
    /** Unchecked, as the lines of a draft. */
    lines?: readonly unknown[];
  }
>;
/** `lines`, when given, are all that were not billed yet. */
export type JobChanges = Readonly<Partial<JobFields> & { lines?: readonly unknown[] }>;

export type Job = JobFields &
  Readonly<{
    id: string;
    version: number;
    number: number;
    customerId: string;
    customerName: string;
    propertyId: string | null;
    place: string;
    estimate: Readonly<{ id: string; number: string }> | null;
    state: JobState;
    reason: string;
    currency: string;
    /** What the work list comes to, with tax. */
    totalMinor: bigint;
    createdBy: string;
    createdAt: string;
    endedAt: string | null;
  }>;

/** Something to do: a line as on the draft of an invoice, the visit it belongs to, and what bills it. */
export type JobLine = Readonly<{ line: DraftLine; netMinor: bigint; visitId: string | null; invoiceId: string | null }>;
/** An invoice that bills some of a job. */
export type JobInvoice = Readonly<{ id: string; number: string | null; draft: boolean; totalMinor: bigint; balanceMinor: bigint; currency: string }>;
export const jobActs = ['change', 'plan_visit', 'invoice', 'close', 'cancel', 'reopen'] as const;
export type JobAct = (typeof jobActs)[number];
export type JobView = Job &
  Readonly<{ lines: readonly JobLine[]; visits: readonly Visit[]; invoices: readonly JobInvoice[]; acts: readonly JobAct[]; today: string }>;

export const jobTabs = ['open', 'to_invoice', 'done', 'canceled', 'all'] as const;
export type JobTab = (typeof jobTabs)[number];
export type JobFilter = Readonly<{
  tab: JobTab;
  customerId?: string | undefined;
  propertyId?: string | undefined;
  search?: string | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
}>;
/** A job in a list: beside itself, when somebody comes next, and how much of it is billed. */
export type ListedJob = Omit<Job, 'crewNotes' | 'customerNotes'> &
  Readonly<{ nextVisit: When | null; lastVisitOn: string | null; visits: number; visitsDone: number; toInvoice: boolean }>;

/** A day of the business, and the hours of it in which somebody arrives; none: any time. */
export type When = Readonly<{ day: string; from: string | null; until: string | null }>;
export type CrewName = Readonly<{ id: string; name: string }>;
export type VisitPhoto = Readonly<{ id: string; name: string; mediaType: string; bytes: number; sha256: string }>;

export type Visit = When &
  Readonly<{
    id: string;
    version: number;
    sequence: number;
    jobId: string;
    jobNumber: number;
    customerId: string;
    customerName: string;
    propertyId: string | null;
    place: string;
    address: Partial<Address>;
    title: string;
    customerNote: string;
    crew: readonly CrewName[];
    state: VisitState;
    shown: boolean;
    doneNote: string;
    reason: string;
    onTheWayAt: string | null;
    startedAt: string | null;
    endedAt: string | null;
    invoice: Readonly<{ id: string; number: string | null }> | null;
    photos: number;
  }>;
/** One visit as whoever works on it needs it. */
export type VisitView = Visit &
  Readonly<{
    accessNotes: string;
    crewNotes: string;
    contact: Readonly<{ name: string; phone: string }>;
    files: readonly VisitPhoto[];
    acts: readonly VisitAct[];
  }>;

export type NewVisit = Readonly<{
  id?: string;
  jobId: string;
  day: string;
  from?: string | null;
  until?: string | null;
  crew?: readonly string[];
  title?: string;
  customerNote?: string;
  shown?: boolean;
}>;
export type VisitChanges = Readonly<
  Partial<{ day: string; from: string | null; until: string | null; crew: readonly string[]; title: string; customerNote: string; shown: boolean }>
>;

export type VisitFilter = Readonly<{
  from?: string | undefined;
  to?: string | undefined;
  /** A colleague, or those that nobody makes yet. */
  staffId?: string | undefined;
  unassigned?: boolean | undefined;
  customerId?: string | undefined;
  propertyId?: string | undefined;
  jobId?: string | undefined;
  newestFirst?: boolean | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
}>;

/** What the customer is told of visits unless one says otherwise. */
export type VisitRules = Readonly<{ shown: boolean; crewNamed: boolean }>;

export function cleanJob(input: Partial<JobFields>, before: JobFields): JobFields {
  const { title, crewNotes, customerNotes, poNumber } = input;
  const cleaned = {
    title: title === undefined ? before.title : clean(title, textLimits.title, 'title'),
    crewNotes: crewNotes === undefined ? before.crewNotes : cleanLines(crewNotes, textLimits.message, 'crewNotes'),
    customerNotes: customerNotes === undefined ? before.customerNotes : cleanLines(customerNotes, textLimits.message, 'customerNotes'),
    poNumber: poNumber === undefined ? before.poNumber : clean(poNumber, textLimits.poNumber, 'poNumber'),
  };
  if (cleaned.title === '') throw new Refusal('required', { field: 'title' });
  return cleaned;
}
