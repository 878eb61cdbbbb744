import { randomUUID } from 'node:crypto';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { openApiDocument } from '../src/web/api/schemas/document.ts';
import type { Operation } from '../src/web/api/schemas/operation.ts';
import { type ApiOperations, apiOperations, type OperationId } from '../src/web/api/schemas/operations.ts';
import { type TestWeb, testOrigin } from './web.ts';

/** Whoever asks: by session cookie, by API key, or nobody. `cookies` are kept as a browser keeps them. */
export type Caller = { cookies?: Record<string, string>; key?: string; business?: string };
export type Asked = Readonly<{
  params?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string | number | boolean>>;
  body?: unknown;
  /** Sent as it is, with its type. */
  raw?: { bytes: Uint8Array<ArrayBuffer> | string; type: string };
  version?: number;
  /** Idempotency-Key; one of its own when absent. */
  once?: string;
  headers?: Readonly<Record<string, string>>;
}>;
// biome-ignore lint/suspicious/noExplicitAny: answers are checked against the document instead
export type Json = any;
export type Answered = Readonly<{ status: number; text: string; json: Json; headers: Headers; response: Response }>;

const ajv = new Ajv2020({ strict: false, allErrors: true });
(addFormats as unknown as (on: Ajv2020) => void)(ajv);
ajv.addSchema(openApiDocument('', 'test') as object, 'api');
const pointer = (part: string): string => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));

/** What is wrong with an answer by the document of the API; empty when it keeps it (A1). */
export function breaches(op: Operation, status: number, headers: Headers, text: string): string[] {
  const type = (headers.get('content-type') ?? '').split(';')[0] ?? '';
  if (status >= 400) return type === 'application/problem+json' ? schemaBreaches('#/components/schemas/Problem', text) : [`an error as ${type}`];
  if (status !== op.status) return [`status ${status} instead of ${op.status}`];
  if (op.answer === null) return text === '' ? [] : ['a body where there is none'];
  if ('contentType' in op.answer) return fits(type, op.answer.contentType) ? [] : [`${type} instead of ${op.answer.contentType}`];
  const at = ['paths', op.path, op.method, 'responses', String(status), 'content', 'application/json', 'schema'].map(pointer).join('/');
  return type === 'application/json' ? schemaBreaches(`#/${at}`, text) : [`an answer as ${type}`];
}

function fits(type: string, told: string): boolean {
  return told === '*/*' || type === told || (told.endsWith('/*') && type.startsWith(told.slice(0, -1)));
}

function schemaBreaches(at: string, text: string): string[] {
  const check = ajv.getSchema(`api${at}`) ?? ajv.compile({ $ref: `api${at}` });
  if (check(JSON.parse(text))) return [];
  return (check.errors ?? []).map(({ instancePath, message, params }: ErrorObject) => `${instancePath} ${message} ${JSON.stringify(params)}`);
}

const addressOf = (op: Operation, { params = {}, query = {} }: Asked): string => {
  const path = op.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent((params[name] ?? '').toWellFormed()));
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)])).toString();
  return `${testOrigin}/api/v1${path}${search === '' ? '' : `?${search}`}`;
};

/** The request an operation is asked by, as a browser of the office or a program with a key sends it. */
export function requestOf(op: Operation, caller: Caller, asked: Asked): Request {
  const headers = new Headers(caller.key === undefined ? { 'Sec-Fetch-Site': 'same-origin' } : { Authorization: `Bearer ${caller.key}` });
  const cookie = Object.entries(caller.cookies ?? {}).map(([name, value]) => `${name}=${value}`);
  if (cookie.length > 0) headers.set('Cookie', cookie.join('; '));
  if (caller.business !== undefined) headers.set('X-Business', caller.business);
  if (op.method === 'post' && !op.keyless) headers.set('Idempotency-Key', asked.once ?? randomUUID());
  if (op.ifMatch) headers.set('If-Match', `"${asked.version ?? 1}"`);
  if (asked.raw !== undefined) headers.set('Content-Type', asked.raw.type);
  else if (asked.body !== undefined) headers.set('Content-Type', 'application/json');
  for (const [name, value] of Object.entries(asked.headers ?? {})) headers.set(name, value);
  const body = asked.raw?.bytes ?? (asked.body === undefined ? null : JSON.stringify(asked.body));
  if (asked.raw !== undefined)
    headers.set('Content-Length', String(typeof asked.raw.bytes === 'string' ? Buffer.byteLength(asked.raw.bytes) : asked.raw.bytes.length));
  return new Request(addressOf(op, asked), { method: op.method.toUpperCase(), headers, body });
}

/** Asks through the front door and throws when the answer breaks the document: so every answer any test sees is checked (A1). */
export async function ask<Id extends OperationId>(web: Pick<TestWeb, 'app'>, caller: Caller, id: Id, asked: Asked = {}): Promise<Answered> {
  const op: Operation = apiOperations[id] as ApiOperations[Id];
  const response = await web.app.request(requestOf(op, caller, asked));
  keepCookies(caller, response.headers);
  if ((response.headers.get('content-type') ?? '').startsWith('text/event-stream'))
    return { status: response.status, text: '', json: null, headers: response.headers, response };
  const bytes = Buffer.from(await response.clone().arrayBuffer());
  const text = bytes.toString('utf8');
  const found = breaches(op, response.status, response.headers, text);
  if (found.length > 0) throw new Error(`${id} ${response.status} breaks the document: ${found.slice(0, 5).join('; ')}\n${text.slice(0, 500)}`);
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  return { status: response.status, text, json: isJson ? JSON.parse(text) : null, headers: response.headers, response };
}

/** The same, and it must succeed. Answers the JSON. */
export async function done<Id extends OperationId>(web: Pick<TestWeb, 'app'>, caller: Caller, id: Id, asked: Asked = {}): Promise<Json> {
  const { status, text, json } = await ask(web, caller, id, asked);
  if (status >= 400) throw new Error(`${id} was refused: ${status} ${text.slice(0, 500)}`);
  return json;
}

function keepCookies(caller: Caller, headers: Headers): void {
  if (caller.cookies === undefined) return;
  for (const line of headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (value === '' || /max-age=0/i.test(line)) delete caller.cookies[name];
    else caller.cookies[name] = value;
  }
}
