import { Refusal } from '../../../core/refusal.ts';
import { type SplitPart, splitLines } from '../../../core/split-lines.ts';
import { firstText } from '../../../db/compile.ts';
import type { Compiled } from '../../../db/read.ts';
import type { Scope } from '../../../db/scope.ts';
import { readCustomer } from '../../customers/customers.ts';
import { parseStored } from '../../invoices/stored.ts';
import { mustBeAllowed } from '../../people/rights.ts';
import { customerSplit, ownSplit } from './queries.ts';

/** Sections of bills one file holds. */
const mostParts = 2_000;

/** One line of a bill with where it is booked. Amounts in minor units of `currency`; of a credit note they are below zero. */
export type SplitRow = Readonly<{
  documentId: string;
  lineId: string;
  sort: 'invoice' | 'credit_note';
  number: string;
  issuedOn: string;
  dueOn: string;
  customerId: string;
  propertyId: string | null;
  /** How the section is called on the bill; '' for what is tied to no property. */
  property: string;
  code: string;
  costCode: string;
  poNumber: string;
  workOrderNumber: string;
  serviceOn: string | null;
  name: string;
  description: string;
  quantityMilli: bigint;
  unit: string;
  unitPriceMilli: bigint;
  currency: string;
  netMinor: bigint;
  taxMinor: bigint;
  totalMinor: bigint;
}>;

/** A bill of the answer: whether it covers several properties, and whether the reader sees all of it. */
export type SplitPaper = Readonly<{ documentId: string; number: string; whole: boolean; customerId: string; properties: readonly (string | null)[] }>;
export type Split = Readonly<{ rows: readonly SplitRow[]; papers: readonly SplitPaper[] }>;

/** A month as 2026-11, or one bill. */
export type SplitChoice = Readonly<{ month: string } | { documentId: string }>;

type PartJson = SplitPart &
  Pick<
    SplitRow,
    'documentId' | 'number' | 'issuedOn' | 'dueOn' | 'currency' | 'customerId' | 'propertyId' | 'code' | 'costCode' | 'poNumber' | 'workOrderNumber'
  > &
  Readonly<{
    title: string;
    credit: boolean;
    whole: boolean;
    lines: readonly (Pick<SplitRow, 'name' | 'description' | 'serviceOn' | 'quantityMilli' | 'unit' | 'unitPriceMilli' | 'netMinor'> &
      Readonly<{ id: string; documentDiscountMinor: bigint; taxRateId: string | null }>)[];
  }>;

/** The lines of a month or bill as whoever is signed in may see them. Refuses `date_invalid` for what is no month. */
export function splitQueryOf(business: string, choice: SplitChoice): Compiled {
  return ownSplit({ ...valuesOf(choice), business, limit: mostParts + 1 });
}

/** The same of one customer, for the office. Refuses `not_found`. */
export async function readCustomerSplit(scope: Scope, customerId: string, choice: SplitChoice): Promise<Split> {
  await mustBeAllowed(scope, 'invoices:read');
  await readCustomer(scope, customerId);
  return splitOf(await firstText(scope, customerSplit({ ...valuesOf(choice), business: scope.business, customer: customerId, limit: mostParts + 1 })));
}

function valuesOf(choice: SplitChoice): Readonly<Record<'document' | 'from' | 'to', string | null>> {
  if ('documentId' in choice) return { document: choice.documentId, from: null, to: null };
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(choice.month)) throw new Refusal('date_invalid', { field: 'month' });
  const month = Temporal.PlainYearMonth.from(choice.month);
  return { document: null, from: month.toPlainDate({ day: 1 }).toString(), to: month.toPlainDate({ day: month.daysInMonth }).toString() };
}

/** Every line with its share of net, tax and total: they add up to the bills. Refuses `batch_too_large` beyond two thousand sections. */
export function splitOf(json: string | null): Split {
  const parts = parseStored<PartJson[]>(json ?? '[]');
  if (parts.length > mostParts) throw new Refusal('batch_too_large');
  const papers = new Map<string, SplitPaper>();
  for (const { documentId, number, whole, credit, customerId, propertyId } of parts) {
    if (credit) continue;
    const before = papers.get(documentId)?.properties ?? [];
    papers.set(documentId, { documentId, number, whole, customerId, properties: [...before, propertyId] });
  }
  return { rows: parts.flatMap(rowsOf), papers: [...papers.values()] };
}

function rowsOf(part: PartJson): SplitRow[] {
  const { documentId, number, issuedOn, dueOn, currency, customerId, propertyId, code, costCode, poNumber, workOrderNumber, title } = part;
  const sign = part.credit ? -1n : 1n;
  const head = {
    documentId,
    number,
    issuedOn,
    dueOn,
    customerId,
    propertyId,
    property: propertyId === null ? '' : title,
    code,
    costCode,
    poNumber,
    workOrderNumber,
  };
  const shares = splitLines(part, part.lines);
  return part.lines.map((line, at) => {
    const { netMinor = 0n, taxMinor = 0n, totalMinor = 0n } = shares[at] ?? {};
    const { id, name, description, serviceOn, quantityMilli, unit, unitPriceMilli } = line;
    return {
      ...head,
      sort: part.credit ? ('credit_note' as const) : ('invoice' as const),
      ...{ lineId: id, name, description, serviceOn, quantityMilli, unit, unitPriceMilli, currency },
      ...{ netMinor: sign * netMinor, taxMinor: sign * taxMinor, totalMinor: sign * totalMinor },
    };
  });
}
