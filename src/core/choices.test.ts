import { describe, expect, it } from 'vitest';
import fc from '../../test/chance.ts';
import { canonicalJson } from './canonical.ts';
import { type ChoosableLine, choose, depositDue, faultsOf, isPlan, type PlanStage, planDue, suggestedChoices } from './choices.ts';
import { estimateActs, estimateNow, estimateStandingsNow, whyNot } from './estimate-state.ts';
import { goldenEstimates } from './golden/estimates.ts';
import { Refusal } from './refusal.ts';
import { addUp } from './totals.ts';

const refusal = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return `${error.code} ${error.details.field ?? ''}`.trim();
    throw error;
  }
  return 'nothing';
};

describe('golden estimates', () => {
  it.each(goldenEstimates().map((one) => [one.name, one] as const))('M7 %s', (_, { document, lines, choices, deposit, plan, expected }) => {
    const choosable = document.lines.map((line, at) => ({ ...line, ...(lines[at] ?? { choice: null, bounds: null }) }));
    expect(faultsOf(choosable)).toEqual([]);
    const billed = choose(choosable, choices);
    const { subtotalMinor, discountMinor, taxMinor, totalMinor } = addUp({ ...document, lines: billed });
    expect({ billed: billed.map(({ id }) => id), subtotalMinor, discountMinor, taxMinor, totalMinor, depositMinor: depositDue(deposit, totalMinor) }).toEqual({
      billed: expected.billed,
      subtotalMinor: expected.subtotalMinor,
      discountMinor: expected.discountMinor,
      taxMinor: expected.taxMinor,
      totalMinor: expected.totalMinor,
      depositMinor: expected.depositMinor,
    });
    if (plan) expect(isPlan(plan)).toBe(true);
    if (plan && expected.plan) expect(planDue(plan, totalMinor).map(({ amountMinor }) => amountMinor)).toEqual(expected.plan);
  });
});

const line = (id: string, more: Partial<ChoosableLine> = {}): ChoosableLine => ({ id, quantityMilli: 1_000n, choice: null, bounds: null, ...more });
const pack = (id: string, name: string, chosen = false): ChoosableLine => line(id, { choice: { kind: 'package', group: 'g', package: name, chosen } });
const offered = [
  line('always', { bounds: { minMilli: 1_000n, maxMilli: 3_000n, stepMilli: 500n } }),
  line('maybe', { choice: { kind: 'optional', chosen: true } }),
  pack('good', 'good', true),
  pack('best-1', 'best'),
  pack('best-2', 'best'),
];
const suggested = suggestedChoices(offered);

describe('choosing', () => {
  it('bills what is suggested when nothing else is said', () => {
    expect(choose(offered, suggested).map(({ id }) => id)).toEqual(['always', 'maybe', 'good']);
  });

  it.each([
    ['a line that is not there', { options: ['nobody'] }, 'choice_unknown options[0]'],
    ['a line that is always part of it', { options: ['always'] }, 'choice_unknown options[0]'],
    ['the same line twice', { options: ['maybe', 'maybe'] }, 'choice_unknown options[1]'],
    ['no package of a group', { packages: [] }, 'choice_package packages'],
    ['a package that is not there', { packages: [{ group: 'g', package: 'worse' }] }, 'choice_unknown packages[0]'],
    ['a group that is not there', { packages: [...suggested.packages, { group: 'h', package: 'good' }] }, 'choice_unknown packages[1]'],
    ['two packages of a group', { packages: [...suggested.packages, { group: 'g', package: 'best' }] }, 'choice_package packages[1]'],
    ['more than the most', { quantities: [{ lineId: 'always', quantityMilli: 3_500n }] }, 'choice_quantity quantities[0].quantityMilli'],
    ['less than the least', { quantities: [{ lineId: 'always', quantityMilli: 500n }] }, 'choice_quantity quantities[0].quantityMilli'],
    ['between two steps', { quantities: [{ lineId: 'always', quantityMilli: 1_250n }] }, 'choice_quantity quantities[0].quantityMilli'],
    ['a quantity that is fixed', { quantities: [{ lineId: 'maybe', quantityMilli: 2_000n }] }, 'choice_quantity quantities[0].quantityMilli'],
    ['a quantity of no line', { quantities: [{ lineId: 'nobody', quantityMilli: 2_000n }] }, 'choice_unknown quantities[0]'],
  ])('refuses %s', (_, change, code) => {
    expect(refusal(() => choose(offered, { ...suggested, ...change }))).toBe(code);
  });

  it('takes all lines of a package and none of the others', () => {
    expect(choose(offered, { options: [], packages: [{ group: 'g', package: 'best' }], quantities: [] }).map(({ id }) => id)).toEqual([
      'always',
      'best-1',
      'best-2',
    ]);
  });

  it('names groups that are no choice, packages at odds with themselves, and bounds that leave out what is suggested', () => {
    expect(faultsOf(offered)).toEqual([]);
    expect(faultsOf([pack('a', 'one', true)])).toEqual([{ at: 0, field: 'choice' }]);
    expect(faultsOf([pack('a', 'one', true), pack('b', 'two', true)])).toEqual([{ at: 0, field: 'choice' }]);
    expect(faultsOf([pack('a', 'one', true), pack('b', 'one', false), pack('c', 'two', false)])[0]).toEqual({ at: 1, field: 'choice' });
    expect(faultsOf([line('a', { bounds: { minMilli: 2_000n, maxMilli: 3_000n } })])).toEqual([{ at: 0, field: 'bounds' }]);
  });
});

const anyLines = fc.array(
  fc.record({
    kind: fc.constantFrom('always', 'optional', 'package'),
    name: fc.constantFrom('good', 'better', 'best'),
    group: fc.constantFrom('a', 'b'),
  }),
  { maxLength: 12 },
);

describe('any estimate', () => {
  it('M7 bills each fixed line, each ticked one, and exactly one package of each group', () => {
    fc.assert(
      fc.property(anyLines, fc.infiniteStream(fc.nat()), (made, chance) => {
        const draw = (most: number): number => (chance.next().value ?? 0) % most;
        const lines = made.map(({ kind, name, group }, at): ChoosableLine => {
          if (kind === 'always') return line(`l${at}`);
          return line(`l${at}`, { choice: kind === 'optional' ? { kind, chosen: false } : { kind: 'package', group, package: name, chosen: false } });
        });
        const groups = Map.groupBy(
          lines.flatMap(({ choice }) => (choice?.kind === 'package' ? [choice] : [])),
          ({ group }) => group,
        );
        const packages = [...groups].map(([group, all]) => ({ group, package: all[draw(all.length)]?.package ?? '' }));
        const options = lines.filter(({ choice }) => choice?.kind === 'optional' && draw(2) === 0).map(({ id }) => id);
        const billed = choose(lines, { options, packages, quantities: [] });
        for (const each of lines) {
          const { choice } = each;
          const in_ = billed.some(({ id }) => id === each.id);
          if (choice === null) expect(in_).toBe(true);
          else if (choice.kind === 'optional') expect(in_).toBe(options.includes(each.id));
          else expect(in_).toBe(packages.some((one) => one.group === choice.group && one.package === choice.package));
        }
        expect(billed.map(({ id }) => id)).toEqual(lines.filter(({ id }) => billed.some((one) => one.id === id)).map(({ id }) => id));
      }),
    );
  });

  it('M7 has a deposit between nothing and its total', () => {
    const rule = fc.oneof(
      fc.record({ kind: fc.constant('percent' as const), ratePpm: fc.bigInt(0n, 1_000_000n) }),
      fc.record({ kind: fc.constant('amount' as const), amountMinor: fc.bigInt(0n, 99_999_999_999n) }),
    );
    fc.assert(
      fc.property(rule, fc.bigInt(0n, 99_999_999_999n), (each, totalMinor) => {
        const due = depositDue(each, totalMinor);
        expect(due >= 0n && due <= totalMinor).toBe(true);
      }),
    );
  });

  it('M6 is paid in stages that come to the whole, none of them below zero', () => {
    const stage = fc.oneof(
      fc.bigInt(1n, 900_000n).map((ratePpm): PlanStage => ({ label: 's', ratePpm })),
      fc.bigInt(1n, 9_999_999n).map((amountMinor): PlanStage => ({ label: 'a', amountMinor })),
    );
    fc.assert(
      fc.property(fc.array(stage, { minLength: 1, maxLength: 12 }), fc.bigInt(0n, 99_999_999n), (stages, totalMinor) => {
        const due = planDue(stages, totalMinor);
        expect(due.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)).toBe(totalMinor);
        expect(due.every(({ amountMinor }) => amountMinor >= 0n)).toBe(true);
        expect(due.length).toBe(stages.length);
      }),
    );
  });
});

it('every standing says of every act whether it may happen, and only what waits can be decided', () => {
  const told = estimateStandingsNow.map((now) => `${now}: ${estimateActs.filter((act) => whyNot(now, act) === null).join(' ')}`);
  expect(told).toEqual([
    'draft: ',
    'sent: approve recommend decline ask_for_changes withdraw extend revise',
    'approved: undo invoice amend',
    'declined: revise',
    'changes_requested: withdraw revise',
    'withdrawn: revise',
    'replaced: ',
    'expired: withdraw extend revise',
  ]);
  for (const act of estimateActs) expect(whyNot('replaced', act)).toBe('estimate_replaced');
});

it('an estimate waits through its last day and has expired the day after', () => {
  expect(estimateNow('sent', '2026-12-04', '2026-12-04')).toBe('sent');
  expect(estimateNow('sent', '2026-12-04', '2026-12-05')).toBe('expired');
  expect(estimateNow('approved', '2026-12-04', '2026-12-05')).toBe('approved');
});

it('the same facts are the same text, however they were put together', () => {
  expect(canonicalJson({ b: 1n, a: [null, { d: 'é', c: undefined }] })).toBe('{"a":[null,{"d":"é"}],"b":1}');
  expect(canonicalJson({ a: [null, { c: undefined, d: 'é' }], b: 1 })).toBe('{"a":[null,{"d":"é"}],"b":1}');
});
