import { divideHalfUp, shareOut } from './money.ts';
import { Refusal } from './refusal.ts';

/** What the customer decides about a line: whether it is done at all, or which package of a group it belongs to. `chosen`: as the business suggests. */
export type Choice = Readonly<{ kind: 'optional'; chosen: boolean }> | Readonly<{ kind: 'package'; group: string; package: string; chosen: boolean }>;

/** Within what the customer may change the quantity, in thousandths; without a step, by any amount. */
export type QuantityBounds = Readonly<{ minMilli: bigint; maxMilli: bigint; stepMilli?: bigint | null }>;

export type ChoosableLine = Readonly<{ id: string; quantityMilli: bigint; choice: Choice | null; bounds: QuantityBounds | null }>;

/** What was chosen: optional lines by their ids, one package of each group, and quantities other than those suggested. */
export type Choices = Readonly<{
  options: readonly string[];
  packages: readonly Readonly<{ group: string; package: string }>[];
  quantities: readonly Readonly<{ lineId: string; quantityMilli: bigint }>[];
}>;

/** The choices as the business suggests them. */
export function suggestedChoices(lines: readonly ChoosableLine[]): Choices {
  const packages = new Map<string, string>();
  for (const { choice } of lines) if (choice?.kind === 'package' && choice.chosen) packages.set(choice.group, choice.package);
  return {
    options: lines.filter(({ choice }) => choice?.kind === 'optional' && choice.chosen).map(({ id }) => id),
    packages: [...packages].map(([group, each]) => ({ group, package: each })),
    quantities: [],
  };
}

/**
 * The lines that are billed under these choices, in their order, with the quantities chosen. Refuses `choice_unknown` for a line, group or package
 * that is not there to be chosen, `choice_package` for none or two packages of a group, `choice_quantity` outside of the bounds.
 */
export function choose<L extends ChoosableLine>(lines: readonly L[], choices: Choices): L[] {
  const options = optionsOf(lines, choices);
  const packages = packagesOf(lines, choices);
  const quantities = quantitiesOf(lines, choices);
  const billed = ({ id, choice }: L): boolean =>
    choice === null || (choice.kind === 'optional' ? options.has(id) : packages.get(choice.group) === choice.package);
  return lines.filter(billed).map((line) => ({ ...line, quantityMilli: quantities.get(line.id) ?? line.quantityMilli }));
}

function optionsOf(lines: readonly ChoosableLine[], { options }: Choices): ReadonlySet<string> {
  const there = new Set(lines.filter(({ choice }) => choice?.kind === 'optional').map(({ id }) => id));
  const chosen = new Set<string>();
  options.forEach((id, at) => {
    if (!there.has(id) || chosen.has(id)) throw new Refusal('choice_unknown', { field: `options[${at}]` });
    chosen.add(id);
  });
  return chosen;
}

function packagesOf(lines: readonly ChoosableLine[], { packages }: Choices): ReadonlyMap<string, string> {
  const groups = Map.groupBy(
    lines.flatMap(({ choice }) => (choice?.kind === 'package' ? [choice] : [])),
    ({ group }) => group,
  );
  const chosen = new Map<string, string>();
  packages.forEach(({ group, package: name }, at) => {
    if (!groups.get(group)?.some((each) => each.package === name)) throw new Refusal('choice_unknown', { field: `packages[${at}]` });
    if (chosen.has(group)) throw new Refusal('choice_package', { field: `packages[${at}]`, group });
    chosen.set(group, name);
  });
  for (const group of groups.keys()) if (!chosen.has(group)) throw new Refusal('choice_package', { field: 'packages', group });
  return chosen;
}

function quantitiesOf(lines: readonly ChoosableLine[], { quantities }: Choices): ReadonlyMap<string, bigint> {
  const byId = new Map(lines.map((line) => [line.id, line]));
  const chosen = new Map<string, bigint>();
  quantities.forEach(({ lineId, quantityMilli }, at) => {
    const line = byId.get(lineId);
    if (!line || chosen.has(lineId)) throw new Refusal('choice_unknown', { field: `quantities[${at}]` });
    if (quantityMilli !== line.quantityMilli && !within(line.bounds, quantityMilli)) {
      throw new Refusal('choice_quantity', { field: `quantities[${at}].quantityMilli`, lineId });
    }
    chosen.set(lineId, quantityMilli);
  });
  return chosen;
}

/** Steps are counted from the least quantity. */
function within(bounds: QuantityBounds | null, quantityMilli: bigint): boolean {
  if (bounds === null || quantityMilli < bounds.minMilli || quantityMilli > bounds.maxMilli) return false;
  return bounds.stepMilli === undefined || bounds.stepMilli === null || (quantityMilli - bounds.minMilli) % bounds.stepMilli === 0n;
}

/** What is wrong with the choices a business offers, line by line; nothing for a sound estimate. */
export function faultsOf(lines: readonly ChoosableLine[]): { at: number; field: 'choice' | 'bounds' }[] {
  const groups = new Map<string, { packages: Map<string, boolean>; at: number }>();
  const faults: { at: number; field: 'choice' | 'bounds' }[] = [];
  lines.forEach(({ choice, bounds, quantityMilli }, at) => {
    if (bounds && (bounds.minMilli < 0n || bounds.maxMilli < bounds.minMilli || (bounds.stepMilli ?? 1n) <= 0n || !within(bounds, quantityMilli)))
      faults.push({ at, field: 'bounds' });
    if (choice?.kind !== 'package') return;
    const group = groups.get(choice.group) ?? { packages: new Map<string, boolean>(), at };
    groups.set(choice.group, group);
    if (choice.group === '' || choice.package === '' || (group.packages.get(choice.package) ?? choice.chosen) !== choice.chosen)
      faults.push({ at, field: 'choice' });
    group.packages.set(choice.package, choice.chosen);
  });
  for (const { packages, at } of groups.values()) {
    if (packages.size < 2 || [...packages.values()].filter((chosen) => chosen).length !== 1) faults.push({ at, field: 'choice' });
  }
  return faults;
}

/** What is asked for ahead: a share of what was chosen, or an amount. */
export type DepositRule = Readonly<{ kind: 'percent'; ratePpm: bigint } | { kind: 'amount'; amountMinor: bigint }>;

/** The deposit on this total, half-up, never more than it; none on what lowers a contract. */
export function depositDue(rule: DepositRule | null, totalMinor: bigint): bigint {
  if (rule === null || totalMinor <= 0n) return 0n;
  const asked = rule.kind === 'percent' ? divideHalfUp(totalMinor * rule.ratePpm, million) : rule.amountMinor;
  return asked > totalMinor ? totalMinor : asked;
}

/** One payment of the work as it goes on: a share of the rest after all amounts, or an amount. */
export type PlanStage = Readonly<{ label: string } & ({ ratePpm: bigint; amountMinor?: null } | { ratePpm?: null; amountMinor: bigint })>;

export type StageDue = Readonly<{ label: string; amountMinor: bigint }>;

export const fewestStages = 2;
export const mostStages = 12;
const million = 1_000_000n;

/** Whether stages are a plan: shares come to the whole of what the amounts leave. */
export function isPlan(stages: readonly PlanStage[]): boolean {
  if (stages.length < fewestStages || stages.length > mostStages) return false;
  const shares = stages.flatMap(({ ratePpm }) => ratePpm ?? []);
  if (stages.some(({ label, ratePpm, amountMinor }) => label === '' || (ratePpm ?? 1n) <= 0n || (amountMinor ?? 1n) <= 0n)) return false;
  return shares.length === 0 || shares.reduce((sum, each) => sum + each, 0n) === million;
}

/**
 * What each stage comes to; together always the total. Amounts first, in their order and as far as the total goes; shares split the rest, largest
 * remainder first; without shares the last stage takes it.
 */
export function planDue(stages: readonly PlanStage[], totalMinor: bigint): StageDue[] {
  let restMinor = totalMinor;
  const amounts = stages.map(({ amountMinor }) => {
    const taken = (amountMinor ?? 0n) < restMinor ? (amountMinor ?? 0n) : restMinor;
    restMinor -= taken;
    return taken;
  });
  const weights = stages.map(({ ratePpm }) => ratePpm ?? 0n);
  const free = weights.some((weight) => weight > 0n);
  const shares = free ? shareOut(restMinor, weights) : stages.map((_, at) => (at === stages.length - 1 ? restMinor : 0n));
  return stages.map(({ label }, at) => ({ label, amountMinor: (amounts[at] ?? 0n) + (shares[at] ?? 0n) }));
}
