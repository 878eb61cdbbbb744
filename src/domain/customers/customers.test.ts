import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { testDatabase } from '../../../test/db.ts';
import { refusalOf, type SmallBusiness, smallBusiness } from '../../../test/small-business.ts';
import { newId } from '../../db/fresh.ts';
import type { Scope } from '../../db/scope.ts';
import { listEvents } from '../events/events.ts';
import { createTaxRate } from '../items/tax-rates.ts';
import { addPerson } from '../people/people.ts';
import { changeCustomer, createCustomer, createCustomers, listCustomers, readCustomer, readCustomerView } from './customers.ts';
import { changeProperty, createProperties, createProperty, listProperties, moveProperty, type PropertyChanges, readProperty } from './properties.ts';

const db = testDatabase(6);
const residential = (name: string) => ({ kind: 'residential' as const, name });

/** An issued, shown invoice as far as lists read it. */
async function bill(scope: Scope, customer: string, of: { totalMinor: bigint; dueOn?: string; columns?: Record<string, unknown> }): Promise<void> {
  const { tx, business, now } = scope;
  const id = newId();
  const at = now.toString();
  await tx.insertInto('documents').values({ business_id: business, id, kind: 'invoice', customer_id: customer, created_at: at, issued_at: at }).execute();
  const row = {
    business_id: business,
    document_id: id,
    customer_id: customer,
    customer_name: 'x',
    currency: 'USD',
    state: 'issued',
    number: id,
    listed_on: '2026-01-01',
  };
  await tx
    .insertInto('invoice_standings')
    .values({ ...row, issued_on: '2026-01-01', due_on: of.dueOn ?? '2999-01-01', total_minor: of.totalMinor, ...of.columns })
    .execute();
  await sql`insert into customer_balances (business_id, customer_id, currency, receivable_minor) values (${business}, ${customer}, 'USD', ${of.totalMinor})
    on conflict (business_id, customer_id, currency) do update set receivable_minor = customer_balances.receivable_minor + excluded.receivable_minor`.execute(
    tx,
  );
}

describe('a customer', () => {
  test('is kept as typed, with unseen letters and line breaks taken out of the name (I8, I9)', async () => {
    const { office } = await smallBusiness(db().database);
    const made = await office((scope) =>
      createCustomer(scope, { ...residential('  Rosa\u202e\r\nQuill\u0000 '), company: 'Jose\u0301 & Sons', notes: 'a\r\nb' }),
    );
    expect(made).toMatchObject({ name: 'Rosa Quill', company: 'José & Sons', notes: 'a\nb', version: 1, termsDays: null, imported: false });
    expect(await office((scope) => readCustomer(scope, made.id))).toEqual(made);
  });

  test.each([
    [{ name: ' ' }, 'required', 'name'],
    [{ name: 'x'.repeat(121) }, 'text_too_long', 'name'],
    [{ termsDays: 366 }, 'wrong_choice', 'termsDays'],
    [{ language: 'de' as 'en' }, 'wrong_choice', 'language'],
    [{ billingAddress: { country: 'Texas' } }, 'wrong_choice', 'billingAddress.country'],
  ])('with %j is refused, naming the field', async (over, code, field) => {
    const { office } = await smallBusiness(db().database);
    expect(await refusalOf(office((scope) => createCustomer(scope, { ...residential('Rosa'), ...over })))).toEqual({ code, field });
  });

  test('A8 changed from a stale version is refused, and the refusal carries the newer one', async () => {
    const { office } = await smallBusiness(db().database);
    const made = await office((scope) => createCustomer(scope, residential('Rosa')));
    const changed = await office((scope) => changeCustomer(scope, { id: made.id, version: 1, changes: { name: 'Rosa Quill', termsDays: 30 } }));
    expect(changed).toMatchObject({ version: 2, name: 'Rosa Quill', termsDays: 30 });
    await expect(office((scope) => changeCustomer(scope, { id: made.id, version: 1, changes: { name: 'R' } }))).rejects.toMatchObject({
      code: 'stale_version',
      details: { current: changed },
    });
  });

  test('A8 edited by twenty at once is changed once', async () => {
    const { office } = await smallBusiness(db().database);
    const made = await office((scope) => createCustomer(scope, residential('Rosa')));
    const edits = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) => office((scope) => changeCustomer(scope, { id: made.id, version: 1, changes: { notes: `${n}` } }))),
    );
    expect(edits.filter((edit) => edit.status === 'fulfilled')).toHaveLength(1);
    expect((await office((scope) => readCustomer(scope, made.id))).version).toBe(2);
  });

  test('made twice under one id is refused', async () => {
    const { office } = await smallBusiness(db().database);
    const id = newId();
    await office((scope) => createCustomer(scope, { ...residential('Rosa'), id }));
    expect((await refusalOf(office((scope) => createCustomer(scope, { ...residential('Rosa'), id })))).code).toBe('id_taken');
  });

  test('T5 of another business is not found, and nothing of it changes', async () => {
    const [ours, theirs] = [await smallBusiness(db().database), await smallBusiness(db().database)];
    const { id } = await theirs.office((scope) => createCustomer(scope, residential('Rosa')));
    expect((await refusalOf(ours.office((scope) => readCustomer(scope, id)))).code).toBe('not_found');
    expect((await refusalOf(ours.office((scope) => changeCustomer(scope, { id, version: 1, changes: { name: 'X' } })))).code).toBe('not_found');
    expect((await refusalOf(ours.office((scope) => createProperty(scope, { customerId: id, name: 'X' })))).code).toBe('not_found');
    expect((await refusalOf(ours.office((scope) => addPerson(scope, { customerId: id, name: 'X' })))).code).toBe('not_found');
    expect((await theirs.office((scope) => readCustomer(scope, id))).name).toBe('Rosa');
  });

  test('D1 leaves an event of each change, with who did it', async () => {
    const { office, owner } = await smallBusiness(db().database);
    const { id } = await office((scope) => createCustomer(scope, residential('Rosa')));
    await office((scope) => changeCustomer(scope, { id, version: 1, changes: { archived: true } }));
    const events = await office((scope) => listEvents(scope, { customerId: id, limit: 10 }));
    expect(events.map((event) => [event.kind, event.actor_id])).toEqual([
      ['customer.archived', owner.id],
      ['customer.created', owner.id],
    ]);
  });
});

describe('rights', () => {
  test('field crew read customers and change none; a person and nobody do neither', async () => {
    const { office, id, system } = await smallBusiness(db().database);
    const crew = newId();
    await system(({ tx, now }) =>
      tx
        .insertInto('staff')
        .values({ business_id: id, id: crew, identity_id: newId(), name: 'Luz', email: 'luz@example.com', role: 'field', created_at: now.toString() })
        .execute(),
    );
    const luz = { kind: 'staff', id: crew, name: 'Luz' } as const;
    expect((await office((scope) => listCustomers(scope, {}), luz)).items).toEqual([]);
    expect((await refusalOf(office((scope) => createCustomer(scope, residential('X')), luz))).code).toBe('not_allowed');
    for (const actor of [
      { kind: 'person', id: newId(), name: 'P' } as const,
      { kind: 'staff', id: newId(), name: 'Gone' } as const,
      { kind: 'staff', id: null, name: '?' } as const,
    ]) {
      expect((await refusalOf(office((scope) => listCustomers(scope, {}), actor))).code).toBe('not_allowed');
    }
  });

  test('T8 a role taken away counts from the next request', async () => {
    const { office, owner, system, id } = await smallBusiness(db().database);
    await office((scope) => createCustomer(scope, residential('A')));
    await system(({ tx }) =>
      tx
        .updateTable('staff')
        .set({ role: 'field' })
        .where('business_id', '=', id)
        .where('id', '=', owner.id ?? '')
        .execute(),
    );
    expect((await refusalOf(office((scope) => createCustomer(scope, residential('B'))))).code).toBe('not_allowed');
  });
});

describe('the list', () => {
  async function town(): Promise<SmallBusiness & { ids: Record<string, string> }> {
    const house = await smallBusiness(db().database);
    const made = await house.office(async (scope) => {
      const customers = await createCustomers(scope, ['ada', 'Ñandú', 'Bea', 'Cy', 'Zoe'].map(residential));
      const [ada, , bea, cy] = customers;
      await bill(scope, ada?.id ?? '', { totalMinor: 5_000n, dueOn: '2020-01-01' });
      await bill(scope, ada?.id ?? '', { totalMinor: 2_000n });
      await bill(scope, bea?.id ?? '', { totalMinor: 9_000n });
      await bill(scope, cy?.id ?? '', { totalMinor: 9_000n, dueOn: '2020-01-01', columns: { processing_minor: 4_000n } });
      return customers;
    });
    return { ...house, ids: Object.fromEntries(made.map((customer) => [customer.name, customer.id])) };
  }

  test('is by name whatever the case, with what each owes', async () => {
    const { office } = await town();
    const { items } = await office((scope) => listCustomers(scope, {}));
    expect(items.map((row) => [row.name, row.balanceMinor, row.overdueMinor, row.openInvoices])).toEqual([
      ['ada', 7_000n, 5_000n, 2],
      ['Bea', 9_000n, 0n, 1],
      ['Cy', 9_000n, 5_000n, 1],
      ['Zoe', 0n, 0n, 0],
      ['Ñandú', 0n, 0n, 0],
    ]);
  });

  test('A5 is paged without a gap or a repeat in every order', async () => {
    const { office } = await town();
    for (const sort of ['name', 'newest', 'balance'] as const) {
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const from: string | null = cursor;
        const page: Awaited<ReturnType<typeof listCustomers>> = await office((scope) => listCustomers(scope, { sort, limit: 2, cursor: from }));
        seen.push(...page.items.map((row) => row.name));
        cursor = page.nextCursor;
      } while (cursor !== null);
      expect(seen).toHaveLength(5);
      expect(new Set(seen).size).toBe(5);
      if (sort === 'balance') expect(seen[2]).toBe('ada');
    }
  });

  test.each(['x', 'WyJjdXN0b21lcnM6bmFtZSIsImEiLCJub3QtYW4taWQiXQ', Buffer.from('["items","a","b"]').toString('base64url'), 'e30'])(
    'A5 refuses the forged cursor %s',
    async (cursor) => {
      const { office } = await smallBusiness(db().database);
      expect((await refusalOf(office((scope) => listCustomers(scope, { cursor })))).code).toBe('cursor_invalid');
    },
  );

  test('filters by kind, by who owes, by archived and by text over people and properties', async () => {
    const { office, ids } = await town();
    const names = async (filter: Parameters<typeof listCustomers>[1]) => (await office((scope) => listCustomers(scope, filter))).items.map((row) => row.name);
    await office((scope) => createProperty(scope, { customerId: ids['Zoe'] ?? '', code: 'LK-07', address: { street: '12 Ferry Street' } }));
    await office((scope) => addPerson(scope, { customerId: ids['Bea'] ?? '', name: 'Dana Whitlock', email: 'Dana@Example.com', phone: '(512) 555-0120' }));
    expect(await names({ owing: true })).toEqual(['ada', 'Bea', 'Cy']);
    expect(await names({ kind: 'commercial' })).toEqual([]);
    expect(await names({ q: 'ferry' })).toEqual(['Zoe']);
    expect(await names({ q: 'lk-0' })).toEqual(['Zoe']);
    expect(await names({ q: 'whit dan' })).toEqual(['Bea']);
    expect(await names({ q: '555-0120' })).toEqual(['Bea']);
    expect(await names({ q: 'nandu' })).toEqual(['Ñandú']);
    expect(await names({ q: 'nobody' })).toEqual([]);
    const zoe = await office((scope) => readCustomer(scope, ids['Zoe'] ?? ''));
    await office((scope) => changeCustomer(scope, { id: zoe.id, version: zoe.version, changes: { archived: true } }));
    expect(await names({ archived: true })).toEqual(['Zoe']);
    expect(await names({})).not.toContain('Zoe');
  });

  test('shows who gets the invoices', async () => {
    const { office, ids } = await town();
    const customerId = ids['Bea'] ?? '';
    await office((scope) => addPerson(scope, { customerId, name: 'First', rights: { bills: false } }));
    await office((scope) => addPerson(scope, { customerId, name: 'Payer', email: 'ap@example.com' }));
    const row = (await office((scope) => listCustomers(scope, { q: 'bea' }))).items[0];
    expect(row?.contact).toEqual({ name: 'Payer', email: 'ap@example.com', phone: '' });
  });
});

describe('the page of a customer', () => {
  test('rule 17 has each cent of the balance in exactly one figure', async () => {
    const { office } = await smallBusiness(db().database);
    const { id } = await office((scope) => createCustomer(scope, residential('Rosa')));
    const installments = JSON.stringify([
      { dueOn: '2998-01-01', amountMinor: 60 },
      { dueOn: '2999-01-01', amountMinor: 40 },
    ]);
    await office(async (scope) => {
      await bill(scope, id, {
        totalMinor: 10_000n,
        dueOn: '2020-01-01',
        columns: { processing_minor: 1_000n, in_question_minor: 500n, announced_minor: 300n, announced_for: '2998-01-01' },
      });
      await bill(scope, id, {
        totalMinor: 4_000n,
        columns: { held_back_minor: 400n, installments, announced_minor: 300n, announced_for: '2020-01-01' },
      });
      await bill(scope, id, { totalMinor: 9_900n, columns: { closed_at: '2026-01-01T00:00:00Z' } });
    });
    const { figures, openInvoices } = await office((scope) => readCustomerView(scope, id));
    const { balanceMinor, dueNowMinor, dueLaterMinor, onItsWayMinor, inQuestionMinor, heldBackMinor } = figures;
    expect(figures).toMatchObject({
      currency: 'USD',
      balanceMinor: 14_000n,
      onItsWayMinor: 1_300n,
      inQuestionMinor: 500n,
      heldBackMinor: 400n,
      dueLaterMinor: 100n,
      overdueMinor: 8_200n,
    });
    expect(dueNowMinor + dueLaterMinor + onItsWayMinor + inQuestionMinor + heldBackMinor).toBe(balanceMinor);
    expect(openInvoices).toBe(2);
  });

  test('counts living people and properties', async () => {
    const { office } = await smallBusiness(db().database);
    const { id } = await office((scope) => createCustomer(scope, residential('Rosa')));
    const [property] = await office((scope) =>
      createProperties(scope, [
        { customerId: id, name: 'A' },
        { customerId: id, name: 'B' },
      ]),
    );
    await office((scope) => changeProperty(scope, { id: property?.id ?? '', version: 1, changes: { archived: true } }));
    await office((scope) => addPerson(scope, { customerId: id, name: 'Rosa' }));
    expect(await office((scope) => readCustomerView(scope, id))).toMatchObject({ properties: 1, people: 1, openInvoices: 0, figures: { balanceMinor: 0n } });
  });
});

describe('a property', () => {
  test('is titled by name, code and unit, else by its street', async () => {
    const { office } = await smallBusiness(db().database);
    const { id } = await office((scope) => createCustomer(scope, residential('Larkspur')));
    const one = await office((scope) => createProperty(scope, { customerId: id, name: 'Larkspur House', code: 'LK-07', unit: '2B' }));
    const two = await office((scope) => createProperty(scope, { customerId: id, address: { street: '12 Ferry Street' } }));
    expect([one.title, two.title]).toEqual(['Larkspur House · LK-07 · 2B', '12 Ferry Street']);
    expect((await office((scope) => readProperty(scope, two.id))).title).toBe('12 Ferry Street');
  });

  test('never shares its code with a living one of the same customer', async () => {
    const { office } = await smallBusiness(db().database);
    const [one, two] = await office((scope) => createCustomers(scope, [residential('A'), residential('B')]));
    const make = (customerId: string, code: string) => office((scope) => createProperty(scope, { customerId, code }));
    const first = await make(one?.id ?? '', 'LK-01');
    expect(await refusalOf(make(one?.id ?? '', 'lk-01'))).toEqual({ code: 'property_code_taken', field: 'code' });
    await make(two?.id ?? '', 'LK-01');
    await office((scope) => changeProperty(scope, { id: first.id, version: 1, changes: { archived: true } }));
    await make(one?.id ?? '', 'LK-01');
    expect((await refusalOf(office((scope) => changeProperty(scope, { id: first.id, version: 2, changes: { archived: false } })))).code).toBe(
      'property_code_taken',
    );
  });

  test('T5 keeps whose it is, its cost code and its rules; an owner among the people is one of the customer’s own', async () => {
    const { office } = await smallBusiness(db().database);
    const [one, two] = await office((scope) => createCustomers(scope, [residential('A'), residential('B')]));
    const customerId = one?.id ?? '';
    const [edgar, other] = await office(async (scope) => [
      await addPerson(scope, { customerId, name: 'Edgar Finch' }),
      await addPerson(scope, { customerId: two?.id ?? '', name: 'Somebody else' }),
    ]);
    const rules = { ownerName: 'Edgar Finch', costCode: 'GL-6200', accessNotes: 'Side door', accessNotesShown: true, nteMinor: 50_000n, poRequired: true };
    const made = await office((scope) => createProperty(scope, { customerId, code: 'LK-01', ...rules, ownerPersonId: edgar.id }));
    expect(await office((scope) => readProperty(scope, made.id))).toMatchObject({ ...rules, ownerPersonId: edgar.id });
    const change = (version: number, changes: PropertyChanges) => office((scope) => changeProperty(scope, { id: made.id, version, changes }));
    expect(await refusalOf(change(1, { ownerPersonId: other.id }))).toEqual({ code: 'not_found', field: 'ownerPersonId' });
    expect(await refusalOf(change(1, { nteMinor: -1n }))).toEqual({ code: 'amount_too_large', field: 'nteMinor' });
    expect(await change(1, { nteMinor: null, poRequired: null })).toMatchObject({ nteMinor: null, poRequired: null, ownerPersonId: edgar.id });
    expect((await office((scope) => listProperties(scope, { customerId, q: 'gl-6200' }))).items).toMatchObject([{ id: made.id, nteMinor: null }]);
  });

  test('rule 35 D1: changes hands: what the former customer set does not come along, papers stay, each leads to the other', async () => {
    const { office } = await smallBusiness(db().database);
    const [one, two] = await office((scope) => createCustomers(scope, [residential('A'), residential('B')]));
    const [from, to] = [one?.id ?? '', two?.id ?? ''];
    const rules = { costCode: 'GL-1', accessNotes: 'Side door', accessNotesShown: true, nteMinor: 100n, poRequired: true };
    const made = await office((scope) => createProperty(scope, { customerId: from, code: 'LK-01', name: 'House', ...rules }));
    const move = (customerId: string, version = 1, id = made.id) => office((scope) => moveProperty(scope, { id, version, customerId }));
    expect((await refusalOf(move(from))).code).toBe('wrong_choice');
    expect((await refusalOf(move(newId()))).code).toBe('not_found');
    expect((await refusalOf(move(to, 7))).code).toBe('stale_version');
    expect((await refusalOf(move(to, 1, newId()))).code).toBe('not_found');
    const moved = await move(to);
    expect(moved).toMatchObject({ customerId: to, code: 'LK-01', name: 'House', accessNotes: 'Side door', movedFrom: made.id });
    expect(moved).toMatchObject({ costCode: '', accessNotesShown: false, nteMinor: null, poRequired: null });
    const before = await office((scope) => readProperty(scope, made.id));
    expect(before).toMatchObject({ customerId: from, ...rules, movedTo: moved.id, archivedAt: expect.any(String) });
    expect((await refusalOf(move(to, 2))).code).toBe('property_moved');
    expect((await refusalOf(office((scope) => changeProperty(scope, { id: made.id, version: 2, changes: { archived: false } })))).code).toBe('property_moved');
    expect((await office((scope) => listProperties(scope, { customerId: to, q: 'LK-01' }))).items).toMatchObject([{ id: moved.id }]);
    const events = await office(async (scope) => [
      await listEvents(scope, { customerId: from, limit: 9 }),
      await listEvents(scope, { customerId: to, limit: 9 }),
    ]);
    expect(events.map((each) => each.filter(({ kind }) => kind === 'property.moved').length)).toEqual([1, 1]);
  });

  test('T5 takes no tax rate of another business', async () => {
    const [ours, theirs] = [await smallBusiness(db().database), await smallBusiness(db().database)];
    const rate = await theirs.office((scope) => createTaxRate(scope, { name: 'Tax', components: [{ name: 'Tax', ratePpm: 10_000n }] }));
    const { id } = await ours.office((scope) => createCustomer(scope, residential('A')));
    expect((await refusalOf(ours.office((scope) => createProperty(scope, { customerId: id, name: 'A', taxRateId: rate.id })))).code).toBe('tax_rate_unknown');
  });

  test('A5 is listed by code, page by page', async () => {
    const { office } = await smallBusiness(db().database);
    const { id } = await office((scope) => createCustomer(scope, residential('A')));
    await office((scope) =>
      createProperties(
        scope,
        ['LK-03', 'LK-01', '', 'LK-02', ''].map((code, n) => ({ customerId: id, code, name: `House ${n}` })),
      ),
    );
    const first = await office((scope) => listProperties(scope, { customerId: id, limit: 3 }));
    const rest = await office((scope) => listProperties(scope, { customerId: id, limit: 3, cursor: first.nextCursor }));
    expect([...first.items, ...rest.items].map((property) => property.code)).toEqual(['', '', 'LK-01', 'LK-02', 'LK-03']);
    expect(rest.nextCursor).toBeNull();
    expect((await office((scope) => listProperties(scope, { customerId: id, q: 'house 3' }))).items.map((property) => property.code)).toEqual(['LK-02']);
  });
});
