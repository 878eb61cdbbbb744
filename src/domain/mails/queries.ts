import { sql } from 'kysely';
import type { Scope } from '../../db/scope.ts';

export type MailRow = Readonly<{
  id: string;
  kind: string;
  customer_id: string | null;
  document_id: string | null;
  person_id: string | null;
  link_id: string | null;
  to_address: string;
  to_name: string;
  locale: string;
  facts: Record<string, unknown>;
  message_id: string;
  state: string;
  reason: string;
  tries: number;
  created_at: string;
  sent_at: string | null;
}>;

const columns = [
  'id',
  'kind',
  'customer_id',
  'document_id',
  'person_id',
  'link_id',
  'to_address',
  'to_name',
  'locale',
  'facts',
  'message_id',
  'state',
  'reason',
  'tries',
  'created_at',
  'sent_at',
] as const;

export type NewMail = Readonly<{
  id: string;
  kind: string;
  once: string;
  customerId: string | null;
  documentId: string | null;
  personId: string | null;
  linkId: string | null;
  toAddress: string;
  toName: string;
  locale: string;
  facts: string;
}>;

/** False when a mail of this `once` exists already. */
export async function insertMail(scope: Scope, mail: NewMail): Promise<boolean> {
  const added = await scope.tx
    .insertInto('mails')
    .values({
      business_id: scope.business,
      id: mail.id,
      kind: mail.kind,
      once: mail.once,
      customer_id: mail.customerId,
      document_id: mail.documentId,
      person_id: mail.personId,
      link_id: mail.linkId,
      to_address: mail.toAddress,
      to_name: mail.toName,
      locale: mail.locale,
      facts: mail.facts,
      message_id: mail.id,
      state: 'queued',
      created_at: scope.now.toString(),
    })
    .onConflict((conflict) => conflict.columns(['business_id', 'once']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return added !== undefined;
}

export type Recipient = Readonly<{ email: string; name: string; language: string; removed_at: string | null; bounced_at: string | null }>;

export async function selectRecipient(scope: Scope, personId: string): Promise<Recipient | undefined> {
  return scope.tx
    .selectFrom('people')
    .select(['email', 'name', 'language', 'removed_at', 'bounced_at'])
    .where('business_id', '=', scope.business)
    .where('id', '=', personId)
    .executeTakeFirst();
}

/**
 * Takes a mail for one try. Null while another try runs (it is given two minutes) or once the mail has ended.
 * What the row held before is answered, with the number of this try.
 */
export async function claimMail(scope: Scope, mailId: string): Promise<MailRow | null> {
  const { rows } = await sql<MailRow>`update mails set state = 'sending', claimed_at = ${scope.now.toString()}, tries = tries + 1
    where business_id = ${scope.business} and id = ${mailId}
      and (state = 'queued' or (state = 'sending' and claimed_at < ${scope.now.subtract({ seconds: 120 }).toString()}))
    returning ${sql.join(columns.map((column) => sql.ref(column)))}`.execute(scope.tx);
  return rows[0] ?? null;
}

export async function selectMail(scope: Scope, mailId: string): Promise<MailRow | undefined> {
  return (await scope.tx.selectFrom('mails').select(columns).where('business_id', '=', scope.business).where('id', '=', mailId).executeTakeFirst()) as
    | MailRow
    | undefined;
}

export async function endTry(scope: Scope, mailId: string, end: { state: string; reason: string; sentAt: string | null }): Promise<void> {
  await scope.tx
    .updateTable('mails')
    .set({ state: end.state, reason: end.reason, sent_at: end.sentAt })
    .where('business_id', '=', scope.business)
    .where('id', '=', mailId)
    .where('state', '=', 'sending')
    .execute();
}

export async function keepSubject(scope: Scope, mailId: string, subject: string): Promise<void> {
  await scope.tx.updateTable('mails').set({ subject }).where('business_id', '=', scope.business).where('id', '=', mailId).execute();
}

export async function keepFacts(scope: Scope, mailId: string, facts: string): Promise<void> {
  await scope.tx.updateTable('mails').set({ facts }).where('business_id', '=', scope.business).where('id', '=', mailId).execute();
}

export async function markBounced(scope: Scope, personId: string, address: string, reason: string): Promise<void> {
  await scope.tx
    .updateTable('people')
    .set({ bounced_at: scope.now.toString(), bounce_kind: 'bounced', bounce_reason: reason.slice(0, 300) })
    .where('business_id', '=', scope.business)
    .where('id', '=', personId)
    .where('email', '=', address)
    .execute();
}

/** A bounce outweighs what reached others; it stays until the next sending. */
export async function setDelivery(scope: Scope, documentId: string, delivery: 'sent' | 'bounced'): Promise<void> {
  await sql`update invoice_standings set delivery = ${delivery}
    where business_id = ${scope.business} and document_id = ${documentId} and delivery <> 'bounced'`.execute(scope.tx);
  await sql`update estimate_standings set delivery = ${delivery}
    where business_id = ${scope.business} and document_id = ${documentId} and delivery <> 'bounced'`.execute(scope.tx);
}

export type ListedMail = Readonly<{
  id: string;
  kind: string;
  customer_id: string | null;
  person_id: string | null;
  document_id: string | null;
  to_address: string;
  to_name: string;
  subject: string;
  state: string;
  reason: string;
  created_at: string;
  sent_at: string | null;
}>;

export type MailFilter = Readonly<{
  before: string | null;
  documentId: string | null;
  customerId: string | null;
  to: string | null;
  states: readonly string[] | null;
  /** Part of an address, a name or a subject. */
  search: string | null;
  except: readonly string[];
  limit: number;
}>;

export async function selectMails(scope: Scope, filter: MailFilter): Promise<ListedMail[]> {
  let query = scope.tx
    .selectFrom('mails')
    .select(['id', 'kind', 'customer_id', 'person_id', 'document_id', 'to_address', 'to_name', 'subject', 'state', 'reason', 'created_at', 'sent_at'])
    .where('business_id', '=', scope.business)
    .orderBy('id', 'desc')
    .limit(filter.limit);
  if (filter.before !== null) query = query.where('id', '<', filter.before);
  if (filter.documentId !== null) query = query.where('document_id', '=', filter.documentId);
  if (filter.customerId !== null) query = query.where('customer_id', '=', filter.customerId);
  if (filter.to !== null) query = query.where('to_address', '=', filter.to);
  if (filter.states !== null) query = query.where('state', 'in', [...filter.states]);
  if (filter.except.length > 0) query = query.where('kind', 'not in', [...filter.except]);
  if (filter.search !== null) {
    const like = `%${filter.search.replace(/[\\%_]/g, '\\$&')}%`;
    query = query.where((eb) => eb.or([eb('to_address', 'ilike', like), eb('to_name', 'ilike', like), eb('subject', 'ilike', like)]));
  }
  return query.execute();
}

/** What a try needs to know of today, so that nothing leaves that should not. */
export type SendState = Readonly<{
  canceled: boolean;
  shown: boolean;
  link_revoked: boolean;
  settled: boolean;
  estimate_over: boolean;
  waiting_for: string | null;
}>;

export async function selectSendState(scope: Scope, documentId: string | null, linkId: string | null): Promise<SendState> {
  const { rows } = await sql<SendState>`select
    exists (select from documents d where d.business_id = ${scope.business} and d.id = ${documentId}::uuid and d.canceled_at is not null) as canceled,
    exists (select from documents d where d.business_id = ${scope.business} and d.id = ${documentId}::uuid and d.shown) as shown,
    exists (select from links l where l.business_id = ${scope.business} and l.id = ${linkId}::uuid and l.revoked_at is not null) as link_revoked,
    exists (select from invoice_standings s where s.business_id = ${scope.business} and s.document_id = ${documentId}::uuid and s.balance_minor = 0) as settled,
    exists (select from estimate_standings e where e.business_id = ${scope.business} and e.document_id = ${documentId}::uuid and e.state in ('withdrawn', 'replaced')) as estimate_over,
    (select e.waiting_for_id from estimate_standings e where e.business_id = ${scope.business} and e.document_id = ${documentId}::uuid and e.state = 'sent') as waiting_for`.execute(
    scope.tx,
  );
  return rows[0] ?? { canceled: false, shown: false, link_revoked: false, settled: false, estimate_over: false, waiting_for: null };
}

export type Sender = Readonly<{ name: string; from_name: string; reply_to: string; email: string; slug: string; legal_name: string; default_language: string }>;

export async function selectSender(scope: Scope): Promise<Sender> {
  return scope.tx
    .selectFrom('businesses')
    .innerJoin('business_profiles', 'business_profiles.business_id', 'businesses.id')
    .select(['businesses.name', 'businesses.slug', 'from_name', 'reply_to', 'business_profiles.email', 'legal_name', 'default_language'])
    .where('businesses.id', '=', scope.business)
    .where('business_profiles.business_id', '=', scope.business)
    .executeTakeFirstOrThrow();
}

/** Where questions of customers go: what the business gave as its address, else its owner's. */
export async function selectOfficeAddress(scope: Scope): Promise<{ address: string; name: string } | null> {
  const { rows } = await sql<{ address: string; name: string }>`select coalesce(nullif(p.reply_to, ''), nullif(p.email, ''), s.email) as address, b.name
    from businesses b join business_profiles p on p.business_id = b.id
    left join lateral (select email from staff where business_id = ${scope.business} and removed_at is null and role = 'owner' order by created_at limit 1) s on true
    where b.id = ${scope.business} and p.business_id = ${scope.business}`.execute(scope.tx);
  const found = rows[0];
  return found?.address ? found : null;
}

export async function countSince(scope: Scope, filter: { kind: string; personId: string; documentId?: string; since: string }): Promise<number> {
  let query = scope.tx
    .selectFrom('mails')
    .select((select) => select.fn.countAll<bigint>().as('count'))
    .where('business_id', '=', scope.business)
    .where('kind', '=', filter.kind)
    .where('person_id', '=', filter.personId)
    .where('created_at', '>', filter.since);
  if (filter.documentId !== undefined) query = query.where('document_id', '=', filter.documentId);
  return Number((await query.executeTakeFirstOrThrow()).count);
}
