import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { type Books, makeBooks, oneOf } from '../../../test/books.ts';
import fc, { seed } from '../../../test/chance.ts';
import { testDatabase } from '../../../test/db.ts';
import { Refusal } from '../../core/refusal.ts';
import { newId } from '../../db/fresh.ts';
import type { Scope } from '../../db/scope.ts';
import { createDraft, issueInvoice, replaceInvoice, voidInvoice } from '../invoices/invoices.ts';
import { balances, post, type Transfer, verifyBooks } from './ledger.ts';
import { applyPayment, lockInvoices, type Share, spreadOver, unapplyPayment } from './standings.ts';

const database = testDatabase(8);

type Paid = { documentId: string; shares: Share[]; amountMinor: bigint };
const today = '2026-11-23';

/** A check in, as payments do it: clearing, then onto the parts. */
async function pay(scope: Scope, customerId: string, documentId: string, amountMinor: bigint): Promise<Paid | null> {
  const [invoice] = await lockInvoices(scope, [documentId]);
  if (!invoice || invoice.balanceMinor < amountMinor || amountMinor === 0n) return null;
  const shares = spreadOver(invoice.parts, amountMinor).map((share) => ({ ...share, documentId }));
  const common = { currency: 'USD', customerId, effectiveOn: today };
  await post(scope, newId(), [
    { ...common, kind: 'clear', debit: 'clearing_check', credit: 'customer_credit', amountMinor },
    ...shares.map((share): Transfer => ({ ...common, ...share, kind: 'allocate', debit: 'customer_credit', credit: 'receivable' })),
  ]);
  await applyPayment(scope, shares, today);
  return { documentId, shares, amountMinor };
}

async function reverse(scope: Scope, customerId: string, paid: Paid): Promise<void> {
  await lockInvoices(scope, [paid.documentId]);
  const common = { currency: 'USD', customerId, effectiveOn: today };
  await post(scope, newId(), [
    ...paid.shares.map((share): Transfer => ({ ...common, ...share, kind: 'unallocate', debit: 'receivable', credit: 'customer_credit' })),
    { ...common, kind: 'reverse', debit: 'customer_credit', credit: 'clearing_check', amountMinor: paid.amountMinor },
  ]);
  await unapplyPayment(scope, paid.shares);
}

type Invoice = { total: bigint; paid: bigint; payments: Paid[]; ended: boolean };
type Act = { act: 'issue' | 'pay' | 'reverse' | 'void' | 'replace'; pick: number; amounts: readonly number[]; discount: number };

const act: fc.Arbitrary<Act> = fc.record({
  act: fc.constantFrom('issue', 'pay', 'pay', 'pay', 'reverse', 'void', 'replace'),
  pick: fc.nat(10_000),
  amounts: fc.array(fc.integer({ min: 0, max: 250_000 }), { minLength: 1, maxLength: 4 }),
  discount: fc.integer({ min: 0, max: 300_000 }),
});

async function issueOne(scope: Scope, books: Books, { amounts, pick, discount }: Act): Promise<{ id: string; total: bigint }> {
  const lines = amounts.map((amount, at) => oneOf(amount, { propertyId: books.properties[(pick + at) % 3], quantityMilli: 1 + ((pick * 37) % 5000) }));
  const draft = await createDraft(scope, { customerId: books.customer, lines, discount: { kind: 'percent', ratePpm: discount } });
  return { id: draft.id, total: (await issueInvoice(scope, draft.id)).totalMinor };
}

/** One act on the model and on the books; both must agree on what is refused. */
async function step(books: Books, invoices: Map<string, Invoice>, each: Act): Promise<void> {
  const [id, invoice] = [...invoices][each.pick % Math.max(1, invoices.size)] ?? [];
  if (each.act === 'issue' || id === undefined || invoice === undefined) {
    const made = await books.office((scope) => issueOne(scope, books, each));
    invoices.set(made.id, { total: made.total, paid: 0n, payments: [], ended: false });
  } else if (each.act === 'pay') await payStep(books, id, invoice, BigInt(each.amounts[0] ?? 0));
  else if (each.act === 'reverse') await reverseStep(books, invoice);
  else await endStep(books, invoices, id, invoice, each.act);
}

async function payStep(books: Books, id: string, invoice: Invoice, wished: bigint): Promise<void> {
  const open = invoice.ended ? 0n : invoice.total - invoice.paid;
  const paid = await books.system((scope) => pay(scope, books.customer, id, wished % (open + 1n)));
  if (!paid) return;
  invoice.payments.push(paid);
  invoice.paid += paid.amountMinor;
}

async function reverseStep(books: Books, invoice: Invoice): Promise<void> {
  const paid = invoice.payments.pop();
  if (!paid) return;
  await books.office((scope) => reverse(scope, books.customer, paid));
  invoice.paid -= paid.amountMinor;
}

async function endStep(books: Books, invoices: Map<string, Invoice>, id: string, invoice: Invoice, how: 'void' | 'replace'): Promise<void> {
  const mayEnd = !invoice.ended && invoice.paid === 0n;
  const end = (scope: Scope): Promise<unknown> =>
    how === 'void'
      ? voidInvoice(scope, { documentId: id, reason: 'Wrong' })
      : replaceInvoice(scope, id).then(async (draft) => {
          const made = await issueInvoice(scope, draft.id);
          invoices.set(made.id, { total: made.totalMinor, paid: 0n, payments: [], ended: false });
        });
  const answer = await books.office(end).catch(codeOf);
  expect(answer ?? 'ended').toBe(mayEnd ? 'ended' : answer);
  expect(answer === undefined).toBe(mayEnd);
  invoice.ended ||= mayEnd;
}

function codeOf(error: unknown): string {
  if (error instanceof Refusal) return error.code;
  throw error;
}

describe('the books', () => {
  it('M4 agree with themselves and with a model after 10,000 random acts', { timeout: 360_000 }, async () => {
    const run = fc.asyncProperty(fc.array(act, { minLength: 1000, maxLength: 1000, size: 'max' }), async (acts) => {
      const books = await makeBooks(database().database);
      const invoices = new Map<string, Invoice>();
      for (const each of acts) await step(books, invoices, each);
      expect(await books.office((scope) => verifyBooks(scope))).toEqual([]);
      const owed = [...invoices.values()].reduce((sum, invoice) => sum + (invoice.ended ? 0n : invoice.total - invoice.paid), 0n);
      const [balance] = await books.office((scope) => balances(scope, books.customer));
      expect(balance).toEqual({ currency: 'USD', receivableMinor: owed, creditMinor: 0n });
    });
    // Two businesses at a time, a thousand acts each, and each by a chance of its own.
    await Promise.all([seed, seed ^ 1].map((own) => fc.assert(run, { seed: own, numRuns: 5, endOnFailure: true })));
  });

  it('name what differs when somebody changed a stored balance', async () => {
    const books = await makeBooks(database().database);
    const { id, total } = await books.office((scope) => issueOne(scope, books, { act: 'issue', pick: 1, amounts: [1000], discount: 0 }));
    await books.office(({ tx }) => sql`update customer_balances set receivable_minor = receivable_minor + 1 where business_id = ${books.business}`.execute(tx));
    await books.office(({ tx }) => sql`update invoice_standings set paid_minor = 1 where document_id = ${id}`.execute(tx));
    const differences = await books.office((scope) => verifyBooks(scope));
    expect(differences).toEqual([
      { what: 'balance of an invoice', id, stored: String(total - 1n), recomputed: String(total) },
      { what: 'paid on the parts of an invoice', id, stored: '1', recomputed: '0' },
      { what: 'owed by a customer', id: books.customer, stored: String(total + 1n), recomputed: String(total) },
    ]);
  });

  it('M12 never mix currencies in one act', async () => {
    const books = await makeBooks(database().database);
    const codes = ['USD', 'EUR', 'GBP', 'JPY', 'KWD', 'CAD'];
    const pairs = codes.flatMap((a) => codes.filter((b) => b !== a).map((b) => [a, b] as const));
    expect(pairs).toHaveLength(30);
    for (const currencies of pairs) {
      const common = {
        kind: 'clear',
        debit: 'clearing_check',
        credit: 'customer_credit',
        amountMinor: 1n,
        customerId: books.customer,
        effectiveOn: today,
      } as const;
      const mixed = books.office((scope) =>
        post(
          scope,
          newId(),
          currencies.map((currency) => ({ ...common, currency })),
        ),
      );
      await expect(mixed).rejects.toMatchObject({ code: 'currency_mismatch' });
    }
    expect(await books.office((scope) => balances(scope, books.customer))).toEqual([]);
  });

  it('C8 end the transaction when a share names no part', async () => {
    const books = await makeBooks(database().database);
    const { id } = await books.office((scope) => issueOne(scope, books, { act: 'issue', pick: 1, amounts: [1000], discount: 0 }));
    const lost = books.system((scope) => applyPayment(scope, [{ documentId: id, partId: newId(), amountMinor: 1n }], today));
    await expect(lost).rejects.toThrow('a share names a part');
    const more = books.system(async (scope) => {
      const [invoice] = await lockInvoices(scope, [id]);
      await applyPayment(scope, [{ documentId: id, partId: invoice?.parts[0]?.partId ?? '', amountMinor: 1_000_000n }], today);
    });
    await expect(more).rejects.toMatchObject({ code: '23514' });
    expect(await books.office((scope) => verifyBooks(scope))).toEqual([]);
  });

  it('never let credit of a customer fall below zero', async () => {
    const books = await makeBooks(database().database);
    const spend = books.office((scope) =>
      post(scope, newId(), [
        {
          kind: 'refund',
          debit: 'customer_credit',
          credit: 'clearing_check',
          amountMinor: 1n,
          currency: 'USD',
          customerId: books.customer,
          effectiveOn: today,
        },
      ]),
    );
    await expect(spend).rejects.toMatchObject({ code: '23514' });
  });
});

describe('numbers', () => {
  it('M8 are unique and without a gap under 50 parallel issues with random rollbacks', { timeout: 360_000 }, async () => {
    const books = await makeBooks(database().database);
    let kept = 0;
    for (let round = 0; round < 20; round += 1) {
      const drafts = await books.office(async (scope) => {
        const ids: string[] = [];
        for (let at = 0; at < 50; at += 1) ids.push((await createDraft(scope, { customerId: books.customer, lines: [oneOf(100 + at)] })).id);
        return ids;
      });
      const answers = await Promise.allSettled(
        drafts.map((id, at) =>
          books.office(async (scope) => {
            await issueInvoice(scope, id);
            if ((at * 7 + round) % 5 === 0) throw new Error('changed my mind');
          }),
        ),
      );
      kept += answers.filter((answer) => answer.status === 'fulfilled').length;
    }
    expect(kept).toBe(800);
    const { rows } = await books.office(({ tx, business }) =>
      sql<{ count: number; first: bigint; last: bigint }>`select count(distinct number_seq)::int as count, min(number_seq) as first, max(number_seq) as last
        from invoices where business_id = ${business}`.execute(tx),
    );
    expect(rows).toEqual([{ count: 800, first: 1001n, last: 1800n }]);
    expect(await books.office((scope) => verifyBooks(scope))).toEqual([]);
  });

  it('C5 50 workers on one invoice: one issues it, one cancels it, and nobody meets an error', { timeout: 60_000 }, async () => {
    const books = await makeBooks(database().database);
    const draft = await books.office((scope) => createDraft(scope, { customerId: books.customer, lines: [oneOf(100)] }));
    const codes = async (work: () => Promise<unknown>): Promise<Record<string, number>> => {
      const answers = await Promise.all(Array.from({ length: 50 }, () => work().then(() => 'won', codeOf)));
      return Object.fromEntries([...Map.groupBy(answers, (answer) => answer)].map(([answer, all]) => [answer, all.length]));
    };
    expect(await codes(() => books.office((scope) => issueInvoice(scope, draft.id)))).toEqual({ won: 1, already_issued: 49 });
    const mixed = await codes(() =>
      Math.random() < 0.5
        ? books.office((scope) => voidInvoice(scope, { documentId: draft.id, reason: 'Wrong' }))
        : books.office(async (scope) => issueInvoice(scope, (await replaceInvoice(scope, draft.id)).id)),
    );
    expect(mixed['won']).toBe(1);
    expect((mixed['already_canceled'] ?? 0) + (mixed['already_replaced'] ?? 0)).toBe(49);
    expect(await books.office((scope) => verifyBooks(scope))).toEqual([]);
  });
});
