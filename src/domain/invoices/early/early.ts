import { daysBetween } from '../../../core/calendar.ts';
import { splitBilled } from '../../../core/charges.ts';
import { newId } from '../../../db/fresh.ts';
import type { Scope } from '../../../db/scope.ts';
import type { NewEvent } from '../../events/events.ts';
import { post, type Transfer } from '../../ledger/ledger.ts';
import { creditInvoice, discountsOn, type LockedInvoice, spreadOver, standingsNow } from '../../ledger/standings.ts';
import { selectBilled, selectLastStart } from './queries.ts';

type When = Readonly<{ startedOn: string; today: string }>;

/**
 * Grants the discount for paying early on those of the invoices that a payment started in time has paid down to it: what is left is taken
 * back from revenue and taxes in proportion, and nothing is owed any more. Called once the payment stands on them, with the invoices as
 * they were locked. Answers the events.
 */
export async function grantEarly(scope: Scope, invoices: readonly LockedInvoice[], { startedOn, today }: When): Promise<NewEvent[]> {
  const offered = invoices.filter(({ earlyMinor, earlyUntil }) => earlyMinor > 0n && earlyUntil !== null && daysBetween(startedOn, earlyUntil) >= 0);
  if (offered.length === 0) return [];
  const events: NewEvent[] = [];
  for (const invoice of await standingsNow(
    scope,
    offered.map(({ documentId }) => documentId),
  )) {
    if (await earned(scope, invoice)) events.push(...(await grant(scope, invoice, today)));
  }
  return events;
}

/** Paid down to the discount by money that was all started in time, and nothing still on its way. */
async function earned(scope: Scope, invoice: LockedInvoice): Promise<boolean> {
  const { balanceMinor, earlyMinor, earlyUntil, paidMinor, processingMinor, unknownMinor, documentId } = invoice;
  if (balanceMinor <= 0n || balanceMinor > earlyMinor || paidMinor <= 0n || processingMinor > 0n || unknownMinor > 0n) return false;
  const last = await selectLastStart(scope, documentId);
  return last !== null && earlyUntil !== null && daysBetween(last, earlyUntil) >= 0;
}

async function grant(scope: Scope, invoice: LockedInvoice, today: string): Promise<NewEvent[]> {
  const { documentId, customerId, currency, balanceMinor: amountMinor, number } = invoice;
  const shares = spreadOver(invoice.parts, amountMinor).map((share) => ({ ...share, documentId }));
  const billed = new Map((await selectBilled(scope, documentId)).map((part) => [part.partId, part]));
  const transfers = shares.flatMap(({ partId, amountMinor: off }): Transfer[] => {
    const part = billed.get(partId) ?? { propertyId: null, netMinor: 1n, taxes: [] };
    const { netMinor, taxes } = splitBilled(off, part);
    const common = { currency, customerId, documentId, partId, propertyId: part.propertyId, effectiveOn: today };
    return [
      ...lowered(common, 'discount', 'revenue', netMinor, null),
      ...taxes.flatMap((tax) => lowered(common, 'discount_tax', 'tax_payable', tax.taxMinor, tax.rateId)),
    ];
  });
  await post(scope, newId(), transfers);
  await creditInvoice(scope, 'discount', shares);
  const common = { customerId, documentId, propertyId: invoice.propertyId, shown: true };
  return [
    { ...common, kind: 'invoice.discounted', data: { number, amountMinor, currency } },
    { ...common, kind: 'invoice.paid', data: { number, totalMinor: invoice.totalMinor, currency } },
  ];
}

type Common = Pick<Transfer, 'currency' | 'customerId' | 'documentId' | 'partId' | 'propertyId' | 'effectiveOn'>;

/** Lowers what is owed; an amount below zero raises it. */
function lowered(
  common: Common,
  kind: 'discount' | 'discount_tax',
  from: 'revenue' | 'tax_payable',
  amountMinor: bigint,
  taxRateId: string | null,
): Transfer[] {
  if (amountMinor === 0n) return [];
  if (amountMinor < 0n) return [{ ...common, kind, debit: 'receivable', credit: from, amountMinor: -amountMinor, taxRateId }];
  return [{ ...common, kind, debit: from, credit: 'receivable', amountMinor, taxRateId }];
}

/** Takes the discount back where a payment that earned it is taken back or returned: the whole is owed again. Answers the events. */
export async function takeBackEarly(scope: Scope, documentIds: readonly string[], today: string): Promise<NewEvent[]> {
  const events: NewEvent[] = [];
  const invoices = await standingsNow(scope, documentIds);
  for (const invoice of invoices.filter(({ discountedMinor }) => discountedMinor > 0n)) {
    const { documentId, customerId, currency, number, discountedMinor: amountMinor } = invoice;
    const granted = await discountsOn(scope, documentId);
    await post(
      scope,
      newId(),
      granted.flatMap(({ taxRateId, amountMinor: off, ...part }) => {
        const common = { currency, customerId, effectiveOn: today, ...part };
        return lowered(common, taxRateId === null ? 'discount' : 'discount_tax', taxRateId === null ? 'revenue' : 'tax_payable', -off, taxRateId);
      }),
    );
    const byPart = Map.groupBy(granted, ({ partId }) => partId);
    await creditInvoice(
      scope,
      'discount',
      [...byPart].map(([partId, rows]) => ({ documentId, partId, amountMinor: -rows.reduce((sum, row) => sum + row.amountMinor, 0n) })),
    );
    const common = { customerId, documentId, propertyId: invoice.propertyId, shown: true };
    events.push({ ...common, kind: 'invoice.discount_ended', data: { number, amountMinor, currency } });
  }
  return events;
}
