import { sql } from 'kysely';
import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Books, makeBooks, oneOf } from '../../../test/books.ts';
import { testDatabase } from '../../../test/db.ts';
import { todayIn } from '../../core/calendar.ts';
import { estimateActs, estimateStandingsNow, whyNot } from '../../core/estimate-state.ts';
import { Refusal } from '../../core/refusal.ts';
import { newId } from '../../db/fresh.ts';
import { clientConfig } from '../../db/pool.ts';
import { inTransaction, type Scope } from '../../db/scope.ts';
import {
  createChangeOrder,
  createDraft,
  extendEstimate,
  issueEstimate,
  readEstimate,
  readEstimateDesk,
  reviseEstimate,
  withdrawEstimate,
} from '../estimates/estimates.ts';
import { discardDraft, issueInvoice, readInvoice } from '../invoices/invoices.ts';
import { verifyBooks } from '../ledger/ledger.ts';
import type { Approving } from './approval.ts';
import {
  approveEstimate,
  askDeposit,
  askForChanges,
  brokenApproval,
  declineEstimate,
  dropDeposit,
  listApprovals,
  makeInvoice,
  passOn,
  readApproval,
  undoApproval,
} from './approvals.ts';

const database = testDatabase(12);
let books: People;
beforeAll(async () => {
  books = await managed();
});

/** A company where Dana manages everything, Sam approves up to $500 and Edgar up to $5,000; and a home with Rosa in it. */
type People = Books & Readonly<{ sam: string; edgar: string; home: string; rosa: string; shared: string }>;

async function managed(): Promise<People> {
  const own = await makeBooks(database().database);
  const [sam, edgar, home, rosa, shared] = [newId(), newId(), newId(), newId(), newId()];
  await own.office(async ({ tx, business, now }) => {
    const at = now.toString();
    await sql`insert into staff (business_id, id, identity_id, name, email, role, created_at)
      values (${business}, '01920000-0000-7000-8000-000000000001', ${newId()}, 'Ida Brandt', 'ida@example.com', 'owner', ${at})`.execute(tx);
    await sql`update grants set can_manage = true where business_id = ${business} and person_id = ${own.person}`.execute(tx);
    await sql`insert into customers (business_id, id, kind, name, created_at) values (${business}, ${home}, 'residential', 'Rosa Quill', ${at})`.execute(tx);
    const people = [
      [sam, 'Sam Okoye', own.customer, 50_000, false],
      [edgar, 'Edgar Finch', own.customer, 500_000, false],
      [rosa, 'Rosa Quill', home, 0, false],
      [shared, 'Accounts payable', own.customer, 0, true],
    ] as const;
    for (const [id, name, customer, limit, mailbox] of people) {
      await sql`insert into people (business_id, id, name, email, shared_mailbox, created_at)
        values (${business}, ${id}, ${name}, ${`${id}@example.com`}, ${mailbox}, ${at})`.execute(tx);
      await sql`insert into grants (business_id, id, person_id, customer_id, approve_limit_minor, created_at)
        values (${business}, ${newId()}, ${id}, ${customer}, ${limit}, ${at})`.execute(tx);
    }
  });
  return { ...own, sam, edgar, home, rosa, shared };
}

const refusalOf = async (work: Promise<unknown>): Promise<Pick<Refusal, 'code' | 'details'>> => {
  const error = await work.then(
    () => null,
    (problem: unknown) => problem,
  );
  if (!(error instanceof Refusal)) throw error ?? new Error('nothing was refused');
  return error;
};

const untaxed = (amountMinor: number, more: object = {}) => oneOf(amountMinor, { taxRateId: null, ...more });
const sent = async (own: People, lines: readonly unknown[], more: object = {}) => {
  const draft = await own.office((scope) => createDraft(scope, { customerId: own.customer, lines, terms: 'Half on start.', ...more }));
  return own.office((scope) => issueEstimate(scope, draft.id, { show: true }));
};

/** As a person of the customer; the signed total is the one on screen. */
const as = <T>(own: People, _personId: string, work: (scope: Scope) => Promise<T>, customer = own.customer): Promise<T> =>
  own.portal({ customers: [customer] }, (scope) => work(scope));
const press = (documentId: string, personId: string, totalMinor: bigint, more: Partial<Approving> = {}): Approving => ({
  ...{ documentId, personId, totalMinor, identifiedBy: 'session', typedName: 'Dana Whitlock', acceptTerms: true, address: '203.0.113.7', browser: 'Firefox' },
  ...more,
});

/** The portal of one person: `makeBooks` opens that of its own only. */
async function portalOf(
  own: People,
  personId: string,
  work: (scope: Scope) => Promise<unknown>,
  customer = own.customer,
  document: string | null = null,
): Promise<unknown> {
  const entry = { role: 'portal', business: own.business, actor: { kind: 'person', id: personId, name: 'Somebody' } } as const;
  return inTransaction(own.database, { ...entry, customers: [customer], accounts: [customer], people: [personId], document }, work);
}

describe('approving', () => {
  it('binds what was chosen, and keeps who, in what role, how known, when and what of, under a hash', async () => {
    const option = newId();
    const { id, number } = await sent(books, [untaxed(10_000), untaxed(2_500, { id: option, choice: { kind: 'optional', chosen: false } })], {
      deposit: { kind: 'percent', ratePpm: 500_000n },
    });
    const done = await as(books, books.person, (scope) =>
      approveEstimate(scope, press(id, books.person, 12_500n, { choices: { options: [option] }, poNumber: 'PO-9' })),
    );
    expect(done).toMatchObject({ kind: 'approved', totalMinor: 12_500n, depositMinor: 6_250n, currency: 'USD' });
    const record = await as(books, books.person, (scope) => readApproval(scope, done.approvalId));
    expect(record).toMatchObject({
      ...{ kind: 'approved', number, revision: 1, choices: { options: [option], packages: [], quantities: [] }, totalMinor: 12_500n, poNumber: 'PO-9' },
      ...{ typedName: 'Dana Whitlock', recordedName: 'Dana Whitlock', role: 'admin', limitMinor: null, identifiedBy: 'session', timeZone: 'America/Chicago' },
      ...{ address: '203.0.113.7', browser: 'Firefox', termsSha256: expect.stringMatching(/^[0-9a-f]{64}$/), hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    expect(JSON.parse(record.facts)).toMatchObject({
      estimate: { estimate: { number, terms: 'Half on start.' } },
      chosen: { totalMinor: 12_500, depositMinor: 6_250 },
    });
    const { standing } = await books.office((scope) => readEstimate(scope, id));
    expect(standing).toMatchObject({ now: 'approved', chosenMinor: 12_500n, depositMinor: 6_250n, decidedBy: 'Dana Whitlock' });
    expect(await books.office((scope) => verifyBooks(scope))).toEqual([]);
  });

  it('signs only what is on screen, with a name, accepted terms and the PO number that is asked for', async () => {
    const { id } = await sent(books, [untaxed(10_000)]);
    const refused = async (more: Partial<Approving>) =>
      (await refusalOf(as(books, books.person, (scope) => approveEstimate(scope, press(id, books.person, 10_000n, more))))).code;
    expect(await refused({ totalMinor: 9_999n })).toBe('estimate_changed');
    expect(await refused({ typedName: ' ' })).toBe('name_needed');
    expect(await refused({ acceptTerms: false })).toBe('terms_not_accepted');
    expect(await refused({ choices: { options: [newId()] } })).toBe('choice_unknown');
    expect(await refused({ identifiedBy: 'link' })).toBe('code_needed');
    expect(await refused({ personId: null, identifiedBy: 'link' })).toBe('named_person_needed');
    await books.office(({ tx }) => sql`update customers set po_required = true where business_id = ${books.business} and id = ${books.customer}`.execute(tx));
    expect(await refused({})).toBe('po_needed');
    await books.office(({ tx }) => sql`update customers set po_required = false where business_id = ${books.business} and id = ${books.customer}`.execute(tx));
    const empty = await sent(books, [untaxed(10_000, { choice: { kind: 'optional', chosen: false } })]);
    expect((await refusalOf(as(books, books.person, (scope) => approveEstimate(scope, press(empty.id, books.person, 0n))))).code).toBe('nothing_chosen');
  });

  it('rule 10: by a link alone a home approves up to what the business trusts it with', async () => {
    const small = await sent(books, [untaxed(100_000)], { customerId: books.home });
    const large = await sent(books, [untaxed(100_001)], { customerId: books.home });
    const by = (id: string, totalMinor: bigint, more: Partial<Approving> = {}) =>
      portalOf(
        books,
        books.rosa,
        (scope) => approveEstimate(scope, press(id, books.rosa, totalMinor, { identifiedBy: 'link', typedName: 'Rosa Quill', ...more })),
        books.home,
        id,
      );
    expect((await refusalOf(by(large.id, 100_001n))).code).toBe('code_needed');
    expect(await by(large.id, 100_001n, { identifiedBy: 'code' })).toMatchObject({ kind: 'approved' });
    expect(await by(small.id, 100_000n)).toMatchObject({ kind: 'approved' });
    const back = { documentId: small.id, personId: books.rosa, identifiedBy: 'link' } as const;
    expect(await portalOf(books, books.rosa, (scope) => undoApproval(scope, back), books.home, small.id)).toMatchObject({ kind: 'withdrawn_approval' });
    expect((await refusalOf(portalOf(books, books.rosa, (scope) => undoApproval(scope, back), books.home, large.id))).code).toBe('not_found');
  });

  it('rule 14: a shared mailbox approves nothing; rules 37 and 38: above the limit, as it stands at the press, it becomes advice', async () => {
    const own = await managed();
    const { id } = await sent(own, [untaxed(60_000)]);
    const by = (personId: string, more: Partial<Approving> = {}) =>
      portalOf(own, personId, (scope) => approveEstimate(scope, press(id, personId, 60_000n, more)));
    expect((await refusalOf(by(own.shared))).code).toBe('named_person_needed');
    expect(await by(own.sam, { typedName: 'Sam Okoye', reason: 'Pump is failing' })).toMatchObject({ kind: 'recommended', undoUntil: null });
    expect(await by(own.sam, { typedName: 'Sam Okoye', reason: 'Pump is failing' })).toMatchObject({ kind: 'recommended' });
    const { rows } = await own.office((scope) => listApprovals(scope, { documentId: id }));
    expect(rows.map(({ kind, reason, limitMinor, role }) => [kind, reason, limitMinor, role])).toEqual([
      ['recommended', 'Pump is failing', 50_000n, 'approver'],
    ]);
    expect((await own.office((scope) => readEstimate(scope, id))).standing).toMatchObject({ now: 'sent', recommendedBy: 'Sam Okoye', waitingFor: null });
    for (let twice = 0; twice < 2; twice += 1)
      expect(await own.system((scope) => passOn(scope, id))).toMatchObject({ id: own.edgar, name: 'Edgar Finch', totalMinor: 60_000n });
    expect((await own.office((scope) => readEstimate(scope, id))).standing.waitingFor).toEqual({
      ...{ id: own.edgar, name: 'Edgar Finch', insteadOf: '', remindedAt: null },
    });
    await own.office(({ tx }) =>
      sql`update grants set approve_limit_minor = 59999 where business_id = ${own.business} and person_id = ${own.edgar}`.execute(tx),
    );
    expect(await by(own.edgar)).toMatchObject({ kind: 'recommended' });
    expect(await own.system((scope) => passOn(scope, id))).toMatchObject({ id: own.person, name: 'Dana Whitlock' });
    expect(await by(own.person)).toMatchObject({ kind: 'approved' });
    expect((await own.office((scope) => readEstimate(scope, id))).standing).toMatchObject({ now: 'approved', waitingFor: null });
    expect(await own.system((scope) => passOn(scope, id))).toBeNull();
    expect(await own.office((scope) => verifyBooks(scope))).toEqual([]);
  });

  it('the most of a property binds who looks after it, not its owner nor who speaks for the account; its own PO rule counts; all as it stands at the press', async () => {
    const own = await managed();
    const [place] = own.properties;
    await own.office(async ({ tx, business, now }) => {
      await sql`insert into property_rules (business_id, property_id, customer_id, owner_person_id, nte_minor, po_required)
        values (${business}, ${place}, ${own.customer}, ${own.edgar}, 20000, true)`.execute(tx);
      await sql`update grants set revoked_at = ${now.toString()} where business_id = ${business} and person_id = any (${[own.sam, own.edgar]}::uuid[])`.execute(
        tx,
      );
      for (const [personId, limit] of [
        [own.sam, 50_000],
        [own.edgar, 500_000],
      ] as const)
        await sql`insert into grants (business_id, id, person_id, customer_id, property_id, approve_limit_minor, created_at)
          values (${business}, ${newId()}, ${personId}, ${own.customer}, ${place}, ${limit}, ${now.toString()})`.execute(tx);
      await sql`update grants set approve_limit_minor = 300000 where business_id = ${business} and person_id = ${own.person}`.execute(tx);
    });
    const { id } = await sent(own, [untaxed(30_000, { propertyId: place })]);
    const by = (personId: string, more: Partial<Approving> = {}) =>
      inTransaction(
        own.database,
        {
          ...{
            role: 'portal',
            business: own.business,
            actor: { kind: 'person', id: personId, name: 'Somebody' },
            properties: [place],
            accounts: [own.customer],
          },
          ...{ people: [personId], document: id },
        },
        (scope) => approveEstimate(scope, press(id, personId, 30_000n, more)),
      );
    expect(await by(own.sam)).toMatchObject({ kind: 'recommended' });
    expect(await own.system((scope) => passOn(scope, id))).toMatchObject({ id: own.person });
    expect((await refusalOf(by(own.edgar))).code).toBe('po_needed');
    expect(await by(own.edgar, { poNumber: 'PO-7' })).toMatchObject({ kind: 'approved' });
    const { rows } = await own.office((scope) => listApprovals(scope, { documentId: id }));
    expect(rows.map(({ kind, limitMinor, poNumber }) => [kind, limitMinor, poNumber])).toEqual([
      ['approved', 500_000n, 'PO-7'],
      ['recommended', 20_000n, ''],
    ]);
    const second = await sent(own, [untaxed(30_000, { propertyId: place })]);
    expect((await own.office((scope) => readEstimate(scope, second.id))).asks.poRequired).toBe(true);
    expect((await own.office((scope) => readEstimateDesk(scope, second.id))).customer.poRequired).toBe(true);
    expect(await own.office((scope) => verifyBooks(scope))).toEqual([]);
  });

  it('T4 T5 nobody decides on what is not theirs: another customer, another business, a right that ended, a property of its own', async () => {
    const { id } = await sent(books, [untaxed(10_000, { propertyId: books.properties[0] })]);
    const other = await managed();
    const tries = [
      () => portalOf(books, books.rosa, (scope) => approveEstimate(scope, press(id, books.rosa, 10_000n)), books.home),
      () => portalOf(books, books.person, (scope) => approveEstimate(scope, press(id, books.rosa, 10_000n))),
      () => portalOf(other, other.person, (scope) => approveEstimate(scope, press(id, other.person, 10_000n))),
      () => other.office((scope) => declineEstimate(scope, { documentId: id, personId: null, identifiedBy: 'office' })),
      () => portalOf(books, books.rosa, (scope) => declineEstimate(scope, { documentId: id, personId: books.rosa, identifiedBy: 'session' }), books.home),
      () => portalOf(books, books.rosa, (scope) => undoApproval(scope, { documentId: id, personId: books.rosa, identifiedBy: 'session' }), books.home),
    ];
    for (const each of tries) expect((await refusalOf(each())).code).toBe('not_found');
    const office = portalOf(books, books.person, (scope) => approveEstimate(scope, press(id, books.person, 10_000n, { identifiedBy: 'office' })));
    expect((await refusalOf(office)).code).toBe('not_allowed');
    const gone = await managed();
    const theirs = await sent(gone, [untaxed(100)]);
    await gone.office(({ tx, now }) =>
      sql`update grants set revoked_at = ${now.toString()} where business_id = ${gone.business} and person_id = ${gone.sam}`.execute(tx),
    );
    expect((await refusalOf(portalOf(gone, gone.sam, (scope) => approveEstimate(scope, press(theirs.id, gone.sam, 100n))))).code).toBe('not_found');
  });
});

describe('one of many', () => {
  it('C5 fifty approvals at once are one, and the others are told', async () => {
    const own = await managed();
    const { id } = await sent(own, [untaxed(10_000)]);
    const all = await Promise.allSettled(
      Array.from({ length: 50 }, () => as(own, own.person, (scope) => approveEstimate(scope, press(id, own.person, 10_000n)))),
    );
    expect(all.filter(({ status }) => status === 'fulfilled').length).toBe(1);
    const codes = all.flatMap((each) => (each.status === 'rejected' ? [(each.reason as Refusal).code] : []));
    expect(new Set(codes)).toEqual(new Set(['already_decided']));
    expect((await own.office((scope) => listApprovals(scope, { documentId: id }))).rows.length).toBe(1);
    expect(await own.office((scope) => verifyBooks(scope))).toEqual([]);
  });

  it('C5 approve, decline, ask for changes, withdraw and a new version at once: exactly one wins', async () => {
    const own = await managed();
    for (let round = 0; round < 6; round += 1) {
      const { id } = await sent(own, [untaxed(10_000)]);
      const draft = await own.office((scope) => reviseEstimate(scope, id));
      const by = { documentId: id, personId: own.person, identifiedBy: 'session', typedName: 'Dana Whitlock', reason: 'Too much' } as const;
      const all = await Promise.allSettled([
        as(own, own.person, (scope) => approveEstimate(scope, press(id, own.person, 10_000n))),
        as(own, own.person, (scope) => declineEstimate(scope, by)),
        as(own, own.person, (scope) => askForChanges(scope, by)),
        own.office((scope) => withdrawEstimate(scope, { documentId: id, reason: '' })),
      ]);
      const refused = all.flatMap((each) => (each.status === 'rejected' ? [(each.reason as Refusal).code] : []));
      // Asking for changes may still be followed by withdrawing it.
      expect(refused.length).toBeGreaterThanOrEqual(2);
      expect(refused.every((code) => code === 'already_decided' || code === 'estimate_withdrawn')).toBe(true);
      const { now } = (await own.office((scope) => readEstimate(scope, id))).standing;
      const issuing = await own
        .office((scope) => issueEstimate(scope, draft.id))
        .then(
          () => null,
          (error: Refusal) => error.code,
        );
      expect(issuing).toBe(whyNot(now, 'revise'));
    }
    expect(await own.office((scope) => verifyBooks(scope))).toEqual([]);
  });

  it('every act on every standing does what the table says', async () => {
    const own = await managed();
    const decide = { personId: own.person, identifiedBy: 'session', typedName: 'Dana Whitlock', reason: 'Because' } as const;
    const reach: Record<(typeof estimateStandingsNow)[number], (id: string) => Promise<unknown>> = {
      draft: async () => null,
      sent: async () => null,
      expired: (id) =>
        own.office(({ tx }) =>
          sql`update estimate_standings set valid_until = '2020-01-01' where business_id = ${own.business} and document_id = ${id}`.execute(tx),
        ),
      approved: (id) => as(own, own.person, (scope) => approveEstimate(scope, press(id, own.person, 100n))),
      declined: (id) => as(own, own.person, (scope) => declineEstimate(scope, { ...decide, documentId: id })),
      changes_requested: (id) => as(own, own.person, (scope) => askForChanges(scope, { ...decide, documentId: id })),
      withdrawn: (id) => own.office((scope) => withdrawEstimate(scope, { documentId: id, reason: '' })),
      replaced: (id) => own.office(async (scope) => issueEstimate(scope, (await reviseEstimate(scope, id)).id)),
    };
    const acts: Record<(typeof estimateActs)[number], (id: string) => Promise<unknown>> = {
      approve: (id) => own.office((scope) => approveEstimate(scope, press(id, own.person, 100n, { identifiedBy: 'office' }))),
      recommend: (id) => own.office((scope) => approveEstimate(scope, press(id, own.person, 100n, { identifiedBy: 'office' }))),
      decline: (id) => own.office((scope) => declineEstimate(scope, { ...decide, documentId: id, identifiedBy: 'office' })),
      ask_for_changes: (id) => own.office((scope) => askForChanges(scope, { ...decide, documentId: id, identifiedBy: 'office' })),
      undo: (id) => own.office((scope) => undoApproval(scope, { ...decide, documentId: id, identifiedBy: 'office' })),
      withdraw: (id) => own.office((scope) => withdrawEstimate(scope, { documentId: id, reason: '' })),
      extend: (id) => own.office((scope) => extendEstimate(scope, { documentId: id, validUntil: '2099-01-01' })),
      revise: (id) => own.office((scope) => reviseEstimate(scope, id)),
      invoice: (id) => own.office((scope) => makeInvoice(scope, id)),
      amend: (id) => own.office((scope) => createChangeOrder(scope, id, { lines: [untaxed(100)] })),
    };
    for (const now of estimateStandingsNow) {
      for (const act of estimateActs) {
        const draft = await own.office((scope) => createDraft(scope, { customerId: own.customer, lines: [untaxed(100)] }));
        if (now !== 'draft') await own.office((scope) => issueEstimate(scope, draft.id, { show: true }));
        await reach[now](draft.id);
        const code = await acts[act](draft.id).then(
          () => null,
          (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
        );
        expect(`${now} ${act} ${code}`).toBe(`${now} ${act} ${whyNot(now, act)}`);
      }
    }
    expect(await own.office((scope) => verifyBooks(scope))).toEqual([]);
  });
});

describe('declining and asking for changes', () => {
  it('keeps the reason, per line if wanted, and is answered by a new version', async () => {
    const line = newId();
    const { id } = await sent(books, [untaxed(100, { id: line })]);
    const by = { documentId: id, personId: books.shared, identifiedBy: 'link' } as const;
    expect((await refusalOf(portalOf(books, books.shared, (scope) => askForChanges(scope, by)))).code).toBe('reason_required');
    await portalOf(books, books.shared, (scope) => askForChanges(scope, { ...by, reason: 'Smaller', lineReasons: [{ lineId: line, reason: 'Not this one' }] }));
    const { rows } = await books.office((scope) => listApprovals(scope, { documentId: id }));
    expect(rows[0]).toMatchObject({
      kind: 'changes_requested',
      reason: 'Smaller',
      lineReasons: [{ lineId: line, name: 'Drain cleaning', reason: 'Not this one' }],
    });
    const next = await books.office(async (scope) => issueEstimate(scope, (await reviseEstimate(scope, id)).id));
    expect((await books.office((scope) => readEstimate(scope, next.id))).standing).toMatchObject({ now: 'sent', chosenMinor: null });
    const late = as(books, books.person, (scope) => approveEstimate(scope, press(id, books.person, 100n)));
    expect(await refusalOf(late)).toMatchObject({ code: 'estimate_replaced', details: { replacedBy: next.id, state: 'replaced' } });
  });
});

describe('taking an approval back', () => {
  it('rule 36 adds a record within the window, and the estimate waits again', async () => {
    const own = await managed();
    const { id } = await sent(own, [untaxed(10_000)], { deposit: { kind: 'amount', amountMinor: 1_000n } });
    await as(own, own.person, (scope) => approveEstimate(scope, press(id, own.person, 10_000n)));
    const bill = await own.system((scope) => askDeposit(scope, id));
    expect(await own.system((scope) => askDeposit(scope, id))).toBe(bill);
    const undoing = { documentId: id, personId: own.person, identifiedBy: 'session', reason: 'Wrong one' } as const;
    expect((await refusalOf(portalOf(own, own.shared, (scope) => undoApproval(scope, { ...undoing, personId: own.shared })))).code).toBe(
      'approving_not_allowed',
    );
    await as(own, own.person, (scope) => undoApproval(scope, undoing));
    await own.system((scope) => dropDeposit(scope, id));
    const { standing } = await own.office((scope) => readEstimate(scope, id));
    expect(standing).toMatchObject({ now: 'sent', chosenMinor: null, decidedBy: '', approvalWithdrawnAt: expect.any(String) });
    const { rows } = await own.office((scope) => listApprovals(scope, { documentId: id }));
    expect(rows.map(({ kind }) => kind)).toEqual(['withdrawn_approval', 'approved']);
    expect(rows[0]?.undoes).toBe(rows[1]?.id);
    if (bill === null) throw new Error('a deposit was asked for');
    const view = await own.office((scope) => readInvoice(scope, bill));
    expect(view.whole && view.facts.document.canceled).not.toBeNull();
    await as(own, own.person, (scope) => approveEstimate(scope, press(id, own.person, 10_000n)));
    expect(await own.system((scope) => askDeposit(scope, id))).not.toBe(bill);
    expect(await own.office((scope) => verifyBooks(scope))).toEqual([]);
  });

  it('is over after the window and once an invoice was made', async () => {
    const own = await managed();
    const { id } = await sent(own, [untaxed(100)]);
    await as(own, own.person, (scope) => approveEstimate(scope, press(id, own.person, 100n)));
    const undoing = { documentId: id, personId: own.person, identifiedBy: 'session' } as const;
    await own.office(({ tx }) => sql`update business_profiles set undo_hours = 0 where business_id = ${own.business}`.execute(tx));
    expect((await refusalOf(as(own, own.person, (scope) => undoApproval(scope, undoing)))).code).toBe('undo_over');
    await own.office(({ tx }) => sql`update business_profiles set undo_hours = 24 where business_id = ${own.business}`.execute(tx));
    await own.office((scope) => makeInvoice(scope, id));
    expect((await refusalOf(as(own, own.person, (scope) => undoApproval(scope, undoing)))).code).toBe('undo_over');
  });
});

describe('the invoice of an approved estimate', () => {
  it('M7 bills what was chosen, to the cent, with its deposit meant for it', async () => {
    const own = await managed();
    const [option, other, many] = [newId(), newId(), newId()];
    const lines = [
      oneOf(10_000, { id: many, bounds: { minMilli: 1000n, maxMilli: 5000n } }),
      oneOf(2_500, { id: option, choice: { kind: 'optional', chosen: false } }),
      oneOf(9_900, { id: other, choice: { kind: 'optional', chosen: true } }),
    ];
    const { id, number } = await sent(own, lines, { deposit: { kind: 'percent', ratePpm: 100_000n }, discount: { kind: 'amount', amountMinor: 1_000n } });
    const choices = { options: [option], quantities: [{ lineId: many, quantityMilli: 3000n }] };
    const done = await as(own, own.person, (scope) => approveEstimate(scope, press(id, own.person, 34_099n, { choices, poNumber: 'PO-1' })));
    const bill = await own.system((scope) => askDeposit(scope, id));
    const draft = await own.office((scope) => makeInvoice(scope, id));
    expect(draft.totals.totalMinor).toBe(done.totalMinor);
    expect(draft.body).toMatchObject({ poNumber: 'PO-1', depositIds: [bill], internalNote: `Estimate ${number}` });
    expect(draft.body.lines.map(({ quantityMilli, unitPriceMilli }) => [quantityMilli, unitPriceMilli])).toEqual([
      [3000n, 10_000_000n],
      [1000n, 2_500_000n],
    ]);
    expect(await refusalOf(own.office((scope) => makeInvoice(scope, id)))).toMatchObject({ code: 'estimate_invoiced', details: { invoiceId: draft.id } });
    // Thrown away, the draft is no invoice of it any more, and another is made.
    await own.office((scope) => discardDraft(scope, draft.id));
    expect((await own.office((scope) => readEstimate(scope, id))).standing.invoiceId).toBeNull();
    const another = await own.office((scope) => makeInvoice(scope, id));
    const { totalMinor } = await own.office((scope) => issueInvoice(scope, another.id));
    expect(totalMinor).toBe(34_099n);
    expect(await own.office((scope) => verifyBooks(scope))).toEqual([]);
  });
});

describe('the evidence', () => {
  it('D2 is a chain: any change, cut or gap is found and named', async () => {
    const own = await managed();
    for (const amountMinor of [100, 200, 300]) {
      const { id } = await sent(own, [untaxed(amountMinor)]);
      await as(own, own.person, (scope) => approveEstimate(scope, press(id, own.person, BigInt(amountMinor))));
    }
    expect(await own.office((scope) => brokenApproval(scope))).toBeNull();
    const denied = own.office(({ tx }) => sql`update approvals set typed_name = 'x' where business_id = ${own.business}`.execute(tx));
    await expect(denied).rejects.toThrow(/permission/);
    const broken = async (change: string): Promise<unknown> => {
      const client = new pg.Client(clientConfig(database().owner, 'breaking'));
      await client.connect();
      try {
        await client.query(`begin; alter table approvals no force row level security; alter table approval_heads no force row level security; ${change}`);
        const { rows: found } = await client.query<{ seq: number; what: string }>('select seq::int, what from broken_approval($1)', [own.business]);
        return found[0] ?? null;
      } finally {
        await client.end();
      }
    };
    const of = `where business_id = '${own.business}'`;
    expect(await broken(`update approvals set typed_name = 'x' ${of} and seq = 2`)).toEqual({ seq: 2, what: 'record' });
    expect(await broken(`update approvals set facts = replace(facts, 'Half', 'All') ${of} and seq = 1`)).toEqual({ seq: 1, what: 'facts' });
    expect(await broken(`update approvals set total_minor = 1 ${of} and seq = 3`)).toEqual({ seq: 3, what: 'record' });
    expect(await broken(`delete from approvals ${of} and seq = 2`)).toEqual({ seq: 3, what: 'missing' });
    expect(await broken(`delete from approvals ${of} and seq = 3`)).toEqual({ seq: 3, what: 'head' });
    expect(await broken('select 1')).toBeNull();
  });

  it('is what it was when look, name, terms and customer change', async () => {
    const own = await managed();
    const { id } = await sent(own, [untaxed(100)]);
    const { approvalId } = await as(own, own.person, (scope) => approveEstimate(scope, press(id, own.person, 100n)));
    const before = await own.office((scope) => readApproval(scope, approvalId));
    await own.office(async ({ tx, business }) => {
      await sql`update business_profiles set brand_color = '#000000', estimate_terms = 'New', phone = '1', address = '{}' where business_id = ${business}`.execute(
        tx,
      );
      await sql`update businesses set name = 'Renamed' where id = ${business}`.execute(tx);
      await sql`update customers set name = 'Somebody else' where business_id = ${business}`.execute(tx);
    });
    expect(await own.office((scope) => readApproval(scope, approvalId))).toEqual(before);
    expect(todayIn(before.timeZone, before.at)).toMatch(/^\d{4}-\d\d-\d\d$/);
  });
});
