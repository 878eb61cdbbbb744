import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Books, makeBooks, oneOf } from '../../../test/books.ts';
import { testDatabase } from '../../../test/db.ts';
import type { Refusal } from '../../core/refusal.ts';
import { newId } from '../../db/fresh.ts';
import { inTransaction, type Scope } from '../../db/scope.ts';
import { createDraft, issueEstimate, readEstimate, reviseEstimate } from '../estimates/estimates.ts';
import { verifyBooks } from '../ledger/ledger.ts';
import type { Approving } from './approval.ts';
import { approveEstimate, askDeposit, brokenApproval, declineEstimate, listApprovals, makeInvoice, passOn, undoApproval } from './approvals.ts';

const database = testDatabase(12);
let books: Books;
let [edgar, petra, sam, twin] = ['', '', '', ''];

/** Dana manages, Edgar approves up to $5,000 and Petra to $6,000, Sam up to $50; Dana's second entry has her address. Two approve from $100 on. */
beforeAll(async () => {
  books = await makeBooks(database().database);
  [edgar, petra, sam, twin] = [newId(), newId(), newId(), newId()];
  await books.office(async ({ tx, business, now }) => {
    const at = now.toString();
    await sql`update grants set can_manage = true where business_id = ${business} and person_id = ${books.person}`.execute(tx);
    await sql`update customers set two_approvers_from_minor = 10000 where business_id = ${business} and id = ${books.customer}`.execute(tx);
    const people = [
      [edgar, 'Edgar Finch', 'edgar@example.com', 500_000],
      [petra, 'Petra Voss', 'petra@example.com', 600_000],
      [sam, 'Sam Okoye', 'sam@example.com', 5_000],
      [twin, 'D. Whitlock', 'dana@example.com', 700_000],
    ] as const;
    for (const [id, name, email, limit] of people) {
      await sql`insert into people (business_id, id, name, email, created_at) values (${business}, ${id}, ${name}, ${email}, ${at})`.execute(tx);
      await sql`insert into grants (business_id, id, person_id, customer_id, approve_limit_minor, created_at)
        values (${business}, ${newId()}, ${id}, ${books.customer}, ${limit}, ${at})`.execute(tx);
    }
  });
});

const sent = async (amountMinor = 20_000): Promise<string> => {
  const lines = [oneOf(amountMinor, { taxRateId: null }), oneOf(1_000, { id: newId(), taxRateId: null, choice: { kind: 'optional', chosen: false } })];
  const draft = await books.office((scope) => createDraft(scope, { customerId: books.customer, lines, deposit: { kind: 'amount', amountMinor: 500n } }));
  await books.office((scope) => issueEstimate(scope, draft.id, { show: true }));
  return draft.id;
};
/** In the portal as the person, whose every entry of the business is their own. */
const as = <T>(personId: string, work: (scope: Scope) => Promise<T>): Promise<T> => {
  const people = personId === twin || personId === books.person ? [twin, books.person] : [personId];
  const entry = { role: 'portal', business: books.business, actor: { kind: 'person', id: personId, name: 'Somebody' } } as const;
  return inTransaction(books.database, { ...entry, customers: [books.customer], accounts: [books.customer], people, document: null }, work);
};
const approve = (documentId: string, personId: string, more: Partial<Approving> = {}) =>
  as(personId, (scope) =>
    approveEstimate(scope, { ...{ documentId, personId, totalMinor: 20_000n, identifiedBy: 'session', typedName: 'A name', acceptTerms: true }, ...more }),
  );
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => '',
    (error: Refusal) => error.code,
  );
const standingOf = async (id: string) => (await books.office((scope) => readEstimate(scope, id))).standing;
const kindsOf = async (id: string) => (await books.system((scope) => listApprovals(scope, { documentId: id }))).rows.map(({ kind }) => kind);

describe('where two people approve', () => {
  it('the first yes waits for another person, who alone approves it; the record names both', async () => {
    const id = await sent();
    const first = await approve(id, books.person, { typedName: 'Dana Whitlock', poNumber: 'PO-9' });
    expect(first).toMatchObject({ kind: 'first_approved', undoUntil: null });
    expect(await approve(id, books.person)).toEqual(first);
    expect((await approve(id, twin)).approvalId).toBe(first.approvalId);
    expect(await standingOf(id)).toMatchObject({ now: 'sent', chosenMinor: null, firstApproval: { by: 'Dana Whitlock', personId: books.person } });
    expect(await codeOf(books.system((scope) => askDeposit(scope, id)))).toBe('estimate_not_approved');
    expect(await codeOf(books.system((scope) => makeInvoice(scope, id)))).toBe('estimate_not_approved');
    expect(await books.system((scope) => passOn(scope, id))).toMatchObject({ id: edgar });
    expect(await approve(id, sam)).toMatchObject({ kind: 'recommended' });
    expect(await books.system((scope) => passOn(scope, id))).toMatchObject({ id: edgar });
    expect(await approve(id, petra, { typedName: 'Petra Voss' })).toMatchObject({ kind: 'approved' });
    expect(await standingOf(id)).toMatchObject({ now: 'approved', decidedBy: 'Petra Voss', firstApproval: null, waitingFor: null, depositMinor: 500n });
    const { rows } = await books.system((scope) => listApprovals(scope, { documentId: id }));
    expect(rows.map(({ kind }) => kind)).toEqual(['approved', 'recommended', 'first_approved']);
    expect(rows[0]).toMatchObject({ poNumber: 'PO-9', further: { first: { personId: books.person, typedName: 'Dana Whitlock', hash: rows[2]?.hash } } });
    expect(await books.system((scope) => askDeposit(scope, id))).not.toBeNull();
    expect(await books.system((scope) => brokenApproval(scope))).toBeNull();
    expect(await books.office((scope) => verifyBooks(scope))).toEqual([]);
  });

  it('a link alone is not enough, one is enough below the amount, and other choices are a first yes of their own', async () => {
    const id = await sent();
    expect(await codeOf(approve(id, edgar, { identifiedBy: 'link' }))).toBe('code_needed');
    expect(await approve(await sent(9_999), edgar, { totalMinor: 9_999n })).toMatchObject({ kind: 'approved' });
    await approve(id, edgar);
    const { facts } = await books.office((scope) => readEstimate(scope, id));
    const choices = { options: [facts.lines[1]?.id ?? ''] };
    expect(await approve(id, petra, { choices, totalMinor: 21_000n })).toMatchObject({ kind: 'first_approved' });
    expect(await approve(id, edgar)).toMatchObject({ kind: 'first_approved' });
    expect(await approve(id, petra)).toMatchObject({ kind: 'approved' });
    expect(await kindsOf(id)).toEqual(['approved', 'first_approved', 'first_approved', 'first_approved']);
  });

  it('the first is taken back by its person or at their word; a decline and a new version end it', async () => {
    const id = await sent();
    await approve(id, edgar);
    const back = (personId: string) => as(personId, (scope) => undoApproval(scope, { documentId: id, personId, identifiedBy: 'session', reason: 'Wait' }));
    expect(await codeOf(back(petra))).toBe('approving_not_allowed');
    expect(await back(edgar)).toMatchObject({ kind: 'withdrawn_approval' });
    expect(await standingOf(id)).toMatchObject({ now: 'sent', firstApproval: null, approvalWithdrawnAt: null });
    expect(await approve(id, petra)).toMatchObject({ kind: 'first_approved' });
    const next = await books.office(async (scope) => issueEstimate(scope, (await reviseEstimate(scope, id)).id));
    expect(await standingOf(next.id)).toMatchObject({ now: 'sent', firstApproval: null });
    expect(await approve(next.id, edgar)).toMatchObject({ kind: 'first_approved' });
    await as(petra, (scope) => declineEstimate(scope, { documentId: next.id, personId: petra, identifiedBy: 'session' }));
    expect(await codeOf(approve(next.id, petra))).toBe('already_decided');
    expect(await books.office((scope) => verifyBooks(scope))).toEqual([]);
  });

  it('C5 fifty presses of two people at once are one first yes and one approval', async () => {
    const id = await sent();
    const all = await Promise.allSettled(Array.from({ length: 50 }, (_, at) => approve(id, at % 2 === 0 ? edgar : petra)));
    const kinds = all.flatMap((each) => (each.status === 'fulfilled' ? [each.value.kind] : []));
    expect(kinds.filter((kind) => kind === 'approved').length).toBe(1);
    expect(new Set(all.flatMap((each) => (each.status === 'rejected' ? [(each.reason as Refusal).code] : [])))).toEqual(new Set(['already_decided']));
    expect(await kindsOf(id)).toEqual(['approved', 'first_approved']);
    expect(await books.office((scope) => verifyBooks(scope))).toEqual([]);
  });
});
