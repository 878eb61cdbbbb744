import { describe, expect, test } from 'vitest';
import { oneOf } from '../../../test/books.ts';
import { testDatabase } from '../../../test/db.ts';
import { refusalOf, smallBusiness, testKeys } from '../../../test/small-business.ts';
import type { Actor } from '../../db/scope.ts';
import { createCustomer, listCustomers } from '../customers/customers.ts';
import { createDraft, issueInvoice, listInvoices, readOfficeFacts } from '../invoices/invoices.ts';
import { verify } from '../ledger/verify/verify.ts';
import { listMails } from '../mails/mails.ts';
import { listPayments } from '../payments/payments.ts';
import { addPerson } from '../people/people.ts';
import { addStaff, removeStaff } from '../people/staff.ts';
import { type Batch, type BatchDeps, readBatch, refusedOf, startBatch, steerBatch, workBatch } from './batches.ts';

const db = testDatabase(6);
const calm = (): AbortSignal => new AbortController().signal;

/** A business with drafts for one customer, and a worker's hand. */
async function office(drafts: number) {
  const house = await smallBusiness(db().database);
  const deps: BatchDeps = { database: db().database, keys: testKeys, press: null as never };
  const { customerId, ids } = await house.office(async (scope) => {
    const rosa = await createCustomer(scope, { kind: 'residential', name: 'Rosa Núñez' });
    await addPerson(scope, { customerId: rosa.id, name: 'Rosa Núñez', email: 'rosa@example.com', phone: '', bills: true } as never);
    const made = [];
    for (let n = 0; n < drafts; n += 1) made.push((await createDraft(scope, { customerId: rosa.id, lines: [oneOf(1000 + n)] })).id);
    return { customerId: rosa.id, ids: made };
  });
  const work = (batch: Batch, signal = calm()): Promise<void> => workBatch(deps, house.id, batch.id, signal);
  const start = (input: Parameters<typeof startBatch>[1], actor?: Actor): Promise<Batch> => house.office((scope) => startBatch(scope, input), actor);
  const read = (batch: Batch): Promise<Batch> => house.office((scope) => readBatch(scope, batch.id));
  const issued = async (): Promise<string[]> => {
    await house.office(async (scope) => {
      for (const id of ids) await issueInvoice(scope, id);
    });
    return ids;
  };
  const owed = (): Promise<bigint> =>
    house.office(async (scope) => (await listInvoices(scope, { tab: 'unpaid', limit: 100 })).rows.reduce((sum, row) => sum + row.standing.balanceMinor, 0n));
  return { ...house, customerId, ids, work, start, read, issued, owed };
}

const pay = { method: 'check', receivedOn: '2026-01-05' } as const;

describe('an act on many', () => {
  test('does each for itself, and names what was refused and why', async () => {
    const { ids, start, work, read, office: at } = await office(3);
    await at((scope) => issueInvoice(scope, ids[0] ?? ''));
    const batch = await start({ kind: 'issue', chosen: { ids } });
    await work(batch);
    expect(await read(batch)).toMatchObject({ state: 'done', total: 3, done: 2, refused: 1 });
    const refused = await at((scope) => refusedOf(scope, batch.id));
    expect(refused.map(({ thingId, code }) => [thingId, code])).toEqual([[ids[0], 'already_issued']]);
    expect(refused[0]?.name).toMatch(/\d/);
  });

  test('takes everything a list shows, beyond its first page', async () => {
    const { start, work, read } = await office(130);
    const batch = await start({ kind: 'issue', chosen: { invoices: { tab: 'draft' } } });
    expect(batch.total).toBe(130);
    await work(batch);
    expect(await read(batch)).toMatchObject({ state: 'done', done: 130, refused: 0 });
  });

  test('J2 run twice, three times at once, and once more after its end, does each thing once', async () => {
    const { issued, start, work, read, office: at, customerId } = await office(45);
    const batch = await start({ kind: 'pay', chosen: { ids: await issued() }, options: pay });
    await Promise.all([work(batch), work(batch), work(batch)]);
    await work(batch);
    expect(await read(batch)).toMatchObject({ state: 'done', done: 45, refused: 0 });
    const { rows } = await at((scope) => listPayments(scope, { tab: 'all', customerId, limit: 100 }));
    expect(rows).toHaveLength(45);
  });

  test('J3 cut off after any step, goes on where it was and doubles nothing', async () => {
    const { issued, start, work, read, office: at, customerId, owed } = await office(50);
    const batch = await start({ kind: 'pay', chosen: { ids: await issued() }, options: pay });
    const cut = new AbortController();
    cut.abort();
    await expect(work(batch, cut.signal)).rejects.toThrow('goes on');
    expect(await read(batch)).toMatchObject({ done: 0 });
    // A signal that fires after the first look: one step is committed, the rest is left to the next try.
    let looks = 0;
    const dying = {
      get aborted() {
        looks += 1;
        return looks > 1;
      },
    } as AbortSignal;
    await expect(work(batch, dying)).rejects.toThrow('goes on');
    expect((await read(batch)).done).toBe(20);
    await work(batch);
    expect(await read(batch)).toMatchObject({ state: 'done', done: 50 });
    expect((await at((scope) => listPayments(scope, { tab: 'all', customerId, limit: 100 }))).rows).toHaveLength(50);
    expect(await owed()).toBe(0n);
  });

  test('T8 is done with the rights its person has when it is done: a colleague who left does nothing more', async () => {
    const { ids, start, work, read, office: at, owner } = await office(2);
    const theo = await at((scope) => addStaff(scope, { name: 'Theo Park', email: 'theo@example.com', role: 'office' }));
    const actor: Actor = { kind: 'staff', id: theo.id, name: theo.name };
    const batch = await start({ kind: 'send', chosen: { ids } }, actor);
    await at((scope) => removeStaff(scope, theo.id), owner);
    await at((scope) => steerBatch(scope, batch.id, 'hurry'));
    await work(batch);
    expect(await read(batch)).toMatchObject({ done: 0, refused: 2 });
  });

  test('is refused for nothing at all, for more than a thousand, and to the crew', async () => {
    const { start, office: at } = await office(1);
    expect((await refusalOf(start({ kind: 'issue', chosen: { ids: [] } }))).code).toBe('batch_empty');
    const many = Array.from({ length: 1001 }, (_, n) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`);
    expect((await refusalOf(start({ kind: 'issue', chosen: { ids: many } }))).code).toBe('batch_too_large');
    const luz = await at((scope) => addStaff(scope, { name: 'Luz Romero', email: 'luz@example.com', role: 'field' }));
    expect((await refusalOf(start({ kind: 'pay', chosen: { ids: many.slice(0, 1) }, options: pay }, { kind: 'staff', id: luz.id, name: luz.name }))).code).toBe(
      'not_allowed',
    );
  });
});

describe('taking back', () => {
  test('what is sent waits half a minute; stopped meanwhile, it is as if nobody had asked: no number, no link, no mail', async () => {
    const { ids, start, work, read, office: at } = await office(2);
    const batch = await start({ kind: 'send', chosen: { ids } });
    expect(batch.state).toBe('held');
    await work(batch);
    await at((scope) => steerBatch(scope, batch.id, 'stop'));
    await work(batch);
    expect(await read(batch)).toMatchObject({ state: 'stopped', done: 0 });
    expect((await at((scope) => listInvoices(scope, { tab: 'draft' }))).rows).toHaveLength(2);
    expect(await at((scope) => listMails(scope, { limit: 10 }))).toHaveLength(0);
    expect((await refusalOf(at((scope) => steerBatch(scope, batch.id, 'hurry')))).code).toBe('batch_over');
  });

  test('not stopped, it is sent once to whoever receives the invoices', async () => {
    const { ids, start, work, read, office: at } = await office(2);
    const batch = await start({ kind: 'send', chosen: { ids } });
    await at((scope) => steerBatch(scope, batch.id, 'hurry'));
    await Promise.all([work(batch), work(batch)]);
    expect(await read(batch)).toMatchObject({ state: 'done', done: 2, refused: 0 });
    expect((await at((scope) => listMails(scope, { limit: 10 }))).map((mail) => mail.kind)).toEqual(['invoice_sent', 'invoice_sent']);
  });

  test('payments recorded together are taken back together, and the books are as before', async () => {
    const { issued, start, work, read, office: at, owed, system } = await office(30);
    const ids = await issued();
    const before = await owed();
    const batch = await start({ kind: 'pay', chosen: { ids }, options: pay });
    await work(batch);
    expect(await owed()).toBe(0n);
    await at((scope) => steerBatch(scope, batch.id, 'undo'));
    await Promise.all([work(batch), work(batch)]);
    expect(await read(batch)).toMatchObject({ state: 'undone', undone: 30 });
    expect(await owed()).toBe(before);
    expect(await system((scope) => verify(scope))).toEqual([]);
  });

  test('customers come back, and what somebody moved meanwhile stays as it is and is named', async () => {
    const { start, work, read, office: at, customerId } = await office(0);
    const gil = await at((scope) => createCustomer(scope, { kind: 'residential', name: 'Gil Marlowe' }));
    const batch = await start({ kind: 'archive', chosen: { customers: {} } });
    await work(batch);
    expect((await at((scope) => listCustomers(scope, {}))).items).toHaveLength(0);
    const one = await start({ kind: 'restore', chosen: { ids: [gil.id] } });
    await work(one);
    await at((scope) => steerBatch(scope, batch.id, 'undo'));
    await work(batch);
    expect(await read(batch)).toMatchObject({ state: 'undone', undone: 1, refused: 1 });
    expect((await at((scope) => refusedOf(scope, batch.id))).map(({ name, code }) => [name, code])).toEqual([['Gil Marlowe', 'already_done']]);
    expect((await at((scope) => listCustomers(scope, {}))).items.map(({ id }) => id).sort()).toEqual([customerId, gil.id].sort());
  });

  test('posted by mail shows in the portal and on the timeline, once; the mark can be taken back', async () => {
    const { issued, start, work, read, office: at } = await office(2);
    const ids = await issued();
    const batch = await start({ kind: 'post', chosen: { ids }, options: { postedOn: '2026-01-05' } });
    await work(batch);
    const again = await start({ kind: 'post', chosen: { ids }, options: { postedOn: '2026-01-05' } });
    await work(again);
    expect([(await read(batch)).done, (await read(again)).refused]).toEqual([2, 2]);
    expect((await at((scope) => listInvoices(scope, { tab: 'unpaid' }))).rows.every((row) => row.shown)).toBe(true);
    await at((scope) => steerBatch(scope, batch.id, 'undo'));
    await work(batch);
    expect(await read(batch)).toMatchObject({ state: 'undone', undone: 2 });
    expect(await at((scope) => readOfficeFacts(scope, ids[0] ?? ''))).toBeDefined();
  });
});
