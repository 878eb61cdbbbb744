import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Caller, done, type Json } from '../../test/api-client.ts';
import { type SmallBusiness, smallBusiness } from '../../test/small-business.ts';
import { testWeb } from '../../test/web.ts';
import { type Receiver, startReceiver } from '../../test/webhook-receiver.ts';
import { inner, officeSession } from '../../test/world.ts';
import { setLogLevel } from '../log.ts';
import { deliverWebhooks } from './deliver-webhooks.ts';
import { handOnEventsTask } from './hand-on-events.ts';
import { startWorker, type Worker } from './worker.ts';

setLogLevel('silent');
const web = testWeb({ WEBHOOKS_TO_LOOPBACK: '1' });
let receiver: Receiver;
let house: SmallBusiness;
let owner: Caller;
let path = '';
let paths = 0;
const running: Worker[] = [];

beforeAll(async () => {
  receiver = await startReceiver();
});
afterAll(() => receiver.close());
beforeEach(async () => {
  paths += 1;
  path = `p${paths}`;
  house = await smallBusiness(web().database, {}, { starter: false });
  owner = await officeSession(web(), house.id, house.ownerIdentity);
});
afterEach(async () => {
  for (const worker of running.splice(0)) await worker.stop();
});

const handlers = () => ({ 'hand-on-events': handOnEventsTask(web().deps), 'deliver-webhooks': deliverWebhooks(web().deps) });
const addItem = (name: string, as: Caller = owner) => done(web(), as, 'addItem', { body: { name, unitPriceMilli: 1000 } });
async function listen(more: Record<string, unknown> = {}, at = path, as: Caller = owner): Promise<Json> {
  const { secret, webhook } = await done(web(), as, 'addWebhook', { body: { url: receiver.url(at), kinds: ['item.created'], ...more } });
  await receiver.behave(at, { secret });
  return { ...webhook, secret, params: { webhookId: webhook.id } };
}
/** What the worker would do now. */
async function sendDue({ id }: Json, of: SmallBusiness = house): Promise<void> {
  await handlers()['hand-on-events']({ businessId: of.id });
  await handlers()['deliver-webhooks']({ businessId: of.id, endpointId: inner('webhook', id) }, new AbortController().signal);
}
/** As if so much time had gone by for everything that waits. */
const later = (hours: number) =>
  house.system(async ({ tx, business }) => {
    const by = sql`interval '1 hour' * ${hours}::float8`;
    await sql`update webhook_deliveries set next_at = next_at - ${by} where business_id = ${business} and next_at is not null`.execute(tx);
    await sql`update webhook_endpoints set failing_since = failing_since - ${by}, old_secret_until = old_secret_until - ${by}, busy_until = null where business_id = ${business}`.execute(
      tx,
    );
  });
const deliveries = async (endpoint: Json): Promise<Json[]> => (await done(web(), owner, 'listWebhookDeliveries', { params: endpoint.params })).items;
const tell = (endpoint: Json): Promise<Json> => done(web(), owner, 'readWebhook', { params: endpoint.params });
const mails = () =>
  house.office(async ({ tx, business }) =>
    (await sql<{ facts: Json }>`select facts from mails where business_id = ${business} and kind = 'office_notice'`.execute(tx)).rows.map(({ facts }) => facts),
  );

describe('J8 a webhook', () => {
  test('is taken by the standardwebhooks package, in the order of events, and only the kinds it wants', async () => {
    const endpoint = await listen();
    for (const name of ['Hose', 'Valve', 'Drain']) await addItem(name);
    await done(web(), owner, 'addTaxRate', { body: { name: 'City', components: [{ name: 'City', ratePpm: 1 }] } });
    await sendDue(endpoint);
    const received = await receiver.received(path);
    expect(received).toHaveLength(3);
    expect(received.every(({ valid, type, signatures }) => valid && type === 'item.created' && signatures === 1)).toBe(true);
    const seqs = (await deliveries(endpoint)).map(({ eventSeq, state, lastStatus }) => [eventSeq, state, lastStatus]);
    expect(seqs.map(([, ...rest]) => rest)).toEqual(Array.from({ length: 3 }, () => ['delivered', 200]));
  });

  test('carries two signatures for a day after its secret changed, and either receiver is content; then one', async () => {
    const endpoint = await listen();
    const { secret } = await done(web(), owner, 'rotateWebhookSecret', { params: endpoint.params });
    expect(secret).not.toBe(endpoint.secret);
    await addItem('Before');
    await sendDue(endpoint);
    await receiver.behave(path, { secret });
    await addItem('After');
    await sendDue(endpoint);
    await later(25);
    await addItem('Alone');
    await sendDue(endpoint);
    const received = await receiver.received(path);
    expect(received.map(({ valid, signatures }) => [valid, signatures])).toEqual([
      [true, 2],
      [true, 2],
      [true, 1],
    ]);
    await receiver.behave(path, { secret: endpoint.secret });
    await addItem('Old secret');
    await sendDue(endpoint);
    expect((await receiver.received(path)).at(-1)?.valid).toBe(false);
  });

  test('L1 O5 keeps its secret sealed: no row, event or later answer shows it', async () => {
    const endpoint = await listen();
    const kept = await house.office(
      async ({ tx, business }) =>
        (
          await sql<{ t: string }>`select (select string_agg(w::text, '') from webhook_endpoints w where w.business_id = ${business})
          || (select string_agg(e::text, '') from events e where e.business_id = ${business})
          || coalesce((select string_agg(a::text, '') from acts a where a.business_id = ${business}), '') as t`.execute(tx)
        ).rows[0]?.t,
    );
    expect(kept).toContain('v1.');
    expect(kept).not.toContain(endpoint.secret.slice(6));
    expect(JSON.stringify([await tell(endpoint), await done(web(), owner, 'listWebhooks')])).not.toContain(endpoint.secret.slice(6));
  });

  test('is tried ten times over more than 72 hours, then kept as failed with each answer', async () => {
    const endpoint = await listen();
    await receiver.behave(path, { status: 500, body: `down ${'x'.repeat(3_000)}` });
    await addItem('Hose');
    let waitedMs = 0;
    for (let tries = 1; tries < 10; tries += 1) {
      await sendDue(endpoint);
      const [one] = await deliveries(endpoint);
      expect([one.state, one.tries]).toEqual(['waiting', tries]);
      waitedMs += Date.parse(one.nextAt) - Temporal.Now.instant().epochMilliseconds;
      // Failing for days on end would stop it; here it is only this one that fails.
      await house.system(({ tx, business }) =>
        sql`update webhook_endpoints set failing_since = null, busy_until = null where business_id = ${business}`.execute(tx),
      );
      await house.system(({ tx, business }) => sql`update webhook_deliveries set next_at = now() where business_id = ${business}`.execute(tx));
    }
    await sendDue(endpoint);
    const [one] = await deliveries(endpoint);
    const { made } = await done(web(), owner, 'readWebhookDelivery', { params: { ...endpoint.params, deliveryId: one.id } });
    expect([one.state, one.tries, made.length, new Set((await receiver.received(path)).map(({ id }) => id)).size]).toEqual(['failed', 10, 10, 1]);
    expect(waitedMs).toBeGreaterThan(72 * 3_600_000);
    expect(made[0]).toMatchObject({ status: 500, answer: `down ${'x'.repeat(1_019)}` });
  });

  test('waits as long as Retry-After asks, and follows no redirect', async () => {
    const endpoint = await listen();
    await receiver.behave(path, { status: 503, headers: { 'retry-after': '7200' } });
    await addItem('Hose');
    await sendDue(endpoint);
    const [busy] = await deliveries(endpoint);
    expect(Date.parse(busy.nextAt) - Temporal.Now.instant().epochMilliseconds).toBeGreaterThan(7_100_000);
    await receiver.behave(path, { status: 307, headers: { location: receiver.url('elsewhere') } });
    await later(3);
    await sendDue(endpoint);
    expect(await receiver.received('elsewhere')).toEqual([]);
    expect((await deliveries(endpoint))[0]).toMatchObject({ state: 'waiting', lastStatus: 307, lastError: 'redirect' });
  });

  test('answered 410 stops at once, and the office is told on its page and by mail', async () => {
    const endpoint = await listen();
    await receiver.behave(path, { status: 410 });
    for (const name of ['Hose', 'Valve', 'Pipe', 'Tap', 'Sink', 'Bowl']) await addItem(name);
    await sendDue(endpoint);
    expect(await tell(endpoint)).toMatchObject({ state: 'disabled', disabledReason: 'gone' });
    expect((await deliveries(endpoint)).map(({ state }) => state)).toEqual(Array.from({ length: 6 }, () => 'failed'));
    expect(await mails()).toEqual([{ notice: 'webhook_stopped', name: receiver.url(path), detail: 'gone' }]);
    expect((await done(web(), owner, 'readHome')).notices).toEqual([expect.objectContaining({ kind: 'webhook_stopped', id: endpoint.id, detail: 'gone' })]);
  });

  test('that takes nothing for five days is stopped, and one success in between forgives', async () => {
    const endpoint = await listen();
    await receiver.behave(path, { status: 500 });
    await addItem('Hose');
    await sendDue(endpoint);
    await later(4 * 24);
    await sendDue(endpoint);
    await receiver.behave(path, { status: 200 });
    await later(24);
    await sendDue(endpoint);
    expect(await tell(endpoint)).toMatchObject({ state: 'active', failingSince: null });
    await receiver.behave(path, { status: 500 });
    await addItem('Valve');
    await sendDue(endpoint);
    await later(5 * 24 + 1);
    await sendDue(endpoint);
    expect(await tell(endpoint)).toMatchObject({ state: 'disabled', disabledReason: 'failing' });
    expect(await mails()).toHaveLength(1);
  });

  test('is sent again by hand, one or all it missed, under the same id', async () => {
    const endpoint = await listen();
    const since = Temporal.Now.instant().subtract({ minutes: 1 }).toString();
    await addItem('Hose');
    await sendDue(endpoint);
    const [one] = await deliveries(endpoint);
    await done(web(), owner, 'replayWebhookDelivery', { params: { ...endpoint.params, deliveryId: one.id } });
    await sendDue(endpoint);
    expect((await receiver.received(path)).map(({ id }) => id)).toEqual([one.messageId, one.messageId]);
    const off = await done(web(), owner, 'changeWebhook', { params: endpoint.params, version: (await tell(endpoint)).version, body: { active: false } });
    await addItem('Missed');
    await done(web(), owner, 'changeWebhook', { params: endpoint.params, version: off.version, body: { active: true } });
    await sendDue(endpoint);
    expect(await receiver.received(path)).toHaveLength(2);
    expect(await done(web(), owner, 'replayWebhook', { params: endpoint.params, body: { since } })).toEqual({ queued: 1 });
    await sendDue(endpoint);
    expect(await receiver.received(path)).toHaveLength(3);
    expect(await done(web(), owner, 'replayWebhook', { params: endpoint.params, body: { since, all: true } })).toEqual({ queued: 2 });
    await sendDue(endpoint);
    expect((await receiver.received(path)).every(({ valid }) => valid)).toBe(true);
    expect(await receiver.received(path)).toHaveLength(5);
  });

  test('is tried with an event that means nothing and stands in no feed', async () => {
    const endpoint = await listen();
    const { messageId } = await done(web(), owner, 'testWebhook', { params: endpoint.params });
    await sendDue(endpoint);
    expect(await receiver.received(path)).toEqual([expect.objectContaining({ id: messageId, type: 'webhook.test', valid: true })]);
  });

  test('J2 handed on and sent twice at once is sent once', async () => {
    const endpoint = await listen();
    for (const name of ['Hose', 'Valve', 'Pipe', 'Tap', 'Sink']) await addItem(name);
    await Promise.all(Array.from({ length: 4 }, () => sendDue(endpoint)));
    await sendDue(endpoint);
    const ids = (await receiver.received(path)).map(({ id }) => id);
    expect([ids.length, new Set(ids).size]).toEqual([5, 5]);
  });

  test('of a business of the demo leaves nothing, and says so', async () => {
    const demo = await smallBusiness(web().database, {}, { demo: true, starter: false });
    const hand = await officeSession(web(), demo.id, demo.ownerIdentity);
    const endpoint = await listen({}, path, hand);
    await addItem('Hose', hand);
    await sendDue(endpoint, demo);
    expect(await receiver.received(path)).toEqual([]);
    const [one] = (await done(web(), hand, 'listWebhookDeliveries', { params: endpoint.params })).items;
    expect(one).toMatchObject({ state: 'failed', lastError: 'demo' });
  });
});

describe('with a worker running', () => {
  const work = async () => {
    const worker = await startWorker({ login: web().login, handlers: handlers() });
    running.push(worker);
  };

  test('J4 an endpoint that never answers and ten thousand of its deliveries delay nobody else', async () => {
    const slow = await listen();
    await receiver.behave(path, { hang: true });
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) await addItem(name);
    // Ten thousand of them would take minutes to make: what counts is that however many there are, they are one task of the queue.
    await handlers()['hand-on-events']({ businessId: house.id });
    const queued = await house.system(({ tx, business }) =>
      sql<{ n: number }>`insert into webhook_deliveries (business_id, id, endpoint_id, event_id, event_seq, kind, state, next_at, created_at)
        select ${business}, gen_random_uuid(), d.endpoint_id, gen_random_uuid(), d.event_seq, d.kind, 'waiting', now(), now()
        from webhook_deliveries d, generate_series(1, 1250) where d.business_id = ${business} returning 1 as n`.execute(tx),
    );
    expect(queued.rows).toHaveLength(10_000);
    const other = await smallBusiness(web().database, {}, { starter: false });
    const hand = await officeSession(web(), other.id, other.ownerIdentity);
    const quick = await listen({}, `${path}-other`, hand);
    const beside = await listen({}, `${path}-beside`);
    await work();
    await expect.poll(async () => (await receiver.received(path)).length, { timeout: 15_000 }).toBeGreaterThan(0);
    await addItem('of the other', hand);
    await addItem('beside the slow one');
    await expect.poll(() => receiver.received(`${path}-other`), { timeout: 15_000 }).toHaveLength(1);
    await expect.poll(() => receiver.received(`${path}-beside`), { timeout: 15_000 }).toHaveLength(1);
    // All that while the slow one has answered nothing.
    expect((await receiver.received(path)).every(({ answered }) => answered === 0)).toBe(true);
    expect([quick.state, beside.state, (await tell(slow)).lastDeliveredAt]).toEqual(['active', 'active', null]);
    await done(web(), owner, 'removeWebhook', { params: slow.params });
    await receiver.behave(path, { hang: false });
  });

  test('J3 killed in the middle of a delivery, the next worker delivers it under the same id', async () => {
    const endpoint = await listen();
    await receiver.behave(path, { hang: true });
    await addItem('Hose');
    await handlers()['hand-on-events']({ businessId: house.id });
    const child = spawn(process.execPath, [join(import.meta.dirname, '../../test/sending-process.ts'), JSON.stringify(web().login)], { stdio: 'inherit' });
    await expect.poll(() => receiver.received(path), { timeout: 15_000 }).toHaveLength(1);
    child.kill('SIGKILL');
    await once(child, 'close');
    await receiver.behave(path, { hang: false });
    await later(1);
    await work();
    await expect.poll(async () => (await deliveries(endpoint))[0].state, { timeout: 15_000 }).toBe('delivered');
    const received = await receiver.received(path);
    expect([received.length, new Set(received.map(({ id }) => id)).size, received.every(({ valid }) => valid)]).toEqual([2, 1, true]);
  });

  test('J1 an act queues what hands it on in its own transaction, and only where somebody listens', async () => {
    const tasks = async (): Promise<number> =>
      house.system(
        async ({ tx, business }) =>
          (
            await sql<{ n: number }>`select count(*)::int as n from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
              where t.identifier = 'hand-on-events' and j.payload ->> 'businessId' = ${business}`.execute(tx)
          ).rows[0]?.n ?? 0,
      );
    await addItem('nobody listens');
    expect(await tasks()).toBe(0);
    const endpoint = await listen();
    await addItem('heard');
    expect(await tasks()).toBe(1);
    await work();
    await expect.poll(() => receiver.received(path), { timeout: 15_000 }).toHaveLength(1);
    await done(web(), owner, 'removeWebhook', { params: endpoint.params });
    await addItem('nobody listens any more');
    expect(await tasks()).toBe(0);
  });
});
