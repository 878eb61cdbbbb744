import { type Address, addressLines } from '../../../core/address.ts';
import { todayIn } from '../../../core/calendar.ts';
import { isLocale, type Locale } from '../../../core/locale.ts';
import { Refusal } from '../../../core/refusal.ts';
import { type SettlementFacts, type Standing, settle } from '../../../core/settlement.ts';
import { firstText } from '../../../db/compile.ts';
import type { Compiled } from '../../../db/read.ts';
import type { Scope } from '../../../db/scope.ts';
import type { BillToFact, BusinessFact, DocumentFact, DocumentHead, LineFact, PartFact, PaymentFact } from '../../../outgoing/invoice-facts.ts';
import type { Change, InvoiceView, PartFigures } from '../invoice.ts';
import { parseStored } from '../stored.ts';
import type { BusinessJson, FactsJson, PartJson, PlainJson, StandingJson } from './facts-json.ts';
import { factsQuery, plainFactsQuery } from './queries.ts';

/** The facts of one invoice, as a query of its own or within a scope. */
export const compiledFacts = {
  query: (business: string, document: string): Compiled => ({ ...plainFactsQuery({ business, document }), otherwise: factsQuery({ business, document }) }),
  read: (scope: Scope, document: string): Promise<string | null> => firstText(scope, factsQuery({ business: scope.business, document })),
};

/** What the query's text says: the whole invoice, or parts of it. The only thing computed is where it stands today. */
export function viewOf(json: string | null): InvoiceView {
  if (json === null) throw new Refusal('not_found');
  const stored = parseStored<FactsJson | PlainJson>(json);
  const found = 'frozen' in stored ? unfrozen(stored) : stored;
  const today = todayIn(found.business.timeZone, found.now);
  const { invoice, document, totals, standing } = found;
  const figures = found.parts.map(figuresOf);
  const first = found.parts[0];
  if (!first) throw new Refusal('not_found');
  if (!invoice || !document || !totals || !standing) {
    return {
      whole: false,
      facts: { ...partsHead(found, first), parts: found.parts.map(partOf), lines: linesOf(found) },
      parts: figures,
      changes: null,
      today,
      version: 0,
    };
  }
  const { currency, pricesIncludeTax, taxExempt, discount, subtotalMinor, discountMinor, netMinor, taxMinor, totalMinor } = totals;
  const facts = {
    ...wholeHead(found, invoice, document, currency),
    parts: found.parts.map(partOf),
    lines: linesOf(found),
    taxes: found.taxes,
    ...{ pricesIncludeTax, taxExempt, discount, subtotalMinor, discountMinor, netMinor, taxMinor, totalMinor },
    payments: paymentsOf(found),
    credits: [],
    ...{ creditedMinor: standing.creditedMinor, discountedMinor: standing.discountedMinor ?? 0n, depositMinor: standing.depositMinor ?? 0n },
    ...{ paidMinor: standing.paidMinor, processingMinor: standing.processingMinor },
    standing: standingOf(standing, invoice.dueOn, today),
  };
  return { whole: true, facts, parts: figures, changes: changesOf(found.replaced), today, version: standing.version };
}

/** A plain invoice as the whole query tells it: its one part stands where it stands itself. */
function unfrozen({ now, business, standing, balanceMinor, payments, frozen }: PlainJson): FactsJson {
  const { language, parts, ...kept } = frozen;
  const figures = { paidMinor: standing.paidMinor, processingMinor: standing.processingMinor + standing.unknownMinor, balanceMinor };
  return {
    ...{ now, business, standing, payments, ...kept },
    document: { language, canceledAt: null, reason: '', replaces: null, replacedBy: null },
    customer: null,
    parts: parts.map((part) => ({ ...part, ...figures })),
    announced: [],
    replaced: null,
  };
}

/** Where an invoice stands on a day, from its stored standing. */
export function standingOf(row: StandingJson, dueOn: string | null, today: string, state: SettlementFacts['state'] = 'issued'): Standing {
  const { canceledAt, closedAt, returned, ...amounts } = row;
  return settle({ ...amounts, state, dueOn, today, canceled: canceledAt !== null, closed: closedAt !== null, returnedSinceLastAct: returned });
}

type Whole<T> = NonNullable<T>;

function wholeHead(found: FactsJson, invoice: Whole<FactsJson['invoice']>, document: Whole<FactsJson['document']>, currency: string): DocumentHead {
  const { business, standing } = found;
  const { seller } = invoice;
  const replaces = found.replaced?.replaces ?? null;
  const language = localeOf(document.language);
  return {
    business: businessOf(business, seller, language),
    document: {
      ...{
        id: found.parts[0]?.documentId ?? '',
        kind: 'invoice',
        number: invoice.number,
        series: invoice.series,
        issuedOn: invoice.issuedOn,
        dueOn: invoice.dueOn,
      },
      purpose: invoice.purpose ?? 'bill',
      ...{ about: invoice.about ?? null, lateFee: invoice.lateFee ?? null, early: invoice.early ?? null, deposits: invoice.deposits ?? [] },
      installments: invoice.installments ?? null,
      heldBackMinor: invoice.heldBackMinor ?? 0n,
      language,
      currency,
      homeCurrency: business.currency,
      poNumber: some(invoice.poNumber),
      workOrderNumber: some(invoice.workOrderNumber),
      message: some(invoice.message),
      terms: some(invoice.terms),
      canceled: document.canceledAt === null ? null : { on: todayIn(business.timeZone, document.canceledAt), reason: some(document.reason) },
      replacedBy: document.replacedBy === null ? null : { id: document.replacedBy, number: standing?.replacedBy ?? '' },
      replaces: document.replaces === null ? null : { id: document.replaces, number: replaces?.number ?? '' },
      attachments: found.attachments,
    } satisfies DocumentFact,
    billTo: billToOf(invoice.billTo),
  };
}

/** For a person of some properties: what their parts carry themselves, and the customer they act for. */
function partsHead(found: FactsJson, first: PartJson): DocumentHead {
  const { business, customer } = found;
  const language = localeOf(customer?.language ?? 'en');
  const nothing = { poNumber: null, workOrderNumber: null, message: null, terms: null, canceled: null, replacedBy: null, replaces: null, attachments: [] };
  const days = { issuedOn: first.issuedOn, dueOn: first.dueOn };
  return {
    business: businessOf(business, business, language),
    document: {
      id: first.documentId,
      kind: 'invoice',
      number: first.number,
      series: '',
      ...days,
      language,
      currency: first.currency,
      homeCurrency: business.currency,
      ...nothing,
    },
    billTo: billToOf(customer ?? { name: '', company: '', address: {} }),
  };
}

/** Name, address and license as they were on the invoice; look, hours and ways to pay as they are today. */
export function businessOf(
  business: BusinessJson,
  seller: Pick<BusinessJson, 'name' | 'phone' | 'email' | 'website' | 'address' | 'country' | 'licenseLine'>,
  language: Locale,
): BusinessFact {
  return {
    slug: business.slug,
    name: seller.name,
    logo: business.logo,
    brandColor: business.brandColor,
    phone: some(seller.phone),
    email: some(seller.email),
    addressLines: linesOfAddress(seller.address),
    country: seller.country,
    licenseLine: some(seller.licenseLine),
    website: some(seller.website),
    hours: some(business.hours),
    howToPay: some(business.howToPay),
    greeting: some(business.greeting[language] ?? ''),
  };
}

export function billToOf(billTo: { name: string; company: string; address: Partial<Address> }): BillToFact {
  return { name: billTo.name, company: some(billTo.company), addressLines: linesOfAddress(billTo.address) };
}

export function partOf(part: PartJson): PartFact {
  const { id, propertyId, title, subtotalMinor, discountMinor, taxMinor, totalMinor } = part;
  return { id, propertyId, title, address: some(linesOfAddress(part.address).join(', ')), subtotalMinor, discountMinor, taxMinor, totalMinor };
}

function figuresOf({ id, totalMinor, paidMinor, processingMinor, balanceMinor }: PartJson): PartFigures {
  return { id, totalMinor, paidMinor, processingMinor, balanceMinor, openMinor: balanceMinor - processingMinor };
}

/** An invoice with one part that is tied to no property has no sections to speak of. */
function linesOf(found: FactsJson): LineFact[] {
  const plain = found.parts.length === 1 && found.parts[0]?.propertyId === null;
  return found.lines.map((line) => ({
    ...line,
    partId: plain ? null : line.partId,
    description: some(line.description),
    unit: some(line.unit),
    taxName: some(line.taxName),
  }));
}

function paymentsOf(found: FactsJson): PaymentFact[] {
  return [...found.payments, ...found.announced.map((each) => ({ ...each, state: 'announced' as const, receiptNumber: null }))];
}

function changesOf(replaced: FactsJson['replaced']): readonly Change[] | null {
  return replaced?.changes ?? null;
}

function linesOfAddress(address: Partial<Address>): string[] {
  const { street = '', unit = '', city = '', region = '', postalCode = '', country = '' } = address;
  return addressLines({ street, unit, city, region, postalCode, country });
}

export function some(text: string | null): string | null {
  return text === null || text === '' ? null : text;
}

export function localeOf(text: string): Locale {
  return isLocale(text) ? text : 'en';
}
