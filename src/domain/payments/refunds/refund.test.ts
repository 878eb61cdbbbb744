import { describe, expect, it } from 'vitest';
import { type RefundState, refundEvents, refundStates, refundStep } from '../payments.ts';

/** Every pair, written down by hand: a dash is illegal and changes nothing. */
const table = `
               approved  declined pending   succeeded failed refused silent    never_heard
waiting_second requested declined -         -         -      -       -         -
requested      -         -        pending   succeeded failed failed  unknown   requested
unknown        -         -        pending   succeeded failed failed  unknown   requested
pending        -         -        pending   succeeded failed -       pending   -
succeeded      -         -        succeeded succeeded failed -       succeeded -
failed         -         -        -         -         failed failed  failed    -
declined       -         declined -         -         -      -       -         -`;

const [heads = [], ...rows] = table
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/));

describe('refund states', () => {
  it('P4 all pairs of state and event of a refund step exactly as written, and nowhere else', () => {
    expect([heads, rows.map(([state]) => state)]).toEqual([[...refundEvents], [...refundStates]]);
    for (const [state, ...next] of rows) {
      next.forEach((expected, at) => {
        const event = refundEvents[at] ?? 'silent';
        expect(`${state} ${event} ${refundStep(state as RefundState, event) ?? '-'}`).toBe(`${state} ${event} ${expected}`);
      });
    }
  });

  it('P5 whatever the order in which pending, succeeded and failed are told, a refund that failed has failed', () => {
    const orders = [
      ['pending', 'succeeded', 'failed'],
      ['failed', 'pending', 'succeeded'],
      ['succeeded', 'failed', 'pending'],
      ['pending', 'failed', 'succeeded'],
    ] as const;
    for (const order of orders) expect(order.reduce<RefundState>((state, event) => refundStep(state, event) ?? state, 'requested')).toBe('failed');
  });
});
