import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { type Books, oneOf } from '../../../../test/books.ts';
import fc from '../../../../test/chance.ts';
import { testDatabase } from '../../../../test/db.ts';
import { paidByCheck } from '../../../../test/refunding.ts';
import { refusalOf } from '../../../../test/small-business.ts';
import { booksWithTill, countOf, creditOf, type Issued, issued, standingOf } from '../../../../test/till.ts';
import type { CreditChoice } from '../../../core/credit-note.ts';
import { Refusal } from '../../../core/refusal.ts';
import { newId } from '../../../db/fresh.ts';
import { setLogLevel } from '../../../log.ts';
import { createDraft, issueInvoice, replaceInvoice, voidInvoice } from '../../invoices/invoices.ts';
import { verifyBooks } from '../../ledger/ledger.ts';
import { listCreditNotes, previewCreditNote, readCreditNote, writeCreditNote } from '../payments.ts';

setLogLevel('silent');
const database = testDatabase(24);
const sound = async (books: Books): Promise<void> => expect(await books.system((scope) => verifyBooks(scope))).toEqual([]);
const fresh = (): Promise<Books> => booksWithTill(database().database);
const credit = (books: Books, documentId: string, choice: CreditChoice, id = newId()) =>
  books.office((scope) => writeCreditNote(scope, { id, documentId, choice, reason: 'Not needed' }));
const amount = (amountMinor: bigint): CreditChoice => ({ kind: 'amount', amountMinor });

/** Two taxed lines and an untaxed one over two properties, with discounts of both kinds. */
async function taxed(books: Books): Promise<Issued & { lines: string[] }> {
  return books.office(async (scope) => {
    const lines = [
      oneOf(10_001, { taxRateId: books.salesTax, quantityMilli: 3000n, discount: { kind: 'amount', amountMinor: 333n } }),
      oneOf(7_777, { taxRateId: books.reducedTax, propertyId: books.properties[1], discount: { kind: 'percent', ratePpm: 50_000n } }),
      oneOf(2_500, { taxRateId: null, propertyId: books.properties[1] }),
    ];
    const draft = await createDraft(scope, { customerId: books.customer, lines, discount: { kind: 'amount', amountMinor: 500n } });
    const { totalMinor } = await issueInvoice(scope, draft.id, { show: true });
    const found = await sql<{
      id: string;
    }>`select id from document_lines where business_id = ${books.business} and document_id = ${draft.id} order by position`.execute(scope.tx);
    return { id: draft.id, totalMinor, parts: [], lines: found.rows.map(({ id }) => id) };
  });
}

describe('credit notes', () => {
  it('M9 all of an invoice line by line takes back its very figures, tax by rate, and the invoice itself is not touched', async () => {
    const books = await fresh();
    const invoice = await taxed(books);
    const lines = invoice.lines.map((lineId, at) => ({ lineId, quantityMilli: at === 0 ? 3000n : 1000n }));
    const note = await credit(books, invoice.id, { kind: 'lines', lines });
    expect(note).toMatchObject({ number: 'CN-0001', totalMinor: invoice.totalMinor, loweredMinor: invoice.totalMinor, freedMinor: 0n });
    const { rows } = await books.system(({ tx }) =>
      sql<{
        same: boolean;
      }>`select (select array_agg((rate_id, taxable_minor, tax_minor)::text order by rate_id) from document_taxes where business_id = ${books.business} and document_id = ${invoice.id})
        = (select array_agg((rate_id, taxable_minor, tax_minor)::text order by rate_id) from document_taxes where business_id = ${books.business} and document_id = ${note.id}) as same`.execute(
        tx,
      ),
    );
    expect(rows[0]?.same).toBe(true);
    expect(await standingOf(books, invoice.id)).toMatchObject({ balance: 0n, paid: 0n });
    expect((await refusalOf(credit(books, invoice.id, { kind: 'rest' }))).code).toBe('nothing_to_credit');
    await sound(books);
  });

  it('C7 M9 an invoice with a credit note is neither canceled nor replaced: the rest of it is credited', async () => {
    const books = await fresh();
    const invoice = await issued(books, [10_000]);
    await credit(books, invoice.id, amount(1n));
    expect(await refusalOf(books.office((scope) => voidInvoice(scope, { documentId: invoice.id, reason: 'Mistake' })))).toMatchObject({
      code: 'already_credited',
    });
    expect(await refusalOf(books.office((scope) => replaceInvoice(scope, invoice.id)))).toMatchObject({ code: 'already_credited' });
    await credit(books, invoice.id, { kind: 'rest' });
    expect(await standingOf(books, invoice.id)).toMatchObject({ balance: 0n });
    await sound(books);
  });

  it('M9 of twenty credit notes of 60 % at once one is written, and the database itself keeps the sum', async () => {
    const books = await fresh();
    const invoice = await taxed(books);
    const share = (invoice.totalMinor * 6n) / 10n;
    const tries = await Promise.all(Array.from({ length: 20 }, () => credit(books, invoice.id, amount(share)).catch((error: unknown) => error)));
    expect(tries.filter((each) => !(each instanceof Refusal))).toHaveLength(1);
    for (const each of tries.filter((one) => one instanceof Refusal)) expect(each).toMatchObject({ code: 'credit_note_too_large' });
    expect(await countOf(books, 'credit_notes')).toBe(1);
    const direct = books.office(({ tx }) =>
      sql`update invoice_standings set credited_minor = total_minor + 1, noted_minor = total_minor + 1 where business_id = ${books.business} and document_id = ${invoice.id}`.execute(
        tx,
      ),
    );
    await expect(direct).rejects.toMatchObject({ code: '23514' });
    const frozen = books.office(({ tx }) => sql`update credit_notes set total_minor = 1 where business_id = ${books.business}`.execute(tx));
    await expect(frozen).rejects.toMatchObject({ code: '42501' });
    await sound(books);
  });

  it('rule 41 first what is owed is lowered, and what had been paid becomes credit', async () => {
    const books = await fresh();
    const invoice = await issued(books, [10_000]);
    await paidByCheck(books, invoice, 7_000n);
    const preview = await books.office((scope) => previewCreditNote(scope, { documentId: invoice.id, choice: amount(5_000n) }));
    expect(preview).toMatchObject({ loweredMinor: 3_000n, freedMinor: 2_000n, leftMinor: 10_000n });
    expect(await credit(books, invoice.id, amount(5_000n))).toMatchObject({ loweredMinor: 3_000n, freedMinor: 2_000n });
    expect([await standingOf(books, invoice.id), await creditOf(books)]).toMatchObject([{ paid: 5_000n, balance: 0n }, 2_000n]);
    await sound(books);
  });

  it('C10 the same form twice is one credit note, in a series without gaps', async () => {
    const books = await fresh();
    const invoice = await issued(books, [10_000]);
    const id = newId();
    const notes = await Promise.all([1, 2, 3].map(() => credit(books, invoice.id, amount(1_000n), id)));
    expect(new Set(notes.map((note) => note.number))).toEqual(new Set(['CN-0001']));
    expect(await credit(books, invoice.id, amount(1_000n))).toMatchObject({ number: 'CN-0002' });
    expect(await books.office((scope) => listCreditNotes(scope, invoice.id))).toHaveLength(2);
    await sound(books);
  });

  it('what cannot be credited is refused: a canceled invoice, a draft, more of a line than there is, somebody else’s line', async () => {
    const books = await fresh();
    const [invoice, other] = [await taxed(books), await taxed(books)];
    const line = (lineId: string, quantityMilli: bigint): CreditChoice => ({ kind: 'lines', lines: [{ lineId, quantityMilli }] });
    expect((await refusalOf(credit(books, invoice.id, line(invoice.lines[0] ?? '', 3001n)))).code).toBe('quantity_invalid');
    expect((await refusalOf(credit(books, invoice.id, line(other.lines[0] ?? '', 1000n)))).code).toBe('not_found');
    await books.office((scope) => voidInvoice(scope, { documentId: other.id, reason: 'Mistake' }));
    expect((await refusalOf(credit(books, other.id, { kind: 'rest' }))).code).toBe('already_canceled');
    const draft = await books.office((scope) => createDraft(scope, { customerId: books.customer, lines: [oneOf(100)] }));
    expect((await refusalOf(credit(books, draft.id, { kind: 'rest' }))).code).toBe('not_issued');
  });

  it('T6 the customer reads a credit note of a shown invoice, and nobody reads one of a hidden one', async () => {
    const books = await fresh();
    const invoice = await issued(books, [10_000]);
    const note = await credit(books, invoice.id, amount(1_000n));
    const as = { customers: [books.customer], document: invoice.id };
    expect(await books.portal(as, (scope) => readCreditNote(scope, note.id))).toMatchObject({ number: 'CN-0001', totalMinor: 1_000n });
    expect((await refusalOf(books.portal({ customers: [books.exempt] }, (scope) => readCreditNote(scope, note.id)))).code).toBe('not_found');
  });

  it('M4 M9 after any mix of credit notes by amount and by line the books add up, and no invoice is credited beyond its total', async () => {
    const books = await fresh();
    const step = fc.record({ amount: fc.integer({ min: 1, max: 25_000 }), line: fc.nat(2), quantity: fc.integer({ min: 1, max: 3000 }), how: fc.nat(4) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
        const invoice = await taxed(books);
        for (const { amount: minor, line, quantity, how } of steps) {
          const lines = [{ lineId: invoice.lines[line] ?? '', quantityMilli: BigInt(line === 0 ? quantity : Math.min(quantity, 1000)) }];
          const choice: CreditChoice = how === 0 ? { kind: 'rest' } : how < 3 ? amount(BigInt(minor)) : { kind: 'lines', lines };
          await credit(books, invoice.id, choice).catch((error: unknown) => {
            if (!(error instanceof Refusal)) throw error;
          });
        }
        const { rows } = await books.system(({ tx }) =>
          sql<{
            noted: bigint;
          }>`select noted_minor as noted from invoice_standings where business_id = ${books.business} and document_id = ${invoice.id}`.execute(tx),
        );
        expect(rows[0]?.noted ?? 0n).toBeLessThanOrEqual(invoice.totalMinor);
      }),
      { numRuns: 25 },
    );
    await sound(books);
  }, 120_000);
});
