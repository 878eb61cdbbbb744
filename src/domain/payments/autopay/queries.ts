import { sql } from 'kysely';
import type { Scope } from '../../../db/scope.ts';
import { figuresSql } from '../../invoices/invoices.ts';
import type { ChargeState, MandateEnd } from './rule.ts';

export type Mandate = Readonly<{
  id: string;
  version: number;
  customerId: string;
  propertyId: string | null;
  personId: string;
  personName: string;
  personEmail: string;
  methodId: string;
  methodLabel: string;
  capMinor: bigint;
  currency: string;
  noticeDays: number;
  language: string;
  wording: string;
  givenAt: string;
  endedAt: string | null;
  endedReason: MandateEnd | null;
  endedBy: string;
  endedNote: string;
}>;

const mandateColumns = sql`m.id, m.version, m.customer_id as "customerId", m.property_id as "propertyId", m.person_id as "personId", m.person_name as "personName",
  m.person_email as "personEmail", m.method_id as "methodId", m.method_label as "methodLabel", m.cap_minor as "capMinor", m.currency, m.notice_days as "noticeDays",
  m.language, m.wording, m.given_at as "givenAt", m.ended_at as "endedAt", m.ended_reason as "endedReason", m.ended_by as "endedBy", m.ended_note as "endedNote"`;

export type MandatesAsked = Readonly<{ id?: string; customerId?: string; methodId?: string; active?: boolean }>;

export async function selectMandates(scope: Scope, asked: MandatesAsked): Promise<Mandate[]> {
  const { rows } = await sql<Mandate>`select ${mandateColumns} from autopay_mandates m where m.business_id = ${scope.business}
    ${asked.id === undefined ? sql`` : sql`and m.id = ${asked.id}`} ${asked.customerId === undefined ? sql`` : sql`and m.customer_id = ${asked.customerId}`}
    ${asked.methodId === undefined ? sql`` : sql`and m.method_id = ${asked.methodId}`} ${asked.active ? sql`and m.ended_at is null` : sql``}
    order by m.ended_at is null desc, m.given_at desc, m.id limit 500`.execute(scope.tx);
  return rows;
}

export type NewMandate = Omit<Mandate, 'givenAt' | 'endedAt' | 'endedReason' | 'endedBy' | 'endedNote'> &
  Readonly<{ replaces: string | null; remoteAddress: string }>;

/** False when one stands for this account or property already, or this id is taken. */
export async function insertMandate(scope: Scope, m: NewMandate): Promise<boolean> {
  const { numAffectedRows } =
    await sql`insert into autopay_mandates (business_id, id, version, replaces, customer_id, property_id, person_id, person_name, person_email,
      method_id, method_label, cap_minor, currency, notice_days, language, wording, remote_address, given_at)
    values (${scope.business}, ${m.id}, ${m.version}, ${m.replaces}, ${m.customerId}, ${m.propertyId}, ${m.personId}, ${m.personName}, ${m.personEmail},
      ${m.methodId}, ${m.methodLabel}, ${m.capMinor}, ${m.currency}, ${m.noticeDays}, ${m.language}, ${m.wording}, ${m.remoteAddress}, ${scope.now.toString()})
    on conflict do nothing`.execute(scope.tx);
  return numAffectedRows === 1n;
}

/** False when it had ended before. */
export async function endMandateRow(scope: Scope, id: string, end: Readonly<{ reason: MandateEnd; by: string; note: string }>): Promise<boolean> {
  const { numAffectedRows } =
    await sql`update autopay_mandates set ended_at = ${scope.now.toString()}, ended_reason = ${end.reason}, ended_by = ${end.by}, ended_note = ${end.note}
    where business_id = ${scope.business} and id = ${id} and ended_at is null`.execute(scope.tx);
  return numAffectedRows === 1n;
}

/** Planned charges that will not be, of one mandate or one invoice. */
export async function endPlanned(
  scope: Scope,
  of: Readonly<{ mandateId?: string; documentIds?: readonly string[] }>,
  state: ChargeState,
): Promise<{ id: string; documentId: string; customerId: string; personId: string; plannedOn: string; amountMinor: bigint; currency: string }[]> {
  const { rows } = await sql<{
    id: string;
    documentId: string;
    customerId: string;
    personId: string;
    plannedOn: string;
    amountMinor: bigint;
    currency: string;
  }>`
    update autopay_charges set state = ${state}, ended_at = ${scope.now.toString()}, ended_by = ${scope.actor.name}
    where business_id = ${scope.business} and state = 'planned'
      ${of.mandateId === undefined ? sql`` : sql`and mandate_id = ${of.mandateId}`}
      ${of.documentIds === undefined ? sql`` : sql`and document_id = any (${[...of.documentIds]}::uuid[])`}
    returning id, document_id as "documentId", customer_id as "customerId", person_id as "personId", planned_on as "plannedOn", amount_minor as "amountMinor", currency`.execute(
    scope.tx,
  );
  return rows;
}

/** The one of the session's people, or the given person, who may pay for an account or property; undefined: nobody. */
export async function selectPayingPerson(
  scope: Scope,
  of: Readonly<{ customerId: string; propertyId: string | null; personId?: string }>,
): Promise<{ id: string; name: string; email: string } | undefined> {
  const person = of.personId === undefined ? sql`p.id = any (app_people())` : sql`p.id = ${of.personId}`;
  const { rows } = await sql<{ id: string; name: string; email: string }>`select p.id, p.name, p.email from people p
    join grants g on g.business_id = ${scope.business} and g.person_id = p.id and g.customer_id = ${of.customerId} and g.revoked_at is null and g.can_view and g.can_pay
      and (g.property_id is null or g.property_id = ${of.propertyId}::uuid)
    where p.business_id = ${scope.business} and p.removed_at is null and ${person} order by p.created_at limit 1`.execute(scope.tx);
  return rows[0];
}

/** Who the portal's session is here. */
export async function selectOwnPeople(scope: Scope): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select p.id from people p where p.business_id = ${scope.business} and p.id = any (app_people())`.execute(scope.tx);
  return rows.map(({ id }) => id);
}

/** Mandates whose person may no longer pay, or whose method may no longer be used by them. */
export async function selectLapsed(scope: Scope): Promise<{ id: string; reason: MandateEnd }[]> {
  const b = sql`${scope.business}::uuid`;
  const { rows } = await sql<{ id: string; reason: MandateEnd }>`select x.id, x.reason from (
      select m.id, case when s.state <> 'saved' then 'method_removed'
          when s.person_id <> m.person_id and s.offered_at is null then 'not_offered'
          when not exists (select from grants g join people p on p.business_id = ${b} and p.id = g.person_id and p.removed_at is null
            where g.business_id = ${b} and g.person_id = m.person_id and g.customer_id = m.customer_id and g.revoked_at is null and g.can_view and g.can_pay
              and (g.property_id is null or g.property_id = m.property_id)) then 'right_ended' end as reason
      from autopay_mandates m join saved_methods s on s.business_id = ${b} and s.id = m.method_id
      where m.business_id = ${b} and m.ended_at is null) x where x.reason is not null limit 500`.execute(scope.tx);
  return rows;
}

/** Who manages the people of an account: told when autopay ends with somebody's right. */
export async function selectManagers(scope: Scope, customerId: string, except: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select distinct p.id from people p join grants g on g.business_id = ${scope.business} and g.person_id = p.id
    where p.business_id = ${scope.business} and g.customer_id = ${customerId} and g.revoked_at is null and g.can_manage and p.removed_at is null and p.id <> ${except}`.execute(
    scope.tx,
  );
  return rows.map(({ id }) => id);
}

export type Due = Readonly<{
  mandateId: string;
  customerId: string;
  propertyId: string | null;
  documentId: string;
  number: string;
  personId: string;
  dueOn: string;
  amountMinor: bigint;
  currency: string;
  capMinor: bigint;
  noticeDays: number;
  methodLabel: string;
}>;

/** What is due now as autopay would charge it: the whole less a discount for paying early that still stands. */
const chargeable = (today: string, by: 'dueNow' | 'dueNext' = 'dueNow') => sql<bigint>`case when s.early_minor > 0 and s.early_until >= ${today}::date
  and s.processing_minor + s.unknown_minor = 0 and ${figuresSql('s', sql`${today}::date`)[by]} = s.balance_minor then s.balance_minor - s.early_minor
  else ${figuresSql('s', sql`${today}::date`)[by]} end`;

/**
 * Bills that mandates cover, whose notice is to be sent today, and that no charge stands for: each installment by itself. A property's own mandate goes
 * before the account's.
 */
export async function selectToPlan(scope: Scope, today: string, customerId: string | null): Promise<Due[]> {
  const b = sql`${scope.business}::uuid`;
  const { rows } =
    await sql<Due>`select m.id as "mandateId", m.customer_id as "customerId", s.property_id as "propertyId", s.document_id as "documentId", s.number,
      m.person_id as "personId", s.due_on as "dueOn", ${chargeable(today, 'dueNext')} as "amountMinor", s.currency, m.cap_minor as "capMinor", m.notice_days as "noticeDays",
      m.method_label as "methodLabel"
    from autopay_mandates m
    join invoice_standings s on s.business_id = ${b} and s.customer_id = m.customer_id and (m.property_id is null or s.property_id = m.property_id)
    where m.business_id = ${b} and m.ended_at is null ${customerId === null ? sql`` : sql`and m.customer_id = ${customerId}`}
      and s.state = 'issued' and s.shown and s.balance_minor > 0 and s.closed_at is null and s.canceled_at is null and s.replaced_by_number is null
      and s.currency = m.currency and s.due_on <= ${today}::date + m.notice_days and ${chargeable(today, 'dueNext')} > 0
      and not exists (select from autopay_mandates o where m.property_id is null and o.business_id = ${b} and o.customer_id = m.customer_id and o.property_id = s.property_id
        and o.ended_at is null)
      and not exists (select from autopay_charges c where c.business_id = ${b} and c.document_id = s.document_id
        and (c.state in ('planned', 'charging') or ((s.installments is null or c.planned_on >= s.due_on)
          and (c.state = 'skipped' or (c.mandate_id = m.id and c.state in ('failed', 'above_cap'))))))
    order by s.due_on, s.document_id limit 5000`.execute(scope.tx);
  return rows;
}

export type Charge = Readonly<{
  id: string;
  mandateId: string;
  customerId: string;
  documentId: string;
  personId: string;
  state: ChargeState;
  plannedOn: string;
  nextOn: string;
  firstTriedOn: string | null;
  amountMinor: bigint;
  currency: string;
  tries: number;
  paymentId: string | null;
  failure: string;
  createdAt: string;
}>;

const chargeColumns = sql`c.id, c.mandate_id as "mandateId", c.customer_id as "customerId", c.document_id as "documentId", c.person_id as "personId", c.state,
  c.planned_on as "plannedOn", c.next_on as "nextOn", c.first_tried_on as "firstTriedOn", c.amount_minor as "amountMinor", c.currency, c.tries,
  c.payment_id as "paymentId", c.failure, c.created_at as "createdAt"`;

export async function selectCharge(scope: Scope, id: string, lock = false): Promise<Charge | undefined> {
  const { rows } =
    await sql<Charge>`select ${chargeColumns} from autopay_charges c where c.business_id = ${scope.business} and c.id = ${id} ${lock ? sql`for update` : sql``}`.execute(
      scope.tx,
    );
  return rows[0];
}

/** False when a charge for this bill stands already. */
export async function insertCharge(scope: Scope, id: string, due: Due, as: Readonly<{ state: 'planned' | 'above_cap'; plannedOn: string }>): Promise<boolean> {
  const at = scope.now.toString();
  const { numAffectedRows } =
    await sql`insert into autopay_charges (business_id, id, mandate_id, customer_id, property_id, document_id, person_id, state, planned_on, next_on,
      amount_minor, currency, created_at, ended_at)
    values (${scope.business}, ${id}, ${due.mandateId}, ${due.customerId}, ${due.propertyId}, ${due.documentId}, ${due.personId}, ${as.state}, ${as.plannedOn}, ${as.plannedOn},
      ${due.amountMinor}, ${due.currency}, ${at}, ${as.state === 'planned' ? null : at})
    on conflict do nothing`.execute(scope.tx);
  return numAffectedRows === 1n;
}

export type ChargePatch = Readonly<{
  state?: ChargeState;
  planned_on?: string;
  next_on?: string;
  first_tried_on?: string;
  amount_minor?: bigint;
  tries?: number;
  payment_id?: string;
  failure?: string;
  ended_at?: string | null;
}>;

export async function updateCharge(scope: Scope, id: string, patch: ChargePatch): Promise<void> {
  await scope.tx.updateTable('autopay_charges').set(patch).where('business_id', '=', scope.business).where('id', '=', id).execute();
}

/** One's own planned charge, ended; null when it is not there, another's, or no longer only planned. */
export async function updateChargeState(scope: Scope, id: string, state: 'skipped'): Promise<Charge | null> {
  const { rows } = await sql<Charge>`update autopay_charges c set state = ${state}, ended_at = ${scope.now.toString()}, ended_by = ${scope.actor.name}
    where c.business_id = ${scope.business} and c.id = ${id} and c.state = 'planned' and c.person_id = any (app_people()) returning ${chargeColumns}`.execute(
    scope.tx,
  );
  return rows[0] ?? null;
}

/** Planned charges whose day has come, the oldest first. */
export async function selectDueCharges(scope: Scope, today: string): Promise<string[]> {
  const { rows } = await sql<{
    id: string;
  }>`select id from autopay_charges where business_id = ${scope.business} and state = 'planned' and next_on <= ${today}::date
    order by next_on, id limit 5000`.execute(scope.tx);
  return rows.map(({ id }) => id);
}

export type BillNow = Readonly<{ number: string; dueNowMinor: bigint; handPaid: boolean; open: boolean; otherPlan: boolean }>;

/** How a bill stands at the moment of charging. `handPaid`: money of another way came or set out since the charge was planned. */
export async function selectBillNow(scope: Scope, charge: Charge, today: string): Promise<BillNow | undefined> {
  const b = sql`${scope.business}::uuid`;
  const { rows } = await sql<BillNow>`select s.number, ${chargeable(today)} as "dueNowMinor",
      s.state = 'issued' and s.shown and s.closed_at is null and s.canceled_at is null and s.replaced_by_number is null as open,
      exists (select from payment_shares h join payments p on p.business_id = ${b} and p.id = h.payment_id where h.business_id = ${b} and h.document_id = s.document_id
        and p.autopay_charge_id is distinct from ${charge.id}::uuid and p.created_at > ${charge.createdAt}::timestamptz and p.state in ('pending', 'cleared')) as "handPaid",
      exists (select from autopay_charges c where c.business_id = ${b} and c.document_id = s.document_id and c.id <> ${charge.id} and c.state in ('planned', 'charging')) as "otherPlan"
    from invoice_standings s where s.business_id = ${b} and s.document_id = ${charge.documentId}`.execute(scope.tx);
  return rows[0];
}
