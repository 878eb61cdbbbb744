import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '../../../db/scope.ts';
import type { Transfer } from '../../ledger/ledger.ts';

/** What stands in the way, how often, and one of them by name. */
export type Blocker = Readonly<{
  code: 'shown' | 'sent' | 'paid' | 'processing' | 'credited' | 'replaced' | 'asked' | 'customer_used' | 'property_used' | 'credit_used';
  count: number;
  example: string;
}>;

/** Of the import, or of a part of it, what was sent, shown, paid or otherwise used since. Each reason once. */
export async function selectBlockers(scope: Scope, importId: string, part: readonly string[] | null = null): Promise<Blocker[]> {
  const b = scope.business;
  const things = (kinds: readonly string[]): RawBuilder<unknown> =>
    sql`select t.thing_id, t.customer_id from imported_things t where t.business_id = ${b} and t.import_id = ${importId}
      and t.kind = any (${[...kinds]}::text[]) ${part === null ? sql`` : sql`and t.thing_id = any (${[...part]}::uuid[])`}`;
  const ofOthers = sql`and d.import_id is distinct from ${importId}`;
  const { rows } = await sql<Blocker>`
    with docs as materialized (select s.* from (${things(['invoice', 'opening'])}) t join invoice_standings s on s.business_id = ${b} and s.document_id = t.thing_id),
    people_in as (select c.id, c.name from (${things(['customer'])}) t join customers c on c.business_id = ${b} and c.id = t.thing_id),
    found as (
      select 'shown' as code, number as name from docs where shown
      union all select 'sent', number from docs where sent_at is not null or last_mailed_at is not null
        or exists (select from links l where l.business_id = ${b} and l.document_id = docs.document_id)
      union all select 'processing', number from docs where processing_minor > 0 or unknown_minor > 0 or announced_minor > 0
      union all select 'credited', number from docs where credited_minor > 0 or written_off_minor > 0
      union all select 'replaced', number from docs where replaced_by_number is not null
      union all select 'asked', number from docs where exists (select from threads h where h.business_id = ${b} and h.document_id = docs.document_id)
      union all select 'paid', docs.number from docs where exists (select from payment_shares h
          join payments p on p.business_id = ${b} and p.id = h.payment_id
          where h.business_id = ${b} and h.document_id = docs.document_id and p.import_id is distinct from ${importId} and p.state in ('pending', 'cleared', 'unknown', 'disputed'))
      union all select 'customer_used', c.name from people_in c where
        exists (select from documents d join invoice_standings s on s.business_id = ${b} and s.document_id = d.id
          where d.business_id = ${b} and d.customer_id = c.id ${ofOthers} and s.state <> 'undone')
        or exists (select from payments p where p.business_id = ${b} and p.customer_id = c.id and p.import_id is distinct from ${importId}
          and p.state in ('pending', 'cleared', 'unknown', 'disputed'))
        or exists (select from imported_things t where t.business_id = ${b} and t.customer_id = c.id and t.kind = 'credit' and t.import_id <> ${importId})
      union all select 'property_used', p.name from (${things(['property'])}) t join properties p on p.business_id = ${b} and p.id = t.thing_id
        where exists (select from document_parts x join documents d on d.business_id = ${b} and d.id = x.document_id
          join invoice_standings s on s.business_id = ${b} and s.document_id = d.id
          where x.business_id = ${b} and x.property_id = p.id ${ofOthers} and s.state <> 'undone')
        or exists (select from documents d where d.business_id = ${b} and d.property_id = p.id and d.customer_id = t.customer_id and d.issued_at is null)
      union all select 'credit_used', c.name from (
          select l.customer_id, l.currency, sum(l.amount_minor) as given from (${things(['credit'])}) t
          join ledger l on l.business_id = ${b} and l.customer_id = t.customer_id and l.act_id = t.thing_id group by 1, 2) g
        join customers c on c.business_id = ${b} and c.id = g.customer_id
        join customer_balances k on k.business_id = ${b} and k.customer_id = g.customer_id and k.currency = g.currency
        where k.credit_minor < g.given)
    select code, count(*)::int as count, min(name) as example from found group by code order by 2 desc`.execute(scope.tx);
  return rows;
}

type LedgerRow = Transfer & Readonly<{ documentId: string | null }>;
const ledgerColumns = sql`l.kind, l.debit, l.credit, l.amount_minor as "amountMinor", l.currency, l.customer_id as "customerId", l.document_id as "documentId",
  l.part_id as "partId", l.property_id as "propertyId", l.payment_id as "paymentId", l.effective_on as "effectiveOn"`;

/** Everything the books hold of these invoices and the money that came in with them. */
export async function selectTransfersOf(scope: Scope, importId: string, documentIds: readonly string[]): Promise<LedgerRow[]> {
  const b = scope.business;
  const ids = sql`any (${[...documentIds]}::uuid[])`;
  const { rows } = await sql<LedgerRow>`
    select ${ledgerColumns} from ledger l where l.business_id = ${b} and l.document_id = ${ids}
    union all
    select ${ledgerColumns} from ledger l join payments p on p.business_id = ${b} and p.id = l.payment_id
    where l.business_id = ${b} and p.import_id = ${importId} and p.document_id = ${ids} and l.document_id is null`.execute(scope.tx);
  return rows;
}

export async function selectCreditTransfers(scope: Scope, customerIds: readonly string[], actIds: readonly string[]): Promise<LedgerRow[]> {
  const { rows } = await sql<LedgerRow>`select ${ledgerColumns} from ledger l
    where l.business_id = ${scope.business} and l.customer_id = any (${[...customerIds]}::uuid[]) and l.act_id = any (${[...actIds]}::uuid[])`.execute(
    scope.tx,
  );
  return rows;
}

/** Nothing is owed on them, and no list of the office knows them any more. */
export async function markInvoicesUndone(scope: Scope, importId: string, documentIds: readonly string[]): Promise<void> {
  const b = scope.business;
  const ids = sql`any (${[...documentIds]}::uuid[])`;
  const now = scope.now.toString();
  await sql`update payment_shares set state = 'undone', applied_minor = 0 where business_id = ${b} and document_id = ${ids}`.execute(scope.tx);
  await sql`update payments set state = 'undone', ended_at = ${now} where business_id = ${b} and import_id = ${importId} and document_id = ${ids}`.execute(
    scope.tx,
  );
  await sql`update part_standings set paid_minor = 0, canceled_minor = greatest(total_minor, 0) where business_id = ${b} and document_id = ${ids}`.execute(
    scope.tx,
  );
  await sql`update invoice_standings set paid_minor = 0, canceled_minor = total_minor, canceled_at = coalesce(canceled_at, ${now}), state = 'undone', returned = false,
    version = version + 1 where business_id = ${b} and document_id = ${ids}`.execute(scope.tx);
  await sql`update documents set canceled_at = coalesce(canceled_at, ${now}), cancel_reason = 'The import was undone' where business_id = ${b} and id = ${ids}`.execute(
    scope.tx,
  );
}

export async function lockCustomers(scope: Scope, ids: readonly string[]): Promise<void> {
  await sql`select from customers where business_id = ${scope.business} and id = any (${[...ids]}::uuid[]) order by id for update`.execute(scope.tx);
}

/** Gone from the office; their keys are free, so that the same file may come again. */
export async function markUndone(scope: Scope, table: 'customers' | 'properties' | 'items', ids: readonly string[]): Promise<void> {
  const now = scope.now.toString();
  const key = table === 'items' ? sql`` : sql`, import_key = null`;
  await sql`update ${sql.table(table)} set undone_at = ${now}, archived_at = coalesce(archived_at, ${now}) ${key}
    where business_id = ${scope.business} and id = any (${[...ids]}::uuid[])`.execute(scope.tx);
}

/** Their rights, links and ways in end with them. */
export async function markPeopleGone(scope: Scope, ids: readonly string[]): Promise<void> {
  const b = scope.business;
  const now = scope.now.toString();
  const who = sql`any (${[...ids]}::uuid[])`;
  await sql`update grants set revoked_at = ${now} where business_id = ${b} and person_id = ${who} and revoked_at is null`.execute(scope.tx);
  await sql`update links set revoked_at = ${now} where business_id = ${b} and person_id = ${who} and revoked_at is null`.execute(scope.tx);
  await sql`update people set removed_at = ${now}, version = version + 1 where business_id = ${b} and id = ${who} and removed_at is null`.execute(scope.tx);
  await sql`update memberships set removed_at = ${now} where business_id = ${b} and kind = 'person' and member_id = ${who} and removed_at is null`.execute(
    scope.tx,
  );
}
