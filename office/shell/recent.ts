import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { Customer, Invoice, Payment } from '../api/types.ts';

/** What was looked at last, per business, in this browser only. */
export type Recent = Readonly<{ kind: 'invoice' | 'customer' | 'payment'; id: string; customerId: string | null; title: string; detail: string }>;

const most = 8;
const keyOf = (businessId: string): string => `office-recent-${businessId}`;

export function readRecent(businessId: string): readonly Recent[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(businessId)) ?? '[]');
    return Array.isArray(kept) ? (kept as Recent[]).filter((one) => typeof one.id === 'string' && typeof one.title === 'string') : [];
  } catch {
    return [];
  }
}

function keep(businessId: string, recent: Recent): void {
  const others = readRecent(businessId).filter(({ id }) => id !== recent.id);
  localStorage.setItem(keyOf(businessId), JSON.stringify([recent, ...others].slice(0, most)));
}

/** What a page's address is about, as far as it has been read. */
export function thingAt(client: QueryClient, path: string): Recent | null {
  const [, kind, id = ''] = /^\/(invoices|customers|payments)\/([a-z]+_[0-9a-z]{26})/.exec(path) ?? [];
  if (kind === 'customers') {
    const customer = client.getQueryData<Customer>(['customers', 'one', id]);
    return customer ? { kind: 'customer', id, customerId: id, title: customer.name, detail: '' } : null;
  }
  if (kind === 'invoices') {
    const invoice = client.getQueryData<Invoice>(['invoices', 'one', id]);
    return invoice
      ? { kind: 'invoice', id, customerId: invoice.customer?.id ?? null, title: invoice.number ?? 'Draft', detail: invoice.customer?.name ?? '' }
      : null;
  }
  if (kind !== 'payments') return null;
  const payment = client.getQueryData<Payment>(['payments', 'one', id]);
  return payment ? { kind: 'payment', id, customerId: payment.customer.id, title: payment.receiptNumber ?? 'Payment', detail: payment.customer.name } : null;
}

/** Keeps each thing as its page is left. */
export function useRecent(businessId: string): void {
  const client = useQueryClient();
  const path = useRouterState({ select: (state) => state.location.pathname });
  useEffect(
    () => () => {
      const thing = thingAt(client, path);
      if (thing !== null) keep(businessId, thing);
    },
    [client, businessId, path],
  );
}
