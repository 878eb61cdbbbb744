import { daysBetween } from './calendar.ts';
import type { RefusalCode } from './refusal.ts';

/** How a document of the kind estimate is stored. */
export const estimateStates = ['draft', 'sent', 'approved', 'declined', 'changes_requested', 'withdrawn', 'replaced'] as const;
export type EstimateState = (typeof estimateStates)[number];

/** As it stands on a day: one that waits too long has expired. */
export const estimateStandingsNow = [...estimateStates, 'expired'] as const;
export type EstimateNow = (typeof estimateStandingsNow)[number];

export const estimateActs = ['approve', 'recommend', 'decline', 'ask_for_changes', 'undo', 'withdraw', 'extend', 'revise', 'invoice', 'amend'] as const;
export type EstimateAct = (typeof estimateActs)[number];

/** Waits until the end of its last day, in the zone of the business. */
export function estimateNow(state: EstimateState, validUntil: string | null, today: string): EstimateNow {
  return state === 'sent' && validUntil !== null && daysBetween(validUntil, today) > 0 ? 'expired' : state;
}

const ok = null;
const deciding = (code: RefusalCode | null) => ({ approve: code, recommend: code, decline: code, ask_for_changes: code });
const unapproved = { undo: 'estimate_not_approved', invoice: 'estimate_not_approved', amend: 'estimate_not_approved' } as const;
const all = (code: RefusalCode) => ({ ...deciding(code), undo: code, invoice: code, amend: code, withdraw: code, extend: code, revise: code });

/** What may happen to an estimate as it stands: null, or why not. The only place that says so. */
const table: Readonly<Record<EstimateNow, Readonly<Record<EstimateAct, RefusalCode | null>>>> = {
  draft: all('estimate_not_sent'),
  sent: { ...deciding(ok), ...unapproved, withdraw: ok, extend: ok, revise: ok },
  expired: { ...deciding('estimate_expired'), ...unapproved, withdraw: ok, extend: ok, revise: ok },
  approved: {
    ...deciding('already_decided'),
    ...{ undo: ok, invoice: ok, amend: ok, withdraw: 'already_decided', extend: 'already_decided', revise: 'already_decided' },
  },
  declined: { ...deciding('already_decided'), ...unapproved, withdraw: 'already_decided', extend: 'already_decided', revise: ok },
  changes_requested: { ...deciding('already_decided'), ...unapproved, withdraw: ok, extend: 'already_decided', revise: ok },
  withdrawn: { ...deciding('estimate_withdrawn'), ...unapproved, withdraw: 'estimate_withdrawn', extend: 'estimate_withdrawn', revise: ok },
  replaced: all('estimate_replaced'),
};

/** Null when the act may happen, else the refusal. */
export function whyNot(now: EstimateNow, act: EstimateAct): RefusalCode | null {
  return table[now][act];
}
