import type { Choices } from '../../../core/choices.ts';
import { parseQuantity } from '../../../core/money-parse.ts';
import { packageGroups } from '../../../core/packages.ts';
import { Refusal } from '../../../core/refusal.ts';
import { chosenOf, type Made } from '../../../domain/estimates/estimates.ts';
import type { EstimateLineFact } from '../../../outgoing/estimate-facts.ts';
import type { FormProblem } from '../../ui/form.tsx';

/** Field of an address or form: what is chosen is named by its place among the lines, which never changes once the estimate is issued. */
type Fields = Readonly<{ get: (name: string) => string | null; getAll: (name: string) => string[] }>;

/** Says that choices are given: without it, nothing ticked would look like nothing said. */
export const givenName = 'c';
export const optionName = 'o';
export const packageName = (at: number): string => `p${at}`;
export const quantityName = (at: number): string => `q${at}`;

/** What an address chooses and what that comes to. `problem`: a quantity that cannot be had; the figures are then with the suggested ones. */
export type Choosing = Readonly<{ made: Made; problem: FormProblem; given: boolean; fields: readonly (readonly [string, string])[] }>;

/** Reads choices from an address or a form and adds them up, by the text of `choosableQueryOf`. What cannot be read is as suggested. */
export function choosingOf(json: string | null, lines: readonly EstimateLineFact[], asked: Fields): Choosing {
  const given = asked.get(givenName) === '1';
  if (!given) return settled(chosenOf(json, {}), lines, false);
  const choices = plainChoices(lines, asked);
  try {
    const quantities = quantitiesIn(asked, lines);
    return settled(chosenOf(json, { ...choices, quantities }), lines, true);
  } catch (error) {
    if (!(error instanceof Refusal) || (error.code !== 'choice_quantity' && error.code !== 'quantity_invalid')) throw error;
    const field = error.code === 'choice_quantity' ? fieldOf(error, lines) : error.details.field;
    return { ...settled(chosenOf(json, choices), lines, true), problem: { code: error.code, field } };
  }
}

function plainChoices(lines: readonly EstimateLineFact[], asked: Fields) {
  return { options: optionsIn(asked, lines), ...packagesIn(asked, lines) };
}

/** The choices an address or a form names, as the verbs take them; `{}` as suggested. Refuses `quantity_invalid`. */
export function choicesOf(lines: readonly EstimateLineFact[], asked: Fields): Partial<Choices> {
  return asked.get(givenName) === '1' ? { ...plainChoices(lines, asked), quantities: quantitiesIn(asked, lines) } : {};
}

function fieldOf(error: Refusal, lines: readonly EstimateLineFact[]): string {
  return quantityName(lines.findIndex(({ id }) => id === error.details['lineId']));
}

function optionsIn(asked: Fields, lines: readonly EstimateLineFact[]): string[] {
  const ids = asked.getAll(optionName).flatMap((at) => {
    const line = /^\d{1,4}$/.test(at) ? lines[Number(at)] : undefined;
    return line?.choice?.kind === 'optional' ? [line.id] : [];
  });
  return [...new Set(ids)];
}

/** Left out as a whole where a group names none that is there: then all are as suggested. */
function packagesIn(asked: Fields, lines: readonly EstimateLineFact[]): Pick<Choices, 'packages'> | Record<string, never> {
  const packages = packageGroups(lines).map(({ group, packages: all }, at) => {
    const named = asked.get(packageName(at)) ?? '';
    const found = (/^\d{1,4}$/.test(named) ? all[Number(named)] : undefined) ?? all.find(({ suggested }) => suggested);
    return { group, package: found?.name ?? '' };
  });
  return packages.length === 0 ? {} : { packages };
}

function quantitiesIn(asked: Fields, lines: readonly EstimateLineFact[]): { lineId: string; quantityMilli: bigint }[] {
  return lines.flatMap((line, at) => {
    const typed = asked.get(quantityName(at));
    if (line.bounds === null || typed === null) return [];
    const quantityMilli = readQuantity(typed, quantityName(at));
    return quantityMilli === line.quantityMilli ? [] : [{ lineId: line.id, quantityMilli }];
  });
}

function readQuantity(text: string, field: string): bigint {
  try {
    return parseQuantity(text);
  } catch (error) {
    if (error instanceof Refusal) throw new Refusal('quantity_invalid', { field });
    throw error;
  }
}

function settled(made: Made, lines: readonly EstimateLineFact[], given: boolean): Choosing {
  return { made, problem: null, given, fields: given ? fieldsOf(made.choices, lines) : [] };
}

/** Choices as the fields of an address, the same ones always in the same order. */
export function fieldsOf(choices: Choices, lines: readonly EstimateLineFact[]): (readonly [string, string])[] {
  const chosen = new Set(choices.options);
  const options = lines.flatMap(({ id }, at) => (chosen.has(id) ? [[optionName, String(at)] as const] : []));
  const packages = packageGroups(lines).map(({ group, packages: all }, at) => {
    const name = choices.packages.find((each) => each.group === group)?.package;
    return [packageName(at), String(all.findIndex((each) => each.name === name))] as const;
  });
  const quantities = choices.quantities.map(
    ({ lineId, quantityMilli }) => [quantityName(lines.findIndex(({ id }) => id === lineId)), plainQuantity(quantityMilli)] as const,
  );
  return [[givenName, '1'], ...options, ...packages, ...quantities];
}

/** A quantity as a number field takes it. */
export function plainQuantity(milli: bigint): string {
  const rest = String(milli % 1000n)
    .padStart(3, '0')
    .replace(/0+$/, '');
  return rest === '' ? String(milli / 1000n) : `${milli / 1000n}.${rest}`;
}

/** Whether there is anything to choose. */
export function isChoosable(lines: readonly EstimateLineFact[]): boolean {
  return lines.some(({ choice, bounds }) => choice !== null || bounds !== null);
}
