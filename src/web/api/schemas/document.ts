import { OpenAPIHono, type RouteConfig, z } from '@hono/zod-openapi';
import { type Operation, scopes } from './operation.ts';
import { apiOperations } from './operations.ts';
import { problem } from './problem.ts';

const ifMatch = z.string().openapi({ description: 'The version last seen, as `"3"`.', example: '"3"' });
const idempotencyKey = z.string().openapi({
  description: 'Your own id of this act, 1 to 255 visible characters. The same key and body again is answered the same, once done.',
  example: 'b9a1a0a8-6d2c-4f5b-9a57-3f0f6f0f3c11',
});

const intro = [
  'Amounts are integers in minor units of their currency, unit prices thousandths of those, quantities thousandths, rates parts per million.',
  'Days are calendar days of the business. Ids carry a prefix that says what they are; give your own id on creation and the same act happens once.',
  'Every POST takes an Idempotency-Key; every change of a versioned thing takes If-Match. Lists are paged by cursor. Unknown fields are refused.',
].join('\n\n');

/** The OpenAPI 3.1 document of the whole API, built from the table of operations and nothing else. `server` is where it is served. */
export function openApiDocument(server: string, version: string): ReturnType<OpenAPIHono['getOpenAPI31Document']> {
  const describer = new OpenAPIHono();
  const registry = describer.openAPIRegistry;
  registry.registerComponent('securitySchemes', 'key', { type: 'http', scheme: 'bearer', description: `An API key. Scopes: ${scopes.join(', ')}.` });
  registry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-office',
    description: 'The session of a signed-in staff member.',
  });
  for (const [id, operation] of Object.entries(apiOperations)) registry.registerPath(routeOf(id, operation));
  return describer.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 'Service Invoice Pro', version, description: intro, license: { name: 'Apache 2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' } },
    servers: [{ url: `${server}/api/v1` }],
  });
}

function routeOf(id: string, operation: Operation): RouteConfig {
  const headers = z.object({
    ...(operation.ifMatch ? { 'If-Match': ifMatch } : {}),
    ...(operation.method === 'post' && !operation.keyless ? { 'Idempotency-Key': idempotencyKey } : {}),
  });
  const body = bodyOf(operation);
  return {
    operationId: id,
    method: operation.method,
    path: operation.path,
    tags: [operation.tag],
    summary: operation.summary,
    ...(operation.description === undefined ? {} : { description: operation.description }),
    security: securityOf(operation),
    request: {
      ...(operation.params === undefined ? {} : { params: operation.params }),
      ...(operation.query === undefined ? {} : { query: operation.query }),
      ...(Object.keys(headers.shape).length === 0 ? {} : { headers }),
      ...(body === undefined ? {} : { body }),
    },
    responses: {
      [operation.status]: answerOf(operation),
      '4XX': { description: 'It was not done, and why.', content: { 'application/problem+json': { schema: problem } } },
      '5XX': { description: 'Our fault, or we are busy.', content: { 'application/problem+json': { schema: problem } } },
    },
  };
}

type Body = NonNullable<NonNullable<RouteConfig['request']>['body']>;

function bodyOf({ body, upload }: Operation): Body | undefined {
  if (body !== undefined) return { required: true, content: { 'application/json': { schema: body } } };
  if (upload === undefined) return undefined;
  const content = Object.fromEntries(upload.types.map((type) => [type, { schema: { type: 'string' as const, format: 'binary' } }]));
  return { required: true, description: `At most ${upload.maxBytes} bytes.`, content };
}

function answerOf({ answer, status, ifMatch: versioned }: Operation): RouteConfig['responses'][string] {
  if (answer === null) return { description: status === 204 ? 'Done.' : 'Accepted.' };
  if (!('contentType' in answer)) {
    const headers = versioned ? { ETag: { description: 'The new version, for the next If-Match.', schema: { type: 'string' as const } } } : undefined;
    return { description: 'Done.', content: { 'application/json': { schema: answer } }, ...(headers === undefined ? {} : { headers }) };
  }
  return {
    description: answer.description,
    content: { [answer.contentType]: { schema: { type: 'string', ...(answer.contentType.startsWith('text/') ? {} : { format: 'binary' }) } } },
  };
}

function securityOf({ access }: Operation): Record<string, string[]>[] {
  if (access === 'anyone') return [];
  if (access === 'session' || access === 'fresh' || access === 'field') return [{ session: [] }];
  return [{ key: [access] }, { session: [] }];
}
