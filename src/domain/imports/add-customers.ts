import type { Scope } from '../../db/scope.ts';
import { createCustomers } from '../customers/customers.ts';
import { createProperties, findImportedProperties } from '../customers/properties.ts';
import { addPeople, type Rights } from '../people/people.ts';
import { problem } from './cells.ts';
import type { CustomerLine } from './customers-file.ts';
import type { Batch, Judged } from './judged.ts';
import { selectKnownCustomers, selectKnownPeople } from './queries.ts';
import { sameCustomer, sameName, stableId } from './stable-id.ts';

/** Everyone of a business by what a file calls them; grows while a file is read. */
export type Roster = Map<string, readonly string[]>;

export async function readRoster(scope: Scope): Promise<Roster> {
  const roster: Roster = new Map();
  for (const { id, name, import_key } of await selectKnownCustomers(scope)) enroll(roster, id, import_key ?? sameCustomer(name));
  return roster;
}

function enroll(roster: Roster, id: string, key: string): void {
  const namesakes = roster.get(key) ?? [];
  if (!namesakes.includes(id)) roster.set(key, [...namesakes, id]);
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
  for (const { id, line } of customers) enroll(roster, id, line.key);
  const addedThings = new Set([...customers.map(({ id }) => id), ...properties.map(({ id }) => id), ...people.map(({ id }) => id)]);
  return { judged: judged.map((each) => (each.state === 'added' && !each.things.some((id) => addedThings.has(id)) ? { ...each, state: 'unchanged' } : each)) };
}

type NewThing = { id: string; customerId: string };

/** What a batch of lines adds up to. A customer, contact or property named by several lines is one. */
class Plan {
  readonly customers = new Map<string, { id: string; line: CustomerLine }>();
  readonly properties = new Map<string, NewThing & { importKey: string } & Omit<NonNullable<CustomerLine['property']>, 'key'>>();
  readonly people = new Map<string, NewThing & NonNullable<CustomerLine['contact']> & { rights: Partial<Rights> }>();
  readonly #business: string;
  readonly #roster: Roster;

  constructor(business: string, roster: Roster) {
    this.#business = business;
    this.#roster = roster;
  }

  take(line: CustomerLine, nameColumn: string): Judged {
    const rows = [line.source];
    if (line.problems.some(({ keeps }) => !keeps)) return { state: 'rejected', rows, problems: line.problems, things: [] };
    const namesakes = this.#roster.get(line.key) ?? [];
    if (namesakes.length > 1) {
      return {
        state: 'rejected',
        rows,
        problems: [...line.problems, problem(line.source.row, nameColumn, 'import_customer_ambiguous', line.customer.name)],
        things: [],
      };
    }
    const first = this.customers.get(line.key);
    const customerId = namesakes[0] ?? first?.id ?? this.#newCustomer(line);
    const stranger = isStranger(line, first?.line);
    const told = stranger ? [problem(line.source.row, nameColumn, 'import_same_name', line.customer.name, true)] : [];
    return { state: 'added', rows, problems: [...line.problems, ...told], things: [customerId, ...this.#belongings(line, customerId, stranger)] };
  }

  #newCustomer(line: CustomerLine): string {
    const id = stableId(this.#business, 'customer', line.key);
    this.customers.set(line.key, { id, line });
    return id;
  }

  /** A contact who came with another billing address is shown that line's property alone, and is sent nothing by itself. */
  #belongings({ contact, property }: CustomerLine, customerId: string, stranger: boolean): string[] {
    const things: string[] = [];
    let propertyId: string | null = null;
    if (property !== null) {
      const { key, ...fields } = property;
      propertyId = stableId(this.#business, 'property', customerId, key);
      if (!this.properties.has(propertyId)) this.properties.set(propertyId, { ...fields, id: propertyId, customerId, importKey: key });
      things.push(propertyId);
    }
    if (contact !== null) {
      const id = stableId(this.#business, 'person', customerId, contact.email || sameName(contact.name));
      const rights = stranger ? { bills: false, propertyIds: propertyId === null ? [] : [propertyId], canView: propertyId !== null } : {};
      if (!this.people.has(id)) this.people.set(id, { ...contact, id, customerId, rights });
      things.push(id);
    }
    return things;
  }
}

/** The same name with another billing street or another address for mail may be another customer: it is taken in with care. */
function isStranger({ customer, contact }: CustomerLine, first: CustomerLine | undefined): boolean {
  if (first === undefined || contact === null || contact.email === '' || contact.email === first.contact?.email) return false;
  return sameName(customer.billingAddress.street) !== sameName(first.customer.billingAddress.street);
}
