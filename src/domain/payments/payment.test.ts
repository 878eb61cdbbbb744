import { describe, expect, it } from 'vitest';
import type { AttemptOutcome } from '../../core/gateways.ts';
import { attemptEvents, eventOf, type PaymentState, paymentStates, stepOf } from './payment.ts';

/** Every pair, written down by hand: a dash is illegal and changes nothing. */
const table = `
          opened    processing succeeded declined  came_back returned ended   never_heard silent   refused reversed refunded refund_failed disputed dispute_won dispute_lost
initiated initiated pending    cleared   initiated returned  returned expired expired     unknown  failed  -        -        -             -        -           -
pending   -         pending    cleared   -         returned  returned -       -           pending  -       -        -        -             -        -           -
cleared   -         -          cleared   -         returned  returned -       -           cleared  -       reversed refunded cleared       disputed -           -
failed    -         pending    cleared   -         returned  returned -       failed      failed   failed  -        -        -             -        -           -
unknown   initiated pending    cleared   initiated returned  returned expired failed      unknown  failed  -        -        -             -        -           -
expired   -         pending    cleared   -         returned  returned expired expired     expired  -       -        -        -             -        -           -
returned  -         -          -         -         returned  returned -       -           returned -       -        -        returned      -        -           -
reversed  -         -          -         -         -         -        -       -           reversed -       reversed -        -             -        -           -
refunded  -         -          refunded  -         returned  returned -       -           refunded -       -        refunded cleared       disputed -           -
disputed  -         -          disputed  -         -         -        -       -           disputed -       -        -        disputed      disputed cleared     disputed`;

const [heads = [], ...rows] = table
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/));

describe('payment states', () => {
  it('P4 every state and every event have a row and a column', () => {
    expect(heads).toEqual([...attemptEvents]);
    expect(rows.map(([state]) => state)).toEqual([...paymentStates]);
  });

  it('P4 all pairs of state and event step exactly as written, and nowhere else', () => {
    for (const [state, ...next] of rows) {
      next.forEach((expected, at) => {
        const event = attemptEvents[at] ?? 'silent';
        expect(`${state} ${event} ${stepOf(state as PaymentState, event) ?? '-'}`).toBe(`${state} ${event} ${expected}`);
      });
    }
  });

  it('P4 money that came leaves only by a return, a reversal, a refund or a chargeback, and comes again only when one of the last two did not hold', () => {
    const left = attemptEvents.map((event) => stepOf('cleared', event)).filter((state) => state !== null && state !== 'cleared');
    expect(new Set(left)).toEqual(new Set(['returned', 'reversed', 'refunded', 'disputed']));
    const again = attemptEvents.filter((event) => (['refunded', 'disputed'] as const).some((state) => stepOf(state, event) === 'cleared'));
    expect(again).toEqual(['refund_failed', 'dispute_won']);
    for (const state of ['returned', 'reversed'] as const) {
      expect(attemptEvents.map((event) => stepOf(state, event)).filter((next) => next !== null && next !== state)).toEqual([]);
    }
  });

  it('P5 all 2,520 orders of opened, processing, cleared and returned, each twice, end as returned', () => {
    const ends = new Map<string, number>();
    const walk = (left: Readonly<Record<string, number>>, state: PaymentState): void => {
      const events = (['opened', 'processing', 'succeeded', 'returned'] as const).filter((event) => (left[event] ?? 0) > 0);
      if (events.length === 0) ends.set(state, (ends.get(state) ?? 0) + 1);
      for (const event of events) walk({ ...left, [event]: (left[event] ?? 0) - 1 }, stepOf(state, event) ?? state);
    };
    walk({ opened: 2, processing: 2, succeeded: 2, returned: 2 }, 'initiated');
    expect([...ends]).toEqual([['returned', 2_520]]);
  });

  it('P5 all 720 orders of six notices of Stripe about one payment, each tripled, end in the same state', () => {
    // A notice that only sends somebody to look finds what is true in the end.
    const stories = [
      { truth: 'cleared', looks: 'succeeded', events: ['declined', 'look', 'succeeded', 'look', 'look', 'succeeded'] },
      { truth: 'returned', looks: 'returned', events: ['processing', 'look', 'succeeded', 'look', 'look', 'returned'] },
      { truth: 'pending', looks: 'processing', events: ['opened', 'look', 'processing', 'look', 'processing', 'look'] },
    ] as const;
    for (const { truth, looks, events } of stories) {
      const ends = new Map<string, number>();
      const walk = (left: readonly number[], state: PaymentState): void => {
        if (left.length === 0) ends.set(state, (ends.get(state) ?? 0) + 1);
        for (const at of left) {
          const told = events[at] ?? 'look';
          const event = told === 'look' ? looks : told;
          const thrice = [1, 2, 3].reduce<PaymentState>((now) => stepOf(now, event) ?? now, state);
          walk(
            left.filter((other) => other !== at),
            thrice,
          );
        }
      };
      walk([0, 1, 2, 3, 4, 5], 'initiated');
      expect([...ends]).toEqual([[truth, 720]]);
    }
  });

  it('a declined card leaves the attempt open, a debit sent back ends it', () => {
    const failed = (failure: string, method?: 'card' | 'bank'): AttemptOutcome =>
      ({ kind: 'failed', failure, ...(method ? { method } : {}) }) as AttemptOutcome;
    expect(['declined', 'insufficient_funds', 'expired_card', 'confirmation_failed'].map((each) => eventOf(failed(each)))).toEqual(Array(4).fill('declined'));
    expect(['returned_by_bank', 'account_closed', 'not_authorized'].map((each) => eventOf(failed(each)))).toEqual(Array(3).fill('came_back'));
    expect([eventOf(failed('other', 'bank')), eventOf(failed('other', 'card')), eventOf(failed('canceled')), eventOf(failed('expired'))]).toEqual([
      'came_back',
      'declined',
      'ended',
      'ended',
    ]);
  });
});
