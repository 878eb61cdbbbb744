import type { Address } from '../../../core/address.ts';
import type { EarlyOffer, LateFee } from '../../../core/charges.ts';
import type { Installment } from '../../../core/installments.ts';
import type { SettlementFacts } from '../../../core/settlement.ts';
import type { Discount } from '../../../core/totals.ts';
import type { AttachmentFact, LineFact, PaymentFact, TaxFact } from '../../../outgoing/invoice-facts.ts';
import type { Change, Purpose } from '../invoice.ts';

/** What the facts query answers. A row the scope may not see is null. */
export type FactsJson = Readonly<{
  now: string;
  business: BusinessJson;
  document: Readonly<{ language: string; canceledAt: string | null; reason: string; replaces: string | null; replacedBy: string | null }> | null;
  invoice: Readonly<{
    series: string;
    number: string;
    issuedOn: string;
    dueOn: string;
    seller: Pick<BusinessJson, 'name' | 'phone' | 'email' | 'website' | 'address' | 'country' | 'licenseLine'>;
    billTo: PartyJson;
    poNumber: string;
    workOrderNumber: string;
    terms: string;
    message: string;
    /** Absent in what was issued before there were charges. */
    purpose?: Purpose;
    about?: { id: string; number: string } | null;
    lateFee?: LateFee | null;
    early?: EarlyOffer | null;
    deposits?: readonly { id: string; number: string; amountMinor: bigint }[];
    /** What it was to be paid in as issued. */
    installments?: readonly Installment[] | null;
    /** Of the total: held back as it was issued. */
    heldBackMinor?: bigint;
  }> | null;
  customer: (PartyJson & { language: string }) | null;
  totals: Readonly<{
    currency: string;
    pricesIncludeTax: boolean;
    taxExempt: boolean;
    discount: Discount | null;
    subtotalMinor: bigint;
    discountMinor: bigint;
    netMinor: bigint;
    taxMinor: bigint;
    totalMinor: bigint;
  }> | null;
  taxes: readonly TaxFact[];
  parts: readonly PartJson[];
  lines: readonly (Omit<LineFact, 'description' | 'unit' | 'taxName' | 'partId'> & { partId: string; description: string; unit: string; taxName: string })[];
  standing: StandingJson | null;
  payments: readonly PaymentFact[];
  announced: readonly Pick<PaymentFact, 'id' | 'day' | 'method' | 'amountMinor'>[];
  attachments: readonly AttachmentFact[];
  replaced: Readonly<{ replaces: { id: string; number: string }; changes: readonly Change[] }> | null;
}>;

/** What the query of a plain invoice answers: its frozen text and what became of it since. */
export type PlainJson = Readonly<{
  now: string;
  business: BusinessJson;
  standing: StandingJson;
  balanceMinor: bigint;
  payments: readonly PaymentFact[];
  frozen: Readonly<{
    language: string;
    invoice: NonNullable<FactsJson['invoice']>;
    totals: NonNullable<FactsJson['totals']>;
    taxes: FactsJson['taxes'];
    parts: readonly Omit<PartJson, 'paidMinor' | 'processingMinor' | 'balanceMinor'>[];
    lines: FactsJson['lines'];
    attachments: readonly AttachmentFact[];
  }>;
}>;

export type PartyJson = Readonly<{ name: string; company: string; address: Partial<Address> }>;

export type BusinessJson = Readonly<{
  slug: string;
  name: string;
  timeZone: string;
  currency: string;
  country: string;
  phone: string;
  email: string;
  website: string;
  address: Partial<Address>;
  hours: string;
  licenseLine: string;
  logo: string | null;
  brandColor: string;
  greeting: Readonly<Record<string, string>>;
  howToPay: string;
}>;

export type PartJson = Readonly<{
  id: string;
  documentId: string;
  propertyId: string | null;
  title: string;
  address: Partial<Address>;
  number: string;
  currency: string;
  issuedOn: string;
  dueOn: string;
  subtotalMinor: bigint;
  discountMinor: bigint;
  taxMinor: bigint;
  totalMinor: bigint;
  paidMinor: bigint;
  processingMinor: bigint;
  balanceMinor: bigint;
}>;

/** A stored standing, as `settle` needs it. */
export type StandingJson = Pick<
  SettlementFacts,
  | 'totalMinor'
  | 'creditedMinor'
  | 'paidMinor'
  | 'processingMinor'
  | 'unknownMinor'
  | 'announcedMinor'
  | 'announcedFor'
  | 'inQuestionMinor'
  | 'heldBackMinor'
  | 'installments'
  | 'startedOn'
  | 'earlyMinor'
  | 'earlyUntil'
> &
  Readonly<{
    discountedMinor?: bigint;
    depositMinor?: bigint;
    purpose?: Purpose;
    version: number;
    canceledAt: string | null;
    closedAt: string | null;
    replacedBy: string | null;
    returned: boolean;
  }>;
