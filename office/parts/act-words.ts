import type { Batch } from '../api/types.ts';

/** An act on many, in words: while it waits, while it runs, and when it is over. */

const one: Readonly<Record<Batch['kind'], string>> = {
  issue: 'invoice',
  send: 'invoice',
  show: 'invoice',
  pay: 'invoice',
  post: 'invoice',
  papers: 'PDF',
  archive: 'customer',
  restore: 'customer',
};
const doing: Readonly<Record<Batch['kind'], string>> = {
  issue: 'Issuing',
  send: 'Sending',
  show: 'Showing in the portal:',
  pay: 'Recording payment of',
  post: 'Marking as posted:',
  papers: 'Drawing',
  archive: 'Archiving',
  restore: 'Bringing back',
};
const over: Readonly<Record<Batch['kind'], string>> = {
  issue: 'issued',
  send: 'sent',
  show: 'shown in the portal',
  pay: 'recorded as paid',
  post: 'marked as posted',
  papers: 'ready',
  archive: 'archived',
  restore: 'brought back',
};

export const counted = (kind: Batch['kind'], count: number): string => `${count.toLocaleString('en-US')} ${one[kind]}${count === 1 ? '' : 's'}`;

export function batchTitle({ kind, state, total, done, undone }: Batch): string {
  if (state === 'held') return `${doing[kind]} ${counted(kind, total)} in a moment`;
  if (state === 'running') return `${doing[kind]} ${counted(kind, total)}`;
  if (state === 'undoing') return `Taking back ${counted(kind, done + undone)}`;
  if (state === 'undone') return `${counted(kind, undone)} taken back`;
  if (state === 'stopped') return done === 0 ? `Stopped; nothing was ${over[kind]}` : `Stopped; ${counted(kind, done)} ${over[kind]}`;
  return `${counted(kind, done)} ${over[kind]}`;
}

export const isMoving = ({ state }: Pick<Batch, 'state'>): boolean => state === 'held' || state === 'running' || state === 'undoing';

/** Of a hundred; a batch that waits has done nothing yet. */
export function batchShare({ state, total, done, refused, undone }: Batch): number {
  if (state === 'undoing') return Math.floor((undone * 100) / Math.max(1, undone + done));
  return Math.floor(((done + refused) * 100) / total);
}
