import type { NewEvent } from '../events/events.ts';
import type { EventKind } from '../events/kinds.ts';
import type { LockedInvoice } from '../ledger/standings.ts';
import type { Share } from './payment.ts';
import { sumOf } from './shares.ts';

type Told = Readonly<{ id: string; customerId: string; method: string; amountMinor: bigint; currency: string }>;

/** The amount of a payment on each invoice it is for, in a steady order. */
export function byInvoice(shares: readonly Share[]): { documentId: string; amountMinor: bigint }[] {
  const groups = Map.groupBy(shares, (share) => share.documentId);
  return [...groups].map(([documentId, group]) => ({ documentId, amountMinor: sumOf(group) })).sort((a, b) => (a.documentId < b.documentId ? -1 : 1));
}

/** One event for each invoice, so that each timeline tells its own part; one for the customer alone when no invoice is meant. */
export function told(
  kind: EventKind,
  payment: Told,
  shares: readonly Share[],
  invoices: readonly LockedInvoice[],
  extra: Readonly<Record<string, unknown>> = {},
  shown = true,
): NewEvent[] {
  const whole = { paymentId: payment.id, method: payment.method, currency: payment.currency, paymentMinor: payment.amountMinor, ...extra };
  const on = byInvoice(shares);
  if (on.length === 0) return [{ kind, customerId: payment.customerId, shown, data: { ...whole, amountMinor: payment.amountMinor } }];
  return on.map(({ documentId, amountMinor }) => {
    const invoice = invoices.find((each) => each.documentId === documentId);
    return {
      kind,
      customerId: payment.customerId,
      documentId,
      propertyId: invoice?.propertyId ?? null,
      shown,
      data: { ...whole, amountMinor, number: invoice?.number ?? null },
    };
  });
}

/** Invoices that owe nothing more once the shares are on them. */
export function paidOff(applied: readonly Share[], invoices: readonly LockedInvoice[]): NewEvent[] {
  return byInvoice(applied).flatMap(({ documentId, amountMinor }) => {
    const invoice = invoices.find((each) => each.documentId === documentId);
    if (!invoice || invoice.balanceMinor !== amountMinor) return [];
    const data = { number: invoice.number, totalMinor: invoice.totalMinor, currency: invoice.currency };
    return [{ kind: 'invoice.paid' as const, customerId: invoice.customerId, documentId, propertyId: invoice.propertyId, shown: true, data }];
  });
}
