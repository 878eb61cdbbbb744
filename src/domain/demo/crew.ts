import { newId } from '../../db/fresh.ts';
import { assign } from '../field/assignments.ts';
import { handToOffice, writeCrewInvoice } from '../field/field.ts';
import type { Stage } from './stage.ts';

type Stop = Readonly<{ customer: string; property?: string; note: string }>;

const stops: readonly Stop[] = [
  { customer: 'sun', note: 'Grease trap, after the kitchen closes at 3.' },
  { customer: 'lin', note: 'Water heater makes a noise.' },
];

/** What the crew finds on the phone: its stops of today beside its visits, and the work of one of them, handed to the office. */
export async function sendCrewOut({ house, days }: Stage): Promise<void> {
  const { crew } = house;
  if (!crew?.id) return;
  const staffId = crew.id;
  const customerId = (key: string): string => house.customers.get(key) ?? '';
  await house.office(null, async (scope) => {
    for (const { customer, property, note } of stops) {
      await assign(scope, { staffId, customerId: customerId(customer), propertyId: house.properties.get(property ?? '') ?? null, onDay: days.ago(0), note });
    }
  });
  const lines = ['Service call', 'Plumber labor'].map((name) => ({ itemId: house.items.get(name) ?? '', quantityMilli: 1_000n }));
  const work = { id: newId(), customerId: customerId('lin'), propertyId: null, lines, note: 'Flushed the heater; it is quiet now. Anode is worn.' };
  await house.office(null, (scope) => writeCrewInvoice(scope, work), crew);
  await house.office(null, (scope) => handToOffice(scope, work.id), crew);
}
