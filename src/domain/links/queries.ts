import { sql } from 'kysely';
import type { Scope } from '../../db/scope.ts';

export type DocumentRow = Readonly<{
  id: string;
  customer_id: string;
  property_id: string | null;
  issued_at: string | null;
  shown: boolean;
  canceled_at: string | null;
  replaces: string | null;
  replaced_by: string | null;
  number: string | null;
  sent_at: string | null;
}>;

/** Locks the document, so that two sendings of it come one after the other. */
export async function lockDocument(scope: Scope, documentId: string): Promise<DocumentRow | undefined> {
  const { rows } =
    await sql<DocumentRow>`select d.id, d.customer_id, d.property_id, d.issued_at, d.shown, d.canceled_at, d.replaces, d.replaced_by, s.number, s.sent_at
    from documents d left join invoice_standings s on s.business_id = ${scope.business} and s.document_id = d.id
    where d.business_id = ${scope.business} and d.id = ${documentId} for update of d`.execute(scope.tx);
  return rows[0];
}

export type RecipientRow = Readonly<{
  id: string;
  name: string;
  email: string;
  removed_at: string | null;
  bounced_at: string | null;
  queued: boolean;
  mails: number;
}>;

/**
 * The chosen people who may see the document, with how many mails of it each got and whether one is still waiting to leave.
 * Someone without a right to it is not among the rows.
 */
export async function selectRecipients(scope: Scope, document: { id: string; customerId: string }, personIds: readonly string[]): Promise<RecipientRow[]> {
  const { rows } =
    await sql<RecipientRow>`select p.id, p.name, p.email, p.removed_at, p.bounced_at, coalesce(m.queued, false) as queued, coalesce(m.mails, 0)::int as mails
    from people p
    left join lateral (select count(*) as mails, bool_or(state in ('queued', 'sending')) as queued from mails
      where business_id = ${scope.business} and document_id = ${document.id} and person_id = p.id and kind in ('invoice_sent', 'invoice_replaced', 'estimate_sent', 'estimate_replaced')) m on true
    where p.business_id = ${scope.business} and p.id = any (${personIds}::uuid[])
      and exists (select from grants g where g.business_id = ${scope.business} and g.person_id = p.id and g.customer_id = ${document.customerId}
        and g.revoked_at is null and g.can_view and (g.property_id is null
          or exists (select from documents d where d.business_id = ${scope.business} and d.id = ${document.id} and d.property_id = g.property_id)
          or exists (select from document_parts dp where dp.business_id = ${scope.business} and dp.document_id = ${document.id} and dp.property_id = g.property_id)))
    order by array_position(${personIds}::uuid[], p.id)`.execute(scope.tx);
  return rows;
}

/** `sharing`: sent by the customer to somebody else. */
export type NewLink = Readonly<{
  id: string;
  documentId: string;
  customerId: string;
  personId: string | null;
  tokenHash: Buffer;
  sentTo: string;
  sharing?: Readonly<{ by: string; name: string; mayPay: boolean; endsAt: string }>;
}>;

export async function insertLink(scope: Scope, link: NewLink): Promise<void> {
  const at = scope.now.toString();
  await scope.tx
    .insertInto('links')
    .values({
      business_id: scope.business,
      id: link.id,
      document_id: link.documentId,
      customer_id: link.customerId,
      person_id: link.personId,
      token_hash: link.tokenHash,
      sent_to: link.sentTo,
      created_at: at,
      created_by: scope.actor.name,
      last_mailed_at: at,
      ...(link.sharing === undefined
        ? {}
        : { shared_by: link.sharing.by, shared_name: link.sharing.name, may_pay: link.sharing.mayPay, ends_at: link.sharing.endsAt }),
    })
    .execute();
}

export type LinkRow = Readonly<{
  id: string;
  document_id: string;
  customer_id: string;
  person_id: string | null;
  sent_to: string;
  revoked_at: string | null;
  address_left: boolean;
}>;

export async function selectLink(scope: Scope, linkId: string): Promise<LinkRow | undefined> {
  return scope.tx
    .selectFrom('links')
    .select(['id', 'document_id', 'customer_id', 'person_id', 'sent_to', 'revoked_at', 'address_left'])
    .where('business_id', '=', scope.business)
    .where('id', '=', linkId)
    .executeTakeFirst();
}

/** The newest link of this person to this document that nobody took back, mailed within the year. */
export async function selectLiveLink(scope: Scope, documentId: string, personId: string | null): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`select id from links where business_id = ${scope.business} and document_id = ${documentId}
    and person_id is not distinct from ${personId}::uuid and shared_by is null and revoked_at is null and last_mailed_at > ${scope.now.subtract({ hours: 364 * 24 }).toString()}
    order by created_at desc, id desc limit 1`.execute(scope.tx);
  return rows[0]?.id ?? null;
}

export async function touchLink(scope: Scope, linkId: string): Promise<void> {
  await scope.tx
    .updateTable('links')
    .set({ last_mailed_at: scope.now.toString() })
    .where('business_id', '=', scope.business)
    .where('id', '=', linkId)
    .execute();
}

/** Ends a link. False when there is none of this id, or it had ended. */
export async function revokeLinkRow(scope: Scope, linkId: string): Promise<boolean> {
  const ended = await scope.tx
    .updateTable('links')
    .set({ revoked_at: scope.now.toString() })
    .where('business_id', '=', scope.business)
    .where('id', '=', linkId)
    .where('revoked_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return ended !== undefined;
}

export type OpenerRow = Readonly<{
  link_id: string;
  person_id: string | null;
  name: string | null;
  sent_to: string;
  created_at: string;
  created_by: string;
  last_mailed_at: string;
  last_used_at: string | null;
  works_until: string | null;
  shared_by: string | null;
  may_pay: boolean;
  uses: readonly string[];
  /** It is the reader's to end. */
  theirs: boolean;
  state: 'open' | 'ended' | 'revoked' | 'removed';
}>;

/**
 * Every link of a document, newest first, by the same rule of life as `open_by_link`: while anything is owed, else 60 days after
 * the last mail or 30 after full payment; a year at most. In the portal the name is known for one's own links only.
 */
export async function selectOpeners(scope: Scope, documentId: string): Promise<OpenerRow[]> {
  const now = scope.now.toString();
  // Who of the office made it is not the customer's to read.
  const portal = scope.role === 'portal';
  const maker = portal ? sql`''` : sql`l.created_by`;
  // Whoever shared it, and in a session whoever manages the account's people, sees with whom, sees its uses and may end it.
  const theirs = portal
    ? sql`(l.shared_by is not null and (l.shared_by = any (app_people()) or (app_identity() is not null and exists (select from grants g where g.business_id = ${scope.business}
        and g.person_id = any (app_people()) and g.customer_id = l.customer_id and g.revoked_at is null and g.can_view and g.can_manage and g.property_id is null))))`
    : sql`true`;
  const { rows } =
    await sql<OpenerRow>`select l.id as link_id, l.person_id, case when l.shared_by is null then p.name when o.theirs then l.shared_name end as name, l.sent_to, l.shared_by, l.may_pay,
      case when o.theirs then l.uses else '{}' end as uses, o.theirs and l.shared_by is not null as theirs, l.created_at, ${maker} as created_by, l.last_mailed_at, l.last_used_at, life.works_until,
      case when l.revoked_at is not null then 'revoked' when p.removed_at is not null then 'removed'
        when life.works_until < ${now}::timestamptz then 'ended' else 'open' end as state
    from links l
    left join people p on p.business_id = ${scope.business} and p.id = l.person_id
    left join invoice_standings s on s.business_id = ${scope.business} and s.document_id = l.document_id
    left join estimate_standings e on e.business_id = ${scope.business} and e.document_id = l.document_id
    cross join lateral (select ${theirs} as theirs) o
    cross join lateral (select least(l.ends_at, case when e.document_id is not null then least(l.last_mailed_at + interval '365 days', greatest(l.last_mailed_at + interval '60 days',
        estimate_link_until(e.state, e.valid_until, e.decided_at, (select u.time_zone from businesses u where u.id = ${scope.business}))))
      when coalesce(s.balance_minor, 1) > 0 then l.last_mailed_at + interval '365 days'
      else least(l.last_mailed_at + interval '365 days', greatest(l.last_mailed_at + interval '60 days', coalesce(s.settled_at, l.last_mailed_at) + interval '30 days'))
      end) as works_until) life
    where l.business_id = ${scope.business} and l.document_id = ${documentId}
    order by l.created_at desc, l.id desc`.execute(scope.tx);
  return rows;
}

/** Writes the last use of many links, at most once an hour each. */
export async function updateUsed(scope: Scope, linkIds: readonly string[]): Promise<{ id: string; document_id: string; customer_id: string; kind: string }[]> {
  const { rows } = await sql<{ id: string; document_id: string; customer_id: string; kind: string }>`update links set last_used_at = ${scope.now.toString()},
      uses = case when shared_by is null or cardinality(uses) >= 500 then uses else uses || ${scope.now.toString()}::timestamptz end
    where business_id = ${scope.business} and id = any (${linkIds}::uuid[])
      and (last_used_at is null or last_used_at < ${scope.now.subtract({ minutes: 60 }).toString()})
    returning id, document_id, customer_id, (select d.kind from documents d where d.business_id = ${scope.business} and d.id = links.document_id) as kind`.execute(
    scope.tx,
  );
  return rows;
}

/** What sending leaves on the standing. */
export async function markSent(scope: Scope, documentId: string): Promise<void> {
  const at = scope.now.toString();
  await sql`update invoice_standings set sent_at = coalesce(sent_at, ${at}), last_mailed_at = ${at}, delivery = 'queued'
    where business_id = ${scope.business} and document_id = ${documentId}`.execute(scope.tx);
}

/** True when this was the first sign of a person on the document. */
export async function markOpened(scope: Scope, documentId: string): Promise<boolean> {
  const { rows } = await sql`update invoice_standings set opened_at = ${scope.now.toString()}
    where business_id = ${scope.business} and document_id = ${documentId} and opened_at is null returning 1`.execute(scope.tx);
  const { rows: estimates } = await sql`update estimate_standings set opened_at = ${scope.now.toString()}
    where business_id = ${scope.business} and document_id = ${documentId} and opened_at is null returning 1`.execute(scope.tx);
  return rows.length + estimates.length > 0;
}

/** Whether this person did such a thing on the document since an instant. */
export async function didSince(
  scope: Scope,
  documentId: string,
  kind: `${'invoice' | 'estimate'}.${'opened' | 'downloaded'}`,
  since: string,
): Promise<boolean> {
  const { rows } = await sql`select from events where business_id = ${scope.business} and document_id = ${documentId} and kind = ${kind}
    and actor_id is not distinct from ${scope.actor.id}::uuid and at > ${since} limit 1`.execute(scope.tx);
  return rows.length > 0;
}

export type MailedRow = Readonly<{ person_id: string; email: string; customer_id: string; document_id: string }>;

/** Those a document was mailed to, who still have a right to its customer: one row per person and document. */
export async function selectMailedPeople(scope: Scope, documentId: string): Promise<MailedRow[]> {
  const { rows } = await sql<MailedRow>`select distinct l.person_id, p.email, l.customer_id, l.document_id
    from links l
    join people p on p.business_id = ${scope.business} and p.id = l.person_id and p.removed_at is null
    join documents d on d.business_id = ${scope.business} and d.id = l.document_id and d.shown
    where l.business_id = ${scope.business} and (l.revoked_at is null or l.address_left) and l.person_id is not null
      and l.document_id in (select ${documentId}::uuid union all select r.replaced_by from documents r where r.business_id = ${scope.business} and r.id = ${documentId} and r.replaced_by is not null)
      and exists (select from grants g where g.business_id = ${scope.business} and g.person_id = l.person_id and g.customer_id = l.customer_id
        and g.revoked_at is null and g.can_view)
    limit 20`.execute(scope.tx);
  return rows;
}

/** The shown invoices of this number and the people with a right to them whose recorded address this is. */
export async function selectByNumberAndAddress(scope: Scope, number: string, email: string): Promise<MailedRow[]> {
  const { rows } = await sql<MailedRow>`select p.id as person_id, p.email, i.customer_id, i.document_id
    from invoices i
    join people p on p.business_id = ${scope.business} and p.email = ${email} and p.removed_at is null
    where i.business_id = ${scope.business} and i.number = ${number} and i.shown
      and exists (select from grants g where g.business_id = ${scope.business} and g.person_id = p.id and g.customer_id = i.customer_id and g.revoked_at is null and g.can_view
        and (g.property_id is null or g.property_id = i.property_id
          or exists (select from document_parts dp where dp.business_id = ${scope.business} and dp.document_id = i.document_id and dp.property_id = g.property_id)))
    order by i.issued_on desc limit 3`.execute(scope.tx);
  return rows;
}

export async function selectShown(scope: Scope, documentId: string): Promise<{ customer_id: string; kind: string } | undefined> {
  return scope.tx
    .selectFrom('documents')
    .select(['customer_id', 'kind'])
    .where('business_id', '=', scope.business)
    .where('id', '=', documentId)
    .where('shown', '=', true)
    .executeTakeFirst();
}

/** The recorded address of a person; null without one. */
export async function selectAddress(scope: Scope, personId: string): Promise<string | null> {
  const row = await scope.tx.selectFrom('people').select('email').where('business_id', '=', scope.business).where('id', '=', personId).executeTakeFirst();
  return row?.email || null;
}
