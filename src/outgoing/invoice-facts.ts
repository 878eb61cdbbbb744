import type { EarlyOffer, LateFee } from '../core/charges.ts';
import type { Installment } from '../core/installments.ts';
import type { Locale } from '../core/locale.ts';
import type { Standing } from '../core/settlement.ts';
import type { Discount } from '../core/totals.ts';

/**
 * Everything the page, the PDF and the mail of one invoice show. The figures are those stored when the invoice was issued;
 * nobody who reads them adds anything up. Amounts are minor units of `document.currency`; days are 'YYYY-MM-DD'.
 */
export type InvoiceFacts = DocumentHead & {
  parts: readonly PartFact[];
  lines: readonly LineFact[];
  subtotalMinor: bigint;
  discountMinor: bigint;
  /** How the document discount was given; null when there is none. */
  discount: Discount | null;
  netMinor: bigint;
  taxes: readonly TaxFact[];
  taxMinor: bigint;
  totalMinor: bigint;
  /** Everything credited, as the standing keeps it: discounts for paying early, deposits applied, credit notes. */
  creditedMinor: bigint;
  /** Of credited: granted for paying early. */
  discountedMinor?: bigint;
  /** Of credited: deposits applied. */
  depositMinor?: bigint;
  /** Cleared money only, as the standing keeps it. */
  paidMinor: bigint;
  /** Started here, the bank is working. */
  processingMinor: bigint;
  pricesIncludeTax: boolean;
  taxExempt: boolean;
  payments: readonly PaymentFact[];
  credits: readonly CreditFact[];
  standing: Standing;
};

/** What a person with some of the properties may see of a spanning invoice: their sections only, no total, nothing of the others. */
export type PartsFacts = DocumentHead & { parts: readonly PartFact[]; lines: readonly LineFact[] };

export type DocumentHead = { business: BusinessFact; document: DocumentFact; billTo: BillToFact };

export type BusinessFact = {
  slug: string;
  name: string;
  /** SHA-256 (hex) of the logo made for pages; null = the name stands alone. */
  logo: string | null;
  /** '#rrggbb' as picked by the business; whoever draws it guarantees the contrast. */
  brandColor: string;
  phone: string | null;
  email: string | null;
  addressLines: readonly string[];
  /** ISO 3166-1 alpha-2; decides the paper: Letter in US and CA, A4 elsewhere. */
  country: string;
  /** Such as "TX Master Plumber M-12345". */
  licenseLine: string | null;
  website: string | null;
  hours: string | null;
  /** The last day on which a closing business can be looked at; on pages only. */
  closingOn?: string | null;
  /** The business's own words on paying without the portal; never in a mail. */
  howToPay: string | null;
  greeting: string | null;
};

export type DocumentFact = {
  id: string;
  kind: 'invoice' | 'credit_note';
  /** What it is for; absent: work. */
  purpose?: 'bill' | 'late_fee' | 'deposit';
  /** The invoice a late fee is charged for. */
  about?: DocumentRef | null;
  /** What was agreed for paying late and early. */
  lateFee?: LateFee | null;
  early?: EarlyOffer | null;
  /** Deposits taken off as it was issued. */
  deposits?: readonly (DocumentRef & { amountMinor: bigint })[];
  /** What it was to be paid in as it was issued; absent or none: as one. */
  installments?: readonly Installment[] | null;
  /** Of the total: held back as it was issued, until it is released; absent: nothing. */
  heldBackMinor?: bigint;
  number: string;
  series: string;
  issuedOn: string;
  dueOn: string;
  /** Language it was issued in; an issued invoice keeps it. */
  language: Locale;
  currency: string;
  /** Currency of the business; an amount in another one carries its ISO code. */
  homeCurrency: string;
  poNumber: string | null;
  workOrderNumber: string | null;
  message: string | null;
  terms: string | null;
  canceled: { on: string; reason: string | null } | null;
  replacedBy: DocumentRef | null;
  replaces: DocumentRef | null;
  attachments: readonly AttachmentFact[];
};

export type DocumentRef = { id: string; number: string };
export type AttachmentFact = { id: string; name: string; mediaType: string; bytes: number };
export type BillToFact = { name: string; company: string | null; addressLines: readonly string[] };

export type PartFact = {
  id: string;
  propertyId: string | null;
  /** Property name · code · unit. */
  title: string;
  address: string | null;
  subtotalMinor: bigint;
  discountMinor: bigint;
  taxMinor: bigint;
  totalMinor: bigint;
};

export type LineFact = {
  id: string;
  /** Null when the invoice has no sections. */
  partId: string | null;
  name: string;
  description: string | null;
  serviceOn: string | null;
  quantityMilli: bigint;
  unit: string | null;
  /** Thousandths of a minor unit. */
  unitPriceMilli: bigint;
  discount: Discount | null;
  grossMinor: bigint;
  discountMinor: bigint;
  netMinor: bigint;
  /** Null = not taxed. */
  taxName: string | null;
};

export type TaxFact = {
  name: string;
  ratePpm: bigint;
  taxableMinor: bigint;
  taxMinor: bigint;
  /** The rates a combined rate is made of (state, county); empty for a plain one. They sum to `taxMinor`. */
  components: readonly { name: string; ratePpm: bigint; taxMinor: bigint }[];
};

export type PaymentMethodWord = 'card' | 'bank' | 'check' | 'transfer' | 'cash' | 'other';
export type PaymentStateWord = 'initiated' | 'pending' | 'cleared' | 'failed' | 'unknown' | 'returned' | 'refunded' | 'disputed' | 'announced';

export type PaymentFact = {
  id: string;
  day: string;
  method: PaymentMethodWord;
  amountMinor: bigint;
  state: PaymentStateWord;
  receiptNumber: string | null;
};

export type CreditFact = { id: string; number: string; day: string; amountMinor: bigint };

/** Parses the page query's JSON text: fields named …Minor, …Milli and …Ppm become bigint, everything else stays as it is. */
export function parseFacts<T = InvoiceFacts>(json: string): T {
  return JSON.parse(json, (key, value: unknown) => (typeof value === 'number' && /(Minor|Milli|Ppm)$/.test(key) ? BigInt(value) : value)) as T;
}

/** The sections of the given parts and nothing else of the invoice. */
export function partsOf(facts: InvoiceFacts, partIds: readonly string[]): PartsFacts {
  const wanted = new Set(partIds);
  return {
    business: facts.business,
    document: facts.document,
    billTo: facts.billTo,
    parts: facts.parts.filter((part) => wanted.has(part.id)),
    lines: facts.lines.filter((line) => line.partId !== null && wanted.has(line.partId)),
  };
}
