import { addDays, daysBetween, isDay, todayIn } from '../../core/calendar.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Scope } from '../../db/scope.ts';
import { readStanding } from '../businesses/businesses.ts';
import { mustBeAllowed } from '../people/rights.ts';
import {
  type AskedRow,
  type OnlineRow,
  type PaceRow,
  type SentRow,
  type SlowRow,
  selectAsked,
  selectOnline,
  selectPace,
  selectPaceTotal,
  selectSent,
  selectSlow,
} from './pace/queries.ts';
import {
  type AgingRow,
  type ComingRow,
  type PaidRow,
  selectAging,
  selectComing,
  selectPaid,
  selectTips,
  selectWaiting,
  type TipRow,
  type Waiting,
} from './queries.ts';
import {
  type AuthorityRow,
  type SalesRow,
  type SalesTotal,
  selectAuthorities,
  selectByCustomer,
  selectByItem,
  selectByMonth,
  selectByProperty,
  selectTaxes,
  selectTotal,
  type TaxRow,
} from './sales/queries.ts';

export type { AgingRow, AskedRow, AuthorityRow, ComingRow, OnlineRow, PaceRow, PaidRow, SalesRow, SalesTotal, SentRow, SlowRow, TaxRow, TipRow, Waiting };

/** Days of the business's calendar, both inside. */
export type Period = Readonly<{ from: string; to: string }>;
/** What every report begins with. Amounts are minor units of `currency`; invoices in another currency are not added to it. */
export type Frame = Readonly<{ currency: string; today: string; timeZone: string }>;

const longestDays = 366 * 5;
/** Office hours a report counts by: Monday to Friday, from and before these hours, in the business's zone. */
export const officeHours = { opens: 8, closes: 18 } as const;

async function open(scope: Scope): Promise<Frame> {
  await mustBeAllowed(scope, 'reports:read');
  const { currency, timeZone } = await readStanding(scope);
  return { currency, timeZone, today: todayIn(timeZone, scope.now) };
}

/** The period asked for; without one, the last twelve months up to today. Refuses `date_invalid` and `period_invalid`. */
function periodOf({ today }: Frame, asked: Partial<Period>): Period {
  const to = asked.to ?? today;
  const from = asked.from ?? `${Temporal.PlainYearMonth.from(to.slice(0, 7)).subtract({ months: 11 }).toString()}-01`;
  for (const [field, day] of [['from', from] as const, ['to', to] as const]) if (!isDay(day)) throw new Refusal('date_invalid', { field });
  if (from > to || daysBetween(from, to) > longestDays) throw new Refusal('period_invalid', { field: 'from' });
  return { from, to };
}

/** What each customer owes by how late it is, as the ledger has it today; what is on its way or in question stands beside, not off. */
export async function readAging(scope: Scope): Promise<Frame & { rows: AgingRow[] }> {
  const frame = await open(scope);
  return { ...frame, rows: await selectAging(scope, frame.currency, frame.today) };
}

const comingDays = 30;

/** What falls due on each of the next thirty days, and what is late or on its way already. */
export async function readComing(scope: Scope): Promise<Frame & Waiting & { until: string; in7Minor: bigint; in30Minor: bigint; rows: ComingRow[] }> {
  const frame = await open(scope);
  const until = addDays(frame.today, comingDays);
  const rows = await selectComing(scope, frame.currency, frame.today, until);
  const soon = addDays(frame.today, 7);
  const sum = (of: readonly ComingRow[]): bigint => of.reduce((all, row) => all + row.amountMinor, 0n);
  const waiting = await selectWaiting(scope, frame.currency, frame.today);
  return { ...frame, ...waiting, until, rows, in7Minor: sum(rows.filter((row) => row.on <= soon)), in30Minor: sum(rows) };
}

/** Cleared money by month and method. */
export async function readPaid(scope: Scope, asked: Partial<Period>): Promise<Frame & Period & { rows: PaidRow[] }> {
  const frame = await open(scope);
  const period = periodOf(frame, asked);
  return { ...frame, ...period, rows: await selectPaid(scope, frame.currency, period) };
}

/** Tips by month and crew, as the books have them; beside what `readPaid` tells, never in it (rule 42). */
export async function readTips(scope: Scope, asked: Partial<Period>): Promise<Frame & Period & { rows: TipRow[] }> {
  const frame = await open(scope);
  const period = periodOf(frame, asked);
  return { ...frame, ...period, rows: await selectTips(scope, frame.currency, period) };
}

const salesBy = { month: selectByMonth, customer: selectByCustomer, property: selectByProperty, item: selectByItem } as const;
export type SalesBy = keyof typeof salesBy;
export const salesViews = Object.keys(salesBy) as readonly SalesBy[];

/** What was billed and not canceled, by month, customer, property or item; without tax, after discounts. By item the tax is not told. */
export async function readSales(scope: Scope, asked: Partial<Period> & { by: SalesBy }): Promise<Frame & Period & { total: SalesTotal; rows: SalesRow[] }> {
  const frame = await open(scope);
  const period = periodOf(frame, asked);
  const rows = await salesBy[asked.by](scope, frame.currency, period);
  return { ...frame, ...period, total: await selectTotal(scope, frame.currency, period), rows };
}

/** Tax on what was billed and not canceled, by rate and by what the rates are made of. */
export async function readTaxes(
  scope: Scope,
  asked: Partial<Period>,
): Promise<Frame & Period & { total: SalesTotal; untaxedMinor: bigint; rows: TaxRow[]; authorities: AuthorityRow[] }> {
  const frame = await open(scope);
  const period = periodOf(frame, asked);
  const rows = await selectTaxes(scope, frame.currency, period);
  const total = await selectTotal(scope, frame.currency, period);
  const untaxedMinor = total.netMinor - rows.reduce((all, row) => all + row.taxableMinor, 0n);
  return { ...frame, ...period, total, untaxedMinor, rows, authorities: await selectAuthorities(scope, frame.currency, period) };
}

/** How long customers take to pay, judged by the day the payment was started. */
export async function readPace(
  scope: Scope,
  asked: Partial<Period>,
): Promise<Frame & Period & { total: Omit<PaceRow, 'month'>; months: PaceRow[]; customers: SlowRow[] }> {
  const frame = await open(scope);
  const period = periodOf(frame, asked);
  const total = await selectPaceTotal(scope, period);
  return { ...frame, ...period, total, months: await selectPace(scope, period), customers: await selectSlow(scope, period) };
}

/** One month of what the portal did. */
export type PortalMonth = Omit<SentRow & OnlineRow & AskedRow, never>;

/** What customers did by themselves: opened, paid online, outside office hours, asked. */
export async function readPortalUse(scope: Scope, asked: Partial<Period>): Promise<Frame & Period & { months: PortalMonth[] }> {
  const frame = await open(scope);
  const period = periodOf(frame, asked);
  const sent = new Map((await selectSent(scope, period)).map((row) => [row.month, row]));
  const online = new Map((await selectOnline(scope, frame.currency, period, { timeZone: frame.timeZone, ...officeHours })).map((row) => [row.month, row]));
  const questions = new Map((await selectAsked(scope, frame.timeZone, period)).map((row) => [row.month, row]));
  const nothing = { sent: 0, opened: 0, paid: 0, payments: 0, amountMinor: 0n, online: 0, onlineMinor: 0n, outsideHours: 0, questions: 0 };
  const months = monthsOf(period).map((month) => ({ ...nothing, ...sent.get(month), ...online.get(month), ...questions.get(month), month }));
  return { ...frame, ...period, months };
}

/** Every month the period touches, oldest first. */
export function monthsOf({ from, to }: Period): string[] {
  const list: string[] = [];
  for (let month = Temporal.PlainYearMonth.from(from.slice(0, 7)); month.toString() <= to.slice(0, 7); month = month.add({ months: 1 }))
    list.push(month.toString());
  return list;
}
