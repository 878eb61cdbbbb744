import type { Scope } from '../../db/scope.ts';
import { createCustomers } from '../customers/customers.ts';
import { createProperties, findImportedProperties } from '../customers/properties.ts';
import { addPeople } from '../people/people.ts';
import { type Problem, problem } from './cells.ts';
import type { CustomerLine } from './customers-file.ts';
import type { Batch, Judged } from './judged.ts';
import { selectKnownCustomers, selectKnownPeople } from './queries.ts';
import { sameName, stableId } from './stable-id.ts';

/** Everyone of a business by what a file calls them; grows while a file is read. */
export type Roster = { byKey: Map<string, string>; byName: Map<string, string[]> };

export async function readRoster(scope: Scope): Promise<Roster> {
  const roster: Roster = { byKey: new Map(), byName: new Map() };
  for (const { id, name, import_key } of await selectKnownCustomers(scope)) enroll(roster, id, import_key, name);
  return roster;
}

function enroll(roster: Roster, id: string, key: string | null, name: string): void {
  if (key !== null) roster.byKey.set(key, id);
  const namesakes = roster.byName.get(sameName(name)) ?? [];
  if (!namesakes.includes(id)) roster.byName.set(sameName(name), [...namesakes, id]);
}

/** Adds what the lines say and nothing that is there already, in a fixed number of statements a batch. */
export async function addCustomers(scope: Scope, importId: string, lines: readonly CustomerLine[], roster: Roster, nameColumn: string): Promise<Batch> {
  const plan = new Plan(scope.business, roster);
  const judged: Judged[] = lines.map((line) => plan.take(line, nameColumn));
  const customers = [...plan.customers.values()];
  await createCustomers(
    scope,
    customers.map(({ id, line }) => ({ ...line.customer, id, importKey: line.key, importId, reminders: false })),
  );
  const knownProperties = await findImportedProperties(
    scope,
    [...plan.properties.values()].map(({ customerId, importKey }) => ({ customerId, importKey })),
  );
  const properties = [...plan.properties.values()].filter((each) => !knownProperties.has(`${each.customerId}:${each.importKey}`));
  await createProperties(scope, properties);
  const knownPeople = await selectKnownPeople(scope, [...plan.people.keys()]);
  const people = [...plan.people.values()].filter(({ id }) => !knownPeople.has(id));
  await addPeople(scope, people);
  for (const { id, line } of customers) enroll(roster, id, line.key, line.customer.name);
  const addedThings = new Set([...customers.map(({ id }) => id), ...properties.map(({ id }) => id), ...people.map(({ id }) => id)]);
  return { judged: judged.map((each) => (each.state === 'added' && !each.things.some((id) => addedThings.has(id)) ? { ...each, state: 'unchanged' } : each)) };
}

type NewThing = { id: string; customerId: string };

/** What a batch of lines adds up to. A customer, contact or property named by several lines is one. */
class Plan {
  readonly customers = new Map<string, { id: string; line: CustomerLine }>();
  readonly properties = new Map<string, NewThing & { importKey: string } & Omit<NonNullable<CustomerLine['property']>, 'key'>>();
  readonly people = new Map<string, NewThing & NonNullable<CustomerLine['contact']>>();
  readonly #business: string;
  readonly #roster: Roster;

  constructor(business: string, roster: Roster) {
    this.#business = business;
    this.#roster = roster;
  }

  take(line: CustomerLine, nameColumn: string): Judged {
    const rows = [line.source];
    if (line.problems.some(({ keeps }) => !keeps)) return { state: 'rejected', rows, problems: line.problems, things: [] };
    const found = this.#customerOf(line, nameColumn);
    if (typeof found !== 'string') return { state: 'rejected', rows, problems: [...line.problems, found], things: [] };
    return { state: 'added', rows, problems: line.problems, things: [found, ...this.#belongings(line, found)] };
  }

  /** A line without a billing street says no more than a name: it means the one customer of that name, or a new one. */
  #customerOf(line: CustomerLine, nameColumn: string): string | Problem {
    const known = this.#roster.byKey.get(line.key) ?? this.customers.get(line.key)?.id;
    if (known !== undefined) return known;
    const namesakes = new Set([...(this.#roster.byName.get(line.nameKey) ?? []), ...this.#fresh(line.nameKey)]);
    if (!line.hasStreet && namesakes.size > 1) return problem(line.source.row, nameColumn, 'import_customer_ambiguous', line.customer.name);
    const only = [...namesakes][0];
    if (!line.hasStreet && only !== undefined) return only;
    const id = stableId(this.#business, 'customer', line.key);
    this.customers.set(line.key, { id, line });
    return id;
  }

  #fresh(nameKey: string): string[] {
    return [...this.customers.values()].filter(({ line }) => line.nameKey === nameKey).map(({ id }) => id);
  }

  #belongings({ contact, property }: CustomerLine, customerId: string): string[] {
    const things: string[] = [];
    if (contact !== null) {
      const id = stableId(this.#business, 'person', customerId, contact.email || sameName(contact.name));
      if (!this.people.has(id)) this.people.set(id, { ...contact, id, customerId });
      things.push(id);
    }
    if (property !== null) {
      const { key, ...fields } = property;
      const id = stableId(this.#business, 'property', customerId, key);
      if (!this.properties.has(id)) this.properties.set(id, { ...fields, id, customerId, importKey: key });
      things.push(id);
    }
    return things;
  }
}
