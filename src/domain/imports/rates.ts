import { type Scope, systemActor } from '../../db/scope.ts';
import { createTaxRate, listTaxRates } from '../items/tax-rates.ts';

type Taxed = Readonly<{ ratePpm: bigint; taxName: string }>;

const nameOf = ({ taxName }: Taxed): string => taxName || 'Tax';
export const rateKey = (line: Taxed): string => `${nameOf(line)} ${line.ratePpm}`;

/** The rates these were taxed at. One that is not there yet is added by the system: it is the rows that need the right, not the rate. */
export async function ratesFor(scope: Scope, lines: readonly Taxed[]): Promise<Map<string, string>> {
  const taxed = lines.filter(({ ratePpm }) => ratePpm > 0n);
  if (taxed.length === 0) return new Map();
  const asSystem: Scope = { ...scope, actor: systemActor };
  const rates = new Map((await listTaxRates(asSystem)).map(({ id, name, ratePpm }) => [`${name} ${ratePpm}`, id]));
  for (const line of taxed) {
    const key = rateKey(line);
    if (rates.has(key)) continue;
    const name = nameOf(line);
    rates.set(key, (await createTaxRate(asSystem, { name, components: [{ name, ratePpm: line.ratePpm }] })).id);
  }
  return rates;
}
