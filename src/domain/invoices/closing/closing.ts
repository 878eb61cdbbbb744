import { todayIn } from '../../../core/calendar.ts';
import { textLimits } from '../../../core/limits.ts';
import { Refusal } from '../../../core/refusal.ts';
import { cleanLines } from '../../../core/text.ts';
import { newId } from '../../../db/fresh.ts';
import type { Scope } from '../../../db/scope.ts';
import { type NewEvent, recordEvent } from '../../events/events.ts';
import { post, type Transfer } from '../../ledger/ledger.ts';
import { giveUpOn, type LockedInvoice, lockInvoices, type Share, spreadOver, standingsNow } from '../../ledger/standings.ts';
import { mustBeAllowed } from '../../people/rights.ts';
import { contextOf } from '../drafts/drafts.ts';
import { refuseEnded } from '../issue/cancel.ts';

/**
 * Gives up what is left of a bill: Dr bad debt, Cr receivable of each part. The customer reads "Closed", is not reminded, and can still pay
 * it. Refuses `already_closed`, `nothing_to_pay`, `payment_processing` while money is on its way, `reason_required`, a deposit (`not_found`).
 */
export async function closeInvoice(scope: Scope, input: Readonly<{ documentId: string; reason: string }>): Promise<void> {
  await mustBeAllowed(scope, 'payments:write');
  const reason = cleanLines(input.reason, textLimits.reason, 'reason');
  if (reason === '') throw new Refusal('reason_required', { field: 'reason' });
  const invoice = await lockOne(scope, input.documentId);
  if (invoice.writtenOffMinor > 0n) throw new Refusal('already_closed');
  if (invoice.purpose === 'deposit') throw new Refusal('close_not_deposit');
  if (invoice.processingMinor > 0n || invoice.unknownMinor > 0n) throw new Refusal('payment_processing');
  if (invoice.balanceMinor <= 0n) throw new Refusal('nothing_to_pay');
  const shares = spreadOver(invoice.parts, invoice.balanceMinor).map((share) => ({ ...share, documentId: invoice.documentId }));
  await move(scope, invoice, shares, 1n);
  await recordEvent(scope, { ...about(invoice, invoice.balanceMinor), kind: 'invoice.closed', data: { ...facts(invoice, invoice.balanceMinor), reason } });
}

/** Takes the whole of it up again. Refuses `not_closed`. */
export async function reopenInvoice(scope: Scope, documentId: string): Promise<void> {
  await mustBeAllowed(scope, 'payments:write');
  const invoice = await lockOne(scope, documentId);
  if (invoice.writtenOffMinor === 0n) throw new Refusal('not_closed');
  await move(scope, invoice, givenUp(invoice, invoice.writtenOffMinor), -1n);
  await recordEvent(scope, about(invoice, invoice.writtenOffMinor));
}

/**
 * Before money goes on closed bills: as much as is paid is taken up again, and the rest stays closed. The bills are locked. Answers how they
 * stand now, and the events.
 */
export async function takeUpAgain(
  scope: Scope,
  invoices: readonly LockedInvoice[],
  wanted: readonly Wanted[],
): Promise<{ invoices: readonly LockedInvoice[]; events: NewEvent[] }> {
  const closed = invoices.filter((invoice) => invoice.writtenOffMinor > 0n && wanted.some(({ documentId }) => documentId === invoice.documentId));
  if (closed.length === 0) return { invoices, events: [] };
  const events: NewEvent[] = [];
  for (const invoice of closed) {
    const up = wantedOf(
      invoice,
      wanted.filter(({ documentId }) => documentId === invoice.documentId),
    );
    if (up.length === 0) continue;
    await move(scope, invoice, up, -1n);
    events.push(
      about(
        invoice,
        up.reduce((total, share) => total + share.amountMinor, 0n),
      ),
    );
  }
  const ids = invoices.map(({ documentId }) => documentId);
  return { invoices: await standingsNow(scope, ids), events };
}

/** Money for one bill, on a part of it or on the whole. */
export type Wanted = Readonly<{ documentId: string; amountMinor: bigint; partId?: string }>;

function wantedOf(invoice: LockedInvoice, wanted: readonly Wanted[]): Share[] {
  const onWhole = wanted.some(({ partId }) => partId === undefined);
  const wantedMinor = wanted.reduce((total, each) => total + each.amountMinor, 0n);
  if (onWhole) return givenUp(invoice, lesser(wantedMinor, invoice.writtenOffMinor));
  return invoice.parts.flatMap(({ partId, writtenOffMinor }) => {
    const asked = wanted.reduce((total, each) => total + (each.partId === partId ? each.amountMinor : 0n), 0n);
    const amountMinor = lesser(asked, writtenOffMinor);
    return amountMinor > 0n ? [{ documentId: invoice.documentId, partId, amountMinor }] : [];
  });
}

const lesser = (a: bigint, b: bigint): bigint => (a < b ? a : b);

async function lockOne(scope: Scope, documentId: string): Promise<LockedInvoice> {
  const [invoice] = await lockInvoices(scope, [documentId]);
  if (!invoice) throw new Refusal('not_found');
  refuseEnded(invoice);
  return invoice;
}

/** What was given up on each part, in proportion. */
function givenUp(invoice: LockedInvoice, amountMinor: bigint): Share[] {
  const parts = invoice.parts.map((part) => ({ ...part, openMinor: part.writtenOffMinor }));
  return spreadOver(parts, amountMinor).map((share) => ({ ...share, documentId: invoice.documentId }));
}

async function move(scope: Scope, invoice: LockedInvoice, shares: readonly Share[], sign: 1n | -1n): Promise<void> {
  const { business } = await contextOf(scope, []);
  const common = { currency: invoice.currency, customerId: invoice.customerId, effectiveOn: todayIn(business.timeZone, scope.now) };
  const [debit, credit] = sign === 1n ? (['bad_debt', 'receivable'] as const) : (['receivable', 'bad_debt'] as const);
  const propertyOf = (partId: string): string | null => invoice.parts.find((part) => part.partId === partId)?.propertyId ?? null;
  await post(
    scope,
    newId(),
    shares.map((share): Transfer => ({ ...common, ...share, propertyId: propertyOf(share.partId), kind: 'write_off', debit, credit })),
  );
  await giveUpOn(
    scope,
    shares.map((share) => ({ ...share, amountMinor: sign * share.amountMinor })),
  );
}

const facts = ({ number, currency }: LockedInvoice, amountMinor: bigint) => ({ number, amountMinor, currency });
const about = (invoice: LockedInvoice, amountMinor: bigint): NewEvent => {
  const { documentId, customerId, propertyId, shown } = invoice;
  return { kind: 'invoice.reopened', documentId, customerId, propertyId, shown, data: facts(invoice, amountMinor) };
};
