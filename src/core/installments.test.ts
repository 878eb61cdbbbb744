import { describe, expect, it } from 'vitest';
import fc from '../../test/chance.ts';
import { dueAfter, type Installment, installmentDays, installmentsNow, openSince, paidBy, settledInstallments, shareInstallments } from './installments.ts';
import { type SettlementFacts, settle } from './settlement.ts';

const days = ['2027-01-31', '2027-02-28', '2027-03-31', '2027-04-30', '2027-05-31'];
const plan: readonly Installment[] = [
  { dueOn: '2027-01-31', amountMinor: 33_334n },
  { dueOn: '2027-02-28', amountMinor: 33_333n },
  { dueOn: '2027-03-31', amountMinor: 33_333n },
];
const none = { creditedMinor: 0n, processingMinor: 0n, unknownMinor: 0n, announcedMinor: 0n, inQuestionMinor: 0n, heldBackMinor: 0n };
const bill: SettlementFacts = {
  ...{ state: 'issued', totalMinor: 100_000n, paidMinor: 0n, ...none, installments: plan, dueOn: '2027-03-31', today: '2027-01-15' },
  ...{ canceled: false, replacedBy: null, closed: false, returnedSinceLastAct: false },
};

describe('the days', () => {
  it('of months are counted from the first, and end with their month', () => {
    expect(installmentDays('2027-01-31', 'month', 5)).toEqual(days);
    expect(installmentDays('2027-02-22', 'week', 3)).toEqual(['2027-02-22', '2027-03-01', '2027-03-08']);
    expect(installmentDays('2027-02-22', 'two_weeks', 2)).toEqual(['2027-02-22', '2027-03-08']);
  });
});

describe('the amounts', () => {
  it('M6 always sum to the total, those nobody wrote within one minor unit of each other', () => {
    const wanted = fc.array(fc.option(fc.bigInt(1n, 5_000n)), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(wanted, fc.bigInt(1n, 99_999_999n), (amounts, totalMinor) => {
        const rows = shareInstallments(
          totalMinor,
          amounts.map((amountMinor, at) => ({ dueOn: days[at % 5] ?? '', amountMinor })),
        );
        const fixedMinor = amounts.reduce<bigint>((sum, amount) => sum + (amount ?? 0n), 0n);
        const open = amounts.filter((amount) => amount === null).length;
        if (rows === null) {
          expect(open === 0 ? fixedMinor !== totalMinor : totalMinor - fixedMinor < BigInt(open)).toBe(true);
          return;
        }
        expect(rows.reduce((sum, row) => sum + row.amountMinor, 0n)).toBe(totalMinor);
        const even = rows.filter((_, at) => amounts[at] === null).map((row) => row.amountMinor);
        for (const each of even) expect(each === even[0] || each + 1n === even[0] || each - 1n === even[0]).toBe(true);
        for (const [at, row] of rows.entries()) expect(amounts[at] ?? row.amountMinor).toBe(row.amountMinor);
      }),
      { numRuns: 20_000 },
    );
  });
});

describe('where they stand', () => {
  it('is told by what is left alone: money closes the oldest first, whatever it was paid for', () => {
    const at = (restMinor: bigint, movingMinor = 0n, today = '2027-02-10') =>
      installmentsNow(plan, { restMinor, movingMinor, today }).map(({ state, openMinor }) => [state, openMinor]);
    expect(at(100_000n)).toEqual([
      ['overdue', 33_334n],
      ['due', 33_333n],
      ['later', 33_333n],
    ]);
    expect(at(60_000n)).toEqual([
      ['paid', 0n],
      ['due', 26_667n],
      ['later', 33_333n],
    ]);
    expect(at(66_666n, 33_333n)).toEqual([
      ['paid', 0n],
      ['processing', 0n],
      ['due', 33_333n],
    ]);
    expect(at(0n).map(([state]) => state)).toEqual(['paid', 'paid', 'paid']);
    expect([openSince(plan, 100_000n), openSince(plan, 66_666n), openSince(plan, 1n), openSince(plan, 0n)]).toEqual([days[0], days[1], days[2], days[2]]);
    expect(dueAfter(plan, '2027-02-28')).toBe(33_333n);
    expect(settledInstallments(plan, 60_000n)).toEqual([plan[0], { dueOn: '2027-02-28', amountMinor: 6_666n }]);
    expect(paidBy(installmentsNow(plan, { restMinor: 60_000n, movingMinor: 0n, today: '2027-02-10' }), 30_000n)).toEqual([
      { at: 1, dueOn: '2027-02-28', amountMinor: 26_667n },
      { at: 2, dueOn: '2027-03-31', amountMinor: 3_333n },
    ]);
  });

  it('rule 21 leaves only the missed one overdue, and one that is due today is not missed', () => {
    const figures = { dueNowMinor: 0n, dueLaterMinor: 100_000n, overdueMinor: 0n, status: 'due', dueOn: days[0], nextMinor: 33_334n, payableMinor: 100_000n };
    expect(settle(bill)).toMatchObject(figures);
    expect(settle({ ...bill, today: '2027-01-31' })).toMatchObject({ dueNowMinor: 33_334n, overdueMinor: 0n, daysLeft: 0 });
    expect(settle({ ...bill, today: '2027-02-28' })).toMatchObject({ dueNowMinor: 66_667n, overdueMinor: 33_334n, status: 'overdue', daysLate: 28 });
    expect(settle({ ...bill, paidMinor: 33_334n, today: '2027-02-10' })).toMatchObject({
      ...{ dueNowMinor: 0n, dueLaterMinor: 66_666n, overdueMinor: 0n, status: 'partly_paid', dueOn: days[1], daysLeft: 18, nextMinor: 33_333n },
    });
    expect(settle({ ...bill, paidMinor: 100_000n, today: '2027-06-01', startedOn: '2027-03-31' })).toMatchObject({
      status: 'paid',
      daysLate: 0,
      nextMinor: null,
    });
  });

  it('rule 19 a payment on its way covers the oldest: what it covers is not late', () => {
    const moving = settle({ ...bill, processingMinor: 33_334n, startedOn: '2027-01-31', today: '2027-02-05' });
    expect(moving).toMatchObject({ onItsWayMinor: 33_334n, dueNowMinor: 0n, overdueMinor: 0n, dueLaterMinor: 66_666n, status: 'due', daysLate: 0 });
  });

  it('a deposit applied closes the first of them', () => {
    expect(settle({ ...bill, creditedMinor: 40_000n, today: '2027-02-28' })).toMatchObject({ dueNowMinor: 26_667n, overdueMinor: 0n, dueLaterMinor: 33_333n });
  });
});
