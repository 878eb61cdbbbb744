import { describe, expect, it } from 'vitest';
import fc from '../../../../test/chance.ts';
import { Refusal } from '../../../core/refusal.ts';
import { newId } from '../../../db/fresh.ts';
import type { Bill } from '../view/pay-facts.ts';
import { type AllocatedLine, type Allocation, allocate, apart, fullOf, openOn, type PayChoice, seenOf } from './allocation.ts';

const all: PayChoice = { documentIds: [], also: [], amountMinor: null, keepCredit: false, useCredit: false };

/** A bill due on a day, open as its parts say, of the one customer. */
function bill(partsMinor: readonly bigint[], changes: Partial<Bill> = {}): Bill {
  const documentId = newId();
  const openMinor = partsMinor.reduce((total, part) => total + part, 0n);
  return {
    ...{
      documentId,
      number: '1042',
      currency: 'USD',
      customerId: 'larkspur',
      dueOn: '2026-12-04',
      today: '2026-12-01',
      businessName: 'Otter',
      homeCurrency: 'USD',
    },
    only: null,
    ...{ gateway: 'sandbox', howToPay: null, partPayment: true, floorMinor: 100n, whole: true, mayPay: true, payableMinor: openMinor, early: null },
    ways: { cardFloorMinor: 1n, bankFloorMinor: 1n },
    ...{
      purpose: 'bill',
      processingMinor: 0n,
      checking: false,
      inQuestionMinor: 0n,
      announcedMinor: 0n,
      dueLaterMinor: 0n,
      installments: null,
      nextMinor: null,
      returned: false,
      tips: null,
      wayRule: null,
      announced: [],
    },
    parts: partsMinor.map((part, at) => ({
      partId: `${documentId} ${at}`,
      propertyId: null,
      title: `LK-0${at}`,
      openMinor: part,
      movingMinor: 0n,
      mayPay: true,
    })),
    ...changes,
  };
}

const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'no refusal';
};

const amounts = fc.bigInt({ min: 1n, max: 500_000n });
const bills = fc.array(
  fc.tuple(fc.array(amounts, { minLength: 1, maxLength: 5 }), amounts, amounts, amounts).map(([parts, question, later, announced]) => {
    const openMinor = parts.reduce((total, part) => total + part, 0n);
    const some = (of: bigint): bigint => (of % 3n === 0n ? of % (openMinor + 1n) : 0n);
    return bill(parts, { inQuestionMinor: some(question), dueLaterMinor: some(later), announcedMinor: some(announced) });
  }),
  { minLength: 1, maxLength: 12 },
);

/** Line by line: what it pays, what is left, and each section within a cent of its exact share. */
function checkLine({ bill: on, amountMinor: part, leftMinor, savedMinor, shares }: AllocatedLine): void {
  expect(shares.reduce((total, share) => total + share.amountMinor, 0n)).toBe(part);
  expect(part + leftMinor + savedMinor).toBe(openOn(on));
  expect(leftMinor >= 0n && part > 0n).toBe(true);
  for (const share of shares) {
    const section = on.parts.find(({ partId }) => partId === share.partId)?.openMinor ?? 0n;
    const off = share.amountMinor * openOn(on) - part * section;
    expect(off < openOn(on) && off > -openOn(on) && share.amountMinor <= section).toBe(true);
  }
}

/** Null when there is nothing to pay, which is no failure here. */
function allocationOf(open: readonly Bill[], choice: PayChoice): Allocation | null {
  try {
    return allocate(open, choice);
  } catch (error) {
    if (error instanceof Refusal && error.code === 'nothing_to_pay') return null;
    throw error;
  }
}

describe('what one payment pays', () => {
  it('M6 M15 every cent of it is on a bill or kept as credit, each section within a cent of its exact share, oldest due first', () => {
    fc.assert(
      fc.property(bills, fc.bigInt({ min: 100n, max: 4_000_000n }), fc.boolean(), (open, amountMinor, own) => {
        const found = allocationOf(open, { ...all, amountMinor: own ? amountMinor : null, keepCredit: true });
        if (found === null) return;
        const paid = found.lines.reduce((total, line) => total + line.amountMinor, 0n);
        expect(paid + found.creditMinor).toBe(found.amountMinor);
        expect(found.amountMinor).toBe(own ? amountMinor : found.fullMinor);
        for (const line of found.lines) checkLine(line);
        // Nothing is kept as credit while a bill would still take it, but what waits to be asked for.
        const asked = found.creditMinor > 0n ? found.lines : [];
        for (const { bill: on, leftMinor } of asked) expect(leftMinor <= on.inQuestionMinor + on.announcedMinor).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('an amount of their own pays the oldest first and leaves the rest where it was', () => {
    const [old, middle, young] = [bill([10_000n]), bill([20_000n]), bill([30_000n])];
    const found = allocate([old, middle, young], { ...all, amountMinor: 15_000n });
    expect(found.lines.map((line) => [line.bill.documentId, line.amountMinor, line.leftMinor])).toEqual([
      [old.documentId, 10_000n, 0n],
      [middle.documentId, 5_000n, 15_000n],
    ]);
    expect(found.without.map(({ documentId }) => documentId)).toEqual([young.documentId]);
  });

  it('rule 23 what is in question, announced or not due yet is left out until it is asked for', () => {
    const asked = bill([10_000n], { inQuestionMinor: 2_000n, announcedMinor: 1_000n, dueLaterMinor: 3_000n });
    expect(allocate([asked], all).amountMinor).toBe(4_000n);
    const also = (...whats: readonly ('question' | 'announced' | 'later')[]) => whats.map((what) => ({ documentId: asked.documentId, what }));
    expect(allocate([asked], { ...all, also: also('question') }).amountMinor).toBe(6_000n);
    expect(allocate([asked], { ...all, also: also('question', 'announced', 'later') }).lines[0]?.leftMinor).toBe(0n);
    // An amount of their own goes on what is due later once nothing else is due, never on what is in question.
    expect(codeOf(() => allocate([asked], { ...all, amountMinor: 7_001n }))).toBe('above_balance');
    expect(allocate([asked], { ...all, amountMinor: 7_000n }).lines[0]?.leftMinor).toBe(3_000n);
  });

  it('paying early costs less for the whole bill only, and not while some of it is left out', () => {
    const early = bill([20_000n], { payableMinor: 19_600n, early: { untilOn: '2026-12-04', insteadMinor: 20_000n } });
    const found = allocate([early, bill([5_000n])], all);
    expect(found.lines.map((line) => [line.amountMinor, line.savedMinor, line.leftMinor])).toEqual([
      [19_600n, 400n, 0n],
      [5_000n, 0n, 0n],
    ]);
    expect(allocate([early], { ...all, amountMinor: 19_599n }).lines.map((line) => [line.savedMinor, line.leftMinor])).toEqual([[0n, 401n]]);
    expect(allocate([{ ...early, announcedMinor: 500n }], all).lines.map((line) => [line.amountMinor, line.savedMinor])).toEqual([[19_500n, 0n]]);
  });

  it('rule 22 more than is owed is credit on purpose only, and only for who sees and pays everything', () => {
    const one = bill([10_000n]);
    expect(codeOf(() => allocate([one], { ...all, amountMinor: 10_001n }))).toBe('above_balance');
    expect(allocate([one], { ...all, amountMinor: 12_500n, keepCredit: true }).creditMinor).toBe(2_500n);
    expect(codeOf(() => allocate([{ ...one, whole: false }], { ...all, amountMinor: 12_500n, keepCredit: true }))).toBe('above_balance');
  });

  it('refuses accounts and currencies mixed, what may not be paid, and amounts the business does not take', () => {
    const one = bill([10_000n]);
    for (const other of [{ currency: 'EUR' }, { customerId: 'rosa' }])
      expect(codeOf(() => allocate([one, bill([1n], other)], all))).toBe('one_payment_one_account');
    expect(codeOf(() => allocate([], all))).toBe('nothing_to_pay');
    expect(codeOf(() => allocate([bill([10_000n], { mayPay: false })], all))).toBe('not_allowed');
    expect(codeOf(() => allocate([one], { ...all, documentIds: [newId()] }))).toBe('not_found');
    expect(codeOf(() => allocate([one], { ...all, amountMinor: 99n }))).toBe('below_floor');
    expect(codeOf(() => allocate([{ ...one, partPayment: false }], { ...all, amountMinor: 9_999n }))).toBe('part_payment_off');
    expect(codeOf(() => allocate([bill([60_000_000n]), bill([60_000_000n])], all))).toBe('amount_too_large');
    // Of what is less than the floor, all is enough.
    expect(allocate([bill([50n])], all).amountMinor).toBe(50n);
  });

  it('bills of several accounts stand apart, each with just what a payment of its own would take', () => {
    const kinds = fc.array(fc.tuple(bills, fc.constantFrom('larkspur', 'rosa'), fc.constantFrom('USD', 'EUR')), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(kinds, (made) => {
        const mixed = made.flatMap(([group, customerId, currency]) => group.map((each) => ({ ...each, customerId, currency })));
        const groups = apart(mixed, all);
        for (const { documentIds, customerId, currency, fullMinor } of groups) {
          const found = allocate(mixed, { ...all, documentIds });
          expect([found.customerId, found.currency, found.amountMinor]).toEqual([customerId, currency, fullMinor]);
        }
        expect(groups.reduce((total, { fullMinor }) => total + fullMinor, 0n)).toBe(fullOf(mixed, all));
      }),
    );
  });

  it('what was seen differs as soon as an amount or what is left of a bill does', () => {
    const one = bill([10_000n]);
    const seen = seenOf(allocate([one], { ...all, amountMinor: 5_000n }));
    expect(seenOf(allocate([one], { ...all, amountMinor: 5_000n }))).toBe(seen);
    expect(seenOf(allocate([bill([9_000n], { documentId: one.documentId })], { ...all, amountMinor: 5_000n }))).not.toBe(seen);
  });
});
