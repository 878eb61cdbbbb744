import { sql } from 'kysely';
import type { BillingDetails } from '../../../core/billing-details.ts';
import type { Scope } from '../../../db/scope.ts';

export type DetailState = 'waiting' | 'taken' | 'accepted' | 'refused' | 'replaced';
export type DetailChange = Readonly<{
  id: string;
  customerId: string;
  customerName: string;
  personId: string | null;
  personName: string;
  asked: Partial<BillingDetails>;
  before: Partial<BillingDetails>;
  state: DetailState;
  askedAt: string;
  decidedAt: string | null;
  decidedByName: string;
  words: string;
}>;

const columns = sql`k.id, k.customer_id as "customerId", c.name as "customerName", k.person_id as "personId", k.person_name as "personName", k.asked, k.before, k.state,
  k.asked_at as "askedAt", k.decided_at as "decidedAt", k.decided_by_name as "decidedByName", k.words`;

type Asked = Readonly<{ state: DetailState | null; customerId: string | null; before: Readonly<{ at: string; id: string }> | null; limit: number }>;

export async function selectChanges(scope: Scope, { state, customerId, before, limit }: Asked): Promise<DetailChange[]> {
  const b = scope.business;
  const { rows } = await sql<DetailChange>`select ${columns} from detail_changes k join customers c on c.business_id = ${b} and c.id = k.customer_id
    where k.business_id = ${b} and (${state}::text is null or k.state = ${state}) and (${customerId}::uuid is null or k.customer_id = ${customerId})
      and (${before?.at ?? null}::timestamptz is null or (k.asked_at, k.id) < (${before?.at ?? null}::timestamptz, ${before?.id ?? null}::uuid))
    order by k.asked_at desc, k.id desc limit ${limit}`.execute(scope.tx);
  return rows;
}

export async function selectChange(scope: Scope, id: string): Promise<DetailChange | undefined> {
  const b = scope.business;
  const { rows } = await sql<DetailChange>`select ${columns} from detail_changes k join customers c on c.business_id = ${b} and c.id = k.customer_id
    where k.business_id = ${b} and k.id = ${id} for update of k`.execute(scope.tx);
  return rows[0];
}

export type NewChange = Readonly<{ id: string; customerId: string; asked: object; before: object; state: 'waiting' | 'taken' }>;

export async function insertChange(scope: Scope, { id, customerId, asked, before, state }: NewChange): Promise<void> {
  const at = scope.now.toString();
  await scope.tx
    .insertInto('detail_changes')
    .values({
      ...{ business_id: scope.business, id, customer_id: customerId, person_id: scope.actor.id, person_name: scope.actor.name },
      ...{ asked: JSON.stringify(asked), before: JSON.stringify(before), state, asked_at: at, decided_at: state === 'waiting' ? null : at },
    })
    .execute();
}

/** What waited for this customer is asked for no more. */
export async function replaceWaiting(scope: Scope, customerId: string): Promise<void> {
  await scope.tx
    .updateTable('detail_changes')
    .set({ state: 'replaced', decided_at: scope.now.toString() })
    .where('business_id', '=', scope.business)
    .where('customer_id', '=', customerId)
    .where('state', '=', 'waiting')
    .execute();
}

export async function decideChange(scope: Scope, id: string, end: Readonly<{ state: 'accepted' | 'refused'; asked: object; words: string }>): Promise<void> {
  await scope.tx
    .updateTable('detail_changes')
    .set({ state: end.state, asked: JSON.stringify(end.asked), words: end.words, decided_at: scope.now.toString(), decided_by_name: scope.actor.name })
    .where('business_id', '=', scope.business)
    .where('id', '=', id)
    .execute();
}

export type OwnAccount = BillingDetails & Readonly<{ id: string; waiting: Partial<BillingDetails> | null; refused: string | null }>;

/** The whole accounts whose details somebody of this session may change, with what waits and what was refused last. */
export async function selectOwnAccounts(scope: Scope): Promise<OwnAccount[]> {
  const b = scope.business;
  const { rows } = await sql<OwnAccount>`select c.id, c.name, c.company, c.billing_address as "billingAddress", c.language, c.po_required as "poRequired",
      c.tax_exempt as "taxExempt", c.tax_exempt_note as "taxExemptNote",
      (select k.asked from detail_changes k where k.business_id = ${b} and k.customer_id = c.id and k.state = 'waiting') as waiting,
      (select case when k.state = 'refused' then k.words end from detail_changes k where k.business_id = ${b} and k.customer_id = c.id
        and k.state in ('waiting', 'accepted', 'refused') order by k.asked_at desc limit 1) as refused
    from customers c where c.business_id = ${b} and c.id = any (app_customers())
      and exists (select from grants g where g.business_id = ${b} and g.person_id = any (app_people()) and g.customer_id = c.id and g.property_id is null
        and g.revoked_at is null and g.can_view and (g.can_pay or g.can_manage))
    order by c.name, c.id`.execute(scope.tx);
  return rows;
}

export async function selectReviewed(scope: Scope): Promise<boolean> {
  const { rows } = await sql<{ on: boolean }>`select review_details as on from business_profiles where business_id = ${scope.business}`.execute(scope.tx);
  return rows[0]?.on ?? true;
}

export async function setReviewed(scope: Scope, on: boolean): Promise<void> {
  await sql`update business_profiles set review_details = ${on} where business_id = ${scope.business}`.execute(scope.tx);
}
