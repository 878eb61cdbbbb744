import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { testDatabase } from '../../../test/db.ts';
import { refusalOf, smallBusiness } from '../../../test/small-business.ts';
import { createItem } from '../items/items.ts';
import { type Act, abandonAct, beginAct, finishAct, once, settleAct, sweepActs } from './acts.ts';

const db = testDatabase(8);
const act = (over: Partial<Act> = {}): Act => ({ caller: 'key:1', id: 'k-1', route: 'POST /items', body: '{"a":1}', ...over });

describe('a form', () => {
  test('C10 sent twice has one effect and gives the same answer', async () => {
    const { office } = await smallBusiness(db().database, {}, { starter: false });
    const send = () => office((scope) => once(scope, act(), async () => ({ id: (await createItem(scope, { name: 'Visit', unitPriceMilli: 1n })).id })));
    const first = await send();
    expect(await send()).toEqual(first);
    expect(await office(({ tx, business }) => tx.selectFrom('items').select('id').where('business_id', '=', business).execute())).toEqual([first]);
  });

  test('C10 sent ten times at the same moment has one effect and gives one answer', async () => {
    const { office } = await smallBusiness(db().database, {}, { starter: false });
    const send = () => office((scope) => once(scope, act(), async () => ({ id: (await createItem(scope, { name: 'Visit', unitPriceMilli: 1n })).id })));
    const answers = await Promise.all(Array.from({ length: 10 }, send));
    expect(new Set(answers.map((answer) => answer.id)).size).toBe(1);
  });

  test('that was refused may be sent again under the same id', async () => {
    const { office } = await smallBusiness(db().database);
    await expect(office((scope) => once(scope, act(), () => Promise.reject(new Error('no'))))).rejects.toThrow('no');
    expect(await office((scope) => once(scope, act(), async () => 'done'))).toBe('done');
  });

  test('with the same id and another content is refused', async () => {
    const { office } = await smallBusiness(db().database);
    await office((scope) => once(scope, act(), async () => 1));
    expect(await refusalOf(office((scope) => once(scope, act({ body: '{"a":2}' }), async () => 2)))).toEqual({ code: 'idempotency_conflict', field: null });
  });
});

describe('A3 a request with an Idempotency-Key', () => {
  test('is answered byte for byte the same the second time', async () => {
    const { id, office } = await smallBusiness(db().database);
    const begun = await beginAct(db().database, id, act());
    if (begun.kind !== 'run') throw new Error('a new key runs');
    await office((scope) => finishAct(scope, begun.lease, { status: 201, answer: '{"id": "itm_1",\n "b":2}' }));
    expect(await beginAct(db().database, id, act())).toEqual({ kind: 'replay', status: 201, answer: '{"id": "itm_1",\n "b":2}' });
  });

  test('is refused with another body, and while the first is still running', async () => {
    const { id } = await smallBusiness(db().database);
    await beginAct(db().database, id, act());
    expect((await refusalOf(beginAct(db().database, id, act({ body: '{}' })))).code).toBe('idempotency_conflict');
    expect((await refusalOf(beginAct(db().database, id, act()))).code).toBe('idempotency_in_flight');
  });

  test('asked twenty times at once is run by exactly one', async () => {
    const { id } = await smallBusiness(db().database);
    const begun = await Promise.allSettled(Array.from({ length: 20 }, () => beginAct(db().database, id, act())));
    expect(begun.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1);
    const refusals = begun.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason.code] : []));
    expect(new Set(refusals)).toEqual(new Set(['idempotency_in_flight']));
  });

  test('whose process died is resumed after a minute, and the dead one can no longer finish', async () => {
    const { id, office, system } = await smallBusiness(db().database);
    const dead = await beginAct(db().database, id, act());
    await system(({ tx }) => sql`update acts set started_at = started_at - interval '61 seconds' where business_id = ${id}`.execute(tx));
    const resumed = await beginAct(db().database, id, act());
    if (dead.kind !== 'run' || resumed.kind !== 'run') throw new Error('both run');
    expect(resumed.resumed).toBe(true);
    expect((await refusalOf(office((scope) => finishAct(scope, dead.lease, { status: 200, answer: 'late' })))).code).toBe('idempotency_in_flight');
    await office((scope) => finishAct(scope, resumed.lease, { status: 200, answer: 'right' }));
    expect(await beginAct(db().database, id, act())).toMatchObject({ kind: 'replay', answer: 'right' });
  });

  test('is resumed by one of many', async () => {
    const { id, system } = await smallBusiness(db().database);
    await beginAct(db().database, id, act());
    await system(({ tx }) => sql`update acts set started_at = started_at - interval '61 seconds' where business_id = ${id}`.execute(tx));
    const begun = await Promise.allSettled(Array.from({ length: 10 }, () => beginAct(db().database, id, act())));
    expect(begun.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1);
  });

  test('leaves no effect when its answer could not be kept', async () => {
    const { id, office } = await smallBusiness(db().database, {}, { starter: false });
    const begun = await beginAct(db().database, id, act());
    if (begun.kind !== 'run') throw new Error('a new key runs');
    await settleAct(db().database, id, begun.lease, { status: 422, answer: 'no' });
    const late = office(async (scope) => {
      await createItem(scope, { name: 'Visit', unitPriceMilli: 1n });
      await finishAct(scope, begun.lease, { status: 201, answer: 'yes' });
    });
    expect((await refusalOf(late)).code).toBe('idempotency_in_flight');
    expect(await office(({ tx, business }) => tx.selectFrom('items').select('id').where('business_id', '=', business).execute())).toEqual([]);
    expect(await beginAct(db().database, id, act())).toEqual({ kind: 'replay', status: 422, answer: 'no' });
  });

  test('that failed by our fault can be tried again at once', async () => {
    const { id } = await smallBusiness(db().database);
    const begun = await beginAct(db().database, id, act());
    if (begun.kind !== 'run') throw new Error('a new key runs');
    await abandonAct(db().database, id, begun.lease);
    expect(await beginAct(db().database, id, act())).toMatchObject({ kind: 'run', resumed: false });
  });

  test('T7 means another act for another caller, another route and another business', async () => {
    const [ours, theirs] = [await smallBusiness(db().database), await smallBusiness(db().database)];
    const asked: [string, Act][] = [
      [ours.id, act()],
      [ours.id, act({ caller: 'key:2' })],
      [ours.id, act({ route: 'POST /customers' })],
      [theirs.id, act()],
    ];
    for (const [business, one] of asked) expect((await beginAct(db().database, business, one)).kind).toBe('run');
  });

  test.each(['', ' ', 'a b', 'ключ', 'x'.repeat(256), 'a\n'])('needs a key of visible characters: %j is refused', async (id) => {
    const { id: business } = await smallBusiness(db().database);
    expect((await refusalOf(beginAct(db().database, business, act({ id })))).code).toBe('idempotency_key_required');
  });

  test('is kept for more than a day and forgotten after a week', async () => {
    const { id, system } = await smallBusiness(db().database);
    await beginAct(db().database, id, act());
    await system(({ tx }) => sql`update acts set started_at = now() - interval '25 hours' where business_id = ${id}`.execute(tx));
    expect(await system(sweepActs)).toBe(0);
    await system(({ tx }) => sql`update acts set started_at = now() - interval '8 days' where business_id = ${id}`.execute(tx));
    expect(await system(sweepActs)).toBe(1);
  });
});
