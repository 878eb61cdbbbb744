import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '../../db/scope.ts';
import { figuresSql } from '../invoices/invoices.ts';
import type { Bill, Rules } from './reminder.ts';

export type RulesRow = Rules & Readonly<{ lastRoundOn: string | null; timeZone: string; businessName: string; currency: string }>;

const rulesColumns = sql`r.version, r.active, r.since, r.history, r.send_hour as "sendHour", r.weekdays_only as "weekdaysOnly", r.most, r.steps,
  r.last_round_on as "lastRoundOn", b.time_zone as "timeZone", b.name as "businessName", b.currency`;

/** Undefined until somebody saved the rules once. */
export async function selectRules(scope: Scope, lock: boolean): Promise<RulesRow | undefined> {
  const { rows } = await sql<RulesRow>`select ${rulesColumns} from reminder_rules r join businesses b on b.id = ${scope.business}
    where r.business_id = ${scope.business} ${lock ? sql`for update of r` : sql``}`.execute(scope.tx);
  return rows[0];
}

export async function selectHouse(scope: Scope): Promise<Pick<RulesRow, 'timeZone' | 'businessName' | 'currency'>> {
  const { rows } = await sql<Pick<RulesRow, 'timeZone' | 'businessName' | 'currency'>>`select b.time_zone as "timeZone", b.name as "businessName", b.currency
    from businesses b where b.id = ${scope.business}`.execute(scope.tx);
  const [house] = rows;
  if (house === undefined) throw new Error('the scope has no business');
  return house;
}

export async function upsertRules(scope: Scope, rules: Rules): Promise<void> {
  const at = scope.now.toString();
  const values = {
    ...{ version: rules.version, active: rules.active, since: rules.since, history: rules.history, send_hour: rules.sendHour },
    ...{ weekdays_only: rules.weekdaysOnly, most: rules.most, steps: JSON.stringify(rules.steps), updated_at: at },
  };
  await scope.tx
    .insertInto('reminder_rules')
    .values({ business_id: scope.business, ...values })
    .onConflict((conflict) => conflict.column('business_id').doUpdateSet(values))
    .execute();
}

export async function markRound(scope: Scope, day: string): Promise<void> {
  await scope.tx.updateTable('reminder_rules').set({ last_round_on: day }).where('business_id', '=', scope.business).execute();
}

export type BillsAsked = Readonly<{
  today: string;
  /** Bills due until then. */
  until: string;
  customerId?: string | undefined;
  documentIds?: readonly string[] | undefined;
  /** Reminders of this batch do not count as others. */
  exceptBatch?: string | undefined;
  limit?: number | undefined;
}>;

const latest = (column: RawBuilder<unknown>, rest: RawBuilder<unknown>): RawBuilder<unknown> => sql`(select max(${column}) from ${rest})`;

/** A charge in question takes its own amount out of what is due, so its thread does not hold the rest of the bill back. */
const openCharge = (b: RawBuilder<unknown>, thread: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`questioned_charges q where q.business_id = ${b} and q.thread_id = ${thread} and q.ended_at is null`;

/** Open bills that customers can see, with all that speaks for or against reminding of them; the longest due first. */
export async function selectBills(scope: Scope, asked: BillsAsked): Promise<Bill[]> {
  const b = sql`${scope.business}::uuid`;
  const today = sql`${asked.today}::date`;
  const { dueNext } = figuresSql('s', today);
  const batch = sql`${asked.exceptBatch ?? null}::uuid`;
  const { rows } = await sql<Bill>`select s.document_id as id, s.customer_id as "customerId", s.customer_name as "customerName", s.number, s.currency,
      s.property_id as "propertyId", s.due_on as "dueOn", case when s.installments is not null then s.due_on end as "installmentOn", s.imported, ${dueNext} as "dueNowMinor", s.unknown_minor as "unknownMinor",
      c.reminders and c.archived_at is null as "customerOn", coalesce(rc.history, false) as "customerHistory", rc.since as "customerSince",
      coalesce(ri.off, false) as off, ri.paused_until as "pausedUntil",
      (select coalesce(jsonb_agg(jsonb_build_object('step', r.step, 'outcome', r.outcome, 'day', r.day, 'at', r.at) order by r.at), '[]') from reminders r
        where r.business_id = ${b} and r.document_id = s.document_id and r.outcome <> 'dropped' and r.batch_id is distinct from ${batch}
          and (s.installments is null or r.installment_on = s.due_on or r.step like 'missed:%')) as done,
      exists (select from threads t where t.business_id = ${b} and t.document_id = s.document_id and t.waiting_for = 'office'
        and not exists (select from ${openCharge(b, sql`t.id`)})) as asked,
      ${latest(
        sql`m.at`,
        sql`messages m where m.business_id = ${b} and m.document_id = s.document_id and m.from_office and not exists (select from ${openCharge(b, sql`m.thread_id`)})`,
      )} as "answeredAt",
      ${latest(sql`q.reminders_from`, sql`questioned_charges q where q.business_id = ${b} and q.document_id = s.document_id`)} as "restUntil",
      ${latest(
        sql`p.ended_at`,
        sql`payment_shares h join payments p on p.business_id = ${b} and p.id = h.payment_id
        where h.business_id = ${b} and h.document_id = s.document_id and p.state = 'returned'`,
      )} as "returnedAt",
      (select jsonb_build_object('id', a.id, 'amountMinor', a.amount_minor, 'expectedOn', a.expected_on) from announced_payments a
        where a.business_id = ${b} and a.document_id = s.document_id and a.payment_id is null and a.ends_on < ${today}
          and (a.ended_at is null or (a.ended_at at time zone 'UTC')::date > a.ends_on) order by a.ends_on desc, a.id desc limit 1) as missed,
      ${latest(sql`greatest(p.created_at, p.pending_at, p.cleared_at)`, sql`payments p where p.business_id = ${b} and p.customer_id = s.customer_id and not p.imported`)} as "paidAt",
      ${latest(sql`m.at`, sql`messages m where m.business_id = ${b} and m.customer_id = s.customer_id and not m.from_office`)} as "questionAt",
      ${latest(sql`r.at`, sql`reminders r where r.business_id = ${b} and r.customer_id = s.customer_id and r.outcome in ('queued', 'sent') and r.batch_id is distinct from ${batch}`)} as "remindedAt"
    from invoice_standings s
    join customers c on c.business_id = ${b} and c.id = s.customer_id
    left join reminder_customers rc on rc.business_id = ${b} and rc.customer_id = s.customer_id
    left join reminder_invoices ri on ri.business_id = ${b} and ri.document_id = s.document_id
    where s.business_id = ${b} and s.state = 'issued' and s.balance_minor > 0 and s.closed_at is null and s.canceled_at is null and s.shown
      and s.replaced_by_number is null and s.due_on <= ${asked.until}::date
      ${asked.customerId === undefined ? sql`` : sql`and s.customer_id = ${asked.customerId}`}
      ${asked.documentIds === undefined ? sql`` : sql`and s.document_id = any (${[...asked.documentIds]}::uuid[])`}
    order by s.due_on, s.document_id limit ${asked.limit ?? 100_000}`.execute(scope.tx);
  return rows.map((row) => ({ ...row, missed: row.missed === null ? null : { ...row.missed, amountMinor: BigInt(row.missed.amountMinor) } }));
}

/** One round at a time for each customer. False when there is no such customer. */
export async function lockCustomer(scope: Scope, customerId: string): Promise<boolean> {
  const { rows } = await sql`select from customers c where c.business_id = ${scope.business} and c.id = ${customerId} for update of c`.execute(scope.tx);
  return rows.length > 0;
}

export type ReceiverRow = Readonly<{
  customerId: string;
  personId: string;
  name: string;
  email: string;
  language: string;
  whole: boolean;
  properties: readonly string[];
  bills: boolean;
  bounced: boolean;
  stopped: boolean;
  /** Documents they were sent a link of. */
  mailed: readonly string[];
}>;

/** Everyone with a right to see bills of these customers. */
export async function selectReceivers(scope: Scope, customerIds: readonly string[], documentIds: readonly string[]): Promise<ReceiverRow[]> {
  if (customerIds.length === 0) return [];
  const b = sql`${scope.business}::uuid`;
  const { rows } = await sql<ReceiverRow>`select g.customer_id as "customerId", p.id as "personId", p.name, p.email, p.language,
      bool_or(g.property_id is null) as whole, coalesce(array_agg(g.property_id) filter (where g.property_id is not null), '{}') as properties,
      bool_or(g.bills) as bills, p.bounced_at is not null as bounced,
      exists (select from mail_stops m where m.business_id = ${b} and m.person_id = p.id and m.kind = 'reminders' and m.resumed_at is null) as stopped,
      coalesce((select array_agg(distinct l.document_id) from links l where l.business_id = ${b} and l.person_id = p.id
        and l.document_id = any (${[...documentIds]}::uuid[])), '{}') as mailed
    from grants g join people p on p.business_id = ${b} and p.id = g.person_id and p.removed_at is null and p.email <> ''
    where g.business_id = ${b} and g.customer_id = any (${[...customerIds]}::uuid[]) and g.revoked_at is null and g.can_view
    group by g.customer_id, p.id, p.name, p.email, p.language, p.bounced_at, p.created_at order by p.created_at, p.id`.execute(scope.tx);
  return rows;
}

export type NewReminder = Readonly<{
  id: string;
  batchId: string;
  documentId: string;
  customerId: string;
  step: string;
  outcome: 'queued' | 'skipped';
  day: string;
  /** Each installment has its own steps; null: the whole bill. */
  installmentOn: string | null;
}>;

/** False when this step of the bill is done already, by whoever was quicker. */
export async function insertReminder(scope: Scope, reminder: NewReminder): Promise<boolean> {
  const { rows } = await sql`insert into reminders (business_id, id, batch_id, document_id, customer_id, step, outcome, day, at, by_name, installment_on)
    values (${scope.business}, ${reminder.id}, ${reminder.batchId}, ${reminder.documentId}, ${reminder.customerId}, ${reminder.step}, ${reminder.outcome},
      ${reminder.day}::date, ${scope.now.toString()}, ${scope.actor.name}, ${reminder.installmentOn}::date)
    on conflict (business_id, document_id, step, installment_on) where outcome <> 'dropped' do nothing returning 1`.execute(scope.tx);
  return rows.length > 0;
}

/** How reminders of a batch ended, for the documents given. Answers those that had not ended so before. */
export async function endReminders(
  scope: Scope,
  end: Readonly<{ batchId: string; documentIds: readonly string[]; outcome: 'sent' | 'dropped'; reason: string }>,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`update reminders r set outcome = ${end.outcome}, reason = ${end.reason}, at = ${scope.now.toString()}
    where r.business_id = ${scope.business} and r.batch_id = ${end.batchId} and r.document_id = any (${[...end.documentIds]}::uuid[]) and r.outcome = 'queued'
    returning r.document_id as id`.execute(scope.tx);
  return rows.map((row) => row.id);
}

/** Mails of a batch that may still leave, beside this one. */
export async function countWaiting(scope: Scope, batchId: string, exceptMail: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from mails m where m.business_id = ${scope.business} and m.kind = 'reminder'
    and m.once >= ${`reminder:${batchId}:`} and m.once < ${`reminder:${batchId};`} and m.id <> ${exceptMail} and m.state in ('queued', 'sending')`.execute(
    scope.tx,
  );
  return rows[0]?.n ?? 0;
}

export type PastRow = Readonly<{ step: string; outcome: string; reason: string; at: string; day: string; byName: string }>;

export async function selectPast(scope: Scope, documentId: string): Promise<PastRow[]> {
  const { rows } = await sql<PastRow>`select r.step, r.outcome, r.reason, r.at, r.day, r.by_name as "byName" from reminders r
    where r.business_id = ${scope.business} and r.document_id = ${documentId} order by r.at desc, r.id desc limit 100`.execute(scope.tx);
  return rows;
}

export async function upsertInvoiceChoice(
  scope: Scope,
  choice: Readonly<{ documentId: string; customerId: string; off: boolean; pausedUntil: string | null }>,
) {
  const values = { off: choice.off, paused_until: choice.pausedUntil, updated_at: scope.now.toString() };
  await scope.tx
    .insertInto('reminder_invoices')
    .values({ business_id: scope.business, document_id: choice.documentId, customer_id: choice.customerId, ...values })
    .onConflict((conflict) => conflict.columns(['business_id', 'document_id']).doUpdateSet(values))
    .execute();
}

export async function selectInvoiceChoice(scope: Scope, documentId: string) {
  const { rows } = await sql<{ customerId: string; number: string; off: boolean; pausedUntil: string | null }>`select d.customer_id as "customerId", s.number,
      coalesce(ri.off, false) as off, ri.paused_until as "pausedUntil"
    from documents d join invoice_standings s on s.business_id = ${scope.business} and s.document_id = d.id
    left join reminder_invoices ri on ri.business_id = ${scope.business} and ri.document_id = d.id
    where d.business_id = ${scope.business} and d.id = ${documentId} and d.issued_at is not null`.execute(scope.tx);
  return rows[0];
}

export async function selectCustomerChoice(scope: Scope, customerId: string) {
  const { rows } = await sql<{ on: boolean; history: boolean; since: string | null; name: string }>`select c.reminders as "on", c.name,
      coalesce(rc.history, false) as history, rc.since
    from customers c left join reminder_customers rc on rc.business_id = ${scope.business} and rc.customer_id = c.id
    where c.business_id = ${scope.business} and c.id = ${customerId}`.execute(scope.tx);
  return rows[0];
}

export async function upsertCustomerChoice(scope: Scope, choice: Readonly<{ customerId: string; on: boolean; history: boolean; since: string | null }>) {
  const values = { history: choice.history, since: choice.since, updated_at: scope.now.toString() };
  await scope.tx
    .insertInto('reminder_customers')
    .values({ business_id: scope.business, customer_id: choice.customerId, ...values })
    .onConflict((conflict) => conflict.columns(['business_id', 'customer_id']).doUpdateSet(values))
    .execute();
  await sql`update customers set reminders = ${choice.on}, version = version + 1
    where business_id = ${scope.business} and id = ${choice.customerId} and reminders <> ${choice.on}`.execute(scope.tx);
}

/** All customers that were off; from `since` on. */
export async function switchOnCustomers(scope: Scope, since: string | null): Promise<number> {
  const { rows } = await sql`with turned as (update customers set reminders = true, version = version + 1
      where business_id = ${scope.business} and not reminders returning id)
    insert into reminder_customers (business_id, customer_id, history, since, updated_at)
    select ${scope.business}::uuid, t.id, true, ${since}::date, ${scope.now.toString()}::timestamptz from turned t
    on conflict (business_id, customer_id) do update set history = true, since = excluded.since, updated_at = excluded.updated_at returning 1`.execute(
    scope.tx,
  );
  return rows.length;
}

export type Reach = Readonly<{ bills: number; customers: number; lateBills: number; lateCustomers: number }>;
export type Reaches = Readonly<{ own: Reach; history: Reach; customersOff: number }>;

/** How many open bills of how many customers reminders are about: own ones, and those kept out because they or their customers were imported. */
export async function selectReach(scope: Scope, today: string, customerId: string | null): Promise<Reaches> {
  const b = sql`${scope.business}::uuid`;
  const of = (which: RawBuilder<unknown>): RawBuilder<unknown> => sql`jsonb_build_object('bills', count(*) filter (where ${which}),
    'customers', count(distinct o.customer_id) filter (where ${which}), 'lateBills', count(*) filter (where ${which} and o.late),
    'lateCustomers', count(distinct o.customer_id) filter (where ${which} and o.late))`;
  const { rows } = await sql<Reaches>`select ${of(sql`not o.kept`)} as own, ${of(sql`o.kept`)} as history,
      (select count(*)::int from customers c where c.business_id = ${b} and not c.reminders and c.archived_at is null) as "customersOff"
    from (select s.customer_id, s.due_on < ${today}::date as late, s.imported or not c.reminders as kept
      from invoice_standings s join customers c on c.business_id = ${b} and c.id = s.customer_id
      where s.business_id = ${b} and s.state = 'issued' and s.balance_minor > 0 and s.closed_at is null and s.canceled_at is null and s.shown
        and (${customerId}::uuid is null or s.customer_id = ${customerId}::uuid)) o`.execute(scope.tx);
  const [found] = rows;
  if (found === undefined) throw new Error('counts answer one row');
  return found;
}
