import { ApiProblem, offline, problemOf } from './problem.ts';
import { calls, type Operations } from './types.ts';

export type OperationId = keyof Operations;
export type Answer<K extends OperationId> = Operations[K]['answer'];

type Part<Name extends string, T> = undefined extends T ? { [N in Name]?: undefined } : object extends T ? { [N in Name]?: T } : { [N in Name]: T };
export type Input<K extends OperationId> = Part<'params', Operations[K]['params']> &
  Part<'query', Operations[K]['query']> &
  Part<'body', Operations[K]['body']> & {
    /** The version last seen, for what is changed under If-Match. */
    version?: number;
    /** The id of this act; the same key again is the same act, done once. Made here when absent. */
    key?: string;
    signal?: AbortSignal | undefined;
  };

/** What stands between a call and its answer: asks the person to sign in again or to confirm with a code, then resolves. */
export type Gates = { signIn: () => Promise<void>; fresh: () => Promise<void> };
let gates: Gates | null = null;

/** Set by the shell once somebody is signed in. */
export function setGates(given: Gates | null): void {
  gates = given;
}

let business: string | null = null;

/** The business this window works in. Said with every call, so that switching in another window never mixes two. */
export function workIn(businessId: string | null): void {
  business = businessId;
}

/** Calls one operation of the API. Throws ApiProblem. A session that ended meanwhile is renewed over the page and the call goes on. */
export async function call<K extends OperationId>(id: K, input: Input<K>): Promise<Answer<K>> {
  const request = requestOf(id, input);
  for (;;) {
    const response = await send(request, input.signal);
    if (response.ok) return (await readAnswer(response)) as Answer<K>;
    const problem = await problemOf(response);
    if (gates !== null && problem.code === 'sign_in_required') await gates.signIn();
    else if (gates !== null && problem.code === 'code_needed') await gates.fresh();
    else throw problem;
  }
}

/** Where a thing is that the browser loads by itself: a PDF, a preview, a download. */
export function addressOf<K extends OperationId>(id: K, input: Pick<Input<K>, 'params' | 'query'>): string {
  const params: Record<string, unknown> = (input.params as Record<string, unknown> | undefined) ?? {};
  const path = calls[id][1].replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries((input.query as Record<string, unknown> | undefined) ?? {})) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return `/api/v1${path}${text === '' ? '' : `?${text}`}`;
}

type Prepared = { url: string; init: RequestInit };

function requestOf<K extends OperationId>(id: K, input: Input<K>): Prepared {
  const [method, , flags = ''] = calls[id] as readonly [string, string, string?];
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (business !== null) headers['X-Business'] = business;
  if (flags.includes('v')) headers['If-Match'] = `"${input.version ?? 0}"`;
  if (flags.includes('k')) headers['Idempotency-Key'] = input.key ?? crypto.randomUUID();
  const body: unknown = input.body;
  if (body instanceof Blob) headers['Content-Type'] = body.type;
  else if (body !== undefined) headers['Content-Type'] = 'application/json';
  const sent = body === undefined ? null : body instanceof Blob ? body : JSON.stringify(body);
  return { url: addressOf(id, input as Pick<Input<K>, 'params' | 'query'>), init: { method, headers, body: sent, credentials: 'same-origin' } };
}

async function send({ url, init }: Prepared, signal: AbortSignal | undefined): Promise<Response> {
  try {
    return await fetch(url, signal === undefined ? init : { ...init, signal });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw offline();
  }
}

async function readAnswer(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  if (response.headers.get('content-type')?.startsWith('application/json')) return response.json();
  if (response.headers.get('content-length') === '0') return undefined;
  return response.blob();
}

export { ApiProblem };
