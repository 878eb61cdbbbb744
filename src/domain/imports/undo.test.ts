import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { importDesk } from '../../../test/import-desk.ts';
import { listCustomers } from '../customers/customers.ts';
import { showInPortal } from '../invoices/invoices.ts';
import { verifyBooks } from '../ledger/ledger.ts';
import { recordPayment } from '../payments/payments.ts';
import { find } from '../search/search.ts';
import { addOpening, listOpenings, undoBlockers, undoImport } from './imports.ts';

const desk = importDesk();

const people =
  'Name,Email,Phone,Billing Street,Property Name,Property Street\r\nGil Marlowe,gil@example.com,(512) 555-0133,1 Elm,Cabin,7 Pine Way\r\nTess Okoye,tess@example.com,,2 Elm,,\r\n';
const bills =
  'Invoice No,Customer,Invoice Date,Item,Qty,Unit Price,Tax Rate,Tax Name,Amount Paid,Payment Date,Payment Method\r\n' +
  'U-1,Gil Marlowe,2026-01-05,Drain,2,93.00,8.25,Old tax,full,2026-01-09,Check 7\r\nU-2,Gil Marlowe,2026-02-05,Drain,1,93.00,8.25,Old tax,50,2026-02-09,Cash\r\n' +
  'U-3,Tess Okoye,2026-03-05,Hose,1,10.00,,,,,\r\nU-3,Tess Okoye,2026-03-05,Credit,-1,2.00,,,,,\r\n';

const undo = async (id: string): Promise<string> => {
  await desk().office((scope) => undoImport(scope, id));
  return (await desk().work(id)).state;
};
const idOf = (number: string): Promise<string> =>
  desk().office(async ({ tx }) => {
    const { rows } = await sql<{ id: string }>`select document_id as id from invoice_standings where number = ${number}`.execute(tx);
    return rows[0]?.id ?? '';
  });
const balances = (): Promise<unknown[]> =>
  desk().books.system(async ({ tx }) => {
    const { rows } = await sql`select sum(receivable_minor)::int as owed, sum(credit_minor)::int as credit from customer_balances`.execute(tx);
    return rows;
  });

describe('undoing an import', { timeout: 60_000 }, () => {
  it('I10 takes customers and invoices out of every list, search and figure, with the books clean, and the same files come in again', async () => {
    const { bring, seen, office, books } = desk();
    const before = await seen('customers');
    const customers = await bring('customers', people);
    const invoices = await bring('invoices', bills);
    expect([customers.added, invoices.added]).toEqual([2, 4]);
    expect(await seen("invoice_standings where number like 'U-%'")).toBe(3);
    const paid = await seen('payments');

    expect(await undo(invoices.id)).toBe('undone');
    expect(await seen("invoice_standings where number like 'U-%'")).toBe(0);
    expect(await seen('payments')).toBe(paid - 2);
    expect(await office((scope) => find(scope, 'U-1', { kinds: ['invoice'] }))).toEqual([]);
    expect(await undo(customers.id)).toBe('undone');
    expect(await seen('customers')).toBe(before);
    expect(await seen("properties where name = 'Cabin'")).toBe(0);
    expect(await office((scope) => find(scope, 'Marlowe'))).toEqual([]);
    expect((await office((scope) => listCustomers(scope, { archived: true }))).items).toEqual([]);
    expect(await balances()).toEqual([{ owed: 0, credit: 0 }]);
    expect(await books.system(verifyBooks)).toEqual([]);

    const again = [await bring('customers', people), await bring('invoices', bills)];
    expect(again.map(({ added, unchanged, rejected }) => [added, unchanged, rejected])).toEqual([
      [2, 0, 0],
      [4, 0, 0],
    ]);
    expect(await seen("invoice_standings where number like 'U-%'")).toBe(3);
    expect(await books.system(verifyBooks)).toEqual([]);
  });

  it('leaves every period of the books as if the import had never been', async () => {
    const { bring, books } = desk();
    const byDay = (): Promise<unknown[]> =>
      books.system(async ({ tx }) => {
        const { rows } = await sql`select effective_on, a.account, sum(a.amount)::int as amount from ledger
          cross join lateral (values (debit, amount_minor), (credit, -amount_minor)) a (account, amount) group by 1, 2 having sum(a.amount) <> 0 order by 1, 2`.execute(
          tx,
        );
        return rows;
      });
    const before = await byDay();
    const { id } = await bring('invoices', bills.replaceAll('U-', 'V-'));
    expect(await byDay()).not.toEqual(before);
    expect(await undo(id)).toBe('undone');
    expect(await byDay()).toEqual(before);
  });

  it('says exactly what stands in the way: shown, paid, or used by another import', async () => {
    const { bring, office, books } = desk();
    const { id } = await bring('invoices', bills.replaceAll('U-', 'W-'));
    const shown = await idOf('W-3');
    await office((scope) => showInPortal(scope, [shown]));
    const customerId = await office(async ({ tx }) => {
      const row = await tx.selectFrom('customers').select('id').where('name', '=', 'Gil Marlowe').executeTakeFirstOrThrow();
      return row.id;
    });
    const documentId = await idOf('W-2');
    const payment = { id: crypto.randomUUID(), customerId, method: 'cash', amountMinor: 100n, currency: 'USD', receivedOn: '2026-03-01' } as const;
    await office((scope) => recordPayment(scope, { ...payment, targets: [{ documentId, amountMinor: 100n }] }));
    const blockers = await office((scope) => undoBlockers(scope, id));
    expect(blockers.map(({ code, count, example }) => [code, count, example]).sort()).toEqual([
      ['paid', 1, 'W-2'],
      ['shown', 1, 'W-3'],
    ]);
    await expect(office((scope) => undoImport(scope, id))).rejects.toMatchObject({ code: 'import_undo_blocked' });
    expect(await desk().seen("invoice_standings where number like 'W-%'")).toBe(3);
    expect(await books.system(verifyBooks)).toEqual([]);
  });

  it('does not take a customer whom another import has given invoices', async () => {
    const { bring, office } = desk();
    const { id } = await bring('customers', 'Name\r\nOnly Here\r\n');
    const { id: other } = await bring('invoices', 'Invoice No,Customer,Invoice Date,Unit Price\r\nX-9,Only Here,2026-01-01,5.00\r\n');
    expect(await office((scope) => undoBlockers(scope, id))).toMatchObject([{ code: 'customer_used', example: 'Only Here' }]);
    expect(await undo(other)).toBe('undone');
    expect(await undo(id)).toBe('undone');
  });

  it('J2 undoes each thing once, however often and by however many it is worked on', async () => {
    const { bring, work, office, books } = desk();
    const { id } = await bring('invoices', bills.replaceAll('U-', 'Y-'));
    await office((scope) => undoImport(scope, id));
    await Promise.all([work(id), work(id), work(id)]);
    expect((await work(id)).state).toBe('undone');
    expect(await books.system(verifyBooks)).toEqual([]);
  });
});

describe('opening balances', { timeout: 60_000 }, () => {
  it('brings in what was owed as a payable hidden invoice, and a credit as credit of the customer', async () => {
    const { bring, seen, books } = desk();
    const text =
      'Customer,As Of,Due Date,Owed,Credit,Note\r\nGil Marlowe,2026-01-01,2026-01-31,$186.00,,Open at year end\r\nTess Okoye,2026-01-01,,,"25.50",\r\nNobody,2026-01-01,,1,,\r\n';
    const result = await bring(null, text);
    expect(result).toMatchObject({ kind: 'openings', template: 'own_openings', added: 2, rejected: 1 });
    expect(await seen("invoice_standings where number like 'OB-%' and not shown and imported and balance_minor = 18600 and due_on = '2026-01-31'")).toBe(1);
    expect(await seen('customer_balances where credit_minor = 2550')).toBe(1);
    expect(await seen("ledger where kind = 'opening'")).toBe(2);
    expect(await seen('mails')).toBe(0);
    expect(await books.system(verifyBooks)).toEqual([]);
    expect(await bring(null, text)).toMatchObject({ added: 0, unchanged: 2 });
    expect(await undo(result.id)).toBe('undone');
    expect(await seen("invoice_standings where number like 'OB-%'")).toBe(0);
    expect(await seen('customer_balances where credit_minor <> 0')).toBe(0);
    expect(await books.system(verifyBooks)).toEqual([]);
    expect(await bring(null, text)).toMatchObject({ added: 2 });
  });

  it('opens one customer’s account by hand, once a day, and takes it back', async () => {
    const { office, books, seen } = desk();
    const opening = { customerId: books.exempt, asOf: '2026-02-01', owedMinor: 1000n, creditMinor: 300n, note: '' };
    const id = await office((scope) => addOpening(scope, opening));
    await expect(office((scope) => addOpening(scope, opening))).rejects.toMatchObject({ code: 'opening_known' });
    await expect(office((scope) => addOpening(scope, { ...opening, asOf: '2999-01-01' }))).rejects.toMatchObject({ code: 'payment_day_in_future' });
    expect(await office((scope) => listOpenings(scope, books.exempt))).toMatchObject([
      { kind: 'credit', amountMinor: 300n },
      { kind: 'opening', amountMinor: 1000n, balanceMinor: 1000n },
    ]);
    expect(await undo(id)).toBe('undone');
    expect(await office((scope) => listOpenings(scope, books.exempt))).toEqual([]);
    expect(await seen(`customers where id = '${books.exempt}'`)).toBe(1);
    expect(await books.system(verifyBooks)).toEqual([]);
  });
});
