// Writes office/api/types.ts from the API's own document: the office knows of the server what any program may know.
// With --check it writes nothing and fails when the file is not current.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile, type JSONSchema } from 'json-schema-to-typescript';
import { openApiDocument } from '../src/web/api/schemas/document.ts';
import type { Operation } from '../src/web/api/schemas/operation.ts';
import { apiOperations } from '../src/web/api/schemas/operations.ts';

type Parameter = { in: string; name: string; required?: boolean; schema: JSONSchema };
type Told = {
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: { $ref?: string } }> };
  responses: Record<string, { content?: Record<string, { schema: { $ref?: string } }> }>;
};

const target = join(import.meta.dirname, '..', 'office', 'api', 'types.ts');
const document = JSON.parse(JSON.stringify(openApiDocument('', '0')).replaceAll('#/components/schemas/', '#/$defs/')) as {
  paths: Record<string, Record<string, Told>>;
  components: { schemas: Record<string, JSONSchema> };
};

const schemas: Record<string, JSONSchema> = { ...document.components.schemas };
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const nameOf = (schema: { $ref?: string } | undefined): string | null => schema?.$ref?.slice('#/$defs/'.length) ?? null;

/** Parameters of one place as an object type of its own; null when there are none. */
function parametersType(id: string, told: Told, place: 'path' | 'query'): string | null {
  const own = (told.parameters ?? []).filter((parameter) => parameter.in === place);
  if (own.length === 0) return null;
  const name = `${capital(id)}${place === 'path' ? 'Params' : 'Query'}`;
  schemas[name] = {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(own.map((parameter) => [parameter.name, parameter.schema])),
    required: own.filter((parameter) => parameter.required).map((parameter) => parameter.name),
  };
  return name;
}

function operationType(id: string, operation: Operation): string {
  const told = document.paths[operation.path]?.[operation.method];
  if (told === undefined) throw new Error(`${id} is not in the document`);
  const body = nameOf(told.requestBody?.content['application/json']?.schema);
  const answer = nameOf(told.responses[String(operation.status)]?.content?.['application/json']?.schema);
  const fields = {
    params: parametersType(id, told, 'path') ?? 'undefined',
    query: parametersType(id, told, 'query') ?? 'undefined',
    body: body ?? (operation.upload === undefined ? 'undefined' : 'Blob'),
    answer: answer ?? (operation.answer === null ? 'undefined' : 'Blob'),
  };
  return `  ${id}: { ${Object.entries(fields)
    .map(([name, type]) => `${name}: ${type}`)
    .join('; ')} };`;
}

/** What the client must know while it runs: method, path, and which of If-Match, Idempotency-Key it sends. */
function callOf(id: string, operation: Operation): string {
  const flags = [operation.ifMatch ? 'v' : '', operation.method === 'post' && !operation.keyless ? 'k' : ''].join('');
  return `  ${id}: ['${operation.method.toUpperCase()}', '${operation.path}'${flags === '' ? '' : `, '${flags}'`}],`;
}

const table: [string, Operation][] = Object.entries(apiOperations);
const operationTypes = table.map(([id, operation]) => operationType(id, operation));
const root: JSONSchema = {
  type: 'object',
  additionalProperties: false,
  properties: Object.fromEntries(Object.keys(schemas).map((name) => [name, { $ref: `#/$defs/${name}` }])),
  $defs: schemas,
};
const types = await compile(root, 'All', {
  bannerComment: '',
  additionalProperties: false,
  ignoreMinAndMaxItems: true,
  format: false,
  unreachableDefinitions: false,
});
const withoutRoot = types.replace(/export interface All \{[\s\S]*?\n\}\n/, '');
const text = `// Made from the OpenAPI document of /api/v1 by bin/api-types.ts. Do not change by hand.

${withoutRoot.trim()}

export interface Operations {
${operationTypes.join('\n')}
}

/** Method, path, and what goes along: v = If-Match, k = Idempotency-Key. */
export const calls = {
${table.map(([id, operation]) => callOf(id, operation)).join('\n')}
} as const satisfies Record<keyof Operations, readonly [string, string, string?]>;
`;

if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== text) {
    process.stderr.write('office/api/types.ts is not current: run "node bin/api-types.ts".\n');
    process.exit(1);
  }
} else {
  writeFileSync(target, text);
}
