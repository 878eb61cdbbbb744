import { sql } from 'kysely';
import { expect, it } from 'vitest';
import type { Operation } from '../../src/web/api/schemas/operation.ts';
import { apiOperations, type OperationId } from '../../src/web/api/schemas/operations.ts';
import { type Caller, requestOf } from '../api-client.ts';
import { sampleOf, schemaOf } from '../api-samples.ts';
import { type House, testWorld } from '../world.ts';

const world = testWorld();
/** What is no state of the business: the events themselves, what finds things again, and what remembers answers. */
const beside = new Set(['events', 'business_heads', 'acts', 'search_terms', 'memberships', 'counters']);

/** Arrangements of one's own desk, and work that tells of itself when it is done or leaves. */
const quiet: Readonly<Partial<Record<OperationId, string>>> = {
  orderFilters: 'the order of saved filters',
  markThreadRead: 'what a colleague has read',
  sendTest: 'a mail to oneself, told when it leaves',
  undoImport: 'told when it is undone, as import.undone',
};

async function tablesOf({ business }: House): Promise<string[]> {
  const { rows } = await business.office(({ tx }) =>
    sql<{ name: string }>`select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'business_id' and not a.attisdropped) order by 1`.execute(tx),
  );
  return rows.map(({ name }) => name).filter((name) => !beside.has(name));
}

/** How much there is in each table and which transaction wrote to it last. */
async function stateOf({ business }: House, tables: readonly string[]): Promise<Map<string, string>> {
  const each = tables.map(
    (table) => sql`select ${table}::text as name, count(*) || ' ' || coalesce(max(t.xmin::text::bigint), 0) as sum
    from ${sql.table(table)} t where t.business_id = ${business.id}`,
  );
  const { rows } = await business.system(({ tx }) => sql<{ name: string; sum: string }>`${sql.join(each, sql` union all `)}`.execute(tx));
  return new Map(rows.map(({ name, sum }) => [name, sum]));
}

const seqOf = async ({ business }: House): Promise<bigint> =>
  (await business.office(({ tx }) => sql<{ seq: bigint }>`select event_seq as seq from business_heads where business_id = ${business.id}`.execute(tx))).rows[0]
    ?.seq ?? 0n;

it('D1 D3 whatever the API is asked for, from the table of operations: what changed left an event', async () => {
  const { web, otter } = world();
  const tables = await tablesOf(otter);
  expect(tables.length).toBeGreaterThan(30);
  const acts = (Object.entries(apiOperations) as [OperationId, Operation][]).filter(
    ([id, op]) => op.method !== 'get' && op.access !== 'anyone' && id !== 'signOut',
  );
  // Deleting last, so that there is something to change before.
  acts.sort(([, a], [, b]) => Number(a.method === 'delete') - Number(b.method === 'delete'));
  const found: string[] = [];
  let changes = 0;
  let [before, seq] = [await stateOf(otter, tables), await seqOf(otter)];
  for (const [id, op] of acts) {
    const { ids } = otter;
    const query = op.query === undefined ? {} : sampleOf(schemaOf(op.query), ids);
    const body = op.body === undefined ? {} : { body: fullOf(op, ids) };
    const raw = op.upload === undefined ? {} : { raw: { bytes: 'name\nx\n', type: op.upload.types.at(-1) ?? '' } };
    const params = id.endsWith('Deposit') ? { ...ids, invoiceId: ids.depositId } : ids;
    const caller: Caller = op.access === 'field' ? otter.field : otter.owner;
    const answer = await web.app.request(requestOf(op, { cookies: { ...caller.cookies } }, { params, query, ...body, ...raw }));
    await answer.body?.cancel();
    const [after, now] = [await stateOf(otter, tables), await seqOf(otter)];
    const changed = tables.filter((table) => before.get(table) !== after.get(table));
    if (changed.length > 0) changes += 1;
    if (changed.length > 0 && now === seq && quiet[id] === undefined) found.push(`${id} ${answer.status} changed ${changed.join(', ')} and said nothing`);
    if (answer.status >= 400 && now > seq) found.push(`${id} ${answer.status} was refused and left an event`);
    [before, seq] = [after, now];
  }
  expect(found).toEqual([]);
  expect(changes).toBeGreaterThan(55);
}, 60_000);

/** Every field the document allows, so that a change changes something. */
function fullOf(op: Operation, ids: Readonly<Record<string, string>>): Record<string, unknown> {
  const schema = schemaOf(op.body);
  const one = sampleOf(schema, ids);
  const [name] = Object.keys(schema['properties'] ?? {}).filter((each) => each !== 'id' && one[each] === undefined);
  return name === undefined || Object.keys(one).length > 0 ? one : sampleOf(schema, ids, [name]);
}
