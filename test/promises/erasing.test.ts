import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { ownerWorkOf } from '../../src/db/erase/owner-work.ts';
import { treatments } from '../../src/db/erase/tables.ts';
import { asLogin } from '../../src/db/scope.ts';
import { openErasures } from '../../src/domain/erasing/erasing.ts';
import { verifyBooks } from '../../src/domain/ledger/ledger.ts';
import { eraseRestTask, finishErasing } from '../../src/tasks/erase-rest.ts';
import { ask, done, type Json } from '../api-client.ts';
import { type CanaryCustomer, canaryCustomer, canaryMail } from '../canary-customer.ts';
import { everythingKept } from '../db.ts';
import { inner, testWorld } from '../world.ts';

/** What the law makes a business keep: issued invoices and estimates as they were, what was signed on them, and the number a payment came with. */
const keptByLaw = [
  'approvals.facts',
  'approvals.reason',
  'approvals.recorded_name',
  'approvals.typed_name',
  'document_facts.facts',
  'document_lines.description',
  'document_lines.name',
  'documents.cancel_reason',
  'estimate_standings.po_number',
  'estimates.bill_to',
  'estimates.exclusions',
  'estimates.message',
  'estimates.po_number',
  'estimates.scope',
  'estimates.terms',
  'invoice_standings.po_number',
  'invoices.bill_to',
  'invoices.message',
  'invoices.po_number',
  'invoices.terms',
  'invoices.work_order_number',
  'payments.reference',
];

const world = testWorld();
let made: CanaryCustomer;
let before: string[] = [];
const at = () => ({ params: { customerId: made.id } });

/** Every column in which a canary or its phone number stands. */
async function canaries(): Promise<string[]> {
  const found = new Set<string>();
  for (const { place, row } of await everythingKept((world().web.login as { database: string }).database)) {
    for (const [column, value] of Object.entries(row)) {
      const text = typeof value === 'string' && value.startsWith('\\x') ? Buffer.from(value.slice(2), 'hex').toString('latin1') : JSON.stringify(value);
      if (/canary|555-?0177|5125550177/i.test(text)) found.add(`${place}.${column}`);
    }
  }
  return [...found].sort();
}

/** Files of the store in which a canary stands, and all of them by hash. */
function stored(business: string): { named: string[]; all: string[] } {
  const root = join(world().web.deps.config.dataDir, 'files', business);
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const named = files.filter((entry) => /canary/i.test(readFileSync(join(entry.parentPath, entry.name), 'latin1')));
  return { named: named.map(({ name }) => name), all: files.map(({ name }) => name) };
}

const finish = () =>
  finishErasing({ database: world().web.database, ownerWork: ownerWorkOf(world().web.owner, world().web.deps.files), now: () => Temporal.Now.instant() });

beforeAll(async () => {
  const { web, otter } = world();
  made = await canaryCustomer(web, otter);
  before = await canaries();
}, 60_000);

describe('erasing the personal data of a customer', () => {
  test('D5 everything that takes words of a customer holds a canary before', () => {
    const treated = Object.entries(treatments).flatMap(([table, { change }]) => Object.keys(change?.set ?? {}).map((column) => `${table}.${column}`));
    const codes = ['customers.reminders', 'exports.sha256', 'exports.state', 'imports.file_sha256', 'imports.rejected_sha256', 'people.bounce_kind'];
    const none = [
      'people.bounced_at',
      'people.identity_id',
      'people.verified_at',
      'links.created_by',
      'imports.failure',
      'imports.problems',
      'payments.checkout_url',
    ];
    const ends = ['autopay_mandates.ended_at', 'autopay_mandates.ended_reason', 'saved_methods.is_default', 'saved_methods.offered_at'];
    const states = ['saved_methods.state', 'saved_methods.removed_at'];
    const rest = ['invoice_schedules.note', 'payments.reason', 'payments.recorded_by', 'threads.subject'];
    expect(treated.filter((column) => !before.includes(column) && ![...codes, ...none, ...ends, ...states, ...rest].includes(column))).toEqual([]);
    expect(stored(world().otter.business.id).named.length).toBeGreaterThan(1);
  });

  test('D5 is refused while something is open, by a wrong name, and to whoever may not run the team', async () => {
    const { web, otter } = world();
    const code = async (caller: typeof otter.owner, name: string): Promise<string> => {
      const { json } = await ask(web, caller, 'eraseCustomer', { ...at(), body: { name } });
      return json.code;
    };
    expect(await code(otter.office, 'Canaryname Quill')).toBe('not_allowed');
    expect(await code(otter.owner, 'Canaryname')).toBe('export_name_differs');
    const open = { params: { customerId: otter.ids.customerId } };
    expect((await done(web, otter.owner, 'readErasure', open)).blocked).toContain('owed');
    expect((await ask(web, otter.owner, 'eraseCustomer', { ...open, body: { name: 'Rosa Quill' } })).json.code).toBe('erase_refused_open');
  });

  test('D5 nothing of them is in the office, and nobody of theirs gets in, from the moment it was asked', async () => {
    const { web, otter } = world();
    const answer: Json = await done(web, otter.owner, 'eraseCustomer', { ...at(), body: { name: 'Canaryname Quill' } });
    expect([answer.state, answer.name]).toEqual(['finishing', 'Erased customer']);
    expect((await done(web, otter.owner, 'search', { query: { q: 'canary' } })).items).toEqual([]);
    expect(JSON.stringify(await done(web, otter.owner, 'readCustomer', at()))).not.toMatch(/canary/i);
    expect((await done(web, otter.owner, 'listPeople', at())).items).toEqual([]);
    expect((await ask(web, otter.owner, 'eraseCustomer', { ...at(), body: { name: 'Erased customer' } })).json.code).toBe('already_erased');
    const { version } = await done(web, otter.owner, 'readCustomer', at());
    expect((await ask(web, otter.owner, 'changeCustomer', { ...at(), version, body: { archived: false } })).json.code).toBe('already_erased');
  });

  test('D5 canaries are left in what the law keeps alone: in every table, the task queue and the store', async () => {
    const { otter } = world();
    expect(await finish()).toMatchObject({ erasures: 1 });
    expect((await canaries()).filter((column) => !keptByLaw.includes(column))).toEqual([]);
    expect(stored(otter.business.id).named).toEqual([]);
    const named = await otter.business.system(async ({ tx, business }) => {
      const { rows } = await sql<{ hex: string }>`select encode(sha256, 'hex') as hex from files where business_id = ${business}`.execute(tx);
      return rows.map(({ hex }) => hex);
    });
    expect(stored(otter.business.id).all.filter((hash) => !named.includes(hash))).toEqual([]);
  });

  test('D5 the chain and the books still verify with 0 differences, and once more does nothing', async () => {
    const { web, otter } = world();
    expect(await otter.business.system(verifyBooks)).toEqual([]);
    expect(await finish()).toMatchObject({ erasures: 0 });
    expect((await done(web, otter.owner, 'readErasure', at())).state).toBe('done');
    expect(await otter.business.system(openErasures)).toEqual([]);
    const timeline = await done(web, otter.owner, 'customerTimeline', at());
    expect(timeline.items.map(({ kind }: Json) => kind)).toContain('customer.erased');
    const invoice = await done(web, otter.owner, 'readInvoice', { params: { invoiceId: made.invoiceId } });
    expect(JSON.stringify(invoice)).toContain('Canaryline');
  });

  test('J2 the rest of an erasing, worked on three times at once and again, is done once, and the chain of events stays whole', async () => {
    const { web, otter } = world();
    const { owner, business } = otter;
    const { id: customerId } = await done(web, owner, 'addCustomer', { body: { kind: 'residential', name: 'Lena Twiceworth' } });
    await done(web, owner, 'eraseCustomer', { params: { customerId }, body: { name: 'Lena Twiceworth' } });
    const [erasureId = ''] = await business.system(openErasures);
    const run = eraseRestTask({ ownerWork: ownerWorkOf(web.owner, web.deps.files) });
    const work = (): Promise<void> => run({ businessId: business.id, erasureId });
    await Promise.all([work(), work(), work()]);
    const stands = () =>
      business.system(async ({ tx, business: id }) => {
        const { rows } = await sql`select (select done_at::text from erasures where business_id = ${id} and id = ${erasureId}) as done,
          (select count(*)::int from events where business_id = ${id}) as events,
          (select md5(string_agg(to_jsonb(e)::text, '' order by e.seq)) from erased_events e where e.business_id = ${id}) as erased`.execute(tx);
        return rows[0];
      });
    const before = await stands();
    expect(before).toMatchObject({ done: expect.any(String) });
    await work();
    expect(await stands()).toEqual(before);
    expect(await business.system(openErasures)).toEqual([]);
    expect(await business.system(verifyBooks)).toEqual([]);
  });

  test('D5 an identity that is nobody any more is gone; who is known elsewhere stays', async () => {
    const { web, otter } = world();
    const left = await asLogin(web.database, (tx) =>
      tx.selectFrom('identities').select('email').where('email', 'in', [canaryMail, 'dana@example.com']).execute(),
    );
    expect(left.map(({ email }) => email)).toEqual(['dana@example.com']);
    const sessions = await asLogin(web.database, (tx) => tx.selectFrom('sessions').select('id').where('identity_id', '=', made.identityId).execute());
    expect(sessions).toEqual([]);
    const others = (await done(web, otter.owner, 'listPeople', { params: { customerId: made.otherId } })).items;
    expect(others.map(({ id, name }: Json) => [id, name])).toEqual([[made.sharedId, 'Dana Whitlock']]);
    expect(inner('person', made.personId)).not.toBe('');
  });
});
