import { type Choice, type DepositRule, faultsOf, isPlan, mostStages, type PlanStage, type QuantityBounds } from '../../../core/choices.ts';
import { limits, textLimits } from '../../../core/limits.ts';
import { Refusal, type RefusalCode } from '../../../core/refusal.ts';
import { readWritten, type Written } from '../../invoices/drafts/draft-body.ts';
import { Reading } from '../../invoices/drafts/reading.ts';

/** How the lines may be chosen, by their ids. */
export type LineChoices = ReadonlyMap<string, Readonly<{ choice: Choice | null; bounds: QuantityBounds | null }>>;

/** What was typed: what every priced document has, and what only an estimate has. What was left out is undefined and comes from the business. */
export type WrittenEstimate = Readonly<{
  base: Written;
  choices: LineChoices;
  validDays: number | undefined;
  validUntil: string | null;
  scope: string;
  exclusions: string;
  terms: string | undefined;
  deposit: DepositRule | null;
  plan: readonly PlanStage[] | null;
}>;

const shared = ['customerId', 'propertyId', 'sections', 'discount', 'pricesIncludeTax', 'poNumber', 'message', 'internalNote', 'language', 'recipients'];
const own = ['lines', 'validDays', 'validUntil', 'scope', 'exclusions', 'terms', 'deposit', 'plan'];

/** Checks a draft as it comes from outside. Refuses with every field at fault, named as the caller knows it. */
export function readEstimate(input: unknown): WrittenEstimate {
  const reading = new Reading();
  const body = reading.object(input, '', [...shared, ...own]);
  const lines = reading.list(body['lines'], 'lines', limits.linesPerDocument, 'too_many_lines');
  const choosable = lines.map((line, at) => splitLine(reading, line, `lines[${at}]`));
  const rest = Object.fromEntries(shared.flatMap((name) => (body[name] === undefined ? [] : [[name, body[name]]])));
  const base = readBase(reading, { ...rest, lines: choosable.map((each) => each.line) });
  const written = {
    validDays: reading.whole(body['validDays'], 'validDays', 1, limits.dueDaysMax),
    validUntil: reading.day(body['validUntil'], 'validUntil'),
    scope: reading.text(body['scope'], 'scope', textLimits.terms, 'lines'),
    exclusions: reading.text(body['exclusions'], 'exclusions', textLimits.terms, 'lines'),
    terms: body['terms'] === undefined || body['terms'] === null ? undefined : reading.text(body['terms'], 'terms', textLimits.terms, 'lines'),
    deposit: readDeposit(reading, body['deposit']),
    plan: readPlan(reading, body['plan']),
  };
  if (base) {
    const faults = faultsOf(base.lines.map((line, at) => ({ ...line, choice: choosable[at]?.choice ?? null, bounds: choosable[at]?.bounds ?? null })));
    for (const { at, field } of faults) reading.add(`lines[${at}].${field}`, field === 'choice' ? 'choice_rules' : 'choice_quantity');
  }
  reading.end();
  if (!base) throw new Error('what could not be read was refused');
  const choices = new Map(base.lines.map(({ id }, at) => [id, { choice: choosable[at]?.choice ?? null, bounds: choosable[at]?.bounds ?? null }]));
  return { base, choices, ...written };
}

/** The fields every priced document has; what is wrong with them is told with the rest. */
function readBase(reading: Reading, input: object): Written | null {
  try {
    return readWritten(input);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    reading.add(error.details.field ?? '', error.code);
    for (const { field, code } of (error.details['others'] ?? []) as { field: string; code: RefusalCode }[]) reading.add(field, code);
    return null;
  }
}

function splitLine(reading: Reading, value: unknown, field: string): { line: unknown; choice: Choice | null; bounds: QuantityBounds | null } {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return { line: value, choice: null, bounds: null };
  const { choice, bounds, ...line } = value as Record<string, unknown>;
  return { line, choice: readChoice(reading, choice, `${field}.choice`), bounds: readBounds(reading, bounds, `${field}.bounds`) };
}

function readChoice(reading: Reading, value: unknown, field: string): Choice | null {
  if (value === undefined || value === null) return null;
  const choice = reading.object(value, field, ['kind', 'chosen', 'group', 'package']);
  const chosen = reading.yes(choice['chosen'], `${field}.chosen`) ?? false;
  if (choice['kind'] === 'optional') return { kind: 'optional', chosen };
  if (choice['kind'] !== 'package') {
    reading.add(`${field}.kind`, 'wrong_choice');
    return null;
  }
  const group = reading.text(choice['group'], `${field}.group`, textLimits.title);
  const name = reading.text(choice['package'], `${field}.package`, textLimits.title);
  return { kind: 'package', group, package: name, chosen };
}

function readBounds(reading: Reading, value: unknown, field: string): QuantityBounds | null {
  if (value === undefined || value === null) return null;
  const bounds = reading.object(value, field, ['minMilli', 'maxMilli', 'stepMilli']);
  const of = (name: string): bigint => reading.amount(bounds[name], `${field}.${name}`, 'quantity_invalid');
  const stepMilli = bounds['stepMilli'] === undefined || bounds['stepMilli'] === null ? null : of('stepMilli');
  const read = { minMilli: of('minMilli'), maxMilli: of('maxMilli'), stepMilli };
  if (read.maxMilli > limits.quantityMaxMilli) reading.add(`${field}.maxMilli`, 'quantity_invalid');
  return read;
}

function readDeposit(reading: Reading, value: unknown): DepositRule | null {
  if (value === undefined || value === null) return null;
  const rule = reading.object(value, 'deposit', ['kind', 'ratePpm', 'amountMinor']);
  if (rule['kind'] === 'percent') {
    const ratePpm = reading.amount(rule['ratePpm'], 'deposit.ratePpm', 'rate_invalid');
    if (ratePpm <= 0n || ratePpm > limits.ratePpmMax) reading.add('deposit.ratePpm', 'deposit_rule');
    return { kind: 'percent', ratePpm };
  }
  if (rule['kind'] === 'amount') {
    const amountMinor = reading.amount(rule['amountMinor'], 'deposit.amountMinor', 'amount_invalid');
    if (amountMinor <= 0n || amountMinor > limits.documentMaxMinor) reading.add('deposit.amountMinor', 'deposit_rule');
    return { kind: 'amount', amountMinor };
  }
  reading.add('deposit.kind', 'wrong_choice');
  return null;
}

function readPlan(reading: Reading, value: unknown): PlanStage[] | null {
  if (value === undefined || value === null) return null;
  const stages = reading.list(value, 'plan', mostStages, 'plan_rules').map((each, at): PlanStage => {
    const stage = reading.object(each, `plan[${at}]`, ['label', 'ratePpm', 'amountMinor']);
    const label = reading.text(stage['label'], `plan[${at}].label`, textLimits.title);
    const share = stage['ratePpm'];
    if (share !== undefined && share !== null) return { label, ratePpm: reading.amount(share, `plan[${at}].ratePpm`, 'rate_invalid') };
    return { label, amountMinor: reading.amount(stage['amountMinor'], `plan[${at}].amountMinor`, 'amount_invalid') };
  });
  if (!isPlan(stages)) reading.add('plan', 'plan_rules');
  return stages;
}
