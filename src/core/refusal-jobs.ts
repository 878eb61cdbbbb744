import type { RefusalKind } from './refusal-kind.ts';

/** Jobs and visits; see `refusal.ts`. */
export const jobRefusals = {
  visit_ended: { kind: 'conflict', sentence: 'This visit is over: it was done, skipped or canceled. Reopen it first.' },
  visit_begun: { kind: 'conflict', sentence: 'This visit has begun. Finish it, or cancel it.' },
  visit_not_ended: { kind: 'conflict', sentence: 'This visit is not over.' },
  visit_window: { kind: 'invalid', sentence: 'An arrival window has a beginning and a later end on the same day, such as 08:00 to 10:00.' },
  crew_unknown: { kind: 'invalid', sentence: 'Somebody chosen does not work here any more.' },
  job_canceled: { kind: 'conflict', sentence: 'This job is canceled. Reopen it first.' },
  job_exists: { kind: 'conflict', sentence: 'There is a job for this estimate already.' },
  job_invoiced: { kind: 'conflict', sentence: 'An invoice was made of this work. Cancel the invoice first.' },
  nothing_to_invoice: { kind: 'conflict', sentence: 'There is nothing left to invoice on this job.' },
} as const satisfies Readonly<Record<string, { kind: RefusalKind; sentence: string }>>;
