import { sql } from 'kysely';
import { newId } from '../src/db/fresh.ts';
import { type Actor, inTransaction, type Scope } from '../src/db/scope.ts';
import { askProcessor, openCheckout, recordPayment, requestRefund, startPayment } from '../src/domain/payments/payments.ts';
import type { Books } from './books.ts';
import { asDana, type Issued, payFor, place, type SandboxTill, tillKeys } from './till.ts';

/** Pays an invoice by card (or `instrument`) in the real sandbox process, and answers the payment's id. */
export async function paidOnline(
  desk: SandboxTill,
  books: Books,
  invoice: Issued,
  amountMinor = invoice.totalMinor,
  instrument = 'card_success',
): Promise<string> {
  const pay = payFor(books, invoice, amountMinor, { method: instrument.startsWith('bank') ? 'bank' : 'card' });
  const started = await asDana(books, (scope) => startPayment(scope, pay));
  await openCheckout(desk.till, started, place);
  const truth = await desk.truth(books, pay.id);
  await desk.pay(truth?.session ?? '', instrument);
  const paid = (await desk.truth(books, pay.id))?.payment;
  if (instrument.startsWith('bank')) await desk.decide(paid?.id ?? '', 'clear');
  await askProcessor(desk.till, books.business, pay.id);
  return pay.id;
}

/** A check over an invoice, recorded by the office. */
export async function paidByCheck(books: Books, invoice: Issued, amountMinor = invoice.totalMinor, keepCredit = false): Promise<string> {
  const id = newId();
  const onIt = amountMinor < invoice.totalMinor ? amountMinor : invoice.totalMinor;
  const targets = [{ documentId: invoice.id, amountMinor: onIt }];
  const form = { id, customerId: books.customer, method: 'check' as const, amountMinor, currency: 'USD', receivedOn: '2026-01-05', targets, keepCredit };
  await books.office((scope) => recordPayment(scope, form));
  return id;
}

type More = Partial<Parameters<typeof requestRefund>[2]>;

export const refundOf = (paymentId: string, amountMinor: bigint, more: More = {}): Parameters<typeof requestRefund>[2] => ({
  ...{ id: newId(), paymentId, amountMinor, method: 'original', sources: null, reason: 'Work not done' },
  ...more,
});

export const refund = (books: Books, paymentId: string, amountMinor: bigint, more: More = {}) =>
  books.office((scope) => requestRefund(scope, tillKeys, refundOf(paymentId, amountMinor, more)));

export type Back = Readonly<{ refunded: bigint; waiting: bigint; disputed: bigint; state: string }>;

export async function backOf(books: Books, paymentId: string): Promise<Back> {
  return books.system(async ({ tx }) => {
    const { rows } = await sql<Back>`select refunded_minor as refunded, refund_waiting_minor as waiting, disputed_minor as disputed, state
      from payments where business_id = ${books.business} and id = ${paymentId}`.execute(tx);
    return rows[0] as Back;
  });
}

export async function refundState(books: Books, id: string): Promise<{ state: string; failure: string; reference: string | null }> {
  return books.system(async ({ tx }) => {
    const { rows } = await sql<{ state: string; failure: string; reference: string | null }>`select state, failure, gateway_refund as reference
      from refunds where business_id = ${books.business} and id = ${id}`.execute(tx);
    return rows[0] ?? { state: 'none', failure: '', reference: null };
  });
}

/** A second colleague, and a way to act as them. */
export async function colleague(books: Books, role = 'admin'): Promise<<T>(work: (scope: Scope) => Promise<T>) => Promise<T>> {
  const actor: Actor = { kind: 'staff', id: newId(), name: 'Theo Park' };
  await books.office(({ tx, now }) =>
    sql`insert into staff (business_id, id, identity_id, name, email, role, created_at)
      values (${books.business}, ${actor.id}, ${newId()}, ${actor.name}, 'theo@example.com', ${role}, ${now.toString()})`.execute(tx),
  );
  return (work) => inTransaction(books.database, { role: 'office', business: books.business, actor }, work);
}
