import type { Scope } from '../../db/scope.ts';
import { indexNew } from '../search/search.ts';

type Findable = Readonly<{ id: string; customerId: string; reference: string; receiptNumber: string | null; amountMinor: bigint; currency: string }>;

/** Money that came in is found by its receipt, its reference and its amount. */
export function indexPayment(scope: Scope, { id, customerId, reference, receiptNumber, amountMinor, currency }: Findable): Promise<void> {
  const texts = { words: [reference], numbers: receiptNumber === null ? [] : [receiptNumber], amounts: [{ amountMinor, currency }] };
  return indexNew(scope, { kind: 'payment', id, customerId, texts });
}
