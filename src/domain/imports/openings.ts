import { newId } from '../../db/fresh.ts';
import type { Scope } from '../../db/scope.ts';
import { recordEvents } from '../events/events.ts';
import { importOpenings } from '../invoices/invoices.ts';
import { postAll } from '../ledger/ledger.ts';
import type { Thing } from './judged.ts';

/** What a customer owed, and had to their credit, at the end of a day before this product was used. Amounts in minor units. */
export type Opening = Readonly<{ customerId: string; asOf: string; dueOn: string; owedMinor: bigint; creditMinor: bigint; note: string }>;

/**
 * Opens accounts: what was owed becomes a hidden invoice of one line, payable like any other (Dr receivable, Cr opening); a credit becomes
 * credit of the customer (Dr opening, Cr customer credit). Nothing is sent. Answers what was added, in the order given.
 */
export async function openAccounts(scope: Scope, importId: string, currency: string, openings: readonly Opening[]): Promise<Omit<Thing, 'key'>[][]> {
  const things = openings.map((): Omit<Thing, 'key'>[] => []);
  const owed = openings.flatMap((opening, at) => (opening.owedMinor > 0n ? [{ ...opening, at, id: newId() }] : []));
  await importOpenings(scope, importId, owed);
  for (const { at, id, customerId } of owed) things[at]?.push({ kind: 'opening', id, customerId });
  const credits = openings.flatMap((opening, at) => (opening.creditMinor > 0n ? [{ ...opening, at, id: newId() }] : []));
  await postAll(
    scope,
    credits.map(({ id, customerId, creditMinor, asOf }) => ({
      actId: id,
      transfer: {
        kind: 'opening' as const,
        debit: 'opening' as const,
        credit: 'customer_credit' as const,
        amountMinor: creditMinor,
        currency,
        customerId,
        effectiveOn: asOf,
      },
    })),
  );
  for (const { at, id, customerId } of credits) things[at]?.push({ kind: 'credit', id, customerId });
  await recordEvents(
    scope,
    openings.map(({ customerId, asOf, owedMinor, creditMinor }) => ({
      kind: 'customer.account_opened',
      customerId,
      shown: false,
      data: { asOf, owedMinor, creditMinor, currency },
    })),
  );
  return things;
}
