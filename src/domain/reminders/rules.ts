import { todayIn } from '../../core/calendar.ts';
import { limits } from '../../core/limits.ts';
import { isLocale, type Locale } from '../../core/locale.ts';
import { Refusal } from '../../core/refusal.ts';
import { clean, cleanLines } from '../../core/text.ts';
import type { Scope } from '../../db/scope.ts';
import { recordEvent } from '../events/events.ts';
import { mustBeAllowed } from '../people/rights.ts';
import { type Reaches, selectCustomerChoice, selectHouse, selectReach, selectRules, switchOnCustomers, upsertCustomerChoice, upsertRules } from './queries.ts';
import { type Rules, type Step, type Tone, tones, type Wording } from './reminder.ts';

const step = (id: string, offsetDays: number, tone: Tone): Step => ({ id, offsetDays, tone, texts: {} });

/** Off until the business says so; this is what it then begins with. */
export const firstRules: Rules = {
  ...{ version: 1, active: false, since: null, history: false, sendHour: 9, weekdaysOnly: true, most: 5 },
  steps: [step('before', -3, 'friendly'), step('on', 0, 'friendly'), step('after-7', 7, 'plain'), step('after-14', 14, 'plain'), step('after-30', 30, 'firm')],
};

export const ruleLimits = { steps: 10, subject: 200, text: 2_000, offsetDaysMin: -60, offsetDaysMax: 180, most: 20 } as const;

export type House = Readonly<{ timeZone: string; businessName: string; currency: string; today: string }>;

/** The rules as they stand; whoever never saved any has the first ones, switched off. */
export async function rulesNow(scope: Scope, lock = false): Promise<{ rules: Rules; house: House; lastRoundOn: string | null }> {
  const row = await selectRules(scope, lock);
  const { timeZone, businessName, currency } = row ?? (await selectHouse(scope));
  const house = { timeZone, businessName, currency, today: todayIn(timeZone, scope.now) };
  if (row === undefined) return { rules: firstRules, house, lastRoundOn: null };
  const { version, active, since, history, sendHour, weekdaysOnly, most, steps, lastRoundOn } = row;
  return { rules: { version, active, since, history, sendHour, weekdaysOnly, most, steps }, house, lastRoundOn };
}

export async function readRules(scope: Scope): Promise<Rules> {
  await mustBeAllowed(scope, 'settings:read');
  return (await rulesNow(scope)).rules;
}

export type RulesChanges = Readonly<{
  active?: boolean;
  /** When switched on: bills that are late already are reminded too. Else steps of days before today are left alone. */
  lateToo?: boolean;
  sendHour?: number;
  weekdaysOnly?: boolean;
  most?: number;
  steps?: readonly Step[];
}>;

/** Changes what is given. Refuses `stale_version` with the newer rules, and bad fields by name. */
export async function changeRules(scope: Scope, input: Readonly<{ version: number; changes: RulesChanges }>): Promise<Rules> {
  await mustBeAllowed(scope, 'settings:write');
  const { rules: before, house } = await rulesNow(scope, true);
  if (before.version !== input.version) throw new Refusal('stale_version', { current: before });
  const { lateToo = false, steps, ...plain } = input.changes;
  const on = plain.active === true && !before.active;
  const after: Rules = {
    ...{ ...before, ...plain },
    steps: steps === undefined ? before.steps : cleanSteps(steps),
    since: on ? (lateToo ? null : house.today) : before.since,
    version: before.version + 1,
  };
  checkNumbers(after);
  await upsertRules(scope, after);
  await recordEvent(scope, { kind: 'reminders.rules_changed', data: { changed: Object.keys(input.changes), active: after.active } });
  return after;
}

function checkNumbers({ sendHour, most }: Rules): void {
  if (!Number.isInteger(sendHour) || sendHour < 0 || sendHour > 23) throw new Refusal('invalid_input', { field: 'sendHour' });
  if (!Number.isInteger(most) || most < 1 || most > ruleLimits.most) throw new Refusal('invalid_input', { field: 'most' });
}

/** Steps in the order of their days, each day once. */
function cleanSteps(steps: readonly Step[]): Step[] {
  if (steps.length === 0 || steps.length > ruleLimits.steps) throw new Refusal('invalid_input', { field: 'steps' });
  const cleaned = steps.map((each, at) => {
    const field = `steps[${at}]`;
    if (!/^[a-z0-9-]{1,30}$/.test(each.id)) throw new Refusal('invalid_input', { field: `${field}.id` });
    const { offsetDays } = each;
    if (!Number.isInteger(offsetDays) || offsetDays < ruleLimits.offsetDaysMin || offsetDays > ruleLimits.offsetDaysMax) {
      throw new Refusal('invalid_input', { field: `${field}.offsetDays` });
    }
    if (!tones.includes(each.tone)) throw new Refusal('invalid_input', { field: `${field}.tone` });
    return { id: each.id, offsetDays, tone: each.tone, texts: cleanTexts(each.texts, field) };
  });
  const repeated = cleaned.findIndex((each, at) =>
    cleaned.some((other, place) => place < at && (other.id === each.id || other.offsetDays === each.offsetDays)),
  );
  if (repeated >= 0) throw new Refusal('invalid_input', { field: `steps[${repeated}].offsetDays` });
  return cleaned.sort((a, b) => a.offsetDays - b.offsetDays);
}

/** Words of their own; empty ones fall back to ours. */
function cleanTexts(texts: Step['texts'], field: string): Partial<Record<Locale, Wording>> {
  const kept = Object.entries(texts).flatMap(([locale, words]): [Locale, Wording][] => {
    if (!isLocale(locale) || words === undefined) return [];
    const subject = clean(words.subject, ruleLimits.subject, `${field}.texts.${locale}.subject`);
    const text = cleanLines(words.text, ruleLimits.text, `${field}.texts.${locale}.text`);
    return subject === '' && text === '' ? [] : [[locale, { subject, text }]];
  });
  return Object.fromEntries(kept);
}

/** How many bills and customers reminders are about: told before anything is switched on (rule 2). */
export async function readReach(scope: Scope, customerId: string | null = null): Promise<Reaches> {
  await mustBeAllowed(scope, 'customers:read');
  const { house } = await rulesNow(scope);
  return selectReach(scope, house.today, customerId);
}

/** Imported customers and invoices get reminders like all others from now on, with those late already when `lateToo`. Answers how many customers were off. */
export async function remindHistory(scope: Scope, lateToo: boolean): Promise<number> {
  await mustBeAllowed(scope, 'settings:write');
  const { rules, house } = await rulesNow(scope, true);
  const customers = await switchOnCustomers(scope, lateToo ? null : house.today);
  await upsertRules(scope, { ...rules, history: true, version: rules.version + 1 });
  await recordEvent(scope, { kind: 'reminders.history_on', data: { customers, lateToo } });
  return customers;
}

export type CustomerChoice = Readonly<{ on: boolean; history: boolean }>;

export async function readCustomerChoice(scope: Scope, customerId: string): Promise<CustomerChoice> {
  await mustBeAllowed(scope, 'customers:read');
  const found = await selectCustomerChoice(scope, customerId);
  if (found === undefined) throw new Refusal('not_found');
  return { on: found.on, history: found.history };
}

/** Reminders of one customer, on or off. Switched on, their imported invoices are meant too. Refuses `not_found`. */
export async function chooseForCustomer(scope: Scope, input: Readonly<{ customerId: string; on: boolean; lateToo?: boolean }>): Promise<CustomerChoice> {
  await mustBeAllowed(scope, 'customers:write');
  const found = await selectCustomerChoice(scope, input.customerId);
  if (found === undefined) throw new Refusal('not_found');
  const { house } = await rulesNow(scope);
  const since = input.on && !found.on ? (input.lateToo === true ? null : house.today) : found.since;
  const choice = { customerId: input.customerId, on: input.on, history: input.on || found.history, since };
  await upsertCustomerChoice(scope, choice);
  const kind = input.on ? ('customer.reminders_on' as const) : ('customer.reminders_off' as const);
  await recordEvent(scope, { kind, customerId: input.customerId, data: { name: found.name, lateToo: input.lateToo ?? false } });
  return { on: choice.on, history: choice.history };
}

/** A page of plans never reads more bills than this. */
export const mostBills = 40 * limits.pageSize;
