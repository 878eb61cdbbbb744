import { limits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import { clean } from '../../core/text.ts';
import { newId } from '../../db/fresh.ts';
import type { Scope } from '../../db/scope.ts';
import { recordEvent } from '../events/events.ts';
import { mayRead, maySetTaxes } from './policy.ts';
import { insertTaxRate, selectTaxRate, selectTaxRates, updateTaxRate } from './queries.ts';

/** Parts of one rate, such as state and county: added up they are rounded once. Rates in parts per million. */
export type TaxComponent = Readonly<{ name: string; ratePpm: bigint }>;
export type TaxRate = Readonly<{ id: string; name: string; components: readonly TaxComponent[]; ratePpm: bigint; archivedAt: string | null }>;
type Fields = Readonly<{ name: string; components: readonly TaxComponent[] }>;

const longestName = 60;

/** Adds a rate. Refuses bad fields by name, and components that add up to more than 100 percent. */
export async function createTaxRate(scope: Scope, input: Readonly<Fields & { id?: string }>): Promise<TaxRate> {
  await maySetTaxes(scope);
  const rate = { id: input.id ?? newId(), ...cleanRate(input), archivedAt: null };
  await insertTaxRate(scope, rate);
  await recordEvent(scope, { kind: 'tax_rate.created', data: { taxRateId: rate.id, name: rate.name, ratePpm: rate.ratePpm } });
  return rate;
}

/** Changes or archives a rate. Drafts follow it when next saved; what was issued keeps its own. Refuses `not_found`. */
export async function changeTaxRate(scope: Scope, input: Readonly<{ id: string; changes: Partial<Fields> & { archived?: boolean } }>): Promise<TaxRate> {
  await maySetTaxes(scope);
  const before = await selectTaxRate(scope, input.id);
  if (before === undefined) throw new Refusal('not_found');
  const { name = before.name, components = before.components, archived } = input.changes;
  const archivedAt = archived === undefined ? before.archivedAt : archived ? (before.archivedAt ?? scope.now.toString()) : null;
  const after: TaxRate = { ...before, ...cleanRate({ name, components }), archivedAt };
  await updateTaxRate(scope, after);
  const kind = archived === true && before.archivedAt === null ? 'tax_rate.archived' : 'tax_rate.changed';
  await recordEvent(scope, { kind, data: { taxRateId: after.id, name: after.name, ratePpm: after.ratePpm } });
  return after;
}

/** All rates of the business, by name; archived ones instead when asked for. */
export async function listTaxRates(scope: Scope, filter: Readonly<{ archived?: boolean }> = {}): Promise<TaxRate[]> {
  await mayRead(scope);
  return selectTaxRates(scope, filter.archived ?? false);
}

function cleanRate(input: Fields): Fields & { ratePpm: bigint } {
  const name = clean(input.name, longestName, 'name');
  if (name === '') throw new Refusal('required', { field: 'name' });
  const { components } = input;
  if (components.length === 0 || components.length > limits.componentsPerTaxRate) throw new Refusal('rate_invalid', { field: 'components' });
  const cleaned = components.map((component, at) => {
    if (component.ratePpm < 0n) throw new Refusal('rate_invalid', { field: `components[${at}].ratePpm` });
    return { name: clean(component.name, longestName, `components[${at}].name`) || name, ratePpm: component.ratePpm };
  });
  const ratePpm = cleaned.reduce((sum, component) => sum + component.ratePpm, 0n);
  if (ratePpm > limits.ratePpmMax) throw new Refusal('rate_invalid', { field: 'components' });
  return { name, components: cleaned, ratePpm };
}
