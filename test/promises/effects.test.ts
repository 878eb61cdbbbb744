import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readId } from '../../src/core/ids.ts';
import { newId } from '../../src/db/fresh.ts';
import { clientConfig } from '../../src/db/pool.ts';
import { changePayDetails } from '../../src/domain/businesses/pay-details.ts';
import { createDraft } from '../../src/domain/invoices/invoices.ts';
import { sendInvoice } from '../../src/domain/links/links.ts';
import { inviteStaff } from '../../src/domain/people/invitations.ts';
import { setLogLevel } from '../../src/log.ts';
import { tasksOf } from '../../src/wire.ts';
import fc, { seedOr } from '../chance.ts';
import { formOf, knock } from '../many-callers.ts';
import { type PortalWorld, portalWorld, type SentInvoice } from '../portal-world.ts';
import { actIn } from '../shop.ts';
import { testKeys } from '../small-business.ts';
import { testWeb } from '../web.ts';
import { makeHouse } from '../world.ts';

setLogLevel('silent');
const web = testWeb();
let world: PortalWorld;
let queue: pg.Client;
const seed = seedOr(20_260_103);

beforeAll(async () => {
  world = await portalWorld(web());
  queue = new pg.Client(clientConfig(web().login, 'test', '-c role=system'));
  await queue.connect();
});
afterAll(() => queue.end());

type Job = { id: string; task: string; payload: Record<string, unknown> };
const jobs = async (): Promise<Job[]> =>
  (
    await queue.query<Job>(
      'select j.id::text, t.identifier as task, j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id order by j.id',
    )
  ).rows;
const mailIds = async (): Promise<string[]> =>
  world.house.office(async ({ tx }) =>
    (await sql<{ id: string }>`select id from mails where business_id = ${world.house.id}`.execute(tx)).rows.map(({ id }) => id),
  );

describe(`J1 a change and the task it asks for, seed ${seed}`, () => {
  test('stand or fall together, 150 times cut off at a random moment', async () => {
    const killer = new pg.Client(clientConfig(web().login, 'killer'));
    await killer.connect();
    let [kept, lost] = [0, 0];
    for (const [when, waitMs] of fc.sample(fc.tuple(fc.constantFrom('before', 'during', 'late'), fc.noBias(fc.integer({ min: 0, max: 12 }))), {
      seed,
      numRuns: 150,
    })) {
      let cut: Promise<unknown> = Promise.resolve();
      const sent = world.house.office(async (scope) => {
        const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(scope.tx);
        const kill = async (): Promise<unknown> => {
          await new Promise((done) => setTimeout(done, waitMs));
          return killer.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
        };
        if (when === 'before') cut = kill();
        const lines = [{ name: 'Drain', quantityMilli: 1000n, unitPriceMilli: 9_300_000n, taxRateId: null }];
        const { id } = await createDraft(scope, { customerId: world.customer, lines });
        if (when === 'during') cut = kill();
        await sendInvoice(scope, testKeys, { documentId: id, personIds: [world.people.dana.id] });
        if (when === 'late') cut = kill();
      });
      const [outcome] = await Promise.allSettled([sent, cut]);
      if (outcome?.status === 'fulfilled') kept += 1;
      else lost += 1;
      await cut;
    }
    await killer.end();
    expect([kept > 10, lost > 10]).toEqual([true, true]);
    const asked = (await jobs()).filter(({ task }) => task === 'send-mail').map(({ payload }) => payload['mailId']);
    expect(asked.sort()).toEqual((await mailIds()).sort());
  }, 60_000);
});

/** One story by which every task is asked for. */
async function everythingHappens(): Promise<SentInvoice> {
  const sent = await world.send([world.people.dana.id]);
  const cookie = `link=${sent.tokens[0]}`;
  const post = async (path: string, fields: Record<string, string>, more = cookie): Promise<number> => {
    const form = formOf(fields);
    return (await knock(web(), path, { ...form, headers: { ...(form.headers as Record<string, string>), cookie: more } })).status;
  };
  const at = `/${world.house.slug}`;
  const day = Temporal.Now.plainDateISO().add({ days: 3 }).toString();
  expect(await post(`${sent.path}/ask`, { act: newId(), line: '', text: 'Why?' })).toBe(303);
  expect(await post(`${sent.path}/announce`, { act: newId(), method: 'check', amount: '1.00', day, note: '' })).toBe(303);
  expect(await post(`${sent.path}/new-link`, {}, '')).toBe(303);
  expect(await post(`${at}/find`, { number: '1001', 'find-email': world.people.dana.email })).toBe(303);
  expect(await post(`${at}/code`, { email: world.people.dana.email })).toBe(303);
  await world.house.office(async (scope) => {
    await inviteStaff(scope, { name: 'Max Field', email: `max.${newId().slice(-8)}@example.com`, role: 'office' });
    // Nobody else may decide, so it waits a day and everybody is told.
    await changePayDetails(scope, { howToPay: 'By check to another box.' });
  });
  return sent;
}

describe('J2 every task', () => {
  test('run three times at once and once more has one effect: each mail leaves once, and nothing is added by repeating', async () => {
    const { id: documentId } = await everythingHappens();
    const letters: string[] = [];
    const { handlers } = tasksOf({
      ...web().deps,
      mail: {
        send: async ({ messageId }) => {
          await new Promise((done) => setTimeout(done, 5));
          letters.push(messageId);
          return { kind: 'kept' };
        },
      },
    });
    const run = (job: Job): Promise<void> =>
      (handlers[job.task as keyof typeof handlers] as (input: never, signal: AbortSignal) => Promise<void>)(job.payload as never, AbortSignal.timeout(30_000));
    const ran = new Map<string, Job>();
    const waiting = async (): Promise<Job[]> => (await jobs()).filter(({ id, task }) => !ran.has(id) && (task !== 'send-mail' || Number(id) > first));
    const all = await jobs();
    const first = Number(all.findLast(({ task }) => task === 'send-mail')?.id ?? 0) - 1;
    for (let round = await waiting(); round.length > 0; round = await waiting()) {
      for (const job of round) {
        ran.set(job.id, job);
        await Promise.allSettled([run(job), run(job), run(job)]);
        await run(job);
      }
    }
    const businessId = world.house.id;
    for (const [task, payload] of [
      ['count-announcements', { businessId, documentId }],
      ['count-questions', { businessId, documentId }],
      ['index-person', { businessId, personId: world.people.dana.id }],
    ] as const) {
      const job = { id: task, task, payload };
      ran.set(job.id, job);
      await Promise.all([run(job), run(job), run(job)]);
    }
    const seen = new Set([...ran.values()].map(({ task }) => task));
    // These have this test beside their own code.
    const elsewhere = [
      ...['settle-payment', 'hand-on-events', 'deliver-webhooks', 'run-import', 'run-batch', 'make-export', 'send-reminders'],
      ...[
        'charge-autopay',
        'tend-autopay',
        'send-refund',
        'publish-processor',
        'erase-rest',
        'close-checkouts',
        'draw-record',
        'follow-decision',
        'take-details',
        'mail-access',
      ],
    ];
    expect(Object.keys(handlers).filter((task) => !seen.has(task) && !elsewhere.includes(task))).toEqual([]);
    expect(letters.length).toBeGreaterThanOrEqual(4);
    expect(new Set(letters).size).toBe(letters.length);
    const count = async (): Promise<unknown> =>
      world.house.office(
        async ({ tx }) =>
          (
            await sql`select (select count(*) from mails where business_id = ${world.house.id}) as mails, (select count(*) from links where business_id = ${world.house.id}) as links,
      (select count(*) from file_refs where business_id = ${world.house.id}) as files, (select count(*) from events where business_id = ${world.house.id}) as events`.execute(
              tx,
            )
          ).rows,
      );
    const before = [await count(), letters.length];
    for (const job of ran.values()) await run(job);
    expect([await count(), letters.length]).toEqual(before);
  }, 60_000);
});

describe('C10 two tabs at the same moment', () => {
  test.each([
    ['ask', { line: '', text: 'Two tabs?' }, 'question.asked'],
    ['announce', { method: 'check', amount: '50.00', day: Temporal.Now.plainDateISO().add({ days: 3 }).toString(), note: '' }, 'payment.announced'],
    ['question?charge=whole', { charge: 'whole', amount: '50.00', reason: 'quality', text: 'Two tabs?' }, 'charge.questioned'],
  ] as const)('on %s have one effect and get the same answer', async (where, fields, kind) => {
    const sent = await world.send([world.people.dana.id]);
    const cookie = `link=${sent.tokens[0]}`;
    const act = actIn(await (await knock(web(), `${sent.path}/${where}`, { headers: { cookie } })).text());
    const form = formOf({ act, ...fields });
    const press = () => knock(web(), `${sent.path}/${where}`, { ...form, headers: { ...(form.headers as Record<string, string>), cookie } });
    const answers = await Promise.all(Array.from({ length: 6 }, press));
    answers.push(await press());
    expect(new Set(answers.map((answer) => `${answer.status} ${answer.headers.get('location')}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(303);
    const events = await world.house.office(
      async ({ tx }) =>
        (
          await sql<{
            actor: string;
            request: string | null;
          }>`select to_jsonb(e) ->> 'actor_name' as actor, to_jsonb(e) ->> 'request_id' as request from events e
      where business_id = ${world.house.id} and document_id = ${sent.id} and kind = ${kind}`.execute(tx)
        ).rows,
    );
    expect(events).toEqual([{ actor: 'Dana Whitlock', request: expect.stringMatching(/^[0-9a-f-]{36}$/) }]);
  });
});

describe('D7 an error of ours', () => {
  test('tells a customer a request id and nothing of the inside', async () => {
    const house = await makeHouse(web());
    const token = testKeys.linkToken(house.business.id, readId('link', house.ids.linkId) ?? '');
    const broken = vi.spyOn(web().deps.files, 'get').mockRejectedValue(new Error('select secret from links at /srv/app.ts:3'));
    const answer = await knock(web(), `/${house.business.slug}/d/${house.ids.invoiceId}/files/${house.ids.fileId}`, { headers: { cookie: `link=${token}` } });
    broken.mockRestore();
    const html = await answer.text();
    expect(answer.status).toBe(500);
    expect(html).toContain(answer.headers.get('x-request-id'));
    expect(html).not.toMatch(/select |secret|srv|\.ts\b|node_modules|Error:|postgres|\d+\.\d+\.\d+/i);
    expect([...answer.headers.keys()].filter((name) => /^(server|x-powered-by)$/.test(name))).toEqual([]);
  });
});
