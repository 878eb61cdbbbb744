import type { z } from '@hono/zod-openapi';
import type { Hono } from 'hono';
import { Refusal, type RefusalCode, refusals } from '../../core/refusal.ts';
import { networkOf } from '../../domain/people/entry/throttles.ts';
import { callerAddress, type Deps, type WebContext, type WebEnv } from '../context.ts';
import { type Call, type HandlersOf, type Incoming, reply, runCall } from './call.ts';
import { askingOf } from './caller.ts';
import { readJson } from './json.ts';
import { meterOf } from './meter.ts';
import type { Operation } from './schemas/operation.ts';

type Open = (call: Omit<Call, 'read' | 'act' | 'grant'>) => Promise<Response>;

/** Serves a table of operations: each is parsed by its own schemas before its handler sees anything. */
export function register<Table extends Record<string, Operation>>(routes: Hono<WebEnv>, deps: Deps, table: Table, handlers: HandlersOf<Table>): void {
  for (const [id, op] of Object.entries(table)) {
    const handler = handlers[id] as unknown as (call: Call) => Promise<Response>;
    routes.on(op.method.toUpperCase(), op.path.replace(/\{(\w+)\}/g, ':$1'), (c) => serve(c, deps, op, handler));
  }
}

/** Counts who asks: whoever is let in by key or session and business, everything else by network. */
async function serve(c: WebContext, deps: Deps, op: Operation, handler: (call: Call) => Promise<Response>): Promise<Response> {
  const network = { name: 'network', subject: networkOf(callerAddress(c)) } as const;
  if (op.access === 'anyone') await meterOf(deps).take(c, [network]);
  try {
    return await serveCounted(c, deps, op, handler);
  } catch (error) {
    if (op.access !== 'anyone' && c.get('counted') !== true && error instanceof Refusal) await meterOf(deps).take(c, [network]);
    throw error;
  }
}

async function serveCounted(c: WebContext, deps: Deps, op: Operation, handler: (call: Call) => Promise<Response>): Promise<Response> {
  const params = op.params ? parse(op.params, c.req.param(), 'not_found') : {};
  if (op.access === 'anyone') {
    const { body } = await readBody(c, op);
    const open: Parameters<Open>[0] = {
      c,
      deps,
      params,
      query: readQuery(c, op),
      body,
      version: 0,
      answer: (value: unknown) => answerOpen(c, op, value),
    } as never;
    return (handler as unknown as Open)(open);
  }
  const asking = askingOf(c, deps.config.secureCookies);
  meterOf(deps).refuseSpent(c, { name: asking.by, subject: asking.id });
  const query = readQuery(c, op);
  const version = op.ifMatch ? readIfMatch(c) : 0;
  const { body, text } = await readBody(c, op);
  const incoming: Incoming = { c, deps, op, asking, params, query, body, bodyText: text, version };
  return runCall(incoming, handler);
}

function answerOpen(c: WebContext, op: Operation, value: unknown): Response {
  return reply(c, op.status, op.status === 204 ? '' : JSON.stringify(value));
}

function readQuery(c: WebContext, op: Operation): unknown {
  const given = c.req.queries();
  const query: Record<string, string> = {};
  for (const [name, values] of Object.entries(given)) {
    if (values.length > 1) throw new Refusal('query_repeated', { field: name });
    if (name === '__proto__') throw new Refusal('unknown_field', { field: name });
    query[name] = values[0] ?? '';
  }
  if (op.query) return parse(op.query, query, 'invalid_input');
  const extra = Object.keys(query)[0];
  if (extra !== undefined) throw new Refusal('unknown_field', { field: extra });
  return {};
}

/** `"3"`, or a weak `W/"3"` as proxies make of it. */
function readIfMatch(c: WebContext): number {
  const header = c.req.header('if-match');
  if (header === undefined) throw new Refusal('version_required');
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(header)?.[1];
  if (version === undefined) throw new Refusal('stale_version');
  return Number(version);
}

/** An upload is left to its handler, as a stream; JSON is read here and nowhere else. */
async function readBody(c: WebContext, op: Operation): Promise<{ body: unknown; text: string }> {
  const type = (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (op.upload) {
    if (!op.upload.types.includes(type)) throw new Refusal('content_type_unsupported');
    // The key of an upload stands for its address and length; the content itself is recognised by its own hash.
    return { body: {}, text: `${c.req.url}\n${c.req.header('content-length') ?? ''}` };
  }
  if (!op.body) {
    const text = op.method === 'get' || op.method === 'delete' ? '' : await c.req.text();
    if (text !== '' && text !== '{}') throw new Refusal('unknown_field');
    return { body: {}, text };
  }
  if (type !== 'application/json') throw new Refusal('content_type_unsupported');
  const text = await c.req.text();
  return { body: parse(op.body, readJson(text), 'invalid_input'), text };
}

function parse(schema: z.ZodType, value: unknown, otherwise: RefusalCode): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  if (otherwise === 'not_found') throw new Refusal('not_found');
  throw new Refusal(otherwise, { errors: result.error.issues.slice(0, 50).flatMap(fieldsOf) });
}

function fieldsOf(issue: z.core.$ZodIssue): { field: string; code: string; detail: string }[] {
  const field = issue.path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((name) => ({ field: field ? `${field}.${name}` : name, code: 'unknown_field', detail: refusals.unknown_field.sentence }));
  }
  return [{ field, code: issue.code, detail: issue.message }];
}
