import { describe, expect, test } from 'vitest';
import fc from '../../../test/chance.ts';
import { testDatabase } from '../../../test/db.ts';
import { smallBusiness } from '../../../test/small-business.ts';
import { newId } from '../../db/fresh.ts';
import type { Scope } from '../../db/scope.ts';
import { createCustomer } from '../customers/customers.ts';
import { createProperty } from '../customers/properties.ts';
import { addPerson } from '../people/people.ts';
import { find, findIds, forgetThings, indexThing } from './search.ts';
import { fold, queryWords, termsOf } from './terms.ts';

const db = testDatabase();

async function invoice(scope: Scope, customerId: string, number: string, totalMinor: bigint): Promise<string> {
  const { tx, business, now } = scope;
  const id = newId();
  const at = now.toString();
  await tx.insertInto('documents').values({ business_id: business, id, kind: 'invoice', customer_id: customerId, created_at: at, issued_at: at }).execute();
  const row = {
    business_id: business,
    document_id: id,
    customer_id: customerId,
    customer_name: 'Rosa',
    currency: 'USD',
    state: 'issued',
    number,
    listed_on: '2026-01-01',
  };
  await tx
    .insertInto('invoice_standings')
    .values({ ...row, total_minor: totalMinor })
    .execute();
  await indexThing(scope, 'invoice', id, customerId, { numbers: [number], amounts: [{ amountMinor: totalMinor, currency: 'USD' }] });
  return id;
}

async function world() {
  const house = await smallBusiness(db().database);
  const ids = await house.office(async (scope) => {
    const rosa = await createCustomer(scope, { kind: 'residential', name: 'Rosa Núñez-O’Brien' });
    const larkspur = await createCustomer(scope, { kind: 'property_manager', name: 'Larkspur Keys' });
    const house7 = await createProperty(scope, {
      customerId: larkspur.id,
      code: 'LK-07',
      name: 'Rosa House',
      address: { street: '12 Ferry Street', postalCode: '00000' },
    });
    const dana = await addPerson(scope, {
      customerId: larkspur.id,
      name: 'Dana Whitlock',
      email: 'dana.whitlock@larkspur.example.com',
      phone: '+1 (512) 555-0120',
    });
    const bill = await invoice(scope, rosa.id, 'INV-001042', 123_450n);
    return { rosa: rosa.id, larkspur: larkspur.id, house7: house7.id, dana: dana.id, bill };
  });
  const found = async (text: string) =>
    (await house.office((scope) => find(scope, text))).map((hit) => Object.entries(ids).find(([, id]) => id === hit.id)?.[0]);
  return { ...house, ids, found };
}

describe('typing finds', () => {
  test('as you type: each further letter keeps the thing', async () => {
    const { found } = await world();
    for (let n = 1; n <= 'larkspur'.length; n += 1) expect(await found('larkspur'.slice(0, n))).toContain('larkspur');
  });

  test.each([
    ['núñez', ['rosa']],
    ['NUNEZ', ['rosa']],
    ['nunez-obr', ['rosa']],
    ["o'brien", ['rosa']],
    ['brien', ['rosa']],
    ['dana whit', ['dana']],
    ['whit dan', ['dana']],
    ['dana.whitlock@lark', ['dana']],
    ['larkspur.example.com', ['dana']],
    ['512 555 0120', ['dana']],
    ['(512) 555-01', ['dana']],
    ['+1 512 555 0120', ['dana']],
    ['0120', ['dana']],
    ['lk-07', ['house7']],
    ['12 ferry', ['house7']],
    ['1042', ['bill']],
    ['001042', ['bill']],
    ['inv-001', ['bill']],
    ['INV001042', ['bill']],
    ['1234.50', ['bill']],
    ['$1,234.50', ['bill']],
    ['1,234', ['bill']],
    ['dana nobody', []],
    ['', []],
    ['   ', []],
    ["%_' or 1=1 --", []],
  ])('%j → %j', async (text, expected) => {
    const { found } = await world();
    expect(await found(text)).toEqual(expected);
  });

  test('whole words before beginnings, customers before properties', async () => {
    const { found } = await world();
    expect(await found('rosa')).toEqual(['rosa', 'house7']);
  });

  test('what a line of the list shows', async () => {
    const { office, ids } = await world();
    const [bill] = await office((scope) => find(scope, '1042'));
    expect(bill).toEqual({ kind: 'invoice', id: ids.bill, customerId: ids.rosa, title: 'INV-001042', detail: 'Rosa', totalMinor: 123_450n, currency: 'USD' });
    const [dana] = await office((scope) => find(scope, 'whitlock'));
    expect(dana).toMatchObject({ title: 'Dana Whitlock', detail: 'dana.whitlock@larkspur.example.com · Larkspur Keys' });
  });

  test('T7 nothing of another business', async () => {
    const [{ office }] = [await smallBusiness(db().database), await world()];
    expect(await office((scope) => find(scope, 'larkspur'))).toEqual([]);
  });

  test('ids for lists that filter by text', async () => {
    const { office, ids } = await world();
    expect(await office((scope) => findIds(scope, 'rosa', ['customer', 'property']))).toEqual({
      ids: [ids.rosa, ids.house7],
      customerIds: [ids.rosa, ids.larkspur],
    });
  });
});

test('what is indexed anew is found by its new texts only, and what is forgotten by none', async () => {
  const { office, ids } = await world();
  await office((scope) => indexThing(scope, 'customer', ids.rosa, ids.rosa, { words: ['Tess'] }));
  expect((await office((scope) => find(scope, 'tess'))).map((hit) => hit.id)).toEqual([ids.rosa]);
  expect((await office((scope) => find(scope, 'nunez'))).map((hit) => hit.id)).toEqual([]);
  await office((scope) => forgetThings(scope, [{ kind: 'customer', id: ids.rosa }]));
  expect(await office((scope) => find(scope, 'tess'))).toEqual([]);
});

describe('terms', () => {
  test('lose accents and case on both sides', () => {
    expect(fold('Østergaard & Łódź STRASSE ß')).toBe('ostergaard & lodz strasse ss');
  });

  test('I7, I9 are made of any text however long, none empty or longer than it may be', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const terms = termsOf({ words: [text], emails: [text], phones: [text], numbers: [text] });
        expect(terms.every((term) => term !== '' && [...term].length <= 60)).toBe(true);
        expect(queryWords(text).length).toBeLessThanOrEqual(8);
      }),
      { numRuns: 300 },
    );
    // A pattern that tries every way of cutting these would not come back.
    expect([queryWords('-a'.repeat(20_000)), termsOf({ words: ['a-'.repeat(20_000)] })]).toEqual([['a'], ['a']]);
  });

  test('every word of a name finds it again', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[\p{L}\p{N}]{1,12}$/u), { minLength: 1, maxLength: 4 }), (words) => {
        const terms = termsOf({ words: [words.join(' ')] });
        for (const word of queryWords(words.join(' ')).filter((typed) => !/^\d+$/.test(typed))) expect(terms.some((term) => term.startsWith(word))).toBe(true);
      }),
      { numRuns: 300, examples: [[['⒈0']], [['Unit', '2.1']], [['1,000', 'Oaks']], [['🄁5']]] },
    );
  });

  test('a figure in a name is found as it is typed, whole or begun', async () => {
    const { office, found, ids } = await world();
    await office((scope) => indexThing(scope, 'property', ids.house7, ids.larkspur, { words: ['Unit 2.1 at 1,000 Oaks'] }));
    expect([await found('2.1'), await found('unit 2.'), await found('1,000 oaks'), await found('1000')]).toEqual([
      ['house7'],
      ['house7'],
      ['house7'],
      ['house7'],
    ]);
    expect(await found('2.2')).toEqual([]);
  });
});
