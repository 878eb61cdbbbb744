import type { Right } from '../people/rights.ts';

/** Acts on many at once. Each thing succeeds or is refused for itself. */
export const batchKinds = ['issue', 'send', 'show', 'pay', 'post', 'papers', 'archive', 'restore'] as const;
export type BatchKind = (typeof batchKinds)[number];
export type BatchState = 'held' | 'running' | 'done' | 'stopped' | 'undoing' | 'undone';

/** How money came, for `pay`; the day it was put in the mail, for `post`. */
export type BatchOptions = Readonly<{ method?: 'check' | 'cash' | 'transfer' | 'other'; receivedOn?: string; reference?: string; postedOn?: string }>;

type Rule = Readonly<{
  right: Right;
  of: 'invoice' | 'customer';
  /** Nothing happens before this many seconds have passed, so that stopping it is a true undo: mails cannot be called back. */
  heldS: number;
  /** How long what was done can be taken back by acts the other way; 0: never. */
  undoS: number;
}>;

const day = 24 * 60 * 60;

/** What was issued stays issued and what was shown may have been seen: those ask before they begin, and promise no way back. */
export const batchRules: Readonly<Record<BatchKind, Rule>> = {
  issue: { right: 'invoices:write', of: 'invoice', heldS: 0, undoS: 0 },
  send: { right: 'invoices:write', of: 'invoice', heldS: 30, undoS: 0 },
  show: { right: 'invoices:write', of: 'invoice', heldS: 0, undoS: 0 },
  pay: { right: 'payments:write', of: 'invoice', heldS: 0, undoS: day },
  post: { right: 'invoices:write', of: 'invoice', heldS: 0, undoS: day },
  papers: { right: 'invoices:read', of: 'invoice', heldS: 0, undoS: 0 },
  archive: { right: 'customers:write', of: 'customer', heldS: 0, undoS: day },
  restore: { right: 'customers:write', of: 'customer', heldS: 0, undoS: day },
};

/** More than this at once is a task for an import or the API. */
export const batchMost = 1_000;

export type Batch = Readonly<{
  id: string;
  kind: BatchKind;
  options: BatchOptions;
  by: string;
  state: BatchState;
  total: number;
  done: number;
  refused: number;
  undone: number;
  startsAt: string;
  createdAt: string;
  finishedAt: string | null;
}>;

/** What a person may do about it now. */
export function batchActs(batch: Pick<Batch, 'kind' | 'state' | 'done' | 'createdAt'>, now: Temporal.Instant): ('stop' | 'hurry' | 'undo')[] {
  if (batch.state === 'held') return ['stop', 'hurry'];
  if (batch.state === 'running') return ['stop'];
  const { undoS } = batchRules[batch.kind];
  const until = Temporal.Instant.from(batch.createdAt).add({ seconds: undoS });
  const ended = batch.state === 'done' || batch.state === 'stopped';
  return ended && batch.done > 0 && undoS > 0 && Temporal.Instant.compare(now, until) < 0 ? ['undo'] : [];
}
