import { sql } from 'kysely';
import { newId } from '../../../db/fresh.ts';
import type { Scope } from '../../../db/scope.ts';

export type DepositRow = Readonly<{
  id: string;
  number: string;
  customerId: string;
  propertyId: string | null;
  currency: string;
  title: string;
  totalMinor: bigint;
  paidMinor: bigint;
  usedMinor: bigint;
  canceled: boolean;
}>;

/** Deposits asked for: of these customers, or these ones. Newest first. */
export async function selectDeposits(scope: Scope, by: Readonly<{ customers?: readonly string[]; ids?: readonly string[] }>): Promise<DepositRow[]> {
  const b = scope.business;
  const { rows } = await sql<DepositRow>`
    select d.document_id as id, s.number, d.customer_id as "customerId", d.property_id as "propertyId", d.currency,
      coalesce((select l.name from document_lines l where l.business_id = ${b} and l.document_id = d.document_id order by l.position limit 1), '') as title,
      s.total_minor as "totalMinor", s.paid_minor as "paidMinor", d.used_minor as "usedMinor", s.canceled_at is not null as canceled
    from deposits d join invoice_standings s on s.business_id = ${b} and s.document_id = d.document_id
    where d.business_id = ${b} and (d.customer_id = any (${[...(by.customers ?? [])]}::uuid[]) or d.document_id = any (${[...(by.ids ?? [])]}::uuid[]))
    order by s.listed_on desc, d.document_id desc limit 500`.execute(scope.tx);
  return rows;
}

/** The customers these documents are for, before anything is locked. */
export async function selectCustomersOf(scope: Scope, documentIds: readonly string[]): Promise<string[]> {
  const rows = await scope.tx
    .selectFrom('documents')
    .select('customer_id')
    .distinct()
    .where('business_id', '=', scope.business)
    .where('id', '=', sql<string>`any (${[...documentIds]}::uuid[])`)
    .execute();
  return rows.map((row) => row.customer_id);
}

export async function insertDeposits(
  scope: Scope,
  deposits: readonly Readonly<{ documentId: string; customerId: string; propertyId: string | null; currency: string }>[],
): Promise<void> {
  if (deposits.length === 0) return;
  const rows = deposits.map((each) => ({
    business_id: scope.business,
    document_id: each.documentId,
    customer_id: each.customerId,
    property_id: each.propertyId,
    currency: each.currency,
  }));
  await scope.tx.insertInto('deposits').values(rows).execute();
}

export type Use = Readonly<{
  depositId: string;
  kind: 'applied' | 'taken_off' | 'credited' | 'refunded';
  documentId: string | null;
  amountMinor: bigint;
  usedOn: string;
  method?: string;
  reference?: string;
}>;

/** Keeps the uses and moves the running figures with them. The caller holds the deposits. */
export async function insertUses(scope: Scope, uses: readonly Use[]): Promise<void> {
  for (const use of uses) {
    await scope.tx
      .insertInto('deposit_uses')
      .values({
        business_id: scope.business,
        id: newId(),
        deposit_id: use.depositId,
        kind: use.kind,
        document_id: use.documentId,
        amount_minor: use.amountMinor,
        used_on: use.usedOn,
        method: use.method ?? '',
        reference: use.reference ?? '',
        used_by: scope.actor.name,
        recorded_at: scope.now.toString(),
      })
      .execute();
    await scope.tx
      .updateTable('deposits')
      .set((eb) => ({ used_minor: use.kind === 'taken_off' ? eb('used_minor', '-', use.amountMinor) : eb('used_minor', '+', use.amountMinor) }))
      .where('business_id', '=', scope.business)
      .where('document_id', '=', use.depositId)
      .execute();
  }
}

/** What of which deposit stands on a bill. */
export async function selectAppliedTo(scope: Scope, documentId: string): Promise<{ id: string; number: string; amountMinor: bigint }[]> {
  const b = scope.business;
  const { rows } = await sql<{ id: string; number: string; amountMinor: bigint }>`
    select u.deposit_id as id, s.number, sum(case u.kind when 'applied' then u.amount_minor else -u.amount_minor end)::bigint as "amountMinor"
    from deposit_uses u join invoice_standings s on s.business_id = ${b} and s.document_id = u.deposit_id
    where u.business_id = ${b} and u.document_id = ${documentId} group by 1, 2
    having sum(case u.kind when 'applied' then u.amount_minor else -u.amount_minor end) > 0 order by 1`.execute(scope.tx);
  return rows;
}

/** How much of each part of a bill its deposits cover. */
export async function selectCovered(scope: Scope, documentId: string): Promise<{ partId: string; propertyId: string | null; amountMinor: bigint }[]> {
  const { rows } = await sql<{ partId: string; propertyId: string | null; amountMinor: bigint }>`
    select part_id as "partId", property_id as "propertyId", sum(case when credit = 'receivable' then amount_minor else -amount_minor end)::bigint as "amountMinor"
    from ledger where business_id = ${scope.business} and document_id = ${documentId} and kind = 'apply_deposit' group by 1, 2
    having sum(case when credit = 'receivable' then amount_minor else -amount_minor end) > 0 order by 1`.execute(scope.tx);
  return rows;
}

export type UseRow = Readonly<{
  kind: Use['kind'];
  documentId: string | null;
  number: string | null;
  amountMinor: bigint;
  usedOn: string;
  method: string;
  by: string;
}>;

export async function selectUses(scope: Scope, depositId: string): Promise<UseRow[]> {
  const b = scope.business;
  const { rows } = await sql<UseRow>`
    select u.kind, u.document_id as "documentId", s.number, u.amount_minor as "amountMinor", u.used_on as "usedOn", u.method, u.used_by as by
    from deposit_uses u left join invoice_standings s on s.business_id = ${b} and s.document_id = u.document_id
    where u.business_id = ${b} and u.deposit_id = ${depositId} order by u.recorded_at, u.id`.execute(scope.tx);
  return rows;
}
