import { describe, expect, test } from 'vitest';
import { testDatabase } from '../../../test/db.ts';
import { refusalOf, smallBusiness } from '../../../test/small-business.ts';
import { changeItem, createItem, createItems, listItems, readItem } from './items.ts';
import { changeTaxRate, createTaxRate, listTaxRates } from './tax-rates.ts';

const db = testDatabase();

describe('an item', () => {
  test('keeps a price of thousandths of a cent', async () => {
    const { office } = await smallBusiness(db().database);
    const made = await office((scope) => createItem(scope, { name: 'Office cleaning', unit: 'sq ft', unitPriceMilli: 12_345n }));
    expect(await office((scope) => readItem(scope, made.id))).toEqual(made);
    expect(made).toMatchObject({ unitPriceMilli: 12_345n, version: 1, taxRateId: null });
  });

  test('A8 is changed from its newest version only, archived and brought back', async () => {
    const { office } = await smallBusiness(db().database, {}, { starter: false });
    const { id } = await office((scope) => createItem(scope, { name: 'Visit', unitPriceMilli: 1n }));
    await office((scope) => changeItem(scope, { id, version: 1, changes: { archived: true } }));
    expect((await refusalOf(office((scope) => changeItem(scope, { id, version: 1, changes: { name: 'X' } })))).code).toBe('stale_version');
    expect((await office((scope) => listItems(scope, {}))).items).toEqual([]);
    expect((await office((scope) => listItems(scope, { archived: true }))).items.map((item) => item.id)).toEqual([id]);
    await office((scope) => changeItem(scope, { id, version: 2, changes: { archived: false, unitPriceMilli: 2n } }));
    expect((await office((scope) => listItems(scope, {}))).items).toMatchObject([{ id, unitPriceMilli: 2n, version: 3 }]);
  });

  test('A5 is listed by name whatever the case, paged, and found by words', async () => {
    const { office } = await smallBusiness(db().database, {}, { starter: false });
    await office((scope) =>
      createItems(
        scope,
        ['drain', 'Camera', 'Éclair', 'apron', 'Drain'].map((name) => ({ name, unitPriceMilli: 1n })),
      ),
    );
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const from: string | null = cursor;
      const page: Awaited<ReturnType<typeof listItems>> = await office((scope) => listItems(scope, { limit: 2, cursor: from }));
      seen.push(...page.items.map((item) => item.name.toLowerCase()));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(['apron', 'camera', 'drain', 'drain', 'éclair']);
    expect((await office((scope) => listItems(scope, { q: 'ecl' }))).items.map((item) => item.name)).toEqual(['Éclair']);
  });

  test.each([
    ['no name', { name: ' ', unitPriceMilli: 1n }, 'required', 'name'],
    ['a price above any document', { name: 'X', unitPriceMilli: 99_999_999_999_001n }, 'amount_too_large', 'unitPriceMilli'],
    ['a price below any document', { name: 'X', unitPriceMilli: -99_999_999_999_001n }, 'amount_too_large', 'unitPriceMilli'],
    ['a long unit', { name: 'X', unitPriceMilli: 1n, unit: 'x'.repeat(21) }, 'text_too_long', 'unit'],
  ])('M11 with %s is refused', async (_, input, code, field) => {
    const { office } = await smallBusiness(db().database);
    expect(await refusalOf(office((scope) => createItem(scope, input)))).toEqual({ code, field });
  });

  test('T5 takes no tax rate of another business', async () => {
    const [ours, theirs] = [await smallBusiness(db().database), await smallBusiness(db().database)];
    const [rate] = await theirs.office((scope) => listTaxRates(scope));
    expect((await refusalOf(ours.office((scope) => createItem(scope, { name: 'X', unitPriceMilli: 1n, taxRateId: rate?.id ?? '' })))).code).toBe(
      'tax_rate_unknown',
    );
  });
});

describe('a tax rate', () => {
  test('is the sum of its components', async () => {
    const { office } = await smallBusiness(db().database);
    const components = [
      { name: 'State', ratePpm: 62_500n },
      { name: 'City', ratePpm: 20_000n },
    ];
    const rate = await office((scope) => createTaxRate(scope, { name: 'Texas', components }));
    expect(rate).toMatchObject({ ratePpm: 82_500n, components });
    expect((await office((scope) => listTaxRates(scope))).find((one) => one.id === rate.id)).toEqual(rate);
  });

  test('is changed, archived and brought back', async () => {
    const { office } = await smallBusiness(db().database);
    const { id } = await office((scope) => createTaxRate(scope, { name: 'City', components: [{ name: '', ratePpm: 1n }] }));
    const changed = await office((scope) => changeTaxRate(scope, { id, changes: { components: [{ name: 'City', ratePpm: 5n }] } }));
    expect(changed).toMatchObject({ name: 'City', ratePpm: 5n });
    await office((scope) => changeTaxRate(scope, { id, changes: { archived: true } }));
    expect((await office((scope) => listTaxRates(scope, { archived: true }))).map((rate) => rate.id)).toEqual([id]);
  });

  test.each([
    [
      'more than all',
      [
        { name: 'A', ratePpm: 600_000n },
        { name: 'B', ratePpm: 400_001n },
      ],
      'components',
    ],
    ['less than nothing', [{ name: 'A', ratePpm: -1n }], 'components[0].ratePpm'],
    ['no component', [], 'components'],
    ['nine components', Array.from({ length: 9 }, () => ({ name: 'A', ratePpm: 1n })), 'components'],
  ])('of %s is refused', async (_, components, field) => {
    const { office } = await smallBusiness(db().database);
    expect(await refusalOf(office((scope) => createTaxRate(scope, { name: 'X', components })))).toEqual({ code: 'rate_invalid', field });
  });

  test('is a setting: whoever only works with the price book does not change it', async () => {
    const { office, system, id, owner } = await smallBusiness(db().database);
    await system(({ tx }) =>
      tx
        .updateTable('staff')
        .set({ role: 'office' })
        .where('business_id', '=', id)
        .where('id', '=', owner.id ?? '')
        .execute(),
    );
    await office((scope) => createItem(scope, { name: 'X', unitPriceMilli: 1n }));
    expect((await refusalOf(office((scope) => createTaxRate(scope, { name: 'X', components: [{ name: 'X', ratePpm: 1n }] })))).code).toBe('not_allowed');
  });
});
