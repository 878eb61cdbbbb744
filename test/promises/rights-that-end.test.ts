import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { asLogin } from '../../src/db/scope.ts';
import type { Operation } from '../../src/web/api/schemas/operation.ts';
import { apiOperations, type OperationId } from '../../src/web/api/schemas/operations.ts';
import { ask, type Caller, done, requestOf } from '../api-client.ts';
import { sampleOf, schemaOf } from '../api-samples.ts';
import { Browser } from '../portal-world.ts';
import { testKeys } from '../small-business.ts';
import { type House, inner, officeSession, testWorld } from '../world.ts';

const world = testWorld();
const fresh = (Object.entries(apiOperations) as [OperationId, Operation][]).filter(([, op]) => op.access === 'fresh');

/** Rule 46 and L13, by name: what must ask for a fresh proof whoever writes the table anew. */
const matters = [
  ...[
    'makeApiKey',
    'rotateApiKey',
    'changePayDetails',
    'confirmPayDetails',
    'refundDeposit',
    'startExport',
    'downloadExport',
    'downloadPayments',
    'downloadPayout',
    'startNewAddress',
    'startClosing',
  ],
  ...[
    'inviteStaff',
    'resendInvitation',
    'withdrawInvitation',
    'changeColleague',
    'removeColleague',
    'changeTeamRules',
    'removePasskey',
    'removeApp',
    'renewRecoveryCodes',
  ],
];

async function answerOf(house: House, id: OperationId, caller: Caller): Promise<{ status: number; code: string }> {
  const op: Operation = apiOperations[id];
  const { ids } = house;
  const query = op.query === undefined ? {} : sampleOf(schemaOf(op.query), ids);
  const sample = op.body === undefined ? {} : { body: sampleOf(schemaOf(op.body), ids) };
  const body = id === 'refundDeposit' ? { body: { amountMinor: 100, method: 'check', refundedOn: '2026-01-02' } } : sample;
  const params = id === 'refundDeposit' ? { ...ids, invoiceId: ids.depositId } : ids;
  const answer = await world().web.app.request(requestOf(op, caller, { params, query, ...body }));
  const text = await answer.text();
  return { status: answer.status, code: answer.status >= 400 ? JSON.parse(text).code : '' };
}

describe('L13 what matters', () => {
  it('is all of refunds, keys, ways to pay, exports, the team and one’s own proofs', () => {
    expect(matters.filter((id) => !fresh.some(([name]) => name === id))).toEqual([]);
  });

  it('is refused to a session that proved itself eleven minutes ago, or by a password alone, and leaves no trace; nine minutes ago it is not', async () => {
    const { web, mop } = world();
    const { business } = mop;
    const caller = await officeSession(web, business.id, business.ownerIdentity);
    const set = (change: ReturnType<typeof sql>) =>
      asLogin(web.database, (tx) => sql`update sessions set ${change} where identity_id = ${business.ownerIdentity}`.execute(tx));
    const before = (await done(web, mop.owner, 'listEvents')).items[0].seq;
    for (const change of [sql`authenticated_at = now() - interval '11 minutes'`, sql`authenticated_at = now(), assurance = '{password}'`]) {
      await set(change);
      for (const [id] of fresh) expect([id, await answerOf(mop, id, caller)]).toEqual([id, { status: 403, code: 'code_needed' }]);
    }
    await set(sql`assurance = '{password,code}', authenticated_at = now() - interval '9 minutes'`);
    expect((await done(web, mop.owner, 'listEvents')).items[0].seq).toBe(before);
    for (const id of ['startExport', 'makeApiKey', 'inviteStaff'] as const)
      expect([id, (await answerOf(mop, id, caller)).code]).not.toEqual([id, 'code_needed']);
  });

  it('is never done by a key, whatever its scopes', async () => {
    const { mop } = world();
    for (const [id] of fresh) expect([id, [401, 403].includes((await answerOf(mop, id, mop.key)).status)]).toEqual([id, true]);
  });
});

describe('T8 a right that ended, at the front door', () => {
  it('of a colleague is gone with the next request: another role, and leaving', async () => {
    const { web, otter } = world();
    const staffId = otter.ids.staffId;
    expect((await ask(web, otter.office, 'listCustomers')).status).toBe(200);
    expect((await ask(web, otter.office, 'listPayments')).status).toBe(200);
    await done(web, otter.owner, 'changeColleague', { params: { staffId }, body: { role: 'field' } });
    expect((await ask(web, otter.office, 'listPayments')).status).toBe(403);
    await done(web, otter.owner, 'removeColleague', { params: { staffId } });
    expect((await ask(web, otter.office, 'listCustomers')).status).toBe(401);
    expect((await ask(web, otter.office, 'readSession')).status).toBe(401);
  });

  it('of a key is gone with the next request', async () => {
    const { web, otter } = world();
    expect((await ask(web, otter.keyWithout, 'listImports')).status).toBe(200);
    await done(web, otter.owner, 'revokeApiKey', { params: { keyId: otter.ids.keyId } });
    expect((await ask(web, otter.keyWithout, 'listImports')).status).toBe(401);
  });

  it('of a customer’s person is gone with the next request: to pay, and to be there at all', async () => {
    const { web, otter } = world();
    const { ids, business } = otter;
    const browser = new Browser(web);
    const path = await browser.open(business.slug, testKeys.linkToken(business.id, inner('link', ids.linkId)));
    expect((await browser.go(path)).status).toBe(200);
    const portal = { headers: { cookie: `portal=${otter.portal.cookies?.['portal']}` } };
    const home = (): Promise<Response> => new Browser(web).go(`/${business.slug}/home`, portal);
    expect((await home()).status).toBe(200);
    expect(await (await browser.go(path)).text()).toContain('Not you?');
    await done(web, otter.owner, 'removePerson', { params: ids });
    const ended = await browser.go(path);
    expect([ended.status, (await ended.text()).includes('Send me a new link')]).toEqual([410, false]);
    expect((await home()).status).toBe(303);
  });
});
