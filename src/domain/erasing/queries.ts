import { sql } from 'kysely';
import type { Scope } from '../../db/scope.ts';

/** What stands in the way, and what would go and stay: counted for the page that asks. */
export type Standing = Readonly<{
  name: string;
  erasedAt: string | null;
  owedMinor: bigint;
  creditMinor: bigint;
  depositMinor: bigint;
  moving: number;
  scheduled: number;
  issued: number;
  drafts: number;
  people: number;
  sharedPeople: number;
  properties: number;
  messages: number;
  mails: number;
  files: number;
  askedBy: string | null;
  askedAt: string | null;
  doneAt: string | null;
}>;

/** People with rights at this customer, now or before, and none at another today. */
const aloneHere = (scope: Scope, customerId: string) => sql`
  select g.person_id from grants g where g.business_id = ${scope.business} and g.customer_id = ${customerId}
  except select o.person_id from grants o where o.business_id = ${scope.business} and o.customer_id <> ${customerId} and o.revoked_at is null`;

export async function selectStanding(scope: Scope, customerId: string): Promise<Standing | undefined> {
  const b = scope.business;
  const { rows } = await sql<Standing>`select c.name, c.erased_at as "erasedAt",
      (select coalesce(sum(s.balance_minor), 0)::int8 from invoice_standings s
        where s.business_id = ${b} and s.customer_id = c.id and s.state = 'issued' and s.balance_minor > 0) as "owedMinor",
      (select coalesce(sum(k.credit_minor), 0)::int8 from customer_balances k where k.business_id = ${b} and k.customer_id = c.id) as "creditMinor",
      (select coalesce(sum(s.paid_minor - d.used_minor), 0)::int8 from deposits d join invoice_standings s on s.business_id = ${b} and s.document_id = d.document_id
        where d.business_id = ${b} and d.customer_id = c.id and s.paid_minor > d.used_minor) as "depositMinor",
      (select count(*)::int from payments p where p.business_id = ${b} and p.customer_id = c.id and p.state in ('initiated', 'pending', 'unknown', 'disputed')) as moving,
      (select count(*)::int from invoice_schedules s where s.business_id = ${b} and s.customer_id = c.id) as scheduled,
      (select count(*)::int from documents d where d.business_id = ${b} and d.customer_id = c.id and d.issued_at is not null) as issued,
      (select count(*)::int from documents d where d.business_id = ${b} and d.customer_id = c.id and d.issued_at is null) as drafts,
      (select count(*)::int from (${aloneHere(scope, customerId)}) p) as people,
      (select count(distinct g.person_id)::int from grants g where g.business_id = ${b} and g.customer_id = c.id and g.revoked_at is null
        and g.person_id not in (${aloneHere(scope, customerId)})) as "sharedPeople",
      (select count(*)::int from properties p where p.business_id = ${b} and p.customer_id = c.id) as properties,
      (select count(*)::int from messages m where m.business_id = ${b} and m.customer_id = c.id) as messages,
      (select count(*)::int from mails m where m.business_id = ${b} and m.customer_id = c.id) as mails,
      (select count(*)::int from file_refs f where f.business_id = ${b} and f.customer_id = c.id and f.removed_at is null and f.purpose in ('attachment', 'photo')) as files,
      e.asked_by as "askedBy", e.asked_at as "askedAt", e.done_at as "doneAt"
    from customers c left join erasures e on e.business_id = ${b} and e.customer_id = c.id
    where c.business_id = ${b} and c.id = ${customerId} order by e.asked_at desc nulls last limit 1`.execute(scope.tx);
  return rows[0];
}

export async function lockCustomer(scope: Scope, customerId: string): Promise<void> {
  await sql`select from customers where business_id = ${scope.business} and id = ${customerId} for update`.execute(scope.tx);
}

export async function selectDrafts(scope: Scope, customerId: string): Promise<string[]> {
  const rows = await scope.tx
    .selectFrom('documents')
    .select('id')
    .where('business_id', '=', scope.business)
    .where('customer_id', '=', customerId)
    .where('issued_at', 'is', null)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

export async function selectPeopleAlone(scope: Scope, customerId: string): Promise<string[]> {
  const { rows } = await sql<{ person_id: string }>`${aloneHere(scope, customerId)} order by 1`.execute(scope.tx);
  return rows.map((row) => row.person_id);
}

/** What the customer and their people are called and where they are reached: by this they are looked for elsewhere. */
export async function selectWords(scope: Scope, customerId: string, people: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ word: string }>`
    select distinct word from (
      select unnest(array[c.name, c.company, c.billing_address ->> 'street']) as word from customers c where c.business_id = ${scope.business} and c.id = ${customerId}
      union all select p.address ->> 'street' from properties p where p.business_id = ${scope.business} and p.customer_id = ${customerId}
      union all select unnest(array[w.name, w.email, w.phone]) from people w where w.business_id = ${scope.business} and w.id = any (${[...people]}::uuid[])) f
    where word is not null and btrim(word) <> ''`.execute(scope.tx);
  return rows.map(({ word }) => word);
}

export async function insertErasure(
  scope: Scope,
  row: Readonly<{ id: string; customerId: string; people: readonly string[]; words: readonly string[] }>,
): Promise<void> {
  await scope.tx
    .insertInto('erasures')
    .values({
      business_id: scope.business,
      id: row.id,
      customer_id: row.customerId,
      person_ids: [...row.people],
      words: [...row.words],
      asked_by: scope.actor.name,
      asked_at: scope.now.toString(),
    })
    .execute();
}

/** At once, before anything else: nobody gets in, nothing leaves, nothing finds them. */
export async function closeDoors(scope: Scope, customerId: string, people: readonly string[]): Promise<void> {
  const [b, now] = [scope.business, scope.now.toString()];
  const alone = [...people];
  await sql`update grants set revoked_at = ${now} where business_id = ${b} and customer_id = ${customerId} and revoked_at is null`.execute(scope.tx);
  await sql`update links set revoked_at = ${now} where business_id = ${b} and customer_id = ${customerId} and revoked_at is null`.execute(scope.tx);
  await sql`update memberships set removed_at = ${now} where business_id = ${b} and kind = 'person' and member_id = any (${alone}::uuid[]) and removed_at is null`.execute(
    scope.tx,
  );
  await sql`update mails set state = 'failed', reason = 'erased' where business_id = ${b} and state in ('queued', 'sending')
    and (customer_id = ${customerId} or person_id = any (${alone}::uuid[]))`.execute(scope.tx);
  await sql`update assignments set ended_at = ${now} where business_id = ${b} and customer_id = ${customerId} and ended_at is null`.execute(scope.tx);
  await sql`delete from search_terms where business_id = ${b} and customer_id = ${customerId}
    and (kind in ('customer', 'property', 'person') or term !~ '[0-9]')`.execute(scope.tx);
}

export async function blankRows(scope: Scope, customerId: string, people: readonly string[], name: string): Promise<void> {
  const [b, now] = [scope.business, scope.now.toString()];
  await sql`update customers set name = ${name}, company = '', billing_address = '{}', tax_exempt_note = '', notes = '', import_key = null, reminders = false,
      version = version + 1, archived_at = coalesce(archived_at, ${now}), erased_at = ${now}
    where business_id = ${b} and id = ${customerId}`.execute(scope.tx);
  await sql`update properties set code = '', name = '', unit = '', address = '{}', access_notes = '', owner_name = '', cost_code = '', import_key = null, version = version + 1,
      archived_at = coalesce(archived_at, ${now}) where business_id = ${b} and customer_id = ${customerId}`.execute(scope.tx);
  await sql`update people set name = 'Erased', email = '', phone = '', version = version + 1, removed_at = coalesce(removed_at, ${now})
    where business_id = ${b} and id = any (${[...people]}::uuid[])`.execute(scope.tx);
}

/** What was asked for and is not done yet, oldest first. */
export async function selectOpen(scope: Scope): Promise<string[]> {
  const rows = await scope.tx
    .selectFrom('erasures')
    .select('id')
    .where('business_id', '=', scope.business)
    .where('done_at', 'is', null)
    .orderBy('asked_at')
    .execute();
  return rows.map(({ id }) => id);
}
