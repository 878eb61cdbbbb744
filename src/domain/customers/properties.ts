import { readCursor, writeCursor } from '../../core/cursor.ts';
import { isUuid } from '../../core/ids.ts';
import { limits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import { newId } from '../../db/fresh.ts';
import type { Scope } from '../../db/scope.ts';
import { recordEvents } from '../events/events.ts';
import { findIds, type Indexed, indexThings } from '../search/search.ts';
import { mayRead, mayWrite } from './policy.ts';
import {
  areTheirPeople,
  insertProperties,
  selectImportedProperties,
  selectProperties,
  selectProperty,
  selectTakenCodes,
  updateProperty,
} from './properties/queries.ts';
import { cleanProperty, type NewProperty, type Property, type PropertyChanges, propertyTitle } from './property.ts';
import { anyErased } from './queries.ts';

export { poRequiredAt } from './properties/queries.ts';
export { type NewProperty, type Property, type PropertyChanges, propertyTitle } from './property.ts';

/** Adds a property to a customer. Refuses `not_found` for a customer or owner of nobody's here, `property_code_taken`, `tax_rate_unknown`, `id_taken`. */
export async function createProperty(scope: Scope, input: NewProperty): Promise<Property> {
  const [property] = await createProperties(scope, [input]);
  if (!property) throw new Error('one property in, one out');
  return property;
}

/** The same for many, of any customers, in a fixed number of statements. */
export async function createProperties(scope: Scope, inputs: readonly NewProperty[]): Promise<Property[]> {
  await mayWrite(scope);
  const properties = inputs.map((input) => {
    const fields = cleanProperty(input);
    const base = { ...fields, id: input.id ?? newId(), version: 1, customerId: input.customerId, importKey: input.importKey ?? null };
    return { ...base, title: propertyTitle(fields), archivedAt: null, createdAt: scope.now.toString(), movedTo: null, movedFrom: null };
  });
  if (await anyErased(scope, [...new Set(properties.map(({ customerId }) => customerId))])) throw new Refusal('already_erased');
  await refuseTakenCodes(scope, properties);
  await refuseForeignOwners(scope, properties);
  await insertProperties(scope, properties);
  await indexThings(scope, properties.map(indexed));
  await recordEvents(
    scope,
    properties.map(({ id, customerId, title }) => ({ kind: 'property.created', customerId, propertyId: id, data: { title } })),
  );
  return properties.map(({ importKey: _, ...property }) => property);
}

/** Changes what is given. Refuses `stale_version` with the newer property, `property_code_taken`, `not_found`. */
export async function changeProperty(scope: Scope, input: Readonly<{ id: string; version: number; changes: PropertyChanges }>): Promise<Property> {
  await mayWrite(scope);
  const before = await selectProperty(scope, input.id, true);
  if (before === undefined) throw new Refusal('not_found');
  if (await anyErased(scope, [before.customerId])) throw new Refusal('already_erased');
  if (before.movedTo !== null && input.changes.archived === false) throw new Refusal('property_moved');
  if (before.version !== input.version) throw new Refusal('stale_version', { current: before });
  const fields = cleanProperty(input.changes, before);
  const { archived } = input.changes;
  const archivedAt = archived === undefined ? before.archivedAt : archived ? (before.archivedAt ?? scope.now.toString()) : null;
  const after: Property = { ...before, ...fields, title: propertyTitle(fields), archivedAt, version: before.version + 1 };
  if (archivedAt === null && (after.code !== before.code || before.archivedAt !== null)) await refuseTakenCodes(scope, [after]);
  if (after.ownerPersonId !== before.ownerPersonId) await refuseForeignOwners(scope, [after]);
  await updateProperty(scope, after);
  await indexThings(scope, [indexed(after)]);
  const kind = archived === true && before.archivedAt === null ? 'property.archived' : 'property.changed';
  await recordEvents(scope, [{ kind, customerId: after.customerId, propertyId: after.id, data: { title: after.title } }]);
  return after;
}

/**
 * A property changes hands (rule 35): it becomes one of the other customer, without what the former one set for it, and the old one is archived. What
 * was billed, approved and written stays with the old one, and with its people; each leads to the other. Refuses `stale_version`, `property_moved`,
 * `property_code_taken`, `wrong_choice` for its own customer, `not_found`.
 */
export async function moveProperty(scope: Scope, input: Readonly<{ id: string; version: number; customerId: string }>): Promise<Property> {
  await mayWrite(scope);
  const before = await selectProperty(scope, input.id, true);
  if (before === undefined) throw new Refusal('not_found');
  if (before.version !== input.version) throw new Refusal('stale_version', { current: before });
  if (before.archivedAt !== null || before.movedTo !== null) throw new Refusal('property_moved');
  if (input.customerId === before.customerId) throw new Refusal('wrong_choice', { field: 'customerId' });
  if (await anyErased(scope, [before.customerId, input.customerId])) throw new Refusal('already_erased');
  const theirs = { ownerPersonId: null, costCode: '', accessNotesShown: false, nteMinor: null, poRequired: null };
  const ids = { id: newId(), version: 1, customerId: input.customerId, createdAt: scope.now.toString(), movedFrom: before.id };
  const after: Property & { importKey: null } = { ...before, ...theirs, ...ids, importKey: null };
  await refuseTakenCodes(scope, [after]);
  await insertProperties(scope, [after]);
  const left: Property = { ...before, archivedAt: scope.now.toString(), movedTo: after.id, version: before.version + 1 };
  await updateProperty(scope, left);
  await indexThings(scope, [indexed(left), indexed(after)]);
  await recordEvents(scope, [
    {
      kind: 'property.moved',
      customerId: before.customerId,
      propertyId: before.id,
      data: { title: before.title, toPropertyId: after.id, toCustomerId: after.customerId },
    },
    {
      kind: 'property.moved',
      customerId: after.customerId,
      propertyId: after.id,
      data: { title: after.title, fromPropertyId: before.id, fromCustomerId: before.customerId },
    },
  ]);
  const { importKey: _, ...moved } = after;
  return moved;
}

/** Refuses `not_found`. */
export async function readProperty(scope: Scope, id: string): Promise<Property> {
  await mayRead(scope);
  const property = await selectProperty(scope, id, false);
  if (property === undefined) throw new Refusal('not_found');
  return property;
}

export type PropertyFilter = Readonly<{ customerId: string; q?: string; archived?: boolean; cursor?: string | null; limit?: number }>;

/** Properties of one customer by code, then as they came. */
export async function listProperties(scope: Scope, filter: PropertyFilter): Promise<{ items: Property[]; nextCursor: string | null }> {
  await mayRead(scope);
  const limit = Math.min(filter.limit ?? limits.pageSize, limits.pageSizeMax);
  const after = readCursor('properties', filter.cursor, 2);
  if (after !== null && !isUuid(after[1] ?? '')) throw new Refusal('cursor_invalid');
  const typed = filter.q?.trim() ?? '';
  const ids = typed === '' ? null : (await findIds(scope, typed, ['property'])).ids;
  const rows = await selectProperties(scope, { customerId: filter.customerId, archived: filter.archived ?? false, ids, after, limit: limit + 1 });
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? writeCursor('properties', [last.code, last.id]) : null };
}

/** Which of these an import already brought, by "customer id:key". */
export function findImportedProperties(scope: Scope, keys: readonly { customerId: string; importKey: string }[]): Promise<Map<string, string>> {
  return selectImportedProperties(scope, keys);
}

/** A code tells properties of one customer apart, so two living ones never share it. */
async function refuseTakenCodes(scope: Scope, properties: readonly Property[]): Promise<void> {
  const coded = properties.filter((property) => property.code !== '');
  if (coded.length === 0) return;
  const keyOf = (property: { customerId: string; code: string }): string => `${property.customerId}:${property.code.toLowerCase()}`;
  const taken = await selectTakenCodes(scope, coded);
  const own = new Set(coded.map((property) => property.id));
  const seen = new Set(taken.filter((other) => !own.has(other.id)).map(keyOf));
  for (const property of coded) {
    if (seen.has(keyOf(property))) throw new Refusal('property_code_taken', { field: 'code', code: property.code });
    seen.add(keyOf(property));
  }
}

/** An owner who is named as a person is one of the customer's own. */
async function refuseForeignOwners(scope: Scope, properties: readonly Property[]): Promise<void> {
  const owned = properties.flatMap(({ customerId, ownerPersonId }) => (ownerPersonId === null ? [] : [{ customerId, personId: ownerPersonId }]));
  if (owned.length > 0 && !(await areTheirPeople(scope, owned))) throw new Refusal('not_found', { field: 'ownerPersonId' });
}

function indexed(property: Property): Indexed {
  const { street, unit, city, postalCode } = property.address;
  const words = [property.code, property.name, property.unit, property.ownerName, property.costCode, street, unit, city, postalCode];
  return { kind: 'property', id: property.id, customerId: property.customerId, texts: { words } };
}
