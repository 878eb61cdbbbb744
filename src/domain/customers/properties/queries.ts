import { type RawBuilder, sql } from 'kysely';
import { Refusal } from '../../../core/refusal.ts';
import { type Scope, sqlState } from '../../../db/scope.ts';
import { type Property, propertyTitle } from '../property.ts';

const rowsAStatement = 1000;
const columns = sql`p.id, p.version, p.customer_id as "customerId", p.code, p.name, p.unit, p.address, p.owner_name as "ownerName",
  r.owner_person_id as "ownerPersonId", p.cost_code as "costCode", p.access_notes as "accessNotes", p.access_notes_shown as "accessNotesShown",
  r.nte_minor as "nteMinor", r.po_required as "poRequired", p.tax_rate_id as "taxRateId", p.archived_at as "archivedAt", p.created_at as "createdAt",
  p.moved_to as "movedTo", p.moved_from as "movedFrom"`;
const ruled = (scope: Scope) => sql`properties p left join property_rules r on r.business_id = ${scope.business} and r.property_id = p.id`;

export async function insertProperties(scope: Scope, properties: readonly (Property & { importKey: string | null })[]): Promise<void> {
  for (let from = 0; from < properties.length; from += rowsAStatement) {
    const rows = properties.slice(from, from + rowsAStatement).map((property) => ({
      business_id: scope.business,
      id: property.id,
      customer_id: property.customerId,
      ...fieldsOf(property),
      import_key: property.importKey,
      created_at: property.createdAt,
    }));
    await scope.tx.insertInto('properties').values(rows).execute().catch(refuseReference);
  }
  await saveRules(
    scope,
    properties.filter(({ ownerPersonId, nteMinor, poRequired }) => ownerPersonId !== null || nteMinor !== null || poRequired !== null),
  );
}

async function saveRules(scope: Scope, properties: readonly Property[]): Promise<void> {
  for (let from = 0; from < properties.length; from += rowsAStatement) {
    const rows = properties.slice(from, from + rowsAStatement).map(({ id, customerId, ownerPersonId, nteMinor, poRequired }) => ({
      ...{
        business_id: scope.business,
        property_id: id,
        customer_id: customerId,
        owner_person_id: ownerPersonId,
        nte_minor: nteMinor,
        po_required: poRequired,
      },
    }));
    await scope.tx
      .insertInto('property_rules')
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(['business_id', 'property_id']).doUpdateSet((eb) => ({
          owner_person_id: eb.ref('excluded.owner_person_id'),
          nte_minor: eb.ref('excluded.nte_minor'),
          po_required: eb.ref('excluded.po_required'),
        })),
      )
      .execute();
  }
}

/** Whether each of these is one of the customer's people. */
export async function areTheirPeople(scope: Scope, pairs: readonly { customerId: string; personId: string }[]): Promise<boolean> {
  const wanted = new Set(pairs.map(({ customerId, personId }) => `${customerId} ${personId}`));
  const { rows } = await sql<{ pair: string }>`select distinct g.customer_id || ' ' || g.person_id as pair from grants g
    where g.business_id = ${scope.business} and g.customer_id = any (${[...new Set(pairs.map(({ customerId }) => customerId))]}::uuid[])
      and g.person_id = any (${[...new Set(pairs.map(({ personId }) => personId))]}::uuid[]) and g.revoked_at is null`.execute(scope.tx);
  const found = new Set(rows.map(({ pair }) => pair));
  return [...wanted].every((pair) => found.has(pair));
}

/**
 * Whether a PO number is asked for: what the property says, else what the customer says (`own`). A document over several properties is asked for
 * one as soon as one of them is.
 */
export function poRequiredAt(
  business: RawBuilder<unknown>,
  of: Readonly<{ document: RawBuilder<unknown>; property: RawBuilder<unknown>; own: RawBuilder<unknown> }>,
) {
  return sql<boolean>`coalesce(
    (select bool_or(coalesce(q.po_required, ${of.own})) from document_parts k left join property_rules q on q.business_id = ${business} and q.property_id = k.property_id
      where k.business_id = ${business} and k.document_id = ${of.document}),
    (select q.po_required from property_rules q where q.business_id = ${business} and q.property_id = ${of.property}), ${of.own})`;
}

function refuseReference(error: unknown): never {
  if (sqlState(error) === '23505') throw new Refusal('id_taken', { field: 'id' });
  if (sqlState(error) !== '23503' || !(error instanceof Error && 'constraint' in error)) throw error;
  throw error.constraint === 'properties_tax_rate'
    ? new Refusal('tax_rate_unknown', { field: 'taxRateId' })
    : new Refusal('not_found', { field: 'customerId' });
}

function fieldsOf(property: Property) {
  return {
    version: property.version,
    code: property.code,
    name: property.name,
    unit: property.unit,
    address: JSON.stringify(property.address),
    owner_name: property.ownerName,
    cost_code: property.costCode,
    access_notes: property.accessNotes,
    access_notes_shown: property.accessNotesShown,
    tax_rate_id: property.taxRateId,
    archived_at: property.archivedAt,
    moved_to: property.movedTo,
    moved_from: property.movedFrom,
  };
}

export async function updateProperty(scope: Scope, property: Property): Promise<void> {
  await scope.tx
    .updateTable('properties')
    .set(fieldsOf(property))
    .where('business_id', '=', scope.business)
    .where('id', '=', property.id)
    .execute()
    .catch(refuseReference);
  await saveRules(scope, [property]);
}

const titled = (row: Omit<Property, 'title'>): Property => ({ ...row, title: propertyTitle(row) });

export async function selectProperty(scope: Scope, id: string, lock: boolean): Promise<Property | undefined> {
  const { rows } = await sql<Omit<Property, 'title'>>`select ${columns} from ${ruled(scope)} where p.business_id = ${scope.business} and p.id = ${id}
    ${lock ? sql`for no key update of p` : sql``}`.execute(scope.tx);
  return rows[0] && titled(rows[0]);
}

type Question = Readonly<{ customerId: string; archived: boolean; ids: readonly string[] | null; after: readonly string[] | null; limit: number }>;

export async function selectProperties(scope: Scope, question: Question): Promise<Property[]> {
  const { customerId, archived, ids, after, limit } = question;
  const { rows } = await sql<Omit<Property, 'title'>>`select ${columns} from ${ruled(scope)}
    where p.business_id = ${scope.business} and p.customer_id = ${customerId} and p.archived_at is ${archived ? sql`not null` : sql`null`}
      ${ids === null ? sql`` : sql`and p.id = any (${[...ids]}::uuid[])`}
      ${after === null ? sql`` : sql`and (p.code collate "C", p.id) > (${after[0]}, ${after[1]}::uuid)`}
    order by p.code collate "C", p.id limit ${limit}`.execute(scope.tx);
  return rows.map(titled);
}

export async function selectTakenCodes(scope: Scope, properties: readonly Property[]): Promise<{ id: string; customerId: string; code: string }[]> {
  const { rows } = await sql<{ id: string; customerId: string; code: string }>`select p.id, p.customer_id as "customerId", p.code from properties p
    where p.business_id = ${scope.business} and p.customer_id = any (${[...new Set(properties.map((property) => property.customerId))]}::uuid[])
      and p.code <> '' and p.archived_at is null`.execute(scope.tx);
  return rows;
}

export async function selectImportedProperties(scope: Scope, keys: readonly { customerId: string; importKey: string }[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; customer_id: string; import_key: string }>`select p.id, p.customer_id, p.import_key from properties p
    where p.business_id = ${scope.business} and p.customer_id = any (${keys.map((key) => key.customerId)}::uuid[])
      and p.import_key = any (${keys.map((key) => key.importKey)}::text[])`.execute(scope.tx);
  return new Map(rows.map((row) => [`${row.customer_id}:${row.import_key}`, row.id]));
}
