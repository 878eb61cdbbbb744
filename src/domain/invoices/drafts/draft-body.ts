import { daysBetween } from '../../../core/calendar.ts';
import type { EarlyDiscount, LateFee } from '../../../core/charges.ts';
import { limits, textLimits } from '../../../core/limits.ts';
import { isLocale, type Locale } from '../../../core/locale.ts';
import type { Discount } from '../../../core/totals.ts';
import { newId } from '../../../db/fresh.ts';
import { readEarlyDiscount, readLateFee } from '../charges/read-rules.ts';
import { readInstallments } from '../installments/read.ts';
import { type DraftBody, type DraftLine, type Purpose, purposes } from '../invoice.ts';
import { Reading } from './reading.ts';

/** A line whose tax may still follow the property, the item or the business. */
export type WrittenLine = Omit<DraftLine, 'taxRateId' | 'taxFrom'> & Readonly<{ taxRateId: string | null | undefined }>;

/** What was typed, checked field by field; what was left out is undefined and comes from elsewhere. */
export type Written = Readonly<{
  customerId: string;
  propertyId: string | null;
  sections: readonly (string | null)[];
  lines: readonly WrittenLine[];
  discount: Discount | null;
  pricesIncludeTax: boolean | undefined;
  poNumber: string;
  workOrderNumber: string;
  issuedOn: string | null;
  termsDays: number | undefined;
  dueOn: string | null;
  terms: string | undefined;
  message: string | undefined;
  internalNote: string;
  lateFee: LateFee | null | undefined;
  earlyDiscount: EarlyDiscount | null | undefined;
  depositIds: readonly string[] | null;
  installments: DraftBody['installments'];
  purpose: Purpose;
  about: DraftBody['about'];
  language: Locale | undefined;
  recipients: readonly string[];
}>;

const fields = [
  'customerId',
  'propertyId',
  'sections',
  'lines',
  'discount',
  'pricesIncludeTax',
  'poNumber',
  'workOrderNumber',
  'issuedOn',
  'termsDays',
  'dueOn',
  'terms',
  'message',
  'internalNote',
  'lateFee',
  'earlyDiscount',
  'depositIds',
  'installments',
  'purpose',
  'about',
  'language',
  'recipients',
];
const lineFields = [
  'id',
  'propertyId',
  'itemId',
  'name',
  'description',
  'serviceOn',
  'quantityMilli',
  'unit',
  'unitPriceMilli',
  'discount',
  'taxRateId',
  'taxFrom',
];

/** Checks a draft as it comes from outside. Refuses with every field at fault, named as the caller knows it: "lines[3].quantityMilli". */
export function readWritten(input: unknown): Written {
  const reading = new Reading();
  const body = reading.object(input, '', fields);
  const customerId = reading.id(body['customerId'], 'customerId');
  if (customerId === null) reading.add('customerId', 'required');
  const propertyId = reading.id(body['propertyId'], 'propertyId');
  const lines = reading
    .list(body['lines'], 'lines', limits.linesPerDocument, 'too_many_lines')
    .map((line, at) => readLine(reading, line, `lines[${at}]`, propertyId));
  refuseTwins(reading, lines);
  const written: Written = {
    customerId: customerId ?? '',
    propertyId,
    sections: reading.list(body['sections'], 'sections', limits.propertiesPerDocument + 1).map((id, at) => reading.id(id, `sections[${at}]`)),
    lines,
    discount: readDiscount(reading, body['discount'], 'discount'),
    pricesIncludeTax: reading.yes(body['pricesIncludeTax'], 'pricesIncludeTax'),
    poNumber: reading.text(body['poNumber'], 'poNumber', textLimits.poNumber),
    workOrderNumber: reading.text(body['workOrderNumber'], 'workOrderNumber', textLimits.poNumber),
    issuedOn: reading.day(body['issuedOn'], 'issuedOn'),
    termsDays: reading.whole(body['termsDays'], 'termsDays', 0, limits.dueDaysMax),
    dueOn: reading.day(body['dueOn'], 'dueOn'),
    terms: optional(body['terms'], (value) => reading.text(value, 'terms', textLimits.terms, 'lines')),
    message: optional(body['message'], (value) => reading.text(value, 'message', textLimits.message, 'lines')),
    internalNote: reading.text(body['internalNote'], 'internalNote', textLimits.internalNote, 'lines'),
    lateFee: readLateFee(reading, body['lateFee'], 'lateFee'),
    earlyDiscount: readEarlyDiscount(reading, body['earlyDiscount'], 'earlyDiscount'),
    depositIds: optional(body['depositIds'], (value) => readDeposits(reading, value)) ?? null,
    installments: readInstallments(reading, body['installments'], 'installments'),
    purpose: purposes.find((each) => each === body['purpose']) ?? 'bill',
    about: readAbout(reading, body['about']),
    language: readLanguage(reading, body['language']),
    recipients: readRecipients(reading, body['recipients']),
  };
  if (written.issuedOn !== null && written.dueOn !== null && daysBetween(written.issuedOn, written.dueOn) < 0) reading.add('dueOn', 'due_before_issue');
  if (new Set(lines.map((line) => line.propertyId)).size > limits.propertiesPerDocument) reading.add('lines', 'invalid_input');
  reading.end();
  return written;
}

function readLine(reading: Reading, value: unknown, field: string, documentProperty: string | null): WrittenLine {
  const line = reading.object(value, field, lineFields);
  const name = reading.text(line['name'], `${field}.name`, textLimits.title);
  const description = reading.text(line['description'], `${field}.description`, textLimits.lineDescription, 'lines');
  if (name === '' && description === '') reading.add(`${field}.name`, 'required');
  return {
    id: reading.id(line['id'], `${field}.id`) ?? newId(),
    propertyId: reading.id(line['propertyId'], `${field}.propertyId`) ?? documentProperty,
    itemId: reading.id(line['itemId'], `${field}.itemId`),
    name,
    description,
    serviceOn: reading.day(line['serviceOn'], `${field}.serviceOn`),
    quantityMilli: reading.amount(line['quantityMilli'], `${field}.quantityMilli`, 'quantity_invalid'),
    unit: reading.text(line['unit'], `${field}.unit`, textLimits.unit),
    unitPriceMilli: reading.amount(line['unitPriceMilli'], `${field}.unitPriceMilli`, 'amount_invalid'),
    discount: readDiscount(reading, line['discount'], `${field}.discount`),
    taxRateId: usualTax(line) ? undefined : reading.id(line['taxRateId'], `${field}.taxRateId`),
  };
}

/** A line that follows what is usual says so, or says nothing. */
function usualTax(line: Readonly<Record<string, unknown>>): boolean {
  return line['taxFrom'] === undefined ? line['taxRateId'] === undefined : line['taxFrom'] !== 'line';
}

function readDeposits(reading: Reading, value: unknown): string[] {
  const ids = reading.list(value, 'depositIds', 20).map((id, at) => reading.id(id, `depositIds[${at}]`));
  return [...new Set(ids.filter((id) => id !== null))];
}

function readAbout(reading: Reading, value: unknown): DraftBody['about'] {
  if (value === undefined || value === null) return null;
  const about = reading.object(value, 'about', ['id', 'number']);
  const id = reading.id(about['id'], 'about.id');
  return id === null ? null : { id, number: reading.text(about['number'], 'about.number', textLimits.number) };
}

export function readDiscount(reading: Reading, value: unknown, field: string): Discount | null {
  if (value === undefined || value === null) return null;
  const discount = reading.object(value, field, ['kind', 'ratePpm', 'amountMinor']);
  if (discount['kind'] === 'percent') return { kind: 'percent', ratePpm: reading.amount(discount['ratePpm'], `${field}.ratePpm`, 'rate_invalid') };
  if (discount['kind'] === 'amount') return { kind: 'amount', amountMinor: reading.amount(discount['amountMinor'], `${field}.amountMinor`, 'amount_invalid') };
  reading.add(`${field}.kind`, 'wrong_choice');
  return null;
}

function readLanguage(reading: Reading, value: unknown): Locale | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' && isLocale(value)) return value;
  reading.add('language', 'wrong_choice');
  return undefined;
}

function readRecipients(reading: Reading, value: unknown): string[] {
  const ids = reading.list(value, 'recipients', limits.recipientsPerSend).map((id, at) => reading.id(id, `recipients[${at}]`));
  return [...new Set(ids.filter((id) => id !== null))];
}

/** A line is known by its id, in questions too, so no two may share one. */
function refuseTwins(reading: Reading, lines: readonly WrittenLine[]): void {
  const seen = new Set<string>();
  lines.forEach(({ id }, at) => {
    if (seen.has(id)) reading.add(`lines[${at}].id`, 'id_taken');
    seen.add(id);
  });
}

function optional<T>(value: unknown, read: (value: unknown) => T): T | undefined {
  return value === undefined || value === null ? undefined : read(value);
}
