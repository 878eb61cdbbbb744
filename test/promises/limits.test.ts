import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { publicId } from '../../src/core/ids.ts';
import { limits } from '../../src/core/limits.ts';
import { newId } from '../../src/db/fresh.ts';
import { setLogLevel } from '../../src/log.ts';
import type { Operation } from '../../src/web/api/schemas/operation.ts';
import { apiOperations, type OperationId } from '../../src/web/api/schemas/operations.ts';
import { ask, done, requestOf } from '../api-client.ts';
import { formOf, knock } from '../many-callers.ts';
import { testKeys } from '../small-business.ts';
import { testWeb } from '../web.ts';
import { type House, inner, makeHouse } from '../world.ts';

setLogLevel('silent');
const web = testWeb();
let house: House;
let cookie = '';
beforeAll(async () => {
  house = await makeHouse(web());
  cookie = `link=${testKeys.linkToken(house.business.id, inner('link', house.ids.linkId))}; portal=${house.portal.cookies?.['portal']}`;
});

const operations = Object.entries(apiOperations) as [OperationId, Operation][];
const post = async (path: string, body: string, headers: Record<string, string> = {}): Promise<{ status: number; code: string }> => {
  const own = { 'content-type': 'application/json', authorization: `Bearer ${house.key.key}`, 'idempotency-key': crypto.randomUUID() };
  const length = { 'content-length': String(Buffer.byteLength(body)) };
  const answer = await knock(web(), `/api/v1${path}`, { method: 'POST', body, headers: { ...own, ...length, ...headers } });
  return { status: answer.status, code: ((await answer.json()) as { code?: string }).code ?? '' };
};
const nested = (depth: number, open: string, close: string): string => open.repeat(depth) + close.repeat(depth);

describe('I6 a body of JSON', () => {
  test('deeper than 20, with a key twice, with __proto__, cut short or of another kind is refused before anything reads it', async () => {
    for (const body of [nested(21, '[', ']'), nested(21, '{"a":', '}').replace(/:\}/, ':1}'), nested(100_000, '[', ']'), nested(50_000, '{"a":', '1}')]) {
      const { status } = await post('/customers', body);
      expect([body.slice(0, 20), [400, 422].includes(status)]).toEqual([body.slice(0, 20), true]);
    }
    for (const body of [
      '{"kind":"residential","name":"a","name":"b"}',
      '{"name":"a","n\\u0061me":"b"}',
      '{"a":{"b":1,"b":2}}',
      '{"__proto__":{"polluted":1}}',
      '{"name":"a","address":{"__proto__":{}}}',
      '{"constructor":{"prototype":{"polluted":1}}}',
      '{',
      '',
      'null',
      '[]',
      '1e999',
      '{"name":NaN}',
      "{'name':'a'}",
      '{"name":"a"}x',
      '\ufeff{}',
    ]) {
      const { status } = await post('/customers', body);
      expect([body, [400, 422].includes(status)]).toEqual([body, true]);
    }
    expect('polluted' in {}).toBe(false);
    for (const type of ['text/json', 'application/xml', 'application/json5', 'application/jsonp', ''])
      expect((await post('/customers', '{}', { 'content-type': type })).status).toBe(415);
  });

  test('of more than 1 MB is refused, by length and when no length is told', async () => {
    const large = JSON.stringify({ kind: 'residential', name: 'x'.repeat(limits.jsonBodyBytes) });
    expect(await post('/customers', large)).toEqual({ status: 413, code: 'body_too_large' });
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${house.key.key}`, 'transfer-encoding': 'chunked' };
    expect((await knock(web(), '/api/v1/customers', { method: 'POST', body: large, headers })).status).toBe(413);
    const path = `/${house.business.slug}/d/${house.ids.invoiceId}/ask`;
    const form = formOf({ act: '', line: '', text: 'x'.repeat(limits.formBodyBytes) });
    expect((await knock(web(), path, { ...form, headers: { ...(form.headers as Record<string, string>), cookie } })).status).toBe(413);
  });

  test('of legal size with the most of everything is answered, not choked on', async () => {
    const lines = Array.from({ length: limits.linesPerDocument }, (_, at) => ({
      id: publicId('line', newId()),
      name: `${at} ${'x'.repeat(100)}`,
      quantityMilli: 1000,
      unitPriceMilli: 1000,
      taxRateId: null,
    }));
    const preview = (all: unknown[]) =>
      post('/invoices/preview-totals', JSON.stringify({ customerId: house.ids.customerId, pricesIncludeTax: false, discount: null, lines: all }));
    expect(await preview(lines)).toEqual({ status: 200, code: '' });
    expect(await preview([...lines, ...lines])).toEqual({ status: 422, code: 'invalid_input' });
  });
});

describe('I6 a query', () => {
  test('that names something twice, or something unknown, is refused by every operation', async () => {
    for (const [id, op] of operations.filter(([, { method, access }]) => method === 'get' && access !== 'anyone')) {
      for (const query of ['limit=1&limit=2', 'zz=1', '__proto__=1', 'api_key=sip_x']) {
        const request = requestOf(op, house.owner, { params: house.ids });
        const answer = await web().app.request(new Request(`${request.url}?${query}`, { headers: request.headers }));
        expect([id, query, answer.status === 400 || answer.status === 422]).toEqual([id, query, true]);
        await answer.body?.cancel();
      }
    }
  });
});

const odd = [
  '\0',
  'a\0b',
  '\ud800',
  '\udfff x',
  '%',
  '%00',
  '%ff',
  '\u202e',
  '\r\nX-Evil: 1',
  'x'.repeat(5_000),
  '9'.repeat(400),
  '-1',
  '1e3',
  '０',
  'NaN',
  "'",
  '{}',
  '[]',
  '😀'.repeat(300),
  '../../x',
  'undefined',
  '\u{e0041}',
];

describe('I8 I9 an odd text', () => {
  test('in any address or query of the portal never ends in an error of ours', async () => {
    const routes = [
      ...new Set(
        web()
          .app.routes.filter(({ method, path }) => method === 'GET' && path.startsWith('/:business'))
          .map(({ path }) => path),
      ),
    ];
    const names: Record<string, string> = {
      business: house.business.slug,
      document: house.ids.invoiceId,
      payment: house.ids.paymentId,
      file: house.ids.fileId,
    };
    expect(routes.length).toBeGreaterThan(20);
    for (const path of routes.filter((each) => !each.endsWith('/events'))) {
      const own = path.replace(/:(\w+)/g, (_, name: string) => names[name] ?? 'x');
      for (const text of odd) {
        const value = encodeURIComponent(text.toWellFormed());
        for (const url of [
          `${own}?q=${value}&tab=${value}&page=${value}&cursor=${value}&amount=${value}&part=${value}&line=${value}&lang=${value}&failed=${value}&after=${value}`,
          path.replace(/:(\w+)/g, value.slice(0, 2_000) || 'x'),
        ]) {
          const answer = await knock(web(), url, { headers: { cookie } });
          expect([url.slice(0, 200), answer.status < 500]).toEqual([url.slice(0, 200), true]);
          await answer.body?.cancel();
        }
      }
    }
  }, 60_000);

  test('in any field of a form of the portal is taken, cleaned or refused, never an error of ours', async () => {
    const at = `/${house.business.slug}`;
    const document = `${at}/d/${house.ids.invoiceId}`;
    const fields = [
      'act',
      'text',
      'line',
      'amount',
      'amountMinor',
      'method',
      'day',
      'note',
      'part',
      'email',
      'find-email',
      'number',
      'code',
      'name',
      'phone',
      'language',
      'remember',
    ];
    for (const path of [`${document}/ask`, `${document}/announce`, `${document}/pay`, `${at}/code`, `${at}/find`, `${at}/code/enter`, `${at}/profile`]) {
      for (const text of odd) {
        for (const only of [null, 'number', 'text', 'note', 'name']) {
          const calm = {
            text: 'Why?',
            amount: '1.00',
            amountMinor: '100',
            method: 'check',
            day: '2026-12-01',
            email: 'x@example.com',
            'find-email': 'x@example.com',
            number: '1001',
            code: '123456',
            name: 'Rosa',
            phone: '',
            language: 'en',
          };
          const given = only === null ? Object.fromEntries(fields.map((name) => [name, text])) : { ...calm, [only]: text };
          const form = formOf({ act: crypto.randomUUID(), ...given });
          const answer = await knock(web(), path, { ...form, headers: { ...(form.headers as Record<string, string>), cookie } });
          expect([path, only, text.slice(0, 40), answer.status < 500]).toEqual([path, only, text.slice(0, 40), true]);
          expect(answer.headers.get('x-evil')).toBeNull();
        }
      }
    }
  }, 60_000);

  test('in any query of the API, or in any cell of a file, never ends in an error of ours', async () => {
    for (const [id, op] of operations.filter(([, { method, query }]) => method === 'get' && query)) {
      for (const text of odd.slice(0, 12)) {
        const request = requestOf(op, house.owner, { params: house.ids });
        const value = encodeURIComponent(text.toWellFormed());
        for (const name of ['q', 'cursor', 'from', 'fileName', 'note']) {
          const answer = await web().app.request(new Request(`${request.url}?${name}=${value}`, { headers: request.headers }));
          expect([id, name, text.slice(0, 40), answer.status < 500]).toEqual([id, name, text.slice(0, 40), true]);
          await answer.body?.cancel();
        }
      }
    }
    const cells = odd.map((text) => `"${text.replaceAll('"', '""')}","${text.replaceAll('"', '""')}"`);
    for (const bytes of [`name,email\n${cells.join('\n')}\n`, `name,em\0ail,x\0\nA,b@example.com,c\n`, `na\0me\n\0\n`]) {
      const begun = await ask(web(), house.owner, 'startImport', { query: { kind: 'customers', fileName: 'odd.csv' }, raw: { bytes, type: 'text/csv' } });
      expect([202, 422]).toContain(begun.status);
      let shown = begun.json;
      for (let tries = 0; tries < 100 && shown.state === 'running'; tries += 1) {
        await new Promise((over) => setTimeout(over, 50));
        shown = await done(web(), house.owner, 'readImport', { params: { importId: shown.id } });
      }
      expect([bytes.slice(0, 20), shown.state]).not.toEqual([bytes.slice(0, 20), 'running']);
    }
  }, 60_000);
});

/** Every regular expression written in the product, with where it stands. */
function expressions(): { where: string; source: string; flags: string }[] {
  const root = new URL('../../src/', import.meta.url);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name) && !/\.test\./.test(name));
  return files.flatMap((name) => {
    const text = readFileSync(new URL(name, root), 'utf8').replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/.*$/gm, '');
    return [...text.matchAll(/(?<=[(,=:[!&|?{};\n>]\s*|\breturn\s+)\/((?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/([dgimsuvy]*)(?=\s*[.,;)\]}:\n])/g)].map(
      ([, source = '', flags = '']) => ({ where: name, source, flags: flags.replace(/[gy]/g, '') }),
    );
  });
}

/** Texts that make a badly written expression go back over itself: each piece of its own letters many times, and then something that does not fit. */
function pumps(source: string): string[] {
  const own = source
    .replace(/\\[dwsbDWSBpPu]|[[\](){}^$*+?|\\]/g, ' ')
    .split(/\s+/)
    .filter((piece) => piece.length > 0 && piece.length < 8);
  const pieces = ['a', ' ', '0', '-', '.', '\n', '"', '\\', '<', '/', '%', ',', '$', 'a ', ...new Set(own)];
  return pieces.flatMap((piece) => ['!', '\u0000', ' x'].map((end) => piece.repeat(Math.ceil(2_000 / piece.length)) + end));
}

describe('I7 the regular expressions of the product', () => {
  test('are found, and none goes back over itself: not one takes a noticeable time for 2,000 letters', () => {
    const all = expressions();
    expect(all.length).toBeGreaterThan(120);
    const taken = (expression: RegExp, text: string): number => {
      const started = performance.now();
      expression.test(text);
      return performance.now() - started;
    };
    const slow: string[] = [];
    for (const { where, source, flags } of all) {
      const expression = new RegExp(source, flags);
      // A busy machine may pause once; a bad expression is slow each time.
      const bad = pumps(source).find((text) => [0, 1, 2].every(() => taken(expression, text) > 100));
      if (bad !== undefined) slow.push(`${where}: /${source}/ on ${JSON.stringify(bad.slice(0, 10))}`);
    }
    expect(slow).toEqual([]);
  }, 60_000);
});
