import { type Address, addressLines, noAddress } from '../../../core/address.ts';
import { readCursor, writeCursor } from '../../../core/cursor.ts';
import { type EstimateNow, type EstimateState, estimateNow } from '../../../core/estimate-state.ts';
import { isUuid } from '../../../core/ids.ts';
import { limits } from '../../../core/limits.ts';
import { Refusal } from '../../../core/refusal.ts';
import type { Compiled } from '../../../db/read.ts';
import type { Purpose } from '../../invoices/invoice.ts';
import { parseStored } from '../../invoices/stored.ts';
import { type PropertySort, propertyLists, propertyQuery } from './queries.ts';

export type { PropertySort };

/** A property in the account of whoever is signed in. Amounts in minor units of the business's currency, of this property alone. */
export type ListedProperty = Readonly<{
  id: string;
  code: string;
  name: string;
  unit: string;
  addressLines: readonly string[];
  owner: string;
  balanceMinor: bigint;
  dueNowMinor: bigint;
  overdueMinor: bigint;
  /** Estimates that wait for an answer. */
  waiting: number;
}>;

export type PropertyFilter = Readonly<{ sort: PropertySort; search: string; cursor: string | null }>;

export type PropertyPage = Readonly<{
  today: string;
  currency: string;
  /** How many fit the search, on all pages. */
  count: number;
  rows: readonly ListedProperty[];
  /** Owed on what is tied to no property; only who sees the whole account has any. */
  untiedMinor: bigint;
  next: string | null;
}>;

type RowJson = Omit<ListedProperty, 'addressLines'> & Readonly<{ address: Partial<Address> }>;

const listName = (business: string, { sort, search }: PropertyFilter): string => `properties|${business}|${sort}|${search}`;

/** Refuses `cursor_invalid`. */
export function propertiesQueryOf(business: string, filter: PropertyFilter): Compiled {
  const [due = null, code = null, id = null] = readCursor(listName(business, filter), filter.cursor, 3) ?? [];
  if (due !== null && !(/^\d{1,14}$/.test(due) && isUuid(id ?? ''))) throw new Refusal('cursor_invalid');
  const search = filter.search.toLowerCase().slice(0, limits.searchQuery);
  return propertyLists[filter.sort]({ business, search: search === '' ? null : search, due, code, id, limit: limits.pageSize + 1 });
}

export function propertiesOf(json: string | null, business: string, filter: PropertyFilter): PropertyPage {
  if (json === null) throw new Refusal('not_found');
  const found = parseStored<Omit<PropertyPage, 'rows' | 'next'> & { rows: RowJson[] }>(json);
  const rows = found.rows.slice(0, limits.pageSize).map(({ address, ...row }) => ({ ...row, addressLines: linesOf(address) }));
  const last = rows.at(-1);
  const more = found.rows.length > rows.length && last;
  return { ...found, rows, next: more ? writeCursor(listName(business, filter), [String(last.dueNowMinor), last.code.toLowerCase(), last.id]) : null };
}

const linesOf = (address: Partial<Address>): string[] => addressLines({ ...noAddress, ...address });

export type PropertyEstimate = Readonly<{
  id: string;
  number: string;
  revision: number;
  totalMinor: bigint;
  currency: string;
  now: EstimateNow;
  validUntil: string | null;
  poNumber: string;
  decidedOn: string | null;
  decidedBy: string;
  waitingFor: Readonly<{ id: string; name: string }> | null;
  firstApproval: Readonly<{ personId: string }> | null;
}>;

export type PropertyFile = Readonly<{ id: string; documentId: string; kind: 'invoice' | 'estimate'; name: string; mediaType: string; number: string }>;

/** What is owed here on one bill. `part`: the bill covers other properties too; `whole`: the reader sees all of it. */
export type PropertyBill = Readonly<{
  id: string;
  number: string;
  whole: boolean;
  part: boolean;
  purpose: Purpose;
  currency: string;
  dueOn: string;
  balanceMinor: bigint;
}>;

/** One property as its page shows it. Figures as of rule 17, of this property alone. */
export type PropertyView = Readonly<{
  today: string;
  currency: string;
  people: readonly string[];
  word: string;
  property: Readonly<{
    id: string;
    customerId: string;
    code: string;
    name: string;
    unit: string;
    addressLines: readonly string[];
    owner: string;
    costCode: string;
    accessNotes: string;
    nteMinor: bigint | null;
    poRequired: boolean | null;
    archived: boolean;
  }>;
  figures: Readonly<
    Record<'balanceMinor' | 'payMinor' | 'dueNowMinor' | 'dueLaterMinor' | 'onItsWayMinor' | 'inQuestionMinor' | 'heldBackMinor' | 'overdueMinor', bigint> & {
      count: number;
    }
  >;
  /** `figures.payMinor` is what may be paid here at once, of what is due. */
  mayPay: boolean;
  open: readonly PropertyBill[];
  waiting: readonly PropertyEstimate[];
  decided: readonly PropertyEstimate[];
  photos: readonly PropertyFile[];
  papers: readonly PropertyFile[];
  /** Who may see it, as far as the reader may know. */
  readers: readonly Readonly<{ name: string; whole: boolean; pays: boolean; approvesMinor: bigint; manages: boolean }>[];
  /** What was billed in each of the last 24 months less credits, oldest first, empty months too. */
  spend: readonly Readonly<{ month: string; amountMinor: bigint }>[];
  /** All of it together. */
  spendMinor: bigint;
}>;

type EstimateJson = Omit<PropertyEstimate, 'now' | 'waitingFor' | 'firstApproval'> &
  Readonly<{ state: EstimateState; waitingForId: string | null; waitingForName: string; firstApproverId: string | null }>;
type ViewJson = Omit<PropertyView, 'property' | 'waiting' | 'decided' | 'spendMinor'> &
  Readonly<{
    property: Omit<PropertyView['property'], 'addressLines'> & { address: Partial<Address> };
    waiting: readonly EstimateJson[];
    decided: readonly EstimateJson[];
  }>;

export function propertyQueryOf(business: string, property: string): Compiled {
  return propertyQuery({ business, property });
}

/** Refuses `not_found`: there is none, or it is none of theirs. */
export function propertyOf(json: string | null): PropertyView {
  if (json === null) throw new Refusal('not_found');
  const found = parseStored<ViewJson>(json);
  const { address, ...property } = found.property;
  const estimates = (rows: readonly EstimateJson[]): PropertyEstimate[] =>
    rows.map(({ state, waitingForId, waitingForName, firstApproverId, ...row }) => ({
      ...row,
      now: estimateNow(state, row.validUntil, found.today),
      waitingFor: waitingForId === null ? null : { id: waitingForId, name: waitingForName },
      firstApproval: firstApproverId === null ? null : { personId: firstApproverId },
    }));
  return {
    ...found,
    property: { ...property, addressLines: linesOf(address) },
    waiting: estimates(found.waiting),
    decided: estimates(found.decided),
    spend: monthsUntil(found.today).map((month) => ({ month, amountMinor: found.spend.find((each) => each.month === month)?.amountMinor ?? 0n })),
    spendMinor: found.spend.reduce((total, { amountMinor }) => total + amountMinor, 0n),
  };
}

/** The last 24 months, this one included, oldest first. */
export function monthsUntil(today: string): string[] {
  const month = Temporal.PlainYearMonth.from(today.slice(0, 7));
  return Array.from({ length: 24 }, (_, at) => month.subtract({ months: 23 - at }).toString());
}
