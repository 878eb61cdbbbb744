import { addDays, daysBetween } from '../../core/calendar.ts';
import { type DemoBusiness, type DemoCustomer, larkspur } from './cast.ts';
import { Chance } from './chance.ts';
import type { Days } from './days.ts';
import { type DemoLine, ordinaryWork } from './work.ts';

export type PaidBy = 'check' | 'cash' | 'transfer' | 'card';

/** One invoice of the two years: on which day it was issued, and how and when it was paid, if it was. */
export type PlannedInvoice = Readonly<{
  customer: DemoCustomer;
  /** Code of the one property; with lines of several properties, null. */
  property: string | null;
  issuedOn: string;
  dueOn: string;
  lines: readonly DemoLine[];
  paid: Readonly<{ on: string; by: PaidBy }> | null;
}>;

const months = 24;
/** Days from due to paid, by how many pay so: early, about on time, late, very late. */
const habits: readonly Readonly<{ share: number; least: number; most: number }>[] = [
  { share: 42, least: -12, most: -1 },
  { share: 38, least: 0, most: 8 },
  { share: 15, least: 9, most: 20 },
  { share: 5, least: 21, most: 38 },
];
/** A bill that was forgotten lies between so many days ago. */
const forgottenDays = { least: 45, most: 110 } as const;

/** The ordinary invoices of a business, oldest first. */
export function planHistory(house: DemoBusiness, customers: readonly DemoCustomer[], days: Days): PlannedInvoice[] {
  const chance = new Chance(house.key);
  const yearly = house.season.reduce((sum, weight) => sum + weight, 0);
  const planned: PlannedInvoice[] = [];
  for (let back = months; back >= 0; back -= 1) {
    const month = Temporal.PlainDate.from(days.today).with({ day: 1 }).subtract({ months: back });
    const wanted = (house.documents / (months / 12)) * ((house.season[month.month - 1] ?? 0) / yearly);
    const count = Math.floor(wanted + chance.fraction());
    for (let n = 0; n < count; n += 1) {
      const issuedOn = workday(month.add({ days: chance.between(0, month.daysInMonth - 1) }));
      const invoice = planOne(house, customers, days, chance, issuedOn);
      if (issuedOn < days.ago(1) && issuedOn > days.ago(745)) planned.push(invoice);
    }
  }
  return planned.sort((a, b) => a.issuedOn.localeCompare(b.issuedOn));
}

/** Nobody bills on a Sunday. */
function workday(day: Temporal.PlainDate): string {
  return day.add({ days: day.dayOfWeek === 7 ? 1 : 0 }).toString();
}

function planOne(house: DemoBusiness, customers: readonly DemoCustomer[], days: Days, chance: Chance, issuedOn: string): PlannedInvoice {
  const managed = chance.percent(house.key === 'mop' ? 45 : 22);
  const customer = managed ? larkspur : chance.oneOf(customers);
  const place = managed ? chance.oneOf(larkspur.properties ?? []).code : null;
  const lines = ordinaryWork(house.trade, chance).map((line) => ({ ...line, serviceOn: addDays(issuedOn, -chance.between(0, 3)) }));
  const dueOn = addDays(issuedOn, customer.termsDays ?? 14);
  const habit = habits[chance.weighted(habits.map(({ share }) => share))] ?? { least: 0, most: 0 };
  const lateDays = chance.between(habit.least, habit.most);
  const forgotten = chance.percent(1);
  const meant = addDays(dueOn, lateDays);
  const on = daysBetween(issuedOn, meant) < 1 ? addDays(issuedOn, 1) : meant;
  const by =
    customer.kind === 'residential'
      ? chance.oneOf(['check', 'check', 'card', 'card', 'cash'] as const)
      : chance.oneOf(['check', 'transfer', 'transfer', 'card'] as const);
  return { customer, property: place, issuedOn, dueOn, lines, paid: outcome(house, customer, days, { issuedOn, on, by, forgotten }) };
}

type Meant = Readonly<{ issuedOn: string; on: string; by: PaidBy; forgotten: boolean }>;

function outcome(house: DemoBusiness, customer: DemoCustomer, days: Days, { issuedOn, on, by, forgotten }: Meant): PlannedInvoice['paid'] {
  // What the property manager owes Paper Otter is told bill by bill, so its ordinary ones there are all settled.
  if (house.key === 'otter' && customer.key === larkspur.key) {
    return { by: by === 'card' ? 'check' : by, on: on < days.ago(12) ? on : issuedOn < days.ago(13) ? days.ago(12) : days.ago(1) };
  }
  const lately = issuedOn > days.ago(forgottenDays.most) && issuedOn < days.ago(forgottenDays.least);
  if (on > days.ago(2) || (forgotten && lately)) return null;
  return { on, by };
}
