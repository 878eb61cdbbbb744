import { addDays } from '../../core/calendar.ts';
import { newId } from '../../db/fresh.ts';
import type { Scope } from '../../db/scope.ts';
import { createDrafts, issueMany } from '../invoices/invoices.ts';
import { markSeen } from '../links/links.ts';
import { recordPayment, settleAttempt, startPayment } from '../payments/payments.ts';
import type { Days } from './days.ts';
import type { DemoHouse } from './founding.ts';
import type { PlannedInvoice } from './plan.ts';
import type { DemoTools } from './tools.ts';
import type { DemoLine } from './work.ts';

/** An invoice that is in the books, and how it will be paid. */
type Billed = Readonly<{ documentId: string; totalMinor: bigint; planned: PlannedInvoice }>;

/** A line of the demo as `createDraft` takes it. */
export function lineOf(house: DemoHouse, line: DemoLine): Record<string, unknown> {
  const { name, description = '', property, serviceOn, quantityMilli, unit, unitPriceMilli, taxed = false, discount } = line;
  return {
    ...{ name, description, quantityMilli, unit, unitPriceMilli },
    itemId: house.items.get(line.item ?? name) ?? null,
    taxRateId: taxed ? house.taxRateId : null,
    propertyId: property === undefined ? null : (house.properties.get(property) ?? null),
    serviceOn: serviceOn ?? null,
    discount: discount ?? null,
  };
}

/** The stretches of the two years that are worked in one go: weeks, ending with the last one before `until`. */
export function weeks(from: string, until: string): { from: string; to: string }[] {
  const list: { from: string; to: string }[] = [];
  for (let day = from; day < until; day = addDays(day, 7)) {
    const last = addDays(day, 6);
    list.push({ from: day, to: last < until ? last : addDays(until, -1) });
  }
  return list;
}

/**
 * The ordinary invoices of one stretch: written and issued, with what came in by then recorded. `open` are the billed ones not paid yet;
 * answers them with those of this stretch. An evening that is not quiet belongs to a scene.
 */
export async function workStretch(
  tools: DemoTools,
  house: DemoHouse,
  days: Days,
  stretch: Readonly<{ to: string; planned: readonly PlannedInvoice[]; open: readonly Billed[]; quietEvening: boolean }>,
): Promise<Billed[]> {
  const { to, planned } = stretch;
  const isDue = (plan: PlannedInvoice): boolean => plan.paid !== null && plan.paid.on <= to;
  if (planned.length === 0 && !stretch.open.some((each) => isDue(each.planned))) return [...stretch.open];
  const { open, due, fresh } = await house.office(days.at(to, 8), async (scope) => {
    const billed = [...stretch.open, ...(await bill(scope, house, planned))];
    const paid = billed.filter((each) => isDue(each.planned));
    await record(
      { ...scope, now: days.at(to, 15) },
      house,
      paid.filter((each) => each.planned.paid?.by !== 'card'),
    );
    return { open: billed.filter((each) => !paid.includes(each)), due: paid, fresh: billed.slice(stretch.open.length) };
  });
  const byCard = due.filter(({ planned: { paid }, totalMinor }) => paid?.by === 'card' && totalMinor > 0n);
  await read(
    house,
    days.at(to, 15, 30),
    fresh.filter((_, at) => at % 4 !== 0),
  );
  // People pay in the evening as often as at their desk.
  const late = (at: number): boolean => stretch.quietEvening && at % 2 === 1;
  const halves = [byCard.filter((_, at) => !late(at)), byCard.filter((_, at) => late(at))] as const;
  await charge(tools, house, days.at(to, 16), halves[0]);
  await charge(tools, house, days.at(to, 20, 40), halves[1]);
  return open;
}

async function bill(scope: Scope, house: DemoHouse, planned: readonly PlannedInvoice[]): Promise<Billed[]> {
  if (planned.length === 0) return [];
  const drafts = await createDrafts(
    scope,
    planned.map(({ customer, property, issuedOn, dueOn, lines }) => ({
      customerId: house.customers.get(customer.key),
      propertyId: property === null ? null : house.properties.get(property),
      issuedOn,
      dueOn,
      lines: lines.map((line) => lineOf(house, line)),
    })),
  );
  const issued = await issueMany(scope, drafts, { show: true, paper: false });
  return issued.flatMap(({ id, totalMinor }, at) => {
    const plan = planned[at];
    return plan ? [{ documentId: id, totalMinor, planned: plan }] : [];
  });
}

async function record(scope: Scope, house: DemoHouse, paid: readonly Billed[]): Promise<void> {
  // One connection answers in the order asked, so asking for all at once saves the waits between.
  const checks = Map.groupBy(paid, ({ planned }) => `${planned.customer.key} ${planned.paid?.by}`);
  await Promise.all(
    [...checks.values()].map((bills, at) => {
      const [first] = bills;
      const by = first?.planned.paid?.by;
      if (first === undefined || by === undefined || by === 'card') return null;
      return recordPayment(scope, {
        id: newId(),
        customerId: house.customers.get(first.planned.customer.key) ?? '',
        method: by,
        amountMinor: bills.reduce((sum, each) => sum + each.totalMinor, 0n),
        currency: 'USD',
        receivedOn:
          bills
            .map(({ planned }) => planned.paid?.on ?? '')
            .sort()
            .at(-1) ?? '',
        reference: by === 'check' ? `Check ${1_200 + at * 7 + (bills.length % 7)}` : '',
        targets: bills.map(({ documentId, totalMinor }) => ({ documentId, amountMinor: totalMinor })),
      });
    }),
  );
}

/** Who opens a bill, or pays it: the first of the customer's people. */
function payerOf(house: DemoHouse, { planned: { customer } }: Billed): Readonly<{ id: string; name: string }> {
  const [first] = customer.people;
  return { id: house.people.get(first?.key ?? '')?.id ?? '', name: first?.name ?? '' };
}

/** Bills of the past that somebody looked at. */
async function read(house: DemoHouse, at: Temporal.Instant, bills: readonly Billed[]): Promise<void> {
  if (bills.length === 0) return;
  await house.system(at, async (scope) => {
    for (const each of bills) await markSeen({ ...scope, actor: { kind: 'person', ...payerOf(house, each) } }, each.documentId);
  });
}

/** Card payments of the past: started by the customer, settled as the processor would have told it. */
async function charge(tools: DemoTools, house: DemoHouse, at: Temporal.Instant, paid: readonly Billed[]): Promise<void> {
  if (paid.length === 0) return;
  const attempts = paid.map((each) => {
    const payer = payerOf(house, each);
    return { ...each, id: newId(), customerId: house.customers.get(each.planned.customer.key) ?? '', payer };
  });
  const [payers, customers] = [[...new Set(attempts.map(({ payer }) => payer.id))], [...new Set(attempts.map(({ customerId }) => customerId))]];
  await house.portal(at, payers, customers, (scope) =>
    Promise.all(
      attempts.map(({ id, customerId, documentId, totalMinor, payer }) =>
        startPayment(
          { ...scope, actor: { kind: 'person', ...payer } },
          {
            ...{ id, customerId, method: 'card', currency: 'USD', personId: null },
            targets: [{ documentId, amountMinor: totalMinor }],
          },
        ),
      ),
    ),
  );
  await house.system(at.add({ minutes: 1 }), (scope) =>
    Promise.all(
      attempts.map(({ id, totalMinor }) =>
        settleAttempt(scope, tools.keys, id, {
          kind: 'succeeded',
          method: 'card',
          amountMinor: totalMinor,
          currency: 'USD',
          reference: `past_${id}`,
          label: 'Visa •••• 4242',
        }),
      ),
    ),
  );
}
