import { describe, expect, it } from 'vitest';
import fc from '../../test/chance.ts';
import { invoiceStatuses, type SettlementFacts, settle } from './settlement.ts';

/** An issued invoice of $500.00, due on 4 December, seen on 1 December. */
const bill: SettlementFacts = {
  state: 'issued',
  totalMinor: 50_000n,
  creditedMinor: 0n,
  paidMinor: 0n,
  processingMinor: 0n,
  unknownMinor: 0n,
  announcedMinor: 0n,
  inQuestionMinor: 0n,
  heldBackMinor: 0n,
  dueOn: '2026-12-04',
  today: '2026-12-01',
  canceled: false,
  replacedBy: null,
  closed: false,
  returnedSinceLastAct: false,
};

const late = { today: '2026-12-16' };

/** Two installments of the bill: the second, due on another day, comes to this. */
const later = (amountMinor: bigint, dueOn = '2026-12-18') => [
  { dueOn: '2026-12-01', amountMinor: 50_000n - amountMinor },
  { dueOn, amountMinor },
];

describe('the one status word', () => {
  it.each<[string, Partial<SettlementFacts>, string]>([
    ['a draft', { state: 'draft' }, 'draft'],
    ['a scheduled invoice', { state: 'scheduled' }, 'scheduled'],
    ['an unpaid invoice before its day', {}, 'due'],
    ['an unpaid invoice on its day', { today: '2026-12-04' }, 'due'],
    ['an unpaid invoice the day after', { today: '2026-12-05' }, 'overdue'],
    ['a part payment', { paidMinor: 20_000n }, 'partly_paid'],
    ['a late part payment', { paidMinor: 20_000n, ...late }, 'overdue'],
    ['a credit alone, which is not a payment', { creditedMinor: 20_000n }, 'due'],
    ['all paid', { paidMinor: 50_000n, ...late }, 'paid'],
    ['paid and credited', { paidMinor: 40_000n, creditedMinor: 10_000n }, 'paid'],
    ['nothing to pay at all', { totalMinor: 0n }, 'paid'],
    ['all that is left processing', { paidMinor: 20_000n, processingMinor: 30_000n, ...late }, 'processing'],
    ['some of it processing', { processingMinor: 30_000n }, 'due'],
    ['some of it processing, the rest late', { processingMinor: 30_000n, ...late }, 'overdue'],
    ['an attempt whose truth is not known', { unknownMinor: 50_000n, ...late }, 'checking'],
    ['a returned payment', { returnedSinceLastAct: true, ...late }, 'returned'],
    ['a returned payment that was then paid', { returnedSinceLastAct: true, paidMinor: 50_000n }, 'paid'],
    ['a canceled invoice', { canceled: true, ...late }, 'canceled'],
    ['a replaced invoice', { canceled: true, replacedBy: '1043' }, 'replaced'],
    ['a closed invoice', { closed: true, ...late }, 'closed'],
    ['a closed invoice paid after all', { closed: true, paidMinor: 50_000n }, 'paid'],
    ['a late bill whose check is announced', { announcedMinor: 50_000n, announcedFor: '2026-12-20', ...late }, 'due'],
    ['a late bill wholly in question', { inQuestionMinor: 50_000n, ...late }, 'due'],
  ])('%s', (_, facts, status) => {
    expect(settle({ ...bill, ...facts }).status).toBe(status);
  });
});

describe('rule 17: where each cent is', () => {
  it('fills processing, held back, in question, announced, due later, due now, in this order and never over the balance', () => {
    const facts = { ...bill, processingMinor: 10_000n, heldBackMinor: 5_000n, inQuestionMinor: 6_000n, announcedMinor: 7_000n, installments: later(8_000n) };
    expect(settle(facts)).toMatchObject({
      onItsWayMinor: 17_000n,
      heldBackMinor: 5_000n,
      inQuestionMinor: 6_000n,
      dueLaterMinor: 8_000n,
      dueNowMinor: 14_000n,
    });
    const squeezed = settle({ ...facts, paidMinor: 38_000n });
    expect(squeezed).toMatchObject({
      balanceMinor: 12_000n,
      onItsWayMinor: 10_000n,
      heldBackMinor: 2_000n,
      inQuestionMinor: 0n,
      dueLaterMinor: 0n,
      dueNowMinor: 0n,
    });
  });

  it('always adds up, and never offers more than is open', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const s = settle(facts);
        expect(s.dueNowMinor + s.dueLaterMinor + s.onItsWayMinor + s.inQuestionMinor + s.heldBackMinor).toBe(s.balanceMinor);
        if (facts.state === 'issued' && !facts.canceled && facts.replacedBy === null && !facts.closed) {
          expect(s.balanceMinor).toBe(facts.totalMinor - facts.creditedMinor - facts.paidMinor);
          expect(s.payableMinor + facts.processingMinor <= s.balanceMinor || s.payableMinor === 0n).toBe(true);
        } else {
          expect(s.balanceMinor).toBe(0n);
        }
        for (const [name, value] of Object.entries(s)) if (typeof value === 'bigint') expect(value >= 0n, name).toBe(true);
        expect(s.overdueMinor).toBeLessThanOrEqual(s.dueNowMinor);
        expect(invoiceStatuses).toContain(s.status);
      }),
      { numRuns: 20_000 },
    );
  });

  it('does not hide a bill on which more was settled than billed', () => {
    expect(() => settle({ ...bill, paidMinor: 50_001n })).toThrow(RangeError);
  });
});

describe('what may be paid', () => {
  it('P1 is never what is processing, nor anything while one payment is checked', () => {
    expect(settle({ ...bill, processingMinor: 20_000n }).payableMinor).toBe(30_000n);
    expect(settle({ ...bill, unknownMinor: 1n }).payableMinor).toBe(0n);
  });

  it('includes what is in question, announced or due later, but not what is held back', () => {
    expect(settle({ ...bill, inQuestionMinor: 10_000n, announcedMinor: 10_000n, installments: later(10_000n), heldBackMinor: 10_000n }).payableMinor).toBe(
      40_000n,
    );
  });

  it('rule 22: a closed bill is in no figure and can still be paid', () => {
    expect(settle({ ...bill, closed: true, paidMinor: 20_000n })).toMatchObject({ balanceMinor: 0n, dueNowMinor: 0n, payableMinor: 30_000n });
  });

  it('is nothing on a draft, a canceled or a replaced bill', () => {
    for (const facts of [{ state: 'draft' }, { canceled: true }, { replacedBy: '1043' }] as const) expect(settle({ ...bill, ...facts }).payableMinor).toBe(0n);
  });
});

describe('time', () => {
  it('rule 18: an announcement is believed until 10 days after its day', () => {
    const told = { ...bill, announcedMinor: 50_000n, announcedFor: '2026-12-02' };
    expect(settle({ ...told, today: '2026-12-12' })).toMatchObject({ onItsWayMinor: 50_000n, overdueMinor: 0n });
    expect(settle({ ...told, today: '2026-12-13' })).toMatchObject({ onItsWayMinor: 0n, overdueMinor: 50_000n, status: 'overdue' });
  });

  it('rule 19: what was started on the due day was never late, however long the bank took', () => {
    expect(settle({ ...bill, processingMinor: 50_000n, startedOn: '2026-12-04', today: '2026-12-09' }).daysLate).toBe(0);
    expect(settle({ ...bill, paidMinor: 50_000n, startedOn: '2026-12-04', today: '2026-12-09' }).daysLate).toBe(0);
    expect(settle({ ...bill, paidMinor: 50_000n, startedOn: '2026-12-06', today: '2026-12-30' }).daysLate).toBe(2);
  });

  it('rule 19: a returned payment leaves the bill as due as before', () => {
    const before = settle({ ...bill, ...late });
    expect(settle({ ...bill, ...late, returnedSinceLastAct: true })).toEqual({ ...before, status: 'returned' });
  });

  it('rule 21: only the missed installment is overdue', () => {
    expect(settle({ ...bill, ...late, installments: later(30_000n, '2027-01-04') })).toMatchObject({
      overdueMinor: 20_000n,
      dueNowMinor: 20_000n,
      dueLaterMinor: 30_000n,
    });
  });

  it('counts days left until the due day and days late after it', () => {
    expect(settle(bill)).toMatchObject({ daysLeft: 3, daysLate: 0 });
    expect(settle({ ...bill, ...late })).toMatchObject({ daysLeft: 0, daysLate: 12 });
    expect(settle({ ...bill, paidMinor: 50_000n }).daysLeft).toBeNull();
    expect(settle({ ...bill, dueOn: null })).toMatchObject({ daysLeft: null, daysLate: 0, status: 'due' });
  });
});

const part = fc.bigInt(0n, 60_000n);
const day = fc.constantFrom('2026-11-20', '2026-12-04', '2026-12-05', '2026-12-25');
const anyFacts: fc.Arbitrary<SettlementFacts> = fc
  .record({
    state: fc.constantFrom('draft', 'scheduled', 'issued', 'issued', 'issued', 'issued'),
    creditedMinor: part,
    paidMinor: part,
    leftMinor: part,
    processingMinor: part,
    unknownMinor: fc.oneof(fc.constant(0n), part),
    announcedMinor: part,
    announcedFor: fc.option(day),
    inQuestionMinor: part,
    heldBackMinor: part,
    installments: fc.option(fc.array(fc.record({ dueOn: day, amountMinor: part }), { maxLength: 4 })),
    dueOn: fc.option(day),
    today: day,
    startedOn: fc.option(day),
    canceled: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    replacedBy: fc.constantFrom(null, null, null, null, null, null, null, '1043'),
    closed: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    returnedSinceLastAct: fc.boolean(),
  })
  .map(({ leftMinor, ...facts }) => ({ ...facts, totalMinor: facts.creditedMinor + facts.paidMinor + leftMinor }));
