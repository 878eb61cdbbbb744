import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { Refusal, type RefusalCode, refusals, statusOf } from '../core/refusal.ts';
import { isStorageFailure } from '../core/storage-failure.ts';
import { isDatabaseAway } from '../db/away.ts';
import { isKnownBusiness } from '../domain/front/front.ts';
import { errorFields, log } from '../log.ts';
import type { Problem } from './api/schemas/problem.ts';
import type { WebContext } from './context.ts';
import { contentPolicy, loggedPath } from './guards.ts';
import { localeFor } from './portal/visit.ts';
import { errorPage } from './ui/error-page.tsx';

/** Whether it was done is not known: the answer to the commit may be what was lost. Asked again under its key it is done once. */
const databaseAway = 'We cannot reach our own records right now. Send the same request again in a moment; with the same Idempotency-Key it is done once.';

/** The one place where an error becomes an answer: problem JSON for the API, a page for people. A bug says its request id and nothing else. */
export function translateError(error: unknown, c: WebContext): Response {
  const refusal = asRefusal(error);
  if (refusal === null) {
    const away = isDatabaseAway(error);
    const storage = !away && isStorageFailure(error);
    log.error(away ? 'database cannot be reached' : storage ? 'files cannot be reached' : 'request failed', {
      requestId: c.get('requestId'),
      method: c.req.method,
      path: loggedPath(c.req.path),
      ...errorFields(error),
    });
    if (away) return answer(c, statusOf.unavailable, 'busy', databaseAway, { retryAfterSeconds: 2 });
    if (storage) return answer(c, statusOf.unavailable, 'busy', refusals.busy.sentence, {});
    return answer(c, 500, 'internal', 'Something went wrong on our side. Nothing is lost; please try again.', {});
  }
  return answer(c, refusal.status, refusal.code, refusal.message, refusal.details);
}

export function answerNotFound(c: WebContext): Response {
  return answer(c, statusOf.not_found, 'not_found', refusals.not_found.sentence, {});
}

function asRefusal(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error;
  // Hono throws these for bodies it cannot read.
  if (error instanceof HTTPException && error.status < 500) return new Refusal('body_malformed');
  // The caller left in the middle of its own body: nobody reads this answer, and nothing is wrong here.
  if (error instanceof Error && error.message === 'aborted' && 'code' in error && error.code === 'ECONNRESET') return new Refusal('body_malformed');
  return null;
}

function answer(c: WebContext, status: number, code: RefusalCode | 'internal', detail: string, details: Refusal['details']): Response {
  const retryAfterS = details['retryAfterSeconds'];
  if (typeof retryAfterS === 'number') c.header('Retry-After', String(retryAfterS));
  c.header('Cache-Control', 'no-store');
  if (c.req.path.startsWith('/api/')) {
    c.header('Content-Type', 'application/problem+json');
    return c.body(JSON.stringify(problem(c, status, code, detail, details)), status as ContentfulStatusCode);
  }
  c.header('X-Robots-Tag', 'noindex, nofollow');
  const slug = c.req.path.split('/')[1] ?? '';
  const page = { status, locale: localeFor(c, null), requestId: c.get('requestId') ?? '', nonce: contentPolicy(c), slug: isKnownBusiness(slug) ? slug : null };
  return c.html(errorPage(page), status as ContentfulStatusCode);
}

/** A refusal as RFC 9457 says it: our stable code, the sentence, the fields at fault. */
export function problemOf(c: WebContext, refusal: Refusal): Problem {
  return problem(c, refusal.status, refusal.code, refusal.message, refusal.details);
}

function problem(c: WebContext, status: number, code: string, detail: string, details: Refusal['details']): Problem {
  const { field, errors } = details;
  const listed = Array.isArray(errors) ? (errors as Problem['errors']) : typeof field === 'string' ? [{ field, code, detail }] : undefined;
  return {
    type: `/api/docs#${code}`,
    title: code.replaceAll('_', ' '),
    status,
    code,
    detail,
    requestId: c.get('requestId') ?? '',
    ...(listed ? { errors: listed } : {}),
  };
}
