import type { Refusal } from '../../core/refusal.ts';
import type { Scope } from '../../db/scope.ts';
import { createCustomers } from '../customers/customers.ts';
import { createProperties, findImportedProperties } from '../customers/properties.ts';
import { addPeople, type Rights } from '../people/people.ts';
import { problemAt } from './cells.ts';
import type { Columns } from './columns.ts';
import { type CustomerLine, readCustomerLine } from './customers-file.ts';
import { type Intake, isRefused, type Judged, sifted, type Thing } from './judged.ts';
import type { CustomerColumn } from './meanings.ts';
import { selectKnownPeople } from './queries.ts';
import type { Reading } from './reading.ts';
import type { Roster } from './roster.ts';
import { sameName, stableId } from './stable-id.ts';
import type { TableRow } from './table.ts';

type Unit = CustomerLine & { rows: readonly TableRow[] };
type Sheet = Readonly<{
  importId: string;
  business: string;
  width: number;
  columns: Columns<CustomerColumn>;
  reading: Reading;
  roster: Roster;
  pretend: boolean;
  /** Keys of customers this import added before it was interrupted. */
  added: ReadonlySet<string>;
}>;

/** A file of customers, with a contact and a property a row. A customer, contact or property named by several rows is one. */
export function customersIntake(sheet: Sheet): Intake<Unit> {
  const { roster, columns, width, reading, pretend } = sheet;
  // Of a check only: what would have been added by the parts before.
  const pretended: Pretended = new Map();
  const firsts: Firsts = new Map();
  return {
    unitsAtOnce: 100,
    async *units(rows) {
      for await (const row of rows) yield { ...readCustomerLine(row, width, columns, reading), rows: [row] };
    },
    add: async (scope, lines) => {
      roster.begin();
      const add = (some: readonly Unit[]): Promise<Judged[]> => addLines(scope, sheet, some, { pretended, firsts });
      return sifted(scope, lines, add, (line, refusal) => refusedLine(line, refusal, columns));
    },
    learn: (judged) => {
      for (const { things, rows } of judged) {
        const [row] = rows;
        for (const thing of things) {
          if (thing.kind !== 'customer' || row === undefined) continue;
          roster.enroll(thing.key, thing.id);
          firsts.set(thing.key, firstOf(readCustomerLine(row, width, columns, reading)));
        }
      }
      for (const thing of judged.flatMap(({ things }) => things)) {
        if (pretend) pretended.set(thing.id, thing.kind === 'customer' ? thing.key : null);
      }
    },
    skip: (line) => {
      if (isRefused(line.problems)) return;
      if (!firsts.has(line.key) && (pretend ? roster.find(line.key).length === 0 : sheet.added.has(line.key))) firsts.set(line.key, firstOf(line));
      if (!pretend) return;
      const plan = new Plan(sheet, firsts);
      plan.take(line);
      for (const { id } of plan.customers.values()) {
        roster.enroll(line.key, id);
        pretended.set(id, line.key);
      }
      for (const id of [...plan.properties.keys(), ...plan.people.keys()]) pretended.set(id, null);
    },
  };
}

/** Ids that would be there, and for a customer what to call it. */
type Pretended = Map<string, string | null>;
/** What the row that added a customer said: a later row of the same name is compared with it. */
type First = Readonly<{ street: string; email: string }>;
type Firsts = Map<string, First>;

const firstOf = ({ customer, contact }: CustomerLine): First => ({ street: customer.billingAddress.street, email: contact?.email ?? '' });

/** Adds what the lines say and nothing that is there already, in a fixed number of statements. */
async function addLines(scope: Scope, sheet: Sheet, lines: readonly Unit[], known: Readonly<{ pretended: Pretended; firsts: Firsts }>): Promise<Judged[]> {
  const { pretended } = known;
  const plan = new Plan(sheet, known.firsts);
  const judged = lines.map((line) => ({ line, ...plan.take(line) }));
  const ghosts = [...plan.mentioned].flatMap((id) => {
    const name = pretended.get(id);
    return name ? [{ id, name, kind: 'residential' as const }] : [];
  });
  if (ghosts.length > 0) await createCustomers(scope, ghosts);
  const customers = [...plan.customers.values()];
  await createCustomers(
    scope,
    customers.map(({ id, line }) => ({ ...line.customer, id, importKey: line.key, importId: sheet.importId, reminders: false })),
  );
  const asked = [...plan.properties.values()].map(({ customerId, importKey }) => ({ customerId, importKey }));
  const knownProperties = asked.length === 0 ? new Map<string, string>() : await findImportedProperties(scope, asked);
  const properties = [...plan.properties.values()].filter((each) => !pretended.has(each.id) && !knownProperties.has(`${each.customerId}:${each.importKey}`));
  await createProperties(scope, properties);
  const knownPeople = await selectKnownPeople(scope, [...plan.mentioned]);
  const people = [...plan.people.values()].filter(
    (each) => !pretended.has(each.id) && !knownPeople.has(`${each.customerId}:${each.email || sameName(each.name)}`),
  );
  await addPeople(
    scope,
    people.map(({ rights, ...person }) => ({ ...person, rights: real(rights, plan, knownProperties, pretended) })),
  );
  for (const { id, line } of customers) sheet.roster.add(line.key, id);
  const added = new Map<string, Thing>([
    ...customers.map(({ id, line }) => [id, { kind: 'customer', key: line.key, id, customerId: id }] as const),
    ...properties.map(({ id, customerId, importKey }) => [id, { kind: 'property', key: `${customerId}:${importKey}`, id, customerId }] as const),
    ...people.map(({ id, customerId, email, name }) => [id, { kind: 'person', key: `${customerId}:${email || sameName(name)}`, id, customerId }] as const),
  ]);
  return judged.map(({ line, state, problems, about }) => {
    const things = about.flatMap((id) => {
      const thing = added.get(id);
      added.delete(id);
      return thing ? [thing] : [];
    });
    return { state: state === 'added' && things.length === 0 ? 'unchanged' : state, rows: line.rows, problems, things };
  });
}

/** A property that is here under another id is the one a contact's rights are for. */
function real(rights: Partial<Rights>, plan: Plan, known: ReadonlyMap<string, string>, pretended: Pretended): Partial<Rights> {
  if (!rights.propertyIds) return rights;
  const propertyIds = rights.propertyIds
    .filter((id) => !pretended.has(id))
    .map((id) => {
      const property = plan.properties.get(id);
      return (property && known.get(`${property.customerId}:${property.importKey}`)) ?? id;
    });
  return propertyIds.length > 0 ? { ...rights, propertyIds } : { ...rights, propertyIds: null, canView: false };
}

type NewThing = { id: string; customerId: string };
type Taken = Readonly<{ state: 'added' | 'rejected'; problems: Judged['problems']; about: readonly string[] }>;

/** What a part of the lines adds up to. */
class Plan {
  readonly customers = new Map<string, { id: string; line: CustomerLine }>();
  readonly properties = new Map<string, NewThing & { importKey: string } & Omit<NonNullable<CustomerLine['property']>, 'key'>>();
  readonly people = new Map<string, NewThing & NonNullable<CustomerLine['contact']> & { rights: Partial<Rights> }>();
  /** Every customer the lines are about who is not new by them. */
  readonly mentioned = new Set<string>();
  readonly #sheet: Sheet;

  readonly #firsts: Firsts;

  constructor(sheet: Sheet, firsts: Firsts) {
    this.#sheet = sheet;
    this.#firsts = firsts;
  }

  take(line: CustomerLine): Taken {
    if (isRefused(line.problems)) return { state: 'rejected', problems: line.problems, about: [] };
    const namesakes = this.#sheet.roster.find(line.key);
    if (namesakes.length > 1) return { state: 'rejected', problems: [...line.problems, this.#say(line, 'import_customer_ambiguous')], about: [] };
    const first = this.customers.get(line.key);
    const customerId = namesakes[0] ?? first?.id ?? this.#newCustomer(line);
    if (namesakes[0] !== undefined) this.mentioned.add(customerId);
    const stranger = isStranger(line, first === undefined ? this.#firsts.get(line.key) : firstOf(first.line));
    const told = stranger ? [this.#say(line, 'import_same_name', true)] : [];
    return { state: 'added', problems: [...line.problems, ...told], about: [customerId, ...this.#belongings(line, customerId, stranger)] };
  }

  #say(line: CustomerLine, code: 'import_customer_ambiguous' | 'import_same_name', keeps = false) {
    const { columns } = this.#sheet;
    const meaning = (['name', 'company', 'firstName'] as const).find((each) => columns.has(each)) ?? 'name';
    return problemAt(line.source, columns, meaning, code, keeps);
  }

  #id(...names: readonly string[]): string {
    return stableId(this.#sheet.business, this.#sheet.importId, ...names);
  }

  #newCustomer(line: CustomerLine): string {
    const id = this.#id('customer', line.key);
    this.customers.set(line.key, { id, line });
    return id;
  }

  /** A contact who came with another billing address is shown that line's property alone, and is sent nothing by itself. */
  #belongings({ contact, property }: CustomerLine, customerId: string, stranger: boolean): string[] {
    const things: string[] = [];
    let propertyId: string | null = null;
    if (property !== null) {
      const { key, ...fields } = property;
      propertyId = this.#id('property', customerId, key);
      if (!this.properties.has(propertyId)) this.properties.set(propertyId, { ...fields, id: propertyId, customerId, importKey: key });
      things.push(propertyId);
    }
    if (contact !== null) {
      const id = this.#id('person', customerId, contact.email || sameName(contact.name));
      const rights = stranger ? { bills: false, propertyIds: propertyId === null ? null : [propertyId], canView: propertyId !== null } : {};
      if (!this.people.has(id)) this.people.set(id, { ...contact, id, customerId, rights });
      things.push(id);
    }
    return things;
  }
}

/** The same name with another billing street or another address for mail may be another customer: it is taken in with care. */
function isStranger({ customer, contact }: CustomerLine, first: First | undefined): boolean {
  if (first === undefined || contact === null || contact.email === '' || contact.email === first.email) return false;
  return sameName(customer.billingAddress.street) !== sameName(first.street);
}

/** A refusal of the domain, said of the cell it comes from. */
function refusedLine(line: Unit, { code, details }: Refusal, columns: Columns<CustomerColumn>): Judged {
  const field = String(details.field ?? '').replace(/^billingAddress\./, '');
  const known = columns.position(field as CustomerColumn) >= 0;
  const told = known
    ? problemAt(line.source, columns, field as CustomerColumn, code)
    : { row: line.source.row, position: -1, column: String(details.field ?? ''), code, value: '', keeps: false };
  return { state: 'rejected', rows: line.rows, problems: [...line.problems, told], things: [] };
}
