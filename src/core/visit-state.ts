import type { RefusalCode } from './refusal.ts';

export const visitStates = ['planned', 'on_the_way', 'started', 'done', 'skipped', 'canceled'] as const;
export type VisitState = (typeof visitStates)[number];

export const jobStates = ['planned', 'under_way', 'done', 'canceled'] as const;
export type JobState = (typeof jobStates)[number];

export const visitActs = ['change', 'set_off', 'start', 'finish', 'skip', 'cancel', 'reopen'] as const;
export type VisitAct = (typeof visitActs)[number];

const open: readonly VisitState[] = ['planned', 'on_the_way', 'started'];

/** From which states an act leads on, and where to; from where it has led already it does nothing. */
const table: Readonly<Record<VisitAct, Readonly<{ from: readonly VisitState[]; to: VisitState | null; code: RefusalCode }>>> = {
  change: { from: open, to: null, code: 'visit_ended' },
  set_off: { from: ['planned'], to: 'on_the_way', code: 'visit_ended' },
  start: { from: ['planned', 'on_the_way'], to: 'started', code: 'visit_ended' },
  finish: { from: open, to: 'done', code: 'visit_ended' },
  skip: { from: ['planned', 'on_the_way'], to: 'skipped', code: 'visit_begun' },
  cancel: { from: open, to: 'canceled', code: 'visit_ended' },
  reopen: { from: ['done', 'skipped', 'canceled'], to: 'planned', code: 'visit_not_ended' },
};

/** Whether a visit still lies ahead or is being made. */
export function isOpenVisit(state: VisitState): boolean {
  return open.includes(state);
}

/** The state an act leads to, `same` where it stands there already, or the refusal. The only place that says so. */
export function afterAct(state: VisitState, act: VisitAct): VisitState | 'same' | Readonly<{ refused: RefusalCode }> {
  const { from, to, code } = table[act];
  if (from.includes(state)) return to ?? 'same';
  if (state === to) return 'same';
  if (act === 'set_off' && state === 'started') return { refused: 'visit_begun' };
  return { refused: act === 'skip' && state !== 'started' ? 'visit_ended' : code };
}

/** What may be done with a visit as it stands, in the order it is offered. */
export function visitActsOf(state: VisitState): VisitAct[] {
  return visitActs.filter((act) => {
    const next = afterAct(state, act);
    return act === 'change' ? next === 'same' : typeof next === 'string' && next !== 'same';
  });
}

/** A job that nobody ended is under way from its first visit that was set off for. */
export function openJobState(visits: readonly VisitState[]): 'planned' | 'under_way' {
  return visits.some((state) => state === 'on_the_way' || state === 'started' || state === 'done') ? 'under_way' : 'planned';
}

/** A job is done by itself when its last open visit was made. */
export function endsByItself(visits: readonly VisitState[]): boolean {
  return visits.includes('done') && !visits.some(isOpenVisit);
}

const timeShape = /^([01]\d|2[0-3]):[0-5]\d$/;

/** An arrival window within one day, or none: any time of the day. */
export function isWindow(from: string | null, until: string | null): boolean {
  if (from === null || until === null) return from === until;
  return timeShape.test(from) && timeShape.test(until) && from < until;
}
