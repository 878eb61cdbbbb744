import { canonicalJson } from '../../core/canonical.ts';
import { readCursor, writeCursor } from '../../core/cursor.ts';
import { isUuid } from '../../core/ids.ts';
import { limits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import { newId } from '../../db/fresh.ts';
import type { Scope } from '../../db/scope.ts';
import { recordEvents } from '../events/events.ts';
import { findIds, type Indexed, indexThings } from '../search/search.ts';
import { type Customer, type CustomerChanges, type CustomerFields, type CustomerKind, cleanCustomer, type NewCustomer } from './customer.ts';
import { mayRead, mayWrite } from './policy.ts';
import {
  type CustomerRow,
  type CustomerView,
  insertCustomers,
  selectCustomer,
  selectCustomers,
  selectCustomerView,
  selectImportedCustomers,
  updateCustomer,
} from './queries.ts';

export {
  type Customer,
  type CustomerChanges,
  type CustomerFields,
  type CustomerFigures,
  type CustomerKind,
  customerKinds,
  type NewCustomer,
} from './customer.ts';
export type { CustomerRow, CustomerView };

export type CustomerFilter = Readonly<{
  q?: string;
  kind?: CustomerKind;
  owing?: boolean;
  archived?: boolean;
  sort?: 'name' | 'newest' | 'balance';
  cursor?: string | null;
  limit?: number;
}>;

/** Adds a customer. The same id twice refuses `id_taken`. */
export async function createCustomer(scope: Scope, input: NewCustomer): Promise<Customer> {
  const [customer] = await createCustomers(scope, [input]);
  if (!customer) throw new Error('one customer in, one out');
  return customer;
}

/** The same for many, in a fixed number of statements. */
export async function createCustomers(scope: Scope, inputs: readonly NewCustomer[]): Promise<Customer[]> {
  await mayWrite(scope);
  const customers = inputs.map((input) => ({
    ...cleanCustomer(input),
    id: input.id ?? newId(),
    version: 1,
    importKey: input.importKey ?? null,
    importId: input.importId ?? null,
    imported: (input.importId ?? null) !== null,
    archivedAt: null,
    erasedAt: null,
    createdAt: scope.now.toString(),
  }));
  await insertCustomers(scope, customers);
  await indexThings(scope, customers.map(indexed));
  await recordEvents(
    scope,
    customers.map(({ id, name, kind, imported }) => ({ kind: 'customer.created', customerId: id, data: { name, kind, imported } })),
  );
  return customers.map(({ importKey: _key, importId: _import, ...customer }) => customer);
}

/** Changes what is given. Refuses `stale_version` with the newer customer, and `not_found`. */
export async function changeCustomer(scope: Scope, input: Readonly<{ id: string; version: number; changes: CustomerChanges }>): Promise<Customer> {
  await mayWrite(scope);
  const before = await selectCustomer(scope, input.id, true);
  if (before === undefined) throw new Refusal('not_found');
  if (before.erasedAt !== null) throw new Refusal('already_erased');
  if (before.version !== input.version) throw new Refusal('stale_version', { current: before });
  const fields = cleanCustomer(input.changes, before);
  const { archived } = input.changes;
  const archivedAt = archived === undefined ? before.archivedAt : archived ? (before.archivedAt ?? scope.now.toString()) : null;
  const after: Customer = { ...before, ...fields, archivedAt, version: before.version + 1 };
  await updateCustomer(scope, after);
  await indexThings(scope, [indexed(after)]);
  const changed = differences(before, after);
  const kind = archived === true && before.archivedAt === null ? 'customer.archived' : 'customer.changed';
  await recordEvents(scope, [{ kind, customerId: after.id, data: { name: after.name, changed } }]);
  return after;
}

/** One customer without figures. Refuses `not_found`. */
export async function readCustomer(scope: Scope, id: string): Promise<Customer> {
  await mayRead(scope);
  const customer = await selectCustomer(scope, id, false);
  if (customer === undefined) throw new Refusal('not_found');
  return customer;
}

/** The customer's page in one query: figures, open invoices, people and properties by count. Refuses `not_found`. `today` in the business's zone. */
export async function readCustomerView(scope: Scope, id: string): Promise<CustomerView> {
  await mayRead(scope);
  const view = await selectCustomerView(scope, id);
  if (view === undefined) throw new Refusal('not_found');
  return view;
}

/** One page of the list with what each owes, in one query. Refuses `cursor_invalid`. */
export async function listCustomers(scope: Scope, filter: CustomerFilter): Promise<{ items: CustomerRow[]; nextCursor: string | null }> {
  await mayRead(scope);
  const sort = filter.sort ?? 'name';
  const limit = Math.min(filter.limit ?? limits.pageSize, limits.pageSizeMax);
  const after = readCursor(`customers:${sort}`, filter.cursor, sort === 'newest' ? 1 : 2);
  if (after !== null && (!isUuid(after.at(-1) ?? '') || (sort === 'balance' && !/^-?\d{1,18}$/.test(after[0] ?? '')))) throw new Refusal('cursor_invalid');
  const typed = filter.q?.trim() ?? '';
  const ids = typed === '' ? null : (await findIds(scope, typed, ['customer', 'property', 'person'])).customerIds;
  const rows = await selectCustomers(scope, { ...filter, sort, ids, after, limit: limit + 1 });
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items: items.map(({ sortName: _, ...item }) => item), nextCursor: more ? writeCursor(`customers:${sort}`, keyOf(last, sort)) : null };
}

/** Which of these an import already brought: key to id. */
export function findImportedCustomers(scope: Scope, keys: readonly string[]): Promise<Map<string, string>> {
  return selectImportedCustomers(scope, keys);
}

function keyOf(row: CustomerRow & { sortName: string }, sort: 'name' | 'newest' | 'balance'): string[] {
  if (sort === 'newest') return [row.id];
  return sort === 'name' ? [row.sortName, row.id] : [String(row.balanceMinor), row.id];
}

function indexed(customer: CustomerFields & { id: string }): Indexed {
  const { street, unit, city, postalCode } = customer.billingAddress;
  return { kind: 'customer', id: customer.id, customerId: customer.id, texts: { words: [customer.name, customer.company, street, unit, city, postalCode] } };
}

function differences(before: Customer, after: Customer): string[] {
  return (Object.keys(after) as (keyof Customer)[]).filter((key) => key !== 'version' && canonicalJson(before[key]) !== canonicalJson(after[key]));
}
