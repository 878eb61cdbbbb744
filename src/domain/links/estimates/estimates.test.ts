import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { type PortalWorld, portalWorld } from '../../../../test/portal-world.ts';
import { refusalOf, testKeys } from '../../../../test/small-business.ts';
import { testWeb } from '../../../../test/web.ts';
import { addDays, todayIn } from '../../../core/calendar.ts';
import type { OutgoingMail } from '../../../core/gateways.ts';
import { hashToken } from '../../../db/fresh.ts';
import { asLogin } from '../../../db/scope.ts';
import { followDecisionTask } from '../../../tasks/follow-decision.ts';
import { sendMailTask } from '../../../tasks/send-mail.ts';
import { approveEstimate, declineEstimate, undoApproval } from '../../approvals/approvals.ts';
import { createDraft, issueEstimate, readEstimate, readOfficeFacts, reviseEstimate, withdrawEstimate } from '../../estimates/estimates.ts';
import { listEvents } from '../../events/events.ts';
import { listMails } from '../../mails/mails.ts';
import { copyLink, markSeen, remindApprovers, remindEstimates, renewLinks, revokeLink, sendEstimate, whoCanOpen } from '../links.ts';

const web = testWeb();
let world: PortalWorld;
beforeAll(async () => {
  world = await portalWorld(web());
});

const line = (amountMinor: number, more: object = {}) => ({
  name: 'Kitchen',
  quantityMilli: 1000n,
  unitPriceMilli: BigInt(amountMinor) * 1000n,
  taxRateId: null,
  ...more,
});
const drafted = (more: object = {}) => world.house.office((scope) => createDraft(scope, { customerId: world.customer, lines: [line(431_000)], ...more }));
const send = (documentId: string, ...personIds: string[]) => world.house.office((scope) => sendEstimate(scope, testKeys, { documentId, personIds }));
const mailsOf = (documentId: string) => world.house.system((scope) => listMails(scope, { documentId, limit: 50 }));
const kindsOf = async (documentId: string) => (await world.house.office((scope) => listEvents(scope, { documentId, limit: 50 }))).map(({ kind }) => kind);

async function deliver(documentId: string): Promise<OutgoingMail[]> {
  const got: OutgoingMail[] = [];
  const mail = { send: async (letter: OutgoingMail) => ({ kind: 'sent' as const, providerId: String(got.push(letter)) }) };
  const deps = { database: web().database, keys: testKeys, mail, appUrl: 'https://pay.example.com', mailFrom: 'b@example.com', bounceAddress: 'c@example.com' };
  const queued = (await mailsOf(documentId)).filter(({ state }) => state === 'queued').reverse();
  for (const { id } of queued) await sendMailTask(deps)({ businessId: world.house.id, mailId: id });
  return got;
}

/** What the link answers to a browser. */
const opens = async (token: string): Promise<{ state: string; document?: string }> =>
  asLogin(web().database, async (tx) => {
    const { rows } = await sql<{
      found: { state: string; document?: string };
    }>`select open_by_link(${world.house.slug}, null, ${hashToken(token)}) as found`.execute(tx);
    return rows[0]?.found ?? { state: 'unknown' };
  });

describe('sending an estimate', () => {
  test('issues and shows it, with a link and a mail for each person alone', async () => {
    const { dana, edgar } = world.people;
    const draft = await drafted({ propertyId: world.properties[0] });
    const sent = await send(draft.id, dana.id, edgar.id);
    expect(new Set(sent.mails.map(({ linkId }) => linkId)).size).toBe(2);
    const letters = await deliver(draft.id);
    expect(letters.map(({ subject }) => subject)).toEqual([expect.stringMatching(/^Estimate E-\d+ from Otter .*: \$4,310\.00$/), expect.any(String)]);
    expect(letters[0]?.text).toContain(testKeys.linkToken(world.house.id, sent.mails[0]?.linkId ?? ''));
    expect(letters[0]?.text).not.toContain(testKeys.linkToken(world.house.id, sent.mails[1]?.linkId ?? ''));
    expect(await world.house.office((scope) => readOfficeFacts(scope, draft.id))).toMatchObject({ shown: true, delivery: 'sent', sentAt: expect.any(String) });
    await world.house.system((scope) => markSeen(scope, draft.id));
    expect(await kindsOf(draft.id)).toEqual(expect.arrayContaining(['estimate.created', 'estimate.issued', 'estimate.sent', 'mail.sent', 'estimate.opened']));
    expect(await kindsOf(draft.id)).not.toContain('invoice.opened');
  });

  test('a new version is mailed in words of its own, and the old link leads to it', async () => {
    const { dana } = world.people;
    const draft = await drafted();
    const first = await send(draft.id, dana.id);
    const token = testKeys.linkToken(world.house.id, first.mails[0]?.linkId ?? '');
    expect(await opens(token)).toMatchObject({ state: 'open', document: draft.id });
    const next = await world.house.office((scope) => reviseEstimate(scope, draft.id));
    await send(next.id, dana.id);
    expect(await opens(token)).toMatchObject({ state: 'open', document: next.id });
    expect((await mailsOf(next.id))[0]?.kind).toBe('estimate_replaced');
    expect((await deliver(next.id))[0]?.subject).toMatch(/new version$/);
    expect((await deliver(draft.id)).length).toBe(0);
    expect((await mailsOf(draft.id))[0]).toMatchObject({ state: 'failed', reason: 'canceled' });
  });

  test('refuses nobody, a stranger, and what was withdrawn, replaced or has expired', async () => {
    const { dana, rosa } = world.people;
    const draft = await drafted();
    expect((await refusalOf(send(draft.id))).code).toBe('no_recipients');
    expect(await refusalOf(send(draft.id, rosa.id))).toEqual({ code: 'not_found', field: 'personIds[0]' });
    await world.house.office((scope) => issueEstimate(scope, draft.id));
    await world.house.office(({ tx }) =>
      sql`update estimate_standings set valid_until = '2020-01-01' where business_id = ${world.house.id} and document_id = ${draft.id}`.execute(tx),
    );
    expect((await refusalOf(send(draft.id, dana.id))).code).toBe('estimate_expired');
    await world.house.office((scope) => withdrawEstimate(scope, { documentId: draft.id, reason: '' }));
    expect((await refusalOf(send(draft.id, dana.id))).code).toBe('estimate_withdrawn');
  });
});

describe('the life of a link to an estimate', () => {
  const later = async (documentId: string, change: { mailedDaysAgo: number; standing: string }) =>
    world.house.office(async ({ tx, business }) => {
      await sql`update links set last_mailed_at = now() - make_interval(days => ${change.mailedDaysAgo}) where business_id = ${business} and document_id = ${documentId}`.execute(
        tx,
      );
      await sql`update estimate_standings set ${sql.raw(change.standing)} where business_id = ${business} and document_id = ${documentId}`.execute(tx);
    });

  test.each([
    ['while it waits, long after its mail', 200, 'valid_until = current_date + 10', 'open'],
    ['within sixty days of its mail', 59, 'valid_until = current_date - 50', 'open'],
    ['within thirty days of its decision', 61, "state = 'declined', decided_at = now() - interval '29 days'", 'open'],
    ['no more after both', 61, "state = 'declined', decided_at = now() - interval '31 days'", 'ended'],
    ['no more a month after it expired', 61, 'valid_until = current_date - 33', 'ended'],
    ['a year without a mail at most', 366, 'valid_until = current_date + 10', 'ended'],
  ])('rule 7 works %s', async (_, mailedDaysAgo, standing, state) => {
    const draft = await drafted();
    const sent = await send(draft.id, world.people.dana.id);
    await later(draft.id, { mailedDaysAgo, standing });
    expect((await opens(testKeys.linkToken(world.house.id, sent.mails[0]?.linkId ?? ''))).state).toBe(state);
    expect((await world.house.office((scope) => whoCanOpen(scope, draft.id)))[0]?.state).toBe(state);
  });

  test('L4 ends at once when taken back, and is asked for anew in words of an estimate', async () => {
    const { dana } = world.people;
    const draft = await drafted();
    const sent = await send(draft.id, dana.id);
    const linkId = sent.mails[0]?.linkId ?? '';
    await world.house.system((scope) => renewLinks(scope, testKeys, { linkId, documentId: null }));
    expect((await deliver(draft.id)).map(({ subject }) => subject)).toContainEqual(expect.stringMatching(/^Your new link to Estimate E-\d+/));
    await world.house.office((scope) => revokeLink(scope, linkId));
    expect((await opens(testKeys.linkToken(world.house.id, linkId))).state).toBe('ended');
    const { token } = await world.house.office((scope) => copyLink(scope, testKeys, { documentId: draft.id, person: null }));
    expect(await opens(token)).toMatchObject({ state: 'open', document: draft.id });
  });
});

test('it is reminded of once before its last day, in working hours', async () => {
  const { dana } = world.people;
  const today = todayIn('America/Chicago', (await world.house.system(async (scope) => scope.now)).toString());
  const draft = await drafted({ validUntil: addDays(today, 2) });
  await send(draft.id, dana.id);
  const zoneAtNoon = await world.house.system(
    async ({ now }) => `Etc/GMT${((hour) => (hour >= 0 ? `+${hour}` : `${hour}`))(now.toZonedDateTimeISO('UTC').hour - 12)}`,
  );
  await world.house.office(async ({ tx, business }) => {
    await sql`update businesses set time_zone = ${zoneAtNoon} where id = ${business}`.execute(tx);
    await sql`update estimate_standings set last_mailed_at = now() - interval '2 days' where business_id = ${business} and document_id = ${draft.id}`.execute(
      tx,
    );
  });
  const run = () => remindEstimates(web().database, testKeys, world.house.id);
  expect(await run()).toBe(1);
  expect(await run()).toBe(0);
  expect((await mailsOf(draft.id)).map(({ kind }) => kind)).toEqual(['estimate_reminder', 'estimate_sent']);
  expect(await kindsOf(draft.id)).toContain('estimate.reminded');
  await world.house.office(({ tx, business }) => sql`update businesses set time_zone = 'America/Chicago' where id = ${business}`.execute(tx));
});

test('rule 28 an approver it waits for is reminded after two days, three times at most, never within a day of another mail, and not once it is decided', async () => {
  const { dana, edgar } = world.people;
  const draft = await drafted({ propertyId: world.properties[0] });
  await world.house.office(async ({ tx, business }) => {
    await sql`update grants set approve_limit_minor = 50000 where business_id = ${business} and person_id = ${edgar.id}`.execute(tx);
    await sql`update grants set can_manage = true where business_id = ${business} and person_id = ${dana.id}`.execute(tx);
  });
  await send(draft.id, edgar.id);
  const signed = { documentId: draft.id, identifiedBy: 'session', typedName: 'Edgar Finch', acceptTerms: true, totalMinor: 431_000n } as const;
  const { approvalId } = await world.house.system((scope) => approveEstimate(scope, { ...signed, personId: edgar.id }));
  await followDecisionTask({ database: web().database, keys: testKeys })({ businessId: world.house.id, documentId: draft.id, approvalId });
  await deliver(draft.id);
  const noon = await world.house.system(
    async ({ now }) => `Etc/GMT${((hour) => (hour >= 0 ? `+${hour}` : `${hour}`))(now.toZonedDateTimeISO('UTC').hour - 12)}`,
  );
  await world.house.office(({ tx, business }) => sql`update businesses set time_zone = ${noon} where id = ${business}`.execute(tx));
  const later = (what: string) =>
    world.house.office(async ({ tx, business }) => {
      await sql`update estimate_standings set waiting_since = waiting_since - interval '49 hours', approver_reminded_at = approver_reminded_at - interval '49 hours'
        where business_id = ${business} and document_id = ${draft.id}`.execute(tx);
      if (what === 'mails')
        await sql`update mails set created_at = created_at - interval '49 hours' where business_id = ${business} and document_id = ${draft.id}`.execute(tx);
    });
  const run = () => remindApprovers(web().database, testKeys, world.house.id);
  expect(await run()).toBe(0);
  await later('only the wait');
  expect(await run()).toBe(0);
  await later('mails');
  expect([await run(), await run()]).toEqual([1, 0]);
  expect((await world.house.office((scope) => readEstimate(scope, draft.id))).standing.waitingFor).toMatchObject({
    id: dana.id,
    remindedAt: expect.any(String),
  });
  await later('mails');
  expect(await run()).toBe(1);
  expect((await deliver(draft.id)).filter(({ subject }) => subject.startsWith('Waiting for you')).length).toBe(2);
  await later('mails');
  expect(await run()).toBe(1);
  await later('mails');
  expect(await run()).toBe(0);
  await world.house.system((scope) => approveEstimate(scope, { ...signed, personId: dana.id }));
  expect((await deliver(draft.id)).filter(({ subject }) => subject.startsWith('Waiting for you'))).toEqual([]);
  await world.house.office(({ tx, business }) => sql`update businesses set time_zone = 'America/Chicago' where id = ${business}`.execute(tx));
});

describe('what follows a decision', () => {
  const follow = async (documentId: string) => {
    const { rows } = await world.house.office(({ tx }) =>
      sql<{ id: string }>`select id from approvals where business_id = ${world.house.id} and document_id = ${documentId} order by seq desc limit 1`.execute(tx),
    );
    const input = { businessId: world.house.id, documentId, approvalId: rows[0]?.id ?? '' };
    for (let twice = 0; twice < 2; twice += 1) await followDecisionTask({ database: web().database, keys: testKeys })(input);
  };
  const by = (personId: string, documentId: string) =>
    ({ documentId, personId, identifiedBy: 'session', typedName: 'Dana Whitlock', acceptTerms: true, totalMinor: 431_000n }) as const;

  test('rule 38 the office and the recommender are told, and who may approve it is asked, each once', async () => {
    const { dana, edgar } = world.people;
    const draft = await drafted({ propertyId: world.properties[0], deposit: { kind: 'percent', ratePpm: 500_000n } });
    await send(draft.id, dana.id, edgar.id);
    await deliver(draft.id);
    await world.house.office(async ({ tx, business }) => {
      await sql`update grants set approve_limit_minor = 50000 where business_id = ${business} and person_id = ${edgar.id}`.execute(tx);
      await sql`update grants set can_manage = true where business_id = ${business} and person_id = ${dana.id}`.execute(tx);
    });
    await world.house.system((scope) => approveEstimate(scope, { ...by(edgar.id, draft.id), typedName: 'Edgar Finch', reason: 'It leaks' }));
    await follow(draft.id);
    const letters = await deliver(draft.id);
    expect(letters.map(({ to, subject }) => [to.address === dana.email, to.address === edgar.email, subject.replace(/E-\d+/, 'E')])).toEqual([
      [false, false, 'Larkspur Keys (demo) recommends Estimate E for $4,310.00'],
      [false, true, 'Recommended: Estimate E'],
      [true, false, 'Waiting for you: Estimate E for $4,310.00'],
    ]);
    expect((await world.house.office((scope) => readEstimate(scope, draft.id))).standing.waitingFor).toEqual({
      ...{ id: dana.id, name: 'Dana Whitlock', insteadOf: '', remindedAt: null },
    });
    await world.house.system((scope) => approveEstimate(scope, by(dana.id, draft.id)));
    await follow(draft.id);
    const { depositInvoiceId } = (await world.house.office((scope) => readEstimate(scope, draft.id))).standing;
    expect(depositInvoiceId).not.toBeNull();
    await world.house.system((scope) => undoApproval(scope, by(dana.id, draft.id)));
    await follow(draft.id);
    await world.house.system((scope) => declineEstimate(scope, { ...by(dana.id, draft.id), reason: 'Too much' }));
    await follow(draft.id);
    const subjects = (await deliver(draft.id)).map(({ subject }) => subject.replace(/E-\d+/, 'E'));
    expect(subjects).toEqual([
      'Larkspur Keys (demo) approved Estimate E for $4,310.00',
      'Approved: Estimate E for $4,310.00',
      'Larkspur Keys (demo) took back the approval of Estimate E',
      'Approval withdrawn: Estimate E',
      'Larkspur Keys (demo) declined Estimate E',
    ]);
    await world.house.office(async ({ tx, business }) => {
      await sql`update customers set two_approvers_from_minor = 0 where business_id = ${business} and id = ${world.customer}`.execute(tx);
      await sql`update grants set approve_limit_minor = 500000 where business_id = ${business} and person_id = ${edgar.id}`.execute(tx);
    });
    const two = await drafted({ propertyId: world.properties[0] });
    await send(two.id, dana.id);
    await deliver(two.id);
    await world.house.system((scope) => approveEstimate(scope, by(dana.id, two.id)));
    await follow(two.id);
    expect((await deliver(two.id)).map(({ subject }) => subject.replace(/E-\d+/, 'E'))).toEqual([
      'Larkspur Keys (demo) gave the first of two approvals of Estimate E for $4,310.00',
      'Approved first: Estimate E',
      'Waiting for you: Estimate E for $4,310.00',
    ]);
    expect((await world.house.office((scope) => readEstimate(scope, two.id))).standing).toMatchObject({ waitingFor: { id: edgar.id }, depositInvoiceId: null });
    await world.house.office(async ({ tx, business }) =>
      sql`update customers set two_approvers_from_minor = null where business_id = ${business} and id = ${world.customer}`.execute(tx),
    );
    expect((await kindsOf(draft.id)).filter((kind) => kind === 'estimate.waiting' || kind === 'estimate.deposit_asked').length).toBe(2);
  });
});
