import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Books, makeBooks, oneOf } from '../../../test/books.ts';
import { testDatabase } from '../../../test/db.ts';
import { Refusal } from '../../core/refusal.ts';
import { firstText } from '../../db/compile.ts';
import { verifyChain } from '../events/events.ts';
import { balances } from '../ledger/ledger.ts';
import { applyPayment, lockInvoices, moveMoney, spreadOver } from '../ledger/standings.ts';
import {
  addAttachment,
  createDraft,
  discardDraft,
  duplicateInvoice,
  invoiceFactsQuery,
  invoiceViewOf,
  issueInvoice,
  issueMany,
  listAttachments,
  listInvoices,
  listTotals,
  readDraft,
  readInvoice,
  removeAttachment,
  replaceInvoice,
  saveDraft,
  showInPortal,
  voidInvoice,
} from './invoices.ts';

const database = testDatabase(4);
let books: Books;
beforeAll(async () => {
  books = await makeBooks(database().database);
});

const issued = (lines: readonly unknown[], more: object = {}) =>
  books.office(async (scope) => {
    const draft = await createDraft(scope, { customerId: books.customer, lines, ...more });
    return issueInvoice(scope, draft.id);
  });

const refusalOf = async (work: Promise<unknown>): Promise<{ code: string; field: string | undefined; details: Refusal['details'] }> => {
  const error = await work.then(
    () => null,
    (problem: unknown) => problem,
  );
  if (!(error instanceof Refusal)) throw error ?? new Error('nothing was refused');
  return { code: error.code, field: error.details.field, details: error.details };
};

describe('a draft', () => {
  it('takes tax from the property, then the business, and nothing where the line says none', async () => {
    const [first, second] = books.properties;
    const lines = [oneOf(100, { propertyId: first }), oneOf(100, { propertyId: second }), oneOf(100, { taxRateId: null })];
    const draft = await books.office((scope) => createDraft(scope, { customerId: books.customer, lines }));
    expect(draft.body.lines.map((line) => line.taxRateId)).toEqual([books.salesTax, books.reducedTax, null]);
    expect(draft.totals.totalMinor).toBe(313n);
    expect(draft.version).toBe(1);
  });

  it('names every field at fault at once', async () => {
    const bad = {
      customerId: books.customer,
      lines: [
        { name: 'x', quantityMilli: 1.5, unitPriceMilli: 1 },
        { name: '', quantityMilli: 1, unitPriceMilli: 'x' },
      ],
      total: 3,
    };
    const { code, field, details } = await refusalOf(books.office((scope) => createDraft(scope, bad)));
    expect([code, field]).toEqual(['unknown_field', 'total']);
    expect(details['others']).toEqual([
      { field: 'lines[0].quantityMilli', code: 'quantity_invalid' },
      { field: 'lines[1].name', code: 'required' },
      { field: 'lines[1].unitPriceMilli', code: 'amount_invalid' },
    ]);
  });

  it('refuses a property of another customer', async () => {
    const lines = [oneOf(100, { propertyId: books.properties[0] })];
    expect(await refusalOf(books.office((scope) => createDraft(scope, { customerId: books.exempt, lines })))).toMatchObject({
      code: 'property_of_other_customer',
      field: 'lines[0].propertyId',
    });
  });

  it('is saved over its own version only, and the second editor gets the newer copy', async () => {
    const draft = await books.office((scope) => createDraft(scope, { customerId: books.customer, lines: [oneOf(100)] }));
    const save = (version: number, price: number) =>
      books.office((scope) => saveDraft(scope, { documentId: draft.id, version, body: { customerId: books.customer, lines: [oneOf(price)] } }));
    expect((await save(1, 200)).totals.subtotalMinor).toBe(200n);
    const { code, details } = await refusalOf(save(1, 300));
    expect(code).toBe('stale_version');
    expect(details).toMatchObject({ version: 2, updatedBy: 'Ida Brandt', newer: { totals: { subtotalMinor: 200n } } });
  });

  it('keeps the lines of one property together, in the order of the sections', async () => {
    const [first, second] = books.properties;
    const lines = [oneOf(1, { propertyId: second }), oneOf(2, { propertyId: first }), oneOf(3, { propertyId: second })];
    const draft = await books.office((scope) => createDraft(scope, { customerId: books.customer, lines, sections: [first, second] }));
    expect(draft.body.lines.map((line) => line.unitPriceMilli)).toEqual([2000n, 1000n, 3000n]);
  });

  it('can be thrown away until it is issued', async () => {
    const draft = await books.office((scope) => createDraft(scope, { customerId: books.customer, lines: [oneOf(100)] }));
    await books.office((scope) => discardDraft(scope, draft.id));
    expect((await refusalOf(books.office((scope) => readDraft(scope, draft.id)))).code).toBe('not_found');
    const { id } = await issued([oneOf(100)]);
    expect((await refusalOf(books.office((scope) => discardDraft(scope, id)))).code).toBe('already_issued');
  });
});

describe('files', () => {
  const file = { name: 'drain.jpg', mediaType: 'image/jpeg', bytes: 3, sha256: 'ab'.repeat(32) };

  it('hang on the draft, are shown with the invoice, and go with it when it is replaced', async () => {
    const draft = await books.office((scope) => createDraft(scope, { customerId: books.customer, lines: [oneOf(100, { propertyId: books.properties[0] })] }));
    const kept = await books.office((scope) => addAttachment(scope, draft.id, file));
    const gone = await books.office((scope) => addAttachment(scope, draft.id, { ...file, name: 'b.jpg' }));
    await books.office((scope) => removeAttachment(scope, draft.id, gone.id));
    await books.office((scope) => issueInvoice(scope, draft.id, { show: true }));
    expect((await refusalOf(books.office((scope) => addAttachment(scope, draft.id, file)))).code).toBe('already_issued');
    const seen = await books.portal({ properties: [books.properties[0]] }, (scope) => readInvoice(scope, draft.id));
    expect(seen.facts.document.attachments).toEqual([{ id: kept.id, name: 'drain.jpg', mediaType: 'image/jpeg', bytes: 3 }]);
    const next = await books.office((scope) => replaceInvoice(scope, draft.id));
    expect((await books.office((scope) => listAttachments(scope, next.id))).map((each) => each.name)).toEqual(['drain.jpg']);
    await books.office((scope) => discardDraft(scope, next.id));
  });

  it('of a bill over several properties are for those who see it whole', async () => {
    const [first, second] = books.properties;
    const input = (lines: readonly unknown[]) => ({ customerId: books.customer, lines });
    const draft = await books.office((scope) => createDraft(scope, input([oneOf(100, { propertyId: first })])));
    await books.office((scope) => addAttachment(scope, draft.id, file));
    await books.office((scope) =>
      saveDraft(scope, { documentId: draft.id, version: 1, body: input([oneOf(100, { propertyId: first }), oneOf(50, { propertyId: second })]) }),
    );
    await books.office((scope) => issueInvoice(scope, draft.id, { show: true }));
    const rows = await books.portal({ properties: [first] }, ({ tx }) =>
      tx.selectFrom('file_refs').select('id').where('business_id', '=', books.business).where('document_id', '=', draft.id).execute(),
    );
    expect(rows).toEqual([]);
  });
});

describe('an issued invoice', () => {
  it('has its number, its days, its books and its page', async () => {
    const [first, second] = books.properties;
    const lines = [oneOf(10_000, { propertyId: first }), oneOf(5_000, { propertyId: second, discount: { kind: 'percent', ratePpm: 100_000 } })];
    const { id, number, dueOn, issuedOn, warnings } = await issued(lines, {
      discount: { kind: 'amount', amountMinor: 100 },
      termsDays: 30,
      message: 'Thank you',
    });
    expect(number).toMatch(/^\d+$/);
    expect(warnings).toEqual(['no_recipients']);
    const view = await books.office((scope) => readInvoice(scope, id));
    if (!view.whole) throw new Error('the office sees the whole');
    expect(view.facts.document).toMatchObject({ id, number, issuedOn, dueOn, message: 'Thank you', poNumber: null });
    expect(view.facts.parts.map((part) => part.title)).toEqual(['Elm Court · LK-01', 'Oak Row · LK-02']);
    expect(view.facts.standing).toMatchObject({ status: 'due', daysLeft: 30, balanceMinor: view.facts.totalMinor, payableMinor: view.facts.totalMinor });
    expect(view.facts.parts.reduce((sum, part) => sum + part.totalMinor, 0n)).toBe(view.facts.totalMinor);
    expect(view.facts.business.addressLines).toEqual(['12 Creek Road', 'Sampleton, TX 00000']);
    expect(view.parts.map((part) => part.openMinor)).toEqual(view.facts.parts.map((part) => part.totalMinor));
  });

  it('charges an exempt customer no tax', async () => {
    const { id } = await books.office(async (scope) => {
      const draft = await createDraft(scope, { customerId: books.exempt, lines: [oneOf(10_000)] });
      return issueInvoice(scope, draft.id);
    });
    const view = await books.office((scope) => readInvoice(scope, id));
    expect(view.facts).toMatchObject({ totalMinor: 10_000n, taxMinor: 0n, taxExempt: true, taxes: [] });
  });

  it('of nothing is settled at once', async () => {
    const { id } = await issued([oneOf(0)]);
    const [locked] = await books.office((scope) => lockInvoices(scope, [id]));
    expect(locked?.balanceMinor).toBe(0n);
    const view = await books.office((scope) => readInvoice(scope, id));
    expect(view.whole && view.facts.standing.status).toBe('paid');
  });

  it('M3 M9 is never changed, by any role', async () => {
    const { id } = await issued([oneOf(100)]);
    const tables = ['document_totals', 'document_taxes', 'document_parts', 'document_lines', 'invoices', 'ledger', 'events'];
    for (const run of [books.office, books.system]) {
      for (const table of tables) {
        for (const change of [
          sql`update ${sql.table(table)} set business_id = business_id`,
          sql`delete from ${sql.table(table)}`,
          sql`truncate ${sql.table(table)}`,
        ]) {
          await expect(run(({ tx }) => change.execute(tx))).rejects.toMatchObject({ code: '42501' });
        }
      }
      await expect(run(({ tx }) => sql`update invoice_standings set total_minor = 1 where document_id = ${id}`.execute(tx))).rejects.toMatchObject({
        code: '55000',
      });
      await expect(run(({ tx }) => sql`update documents set customer_id = ${books.exempt} where id = ${id}`.execute(tx))).rejects.toMatchObject({
        code: '55000',
      });
    }
  });

  it('M2 cannot be put into the books out of balance', async () => {
    const { id } = await issued([oneOf(100)]);
    const row = (amount: bigint, debit: string, credit: string) =>
      books.office(({ tx, business, now }) =>
        sql`insert into ledger (business_id, id, act_id, kind, debit, credit, amount_minor, currency, customer_id, document_id, effective_on, recorded_at)
          values (${business}, gen_random_uuid(), gen_random_uuid(), 'issue', ${debit}, ${credit}, ${amount}, 'USD', ${books.customer}, ${id}, '2026-11-23', ${now.toString()})`.execute(
          tx,
        ),
      );
    await expect(row(0n, 'receivable', 'revenue')).rejects.toMatchObject({ code: '23514' });
    await expect(row(-5n, 'receivable', 'revenue')).rejects.toMatchObject({ code: '23514' });
    await expect(row(5n, 'receivable', 'receivable')).rejects.toMatchObject({ code: '23514' });
    await expect(row(5n, 'receivable', 'nowhere')).rejects.toMatchObject({ code: '23514' });
  });
});

describe('taking back', () => {
  it('is refused, naming what stands in the way, once money was paid or is on its way', async () => {
    for (const place of ['paid', 'processing', 'unknown'] as const) {
      const { id } = await issued([oneOf(1000)]);
      await books.system(async (scope) => {
        const [locked] = await lockInvoices(scope, [id]);
        const shares = spreadOver(locked?.parts ?? [], 500n).map((share) => ({ ...share, documentId: id }));
        await moveMoney(scope, shares, 'outside', place, { startedOn: '2026-11-23' });
      });
      const voided = await refusalOf(books.office((scope) => voidInvoice(scope, { documentId: id, reason: 'Wrong' })));
      expect(voided).toMatchObject({ code: 'void_refused_paid', details: { [`${place}Minor`]: 500n } });
      expect((await refusalOf(books.office((scope) => replaceInvoice(scope, id)))).code).toBe('replace_refused_paid');
    }
  });

  it('leaves the number, the page and nothing owed', async () => {
    const before = await books.office((scope) => balances(scope, books.customer));
    const { id, number } = await issued([oneOf(1000)]);
    await books.office((scope) => voidInvoice(scope, { documentId: id, reason: 'Ordered twice' }));
    expect(await books.office((scope) => balances(scope, books.customer))).toEqual(before);
    const view = await books.office((scope) => readInvoice(scope, id));
    if (!view.whole) throw new Error('the office sees the whole');
    expect(view.facts.document).toMatchObject({ number, canceled: { reason: 'Ordered twice' } });
    expect(view.facts.standing).toMatchObject({ status: 'canceled', balanceMinor: 0n, payableMinor: 0n });
  });

  it('by replacing moves the links, names the new number and says what changed', async () => {
    const first = await issued([oneOf(1000, { id: '01920000-0000-7000-8000-00000000000a', name: 'Repair' })], { poNumber: 'PO-1' });
    await books.office((scope) => showInPortal(scope, [first.id]));
    await books.office(({ tx, business, now }) =>
      sql`insert into links (business_id, id, document_id, customer_id, person_id, token_hash, created_at, created_by, last_mailed_at)
        values (${business}, gen_random_uuid(), ${first.id}, ${books.customer}, ${books.person}, '\\x01', ${now.toString()}, 'Ida', ${now.toString()})`.execute(
        tx,
      ),
    );
    const draft = await books.office((scope) => replaceInvoice(scope, first.id));
    expect(draft).toMatchObject({ replaces: { id: first.id, number: first.number }, body: { poNumber: 'PO-1', recipients: [books.person] } });
    const lines = [{ ...draft.body.lines[0], unitPriceMilli: 2_000_000n }, oneOf(50, { name: 'Part' })];
    const second = await books.office(async (scope) => {
      const { recipients, customerId } = draft.body;
      await saveDraft(scope, { documentId: draft.id, version: draft.version, body: { customerId, recipients, lines } });
      return issueInvoice(scope, draft.id);
    });
    const [old, fresh] = await books.office(async (scope) => [await readInvoice(scope, first.id), await readInvoice(scope, second.id)]);
    if (!old?.whole || !fresh?.whole) throw new Error('the office sees the whole');
    expect(old.facts.document.replacedBy).toEqual({ id: second.id, number: second.number });
    expect(old.facts.standing.status).toBe('replaced');
    expect(fresh.facts.document.replaces).toEqual({ id: first.id, number: first.number });
    expect(fresh.changes).toEqual([
      { what: 'line_changed', name: 'Repair', fromMinor: 1000n, toMinor: 2000n, fields: ['unitPriceMilli'] },
      { what: 'line_added', name: 'Part', amountMinor: 50n },
      { what: 'tax', fromMinor: 83n, toMinor: 169n },
      { what: 'total', fromMinor: 1083n, toMinor: 2219n },
      { what: 'po_number', from: 'PO-1', to: '' },
    ]);
    const seen = await books.portal({ customers: [books.customer], document: second.id }, (scope) => readInvoice(scope, second.id));
    expect(seen.whole).toBe(true);
    const links = await books.office(({ tx }) => sql<{ document_id: string }>`select document_id from links where person_id = ${books.person}`.execute(tx));
    expect(links.rows).toEqual([{ document_id: second.id }]);
    expect((await refusalOf(books.office((scope) => replaceInvoice(scope, first.id)))).code).toBe('already_replaced');
  });
});

describe('the portal', () => {
  it('does not know of drafts and of what was not shown', async () => {
    const draft = await books.office((scope) => createDraft(scope, { customerId: books.customer, lines: [oneOf(100)] }));
    const { id } = await issued([oneOf(100)]);
    for (const document of [draft.id, id]) {
      expect((await refusalOf(books.portal({ customers: [books.customer] }, (scope) => readInvoice(scope, document)))).code).toBe('not_found');
    }
    expect((await refusalOf(books.portal({ customers: [books.customer] }, async (scope) => listInvoices(scope, { tab: 'all' })))).code).toBe('not_found');
  });

  it('M3 is read from one frozen text when it is plain, and that says just what the rows say', async () => {
    const [first] = books.properties;
    const { id } = await issued([oneOf(1999, { propertyId: first, description: 'A "quoted" word' }), oneOf(70, { propertyId: first })], {
      poNumber: 'PO-7',
      discount: { kind: 'amount', amountMinor: 100n },
    });
    await books.office((scope) => showInPortal(scope, [id]));
    const { otherwise, ...plain } = invoiceFactsQuery(books.business, id);
    const views = () =>
      books.portal({ customers: [books.customer] }, async (scope) => [invoiceViewOf(await firstText(scope, plain)), await readInvoice(scope, id)]);
    const [short, long] = await views();
    expect(short).toEqual(long);
    await books.system(async (scope) => {
      const [locked] = await lockInvoices(scope, [id]);
      if (!locked) throw new Error('an issued invoice has a standing');
      const shares = spreadOver(locked.parts, 500n).map((share) => ({ ...share, documentId: id }));
      await moveMoney(scope, shares, 'outside', 'processing', { startedOn: '2026-11-01' });
    });
    const [now, told] = await views();
    expect(now).toEqual(told);
    expect(now?.parts[0]).toMatchObject({ processingMinor: 500n });
    expect(otherwise).toBeDefined();
  });

  it('rule 29 shows a person of some properties their parts and no total', async () => {
    const [first, second] = books.properties;
    const { id, number } = await issued([oneOf(100, { propertyId: first }), oneOf(70, { propertyId: second, name: 'Secret' })], { message: 'For all of you' });
    await books.office((scope) => showInPortal(scope, [id]));
    const view = await books.portal({ properties: [first] }, (scope) => readInvoice(scope, id));
    expect(view.whole).toBe(false);
    expect(view.facts.document).toMatchObject({ number, message: null });
    expect(view.facts.parts).toHaveLength(1);
    expect(view.parts).toMatchObject([{ totalMinor: 108n, balanceMinor: 108n, openMinor: 108n }]);
    expect(JSON.stringify(view, (_k, v) => (typeof v === 'bigint' ? Number(v) : v))).not.toMatch(/Secret|Oak Row|LK-02|For all/);
  });
});

describe('every state and every act', () => {
  const acts = {
    save: (id: string) => books.office((scope) => saveDraft(scope, { documentId: id, version: 1, body: { customerId: books.customer, lines: [oneOf(5)] } })),
    discard: (id: string) => books.office((scope) => discardDraft(scope, id)),
    issue: (id: string) => books.office((scope) => issueInvoice(scope, id)),
    show: (id: string) => books.office((scope) => showInPortal(scope, [id])),
    void: (id: string) => books.office((scope) => voidInvoice(scope, { documentId: id, reason: 'Wrong' })),
    replace: (id: string) => books.office((scope) => replaceInvoice(scope, id)),
    duplicate: (id: string) => books.office((scope) => duplicateInvoice(scope, id)),
  };
  const money = async (id: string, place: 'paid' | 'processing' | 'unknown', amount: bigint) => {
    await books.system(async (scope) => {
      const [locked] = await lockInvoices(scope, [id]);
      await moveMoney(
        scope,
        spreadOver(locked?.parts ?? [], amount).map((share) => ({ ...share, documentId: id })),
        'outside',
        place,
        {},
      );
    });
    return id;
  };
  const states: Record<string, () => Promise<string>> = {
    draft: async () => (await books.office((scope) => createDraft(scope, { customerId: books.customer, lines: [oneOf(100)] }))).id,
    open: async () => (await issued([oneOf(100)])).id,
    partly: async () => money((await issued([oneOf(100)])).id, 'paid', 10n),
    paid: async () => money((await issued([oneOf(100)])).id, 'paid', 108n),
    processing: async () => money((await issued([oneOf(100)])).id, 'processing', 10n),
    unknown: async () => money((await issued([oneOf(100)])).id, 'unknown', 10n),
    canceled: async () => {
      const { id } = await issued([oneOf(100)]);
      await acts.void(id);
      return id;
    },
    replaced: async () => {
      const { id } = await issued([oneOf(100)]);
      await acts.issue((await acts.replace(id)).id);
      return id;
    },
    nowhere: async () => '01920000-0000-7000-8000-0000000000ff',
  };
  const table: Record<string, Record<keyof typeof acts, string>> = {
    draft: { save: 'ok', discard: 'ok', issue: 'ok', show: 'not_issued', void: 'not_issued', replace: 'not_issued', duplicate: 'ok' },
    open: { save: 'already_issued', discard: 'already_issued', issue: 'already_issued', show: 'ok', void: 'ok', replace: 'ok', duplicate: 'ok' },
    ...Object.fromEntries(
      ['partly', 'paid', 'processing', 'unknown'].map((state) => [
        state,
        {
          save: 'already_issued',
          discard: 'already_issued',
          issue: 'already_issued',
          show: 'ok',
          void: 'void_refused_paid',
          replace: 'replace_refused_paid',
          duplicate: 'ok',
        },
      ]),
    ),
    canceled: {
      save: 'already_issued',
      discard: 'already_issued',
      issue: 'already_issued',
      show: 'ok',
      void: 'already_canceled',
      replace: 'already_canceled',
      duplicate: 'ok',
    },
    replaced: {
      save: 'already_issued',
      discard: 'already_issued',
      issue: 'already_issued',
      show: 'ok',
      void: 'already_replaced',
      replace: 'already_replaced',
      duplicate: 'ok',
    },
    nowhere: {
      save: 'not_found',
      discard: 'not_found',
      issue: 'not_found',
      show: 'not_found',
      void: 'not_found',
      replace: 'not_found',
      duplicate: 'not_found',
    },
  };

  for (const [state, answers] of Object.entries(table)) {
    it(`answers each act on an invoice that is ${state}`, async () => {
      const seen: Record<string, string> = {};
      for (const [name, act] of Object.entries(acts)) {
        const id = await (states[state] as () => Promise<string>)();
        seen[name] = await act(id).then(
          () => 'ok',
          (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
        );
      }
      expect(seen).toEqual(answers);
    });
  }
});

describe('lists', () => {
  it('A5 page through every invoice once, and refuse a cursor of another list', async () => {
    const fresh = await makeBooks(database().database);
    const ids = await fresh.office(async (scope) => {
      const drafts: string[] = [];
      for (let at = 0; at < 23; at += 1) drafts.push((await createDraft(scope, { customerId: fresh.customer, lines: [oneOf(100 + at)] })).id);
      return (await issueMany(scope, drafts)).map((each) => each.id);
    });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await fresh.office((scope) => listInvoices(scope, { tab: 'unpaid', limit: 10, cursor }));
      seen.push(...page.rows.map((row) => row.id));
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(seen.toSorted()).toEqual(ids.toSorted());
    const first = await fresh.office((scope) => listInvoices(scope, { tab: 'unpaid', limit: 10 }));
    for (const forged of ['x', 'W10', `${first.next}x`]) {
      expect((await refusalOf(fresh.office((scope) => listInvoices(scope, { tab: 'unpaid', cursor: forged })))).code).toBe('cursor_invalid');
    }
    expect((await refusalOf(fresh.office((scope) => listInvoices(scope, { tab: 'all', cursor: first.next ?? '' })))).code).toBe('cursor_invalid');
    expect(await fresh.office((scope) => listTotals(scope))).toMatchObject({ currency: 'USD', openCount: 23, overdueMinor: 0n });
    const paid = first.rows[0];
    if (!paid) throw new Error('there are rows');
    await fresh.system(async (scope) => {
      const [locked] = await lockInvoices(scope, [paid.id]);
      await applyPayment(
        scope,
        spreadOver(locked?.parts ?? [], paid.totalMinor).map((share) => ({ ...share, documentId: paid.id })),
        '2026-11-23',
      );
    });
    expect((await fresh.office((scope) => listInvoices(scope, { tab: 'paid' }))).rows.map((row) => row.status)).toEqual(['paid']);
    expect((await fresh.office((scope) => listInvoices(scope, { tab: 'all', search: paid.number ?? '' }))).rows.map((row) => row.id)).toEqual([paid.id]);
    expect(await fresh.office((scope) => verifyChain(scope))).toBeNull();
  });
});
