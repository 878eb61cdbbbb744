import type { z } from '@hono/zod-openapi';
import type { EarlyDiscount, LateFee } from '../../core/charges.ts';
import { type IdKind, publicId } from '../../core/ids.ts';
import type { Discount, Totals } from '../../core/totals.ts';
import type { InvoiceDesk, Need } from '../../domain/desk/desk.ts';
import type { Draft, DraftBody, DraftLine, InvoiceView, ListedInvoice } from '../../domain/invoices/invoice.ts';
import type { InvoiceFacts } from '../../outgoing/invoice-facts.ts';
import { idOrNull, plain } from './present.ts';
import type { draft } from './schemas/drafts.ts';
import type { invoice, invoiceRow, totals } from './schemas/invoice.ts';

type Shown = z.input<typeof invoice>;
type Amounts = Readonly<{ subtotalMinor: bigint; discountMinor: bigint; netMinor: bigint; taxMinor: bigint; totalMinor: bigint }>;

export function presentRow(row: ListedInvoice, needs: readonly Need[]): z.input<typeof invoiceRow> {
  const { version, number, purpose, status, poNumber, listedOn, dueOn, currency, delivery, shown, openedAt, imported, standing } = row;
  return {
    id: publicId('invoice', row.id),
    ...{ version, number, purpose, status, poNumber, listedOn, dueOn, currency, delivery, shown, openedAt, imported },
    customer: { id: publicId('customer', row.customerId), name: row.customerName },
    totalMinor: plain(row.totalMinor),
    balanceMinor: plain(standing.balanceMinor),
    daysLate: standing.daysLate,
    daysLeft: standing.daysLeft,
    onItsWayMinor: plain(standing.onItsWayMinor),
    inQuestionMinor: plain(standing.inQuestionMinor),
    needs: [...needs],
  };
}

export type WhatItSays =
  | Readonly<{ draft: Draft; titles: ReadonlyMap<string, string>; view: null }>
  | Readonly<{ draft: null; view: Extract<InvoiceView, { whole: true }> }>;

/** An invoice or a draft, whole. */
export function presentInvoice(desk: InvoiceDesk, says: WhatItSays): Shown {
  const { number, language, currency, issuedOn, dueOn, createdAt, imported, shown, delivery, sentAt, lastMailedAt, openedAt, returned } = desk;
  return {
    id: publicId('invoice', desk.id),
    version: says.draft?.version ?? desk.version,
    status: desk.standing.status,
    ...{ number, language, currency, issuedOn, dueOn, createdAt, imported, shown, delivery, sentAt, lastMailedAt, openedAt, returned },
    customer: { ...desk.customer, id: publicId('customer', desk.customer.id) },
    updatedAt: desk.updated.at,
    updatedBy: desk.updated.by,
    standing: presentStanding(desk.standing),
    needs: [...desk.needs],
    acts: [...desk.acts],
    canceled: desk.canceledOn === null ? null : { on: desk.canceledOn, reason: desk.cancelReason },
    purpose: desk.purpose,
    about: presentRef(desk.about),
    lateFees: desk.lateFees.map((fee) => ({ ...fee, id: publicId('invoice', fee.id), amountMinor: plain(fee.amountMinor) })),
    nextFeeOn: desk.nextFeeOn,
    replacedBy: presentRef(desk.replacedBy),
    replaces: presentRef(desk.replaces),
    announced: desk.announced && { amountMinor: plain(desk.announced.amountMinor), expectedOn: desk.announced.expectedOn },
    draft: says.draft && presentDraft(says.draft.body),
    totals: says.draft && presentTotals(says.draft.totals, says.draft.currency, says.titles),
    paper: says.view && presentPaper(says.view.facts, desk),
    payments: desk.payments.map((payment) => ({
      ...payment,
      id: publicId('payment', payment.id),
      amountMinor: plain(payment.amountMinor),
    })) as Shown['payments'],
    attachments: desk.attachments.map((file) => ({ ...file, id: publicId('file', file.id) })),
  };
}

function presentRef(ref: InvoiceDesk['replaces']): Shown['replaces'] {
  return ref && { id: publicId('invoice', ref.id), number: ref.number ?? '' };
}

function presentStanding(of: InvoiceDesk['standing']): Shown['standing'] {
  return {
    totalMinor: plain(of.totalMinor),
    creditedMinor: plain(of.creditedMinor),
    discountedMinor: plain(of.discountedMinor),
    depositMinor: plain(of.depositMinor),
    paidMinor: plain(of.paidMinor),
    balanceMinor: plain(of.balanceMinor),
    dueNowMinor: plain(of.dueNowMinor),
    dueLaterMinor: plain(of.dueLaterMinor),
    onItsWayMinor: plain(of.onItsWayMinor),
    inQuestionMinor: plain(of.inQuestionMinor),
    heldBackMinor: plain(of.heldBackMinor),
    overdueMinor: plain(of.overdueMinor),
    payableMinor: plain(of.payableMinor),
    early: of.early && { payMinor: plain(of.early.payMinor), untilOn: of.early.untilOn, saveMinor: plain(of.early.saveMinor) },
    installments:
      of.installments?.map(({ dueOn, amountMinor, openMinor, state }) => ({ dueOn, amountMinor: plain(amountMinor), openMinor: plain(openMinor), state })) ??
      null,
    daysLate: of.daysLate,
    daysLeft: of.daysLeft,
  };
}

export function presentDiscount(of: Discount | null) {
  return of && presentShare(of);
}

function presentShare(of: Discount) {
  return of.kind === 'percent' ? { kind: of.kind, ratePpm: plain(of.ratePpm) } : { kind: of.kind, amountMinor: plain(of.amountMinor) };
}

export function presentLateFee(of: LateFee | null) {
  return of && { ...of, fee: presentShare(of.fee), capMinor: of.capMinor === null ? null : plain(of.capMinor) };
}

export function presentEarly(of: EarlyDiscount | null) {
  return of && { ratePpm: plain(of.ratePpm), days: of.days };
}

export function presentDraft(body: DraftBody): z.input<typeof draft> {
  const { language, issuedOn, dueOn, termsDays, poNumber, workOrderNumber, terms, message, internalNote, pricesIncludeTax } = body;
  return {
    customerId: publicId('customer', body.customerId),
    propertyId: idOrNull('property', body.propertyId),
    ...{ language, issuedOn, dueOn, termsDays, poNumber, workOrderNumber, terms, message, internalNote, pricesIncludeTax },
    discount: presentDiscount(body.discount),
    lines: body.lines.map(presentDraftLine),
    lateFee: presentLateFee(body.lateFee),
    earlyDiscount: presentEarly(body.earlyDiscount),
    installments: body.installments?.map(({ dueOn, amountMinor }) => ({ dueOn, amountMinor: amountMinor === null ? null : plain(amountMinor) })) ?? null,
    depositIds: body.depositIds === null ? null : body.depositIds.map((id) => publicId('invoice', id)),
    recipientIds: body.recipients.map((id) => publicId('person', id)),
  };
}

/** A line as it was typed, of any priced document. */
export function presentDraftLine({ name, description, serviceOn, unit, ...line }: DraftLine): z.input<typeof draft>['lines'][number] {
  return {
    id: publicId('line', line.id),
    itemId: idOrNull('item', line.itemId),
    propertyId: idOrNull('property', line.propertyId),
    ...{ name, description, serviceOn, unit },
    quantityMilli: plain(line.quantityMilli),
    unitPriceMilli: plain(line.unitPriceMilli),
    discount: presentDiscount(line.discount),
    taxRateId: idOrNull('taxRate', line.taxRateId),
    taxFrom: line.taxFrom ?? 'line',
  };
}

export const amounts = (of: Amounts) => ({
  subtotalMinor: plain(of.subtotalMinor),
  discountMinor: plain(of.discountMinor),
  netMinor: plain(of.netMinor),
  taxMinor: plain(of.taxMinor),
  totalMinor: plain(of.totalMinor),
});

/** What a draft comes to. `titles`: how its properties are called. */
export function presentTotals(of: Totals, currency: string, titles: ReadonlyMap<string, string>): z.input<typeof totals> {
  return {
    currency,
    ...amounts(of),
    lines: of.lines.map(({ id, grossMinor, discountMinor, netMinor }) => ({
      id: publicId('line', id),
      ...{ grossMinor: plain(grossMinor), discountMinor: plain(discountMinor), netMinor: plain(netMinor) },
    })),
    taxes: of.taxes.map(({ rateId, name, ratePpm, taxableMinor, taxMinor }) => ({
      taxRateId: publicId('taxRate', rateId),
      ...{ name, ratePpm: plain(ratePpm), taxableMinor: plain(taxableMinor), taxMinor: plain(taxMinor) },
    })),
    parts: of.parts.map((part) => ({ propertyId: idOrNull('property', part.part), title: titles.get(part.part ?? '') ?? '', ...amounts(part) })),
  };
}

function presentPaper(facts: InvoiceFacts, desk: InvoiceDesk): NonNullable<Shown['paper']> {
  const { document, billTo, pricesIncludeTax, taxExempt } = facts;
  return {
    billTo: { ...billTo, addressLines: [...billTo.addressLines] },
    ...amounts(facts),
    discount: presentDiscount(facts.discount),
    ...{ pricesIncludeTax, taxExempt },
    parts: facts.parts.map(({ id, propertyId, title, address, ...sums }) => ({
      id: publicId('part', id),
      propertyId: idOrNull('property', propertyId),
      ...{ title, address },
      ...amounts({ ...sums, netMinor: BigInt(desk.partNets[id] ?? 0) }),
    })),
    lines: facts.lines.map((line) => presentLine(line, desk.lineItems[line.id] ?? null)),
    taxes: facts.taxes.map(({ name, ratePpm, taxableMinor, taxMinor, components }) => ({
      ...{ name, ratePpm: plain(ratePpm), taxableMinor: plain(taxableMinor), taxMinor: plain(taxMinor) },
      components: components.map((each) => ({ name: each.name, ratePpm: plain(each.ratePpm), taxMinor: plain(each.taxMinor) })),
    })),
    ...{ poNumber: document.poNumber ?? '', workOrderNumber: document.workOrderNumber ?? '', terms: document.terms ?? '', message: document.message ?? '' },
    internalNote: desk.internalNote,
    installments: (document.installments ?? []).map((row) => ({ ...row, amountMinor: plain(row.amountMinor) })),
    lateFee: presentLateFee(document.lateFee ?? null),
    early: document.early ? { ...document.early, ratePpm: plain(document.early.ratePpm), saveMinor: plain(document.early.saveMinor) } : null,
    deposits: (document.deposits ?? []).map((each) => ({ id: publicId('invoice', each.id), number: each.number, amountMinor: plain(each.amountMinor) })),
  };
}

export function presentLine(line: InvoiceFacts['lines'][number], itemId: string | null): NonNullable<Shown['paper']>['lines'][number] {
  const { name, serviceOn, taxName } = line;
  const refOf = (kind: IdKind, id: string | null): string | null => idOrNull(kind, id);
  return {
    id: publicId('line', line.id),
    partId: refOf('part', line.partId),
    itemId: refOf('item', itemId),
    ...{ name, serviceOn, taxName },
    description: line.description ?? '',
    unit: line.unit ?? '',
    quantityMilli: plain(line.quantityMilli),
    unitPriceMilli: plain(line.unitPriceMilli),
    discount: presentDiscount(line.discount),
    grossMinor: plain(line.grossMinor),
    discountMinor: plain(line.discountMinor),
    netMinor: plain(line.netMinor),
  };
}
