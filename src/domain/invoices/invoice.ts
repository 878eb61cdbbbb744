import type { EarlyDiscount, LateFee } from '../../core/charges.ts';
import type { PlannedInstallment } from '../../core/installments.ts';
import type { Locale } from '../../core/locale.ts';
import type { InvoiceStatus, Standing } from '../../core/settlement.ts';
import type { Discount, Totals } from '../../core/totals.ts';
import type { InvoiceFacts, PartsFacts } from '../../outgoing/invoice-facts.ts';

/** What an invoice is for: work, a fee for paying a bill late, or money asked for ahead. */
export const purposes = ['bill', 'late_fee', 'deposit'] as const;
export type Purpose = (typeof purposes)[number];

/** Why a line has its rate: chosen on the line, or what is usual for its property, its item or the business. */
export const taxSources = ['line', 'property', 'item', 'business'] as const;
export type TaxSource = (typeof taxSources)[number];

/** A line as the office writes it. Quantity and unit price in thousandths, the price of a minor unit. */
export type DraftLine = Readonly<{
  id: string;
  propertyId: string | null;
  itemId: string | null;
  name: string;
  description: string;
  serviceOn: string | null;
  quantityMilli: bigint;
  unit: string;
  unitPriceMilli: bigint;
  discount: Discount | null;
  taxRateId: string | null;
  /** Where the rate comes from; what is not of the line follows when the draft is saved again. */
  taxFrom: TaxSource;
}>;

/** What a draft says. Lines stand in the order of their sections: all lines of one property follow each other. */
export type DraftBody = Readonly<{
  customerId: string;
  /** The property of the whole document; lines without one of their own belong to it. */
  propertyId: string | null;
  lines: readonly DraftLine[];
  discount: Discount | null;
  pricesIncludeTax: boolean;
  poNumber: string;
  workOrderNumber: string;
  /** Null: the day it is issued. */
  issuedOn: string | null;
  /** Days after issue, unless `dueOn` says the day itself. */
  termsDays: number;
  dueOn: string | null;
  terms: string;
  message: string;
  internalNote: string;
  /** What is agreed for paying late and early; null: nothing. Bills only. */
  lateFee: LateFee | null;
  earlyDiscount: EarlyDiscount | null;
  /** Deposits to apply when it is issued; null: the one that is meant, where only one can be. */
  depositIds: readonly string[] | null;
  /** What it is to be paid in, instead of a due day; null: as one. Bills only. */
  installments: readonly PlannedInstallment[] | null;
  purpose: Purpose;
  /** The bill a late fee is charged for. */
  about: Readonly<{ id: string; number: string }> | null;
  language: Locale;
  /** People it will be sent to. */
  recipients: readonly string[];
}>;

export type Draft = Readonly<{
  id: string;
  version: number;
  customerId: string;
  body: DraftBody;
  /** As added up at the last save. */
  totals: Totals;
  currency: string;
  /** The issued invoice this one will take the place of. */
  replaces: Readonly<{ id: string; number: string }> | null;
  createdAt: string;
  updatedAt: string;
  updatedBy: string;
}>;

/** Something to look at that stops nothing. */
export type Warning = 'po_number_missing' | 'no_recipients';

export type Issued = Readonly<{
  id: string;
  number: string;
  issuedOn: string;
  dueOn: string;
  totalMinor: bigint;
  currency: string;
  warnings: readonly Warning[];
}>;

/** One difference between an invoice and the one that took its place, in the order a reader meets them. */
export type Change =
  | Readonly<{ what: 'line_added' | 'line_removed'; name: string; amountMinor: bigint }>
  | Readonly<{ what: 'line_changed'; name: string; fromMinor: bigint; toMinor: bigint; fields: readonly string[] }>
  | Readonly<{ what: 'discount' | 'tax' | 'total'; fromMinor: bigint; toMinor: bigint }>
  | Readonly<{ what: 'due_on' | 'po_number' | 'work_order_number' | 'terms' | 'message'; from: string; to: string }>;

export type ListTab = 'needs_you' | 'draft' | 'scheduled' | 'unpaid' | 'overdue' | 'in_question' | 'paid' | 'all';
export type ListSort = 'newest' | 'oldest' | 'due';

export type ListFilter = Readonly<{
  tab: ListTab;
  customerId?: string | undefined;
  propertyId?: string | undefined;
  /** Number, customer, PO number, amount: every word must begin one of the invoice's words. */
  search?: string | undefined;
  /** First and last day, both included. */
  from?: string | undefined;
  to?: string | undefined;
  /** Only of customers whom no mail reaches. */
  byPost?: boolean | undefined;
  sort?: ListSort | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
}>;

export type ListedInvoice = Readonly<{
  id: string;
  number: string | null;
  customerId: string;
  customerName: string;
  propertyId: string | null;
  purpose: Purpose;
  poNumber: string;
  currency: string;
  listedOn: string;
  issuedOn: string | null;
  dueOn: string | null;
  totalMinor: bigint;
  paidMinor: bigint;
  shown: boolean;
  imported: boolean;
  sentAt: string | null;
  openedAt: string | null;
  delivery: 'none' | 'queued' | 'sent' | 'bounced';
  announcedMinor: bigint;
  version: number;
  standing: Standing;
  status: InvoiceStatus;
}>;

export type InvoicePage = Readonly<{ rows: readonly ListedInvoice[]; next: string | null }>;

/** Amounts in minor units of the business's currency, invoices of that currency only. */
export type ListTotals = Readonly<{
  currency: string;
  owedMinor: bigint;
  overdueMinor: bigint;
  comingMinor: bigint;
  onItsWayMinor: bigint;
  paidThisMonthMinor: bigint;
  openCount: number;
  overdueCount: number;
}>;

/** Invoices in each tab; counted up to 10,000. */
export type TabCounts = Readonly<Record<ListTab, number>>;

/** How one part of an invoice stands, for paying it alone. */
export type PartFigures = Readonly<{ id: string; totalMinor: bigint; paidMinor: bigint; processingMinor: bigint; balanceMinor: bigint; openMinor: bigint }>;

/** The whole invoice, or for a person of some of its properties only their parts (rule 29). */
export type InvoiceView =
  | Readonly<{ whole: true; facts: InvoiceFacts; parts: readonly PartFigures[]; changes: readonly Change[] | null; today: string; version: number }>
  | Readonly<{ whole: false; facts: PartsFacts; parts: readonly PartFigures[]; changes: null; today: string; version: number }>;

/** What an invoice says, for comparing it with the one that takes its place. */
export type Content = Readonly<{
  lines: readonly Readonly<{
    id: string;
    name: string;
    description: string;
    serviceOn: string | null;
    quantityMilli: bigint;
    unit: string;
    unitPriceMilli: bigint;
    discount: Discount | null;
    taxRateId: string | null;
    propertyId: string | null;
    netMinor: bigint;
  }>[];
  discountMinor: bigint;
  taxMinor: bigint;
  totalMinor: bigint;
  dueOn: string;
  poNumber: string;
  workOrderNumber: string;
  terms: string;
  message: string;
}>;

type ContentLine = Content['lines'][number];
const lineFields = ['name', 'description', 'serviceOn', 'quantityMilli', 'unit', 'unitPriceMilli', 'discount', 'taxRateId', 'propertyId'] as const;

/** What is different in `after`, line by line (known by its id, else by its name at its property), then the figures, then the words. */
export function whatChanged(before: Content, after: Content): Change[] {
  const left = new Map(before.lines.map((line) => [line.id, line]));
  const kept = new Set(after.lines.map(({ id }) => id));
  const alike = (line: ContentLine) => [...left.values()].find((old) => !kept.has(old.id) && old.name === line.name && old.propertyId === line.propertyId);
  const lines = after.lines.flatMap((line): Change[] => {
    const old = left.get(line.id) ?? alike(line);
    if (!old) return [{ what: 'line_added', name: nameOf(line), amountMinor: line.netMinor }];
    left.delete(old.id);
    const fields = lineFields.filter((field) => !same(old[field], line[field]));
    return fields.length === 0 ? [] : [{ what: 'line_changed', name: nameOf(line), fromMinor: old.netMinor, toMinor: line.netMinor, fields }];
  });
  const removed = [...left.values()].map((line): Change => ({ what: 'line_removed', name: nameOf(line), amountMinor: line.netMinor }));
  const figures = (['discount', 'tax', 'total'] as const).flatMap((what): Change[] => {
    const [fromMinor, toMinor] = [before[`${what}Minor`], after[`${what}Minor`]];
    return fromMinor === toMinor ? [] : [{ what, fromMinor, toMinor }];
  });
  const words = { due_on: 'dueOn', po_number: 'poNumber', work_order_number: 'workOrderNumber', terms: 'terms', message: 'message' } as const;
  const texts = Object.entries(words).flatMap(([what, field]): Change[] =>
    before[field] === after[field] ? [] : [{ what: what as keyof typeof words, from: before[field], to: after[field] }],
  );
  return [...lines, ...removed, ...figures, ...texts];
}

function nameOf(line: ContentLine): string {
  return line.name === '' ? (line.description.split('\n')[0] ?? '') : line.name;
}

function same(a: ContentLine[(typeof lineFields)[number]], b: ContentLine[(typeof lineFields)[number]]): boolean {
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return a === b;
  return a.kind === 'percent' ? b.kind === 'percent' && a.ratePpm === b.ratePpm : b.kind === 'amount' && a.amountMinor === b.amountMinor;
}
