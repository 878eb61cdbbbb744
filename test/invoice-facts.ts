import { addDays } from '../src/core/calendar.ts';
import type { Locale } from '../src/core/locale.ts';
import { settle } from '../src/core/settlement.ts';
import { addUp, type Discount, type TaxRate } from '../src/core/totals.ts';
import type { BusinessFact, DocumentFact, InvoiceFacts, LineFact } from '../src/outgoing/invoice-facts.ts';

export const otter: BusinessFact = {
  slug: 'paper-otter',
  name: 'Paper Otter Plumbing (demo)',
  logo: null,
  brandColor: '#0f766e',
  phone: '(512) 555-0100',
  email: 'office@example.com',
  addressLines: ['12 Creek Road', 'Sampleton, TX 00000'],
  country: 'US',
  licenseLine: 'TX Master Plumber M-00000',
  website: 'otter.example.com',
  hours: 'Mon–Fri 7 am – 6 pm',
  howToPay: 'Check payable to Paper Otter Plumbing (demo), mailed to the address above.',
  greeting: null,
};

export const salesTax: TaxRate = {
  id: 'tx',
  name: 'Sales tax',
  components: [
    { name: 'State', ratePpm: 62_500n },
    { name: 'City', ratePpm: 20_000n },
  ],
};

export type LineInput = {
  name: string;
  part?: string | null;
  description?: string | null;
  serviceOn?: string | null;
  quantityMilli?: bigint;
  unit?: string | null;
  unitPriceMilli: bigint;
  discount?: Discount | null;
  taxRateId?: string | null;
};

export type FactsInput = {
  lines: readonly LineInput[];
  parts?: readonly { id: string; title: string; address?: string | null; propertyId?: string | null }[];
  taxRates?: readonly TaxRate[];
  discount?: Discount | null;
  pricesIncludeTax?: boolean;
  taxExempt?: boolean;
  currency?: string;
  language?: Locale;
  business?: Partial<BusinessFact>;
  document?: Partial<DocumentFact>;
  billTo?: InvoiceFacts['billTo'];
};

/** Facts of an issued, unpaid invoice whose figures the core added up. */
export function invoiceFacts(input: FactsInput): InvoiceFacts {
  const currency = input.currency ?? 'USD';
  const lines = input.lines.map((line, at) => ({ quantityMilli: 1000n, discount: null, taxRateId: null, ...line, part: line.part ?? null, id: `line-${at}` }));
  const rates = input.taxRates ?? [salesTax];
  const priced = { currency, pricesIncludeTax: input.pricesIncludeTax ?? false, taxExempt: input.taxExempt ?? false, discount: input.discount ?? null };
  const totals = addUp({ ...priced, lines, taxRates: rates });
  const sums = new Map(totals.lines.map((line) => [line.id, line]));
  return {
    business: { ...otter, ...input.business },
    document: documentOf(input, currency),
    billTo: input.billTo ?? { name: 'Rosa Quill', company: null, addressLines: ['8 Heron Lane', 'Sampleton, TX 00000'] },
    parts: totals.parts.map((part) => {
      const known = input.parts?.find((one) => one.id === part.part);
      return {
        id: part.part ?? 'whole',
        propertyId: known ? (known.propertyId === undefined ? known.id : known.propertyId) : null,
        title: known?.title ?? '',
        address: known?.address ?? null,
        subtotalMinor: part.subtotalMinor,
        discountMinor: part.discountMinor,
        taxMinor: part.taxMinor,
        totalMinor: part.totalMinor,
      };
    }),
    lines: lines.map((line): LineFact => {
      const sum = sums.get(line.id);
      if (!sum) throw new Error('a line without a sum');
      const { grossMinor, discountMinor, netMinor } = sum;
      const taxName = rates.find((rate) => rate.id === line.taxRateId)?.name ?? null;
      const { id, name, quantityMilli, unitPriceMilli, discount } = line;
      const told = { description: line.description ?? null, serviceOn: line.serviceOn ?? null, unit: line.unit ?? null };
      return { id, name, quantityMilli, unitPriceMilli, discount, ...told, partId: line.part ?? 'whole', grossMinor, discountMinor, netMinor, taxName };
    }),
    subtotalMinor: totals.subtotalMinor,
    discountMinor: totals.discountMinor,
    discount: priced.discount,
    netMinor: totals.netMinor,
    taxes: totals.taxes,
    taxMinor: totals.taxMinor,
    totalMinor: totals.totalMinor,
    creditedMinor: 0n,
    paidMinor: 0n,
    processingMinor: 0n,
    pricesIncludeTax: priced.pricesIncludeTax,
    taxExempt: priced.taxExempt,
    payments: [],
    credits: [],
    standing: standingOf(totals.totalMinor),
  };
}

function documentOf(input: FactsInput, currency: string): DocumentFact {
  return {
    id: '019ab000-0000-7000-8000-000000001042',
    kind: 'invoice',
    number: '1042',
    series: '',
    issuedOn: '2026-11-20',
    dueOn: '2026-12-04',
    language: input.language ?? 'en',
    currency,
    homeCurrency: currency,
    poNumber: null,
    workOrderNumber: null,
    message: null,
    terms: null,
    canceled: null,
    replacedBy: null,
    replaces: null,
    attachments: [],
    ...input.document,
  };
}

function standingOf(totalMinor: bigint) {
  const none = { creditedMinor: 0n, paidMinor: 0n, processingMinor: 0n, unknownMinor: 0n, announcedMinor: 0n, inQuestionMinor: 0n, heldBackMinor: 0n };
  const flags = { canceled: false, replacedBy: null, closed: false, returnedSinceLastAct: false };
  return settle({ state: 'issued', totalMinor, ...none, dueOn: '2026-12-04', today: addDays('2026-12-04', -5), ...flags });
}
