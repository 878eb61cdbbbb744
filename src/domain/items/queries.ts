import { sql } from 'kysely';
import { Refusal } from '../../core/refusal.ts';
import { type Scope, sqlState } from '../../db/scope.ts';
import type { Item } from './item.ts';
import type { TaxRate } from './tax-rates.ts';

const columns = sql`i.id, i.version, i.name, i.description, i.unit, i.unit_price_milli as "unitPriceMilli", i.tax_rate_id as "taxRateId", i.taxable,
  i.archived_at as "archivedAt", i.created_at as "createdAt"`;

function refuseReference(error: unknown): never {
  if (sqlState(error) === '23505') throw new Refusal('id_taken', { field: 'id' });
  if (sqlState(error) === '23503') throw new Refusal('tax_rate_unknown', { field: 'taxRateId' });
  throw error;
}

const fieldsOf = (item: Item) => ({
  version: item.version,
  name: item.name,
  description: item.description,
  unit: item.unit,
  unit_price_milli: item.unitPriceMilli,
  tax_rate_id: item.taxRateId,
  taxable: item.taxable,
  archived_at: item.archivedAt,
});

export async function insertItems(scope: Scope, items: readonly Item[]): Promise<void> {
  if (items.length === 0) return;
  const rows = items.map((item) => ({ business_id: scope.business, id: item.id, ...fieldsOf(item), created_at: item.createdAt }));
  await scope.tx.insertInto('items').values(rows).execute().catch(refuseReference);
}

export async function updateItem(scope: Scope, item: Item): Promise<void> {
  await scope.tx.updateTable('items').set(fieldsOf(item)).where('business_id', '=', scope.business).where('id', '=', item.id).execute().catch(refuseReference);
}

export async function selectItem(scope: Scope, id: string, lock: boolean): Promise<Item | undefined> {
  const { rows } =
    await sql<Item>`select ${columns} from items i where i.business_id = ${scope.business} and i.id = ${id} ${lock ? sql`for no key update` : sql``}`.execute(
      scope.tx,
    );
  return rows[0];
}

type Question = Readonly<{ archived: boolean; ids: readonly string[] | null; after: readonly string[] | null; limit: number }>;

export async function selectItems(scope: Scope, { archived, ids, after, limit }: Question): Promise<(Item & { sortName: string })[]> {
  const { rows } = await sql<Item & { sortName: string }>`select ${columns}, lower(i.name) as "sortName" from items i
    where i.business_id = ${scope.business} and i.archived_at is ${archived ? sql`not null` : sql`null`}
      ${ids === null ? sql`` : sql`and i.id = any (${[...ids]}::uuid[])`}
      ${after === null ? sql`` : sql`and (lower(i.name) collate "C", i.id) > (${after[0]}, ${after[1]}::uuid)`}
    order by lower(i.name) collate "C", i.id limit ${limit}`.execute(scope.tx);
  return rows;
}

type RateRow = Readonly<{ id: string; name: string; components: { name: string; ratePpm: number }[]; archived_at: string | null }>;
const rateColumns = ['id', 'name', 'components', 'archived_at'] as const;

function rateOf(row: RateRow): TaxRate {
  const components = row.components.map((component) => ({ name: component.name, ratePpm: BigInt(component.ratePpm) }));
  return { id: row.id, name: row.name, components, ratePpm: components.reduce((sum, component) => sum + component.ratePpm, 0n), archivedAt: row.archived_at };
}

const stored = (rate: TaxRate): string => JSON.stringify(rate.components.map(({ name, ratePpm }) => ({ name, ratePpm: Number(ratePpm) })));

export async function insertTaxRate(scope: Scope, rate: TaxRate): Promise<void> {
  await scope.tx
    .insertInto('tax_rates')
    .values({ business_id: scope.business, id: rate.id, name: rate.name, components: stored(rate), created_at: scope.now.toString() })
    .execute()
    .catch(refuseReference);
}

export async function updateTaxRate(scope: Scope, rate: TaxRate): Promise<void> {
  await scope.tx
    .updateTable('tax_rates')
    .set({ name: rate.name, components: stored(rate), archived_at: rate.archivedAt })
    .where('business_id', '=', scope.business)
    .where('id', '=', rate.id)
    .execute();
}

export async function selectTaxRate(scope: Scope, id: string): Promise<TaxRate | undefined> {
  const row = await scope.tx
    .selectFrom('tax_rates')
    .select([...rateColumns])
    .where('business_id', '=', scope.business)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row && rateOf(row as RateRow);
}

export async function selectTaxRates(scope: Scope, archived: boolean): Promise<TaxRate[]> {
  const rows = await scope.tx
    .selectFrom('tax_rates')
    .select([...rateColumns])
    .where('business_id', '=', scope.business)
    .where('archived_at', archived ? 'is not' : 'is', null)
    .orderBy('name')
    .orderBy('id')
    .execute();
  return rows.map((row) => rateOf(row as RateRow));
}
