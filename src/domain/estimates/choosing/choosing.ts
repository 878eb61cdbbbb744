import { type Choices, choose, type DepositRule, depositDue, type PlanStage, planDue, suggestedChoices } from '../../../core/choices.ts';
import { limits, textLimits } from '../../../core/limits.ts';
import { Refusal } from '../../../core/refusal.ts';
import { addUp, type Discount, type TaxRate } from '../../../core/totals.ts';
import type { Scope } from '../../../db/scope.ts';
import { Reading } from '../../invoices/drafts/reading.ts';
import { parseStored } from '../../invoices/stored.ts';
import type { Chosen } from '../estimate.ts';
import { selectChoosable } from '../issue/queries.ts';
import type { ContentLine } from '../revising/changes.ts';

type Choosable = Readonly<{
  currency: string;
  pricesIncludeTax: boolean;
  taxExempt: boolean;
  discount: Discount | null;
  taxRates: readonly TaxRate[];
  deposit: DepositRule | null;
  plan: readonly PlanStage[] | null;
  mayLower: boolean;
  lines: readonly Pick<ContentLine, 'id' | 'name' | 'propertyId' | 'quantityMilli' | 'unitPriceMilli' | 'discount' | 'taxRateId' | 'chosen'>[];
}>;

/** Checks choices as they come from outside; what is left out is as suggested. */
export function readChoices(input: unknown): Partial<Choices> {
  const reading = new Reading();
  const body = reading.object(input ?? {}, '', ['options', 'packages', 'quantities']);
  const most = limits.linesPerDocument;
  const options = reading.list(body['options'], 'options', most).flatMap((id, at) => reading.id(id, `options[${at}]`) ?? []);
  const packages = reading.list(body['packages'], 'packages', most).map((value, at) => {
    const each = reading.object(value, `packages[${at}]`, ['group', 'package']);
    const text = (name: 'group' | 'package') => reading.text(each[name], `packages[${at}].${name}`, textLimits.title);
    return { group: text('group'), package: text('package') };
  });
  const quantities = reading.list(body['quantities'], 'quantities', most).map((value, at) => {
    const each = reading.object(value, `quantities[${at}]`, ['lineId', 'quantityMilli']);
    const lineId = reading.id(each['lineId'], `quantities[${at}].lineId`) ?? '';
    return { lineId, quantityMilli: reading.amount(each['quantityMilli'], `quantities[${at}].quantityMilli`, 'quantity_invalid') };
  });
  reading.end();
  return {
    ...(body['options'] === undefined ? {} : { options }),
    ...(body['packages'] === undefined ? {} : { packages }),
    ...(body['quantities'] === undefined ? {} : { quantities }),
  };
}

/** The whole choices, as they are kept: what was left out is as suggested. */
export type Made = Chosen & Readonly<{ choices: Choices }>;

/** What the choices come to, by the prices, rates and terms the estimate was issued with. Refuses `not_found` and what choosing refuses. */
export async function compute(scope: Scope, documentId: string, input: unknown): Promise<Made> {
  return madeOf(await selectChoosable(scope, documentId), input);
}

/** The same of the text of `choosableQuery`: computes and asks nothing. */
export function madeOf(json: string | null, input: unknown): Made {
  const wanted = readChoices(input);
  if (json === null) throw new Refusal('not_found');
  const found = parseStored<Choosable>(json);
  const lines = found.lines.map((line) => ({ ...line, choice: line.chosen?.choice ?? null, bounds: line.chosen?.bounds ?? null, part: line.propertyId }));
  const choices = { ...suggestedChoices(lines), ...wanted };
  const billed = choose(lines, choices);
  const used = new Set(billed.map(({ taxRateId }) => taxRateId));
  const totals = addUp({ ...found, taxRates: found.taxRates.filter(({ id }) => used.has(id)), lines: billed });
  return {
    choices,
    currency: totals.currency,
    lines: billed.map(({ id, name, quantityMilli }, at) => ({ id, name, quantityMilli, netMinor: totals.lines[at]?.netMinor ?? 0n })),
    totals,
    depositMinor: depositDue(found.deposit, totals.totalMinor),
    plan: found.plan && planDue(found.plan, totals.totalMinor),
  };
}
