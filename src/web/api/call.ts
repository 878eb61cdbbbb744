import type { z } from '@hono/zod-openapi';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { type IdKind, readId } from '../../core/ids.ts';
import { Refusal } from '../../core/refusal.ts';
import { inOpened } from '../../db/read.ts';
import type { Scope } from '../../db/scope.ts';
import { type Act, abandonAct, beginAct, finishAct, type Lease, settleAct } from '../../domain/acts/acts.ts';
import { mustBeAllowed } from '../../domain/people/rights.ts';
import type { Deps, WebContext } from '../context.ts';
import { problemOf } from '../errors.ts';
import { type Asking, actorOf, callerName, type OfficeGrant } from './caller.ts';
import { meterOf } from './meter.ts';
import type { Operation } from './schemas/operation.ts';
import { noteUse } from './use.ts';

type Parsed<Op, Part extends 'params' | 'query' | 'body'> = Op extends { [P in Part]: infer S extends z.ZodType } ? z.output<S> : Record<never, never>;
export type AnswerOf<Op> = Op extends { answer: infer S extends z.ZodType } ? z.input<S> : null;

/** One request to one operation, parsed and let in. A handler reads with `read`, changes with `act`, and does slow outside work between. */
export type Call<Op extends Operation = Operation> = Readonly<{
  c: WebContext;
  deps: Deps;
  params: Parsed<Op, 'params'>;
  query: Parsed<Op, 'query'>;
  body: Parsed<Op, 'body'>;
  /** The version the caller last saw, from If-Match. */
  version: number;
  grant: OfficeGrant;
  /** A transaction that only looks. */
  read: <T>(work: (scope: Scope) => Promise<T>) => Promise<T>;
  /** The transaction of the effect, its answer, and the memory of both for the Idempotency-Key: all or nothing. */
  act: (work: (scope: Scope) => Promise<AnswerOf<Op>>) => Promise<Response>;
  answer: (value: AnswerOf<Op>) => Response;
}>;

/** One handler per operation of a table; a missing or an extra one does not compile. */
export type HandlersOf<Table extends Record<string, Operation>> = { [Id in keyof Table]: (call: Call<Table[Id]>) => Promise<Response> };

export type Incoming = Readonly<{
  c: WebContext;
  deps: Deps;
  op: Operation;
  asking: Asking;
  params: unknown;
  query: unknown;
  body: unknown;
  bodyText: string | Uint8Array;
  version: number;
}>;

const freshMinutes = 10;

/** Lets a caller in, runs the handler, and keeps its answer under the Idempotency-Key where there is one. */
export async function runCall(incoming: Incoming, handler: (call: Call) => Promise<Response>): Promise<Response> {
  const { c, op } = incoming;
  const key = op.method === 'post' && !op.keyless ? c.req.header('idempotency-key') : undefined;
  if (op.method === 'post' && !op.keyless && key === undefined) throw new Refusal('idempotency_key_required');
  if (key === undefined) return handler(makeCall(incoming, null, await grantFor(incoming)));
  return runOnce(incoming, key, handler);
}

async function runOnce(incoming: Incoming, key: string, handler: (call: Call) => Promise<Response>): Promise<Response> {
  const { c, deps, op } = incoming;
  const grant = await grantFor(incoming);
  const business = grant.business ?? '';
  const act: Act = { caller: callerName(grant), id: key, route: `${op.method} ${c.req.path}`, body: incoming.bodyText };
  const begun = await beginAct(deps.database, business, act);
  if (begun.kind === 'replay') return reply(c, begun.status, begun.answer);
  try {
    return await handler(makeCall(incoming, begun.lease, grant));
  } catch (error) {
    if (!(error instanceof Refusal) || error.status >= 500 || error.code === 'idempotency_in_flight') {
      await abandonAct(deps.database, business, begun.lease);
      throw error;
    }
    const answer = JSON.stringify(problemOf(c, error));
    await settleAct(deps.database, business, begun.lease, { status: error.status, answer });
    return reply(c, error.status, answer);
  }
}

/** Opens once to learn who calls, before anything is done in their name. */
async function grantFor(incoming: Incoming): Promise<OfficeGrant> {
  let known: OfficeGrant | null = null;
  const opening = await opened(
    incoming,
    async () => null,
    (seen) => (known = seen),
  ).catch((error: unknown) => ({ error }));
  if (known !== null) await countCall(incoming, known);
  if ('error' in opening) throw opening.error;
  const { grant } = opening;
  if (grant.business !== undefined) incoming.c.set('business', grant.business);
  await noteUse(incoming.deps.database, incoming.asking, grant);
  return grant;
}

/** One more request of this key or session, and of its business. Outside any transaction: a count is kept whatever comes of the request. */
async function countCall({ c, deps, asking }: Incoming, { business = '' }: OfficeGrant): Promise<void> {
  c.set('counted', true);
  await meterOf(deps).take(c, [
    { name: asking.by, subject: asking.id },
    { name: 'business', subject: business },
  ]);
}

async function opened<T>(
  { c, deps, op, asking }: Incoming,
  work: (scope: Scope) => Promise<T>,
  seen: (grant: OfficeGrant) => void = () => {},
): Promise<{ grant: OfficeGrant; result: T }> {
  const requestId = c.get('requestId');
  const { grant, result } = await inOpened<OfficeGrant, { value: T }>(
    deps.database,
    { role: 'office', open: asking.open, actor: actorOf },
    async (plain, grant) => {
      seen(grant);
      const scope: Scope = { ...plain, requestId };
      await mustHaveAccess(scope, op, grant);
      return { value: await work(scope) };
    },
  );
  if (grant.state !== 'open' || result === null) throw new Refusal(asking.by === 'key' ? 'api_key_invalid' : 'sign_in_required');
  return { grant, result: result.value };
}

/** A closing business is only looked at; who somebody is and how they sign in is their own. */
function isRefusedWhileClosing({ method, path, early, whileClosing }: Operation): boolean {
  return method !== 'get' && early !== true && whileClosing !== true && !path.startsWith('/session') && !path.startsWith('/me');
}

async function mustHaveAccess(scope: Scope, op: Operation, grant: OfficeGrant): Promise<void> {
  const { access, early } = op;
  if (access === 'anyone') return;
  if (grant.mustSecure === true && early !== true) throw new Refusal('second_factor_required');
  if (grant.closing === true && isRefusedWhileClosing(op)) throw new Refusal('business_closing');
  if (access === 'session' || access === 'fresh' || access === 'field') {
    if (grant.key !== undefined) throw new Refusal('api_key_scope');
    if (access === 'fresh' && !isFresh(scope, grant)) throw new Refusal('code_needed');
    if (access === 'field' && grant.role !== 'field') throw new Refusal('not_allowed');
    return;
  }
  // The crew has operations of its own, which show no more than the crew may see.
  if (grant.role === 'field') throw new Refusal('not_allowed', { right: access });
  await mustBeAllowed(scope, access);
}

/** A password alone is no proof that somebody is there now: a code, a passkey or an app is. */
const proofs: readonly string[] = ['code', 'passkey', 'app', 'recovery'];

function isFresh(scope: Scope, { authenticatedAt, assurance = [] }: OfficeGrant): boolean {
  if (authenticatedAt === undefined || !assurance.some((shown) => proofs.includes(shown))) return false;
  return Temporal.Instant.compare(Temporal.Instant.from(authenticatedAt).add({ minutes: freshMinutes }), scope.now) > 0;
}

function makeCall(incoming: Incoming, lease: Lease | null, grant: OfficeGrant): Call {
  const { c, deps, op, params, query, body, version } = incoming;
  const shape = { params, query, body } as Pick<Call, 'params' | 'query' | 'body'>;
  return {
    c,
    deps,
    ...shape,
    version,
    grant,
    read: async (work) => (await opened(incoming, work)).result,
    act: async (work) => {
      const { result } = await opened(incoming, async (scope) => {
        const value = await work(scope);
        const answer = op.status === 204 ? '' : JSON.stringify(value);
        if (lease !== null) await finishAct(scope, lease, { status: op.status, answer });
        return answer;
      });
      return reply(c, op.status, result);
    },
    answer: (value) => reply(c, op.status, op.status === 204 ? '' : JSON.stringify(value)),
  };
}

/** The version of the thing that was answered, not of one inside it: it stands first, after the id. */
const versioned = /^\{(?:"id":"\w+",)?"version":(\d{1,9})[,}]/;

/** The bytes of an answer, the first time and each time it is asked for again. */
export function reply(c: WebContext, status: number, answer: string): Response {
  c.header('Cache-Control', 'no-store');
  if (status === 204) return c.body(null, 204);
  c.header('Content-Type', status >= 400 ? 'application/problem+json' : 'application/json');
  const version = status < 400 ? versioned.exec(answer)?.[1] : undefined;
  if (version !== undefined) c.header('ETag', `"${version}"`);
  return c.body(answer, status as ContentfulStatusCode);
}

/** The inner id of a public one. What is not an id of that kind is simply not there. */
export function uuidOf(kind: IdKind, text: string): string {
  const uuid = readId(kind, text);
  if (uuid === null) throw new Refusal('not_found');
  return uuid;
}
