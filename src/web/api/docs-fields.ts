import { z } from '@hono/zod-openapi';

export type FieldRow = Readonly<{ name: string; type: string; note: string }>;
type Json = { [name: string]: unknown };

/** The fields of a schema, nested ones with their path: what a reader needs to fill one in. */
export function fieldRows(schema: z.ZodType): FieldRow[] {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', override: tellOf }) as Json;
  return rowsOf(json, '', json).slice(0, 200);
}

/** What is said of a field for the document of the API is said on the page too. */
function tellOf({ zodSchema, jsonSchema }: { zodSchema: unknown; jsonSchema: Json }): void {
  const told = (zodSchema as { _zod?: { def?: { openapi?: { metadata?: Json } } } })._zod?.def?.openapi?.metadata;
  if (typeof told?.['description'] === 'string') jsonSchema['description'] = told['description'];
}

function rowsOf(schema: Json, path: string, root: Json): FieldRow[] {
  const properties = (schema['properties'] ?? {}) as Record<string, Json>;
  const required = new Set((schema['required'] as string[] | undefined) ?? []);
  return Object.entries(properties).flatMap(([name, field]) => {
    const at = path === '' ? name : `${path}.${name}`;
    const note = typeof field['description'] === 'string' ? field['description'] : '';
    const row = { name: at, type: `${typeOf(field)}${required.has(name) ? '' : ', optional'}`, note };
    return [row, ...inner(field, at, root)];
  });
}

/** One level more for objects and lists of them; deeper ones are told by their own operation. */
function inner(field: Json, at: string, root: Json): FieldRow[] {
  if (at.split('.').length > 3) return [];
  if (field['type'] === 'object') return rowsOf(field, at, root);
  const items = field['items'] as Json | undefined;
  if (items?.['type'] === 'object') return rowsOf(items, `${at}[]`, root);
  const choices = (field['anyOf'] ?? field['oneOf']) as Json[] | undefined;
  const shaped = choices?.find((choice) => choice['type'] === 'object');
  return shaped === undefined ? [] : rowsOf(shaped, at, root);
}

function typeOf(field: Json): string {
  const choices = (field['anyOf'] ?? field['oneOf']) as Json[] | undefined;
  if (choices !== undefined) return [...new Set(choices.map(typeOf))].join(' or ');
  if (Array.isArray(field['enum'])) return field['enum'].map(String).join(' | ');
  if (field['const'] !== undefined) return String(field['const']);
  if (field['type'] === 'array') return `list of ${typeOf((field['items'] ?? {}) as Json)}`;
  return typeof field['type'] === 'string' ? field['type'] : 'any';
}
