import { type Address, addressLines } from '../../core/address.ts';
import { addDays, todayIn } from '../../core/calendar.ts';
import { earlyOffer } from '../../core/charges.ts';
import { shareInstallments } from '../../core/installments.ts';
import { settle } from '../../core/settlement.ts';
import type { Scope } from '../../db/scope.ts';
import type { InvoiceFacts, LineFact, PartFact } from '../../outgoing/invoice-facts.ts';
import { propertyTitle } from '../customers/property.ts';
import { depositsOf, planDeposits } from '../invoices/deposits/deposits.ts';
import { readDraft } from '../invoices/invoices.ts';
import { type DraftNames, selectDraftNames } from './queries.ts';

/** Stands where the number will be: a draft has none until it is issued. */
const noNumber = '…';

/** A draft as it would be read if it were issued today, from the totals of its last save; null when it is no draft. For previews and tests. */
export async function draftFacts(scope: Scope, documentId: string): Promise<InvoiceFacts | null> {
  const names = await selectDraftNames(scope, documentId);
  if (names === undefined) return null;
  const draft = await readDraft(scope, documentId);
  const { body, totals } = draft;
  const today = todayIn(names.time_zone, scope.now);
  const issuedOn = body.issuedOn ?? today;
  const { subtotalMinor, discountMinor, netMinor, taxMinor, totalMinor, taxes } = totals;
  const installments = shareInstallments(totalMinor, body.installments ?? []);
  const dueOn = body.installments?.at(-1)?.dueOn ?? body.dueOn ?? addDays(issuedOn, body.termsDays);
  const early = earlyOffer(body.earlyDiscount, totalMinor, issuedOn);
  const { deposits, depositMinor } = await depositsFor(scope, draft);
  return {
    business: businessOf(names),
    document: {
      ...{
        id: documentId,
        kind: 'invoice',
        number: noNumber,
        series: '',
        issuedOn,
        dueOn,
        language: body.language,
        currency: draft.currency,
        homeCurrency: names.currency,
      },
      ...{ purpose: body.purpose, about: body.about, lateFee: body.lateFee, early, deposits, installments },
      ...{ poNumber: body.poNumber || null, workOrderNumber: body.workOrderNumber || null, message: body.message || null, terms: body.terms || null },
      ...{ canceled: null, replacedBy: null, replaces: draft.replaces, attachments: [] },
    },
    billTo: { name: names.customer_name, company: names.company || null, addressLines: linesOf(names.billing_address) },
    parts: totals.parts.map((part) => partOf(part, names)),
    lines: linesFrom(body.lines, totals.lines, totals.parts.length === 1 && totals.parts[0]?.part === null, names),
    ...{ subtotalMinor, discountMinor, discount: body.discount, netMinor, taxes, taxMinor, totalMinor },
    ...{
      creditedMinor: depositMinor,
      depositMinor,
      paidMinor: 0n,
      processingMinor: 0n,
      pricesIncludeTax: body.pricesIncludeTax,
      taxExempt: names.tax_exempt,
      payments: [],
      credits: [],
    },
    standing: settle({
      ...untouched,
      state: 'issued',
      totalMinor,
      creditedMinor: depositMinor,
      installments,
      dueOn,
      today,
      earlyMinor: early?.saveMinor,
      earlyUntil: early?.untilOn,
    }),
  };
}

/** What would come off it by itself, or as chosen, if it were issued now. */
async function depositsFor(scope: Scope, { customerId, body, currency, totals }: Awaited<ReturnType<typeof readDraft>>) {
  const held = body.purpose === 'bill' ? await depositsOf(scope, customerId) : [];
  const deposits = planDeposits(new Map(held.map((deposit) => [deposit.id, deposit])), body, currency, totals.totalMinor);
  return { deposits, depositMinor: deposits.reduce((sum, { amountMinor }) => sum + amountMinor, 0n) };
}

const untouched = {
  ...{ creditedMinor: 0n, paidMinor: 0n, processingMinor: 0n, unknownMinor: 0n, announcedMinor: 0n, inQuestionMinor: 0n, heldBackMinor: 0n },
  ...{ canceled: false, replacedBy: null, closed: false, returnedSinceLastAct: false },
};

type DraftLines = Awaited<ReturnType<typeof readDraft>>['body']['lines'];
type Totals = Awaited<ReturnType<typeof readDraft>>['totals'];

function linesFrom(lines: DraftLines, sums: Totals['lines'], plain: boolean, names: DraftNames): LineFact[] {
  const rates = new Map(names.tax_rates.map((rate) => [rate.id, rate.name]));
  return lines.map((line, at) => {
    const { id, name, serviceOn, quantityMilli, unitPriceMilli, discount } = line;
    const sum = sums[at];
    return {
      ...{ id, name, serviceOn, quantityMilli, unitPriceMilli, discount, partId: plain ? null : partId(line.propertyId) },
      ...{ description: line.description || null, unit: line.unit || null },
      ...{ grossMinor: sum?.grossMinor ?? 0n, discountMinor: sum?.discountMinor ?? 0n, netMinor: sum?.netMinor ?? 0n },
      taxName: sum?.taxRateId ? (rates.get(sum.taxRateId) ?? null) : null,
    };
  });
}

/** A draft's parts have no id of their own yet: their property is one. */
function partId(propertyId: string | null): string {
  return propertyId ?? 'none';
}

function partOf({ part, subtotalMinor, discountMinor, taxMinor, totalMinor }: Totals['parts'][number], names: DraftNames): PartFact {
  const property = names.properties.find((each) => each.id === part);
  return {
    ...{ id: partId(part), propertyId: part, subtotalMinor, discountMinor, taxMinor, totalMinor },
    title: property ? propertyTitle(property) : '',
    address: property ? linesOf(property.address).join(', ') || null : null,
  };
}

function businessOf(names: DraftNames): InvoiceFacts['business'] {
  const some = (text: string): string | null => (text === '' ? null : text);
  return {
    ...{
      slug: names.slug,
      name: names.name,
      logo: names.logo_web,
      brandColor: names.brand_color,
      country: names.country,
      addressLines: linesOf(names.address),
    },
    ...{ phone: some(names.phone), email: some(names.email), licenseLine: some(names.license_line), website: some(names.website) },
    ...{ hours: some(names.hours), howToPay: some(names.how_to_pay), greeting: null },
  };
}

function linesOf(address: Partial<Address>): string[] {
  const { street = '', unit = '', city = '', region = '', postalCode = '', country = '' } = address;
  return addressLines({ street, unit, city, region, postalCode, country });
}
