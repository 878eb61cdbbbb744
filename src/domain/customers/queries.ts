import { type RawBuilder, sql } from 'kysely';
import type { Address } from '../../core/address.ts';
import { Refusal } from '../../core/refusal.ts';
import { type Scope, sqlState } from '../../db/scope.ts';
import type { Customer, CustomerFigures, CustomerKind } from './customer.ts';

type StoredCustomer = Customer & { importKey: string | null; importId: string | null };

/** One line of the list. `contact` is who gets the invoices, else who came first. */
export type CustomerRow = Readonly<{
  id: string;
  kind: CustomerKind;
  name: string;
  company: string;
  contact: { name: string; email: string; phone: string } | null;
  city: string;
  properties: number;
  openInvoices: number;
  balanceMinor: bigint;
  overdueMinor: bigint;
  currency: string;
  archived: boolean;
}>;
export type CustomerView = Customer & Readonly<{ figures: CustomerFigures; properties: number; people: number; openInvoices: number }>;

const rowsAStatement = 1000;
const columns = sql`c.id, c.version, c.kind, c.name, c.company, c.billing_address as "billingAddress", c.language, c.terms_days as "termsDays",
  c.tax_exempt as "taxExempt", c.tax_exempt_note as "taxExemptNote", c.po_required as "poRequired",
  c.two_approvers_from_minor as "twoApproversFromMinor", c.notes, c.reminders,
  c.import_id is not null as imported, c.archived_at as "archivedAt", c.erased_at as "erasedAt", c.created_at as "createdAt"`;

export async function insertCustomers(scope: Scope, customers: readonly StoredCustomer[]): Promise<void> {
  for (let from = 0; from < customers.length; from += rowsAStatement) {
    const rows = customers.slice(from, from + rowsAStatement).map((customer) => ({
      business_id: scope.business,
      id: customer.id,
      ...fieldsOf(customer),
      import_key: customer.importKey,
      import_id: customer.importId,
      created_at: customer.createdAt,
    }));
    await scope.tx.insertInto('customers').values(rows).execute().catch(refuseTaken);
  }
}

function refuseTaken(error: unknown): never {
  if (sqlState(error) === '23505') throw new Refusal('id_taken', { field: 'id' });
  throw error;
}

function fieldsOf(customer: Customer) {
  return {
    version: customer.version,
    kind: customer.kind,
    name: customer.name,
    company: customer.company,
    billing_address: JSON.stringify(customer.billingAddress satisfies Address),
    language: customer.language,
    terms_days: customer.termsDays,
    tax_exempt: customer.taxExempt,
    tax_exempt_note: customer.taxExemptNote,
    po_required: customer.poRequired,
    two_approvers_from_minor: customer.twoApproversFromMinor,
    notes: customer.notes,
    reminders: customer.reminders,
    archived_at: customer.archivedAt,
  };
}

export async function updateCustomer(scope: Scope, customer: Customer): Promise<void> {
  await scope.tx.updateTable('customers').set(fieldsOf(customer)).where('business_id', '=', scope.business).where('id', '=', customer.id).execute();
}

export async function selectCustomer(scope: Scope, id: string, lock: boolean): Promise<Customer | undefined> {
  const { rows } = await sql<Customer>`select ${columns} from customers c where c.business_id = ${scope.business} and c.id = ${id}
    ${lock ? sql`for no key update` : sql``}`.execute(scope.tx);
  return rows[0];
}

export async function selectImportedCustomers(scope: Scope, keys: readonly string[]): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map();
  const rows = await scope.tx
    .selectFrom('customers')
    .select(['import_key', 'id'])
    .where('business_id', '=', scope.business)
    .where('import_key', 'in', [...keys])
    .execute();
  return new Map(rows.map((row) => [row.import_key ?? '', row.id]));
}

/** Each open invoice of customer `c` with its balance told apart as core/settlement does it: every cent in exactly one figure. */
function openFigures(scope: Scope): RawBuilder<unknown> {
  return sql`select s.balance_minor as balance, m.moving + a.announced as on_its_way, h.held, q.question, n.later, n.now_due,
      case when s.due_on < d.today then n.overdue else 0 end as overdue
    from invoice_standings s
    cross join lateral (select (${scope.now.toString()}::timestamptz at time zone b.time_zone)::date as today) d
    cross join lateral (select least(s.balance_minor, case when s.early_minor > 0 and s.processing_minor + s.unknown_minor > 0 and s.started_on <= s.early_until
      and s.balance_minor - s.processing_minor - s.unknown_minor <= s.early_minor then s.balance_minor else s.processing_minor + s.unknown_minor end) as moving) m
    cross join lateral (select least(s.balance_minor - m.moving, s.held_back_minor) as held) h
    cross join lateral (select least(s.balance_minor - m.moving - h.held, s.in_question_minor) as question) q
    cross join lateral (select case when s.announced_for is null or d.today <= s.announced_for + 10
      then least(s.balance_minor - m.moving - h.held - q.question, s.announced_minor) else 0 end as announced) a
    cross join lateral (select s.balance_minor - m.moving - h.held - q.question - a.announced as open, coalesce(due_after(s.installments, d.today), 0) as after,
      coalesce(due_after(s.installments, d.today - 1), 0) as from_today) i
    cross join lateral (select least(i.open, i.after) as later, i.open - least(i.open, i.after) as now_due, i.open - least(i.open, i.from_today) as overdue) n
    where s.business_id = ${scope.business} and s.customer_id = c.id and s.state = 'issued' and s.balance_minor > 0 and s.closed_at is null and s.currency = b.currency`;
}

export async function selectCustomerView(scope: Scope, id: string): Promise<CustomerView | undefined> {
  const b = scope.business;
  type Row = Customer & Omit<CustomerFigures, 'currency'> & { currency: string; properties: number; people: number; openInvoices: number };
  const { rows } = await sql<Row>`select ${columns}, b.currency, f.*, coalesce(k.credit_minor, 0) as "creditMinor",
      (select count(*)::int from properties p where p.business_id = ${b} and p.customer_id = c.id and p.archived_at is null) as properties,
      (select count(distinct g.person_id)::int from grants g where g.business_id = ${b} and g.customer_id = c.id and g.revoked_at is null) as people
    from customers c
    join businesses b on b.id = ${b}
    left join customer_balances k on k.business_id = ${b} and k.customer_id = c.id and k.currency = b.currency
    cross join lateral (select count(*)::int as "openInvoices", coalesce(sum(balance), 0)::int8 as "balanceMinor", coalesce(sum(now_due), 0)::int8 as "dueNowMinor",
      coalesce(sum(later), 0)::int8 as "dueLaterMinor", coalesce(sum(on_its_way), 0)::int8 as "onItsWayMinor", coalesce(sum(question), 0)::int8 as "inQuestionMinor",
      coalesce(sum(held), 0)::int8 as "heldBackMinor", coalesce(sum(overdue), 0)::int8 as "overdueMinor" from (${openFigures(scope)}) open) f
    where c.business_id = ${b} and c.id = ${id}`.execute(scope.tx);
  const [row] = rows;
  if (row === undefined) return undefined;
  const { currency, balanceMinor, dueNowMinor, dueLaterMinor, onItsWayMinor, inQuestionMinor, heldBackMinor, overdueMinor, creditMinor, ...rest } = row;
  return { ...rest, figures: { currency, balanceMinor, dueNowMinor, dueLaterMinor, onItsWayMinor, inQuestionMinor, heldBackMinor, overdueMinor, creditMinor } };
}

export type ListQuestion = Readonly<{
  kind?: CustomerKind;
  owing?: boolean;
  archived?: boolean;
  sort: 'name' | 'newest' | 'balance';
  /** Found by text; null when nothing was typed. */
  ids: readonly string[] | null;
  after: readonly string[] | null;
  limit: number;
}>;

const orders = {
  name: { order: sql`sort_name, id`, after: ([name, id]: readonly string[]) => sql`(sort_name, id) > (${name}, ${id}::uuid)` },
  newest: { order: sql`id desc`, after: ([id]: readonly string[]) => sql`id < ${id}::uuid` },
  balance: { order: sql`balance desc, id desc`, after: ([balance, id]: readonly string[]) => sql`(balance, id) < (${balance}::int8, ${id}::uuid)` },
} as const;

export async function selectCustomers(scope: Scope, question: ListQuestion): Promise<(CustomerRow & { sortName: string })[]> {
  const b = scope.business;
  const { order, after } = orders[question.sort];
  // Only these two need every balance; else the page comes straight from an index and balances are read for its rows alone.
  const byBalance = question.sort === 'balance' || question.owing === true;
  const currency = sql`(select b.currency from businesses b where b.id = ${b})`;
  const { rows } = await sql<CustomerRow & { sortName: string }>`
    with page as (
      select * from (
        select c.*, ${byBalance ? sql`coalesce(k.receivable_minor, 0)` : sql`0::int8`} as balance
        from customers c
        ${byBalance ? sql`left join customer_balances k on k.business_id = ${b} and k.customer_id = c.id and k.currency = ${currency}` : sql``}
        where c.business_id = ${b} and c.archived_at is ${question.archived === true ? sql`not null` : sql`null`}
          ${question.kind === undefined ? sql`` : sql`and c.kind = ${question.kind}`}
          ${question.owing === true ? sql`and k.receivable_minor > 0` : sql``}
          ${question.ids === null ? sql`` : sql`and c.id = any (${[...question.ids]}::uuid[])`}
      ) as listed
      ${question.after === null ? sql`` : sql`where ${after(question.after)}`}
      order by ${order} limit ${question.limit}
    )
    select c.id, c.kind, c.name, c.company, c.sort_name as "sortName", c.billing_address ->> 'city' as city, b.currency,
      coalesce(k.receivable_minor, 0) as "balanceMinor",
      c.archived_at is not null as archived, t.contact, f."openInvoices", f."overdueMinor",
      (select count(*)::int from properties p where p.business_id = ${b} and p.customer_id = c.id and p.archived_at is null) as properties
    from page c
    join businesses b on b.id = ${b}
    left join customer_balances k on k.business_id = ${b} and k.customer_id = c.id and k.currency = b.currency
    cross join lateral (select count(*)::int as "openInvoices", coalesce(sum(overdue), 0)::int8 as "overdueMinor" from (${openFigures(scope)}) open) f
    left join lateral (select json_build_object('name', p.name, 'email', p.email, 'phone', p.phone) as contact
      from grants g join people p on p.business_id = ${b} and p.id = g.person_id
      where g.business_id = ${b} and g.customer_id = c.id and g.revoked_at is null and p.removed_at is null
      order by g.bills desc, p.created_at, p.id limit 1) t on true
    order by ${order}`.execute(scope.tx);
  return rows.map((row) => ({ ...row, city: row.city ?? '', contact: row.contact ?? null }));
}

export async function anyErased(scope: Scope, customerIds: readonly string[]): Promise<boolean> {
  const { rows } =
    await sql`select from customers where business_id = ${scope.business} and id = any (${[...customerIds]}::uuid[]) and erased_at is not null limit 1`.execute(
      scope.tx,
    );
  return rows.length > 0;
}
