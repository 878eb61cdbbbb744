import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openApiDocument } from '../../src/web/api/schemas/document.ts';
import { testOrigin, testWeb } from '../web.ts';
import { breaking } from './breaking.ts';

const kept = JSON.parse(readFileSync(join(import.meta.dirname, 'openapi.kept.json'), 'utf8'));
const today = JSON.parse(JSON.stringify(openApiDocument('', '0')));
const web = testWeb();

// biome-ignore lint/suspicious/noExplicitAny: a document is changed by hand here
type Document = any;
/** Two addresses are enough to change something in. */
const few: Document = { ...today, paths: { '/items': today.paths['/items'], '/payments': today.paths['/payments'] } };
const planted = (change: (document: Document) => void): string[] => {
  const document = structuredClone(few);
  change(document);
  return breaking(few, document);
};
const of = (document: Document, path: string, method: string): Document => document.paths[path][method];
const bodyOf = (document: Document, path: string, method: string): Document =>
  resolved(document, of(document, path, method).requestBody.content['application/json'].schema);
const answerOf = (document: Document, path: string, method: string, status = '200'): Document =>
  resolved(document, of(document, path, method).responses[status].content['application/json'].schema);
const resolved = (document: Document, schema: Document): Document => (schema.$ref ? document.components.schemas[schema.$ref.split('/').at(-1)] : schema);

describe('A9 the contract of the API', () => {
  it('still holds for programs written against the kept one: what changes is added', () => {
    expect(Object.keys(kept.paths).length).toBeGreaterThan(100);
    expect(breaking(kept, today)).toEqual([]);
  });

  it.each<[string, (document: Document) => void, RegExp]>([
    ['an operation that is gone', (d) => delete d.paths['/items'].get, /GET \/items is gone/],
    ['an operation of another name', (d) => (of(d, '/items', 'get').operationId = 'allItems'), /is called allItems/],
    ['a scope that no longer opens', (d) => (of(d, '/items', 'get').security[0] = { key: ['customers:read'] }), /no longer lets in/],
    [
      'an answer of another status',
      (d) => {
        of(d, '/items', 'post').responses['202'] = of(d, '/items', 'post').responses['201'];
        delete of(d, '/items', 'post').responses['201'];
      },
      /no longer answers 201/,
    ],
    ['a query that is not taken any more', (d) => of(d, '/items', 'get').parameters.splice(0, 1), /does not take query/],
    [
      'a header that is wanted now',
      (d) => of(d, '/items', 'get').parameters.push({ in: 'header', name: 'X-New', required: true, schema: { type: 'string' } }),
      /wants header X-New/,
    ],
    [
      'a field that must be sent now',
      (d) => {
        const body = bodyOf(d, '/items', 'post');
        body.properties.cost = { type: 'integer' };
        body.required.push('cost');
      },
      /cost is new and required/,
    ],
    ['a field that may not be left out any more', (d) => bodyOf(d, '/items', 'post').required.push('unit'), /unit is required now/],
    ['a field that is not taken any more', (d) => delete bodyOf(d, '/items', 'post').properties.unit, /unit is gone/],
    ['a shorter text', (d) => (bodyOf(d, '/items', 'post').properties.name.maxLength = 3), /narrower maxLength/],
    ['a smaller number', (d) => (bodyOf(d, '/payments', 'post').properties.amountMinor.maximum = 5), /narrower maximum/],
    ['another type', (d) => (bodyOf(d, '/items', 'post').properties.name = { type: 'integer' }), /no longer taken as string/],
    ['a word that is not taken any more', (d) => bodyOf(d, '/payments', 'post').properties.method.enum.splice(0, 1), /never .* any more/],
    ['a field that is not answered any more', (d) => delete resolved(d, answerOf(d, '/items', 'post', '201')).properties.name, /name is gone/],
    [
      'a field that is not always answered',
      (d) => {
        const item = answerOf(d, '/items', 'post', '201');
        item.required = item.required.filter((name: string) => name !== 'name');
      },
      /name is not always there/,
    ],
    [
      'a field that may be null now',
      (d) => (answerOf(d, '/items', 'post', '201').properties.name = { anyOf: [{ type: 'string' }, { type: 'null' }] }),
      /may be null/,
    ],
    ['an answer of another type', (d) => (answerOf(d, '/items', 'post', '201').properties.name = { type: 'integer' }), /may be integer/],
    [
      'an answer that is not JSON any more',
      (d) => {
        const { content } = of(d, '/items', 'get').responses['200'];
        content['text/csv'] = content['application/json'];
        delete content['application/json'];
      },
      /no longer application\/json/,
    ],
  ])('would not hold with %s', (_, change, told) => {
    const found = planted(change);
    expect(found.join('\n')).toMatch(told);
  });

  it.each<[string, (document: Document) => void]>([
    ['a new operation', (d) => (d.paths['/new'] = { get: of(d, '/items', 'get') })],
    ['a new field to send', (d) => (bodyOf(d, '/items', 'post').properties.cost = { type: 'integer' })],
    [
      'a field that may be left out now',
      (d) => {
        const body = bodyOf(d, '/items', 'post');
        body.required = body.required.filter((name: string) => name !== 'name');
      },
    ],
    ['a longer text', (d) => (bodyOf(d, '/items', 'post').properties.name.maxLength = 100_000)],
    ['a new query', (d) => of(d, '/items', 'get').parameters.push({ in: 'query', name: 'new', required: false, schema: { type: 'string' } })],
    ['a new field in an answer', (d) => (answerOf(d, '/items', 'post', '201').properties.cost = { type: 'integer' })],
    [
      'a new word in an answer',
      (d) => {
        for (const schema of Object.values<Document>(d.components.schemas))
          for (const field of Object.values<Document>(schema.properties ?? {})) field.enum?.push('new-word');
      },
    ],
    [
      'other words of explanation',
      (d) => {
        of(d, '/items', 'get').summary = 'Other';
        of(d, '/items', 'get').description = 'Other';
      },
    ],
  ])('holds with %s', (_, change) => {
    expect(planted(change)).toEqual([]);
  });

  it('stands in the address: a version that is not there is none, and no other answers in its place', async () => {
    for (const path of ['/api/v2/items', '/api/v0/items', '/api/items', '/api/v1.1/items'])
      expect((await web().app.request(`${testOrigin}${path}`)).status).toBe(404);
    expect((await web().app.request(`${testOrigin}/api/v1/items`)).status).toBe(401);
  });
});
