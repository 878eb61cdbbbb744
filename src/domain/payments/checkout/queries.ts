import { sql } from 'kysely';
import type { Installment } from '../../../core/installments.ts';
import type { Scope } from '../../../db/scope.ts';
import type { PaymentState } from '../payment.ts';
import { fromStored } from '../stored.ts';

export type PayablePart = Readonly<{
  documentId: string;
  partId: string;
  customerId: string;
  currency: string;
  openMinor: bigint;
  movingMinor: bigint;
  checking: boolean;
  /** Held back on the whole invoice; 0 for who sees only a part. */
  heldBackMinor: bigint;
  whole: boolean;
  mayPay: boolean;
  /** On the whole invoice, as its standing keeps it; 0 for who sees only a part. */
  earlyMinor: bigint;
  earlyUntil: string | null;
  startedOn: string | null;
  /** Of the whole invoice, what nobody has to pay now: in question, not due yet, announced. */
  inQuestionMinor: bigint;
  installments: readonly Installment[] | null;
  announcedMinor: bigint;
  announcedFor: string | null;
}>;

/**
 * What the payer sees of the documents, part by part, and whether they may pay it: by a grant for the whole customer or for the part's
 * property, or by a link the office handed over without a name. What was given up of a bill can still be paid.
 */
export async function selectPayable(scope: Scope, documentIds: readonly string[]): Promise<PayablePart[]> {
  const { rows } = await sql<Omit<PayablePart, 'installments'> & { installments: string | null }>`
    select p.document_id as "documentId", p.id as "partId", p.customer_id as "customerId", p.currency,
      s.total_minor - s.credited_minor - s.paid_minor - s.canceled_minor - s.processing_minor as "openMinor",
      s.processing_minor as "movingMinor",
      exists (select from payment_shares x where x.business_id = ${scope.business} and x.document_id = p.document_id and x.part_id = p.id
                and x.state = 'unknown') as checking,
      coalesce(i.held_back_minor, 0) as "heldBackMinor", i.document_id is not null as whole,
      coalesce(i.early_minor, 0) as "earlyMinor", i.early_until as "earlyUntil", i.started_on as "startedOn",
      coalesce(i.in_question_minor, 0) as "inQuestionMinor", i.installments::text as installments, coalesce(i.announced_minor, 0) as "announcedMinor", i.announced_for as "announcedFor",
      (cardinality(app_people()) = 0 and app_document() is not null) or exists (
        select from grants g where g.business_id = ${scope.business} and g.person_id = any (app_people()) and g.customer_id = p.customer_id
          and g.revoked_at is null and g.can_pay and (g.property_id is null or g.property_id = p.property_id)) as "mayPay"
    from document_parts p
    join part_standings s on s.business_id = ${scope.business} and s.part_id = p.id
    left join invoice_standings i on i.business_id = ${scope.business} and i.document_id = p.document_id
    where p.business_id = ${scope.business} and p.document_id = any (${[...documentIds]}::uuid[])
    order by p.document_id, p.position`.execute(scope.tx);
  return rows.map((row) => ({ ...row, installments: fromStored(row.installments ?? 'null') }));
}

export type OtherAttempt = Readonly<{ id: string; state: PaymentState; gateway: string; session: string | null; newer: boolean }>;

/** Other attempts that are not over and mean some of the same parts. */
export async function selectOthers(scope: Scope, attempt: string): Promise<OtherAttempt[]> {
  const { rows } = await sql<OtherAttempt>`
    select distinct p.id, p.state, p.gateway, p.gateway_session as session, (p.created_at, p.id) > (own.created_at, own.id) as newer
    from payment_shares mine
    join payments own on own.business_id = ${scope.business} and own.id = mine.payment_id
    join payment_shares s on s.business_id = ${scope.business} and s.document_id = mine.document_id and s.part_id = mine.part_id and s.payment_id <> mine.payment_id
    join payments p on p.business_id = ${scope.business} and p.id = s.payment_id
    where mine.business_id = ${scope.business} and mine.payment_id = ${attempt} and s.state in ('initiated', 'pending', 'unknown')
      and p.state in ('initiated', 'pending', 'unknown') and p.gateway is not null
    order by p.id`.execute(scope.tx);
  return rows;
}

/** Attempts for a bill that can still be confirmed at their processor. */
export async function selectOpenOn(scope: Scope, documentId: string): Promise<{ id: string; gateway: string; session: string | null }[]> {
  const { rows } = await sql<{ id: string; gateway: string; session: string | null }>`
    select p.id, p.gateway, p.gateway_session as session from payments p
    where p.business_id = ${scope.business} and p.state = 'initiated' and p.gateway is not null
      and p.id in (select s.payment_id from payment_shares s
        where s.business_id = ${scope.business} and s.document_id = ${documentId} and s.state = 'initiated')
    order by p.id`.execute(scope.tx);
  return rows;
}

/** The shares of an attempt as far as the scope sees them. */
export async function selectOwnShares(scope: Scope, attempt: string): Promise<{ documentId: string; amountMinor: bigint }[]> {
  const { rows } = await sql<{ documentId: string; amountMinor: bigint }>`
    select document_id as "documentId", sum(amount_minor)::bigint as "amountMinor" from payment_shares
    where business_id = ${scope.business} and payment_id = ${attempt} group by 1 order by 1`.execute(scope.tx);
  return rows;
}

/** Attempts at one processor that are not over. */
export async function selectUnder(scope: Scope, gateway: string): Promise<{ id: string; state: PaymentState; session: string | null }[]> {
  const { rows } = await sql<{ id: string; state: PaymentState; session: string | null }>`
    select id, state, gateway_session as session from payments
    where business_id = ${scope.business} and gateway = ${gateway} and state in ('initiated', 'pending', 'unknown')`.execute(scope.tx);
  return rows;
}

/** Attempts to ask the processor about: those whose truth is open first. */
export async function selectUnsettled(scope: Scope, before: string, limit: number): Promise<{ id: string; state: PaymentState }[]> {
  const { rows } = await sql<{ id: string; state: PaymentState }>`
    select id, state from payments
    where business_id = ${scope.business} and state in ('initiated', 'pending', 'unknown') and created_at < ${before}::timestamptz and gateway is not null
    order by array_position(array['unknown', 'initiated', 'pending'], state), created_at desc, id desc limit ${limit}`.execute(scope.tx);
  return rows;
}

/** Whose the saved method of an attempt is at the processor; null for one that went to its page. */
export async function selectHolder(scope: Scope, attempt: string): Promise<string | null> {
  const { rows } = await sql<{ holder: string | null }>`select m.holder from payments p
    join saved_methods m on m.business_id = ${scope.business} and m.id = p.saved_method_id
    where p.business_id = ${scope.business} and p.id = ${attempt}`.execute(scope.tx);
  return rows[0]?.holder ?? null;
}
