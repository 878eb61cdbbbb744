import { z } from '@hono/zod-openapi';
import { describe, expect, it } from 'vitest';
import { breaches, requestOf } from '../../../test/api-client.ts';
import fc from '../../../test/chance.ts';
import { testWorld } from '../../../test/world.ts';
import type { Operation } from './schemas/operation.ts';
import { apiOperations, type OperationId } from './schemas/operations.ts';

const world = testWorld();
type Schema = Record<string, unknown>;

const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    '',
    ' ',
    '0',
    -1,
    0,
    1e21,
    0.1,
    Number.MAX_SAFE_INTEGER,
    '\u0000',
    '\ud800',
    '🦦'.repeat(50),
    '‮evil',
    "'; drop table customers; --",
    [],
    {},
    [[]],
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.jsonValue({ maxDepth: 2 }),
);

/** Values that keep to a schema of the document, some of the time. */
function near(schema: Schema, ids: Record<string, string>, depth = 0): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 9, arbitrary: fitting(schema, ids, depth) }, { weight: 1, arbitrary: odd });
}

function fitting(schema: Schema, ids: Record<string, string>, depth: number): fc.Arbitrary<unknown> {
  const choices = (schema['anyOf'] ?? schema['oneOf']) as Schema[] | undefined;
  if (choices !== undefined) return fc.oneof(...choices.map((choice) => near(choice, ids, depth)));
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]));
  if (schema['const'] !== undefined) return fc.constant(schema['const']);
  if (schema['type'] === 'object') return objects(schema, ids, depth);
  if (schema['type'] === 'array') return fc.array(near((schema['items'] ?? {}) as Schema, ids, depth + 1), { maxLength: 3 });
  if (schema['type'] === 'integer') return fc.oneof(fc.integer({ min: -5, max: 400 }), fc.maxSafeInteger());
  if (schema['type'] === 'boolean') return fc.boolean();
  if (schema['type'] === 'null') return fc.constant(null);
  if (schema['type'] === 'string') return texts(schema, ids);
  return odd;
}

function objects(schema: Schema, ids: Record<string, string>, depth: number): fc.Arbitrary<unknown> {
  if (depth > 4) return fc.constant({});
  const fields = Object.entries((schema['properties'] ?? {}) as Record<string, Schema>).map(([name, field]) => [name, near(field, ids, depth + 1)] as const);
  const required = ((schema['required'] ?? []) as string[]).filter((_, at) => at !== 7);
  return fc.record(Object.fromEntries(fields), { requiredKeys: required });
}

function texts(schema: Schema, ids: Record<string, string>): fc.Arbitrary<unknown> {
  const pattern = typeof schema['pattern'] === 'string' ? schema['pattern'] : '';
  const prefix = /^\^([a-z]+)_/.exec(pattern)?.[1];
  const ours = Object.values(ids).filter((id) => prefix !== undefined && id.startsWith(`${prefix}_`));
  const days = fc.constantFrom('2026-12-04', '2026-02-30', '0001-01-01', '9999-12-31', '275760-09-13');
  return fc.oneof(
    ...ours.map((id) => fc.constant(id)),
    days,
    fc.constantFrom('ida@example.com', 'America/Chicago', 'USD', 'a', '#1f5f4a'),
    fc.string({ unit: 'grapheme', maxLength: 30 }),
  );
}

const schemaOf = (schema: z.ZodType | undefined): Schema =>
  schema === undefined ? {} : (z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema);

// Sign-in is throttled by design and its hashing is slow by design; streams do not end.
const left: OperationId[] = [
  'signUp',
  'resendSignUpCode',
  'confirmSignUp',
  'signIn',
  'signOut',
  'sendFreshCode',
  'confirmFreshCode',
  'streamEvents',
  'switchBusiness',
];
const operations = (Object.entries(apiOperations) as [OperationId, Operation][]).filter(([id]) => !left.includes(id));
const perOperation = Math.ceil(2_000 / operations.length);

describe('A2 two thousand generated requests', () => {
  it.each(operations.map(([id]) => id))('%s never fails for a reason of ours and never leaves the document', async (id) => {
    const { web, otter, mop } = world();
    const op: Operation = apiOperations[id];
    const ids = { ...otter.ids, foreign: mop.ids.customerId, draft: otter.ids.draftId };
    const [params, query, body] = [op.params, op.query, op.body].map(schemaOf) as [Schema, Schema, Schema];
    const asked = fc.record({
      params: near(params, ids).map((value) => ({ ...otter.ids, ...strings(value) })),
      query: near(query, ids).map(strings),
      body: op.body === undefined ? fc.constant(undefined) : near(body, ids),
      version: fc.constantFrom(1, 2, 3),
    });
    await fc.assert(
      fc.asyncProperty(asked, async ({ body: sent, ...rest }) => {
        const raw = op.upload === undefined ? {} : { raw: { bytes: 'name\nx\n', type: op.upload.types[0] ?? '' } };
        const request = requestOf(op, otter.owner, { ...rest, ...raw, ...(sent === undefined ? {} : { body: sent }) });
        const answer = await web.app.request(request);
        const text = await answer.text();
        expect(answer.status, text).toBeLessThan(500);
        expect(breaches(op, answer.status, answer.headers, text)).toEqual([]);
      }),
      { numRuns: perOperation },
    );
  });
});

function strings(value: unknown): Record<string, string> {
  if (value === null || typeof value !== 'object') return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => (['string', 'number', 'boolean'].includes(typeof inner) ? [[name, String(inner)]] : [])),
  );
}
