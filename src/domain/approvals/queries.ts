import { sql } from 'kysely';
import type { Scope } from '../../db/scope.ts';
import { poRequiredAt } from '../customers/properties.ts';
import type { Approval, ApprovalKind, Broken, Evidence } from './approval.ts';

export type SignerRow = Readonly<{
  id: string;
  name: string;
  email: string;
  sharedMailbox: boolean;
  limitMinor: bigint;
  canManage: boolean;
  canAsk: boolean;
  whole: boolean;
  nteMinor: bigint | null;
  owns: boolean;
}>;

/** What a person may do about a document of this customer, as their rights stand now. Someone without a right to it is no row. */
export async function selectSigner(
  scope: Scope,
  personId: string,
  of: Readonly<{ customerId: string; propertyId: string | null }>,
): Promise<SignerRow | undefined> {
  const b = scope.business;
  const { rows } = await sql<SignerRow>`select p.id, p.name, p.email, p.shared_mailbox as "sharedMailbox", max(g.approve_limit_minor)::bigint as "limitMinor",
      bool_or(g.can_manage) as "canManage", bool_or(g.can_ask) as "canAsk", bool_or(g.property_id is null) as whole,
      r.nte_minor as "nteMinor", coalesce(r.owner_person_id = p.id, false) as owns
    from people p join grants g on g.business_id = ${b} and g.person_id = p.id
      left join property_rules r on r.business_id = ${b} and r.property_id = ${of.propertyId}::uuid
    where p.business_id = ${b} and p.id = ${personId} and p.removed_at is null and g.customer_id = ${of.customerId} and g.revoked_at is null and g.can_view
      and (g.property_id is null or g.property_id = ${of.propertyId}::uuid)
    group by p.id, p.name, p.email, p.shared_mailbox, r.nte_minor, r.owner_person_id`.execute(scope.tx);
  return rows[0];
}

export type AccountRow = Readonly<{ kind: string; poRequired: boolean; twoFromMinor: bigint | null }>;

export async function selectAccount(
  scope: Scope,
  of: Readonly<{ id: string; customerId: string; propertyId: string | null }>,
): Promise<AccountRow | undefined> {
  const b = sql`${scope.business}::uuid`;
  const asked = poRequiredAt(b, { document: sql`${of.id}::uuid`, property: sql`${of.propertyId}::uuid`, own: sql`c.po_required` });
  const { rows } =
    await sql<AccountRow>`select c.kind, ${asked} as "poRequired", c.two_approvers_from_minor as "twoFromMinor" from customers c where c.business_id = ${b} and c.id = ${of.customerId}`.execute(
      scope.tx,
    );
  return rows[0];
}

/** The frozen text of a version and the hash of its terms. */
export async function selectFacts(
  scope: Scope,
  documentId: string,
): Promise<{ facts: string; termsSha256: string; lines: { id: string; name: string }[] } | undefined> {
  const b = scope.business;
  const { rows } = await sql<{
    facts: string;
    termsSha256: string;
    lines: { id: string; name: string }[];
  }>`select f.facts, encode(e.terms_sha256, 'hex') as "termsSha256",
      (select coalesce(json_agg(json_build_object('id', l.id, 'name', l.name)), '[]') from document_lines l where l.business_id = ${b} and l.document_id = ${documentId}) as lines
    from document_facts f join estimates e on e.business_id = ${b} and e.document_id = f.document_id
    where f.business_id = ${b} and f.document_id = ${documentId}`.execute(scope.tx);
  return rows[0];
}

/** Adds a record at the end of the chain; holds the chain's head until the transaction ends. Answers its number. */
export async function appendApproval(scope: Scope, record: string): Promise<bigint> {
  const { rows } = await sql<{ seq: bigint }>`select append_approval(${scope.business}, ${record}::jsonb) as seq`.execute(scope.tx);
  const seq = rows[0]?.seq;
  if (seq === undefined) throw new Error('an added record answers its number');
  return seq;
}

export type Decision = Readonly<{
  state: 'sent' | 'approved' | 'declined' | 'changes_requested';
  chosenMinor: bigint | null;
  depositMinor: bigint | null;
  poNumber: string;
  decidedAt: string | null;
  decidedBy: string;
  reason: string;
  approvalWithdrawnAt: string | null;
}>;

export async function setDecision(scope: Scope, documentId: string, decision: Decision): Promise<void> {
  const { state, chosenMinor, depositMinor, poNumber, decidedAt, decidedBy, reason, approvalWithdrawnAt } = decision;
  await scope.tx
    .updateTable('estimate_standings')
    .set((eb) => ({
      ...{ state, chosen_minor: chosenMinor, deposit_minor: depositMinor, po_number: poNumber, decided_at: decidedAt, decided_by: decidedBy, reason },
      ...{ approval_withdrawn_at: approvalWithdrawnAt, waiting_for_id: null, waiting_for_name: '' },
      ...{ first_approval_id: null, first_approver_id: null, first_approved_at: null, first_approved_by: '' },
      version: eb('version', '+', 1),
    }))
    .where('business_id', '=', scope.business)
    .where('document_id', '=', documentId)
    .execute();
}

export async function setRecommended(scope: Scope, documentId: string, by: string): Promise<void> {
  await scope.tx
    .updateTable('estimate_standings')
    .set((eb) => ({ recommended_at: scope.now.toString(), recommended_by: by, version: eb('version', '+', 1) }))
    .where('business_id', '=', scope.business)
    .where('document_id', '=', documentId)
    .execute();
}

export type First = Readonly<{ approvalId: string; personId: string; by: string }>;

/** The first yes of two, or that there is none any more; whom it waits for is found anew. */
export async function setFirst(scope: Scope, documentId: string, first: First | null): Promise<void> {
  await scope.tx
    .updateTable('estimate_standings')
    .set((eb) => ({
      ...{ first_approval_id: first?.approvalId ?? null, first_approver_id: first?.personId ?? null, first_approved_by: first?.by ?? '' },
      ...{ first_approved_at: first === null ? null : scope.now.toString(), waiting_for_id: null, waiting_for_name: '' },
      version: eb('version', '+', 1),
    }))
    .where('business_id', '=', scope.business)
    .where('document_id', '=', documentId)
    .execute();
}

/** Whether two persons of the business are one: the same, or known by one address. Whom the scope does not see is somebody else. */
export async function selectAreOne(scope: Scope, one: string, other: string): Promise<boolean> {
  const b = scope.business;
  if (one === other) return true;
  const { rows } = await sql<{ same: boolean }>`select exists (select from people p join people q on q.business_id = ${b} and q.email = p.email
    where p.business_id = ${b} and p.id = ${one} and q.id = ${other} and p.email <> '') as same`.execute(scope.tx);
  return rows[0]?.same ?? false;
}

/** Money that moved on a deposit that was asked for; null where this scope does not see the bill. */
export async function selectDepositMoney(scope: Scope, invoiceId: string): Promise<{ movedMinor: bigint; canceled: boolean } | null> {
  const row = await scope.tx
    .selectFrom('invoice_standings')
    .select(['paid_minor', 'processing_minor', 'unknown_minor', 'canceled_at'])
    .where('business_id', '=', scope.business)
    .where('document_id', '=', invoiceId)
    .executeTakeFirst();
  return row ? { movedMinor: row.paid_minor + row.processing_minor + row.unknown_minor, canceled: row.canceled_at !== null } : null;
}

export type ApprovalFilter = Readonly<{
  id?: string;
  documentId?: string;
  customerId?: string;
  kinds?: readonly ApprovalKind[];
  /** Only records before this one: pages go back in time. */
  before?: bigint;
  limit: number;
}>;

const hex = (column: string) => sql<string>`encode(${sql.ref(column)}, 'hex')`;

/** Records, the newest first. */
export async function selectApprovals(scope: Scope, filter: ApprovalFilter): Promise<Evidence[]> {
  let query = scope.tx.selectFrom('approvals as a').where('a.business_id', '=', scope.business);
  if (filter.id !== undefined) query = query.where('a.id', '=', filter.id);
  if (filter.documentId !== undefined) query = query.where('a.document_id', '=', filter.documentId);
  if (filter.customerId !== undefined) query = query.where('a.customer_id', '=', filter.customerId);
  if (filter.kinds !== undefined) query = query.where('a.kind', '=', sql<string>`any (${[...filter.kinds]}::text[])`);
  if (filter.before !== undefined) query = query.where('a.seq', '<', filter.before);
  const rows = await query
    .select(['a.id', 'a.seq', 'a.kind', 'a.document_id', 'a.customer_id', 'a.property_id', 'a.number', 'a.revision', 'a.choices', 'a.facts', 'a.currency'])
    .select(['a.total_minor', 'a.tax_minor', 'a.deposit_minor', 'a.po_number', 'a.reason', 'a.line_reasons', 'a.person_id', 'a.typed_name', 'a.recorded_name'])
    .select(['a.role', 'a.limit_minor', 'a.identified_by', 'a.identified_as', 'a.at', 'a.time_zone', 'a.address', 'a.browser', 'a.undoes', 'a.further'])
    .select([hex('a.terms_sha256').as('terms'), hex('a.facts_sha256').as('facts_sha'), hex('a.previous_hash').as('previous'), hex('a.hash').as('own_hash')])
    .orderBy('a.seq', 'desc')
    .limit(filter.limit)
    .execute();
  return rows.map((row) => ({
    ...{ id: row.id, seq: row.seq, kind: row.kind as ApprovalKind, documentId: row.document_id, customerId: row.customer_id, propertyId: row.property_id },
    ...{ number: row.number, revision: row.revision, choices: row.choices as Approval['choices'], facts: row.facts, currency: row.currency },
    ...{ totalMinor: row.total_minor, taxMinor: row.tax_minor, depositMinor: row.deposit_minor, poNumber: row.po_number, reason: row.reason },
    ...{ lineReasons: row.line_reasons as Approval['lineReasons'], personId: row.person_id, typedName: row.typed_name, recordedName: row.recorded_name },
    ...{ role: row.role, limitMinor: row.limit_minor, identifiedBy: row.identified_by as Approval['identifiedBy'], identifiedAs: row.identified_as },
    ...{ at: row.at, timeZone: row.time_zone, address: row.address, browser: row.browser, undoes: row.undoes },
    further: row.further as Approval['further'],
    ...{ termsSha256: row.terms, factsSha256: row.facts_sha, previousHash: row.previous, hash: row.own_hash },
  }));
}

/** The first record that no longer fits, and what of it. */
export async function selectBroken(scope: Scope): Promise<{ seq: bigint; what: Broken } | null> {
  const { rows } = await sql<{ seq: bigint; what: Broken }>`select seq, what from broken_approval(${scope.business})`.execute(scope.tx);
  return rows[0] ?? null;
}
