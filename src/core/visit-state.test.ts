import { describe, expect, test } from 'vitest';
import { afterAct, endsByItself, isWindow, openJobState, type VisitState, visitActs, visitActsOf, visitStates } from './visit-state.ts';

describe('a visit', () => {
  test.each<[VisitState, string[]]>([
    ['planned', ['change', 'set_off', 'start', 'finish', 'skip', 'cancel']],
    ['on_the_way', ['change', 'start', 'finish', 'skip', 'cancel']],
    ['started', ['change', 'finish', 'cancel']],
    ['done', ['reopen']],
    ['skipped', ['reopen']],
    ['canceled', ['reopen']],
  ])('that is %s can be led on by what its state allows', (state, acts) => {
    expect(visitActsOf(state)).toEqual(acts);
  });

  test('C10 an act that led here already does nothing, and no act leads out of the states there are', () => {
    for (const state of visitStates) {
      for (const act of visitActs) {
        const next = afterAct(state, act);
        if (typeof next === 'object') continue;
        if (next === 'same') continue;
        expect(visitStates).toContain(next);
        expect(afterAct(next, act)).toBe('same');
      }
    }
  });

  test('that was ended is changed no more, and one that began is not skipped', () => {
    expect(afterAct('done', 'change')).toEqual({ refused: 'visit_ended' });
    expect(afterAct('canceled', 'start')).toEqual({ refused: 'visit_ended' });
    expect(afterAct('started', 'skip')).toEqual({ refused: 'visit_begun' });
    expect(afterAct('done', 'skip')).toEqual({ refused: 'visit_ended' });
    expect(afterAct('planned', 'reopen')).toBe('same');
  });
});

describe('a job', () => {
  test.each<[VisitState[], string, boolean]>([
    [[], 'planned', false],
    [['planned', 'skipped'], 'planned', false],
    [['planned', 'on_the_way'], 'under_way', false],
    [['done', 'planned'], 'under_way', false],
    [['done', 'skipped', 'canceled'], 'under_way', true],
    [['skipped', 'canceled'], 'planned', false],
  ])('with visits %j is %s, and done by itself: %s', (visits, state, ends) => {
    expect(openJobState(visits)).toBe(state);
    expect(endsByItself(visits)).toBe(ends);
  });
});

test.each<[string | null, string | null, boolean]>([
  [null, null, true],
  ['08:00', '10:30', true],
  ['10:00', '10:00', false],
  ['10:00', '09:00', false],
  ['08:00', null, false],
  ['24:00', '24:30', false],
  ['8:00', '9:00', false],
])('an arrival window from %s to %s is one: %s', (from, until, right) => {
  expect(isWindow(from, until)).toBe(right);
});
