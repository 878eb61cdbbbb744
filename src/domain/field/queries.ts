import { sql } from 'kysely';
import type { Address } from '../../core/address.ts';
import type { Scope } from '../../db/scope.ts';

export type AssignmentRow = Readonly<{
  id: string;
  staffId: string;
  staffName: string;
  customerId: string;
  customerName: string;
  propertyId: string | null;
  propertyName: string;
  onDay: string | null;
  note: string;
  createdAt: string;
}>;

export async function insertAssignment(
  scope: Scope,
  row: Readonly<{ id: string; staffId: string; customerId: string; propertyId: string | null; onDay: string | null; note: string }>,
): Promise<void> {
  await scope.tx
    .insertInto('assignments')
    .values({
      business_id: scope.business,
      id: row.id,
      staff_id: row.staffId,
      customer_id: row.customerId,
      property_id: row.propertyId,
      on_day: row.onDay,
      note: row.note,
      created_by: scope.actor.name,
      created_at: scope.now.toString(),
    })
    .execute();
}

/** What holds now and later, those of a day first; a day that passed more than a month ago is over. */
export async function selectAssignments(
  scope: Scope,
  of: Readonly<{ staffId: string | null; customerId: string | null; today: string }>,
): Promise<AssignmentRow[]> {
  const b = scope.business;
  const { rows } =
    await sql<AssignmentRow>`select a.id, a.staff_id as "staffId", s.name as "staffName", a.customer_id as "customerId", c.name as "customerName",
      a.property_id as "propertyId", coalesce(nullif(concat_ws(' ', nullif(p.code, ''), nullif(p.name, '')), ''), p.address->>'street', '') as "propertyName",
      a.on_day as "onDay", a.note, a.created_at as "createdAt"
    from assignments a
    join staff s on s.business_id = ${b} and s.id = a.staff_id
    join customers c on c.business_id = ${b} and c.id = a.customer_id
    left join properties p on p.business_id = ${b} and p.id = a.property_id
    where a.business_id = ${b} and a.ended_at is null and s.removed_at is null and (a.on_day is null or a.on_day >= ${of.today}::date - 30)
      and (${of.staffId}::uuid is null or a.staff_id = ${of.staffId}::uuid) and (${of.customerId}::uuid is null or a.customer_id = ${of.customerId}::uuid)
    order by a.on_day nulls last, s.name, c.name, a.id limit 500`.execute(scope.tx);
  return rows;
}

export async function endAssignmentRow(scope: Scope, id: string): Promise<{ customerId: string; staffId: string } | undefined> {
  return scope.tx
    .updateTable('assignments')
    .set({ ended_at: scope.now.toString() })
    .where('business_id', '=', scope.business)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .returning(['customer_id as customerId', 'staff_id as staffId'])
    .executeTakeFirst();
}

export async function selectCrewName(scope: Scope, staffId: string): Promise<string | undefined> {
  const row = await scope.tx
    .selectFrom('staff')
    .select('name')
    .where('business_id', '=', scope.business)
    .where('id', '=', staffId)
    .where('role', '=', 'field')
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  return row?.name;
}

export type PlaceRow = Readonly<{ id: string | null; code: string; name: string; address: Address; accessNotes: string }>;
export type StopRow = Readonly<{
  customerId: string;
  name: string;
  contact: string;
  phone: string;
  onDay: string | null;
  note: string;
  billing: Address;
  places: readonly PlaceRow[];
}>;

/** The customers of a crew member: those of the day first, then those that stay. A property that was named is the only one shown. */
export async function selectStops(scope: Scope, staffId: string, today: string): Promise<StopRow[]> {
  const b = scope.business;
  const { rows } = await sql<StopRow>`with mine as (
      select a.customer_id, min(a.on_day) filter (where a.on_day = ${today}::date) as on_day, bool_or(a.property_id is null) as whole,
        array_agg(a.property_id) filter (where a.property_id is not null) as properties, coalesce(string_agg(distinct nullif(a.note, ''), ' · '), '') as note
      from assignments a where a.business_id = ${b} and a.staff_id = ${staffId} and a.ended_at is null and (a.on_day is null or a.on_day = ${today}::date)
      group by a.customer_id)
    select c.id as "customerId", c.name, m.on_day as "onDay", m.note, c.billing_address as billing,
      coalesce(h.name, '') as contact, coalesce(h.phone, '') as phone,
      coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'code', p.code, 'name', concat_ws(', ', nullif(p.name, ''), nullif(p.unit, '')), 'address', p.address,
          'accessNotes', p.access_notes) order by p.code, p.name, p.id)
        from properties p where p.business_id = ${b} and p.customer_id = c.id and p.archived_at is null and (m.whole or p.id = any (m.properties))), '[]') as places
    from mine m join customers c on c.business_id = ${b} and c.id = m.customer_id
    left join lateral (select q.name, q.phone from people q join grants g on g.business_id = ${b} and g.person_id = q.id and g.revoked_at is null
      where q.business_id = ${b} and g.customer_id = c.id and q.removed_at is null order by (q.phone <> '') desc, g.bills desc, q.created_at, q.id limit 1) h on true
    where c.archived_at is null
    order by m.on_day nulls last, c.sort_name, c.id limit 100`.execute(scope.tx);
  return rows;
}

export async function insertFieldDraft(scope: Scope, row: Readonly<{ documentId: string; customerId: string; staffId: string; note: string }>): Promise<void> {
  await scope.tx
    .insertInto('field_drafts')
    .values({
      business_id: scope.business,
      document_id: row.documentId,
      customer_id: row.customerId,
      staff_id: row.staffId,
      created_at: scope.now.toString(),
      note: row.note,
    })
    .execute();
}

export type WorkRow = Readonly<{
  id: string;
  number: string | null;
  customerId: string;
  customerName: string;
  propertyName: string | null;
  currency: string;
  stored: 'draft' | 'scheduled' | 'issued';
  totalMinor: bigint;
  balanceMinor: bigint;
  processingMinor: bigint;
  canceled: boolean;
  ready: boolean;
  note: string;
  createdAt: string;
}>;

/** What a crew member wrote, newest first: all of it, or one. */
export async function selectWork(scope: Scope, of: Readonly<{ staffId: string; documentId: string | null }>): Promise<WorkRow[]> {
  const b = scope.business;
  const { rows } = await sql<
    Record<keyof WorkRow, never>
  >`select s.document_id as id, s.number, s.customer_id as "customerId", s.customer_name as "customerName",
      nullif(concat_ws(' ', nullif(p.code, ''), nullif(p.name, '')), '') as "propertyName", s.currency, s.state as stored,
      s.total_minor::text as "totalMinor", s.balance_minor::text as "balanceMinor", (s.processing_minor + s.unknown_minor)::text as "processingMinor",
      s.canceled_at is not null as canceled, f.ready_at is not null as ready, f.note, f.created_at as "createdAt"
    from field_drafts f join invoice_standings s on s.business_id = ${b} and s.document_id = f.document_id
    left join properties p on p.business_id = ${b} and p.id = s.property_id
    where f.business_id = ${b} and f.staff_id = ${of.staffId} and (${of.documentId}::uuid is null or f.document_id = ${of.documentId}::uuid)
    order by f.created_at desc, f.document_id desc limit 100`.execute(scope.tx);
  return rows.map((row) => ({
    ...(row as unknown as WorkRow),
    totalMinor: BigInt(row.totalMinor),
    balanceMinor: BigInt(row.balanceMinor),
    processingMinor: BigInt(row.processingMinor),
  }));
}

export async function markReady(scope: Scope, documentId: string): Promise<void> {
  await scope.tx
    .updateTable('field_drafts')
    .set({ ready_at: scope.now.toString() })
    .where('business_id', '=', scope.business)
    .where('document_id', '=', documentId)
    .execute();
}

export type LineRow = Readonly<{ itemId: string | null; name: string; unit: string; quantityMilli: bigint; netMinor: bigint }>;

/** The lines of an issued invoice. */
export async function selectLines(scope: Scope, documentId: string): Promise<LineRow[]> {
  const rows = await scope.tx
    .selectFrom('document_lines')
    .select(['item_id as itemId', 'name', 'unit', 'quantity_milli as quantityMilli', 'net_minor as netMinor'])
    .where('business_id', '=', scope.business)
    .where('document_id', '=', documentId)
    .orderBy('position')
    .limit(500)
    .execute();
  return rows.map((row) => ({ ...row, quantityMilli: BigInt(row.quantityMilli), netMinor: BigInt(row.netMinor) }));
}

/** Whom an invoice of this customer goes to by itself: people who receive bills and have an address that works. */
export async function selectBilled(scope: Scope, customerId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select distinct q.id from people q join grants g on g.business_id = ${scope.business} and g.person_id = q.id
      and g.customer_id = ${customerId} and g.revoked_at is null and g.bills and g.property_id is null
    where q.business_id = ${scope.business} and q.removed_at is null and q.email <> '' and q.bounced_at is null limit 20`.execute(scope.tx);
  return rows.map((row) => row.id);
}
