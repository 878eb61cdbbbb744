import type { Golden } from './blocks.ts';
import { currencyInvoices } from './currencies.ts';
import { discountInvoices } from './discounts.ts';
import { edgeInvoices } from './edges.ts';
import { exclusiveInvoices } from './exclusive.ts';
import { inclusiveInvoices } from './inclusive.ts';
import { partInvoices } from './parts.ts';

/** Every golden invoice, for all who show or store one: totals, API, page, mail and PDF must agree on them. */
export function goldenInvoices(): readonly Golden[] {
  return [...exclusiveInvoices(), ...inclusiveInvoices(), ...discountInvoices(), ...currencyInvoices(), ...partInvoices(), ...edgeInvoices()];
}
