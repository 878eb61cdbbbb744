import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, type Caller, done } from '../../../test/api-client.ts';
import { type StandIn, startStandIn } from '../../../test/fakes/stripe/stand-in.ts';
import { testWeb } from '../../../test/web.ts';
import { type House, makeHouse, officeSession } from '../../../test/world.ts';
import { publicId } from '../../core/ids.ts';
import { newId } from '../../db/fresh.ts';
import { inTransaction, systemActor } from '../../db/scope.ts';
import { addStaff } from '../../domain/people/staff.ts';
import { accountOf, publishProcessor } from '../../domain/processors/processors.ts';
import { setLogLevel } from '../../log.ts';
import { stripeGateway, stripePlace } from '../../outside/cards/stripe-gateway.ts';
import { publishProcessorTask } from '../../tasks/publish-processor.ts';
import { createApp } from '../app.ts';
import type { Deps } from '../context.ts';

setLogLevel('silent');
const web = testWeb();
let standIn: StandIn;
let desk: { app: ReturnType<typeof createApp> };

beforeAll(async () => {
  standIn = await startStandIn();
  const { database, keys } = web().deps;
  const stripe = stripeGateway({ ...stripePlace(standIn.url), timeoutMs: 500, accountOf: (business) => accountOf(database, keys, 'stripe', business) });
  desk = { app: createApp({ ...web().deps, cards: { stripe } } as Deps) };
});
afterAll(() => standIn.close());

const keyOf = (account: string, mode = 'test'): string => `rk_${mode}_${account}_key`;
const secret = 'whsec_a_secret_of_this_house';
const connect = (house: House, key: string, by: Caller = house.owner) => ask(desk, by, 'connectProcessor', { body: { key } });
const stored = (house: House) =>
  inTransaction(web().database, { role: 'system', business: house.business.id, actor: systemActor }, async ({ tx }) => {
    const { rows } = await sql<{
      text: string;
    }>`select row_to_json(a)::text as text from processor_accounts a where a.business_id = ${house.business.id}`.execute(tx);
    return rows.map(({ text }) => text).join('\n');
  });

describe('connecting Stripe', () => {
  it('a key is looked at, sealed, never told again, and customers pay by it once a signing secret is there', async () => {
    const house = await makeHouse(web());
    const key = keyOf('otterone');
    const answer = await connect(house, key);
    expect([answer.status, answer.json.connected]).toMatchObject([200, { accountId: 'acct_otterone', live: false, keyHint: '_key', secretHint: null }]);
    expect(answer.json.endpointUrl).toMatch(new RegExp(`/inbound/stripe/${publicId('business', house.business.id)}$`));
    expect(await ask(desk, house.owner, 'changeProcessor', { body: { gateway: 'stripe' } })).toMatchObject({
      status: 409,
      json: { code: 'processor_unready' },
    });
    expect((await ask(desk, house.owner, 'setSigningSecret', { body: { secret } })).json.connected.secretHint).toBe('ouse');
    expect((await ask(desk, house.owner, 'changeProcessor', { body: { gateway: 'stripe' } })).json.gateway).toBe('stripe');
    const told = JSON.stringify([
      await done(desk, house.owner, 'readProcessor'),
      await done(desk, house.owner, 'readSettings'),
      await done(desk, house.owner, 'listEvents', { query: { limit: '100' } }),
    ]);
    for (const canary of [key, secret]) {
      expect(told).not.toContain(canary);
      expect(await stored(house)).not.toContain(canary);
    }
    const { database, keys } = web().deps;
    expect(await accountOf(database, keys, 'stripe', house.business.id)).toEqual({ key, account: 'acct_otterone', live: false, secrets: [secret] });
  });

  it('says in plain words what is wrong with a key, right by right', async () => {
    const house = await makeHouse(web());
    const problem = async (key: string) => (await connect(house, key)).json;
    expect(await problem('pk_live_1234567890')).toMatchObject({ code: 'processor_key_malformed', errors: [{ field: 'key' }] });
    expect(await problem('rk_test_revokedbysomebody')).toMatchObject({ code: 'processor_key_wrong' });
    const lacks = await problem('rk_test_otter_without_disputes_without_refunds');
    expect([lacks.code, lacks.errors.map((each: { field: string }) => each.field)]).toEqual([
      'processor_key_lacks',
      ['Charges and refunds: write', 'Disputes: read'],
    ]);
    await standIn.knobs({ trouble: 'error', only: '/v1/account' });
    expect(await connect(house, keyOf('ottertwo'))).toMatchObject({ status: 503, json: { code: 'processor_silent' } });
    await standIn.knobs({});
    expect(await stored(house)).toBe('');
  });

  it('only owners and admins with a fresh code may, and short or foreign signing secrets are refused', async () => {
    const house = await makeHouse(web());
    for (const caller of [house.office, house.field, house.key, house.portal, {}]) {
      expect((await connect(house, keyOf('otterthree'), caller)).status).toBeGreaterThanOrEqual(401);
    }
    expect(await stored(house)).toBe('');
    await connectFine(house, keyOf('otterthree'));
    for (const bad of ['', 'whsec_', 'whsec_short', 'sk_test_this_is_a_key_not_a_secret', `whsec_${' '.repeat(30)}`]) {
      expect([bad, (await ask(desk, house.owner, 'setSigningSecret', { body: { secret: bad } })).status]).toEqual([bad, 422]);
    }
  });

  it('P7 two signing secrets hold while one is exchanged, until the old one is dropped', async () => {
    const house = await makeHouse(web());
    await connectFine(house, keyOf('otterfour'));
    const secrets = async () => (await accountOf(web().deps.database, web().deps.keys, 'stripe', house.business.id))?.secrets;
    await done(desk, house.owner, 'setSigningSecret', { body: { secret } });
    await done(desk, house.owner, 'setSigningSecret', { body: { secret: `${secret}_next` } });
    expect(await secrets()).toEqual([`${secret}_next`, secret]);
    expect((await done(desk, house.owner, 'dropOldSecret')).connected.oldSecretUntil).toBeNull();
    expect(await secrets()).toEqual([`${secret}_next`]);
  });

  it('T12 another account for real money waits for a second person, who is not the one who asked', async () => {
    const house = await makeHouse(web());
    await connectFine(house, keyOf('otterlive', 'live'));
    const { identityId } = await house.business.office((scope) =>
      addStaff(scope, { name: 'Ada', email: `ada.${newId().slice(-8)}@example.com`, role: 'admin' }),
    );
    const admin = await officeSession(web(), house.business.id, identityId);
    const asked = await connect(house, keyOf('thieflive', 'live'), admin);
    expect([asked.status, asked.json.connected.accountId, asked.json.waiting]).toMatchObject([
      200,
      'acct_otterlive',
      { accountId: 'acct_thieflive', needs: 'second_person' },
    ]);
    expect(await ask(desk, admin, 'confirmProcessor')).toMatchObject({ status: 403, json: { code: 'pay_change_own' } });
    expect((await connect(house, keyOf('thieftwo', 'live'), admin)).json.code).toBe('pay_change_waiting');
    expect((await accountOf(web().deps.database, web().deps.keys, 'stripe', house.business.id))?.account).toBe('acct_otterlive');
    expect((await done(desk, house.owner, 'cancelProcessor')).waiting).toBeNull();
    await connect(house, keyOf('bankchange', 'live'), admin);
    expect((await done(desk, house.owner, 'confirmProcessor')).connected.accountId).toBe('acct_bankchange');
  });

  it('T12 leaving an account first does not get around it; alone it waits a day that everybody was told of', async () => {
    const house = await makeHouse(web());
    await connectFine(house, keyOf('alonelive', 'live'));
    await done(desk, house.owner, 'disconnectProcessor');
    const asked = (await connect(house, keyOf('otherlive', 'live'))).json;
    expect([asked.connected, asked.waiting.needs]).toEqual([null, 'time']);
    expect((await ask(desk, house.owner, 'confirmProcessor')).status).toBe(404);
    const entry = { role: 'system', business: house.business.id, actor: systemActor } as const;
    const idOf = async (): Promise<string> =>
      inTransaction(web().database, entry, async ({ tx }) => {
        const { rows } = await sql<{ id: string }>`select id from processor_accounts where business_id = ${house.business.id} and state = 'waiting'`.execute(
          tx,
        );
        return rows[0]?.id ?? '';
      });
    const id = await idOf();
    await inTransaction(web().database, entry, (scope) => publishProcessor(scope, id));
    expect(await idOf()).toBe(id);
    await inTransaction(web().database, entry, (scope) => publishProcessor({ ...scope, now: scope.now.add({ hours: 25 }) }, id));
    expect((await done(desk, house.owner, 'readProcessor')).connected.accountId).toBe('acct_otherlive');
  });

  it('J2 the end of the day of waiting, worked on three times at once and again, changes the account once and is told once', async () => {
    const house = await makeHouse(web());
    await connectFine(house, keyOf('beforelive', 'live'));
    await connect(house, keyOf('afterlive', 'live'));
    const entry = { role: 'system', business: house.business.id, actor: systemActor } as const;
    const accountId = await inTransaction(web().database, entry, async ({ tx }) => {
      const { rows } = await sql<{ id: string }>`update processor_accounts set live_at = now() - interval '1 minute'
        where business_id = ${house.business.id} and state = 'waiting' returning id`.execute(tx);
      return rows[0]?.id ?? '';
    });
    const run = (): Promise<void> => publishProcessorTask({ database: web().database })({ businessId: house.business.id, accountId });
    await Promise.all([run(), run(), run()]);
    await run();
    const told = await inTransaction(web().database, entry, async ({ tx }) => {
      const { rows } = await sql<{ state: string; account: string; told: number }>`select a.state, a.account_id as account,
        (select count(*)::int from events e where e.business_id = ${house.business.id} and e.kind = 'processor.connected' and e.data ->> 'account' = a.account_id) as told
        from processor_accounts a where a.business_id = ${house.business.id} order by a.account_id`.execute(tx);
      return rows;
    });
    expect(told).toEqual([
      { state: 'connected', account: 'acct_afterlive', told: 1 },
      { state: 'ended', account: 'acct_beforelive', told: 1 },
    ]);
  });

  it('a new key of the same account takes its place at once, and leaving forgets everything that opens anything', async () => {
    const house = await makeHouse(web());
    await connectFine(house, keyOf('rotates', 'live'));
    expect((await connect(house, 'rk_live_rotates_another1')).json).toMatchObject({ connected: { keyHint: 'her1' }, waiting: null });
    await done(desk, house.owner, 'setSigningSecret', { body: { secret } });
    await done(desk, house.owner, 'changeProcessor', { body: { gateway: 'stripe', bank: false, cardFloorMinor: 500 } });
    expect(await done(desk, house.owner, 'disconnectProcessor')).toMatchObject({ gateway: null, connected: null, bank: false, cardFloorMinor: 500 });
    expect(JSON.parse(await stored(house))).toMatchObject({ state: 'ended', sealed_key: null, sealed_secret: null, sealed_old_secret: null });
  });
});

async function connectFine(house: House, key: string): Promise<void> {
  const answer = await connect(house, key);
  if (answer.status !== 200) throw new Error(answer.text);
}
