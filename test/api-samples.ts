import { z } from '@hono/zod-openapi';
import type { Operation } from '../src/web/api/schemas/operation.ts';
import type { Json } from './api-client.ts';

type Schema = Record<string, Json>;
export type Place = 'params' | 'query' | 'body';
/** Where in a request a text stands: `['contact', 'name']` of a body. A number is the place in a list. */
export type TextAt = Readonly<{ place: Place; path: readonly (string | number)[] }>;

export const schemaOf = (schema: z.ZodType | undefined): Schema =>
  schema === undefined ? {} : (z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema);

const alternatives = (schema: Schema): Schema[] => (schema['anyOf'] ?? schema['oneOf'] ?? [schema]) as Schema[];

/** Every place of a request where the document of the API allows a text somebody chose. */
export function textsOf(op: Operation): TextAt[] {
  const places: Place[] = ['params', 'query', 'body'];
  return places.flatMap((place) => below(schemaOf(op[place]), []).map((path) => ({ place, path })));
}

function below(schema: Schema, path: (string | number)[]): (string | number)[][] {
  const found = alternatives(schema).flatMap((each): (string | number)[][] => {
    if (each['enum'] !== undefined || each['const'] !== undefined) return [];
    if (each['type'] === 'string') return [path];
    if (each['type'] === 'array') return below(each['items'] ?? {}, [...path, 0]);
    if (each['type'] !== 'object') return [];
    return Object.entries((each['properties'] ?? {}) as Record<string, Schema>).flatMap(([name, inner]) => below(inner, [...path, name]));
  });
  return [...new Map(found.map((each) => [each.join('.'), each])).values()];
}

/** A value that keeps to a schema, with ids of `ids` by their kind. Optional fields are left out, but for those that lead to `along`. */
export function sampleOf(schema: Schema, ids: Readonly<Record<string, string>>, along: readonly (string | number)[] = []): Json {
  const choices = alternatives(schema).filter((each) => each['type'] !== 'null');
  const [at] = along;
  const chosen = choices.find((each) => (typeof at === 'string' ? each['properties']?.[at] !== undefined : typeof at === 'number' && each['type'] === 'array'));
  const each = chosen ?? choices[0] ?? {};
  if (each['enum'] !== undefined) return each['enum'][0];
  if (each['const'] !== undefined) return each['const'];
  if (each['type'] === 'object') return objectOf(each, ids, along);
  if (each['type'] === 'array') return at === 0 || each['minItems'] > 0 ? [sampleOf(each['items'] ?? {}, ids, along.slice(1))] : [];
  if (each['type'] === 'integer' || each['type'] === 'number') return Math.max(1, each['minimum'] ?? 1);
  if (each['type'] === 'boolean') return true;
  return textOf(each, ids);
}

function objectOf(schema: Schema, ids: Readonly<Record<string, string>>, along: readonly (string | number)[]): Json {
  const wanted = new Set<string>([...((schema['required'] ?? []) as string[]), ...(typeof along[0] === 'string' ? [along[0]] : [])]);
  const fields = Object.entries((schema['properties'] ?? {}) as Record<string, Schema>).filter(([name]) => wanted.has(name));
  return Object.fromEntries(fields.map(([name, inner]) => [name, byName(name) ?? sampleOf(inner, ids, name === along[0] ? along.slice(1) : [])]));
}

const named: Readonly<Record<string, string>> = {
  timeZone: 'America/Chicago',
  currency: 'USD',
  country: 'US',
  url: 'https://hooks.example.com/in',
  code: '000000',
};
const byName = (name: string): string | undefined => named[name];

function textOf(schema: Schema, ids: Readonly<Record<string, string>>): string {
  const pattern = String(schema['pattern'] ?? '');
  const prefix = /^\^([a-z]+)_/.exec(pattern)?.[1];
  const own = Object.values(ids).find((id) => prefix !== undefined && id.startsWith(`${prefix}_`));
  if (own !== undefined) return own;
  if (prefix !== undefined) return `${prefix}_${'0'.repeat(26)}`;
  if (schema['format'] === 'date') return '2026-01-02';
  if (schema['format'] === 'date-time') return '2026-01-02T00:00:00Z';
  if (schema['format'] === 'email') return 'sample@example.com';
  if (pattern.startsWith('^#')) return '#1f5f4a';
  if (pattern.includes('\\d{6}')) return '000000';
  if (pattern.includes('\\d')) return '1';
  return 'Sample'.padEnd(schema['minLength'] ?? 0, ' of a text');
}

/** The same value with another one at one place. */
export function replaced(value: Json, path: readonly (string | number)[], by: unknown): Json {
  const [at, ...rest] = path;
  if (at === undefined) return by;
  if (Array.isArray(value)) return value.map((each, place) => (place === at ? replaced(each, rest, by) : each));
  return { ...value, [at]: replaced(value?.[at], rest, by) };
}
