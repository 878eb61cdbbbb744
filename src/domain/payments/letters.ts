import type { Keys } from '../../core/gateways.ts';
import type { Scope } from '../../db/scope.ts';
import type { LockedInvoice } from '../ledger/standings.ts';
import { ensureLink } from '../links/links.ts';
import { type MailKind, queueMail } from '../mails/mails.ts';
import { byInvoice } from './news.ts';
import type { Share } from './payment.ts';
import { type PaymentRow, selectPayer, selectStanding } from './queries.ts';
import type { Case } from './settle.ts';
import { chargedOf } from './tips/tips.ts';

/** The receipt, once the money is in. */
export function mailReceipt(found: Case, applied: readonly Share[], creditMinor: bigint): Promise<void> {
  return write(found, 'receipt', applied, { day: found.today, receiptNumber: found.payment.receipt_number, creditMinor });
}

/** The bank is working: counts from the day it was started. */
export function mailProcessing(found: Case): Promise<void> {
  return write(found, 'payment_processing', found.shares, { day: found.payment.started_on });
}

/** The bank sent it back: what is owed again. */
export function mailReturned(found: Case, applied: readonly Share[]): Promise<void> {
  return write(found, 'payment_returned', applied, { day: found.today, failure: found.payment.failure });
}

type Refunded = Readonly<{ id: string; amountMinor: bigint; byHand: string | null; failed: boolean }>;

/** Money given back, and where to; or that it did not arrive. */
export async function mailRefund(scope: Scope, keys: Keys, payment: PaymentRow, refund: Refunded, invoices: readonly LockedInvoice[]): Promise<void> {
  const personId = payment.person_id;
  const payer = personId === null ? undefined : await selectPayer(scope, personId);
  const documentId = payment.document_id ?? invoices.find(({ shown }) => shown)?.documentId ?? null;
  if (personId === null || payer === undefined) return;
  const linkId = documentId === null ? null : await ensureLink(scope, keys, { documentId, customerId: payment.customer_id, personId, sentTo: payer.email });
  const { byHand, failed, amountMinor } = refund;
  const facts = { paymentId: payment.id, amountMinor, currency: payment.currency, methodLabel: payment.method_label, byHand, failed };
  const once = `payment_refunded:${refund.id}:${failed ? 'failed' : 'done'}`;
  await queueMail(scope, { kind: 'payment_refunded', once, documentId, customerId: payment.customer_id, personId, linkId, facts });
}

/** To the person who paid, at the recorded address. Who paid by a link handed over without a name gets none. */
async function write(found: Case, kind: MailKind, shares: readonly Share[], extra: Readonly<Record<string, unknown>>): Promise<void> {
  const { scope, payment } = found;
  const personId = payment.person_id;
  if (personId === null) return;
  const payer = await selectPayer(scope, personId);
  if (payer === undefined) return;
  const on = byInvoice(shares);
  const documentId = payment.document_id ?? on[0]?.documentId ?? found.shares[0]?.documentId ?? null;
  const linkId =
    documentId === null ? null : await ensureLink(scope, found.keys, { documentId, customerId: payment.customer_id, personId, sentTo: payer.email });
  const standings = await selectStanding(
    scope,
    on.map((each) => each.documentId),
  );
  const paidFor = on.map((each) => {
    const standing = standings.find((row) => row.document_id === each.documentId);
    return { ...each, number: standing?.number ?? '', leftMinor: standing?.balance_minor ?? 0n };
  });
  const owedMinor = paidFor.reduce((total, each) => total + each.leftMinor, 0n);
  const facts = {
    paymentId: payment.id,
    amountMinor: chargedOf(payment),
    tipMinor: payment.tip_minor,
    wayMinor: payment.way_minor,
    currency: payment.currency,
    method: payment.method,
    methodLabel: payment.method_label,
    autopay: payment.autopay_charge_id !== null,
    paidFor,
    owedMinor,
    ...extra,
  };
  await queueMail(scope, { kind, once: `${kind}:${payment.id}`, documentId, customerId: payment.customer_id, personId, linkId, facts });
}
