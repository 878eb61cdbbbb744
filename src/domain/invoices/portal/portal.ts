import { isDay, todayIn } from '../../../core/calendar.ts';
import { readCursor, writeCursor } from '../../../core/cursor.ts';
import { isUuid } from '../../../core/ids.ts';
import { limits } from '../../../core/limits.ts';
import { isLocale } from '../../../core/locale.ts';
import { Refusal } from '../../../core/refusal.ts';
import type { Standing } from '../../../core/settlement.ts';
import type { Compiled } from '../../../db/read.ts';
import type { BusinessFact } from '../../../outgoing/invoice-facts.ts';
import type { Purpose } from '../invoice.ts';
import { parseStored } from '../stored.ts';
import type { BusinessJson, StandingJson } from '../view/facts-json.ts';
import { businessOf, standingOf } from '../view/view.ts';
import { type PortalState, type PortalTab, portalHome, portalLists, portalStates, shortLists } from './queries.ts';

export type { PortalState, PortalTab };
export { portalStates };

export type PortalFilter = Readonly<{
  tab?: PortalTab | undefined;
  /** One of the person's accounts; all of them without it. */
  customerId?: string | undefined;
  propertyId?: string | undefined;
  /** Number, PO number, amount, what a line or property is called. */
  search?: string | undefined;
  poNumber?: string | undefined;
  /** What it came to, in thousandths of the main unit of its currency: 120.00 is 120000. */
  atLeastMilli?: bigint | undefined;
  atMostMilli?: bigint | undefined;
  state?: PortalState | undefined;
  from?: string | undefined;
  to?: string | undefined;
  cursor?: string | undefined;
}>;

/** One invoice of the list; `whole` false: only the person's parts of it, in every amount. */
export type PortalInvoice = Readonly<{
  id: string;
  whole: boolean;
  number: string;
  customerId: string;
  propertyId: string | null;
  property: string | null;
  purpose: Purpose;
  poNumber: string;
  currency: string;
  issuedOn: string;
  dueOn: string;
  totalMinor: bigint;
  paidMinor: bigint;
  standing: Standing;
}>;

export type Account = Readonly<{ id: string; name: string; company: string }>;
type Shell = Readonly<{ business: BusinessFact; timeZone: string; currency: string; today: string }>;

export type PortalPage = Shell & Readonly<{ rows: readonly PortalInvoice[]; next: string | null }>;

/** The six figures (rule 17) over what is owed; overdue is of due now, processing of on its way. Credit is money on no invoice. */
export type PortalHome = Shell &
  Readonly<{
    accounts: readonly Account[];
    figures: Readonly<{
      totalMinor: bigint;
      creditedMinor: bigint;
      paidMinor: bigint;
      balanceMinor: bigint;
      dueNowMinor: bigint;
      dueLaterMinor: bigint;
      onItsWayMinor: bigint;
      processingMinor: bigint;
      inQuestionMinor: bigint;
      heldBackMinor: bigint;
      overdueMinor: bigint;
      count: number;
    }>;
    creditMinor: bigint;
    /** The first ones due, five at most. */
    rows: readonly PortalInvoice[];
  }>;

/** What the short list leaves out of a row that has none of it. */
const nothingMore = {
  whole: true,
  ...{ version: 0, processingMinor: 0n, unknownMinor: 0n, announcedMinor: 0n, announcedFor: null, inQuestionMinor: 0n, heldBackMinor: 0n, installments: null },
  ...{ returned: false, canceledAt: null, replacedBy: null, closedAt: null, purpose: 'bill' as const, earlyMinor: 0n, earlyUntil: null },
};
type ShortRowJson = Omit<RowJson, keyof typeof nothingMore> & Readonly<{ more: Partial<RowJson> | null }>;

type RowJson = StandingJson & Omit<PortalInvoice, 'standing'> & Readonly<{ open: boolean }>;
type ShellJson = Readonly<{ now: string; business: BusinessJson }>;

/** The list as a query for `readPage`: 25 rows and one to know whether there are more. Refuses `cursor_invalid`. */
export function portalInvoicesQuery(business: string, filter: PortalFilter): Compiled {
  const after = afterOf(business, filter);
  const { tab = 'all', customerId = null } = filter;
  const values = { business, customer: customerId, group: after?.group ?? null, day: after?.day ?? null, id: after?.id ?? null, limit: limits.pageSize + 1 };
  const whole = portalLists[tab]({ ...values, ...narrowed(filter), ids: null });
  return isNarrowed(filter) ? whole : { ...shortLists[tab](values), otherwise: whole };
}

/** Those of the named invoices the reader may see, or without names all that fit the filter; `most` and one to know whether there are more. */
export function chosenInvoicesQuery(business: string, filter: PortalFilter, ids: readonly string[] | null, most: number): Compiled {
  const { tab = 'all', customerId = null } = filter;
  const values = { business, customer: customerId, group: null, day: null, id: null, limit: most + 1 };
  return portalLists[ids === null ? tab : 'all']({ ...values, ...narrowed(ids === null ? filter : {}), ids: ids === null ? null : `{${ids.join(',')}}` });
}

export function chosenInvoicesOf(json: string | null): PortalInvoice[] {
  if (json === null) throw new Refusal('not_found');
  const found = parseStored<ShellJson & { rows: RowJson[] }>(json);
  const { today } = shellOf(found, 'en');
  return found.rows.map((row) => invoiceOf(row, today));
}

const lowered = (text: string | undefined): string | null => (text ?? '').trim().toLowerCase().slice(0, limits.searchQuery) || null;

function narrowed({ propertyId, search, poNumber, atLeastMilli, atMostMilli, state, from, to }: PortalFilter) {
  return {
    ...{ property: propertyId ?? null, from: from ?? null, to: to ?? null, state: state ?? null },
    ...{ search: lowered(search), po: lowered(poNumber), atLeast: atLeastMilli ?? null, atMost: atMostMilli ?? null },
  };
}

export function isNarrowed(filter: PortalFilter): boolean {
  return Object.values(narrowed(filter)).some((value) => value !== null);
}

/** What its text says. `language` picks the business's greeting. */
export function portalInvoicesOf(json: string | null, business: string, filter: PortalFilter, language = 'en'): PortalPage {
  if (json === null) throw new Refusal('not_found');
  const found = parseStored<ShellJson & { rows: (RowJson | ShortRowJson)[] }>(json);
  const shell = shellOf(found, language);
  const rows = found.rows.map((row) => ('more' in row ? { ...nothingMore, ...row, ...row.more } : row));
  const shown = rows.slice(0, limits.pageSize);
  const last = shown.at(-1);
  const more = rows.length > limits.pageSize && last;
  const next = more ? writeCursor(listName(business, filter), [last.open ? 'open' : 'settled', last.open ? last.dueOn : last.issuedOn, last.id]) : null;
  return { ...shell, rows: shown.map((row) => invoiceOf(row, shell.today)), next };
}

export function portalHomeQuery(business: string, customerId: string | null): Compiled {
  return portalHome({ business, customer: customerId });
}

export function portalHomeOf(json: string | null, language = 'en'): PortalHome {
  if (json === null) throw new Refusal('not_found');
  const found = parseStored<
    ShellJson & { accounts: readonly Account[]; figures: PortalHome['figures'] & { count: number }; creditMinor: bigint; rows: RowJson[] }
  >(json);
  const shell = shellOf(found, language);
  return {
    ...shell,
    accounts: found.accounts,
    figures: found.figures,
    creditMinor: found.creditMinor,
    rows: found.rows.map((row) => invoiceOf(row, shell.today)),
  };
}

function shellOf({ now, business }: ShellJson, language: string): Shell {
  const today = todayIn(business.timeZone, now);
  return {
    business: businessOf(business, business, isLocale(language) ? language : 'en'),
    timeZone: business.timeZone,
    currency: business.currency,
    today,
  };
}

function invoiceOf(row: RowJson, today: string): PortalInvoice {
  const { id, whole, number, customerId, propertyId, property, purpose, poNumber, currency, issuedOn, dueOn, totalMinor, paidMinor } = row;
  const fields = { id, whole, number, customerId, propertyId, property, purpose, poNumber, currency, issuedOn, dueOn, totalMinor, paidMinor };
  return { ...fields, standing: standingOf(row, dueOn, today) };
}

function listName(business: string, filter: PortalFilter): string {
  const { tab = 'all', customerId = '' } = filter;
  return ['portal', business, tab, customerId, ...Object.values(narrowed(filter)).map((value) => value ?? '')].join('|');
}

function afterOf(business: string, filter: PortalFilter): { group: string; day: string; id: string } | null {
  const values = readCursor(listName(business, filter), filter.cursor, 3);
  if (values === null) return null;
  const [group = '', day = '', id = ''] = values;
  if (!['open', 'settled'].includes(group) || !isDay(day) || !isUuid(id)) throw new Refusal('cursor_invalid');
  return { group, day, id };
}
