import { todayIn } from '../../../core/calendar.ts';
import { type Creditable, type CreditChoice, creditDocument } from '../../../core/credit-note.ts';
import { textLimits } from '../../../core/limits.ts';
import { Refusal } from '../../../core/refusal.ts';
import { cleanLines } from '../../../core/text.ts';
import { addUp, type Discount, type Totals } from '../../../core/totals.ts';
import { newId } from '../../../db/fresh.ts';
import type { Scope } from '../../../db/scope.ts';
import { type NewEvent, recordEvents } from '../../events/events.ts';
import { refuseEnded } from '../../invoices/issue/cancel.ts';
import { post, type Transfer } from '../../ledger/ledger.ts';
import { creditInvoice, type LockedInvoice, lockInvoices, type Share } from '../../ledger/standings.ts';
import { mustBeAllowed } from '../../people/rights.ts';
import { selectHouse } from '../queries.ts';
import { freePaid } from './free.ts';
import { frozenNote } from './frozen.ts';
import { type CreditNote, type FrozenInvoice, insertNote, selectCreditedParts, selectFrozenInvoice, selectNextNote, selectNotes } from './queries.ts';

export type NewCreditNote = Readonly<{ id: string; documentId: string; choice: CreditChoice; reason: string }>;

/** What a credit note would come to: how much of it lowers what is owed, and how much was paid and becomes credit. */
export type CreditPreview = Readonly<{ totals: Totals; loweredMinor: bigint; freedMinor: bigint; leftMinor: bigint }>;

type Case = Readonly<{ invoice: LockedInvoice; frozen: FrozenInvoice; left: ReadonlyMap<string | null, bigint> }>;

/**
 * Takes back a part of an issued invoice, or all of it, at its own rates (rule 41). What is still owed is lowered first; what had been paid
 * becomes the customer's credit. The same id again is the same credit note. Refuses `credit_note_too_large` (all credit notes together are at
 * most the invoice), `payment_processing`, `already_canceled`, `already_closed`, `credit_not_deposit`, `credit_note_on_credit`, `reason_required`.
 */
export async function writeCreditNote(scope: Scope, input: NewCreditNote): Promise<CreditNote> {
  await mustBeAllowed(scope, 'invoices:write');
  const reason = cleanLines(input.reason, textLimits.reason, 'reason');
  if (reason === '') throw new Refusal('reason_required', { field: 'reason' });
  const found = await lockCase(scope, input.documentId);
  const [known] = await selectNotes(scope, { id: input.id });
  if (known !== undefined) {
    if (known.invoiceId !== input.documentId) throw new Refusal('id_taken', { field: 'id' });
    return known;
  }
  const { document, totals, taken } = price(found, input.choice);
  const { time_zone: zone } = await selectHouse(scope);
  const today = todayIn(zone, scope.now);
  const freed = await freePaid(scope, found.invoice, taken, today);
  const seq = await selectNextNote(scope);
  const naming = {
    id: input.id,
    number: `CN-${seq.toString().padStart(4, '0')}`,
    seq,
    issuedOn: today,
    reason,
    freedMinor: sumOf(freed),
    business: scope.business,
    by: scope.actor.name,
  };
  await insertNote(scope, frozenNote(found.frozen, input.documentId, document, totals, naming));
  await post(scope, newId(), transfersOf(found, totals, today));
  await creditInvoice(scope, 'note', taken);
  await recordEvents(scope, newsOf(found, totals, naming));
  const [note] = await selectNotes(scope, { id: input.id });
  if (note === undefined) throw new Error('a credit note that was written is there');
  return note;
}

/** The same without writing anything. */
export async function previewCreditNote(scope: Scope, input: Pick<NewCreditNote, 'documentId' | 'choice'>): Promise<CreditPreview> {
  await mustBeAllowed(scope, 'invoices:write');
  const found = await lockCase(scope, input.documentId);
  const { totals, taken } = price(found, input.choice);
  const freedMinor = taken.reduce((total, share) => total + shortOf(found.invoice, share), 0n);
  const leftMinor = [...found.left.values()].reduce((total, each) => total + (each > 0n ? each : 0n), 0n);
  return { totals, loweredMinor: totals.totalMinor - freedMinor, freedMinor, leftMinor };
}

/** What of a share is more than its part still owes: it was paid. */
export function shortOf(invoice: LockedInvoice, share: Share): bigint {
  const openMinor = invoice.parts.find(({ partId }) => partId === share.partId)?.openMinor ?? 0n;
  const short = share.amountMinor - (openMinor > 0n ? openMinor : 0n);
  return short > 0n ? short : 0n;
}

async function lockCase(scope: Scope, documentId: string): Promise<Case> {
  const [invoice] = await lockInvoices(scope, [documentId]);
  const frozen = invoice?.state === 'issued' ? await selectFrozenInvoice(scope, documentId) : null;
  if (!invoice) throw new Refusal('not_found');
  refuseEnded(invoice);
  if (frozen === null) throw new Refusal('not_issued');
  if (invoice.purpose === 'deposit') throw new Refusal('credit_not_deposit');
  if (invoice.writtenOffMinor > 0n) throw new Refusal('already_closed');
  if (invoice.processingMinor > 0n || invoice.unknownMinor > 0n) throw new Refusal('payment_processing');
  const credited = await selectCreditedParts(scope, documentId);
  return { invoice, frozen, left: new Map(frozen.parts.map((part) => [part.propertyId, part.totalMinor - (credited.get(part.id) ?? 0n)])) };
}

function price({ frozen, left, invoice }: Case, choice: CreditChoice) {
  const { from, ...document } = creditDocument(creditableOf(frozen, left), choice, newId);
  const totals = addUp(document);
  if (totals.totalMinor < 1n) throw new Refusal('nothing_to_credit');
  const taken = totals.parts.flatMap((part): Share[] => {
    const partId = frozen.parts.find(({ propertyId }) => propertyId === part.part)?.id;
    if (partId === undefined || part.totalMinor < 0n || part.totalMinor > (left.get(part.part) ?? 0n))
      throw new Refusal('credit_note_too_large', { leftMinor: left.get(part.part) ?? 0n });
    return part.totalMinor === 0n ? [] : [{ documentId: invoice.documentId, partId, amountMinor: part.totalMinor }];
  });
  return { document: { ...document, from }, totals, taken };
}

function creditableOf(frozen: FrozenInvoice, left: ReadonlyMap<string | null, bigint>): Creditable {
  const { currency, pricesIncludeTax, taxExempt } = frozen;
  return {
    ...{ currency, pricesIncludeTax, taxExempt, discount: discountOf(frozen.discount) },
    taxRates: frozen.taxes.map(({ rateId, name, components }) => ({
      id: rateId,
      name,
      components: components.map((each) => ({ name: each.name, ratePpm: BigInt(each.ratePpm) })),
    })),
    lines: frozen.lines.map((line) => ({
      ...{ ...line, part: line.propertyId, discount: discountOf(line.discount) },
      ...{ quantityMilli: BigInt(line.quantityMilli), unitPriceMilli: BigInt(line.unitPriceMilli) },
    })),
    parts: frozen.parts.map((part) => {
      const taxable = part.taxes.reduce((total, tax) => total + BigInt(tax.taxableMinor), 0n);
      const taxed = part.taxes.map((tax) => ({ rateId: tax.rateId, grossMinor: BigInt(tax.taxableMinor) + BigInt(tax.taxMinor) }));
      return { part: part.propertyId, leftMinor: left.get(part.propertyId) ?? 0n, byRate: [...taxed, { rateId: null, grossMinor: part.netMinor - taxable }] };
    }),
  };
}

function discountOf(stored: unknown): Discount | null {
  const discount = stored as { kind: 'percent'; ratePpm: number } | { kind: 'amount'; amountMinor: bigint } | null;
  if (discount === null) return null;
  return discount.kind === 'percent' ? { kind: 'percent', ratePpm: BigInt(discount.ratePpm) } : { kind: 'amount', amountMinor: BigInt(discount.amountMinor) };
}

/** Dr revenue and each tax, Cr receivable, part by part: what was billed, the other way. */
function transfersOf({ invoice, frozen }: Case, totals: Totals, effectiveOn: string): Transfer[] {
  return totals.parts.flatMap((part): Transfer[] => {
    const partId = frozen.parts.find(({ propertyId }) => propertyId === part.part)?.id ?? null;
    const common = { currency: totals.currency, customerId: invoice.customerId, documentId: invoice.documentId, partId, propertyId: part.part, effectiveOn };
    const net = lowered({ ...common, kind: 'credit_note' }, 'revenue', part.netMinor);
    return [...net, ...part.taxes.flatMap((tax) => lowered({ ...common, kind: 'credit_note_tax', taxRateId: tax.rateId }, 'tax_payable', tax.taxMinor))];
  });
}

function lowered(common: Omit<Transfer, 'debit' | 'credit' | 'amountMinor'>, from: 'revenue' | 'tax_payable', amountMinor: bigint): Transfer[] {
  if (amountMinor === 0n) return [];
  if (amountMinor < 0n) return [{ ...common, debit: 'receivable', credit: from, amountMinor: -amountMinor }];
  return [{ ...common, debit: from, credit: 'receivable', amountMinor }];
}

function newsOf(
  { invoice }: Case,
  totals: Totals,
  { id, number, reason, freedMinor }: { id: string; number: string; reason: string; freedMinor: bigint },
): NewEvent[] {
  const { documentId, customerId, propertyId, shown, currency } = invoice;
  const common = { documentId, customerId, propertyId, shown };
  const data = { number: invoice.number, creditNoteId: id, creditNumber: number, amountMinor: totals.totalMinor, freedMinor, currency, reason };
  const paid = invoice.balanceMinor > 0n && invoice.balanceMinor === totals.totalMinor - freedMinor;
  const settled: NewEvent[] = paid ? [{ ...common, kind: 'invoice.paid', data: { number: invoice.number, totalMinor: invoice.totalMinor, currency } }] : [];
  return [{ ...common, kind: 'invoice.credited', data }, ...settled];
}

const sumOf = (shares: readonly Share[]): bigint => shares.reduce((total, share) => total + share.amountMinor, 0n);
